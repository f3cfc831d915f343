import { expect, test } from 'vitest';
import { currentCall, ringingCall, waitingCalls } from '../../../renderer/desk-state/presence.ts';
import type { CallSnapshot, PhoneSnapshot } from '../../../renderer/phone/phone.ts';
import { aRingingCall } from '../desk-page/stand-in-phone.ts';

const aCall = (number: number, changes: Partial<CallSnapshot> = {}): CallSnapshot => ({
  ...aRingingCall(number),
  phase: 'confirmed',
  ...changes,
});
const phoneWith = (calls: CallSnapshot[], conference: string[] | null = null) =>
  ({ calls, conference: conference && { callIds: conference } }) as unknown as PhoneSnapshot;

test('the desk is about the open call, not about the newest', () => {
  const open = aCall(1);
  const held = aCall(2, { localHold: true });
  expect(currentCall(phoneWith([open, held]))).toBe(open);
  expect(currentCall(phoneWith([held, open]))).toBe(open);
});

test('with all on hold it is the newest, and without a call there is none', () => {
  const first = aCall(1, { localHold: true });
  const second = aCall(2, { localHold: true });
  expect(currentCall(phoneWith([first, second]))).toBe(second);
  expect(currentCall(phoneWith([aCall(3, { phase: 'terminated' })]))).toBeNull();
});

test('a caller who waits is neither the current call nor a loud ring', () => {
  const open = aCall(1);
  const caller = { ...aRingingCall(2), waiting: true };
  const snapshot = phoneWith([open, caller]);
  expect(currentCall(snapshot)).toBe(open);
  expect(ringingCall(snapshot)).toBeNull();
  expect(waitingCalls(snapshot)).toEqual([caller]);
});

test('an outbound call that rings at the other side is the current one', () => {
  const held = aCall(1, { localHold: true });
  const dialled = aCall(2, { direction: 'outbound', phase: 'ringing' });
  expect(currentCall(phoneWith([held, dialled]))).toBe(dialled);
});

test('in a conference the desk stays with its first member', () => {
  const first = aCall(1, { inConference: true });
  const second = aCall(2, { inConference: true });
  const members = [first.callId, second.callId];
  expect(currentCall(phoneWith([first, second], members))).toBe(first);
  // Unless the agent has left it for somebody else.
  const held = [first, second].map((call) => ({ ...call, localHold: true }));
  const other = aCall(3);
  expect(currentCall(phoneWith([...held, other], members))).toBe(other);
});
