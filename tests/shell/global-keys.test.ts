import { describe, expect, it, vi } from 'vitest';
import { createGlobalKeys } from '../../main/shell/global-keys.ts';
import { phoneNumberIn } from '../../main/shell/number-in-text.ts';

const none = { answer: null, hangUp: null, mute: null, dialClipboard: null };

function keyboard(copied = '', busy: readonly string[] = []) {
  const held = new Map<string, () => void>();
  const done: string[] = [];
  const use = createGlobalKeys({
    globalShortcut: {
      register: (accelerator: string, press: () => void) => {
        if (accelerator === 'nonsense') throw new TypeError('no accelerator');
        if (busy.includes(accelerator)) return false;
        held.set(accelerator, press);
        return true;
      },
      unregister: (accelerator: string) => void held.delete(accelerator),
    },
    clipboard: { readText: () => Promise.resolve(copied) },
    press: (key) => done.push(key),
    prefill: (number) => done.push(`field ${number}`),
  });
  return { use, held, done };
}

describe('global keys', () => {
  it('reach the page, and say which of them another program has', () => {
    const { use, held, done } = keyboard('', ['F10']);
    expect(use({ ...none, answer: 'F9', hangUp: 'F10', mute: 'nonsense' })).toEqual({
      answer: 'works',
      hangUp: 'taken',
      mute: 'taken',
      dialClipboard: 'off',
    });
    held.get('F9')?.();
    expect(done).toEqual(['answer']);
  });

  it('are given back before others are used', () => {
    const { use, held } = keyboard();
    use({ ...none, answer: 'F9' });
    use({ ...none, mute: 'F8' });
    expect([...held.keys()]).toEqual(['F8']);
  });

  it('put the one copied number into the field and dial nothing', async () => {
    const { use, held, done } = keyboard('Tel. +49 (0)561 / 99 900-21, Herr Vogt');
    use({ ...none, dialClipboard: 'F7' });
    held.get('F7')?.();
    await vi.waitFor(() => expect(done).toHaveLength(1));
    expect(done).toEqual(['field +495619990021']);
  });

  it.each([
    'no number',
    '030 123456 or 030 654321',
    'on 23.11.2026',
    'x'.repeat(3_000),
    '1234567890123456789',
  ])('take no number from %j', (text) => {
    expect(phoneNumberIn(text)).toBe(null);
  });
});
