import { expect, test, vi } from 'vitest';
import type { HeadsetShown } from '../../../renderer/phone/headset/create-headset.ts';
import type { HeadsetKey } from '../../../renderer/phone/headset/create-headset.ts';
import { headsetShows, joinHeadset } from '../../../renderer/phone/headset/headset-for-phone.ts';
import type { CallSnapshot, Phone, PhoneSnapshot } from '../../../renderer/phone/phone.ts';

type Shown = Pick<CallSnapshot, 'callId' | 'direction' | 'phase' | 'localHold' | 'muted'>;

const call = (callId: string, changes: Partial<Shown> = {}): Shown => ({
  callId,
  direction: 'inbound',
  phase: 'confirmed',
  localHold: false,
  muted: false,
  ...changes,
});

function aPhone(...calls: Shown[]) {
  const listeners = new Set<() => void>();
  let shown = calls;
  const phone = {
    snapshot: () => ({ calls: shown, conference: null }) as unknown as PhoneSnapshot,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    answer: vi.fn(async () => null),
    hangUp: vi.fn(),
    mute: vi.fn(),
    unmute: vi.fn(),
  };
  return {
    ...phone,
    phone: phone as unknown as Phone,
    has(...next: Shown[]) {
      shown = next;
      for (const listener of listeners) listener();
    },
  };
}

const dark: HeadsetShown = { ringing: false, inCall: false, muted: false, held: false };

test('the headset shows the active call, a ring beside it, and nothing of calls that are over', () => {
  const shows = (...calls: Shown[]) => headsetShows(aPhone(...calls).phone.snapshot());
  expect(shows()).toEqual(dark);
  expect(shows(call('a', { phase: 'terminated' }))).toEqual(dark);
  expect(shows(call('a', { phase: 'alerting' }))).toEqual({ ...dark, ringing: true });
  expect(shows(call('a', { localHold: true }), call('b', { muted: true }))).toEqual({
    ...dark,
    inCall: true,
    muted: true,
  });
  expect(shows(call('a', { localHold: true }), call('b', { phase: 'alerting' }))).toEqual({
    ...dark,
    ringing: true,
    inCall: true,
    held: true,
  });
});

test('joined to the telephone until parted', () => {
  const desk = aPhone();
  const shown: HeadsetShown[] = [];
  let press: (key: HeadsetKey) => void = () => undefined;
  const part = joinHeadset(
    {
      available: () => true,
      connected: () => [],
      subscribe: () => () => undefined,
      use: () => undefined,
      choose: async () => true,
      show: (next) => shown.push(next),
      onKey: (listener) => {
        press = listener;
        return () => (press = () => undefined);
      },
      close: () => undefined,
    },
    desk.phone,
  );
  desk.has(call('a'));
  press('hangUp');
  part();
  press('hangUp');
  desk.has();
  expect(shown).toEqual([dark, { ...dark, inCall: true }]);
  expect(desk.hangUp).toHaveBeenCalledExactlyOnceWith('a');
});
