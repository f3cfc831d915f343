import { describe, expect, test } from 'vitest';
import {
  keysInWords,
  SHORTCUT_IDS,
  SHORTCUTS,
  type Shortcut,
  shortcutsFor,
} from '../../../renderer/shortcuts/shortcut-table.ts';
import { isDialable } from '../../../renderer/screens/desk/dial-target.ts';

const stroke = (key: string, more: Partial<Parameters<typeof shortcutsFor>[0]> = {}) => ({
  key,
  code: '',
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  isComposing: false,
  repeat: false,
  ...more,
});

describe('shortcuts', () => {
  test('no two share a keystroke', () => {
    const strokes = SHORTCUT_IDS.map((id) => keysInWords(id, 'en'));
    expect(new Set(strokes).size).toBe(strokes.length);
  });

  test('letters, digits and signs never act in a text field', () => {
    for (const key of ['/', '?', 'Enter', 'a', 'm', '1', '+', 'Escape']) {
      expect(shortcutsFor(stroke(key), true)).toEqual([]);
    }
  });

  test('whatever works anywhere needs a modifier', () => {
    for (const id of SHORTCUT_IDS) {
      const shortcut: Shortcut = SHORTCUTS[id];
      if (shortcut.anywhere) expect(shortcut.ctrl ?? shortcut.alt).toBe(true);
    }
  });

  test('Enter answers outside text fields, Ctrl+Enter anywhere', () => {
    expect(shortcutsFor(stroke('Enter'), false)).toEqual(['answer']);
    expect(shortcutsFor(stroke('Enter', { ctrlKey: true }), true)).toEqual(['answerAnywhere']);
  });

  test('Escape is nobody’s', () => {
    expect(shortcutsFor(stroke('Escape'), false)).toEqual([]);
  });

  test('AltGr, which is Ctrl and Alt, types letters', () => {
    const altGr = stroke('µ', { code: 'KeyM', altKey: true, ctrlKey: true });
    expect(shortcutsFor(altGr, false)).toEqual([]);
  });

  test('a key that is held down, or a word that is being composed, does nothing', () => {
    expect(shortcutsFor(stroke('Enter', { repeat: true }), false)).toEqual([]);
    expect(shortcutsFor(stroke('Enter', { isComposing: true }), false)).toEqual([]);
  });

  test('are printed as the keyboard has them', () => {
    expect(keysInWords('saveWrapUp', 'de')).toBe('Strg+S');
    expect(keysInWords('saveWrapUp', 'en')).toBe('Ctrl+S');
    expect(keysInWords('mute', 'en')).toBe('Alt+M');
    expect(keysInWords('answer', 'en')).toBe('Enter');
  });
});

test.each([
  ['+49 561 4990-21', true],
  ['0561 / 499021', true],
  ['112', true],
  ['**61', true],
  ['sip:anna@example.test', true],
  ['anna@example.test', true],
  ['Vogt', false],
  ['Vogt 2', false],
  ['', false],
  ['+', false],
])('%s can be dialled: %s', (text, dialable) => {
  expect(isDialable(text)).toBe(dialable);
});
