import { expect, test } from 'vitest';
import { figuresFrom, type Sums } from '../../../main/core/kpi/figures.ts';
import type { KpiId } from '../../../preload/contract/kpi-catalogue.ts';

const figure = (sums: Sums, kpi: KpiId) => figuresFrom(sums).find((each) => each.kpi === kpi);
const MINUTE = 60_000;

test('handling time per call and calls per hour are Σ ÷ Σ', () => {
  const sums = {
    handled: 4,
    talkMs: 40 * MINUTE,
    holdMs: 4 * MINUTE,
    wrapMs: 16 * MINUTE,
    availableMs: 60 * MINUTE,
  };
  expect(figure(sums, 'handlingTime')).toMatchObject({ value: 60 * MINUTE, n: 4 });
  expect(figure(sums, 'averageHandlingTime')).toMatchObject({ value: 15 * MINUTE, denominator: 4 });
  expect(figure(sums, 'callsPerHour')).toMatchObject({ value: 2, n: 4 });
});

test('a close rate shows its interval only from ten decisions on', () => {
  expect(figure({ won: 5, lost: 4 }, 'closeRate')).toMatchObject({
    value: 5 / 9,
    n: 9,
    interval: null,
  });
  const ten = figure({ won: 56, lost: 44 }, 'closeRate');
  expect(ten?.interval?.low).toBeCloseTo(0.462, 2);
  expect(ten?.interval?.high).toBeCloseTo(0.653, 2);
});

test('nothing divided by nothing is no figure, and no sum is 0', () => {
  expect(figure({}, 'closeRate')).toMatchObject({
    value: null,
    numerator: 0,
    denominator: 0,
    n: 0,
  });
  expect(figure({}, 'callsPerHour')?.value).toBeNull();
  expect(figure({}, 'revenue')).toMatchObject({ value: 0, denominator: null });
});
