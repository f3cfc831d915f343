// The figures of single days, as the chart and the table need them.
import type { Figure } from '../../../preload/contract/contract.ts';

export interface DayRow {
  /** YYYY-MM-DD. */
  day: string;
  handled: number;
  won: number;
  lost: number;
  closeRate: Figure | null;
}

/** The calendar day `days` before this one; both YYYY-MM-DD, so that clock changes do not matter. */
export function dayBefore(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - days);
  return date.toISOString().slice(0, 10);
}

export function dayRowFrom(day: string, figures: readonly Figure[]): DayRow {
  const valueOf = (kpi: Figure['kpi']) => figures.find((figure) => figure.kpi === kpi)?.value ?? 0;
  return {
    day,
    handled: valueOf('handled'),
    won: valueOf('dealsWon'),
    lost: valueOf('dealsLost'),
    closeRate: figures.find((figure) => figure.kpi === 'closeRate') ?? null,
  };
}

/** A round number of lines for an axis that must reach `highest`: 1, 2 or 5 times a power of ten. */
export function axisSteps(highest: number): number[] {
  const rough = Math.max(1, highest) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(
    1,
    [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= rough) ?? power,
  );
  const count = Math.max(1, Math.ceil(highest / step));
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}

/** Epoch ms at noon UTC of a calendar day, to be formatted in UTC. */
export function noonOf(day: string): number {
  return Date.parse(`${day}T12:00:00Z`);
}
