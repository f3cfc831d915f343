// Every key of the desk, once: what it is, where it works and what it does.
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

export interface Shortcut {
  /** `KeyboardEvent.key` of an unmodified key, or `KeyboardEvent.code` with Alt, which changes `key`. */
  key: string;
  ctrl?: true;
  alt?: true;
  /** Also while typing in a text field. */
  anywhere?: true;
  group: 'call' | 'lines' | 'desk' | 'wrapUp';
  words: MessageDescriptor;
}

export const SHORTCUTS = {
  focusField: {
    key: '/',
    group: 'desk',
    words: msg`Go to the field for numbers and names`,
  },
  showSheet: { key: '?', group: 'desk', words: msg`Show all keys` },
  answer: { key: 'Enter', group: 'call', words: msg`Answer, outside text fields` },
  answerAnywhere: {
    key: 'Enter',
    ctrl: true,
    anywhere: true,
    group: 'call',
    words: msg`Answer, anywhere`,
  },
  decline: { key: 'KeyR', alt: true, anywhere: true, group: 'call', words: msg`Decline` },
  hangUp: { key: 'KeyQ', alt: true, anywhere: true, group: 'call', words: msg`Hang up` },
  hold: { key: 'KeyH', alt: true, anywhere: true, group: 'call', words: msg`Hold or resume` },
  mute: { key: 'KeyM', alt: true, anywhere: true, group: 'call', words: msg`Mute or unmute` },
  keypad: { key: 'KeyK', alt: true, anywhere: true, group: 'call', words: msg`Keypad` },
  note: { key: 'KeyN', alt: true, anywhere: true, group: 'call', words: msg`Go to the note` },
  transfer: {
    key: 'KeyX',
    alt: true,
    anywhere: true,
    group: 'lines',
    words: msg`Transfer, or cancel the transfer`,
  },
  consult: {
    key: 'KeyO',
    alt: true,
    anywhere: true,
    group: 'lines',
    words: msg`Consult the target of the transfer`,
  },
  completeTransfer: {
    key: 'KeyG',
    alt: true,
    anywhere: true,
    group: 'lines',
    words: msg`Complete the transfer`,
  },
  swap: { key: 'KeyS', alt: true, anywhere: true, group: 'lines', words: msg`Swap the calls` },
  conference: {
    key: 'KeyC',
    alt: true,
    anywhere: true,
    group: 'lines',
    words: msg`Add the held call to the conference`,
  },
  endConference: {
    key: 'KeyV',
    alt: true,
    anywhere: true,
    group: 'lines',
    words: msg`End the conference`,
  },
  record: {
    key: 'KeyA',
    alt: true,
    anywhere: true,
    group: 'lines',
    words: msg`Record, or stop the recording`,
  },
  pauseRecording: {
    key: 'KeyJ',
    alt: true,
    anywhere: true,
    group: 'lines',
    words: msg`Pause the recording or go on with it`,
  },
  redial: {
    key: 'KeyL',
    alt: true,
    anywhere: true,
    group: 'lines',
    words: msg`Dial the last number again`,
  },
  mailbox: { key: 'KeyB', alt: true, anywhere: true, group: 'lines', words: msg`Call the mailbox` },
  doNotDisturb: {
    key: 'KeyI',
    alt: true,
    anywhere: true,
    group: 'lines',
    words: msg`Do not disturb on or off`,
  },
  letRing: {
    key: 'KeyP',
    alt: true,
    anywhere: true,
    group: 'call',
    words: msg`Let a practice customer ring`,
  },
  waiting: {
    key: 'KeyW',
    alt: true,
    anywhere: true,
    group: 'desk',
    words: msg`Go to what is waiting`,
  },
  customer: {
    key: 'KeyT',
    alt: true,
    anywhere: true,
    group: 'desk',
    words: msg`Go to the customer and the timeline`,
  },
  wrapUp: {
    key: 'KeyU',
    alt: true,
    anywhere: true,
    group: 'wrapUp',
    words: msg`Go to the newest open wrap-up`,
  },
  saveWrapUp: {
    key: 's',
    ctrl: true,
    anywhere: true,
    group: 'wrapUp',
    words: msg`Save the wrap-up`,
  },
} as const satisfies Record<string, Shortcut>;

export type ShortcutId = keyof typeof SHORTCUTS;
export const SHORTCUT_IDS = Object.keys(SHORTCUTS) as ShortcutId[];

type KeyStroke = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'altKey' | 'metaKey' | 'isComposing' | 'repeat'
>;

function isPressed(shortcut: Shortcut, stroke: KeyStroke): boolean {
  const ctrl = stroke.ctrlKey || stroke.metaKey;
  if (ctrl !== (shortcut.ctrl === true) || stroke.altKey !== (shortcut.alt === true)) return false;
  return shortcut.alt === true
    ? stroke.code === shortcut.key
    : stroke.key.toLowerCase() === shortcut.key.toLowerCase();
}

/**
 * The shortcuts that a keystroke stands for. In a text field only those that work anywhere; never
 * while a word is being composed, and never for a key that is held down.
 */
export function shortcutsFor(stroke: KeyStroke, inTextField: boolean): ShortcutId[] {
  if (stroke.isComposing || stroke.repeat) return [];
  return SHORTCUT_IDS.filter((id) => {
    const shortcut: Shortcut = SHORTCUTS[id];
    return isPressed(shortcut, stroke) && (!inTextField || shortcut.anywhere === true);
  });
}

/** The keys of a shortcut as they are printed, for example "Strg+S". */
export function keysInWords(id: ShortcutId, language: string, mac = false): string {
  const { key, ctrl, alt }: Shortcut = SHORTCUTS[id];
  const control = mac ? '⌘' : language === 'de' ? 'Strg' : 'Ctrl';
  const bare = key.replace(/^Key/u, '');
  return [
    ctrl && control,
    alt && (mac ? '⌥' : 'Alt'),
    bare.length === 1 ? bare.toUpperCase() : bare,
  ]
    .filter(Boolean)
    .join('+');
}
