// What each fact adds to the measures. Rules only: the same functions count a fact when it happens and
// when everything is counted again.
import type { Measure } from '../../../preload/contract/kpi-catalogue.ts';
import type {
  AgentState,
  DealState,
  Direction,
  LegKind,
  Origin,
} from '../../../preload/contract/vocabulary.ts';

export const BUCKET_MS = 15 * 60_000;

export interface MeasureRow {
  agentId: string;
  /** '' where the fact belongs to no list. */
  listId: string;
  origin: Origin;
  /** Start of the 15 minutes, UTC epoch ms. */
  bucket: number;
  measure: Measure;
  value: number;
}

interface Whose {
  agentId: string;
  listId: string | null;
  origin: Origin;
}

export interface CountedLeg extends Whose {
  legKind: LegKind;
  direction: Direction;
  internal: boolean;
  missed: boolean;
  startedAt: number;
  answeredAt: number | null;
  endedAt: number | null;
  talkMs: number;
  holdMs: number;
}

export interface CountedDeal extends Whose {
  state: DealState;
  valueCents: number | null;
  decidedAt: number | null;
  cancelledAt: number | null;
}

export interface CountedState extends Whose {
  state: AgentState;
  since: number;
  until: number;
}

/**
 * A contact is handled once, however many legs it has: where its first answered leg with the customer
 * began. Talk and hold are summed over those legs, each counting once it is over. What was asked of
 * colleagues meanwhile is time of its own: the customer is on hold, which counts already. Internal
 * legs do not count.
 */
export function measuresOfContact(legs: readonly CountedLeg[]): MeasureRow[] {
  const over = legs.filter(({ endedAt }) => endedAt !== null);
  const counted = over
    .filter(({ legKind, internal }) => legKind === 'customer' && !internal)
    .sort((a, b) => a.startedAt - b.startedAt);
  if (counted.length === 0) return [];
  const handled = counted.find(({ answeredAt }) => answeredAt !== null);
  const rows = counted.flatMap((leg) => measuresOfLeg(leg, leg === handled));
  const consulted = over
    .filter(({ legKind }) => legKind === 'consultation')
    .flatMap((leg) => rowsOf(leg, leg.startedAt, { consultMs: leg.talkMs + leg.holdMs }));
  return summed([...rows, ...consulted]);
}

function measuresOfLeg(leg: CountedLeg, handlesContact: boolean): MeasureRow[] {
  const outbound = leg.direction === 'outbound';
  return rowsOf(leg, leg.startedAt, {
    handled: handlesContact ? 1 : 0,
    handledInbound: handlesContact && !outbound ? 1 : 0,
    handledOutbound: handlesContact && outbound ? 1 : 0,
    talkMs: leg.talkMs,
    holdMs: leg.holdMs,
    dials: outbound ? 1 : 0,
    answered: leg.answeredAt !== null && outbound ? 1 : 0,
    missed: leg.missed ? 1 : 0,
  });
}

/** A deal counts when it was decided, for who decided it; a cancelled one no longer counts. */
export function measuresOfDeal(deal: CountedDeal): MeasureRow[] {
  if (deal.decidedAt === null || deal.cancelledAt !== null) return [];
  const won = deal.state === 'won';
  return rowsOf(deal, deal.decidedAt, {
    won: won ? 1 : 0,
    lost: deal.state === 'lost' ? 1 : 0,
    wonCents: won ? (deal.valueCents ?? 0) : 0,
  });
}

const MEASURE_OF_STATE: Partial<Record<AgentState, Measure>> = {
  available: 'availableMs',
  wrapUp: 'wrapMs',
};

/** Time in a state is split at the edges of the buckets. */
export function measuresOfState(state: CountedState): MeasureRow[] {
  const measure = MEASURE_OF_STATE[state.state];
  if (!measure) return [];
  const rows: MeasureRow[] = [];
  for (let from = state.since; from < state.until; ) {
    const edge = bucketOf(from) + BUCKET_MS;
    const to = Math.min(edge, state.until);
    rows.push(...rowsOf(state, from, { [measure]: to - from }));
    from = to;
  }
  return rows;
}

/** What is to be added so that a fact counts as `after` instead of as `before`. */
export function differenceOf(
  before: readonly MeasureRow[],
  after: readonly MeasureRow[],
): MeasureRow[] {
  const undone = before.map((row) => ({ ...row, value: -row.value }));
  return summed([...undone, ...after]).filter((row) => row.value !== 0);
}

export function summed(rows: readonly MeasureRow[]): MeasureRow[] {
  const sums = new Map<string, MeasureRow>();
  for (const row of rows) {
    const key = keyOf(row);
    const sum = sums.get(key);
    if (sum) sum.value += row.value;
    else sums.set(key, { ...row });
  }
  return [...sums.values()];
}

export function keyOf(row: Omit<MeasureRow, 'value'>): string {
  return `${row.agentId} ${row.listId} ${row.origin} ${row.bucket} ${row.measure}`;
}

function bucketOf(at: number): number {
  return Math.floor(at / BUCKET_MS) * BUCKET_MS;
}

function rowsOf(whose: Whose, at: number, values: Partial<Record<Measure, number>>): MeasureRow[] {
  return Object.entries(values)
    .filter(([, value]) => value !== 0)
    .map(([measure, value]) => ({
      agentId: whose.agentId,
      listId: whose.listId ?? '',
      origin: whose.origin,
      bucket: bucketOf(at),
      measure: measure as Measure,
      value,
    }));
}
