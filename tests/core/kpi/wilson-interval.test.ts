import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wilsonInterval } from '../../../main/core/kpi/wilson-interval.ts';

const inPercent = ({ low, high }: { low: number; high: number }) => [
  Math.round(low * 100),
  Math.round(high * 100),
];

test('5 of 9 is 27–81 %, 56 of 100 is 46–65 %', () => {
  expect(inPercent(wilsonInterval(5, 9))).toEqual([27, 81]);
  expect(inPercent(wilsonInterval(56, 100))).toEqual([46, 65]);
});

test('holds the share, stays within 0…1, narrows with n and mirrors', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (n, share) => {
        const successes = Math.round(n * share);
        const { low, high } = wilsonInterval(successes, n);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(successes / n + 1e-12);
        expect(high).toBeGreaterThanOrEqual(successes / n - 1e-12);
        const larger = wilsonInterval(successes * 4, n * 4);
        expect(larger.high - larger.low).toBeLessThan(high - low);
        expect(wilsonInterval(n - successes, n).low).toBeCloseTo(1 - high, 10);
      },
    ),
  );
});
