// Fifty calls in one page of the real desk leave nothing behind; `npm run soak` makes a thousand.
import { expect, test } from '@playwright/test';
import { leftBehind, soakCalls } from '../soak/calls.ts';

/** So few calls do not fill the log of the last 500 SIP messages: some 4 KB to each call. */
const HEAP_PER_CALL = 8_000;

test('fifty calls leave no listener, node, peer, sound or timer behind', async () => {
  // Under a minute on an idle machine.
  test.setTimeout(540_000);
  const counts = await soakCalls({ warmUp: 10, calls: 40, every: 40, wrapUps: 'saved' });
  expect(leftBehind(counts, HEAP_PER_CALL)).toEqual([]);
});
