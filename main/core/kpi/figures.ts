// Figures from summed measures, as the catalogue defines them. Rules only.
import type { Figure } from '../../../preload/contract/contract.ts';
import {
  KPI_CATALOGUE,
  KPI_IDS,
  type KpiId,
  type Measure,
} from '../../../preload/contract/kpi-catalogue.ts';
import { wilsonInterval } from './wilson-interval.ts';

export type Sums = Partial<Record<Measure, number>>;

const HOUR_MS = 3_600_000;
/** Below this many decisions an interval says nothing; only "5 of 9" is shown. */
const SMALLEST_N_FOR_INTERVAL = 10;

/** What a figure's n counts. */
const N_OF: Record<KpiId, readonly Measure[]> = {
  handled: ['handled'],
  talkTime: ['handled'],
  handlingTime: ['handled'],
  averageHandlingTime: ['handled'],
  callsPerHour: ['handled'],
  dealsWon: ['won'],
  dealsLost: ['lost'],
  closeRate: ['won', 'lost'],
  revenue: ['won'],
};

export function figuresFrom(sums: Sums): Figure[] {
  return KPI_IDS.map((kpi) => figureFrom(kpi, sums));
}

/** Rates are Σ/Σ, never a mean of means; per hour is per hour of the summed time. */
function figureFrom(kpi: KpiId, sums: Sums): Figure {
  const { numerator: upper, denominator: lower, unit } = KPI_CATALOGUE[kpi];
  const total = (measures: readonly Measure[]) =>
    measures.reduce((sum, measure) => sum + (sums[measure] ?? 0), 0);
  const numerator = total(upper);
  const n = total(N_OF[kpi]);
  if (lower.length === 0)
    return { kpi, value: numerator, numerator, denominator: null, n, interval: null };
  const denominator = total(lower);
  const scale = unit === 'perHour' ? HOUR_MS : 1;
  const value = denominator === 0 ? null : (numerator * scale) / denominator;
  const hasInterval = unit === 'rate' && denominator >= SMALLEST_N_FOR_INTERVAL;
  const interval = hasInterval ? wilsonInterval(numerator, denominator) : null;
  return { kpi, value, numerator, denominator, n, interval };
}
