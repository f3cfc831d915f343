import { expect, test } from 'vitest';
import { paceBeside } from '../../../main/core/database/pace-beside.ts';
import { LEAST_ROWS, pacedRows } from '../../../main/core/database/paced-rows.ts';

/** Steps whose rows take `msPerRow` each; answers how many rows each had. */
function stepsOf(count: number, msPerRow: (at: number) => number): number[] {
  let now = 0;
  const paced = pacedRows({ first: 200, most: 2_000, elapsed: () => now });
  return Array.from({ length: count }, (_, at) =>
    paced.step((rows) => {
      now += rows * msPerRow(at);
      return rows;
    }),
  );
}

test('steps grow while they are short, up to the most, and shrink at once when they take long', () => {
  const fast = stepsOf(20, () => 0.001);
  expect(fast.at(0)).toBe(200);
  expect(fast.at(-1)).toBe(2_000);
  for (const [at, rows] of fast.entries())
    expect(rows).toBeLessThanOrEqual((fast[at - 1] ?? rows) * 1.31);
  const slow = stepsOf(3, (at) => (at === 0 ? 0.4 : 0.1));
  expect(slow[1]).toBe(LEAST_ROWS);
  expect(slow.at(-1)).toBeGreaterThanOrEqual(LEAST_ROWS);
});

test('a step takes about as long as it should, however dear a row is', () => {
  for (const ms of [0.03, 0.1, 0.25]) {
    const rows = stepsOf(30, () => ms).at(-1) ?? 0;
    expect(rows * ms).toBeGreaterThan(20);
    expect(rows * ms).toBeLessThan(40);
  }
});

test('beside core steps are long while it is quiet, short from its first write until it was quiet again', () => {
  let now = 0;
  let written = 7;
  const pace = paceBeside({ asked: () => written, wanted: () => false }, () => now);
  const { stepMs: long, rowsMs: longRows } = pace;
  expect(pace.short.stepMs).toBeLessThan(long / 3);
  expect(pace.isLong()).toBe(true);
  written += 1;
  const { stepMs: short, rowsMs: shortRows } = pace;
  expect(short).toBeLessThan(long / 3);
  expect(shortRows).toBeLessThan(longRows / 3);
  now += 4_000;
  written += 1;
  expect(pace.isLong()).toBe(false);
  now += 4_000;
  expect(pace.stepMs).toBe(short);
  now += 1_001;
  expect(pace.stepMs).toBe(long);

  // What a step learnt while it was long it unlearns with the first one that may not be.
  const paced = pacedRows({ first: 1_000, most: 5_000, pace, growth: 2, elapsed: () => now });
  const step = () => paced.step((rows) => ((now += rows * 0.4), rows));
  expect([step(), step(), step()]).toEqual([1_000, 2_000, 4_000]);
  written += 1;
  step();
  expect(step() * 0.4).toBeLessThanOrEqual(short);
});

test('a commit takes no longer than it may, however quick the rows are', () => {
  let now = 0;
  const pace = { stepMs: 10_000, commitMs: 200 };
  const paced = pacedRows({ first: 100, most: 50_000, pace, growth: 2, elapsed: () => now });
  let rows = 0;
  for (let step = 0; step < 20; step += 1) {
    rows = paced.step((count, committing) => {
      now += count * 0.01;
      committing();
      now += count * 0.1;
      return count;
    });
  }
  expect(rows).toBeGreaterThan(1_500);
  expect(rows).toBeLessThanOrEqual(2_000);
});
