import { QueryClient } from '@tanstack/react-query';
import { afterEach, expect, test, vi } from 'vitest';
import { keepQueriesFresh, outdatedBy } from '../../../renderer/core-client/queries.ts';

type Heard = Parameters<typeof outdatedBy>[0];

afterEach(() => {
  vi.useRealTimers();
});

test('a call’s change touches calls and its own customer, no other one', () => {
  const outdated = outdatedBy({ type: 'calls.changed', callId: 'c', customerId: 'a' });
  expect(outdated).toContainEqual(['calls']);
  expect(outdated).toContainEqual(['customer', 'a']);
  expect(outdated).not.toContainEqual(['customer']);
});

/** Queries kept fresh by events that the test tells. */
function kept() {
  const queries = new QueryClient();
  let tell: (event: Heard) => void = () => {};
  const stop = keepQueriesFresh(
    {
      onEvent: (listener: (event: Heard) => void) => {
        tell = listener;
        return () => {};
      },
    } as unknown as Parameters<typeof keepQueriesFresh>[0],
    queries,
  );
  const asked: unknown[] = [];
  const invalidate = queries.invalidateQueries.bind(queries);
  queries.invalidateQueries = (filters, options) => {
    asked.push(filters?.queryKey ?? null);
    return invalidate(filters, options);
  };
  return { queries, asked, stop, tell: (event: Heard) => tell(event) };
}

test('a fresh link makes every answer out of date, an event only its own', () => {
  const { queries, tell } = kept();
  queries.setQueryData(['waiting'], 1);
  queries.setQueryData(['settings'], 2);
  const stale = (key: string[]) => queries.getQueryState(key)?.isInvalidated;
  tell({ type: 'settings.changed' });
  expect([stale(['waiting']), stale(['settings'])]).toEqual([false, true]);
  tell({ type: 'linked' });
  expect(stale(['waiting'])).toBe(true);
});

test('the steps of a call are asked about once, when they are over', () => {
  vi.useFakeTimers();
  const { asked, tell } = kept();
  for (let step = 0; step < 3; step += 1) {
    tell({ type: 'calls.changed', callId: 'c', customerId: 'a' });
    tell({ type: 'wrapUps.changed' });
    tell({ type: 'kpi.changed' });
    vi.advanceTimersByTime(40);
  }
  expect(asked).toEqual([]);
  vi.advanceTimersByTime(60);
  expect(asked).toEqual([['calls'], ['wrapUps'], ['customer', 'a'], ['kpi']]);
});

test('where steps never end they are asked about all the same, and never after the end', () => {
  vi.useFakeTimers();
  const { asked, stop, tell } = kept();
  for (let ms = 0; ms < 1_000; ms += 25) {
    tell({ type: 'calls.changed', callId: 'c', customerId: null });
    vi.advanceTimersByTime(25);
  }
  const times = asked.filter((key) => String(key) === 'calls').length;
  expect(times).toBeGreaterThanOrEqual(3);
  expect(times).toBeLessThanOrEqual(4);
  const before = asked.length;
  tell({ type: 'kpi.changed' });
  stop();
  vi.advanceTimersByTime(1_000);
  expect(asked.length).toBe(before);
});

test('what the agent changed without a call is asked about at once', () => {
  vi.useFakeTimers();
  const { asked, tell } = kept();
  tell({ type: 'waiting.changed' });
  vi.advanceTimersByTime(10);
  expect(asked).toEqual([['waiting'], ['calls', 'missed']]);
});
