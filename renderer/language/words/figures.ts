import type { I18n } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { Figure } from '../../../preload/contract/contract.ts';
import { KPI_CATALOGUE, type KpiId } from '../../../preload/contract/kpi-catalogue.ts';
import type { Formats } from '../formats.ts';

/** Fewer decisions than this make no rate: only "5 of 9" is shown. */
const SMALLEST_N = 10;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

export interface FigureWords {
  name: string;
  formula: string;
  /** The figure itself; a dash while there is nothing to divide by. */
  value: string;
  /** n and interval, for the same glance; null where they say nothing. */
  basis: string | null;
}

const speaks = (i18n: I18n): 'de' | 'en' => (i18n.locale === 'de' ? 'de' : 'en');

export function kpiName(i18n: I18n, kpi: KpiId): string {
  return KPI_CATALOGUE[kpi].name[speaks(i18n)];
}

/** A figure with its name, formula, value, n and interval. */
export function figureInWords(i18n: I18n, formats: Formats, figure: Figure): FigureWords {
  const entry = KPI_CATALOGUE[figure.kpi];
  return {
    name: kpiName(i18n, figure.kpi),
    formula: entry.formula[speaks(i18n)],
    ...valueInWords(i18n, formats, figure),
  };
}

function valueInWords(
  i18n: I18n,
  formats: Formats,
  figure: Figure,
): Pick<FigureWords, 'value' | 'basis'> {
  const n = formats.number(figure.n);
  const basis = i18n._(msg({ message: `n ${n}`, comment: 'How many calls a figure rests on' }));
  const none = { value: '–', basis: null };
  switch (KPI_CATALOGUE[figure.kpi].unit) {
    case 'count':
      return { value: formats.number(figure.value ?? 0), basis: null };
    case 'money':
      return { value: formats.money(figure.value ?? 0), basis: null };
    case 'duration':
      if (figure.value === null) return none;
      return {
        value: formats.duration(figure.value),
        basis: figure.denominator === null ? null : basis,
      };
    case 'perHour': {
      if (figure.value === null || !figure.denominator) return none;
      if (figure.denominator >= HOUR_MS) {
        return { value: formats.number(figure.value, 1), basis };
      }
      // Whoever has just come has not been idle.
      if (figure.numerator === 0 && figure.denominator < MINUTE_MS) return none;
      // A few minutes make no hourly rate, as a few decisions make no percentage.
      const count = formats.number(figure.numerator);
      const time = formats.duration(figure.denominator);
      return { value: i18n._(msg`${count} in ${time}`), basis: null };
    }
    case 'rate': {
      if (figure.denominator === null || figure.denominator === 0) return none;
      if (figure.n < SMALLEST_N || figure.value === null) {
        const won = formats.number(figure.numerator);
        const all = formats.number(figure.denominator);
        return { value: i18n._(msg`${won} of ${all}`), basis: null };
      }
      const range =
        figure.interval === null
          ? ''
          : ` · ${formats.percentRange(figure.interval.low, figure.interval.high)}`;
      return { value: formats.percent(figure.value), basis: `${basis}${range}` };
    }
  }
}
