// Fifty calls in one page of the real desk leave nothing behind; `npm run soak` makes a thousand.
import { expect, test } from '@playwright/test';
import { leftBehind, soakCalls } from '../soak/calls.ts';

/**
 * So few calls do not fill what is kept by count (the last 500 SIP messages, seven to a call); what a
 * call's objects would cost if they stayed is four times as much.
 */
const HEAP_PER_CALL = 28_000;

test('fifty calls leave no listener, node, peer, sound or timer behind', async () => {
  // Under a minute on an idle machine.
  test.setTimeout(400_000);
  const counts = await soakCalls({ warmUp: 10, calls: 40, every: 40, wrapUps: 'saved' });
  expect(leftBehind(counts, HEAP_PER_CALL)).toEqual([]);
});
