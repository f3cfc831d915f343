import { expect, test } from 'vitest';
import { doingIn, type Situation } from '../../../main/core/agents/agent-state.ts';

const free: Situation = {
  windowHeld: true,
  registered: true,
  call: null,
  wrapUp: null,
  hasAccount: true,
};
const some = { callId: 'c', contactId: 'k', origin: 'practice' as const };

test('available is registered, no call, no open wrap-up', () => {
  expect(doingIn(free).state).toBe('available');
  expect(doingIn({ ...free, registered: false }).state).toBe('offline');
  expect(doingIn({ ...free, wrapUp: some }).state).toBe('wrapUp');
  expect(doingIn({ ...free, wrapUp: some, call: some }).state).toBe('call');
});

test('without a window nobody is at the desk', () => {
  expect(doingIn({ ...free, windowHeld: false, call: some, wrapUp: some }).state).toBe('offline');
});

test('time belongs to the call’s origin, else to practice while there is no account', () => {
  expect(doingIn({ ...free, wrapUp: some }).origin).toBe('practice');
  expect(doingIn(free).origin).toBe('real');
  expect(doingIn({ ...free, hasAccount: false }).origin).toBe('practice');
});
