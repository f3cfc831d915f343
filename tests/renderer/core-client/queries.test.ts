import { QueryClient } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { keepQueriesFresh, outdatedBy } from '../../../renderer/core-client/queries.ts';

type Heard = Parameters<typeof outdatedBy>[0];

test('a call’s change touches calls and its own customer, no other one', () => {
  const outdated = outdatedBy({ type: 'calls.changed', callId: 'c', customerId: 'a' });
  expect(outdated).toContainEqual(['calls']);
  expect(outdated).toContainEqual(['customer', 'a']);
  expect(outdated).not.toContainEqual(['customer']);
});

test('a fresh link makes every answer out of date, an event only its own', async () => {
  const queries = new QueryClient();
  let tell: (event: Heard) => void = () => {};
  keepQueriesFresh(
    {
      onEvent: (listener: (event: Heard) => void) => {
        tell = listener;
        return () => {};
      },
    } as unknown as Parameters<typeof keepQueriesFresh>[0],
    queries,
  );
  queries.setQueryData(['waiting'], 1);
  queries.setQueryData(['kpi', 'day'], 2);
  const stale = (key: string[]) => queries.getQueryState(key)?.isInvalidated;
  tell({ type: 'kpi.changed' });
  expect([stale(['waiting']), stale(['kpi', 'day'])]).toEqual([false, true]);
  tell({ type: 'linked' });
  expect(stale(['waiting'])).toBe(true);
});
