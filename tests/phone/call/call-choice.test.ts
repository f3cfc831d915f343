// Keys of the system and keys of a headset choose their call by one rule.
import { expect, test } from 'vitest';
import { type CallKey, pressCallKey } from '../../../renderer/phone/call-choice.ts';
import type { CallSnapshot, Phone, PhoneSnapshot } from '../../../renderer/phone/phone.ts';

type Shown = Partial<CallSnapshot> & { callId: string };

const call = (callId: string, changes: Partial<CallSnapshot> = {}): Shown => ({
  callId,
  direction: 'inbound',
  phase: 'confirmed',
  localHold: false,
  muted: false,
  waiting: false,
  ...changes,
});
const caller = (callId: string, waiting = false): Shown =>
  call(callId, { phase: 'alerting', waiting });

/** What each key does to these calls, in the order in which it is asked. */
function pressing(keys: CallKey[], calls: Shown[], conference: string[] | null = null): string[] {
  const done: string[] = [];
  const note = (what: string) => (callId: string) => void done.push(`${what} ${callId}`);
  const phone = {
    snapshot: () =>
      ({ calls, conference: conference && { callIds: conference } }) as unknown as PhoneSnapshot,
    answer: async (callId: string) => note('answer')(callId),
    hangUp: note('hangUp'),
    decline: note('decline'),
    mute: note('mute'),
    unmute: note('unmute'),
  } as unknown as Phone;
  for (const key of keys) pressCallKey(phone, key);
  return done;
}

const ALL: CallKey[] = ['answer', 'hangUp', 'hangUpOrDecline', 'mute', 'unmute', 'toggleMute'];

test('without a call no key does anything, nor for one that is over', () => {
  expect(pressing(ALL, [])).toEqual([]);
  expect(pressing(ALL, [call('over', { phase: 'terminated' })])).toEqual([]);
});

test('it only rings: answer answers; a headset’s hang up turns nobody away, the system’s key does', () => {
  expect(pressing(ALL, [caller('a')])).toEqual(['answer a', 'decline a']);
  expect(pressing(['hangUp', 'mute', 'toggleMute'], [caller('a')])).toEqual([]);
});

test('of two who ring, whoever rang first is meant', () => {
  expect(pressing(['answer', 'hangUpOrDecline'], [caller('a'), caller('b')])).toEqual([
    'answer a',
    'decline a',
  ]);
});

test('in a call with callers waiting: answer takes the first of them, all else is for the call', () => {
  const calls = [call('talking'), caller('first', true), caller('second', true)];
  expect(pressing(ALL, calls)).toEqual([
    'answer first',
    'hangUp talking',
    'hangUp talking',
    'mute talking',
    'unmute talking',
    'mute talking',
  ]);
});

test('with a call on hold and nobody else, the keys are for that call, not for who waits', () => {
  const calls = [call('held', { localHold: true }), caller('waiting', true)];
  expect(pressing(['hangUp', 'hangUpOrDecline'], calls)).toEqual(['hangUp held', 'hangUp held']);
});

test('the open call is meant, wherever it stands among those on hold', () => {
  const held = call('held', { localHold: true });
  const open = call('open', { muted: true });
  for (const calls of [
    [held, open],
    [open, held],
  ]) {
    expect(pressing(['hangUp', 'toggleMute'], calls)).toEqual(['hangUp open', 'unmute open']);
  }
});

test('a conference is hung up and muted by its first member', () => {
  const members = ['a', 'b'].map((callId) => call(callId, { inConference: true }));
  expect(pressing(['hangUp', 'mute'], members, ['a', 'b'])).toEqual(['hangUp a', 'mute a']);
});

test('a call that is being dialled may be hung up, but nobody hears it yet', () => {
  const dialled = call('d', { direction: 'outbound', phase: 'ringing' });
  expect(pressing(ALL, [dialled])).toEqual(['hangUp d', 'hangUp d']);
});
