import { setupI18n } from '@lingui/core';
import { expect, test } from 'vitest';
import type { Figure } from '../../../preload/contract/contract.ts';
import { formatsFor } from '../../../renderer/language/formats.ts';
import { figureInWords } from '../../../renderer/language/words/figures.ts';

const i18n = setupI18n({ locale: 'en', messages: { en: {} } });
const formats = formatsFor({ locale: 'en', zone: 'Europe/Berlin', currency: 'EUR', now: Date.now });
const HOUR = 3_600_000;

function callsPerHour(numerator: number, denominator: number): string {
  const value = denominator === 0 ? null : (numerator / denominator) * HOUR;
  const figure: Figure = {
    ...{ kpi: 'callsPerHour', value, numerator, denominator },
    ...{ n: numerator, interval: null },
  };
  return figureInWords(i18n, formats, figure).value;
}

test('calls an hour are a rate after an hour, before that calls in their time, at first a dash', () => {
  expect(callsPerHour(0, 0)).toBe('–');
  expect(callsPerHour(0, 300)).toBe('–');
  expect(callsPerHour(0, 59_999)).toBe('–');
  expect(callsPerHour(1, 40_000)).toBe('1 in 40 s');
  expect(callsPerHour(0, 10 * 60_000)).toBe('0 in 10 min');
  expect(callsPerHour(9, 2 * HOUR)).toBe('4.5');
});
