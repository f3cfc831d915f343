// Personal data whose time is over goes by itself, class by class: once a day, in small steps.
import type {
  RetentionMonths,
  RetentionPolicy,
  RetentionPreview,
} from '../../../preload/contract/rights.ts';
import type { Settings } from '../../../preload/contract/settings.ts';
import { RETENTION_CLASSES, type RetentionClass } from '../../../preload/contract/vocabulary.ts';
import type { Cancel, Now, Schedule } from '../clock.ts';
import type { CountedRows, JobResults } from '../database/copy-jobs.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import type { CoreLog } from '../log/core-log.ts';
import { type Cuts, countedFor, type Gone, retentionSteps } from './retention-classes.ts';

interface RetentionDependencies {
  database: DeskDatabase;
  now: Now;
  schedule: Schedule;
  log: CoreLog;
  settings: () => Pick<Settings, 'retentionOn' | 'retentionMonths'>;
  /** What the organisation orders; null when nothing. */
  policy: () => RetentionPolicy | null;
  refreshSummary: (customerId: string) => void;
  /** Counts beside the work, because a large book takes a while. */
  count: (rows: CountedRows[]) => Promise<JobResults['preview']>;
  /** Proofs have a time of their own. */
  dropProofs: () => number;
  /** Something went: `gone` says how much of what. */
  done: (gone: Gone) => void;
}

export interface InForce {
  on: boolean;
  months: RetentionMonths;
  /** Classes that the organisation has decided. */
  ordered: RetentionClass[];
  onOrdered: boolean;
}

const HOUR_MS = 3_600_000;
const MONTH_MS = (365.25 / 12) * 24 * HOUR_MS;
const RAN_AT = 'retention_ran_at';
const EVERY_MS = 23 * HOUR_MS;
const FIRST_AFTER_MS = 120_000;
const PAUSE_MS = 20;

export function createRetention(dependencies: RetentionDependencies) {
  const { database, now, schedule, log } = dependencies;
  const readMeta = database.query<{ value: string }>('SELECT value FROM meta WHERE name = ?');
  const writeMeta = database.query(
    `INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
  );
  let counting: { key: string; result: RetentionPreview | null } | null = null;
  let step: Cancel | null = null;

  function inForce(): InForce {
    const { retentionOn, retentionMonths } = dependencies.settings();
    const policy = dependencies.policy();
    const months = { ...retentionMonths, ...policy?.months };
    return {
      on: policy?.on ?? retentionOn,
      months,
      ordered: RETENTION_CLASSES.filter((kind) => policy?.months?.[kind] !== undefined),
      onOrdered: policy?.on !== undefined,
    };
  }

  function cutsFor(months: RetentionMonths): Cuts {
    return Object.fromEntries(
      RETENTION_CLASSES.flatMap((kind): [RetentionClass, number][] => {
        const kept = months[kind];
        return kept === null ? [] : [[kind, Math.round(now() - kept * MONTH_MS)]];
      }),
    );
  }

  /** Null while it is being counted. */
  async function preview(months: RetentionMonths): Promise<RetentionPreview | null> {
    const key = JSON.stringify(months);
    if (counting?.key !== key) {
      const mine: NonNullable<typeof counting> = { key, result: null };
      counting = mine;
      const counted = dependencies.count(countedFor(database, cutsFor(months))).then((found) => {
        mine.result = found.map(({ id, ...row }) => ({ kind: id as RetentionClass, ...row }));
      });
      counted.catch(() => {
        if (counting === mine) counting = null;
      });
      await Promise.race([counted, new Promise((resolve) => setTimeout(resolve, 1_500))]);
    }
    const { result } = counting ?? { result: null };
    // What was counted is told once: another question counts anew.
    if (result) counting = null;
    return result;
  }

  function run(): void {
    if (step) return;
    writeMeta.run(RAN_AT, String(now()));
    const steps = retentionSteps(dependencies, cutsFor(inForce().months));
    const next = () => {
      step = null;
      try {
        const { done, value } = steps.next();
        if (done) {
          if (value && Object.keys(value).length > 0) dependencies.done(value);
          return;
        }
      } catch (error) {
        log.error(
          { problem: error instanceof Error ? error.message : 'unknown' },
          'retention failed',
        );
        return;
      }
      step = schedule.after(PAUSE_MS, next);
    };
    next();
  }

  function keepHouse(): void {
    try {
      dependencies.dropProofs();
      const ranAt = Number(readMeta.get(RAN_AT)?.value ?? 0);
      if (inForce().on && Math.abs(now() - ranAt) >= EVERY_MS) run();
    } catch (error) {
      log.error(
        { problem: error instanceof Error ? error.message : 'unknown' },
        'retention failed',
      );
    }
  }

  const cancels = [schedule.after(FIRST_AFTER_MS, keepHouse), schedule.every(HOUR_MS, keepHouse)];

  return {
    inForce,
    preview,
    /** Begins at once, when it is on: the agent has just switched it on. */
    changed(): void {
      if (inForce().on) run();
    },
    stop(): void {
      for (const cancel of cancels) cancel();
      step?.();
    },
  };
}
