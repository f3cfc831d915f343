import type { Measure } from '../../../preload/contract/kpi-catalogue.ts';
import type { AgentState, Origin } from '../../../preload/contract/vocabulary.ts';
import type { Now } from '../clock.ts';
import type { SubjectHandlers } from '../connection/handlers.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import type { Publish } from '../events/event-bus.ts';
import { badInput } from '../refusal.ts';
import { figuresFrom, type Sums } from './figures.ts';
import {
  type CountedState,
  keyOf,
  type MeasureRow,
  measuresOfState,
  summed,
} from './measure-rows.ts';
import type { MeasureStore } from './measure-store.ts';
import { dayAt, dayCount, type ZoneDay, zoneDay, zoneDays } from './zone-days.ts';

/** A kind of fact, for counting again. */
export type CountedFacts = () => Iterable<{ rows: MeasureRow[]; withoutPerson?: boolean }>;

interface KpiDependencies {
  database: DeskDatabase;
  now: Now;
  publish: Publish;
  agentId: string;
  zone: () => string;
  isZone: (zone: string) => boolean;
  measures: MeasureStore;
  countedOrigins: () => readonly Origin[];
  agentState: () => { state: AgentState; since: number };
  /** Time of the current state that is not stored yet. */
  running: () => CountedState | null;
  facts: readonly CountedFacts[];
}

export interface Kpi {
  handlers: SubjectHandlers<'kpi'>;
  /** Counts everything again, for whoever wrote or removed many facts at once. */
  rebuild(): { rows: number; differing: number; withoutPerson: number };
}

const MOST_DAYS = 400;

export function createKpi(dependencies: KpiDependencies): Kpi {
  const { database, now, agentId, measures, countedOrigins } = dependencies;

  function zoneFrom(asked: string | undefined): string {
    if (asked === undefined) return dependencies.zone();
    if (!dependencies.isZone(asked)) throw badInput(['zone'], 'unknownZone');
    return asked;
  }

  function sumsOf({ from, to }: ZoneDay): Sums {
    const origins = countedOrigins();
    const sums = measures.sums(agentId, from, to, origins);
    const running = dependencies.running();
    if (!running || !origins.includes(running.origin)) return sums;
    for (const row of measuresOfState(running)) {
      if (row.bucket >= from && row.bucket < to) add(sums, row.measure, row.value);
    }
    return sums;
  }

  function rebuild(): { rows: number; differing: number; withoutPerson: number } {
    return database.transaction(() => {
      const counted: MeasureRow[] = [];
      let withoutPerson = 0;
      for (const facts of dependencies.facts) {
        for (const fact of facts()) {
          counted.push(...fact.rows);
          if (fact.withoutPerson && fact.rows.length > 0) withoutPerson += 1;
        }
      }
      const fresh = summed(counted).filter((row) => row.value !== 0);
      const differing = differenceCount(measures.all(), fresh);
      if (differing > 0) {
        measures.replaceAll(fresh);
        database.afterCommit(() => dependencies.publish({ type: 'kpi.changed' }));
      }
      return { rows: fresh.length, differing, withoutPerson };
    });
  }

  return {
    rebuild,
    handlers: {
      day({ day, zone: asked }) {
        const zone = zoneFrom(asked);
        const chosen = zoneDay(day ?? dayAt(now(), zone), zone);
        const { state, since } = dependencies.agentState();
        return {
          day: chosen.day,
          zone,
          figures: figuresFrom(sumsOf(chosen)),
          state,
          stateSince: since,
        };
      },
      days({ from, to, zone: asked }) {
        const zone = zoneFrom(asked);
        const count = dayCount(from, to);
        if (count < 1 || count > MOST_DAYS)
          throw badInput(['to'], count < 1 ? 'beforeFrom' : 'tooManyDays');
        return zoneDays(from, to, zone).map((each) => ({
          day: each.day,
          figures: figuresFrom(sumsOf(each)),
        }));
      },
      rebuild: () => rebuild(),
    },
  };
}

function add(sums: Sums, measure: Measure, value: number): void {
  sums[measure] = (sums[measure] ?? 0) + value;
}

/** How many rows are not the same; a row of 0 is as good as none. */
function differenceCount(stored: readonly MeasureRow[], fresh: readonly MeasureRow[]): number {
  const left = new Map(
    stored.filter((row) => row.value !== 0).map((row) => [keyOf(row), row.value]),
  );
  let differing = 0;
  for (const row of fresh) {
    if (left.get(keyOf(row)) !== row.value) differing += 1;
    left.delete(keyOf(row));
  }
  return differing + left.size;
}
