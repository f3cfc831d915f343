import { expect, test, vi } from 'vitest';
import type { HeadsetShown } from '../../../renderer/phone/headset/create-headset.ts';
import {
  headsetShows,
  joinHeadset,
  pressOn,
} from '../../../renderer/phone/headset/headset-for-phone.ts';
import type { CallSnapshot, Phone, PhoneSnapshot } from '../../../renderer/phone/phone.ts';

type Shown = Pick<CallSnapshot, 'callId' | 'phase' | 'localHold' | 'muted'>;

const call = (callId: string, changes: Partial<Shown> = {}): Shown => ({
  callId,
  phase: 'confirmed',
  localHold: false,
  muted: false,
  ...changes,
});

function aPhone(...calls: Shown[]) {
  const listeners = new Set<() => void>();
  let shown = calls;
  const phone = {
    snapshot: () => ({ calls: shown }) as unknown as PhoneSnapshot,
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

test('keys reach the call that they are about', () => {
  const desk = aPhone(
    call('held', { localHold: true }),
    call('active'),
    call('ringing', { phase: 'alerting' }),
  );
  pressOn(desk.phone, 'answer');
  pressOn(desk.phone, 'mute');
  pressOn(desk.phone, 'unmute');
  pressOn(desk.phone, 'hangUp');
  expect(desk.answer).toHaveBeenCalledExactlyOnceWith('ringing');
  expect(desk.mute).toHaveBeenCalledExactlyOnceWith('active');
  expect(desk.unmute).toHaveBeenCalledExactlyOnceWith('active');
  expect(desk.hangUp).toHaveBeenCalledExactlyOnceWith('active');
});

test('a key without its call does nothing: hanging up never declines what only rings', () => {
  const desk = aPhone(call('ringing', { phase: 'alerting' }));
  pressOn(desk.phone, 'hangUp');
  pressOn(desk.phone, 'mute');
  expect(desk.hangUp).not.toHaveBeenCalled();
  expect(desk.mute).not.toHaveBeenCalled();
  desk.has();
  pressOn(desk.phone, 'answer');
  expect(desk.answer).not.toHaveBeenCalled();
});

test('joined to the telephone until parted', () => {
  const desk = aPhone();
  const shown: HeadsetShown[] = [];
  const part = joinHeadset(
    {
      available: () => true,
      connected: () => [],
      subscribe: () => () => undefined,
      use: () => undefined,
      choose: async () => true,
      show: (next) => shown.push(next),
      onKey: () => () => undefined,
      close: () => undefined,
    },
    desk.phone,
  );
  desk.has(call('a'));
  part();
  desk.has();
  expect(shown).toEqual([dark, { ...dark, inCall: true }]);
});
