// Keys that work while another program has the keyboard. Which are free, only the system knows: each
// registration's result is told back.
import type { Clipboard, GlobalShortcut } from 'electron';
import { phoneNumberIn } from './number-in-text.ts';

const ACTIONS = ['answer', 'hangUp', 'mute', 'dialClipboard'] as const;
type Action = (typeof ACTIONS)[number];
type CallKey = Exclude<Action, 'dialClipboard'>;
export type GlobalKeys = Record<Action, string | null>;
/** Per action: works, is taken by another program (or no combination at all), or is not wanted. */
export type KeyResults = Record<Action, 'works' | 'taken' | 'off'>;

interface GlobalKeysOptions {
  globalShortcut: Pick<GlobalShortcut, 'register' | 'unregister'>;
  clipboard: Pick<Clipboard, 'readText'>;
  /** Carried out by the page, which knows the calls. */
  press: (key: CallKey) => void;
  /** Puts a number into the page's field; nothing is dialled. */
  prefill: (number: string) => void;
}

/** Returns the way to use other keys; those in use until then are given back first. */
export function createGlobalKeys(options: GlobalKeysOptions): (keys: GlobalKeys) => KeyResults {
  let held: string[] = [];

  async function prefillFromClipboard(): Promise<void> {
    const number = phoneNumberIn(await options.clipboard.readText());
    if (number !== null) options.prefill(number);
  }

  function pressed(action: Action): void {
    if (action !== 'dialClipboard') options.press(action);
    // A clipboard that cannot be read has no number.
    else prefillFromClipboard().catch(() => undefined);
  }

  function taken(action: Action, accelerator: string): boolean {
    try {
      if (held.includes(accelerator)) return true;
      if (!options.globalShortcut.register(accelerator, () => pressed(action))) return true;
    } catch {
      // Electron throws at what is no combination.
      return true;
    }
    held.push(accelerator);
    return false;
  }

  return (keys) => {
    for (const accelerator of held) options.globalShortcut.unregister(accelerator);
    held = [];
    const resultOf = (action: Action) => {
      const accelerator = keys[action];
      if (accelerator === null || accelerator === '') return 'off';
      return taken(action, accelerator) ? 'taken' : 'works';
    };
    return {
      answer: resultOf('answer'),
      hangUp: resultOf('hangUp'),
      mute: resultOf('mute'),
      dialClipboard: resultOf('dialClipboard'),
    };
  };
}
