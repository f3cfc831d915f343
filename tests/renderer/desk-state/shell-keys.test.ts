import { expect, test, vi } from 'vitest';
import type { AnklangBridge } from '../../../renderer/core-client/bridge.ts';
import { createShellKeys } from '../../../renderer/desk-state/shell-keys.ts';
import type { CallSnapshot, Phone, PhoneSnapshot } from '../../../renderer/phone/phone.ts';
import { opening } from '../desk-page/book.ts';
import { aRingingCall } from '../desk-page/stand-in-phone.ts';

function desk(calls: Partial<CallSnapshot>[]) {
  const asked: string[] = [];
  const shown = calls.map((changes, index) => ({ ...aRingingCall(index), ...changes }));
  const note = (name: string) => (callId: string) => {
    asked.push(`${name} ${shown.findIndex((call) => call.callId === callId)}`);
  };
  const phone = {
    snapshot: () => ({ calls: shown, conference: null }) as unknown as PhoneSnapshot,
    answer: async (callId: string) => note('answer')(callId),
    hangUp: note('hangUp'),
    decline: note('decline'),
    mute: note('mute'),
    unmute: note('unmute'),
  } as unknown as Phone;
  let press: (key: 'answer' | 'hangUp' | 'mute') => void = () => undefined;
  const bridge = {
    onCallKey: (listener: typeof press) => {
      press = listener;
      return () => undefined;
    },
    globalKeys: vi.fn(async () => ({
      answer: 'taken',
      hangUp: 'off',
      mute: 'works',
      dialClipboard: 'off',
    })),
    preferences: vi.fn(async () => undefined),
  };
  const keys = createShellKeys(bridge as unknown as AnklangBridge, phone);
  return { asked, bridge, keys, press: (key: 'answer' | 'hangUp' | 'mute') => press(key) };
}

test('a key that fits no call does nothing', () => {
  const { asked, press } = desk([{ phase: 'terminated' }]);
  for (const key of ['answer', 'hangUp', 'mute'] as const) press(key);
  expect(asked).toEqual([]);
});

test('it rings: answer answers, hang up declines, mute does nothing', () => {
  const { asked, press } = desk([{}]);
  for (const key of ['answer', 'mute', 'hangUp'] as const) press(key);
  expect(asked).toEqual(['answer 0', 'decline 0']);
});

test('in a call with a caller waiting: answer takes the caller, the rest is for the call', () => {
  const { asked, press } = desk([{ phase: 'confirmed' }, { waiting: true }]);
  for (const key of ['mute', 'answer', 'hangUp'] as const) press(key);
  expect(asked).toEqual(['mute 0', 'answer 1', 'hangUp 0']);
});

test('a muted call is unmuted', () => {
  const { asked, press } = desk([{ phase: 'confirmed', muted: true }]);
  press('mute');
  expect(asked).toEqual(['unmute 0']);
});

test('the shell hears of keys, rings and headset; what the system refused is known', async () => {
  const { bridge, keys } = desk([]);
  const heard = vi.fn();
  keys.subscribe(heard);
  const { settings } = opening;
  await keys.use(settings);
  await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(1));
  expect(bridge.globalKeys).toHaveBeenCalledWith(settings.globalKeys);
  expect(bridge.preferences).toHaveBeenCalledWith({
    ringInFront: true,
    ringOverFullScreen: false,
    headset: false,
  });
  expect(keys.inUse()?.answer).toBe('taken');
});
