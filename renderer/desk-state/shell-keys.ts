// Keys that work in every program: the shell takes them from the system and says what was pressed.
import type { Settings } from '../../preload/contract/settings.ts';
import type { AnklangBridge } from '../core-client/bridge.ts';
import { type CallKey, pressCallKey } from '../phone/call-choice.ts';
import type { Phone } from '../phone/phone.ts';

type GlobalKey = 'answer' | 'hangUp' | 'mute';
type KeysInUse = Awaited<ReturnType<AnklangBridge['globalKeys']>>;

export interface ShellKeys {
  /** Which of the keys the system gave; null while that is not known, or outside the desktop program. */
  inUse(): KeysInUse | null;
  subscribe(listener: () => void): () => void;
  /**
   * Tells the shell what the settings say of keys, rings and headsets; resolves when it has answered,
   * or at once where there is none, and never rejects.
   */
  use(settings: Settings): Promise<void>;
}

/** What the shell's keys mean; muting is one key for both ways. */
const MEANS: Record<GlobalKey, CallKey> = {
  answer: 'answer',
  hangUp: 'hangUpOrDecline',
  mute: 'toggleMute',
};

/** `bridge` is undefined outside the desktop program. */
export function createShellKeys(bridge: AnklangBridge | undefined, phone: Phone): ShellKeys {
  const listeners = new Set<() => void>();
  let inUse: KeysInUse | null = null;
  bridge?.onCallKey((key) => pressCallKey(phone, MEANS[key]));
  const show = (next: KeysInUse | null) => {
    inUse = next;
    for (const listener of listeners) listener();
  };
  return {
    inUse: () => inUse,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    use: async ({ globalKeys, ringInFront, ringOverFullScreen, headset }) => {
      // The shell's own refusal leaves everything as it was; the next change tells again.
      await Promise.allSettled([
        bridge?.preferences({ ringInFront, ringOverFullScreen, headset }),
        bridge?.globalKeys(globalKeys).then(show, () => show(null)),
      ]);
    },
  };
}
