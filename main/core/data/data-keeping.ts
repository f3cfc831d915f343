// Looks after the database while it is served: a verified copy each day, a check each week, copies
// written anew after an erasure, and the order to bring a copy back.
import type { DataWork } from '../../../preload/contract/rights.ts';
import type { Now, Schedule } from '../clock.ts';
import type { SubjectHandlers } from '../connection/handlers.ts';
import { backupsIn, quarantinedIn } from '../database/backups.ts';
import type { Job, JobContext, ResultOf } from '../database/copy-jobs.ts';
import { outdatedCopies } from '../database/copy-jobs.ts';
import type { DataFolder } from '../database/data-folder.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import type { DatabaseKey } from '../database/encrypted-file.ts';
import { mentionsWaiting, waitingMentionSteps } from '../database/person/mentions.ts';
import { orderRestore } from '../database/restore-order.ts';
import { JobFailure, type RunningJob, runJob } from '../database/run-job.ts';
import { searchCleaning } from '../database/search-residue.ts';
import type { Publish } from '../events/event-bus.ts';
import type { CoreLog } from '../log/core-log.ts';
import { Refusal } from '../refusal.ts';

interface DataKeepingDependencies {
  database: DeskDatabase;
  paths: DataFolder;
  key: DatabaseKey;
  erasuresKey: DatabaseKey;
  now: Now;
  schedule: Schedule;
  publish: Publish;
  log: CoreLog;
  backupGigabytes: () => number;
  /** The file is too large to have been checked after an unclean end. */
  checkFirst: boolean;
  /** Makes the next start check the file. */
  suspectDamage: () => void;
  inCall: () => boolean;
  logAccess: (what: 'restore', detail: Record<string, number>) => void;
  /** Ends this process in an orderly way; its host starts the next. */
  restart: () => void;
}

export interface DataKeeping {
  handlers: SubjectHandlers<'data'>;
  /** Every older copy is written anew without who was erased since. Answers how many wait for it. */
  rewriteCopies(): number;
  /** Makes the words that were taken out of the search indexes leave their files. */
  cleanSearches(): void;
  outdated(): number;
  /** A job for others; it waits for those before it. */
  run<J extends ShownJob>(job: J): Promise<ResultOf<J>>;
  stop(): Promise<void>;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The desk comes up first. */
const FIRST_AFTER_MS = 90_000;
const CHECK_EVERY_MS = 7 * DAY_MS;
const GIGABYTE = 1_000_000_000;
/** Between two steps of cleaning: the desk answers what came in meanwhile. */
const CLEANING_PAUSE_MS = 15;
const CHECKED_AT = 'checked_at';
const SEARCH_RESIDUE = 'search_residue';

type JobKindShown = NonNullable<DataWork['running']>['kind'];
/** Writing the log back is no work that anyone asked for, and a report is its reader's. */
type ShownJob = Exclude<Job, { kind: 'writeBack' | 'report' }>;

export function createDataKeeping(dependencies: DataKeepingDependencies): DataKeeping {
  const { database, paths, now, schedule, publish, log } = dependencies;
  const context: JobContext = {
    paths,
    key: dependencies.key,
    erasuresKey: dependencies.erasuresKey,
  };
  const readMeta = database.query<{ value: string }>('SELECT value FROM meta WHERE name = ?');
  const writeMeta = database.query(
    `INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
  );
  const removeMeta = database.query('DELETE FROM meta WHERE name = ?');
  let queue: Promise<unknown> = Promise.resolve();
  let current: RunningJob<unknown> | null = null;
  let running: DataWork['running'] = null;
  let backupProblem: DataWork['backupProblem'] = null;
  let damaged = false;
  let stopped = false;
  let cleaning: (() => void) | null = null;
  /** Settles when what was erased has left the indexes and others' rows. */
  let cleaned: Promise<void> = Promise.resolve();
  let setCleaned: () => void = () => undefined;
  /** Null while it has to be counted anew. */
  let outdatedCount: number | null = null;

  const changed = () => {
    if (!stopped) publish({ type: 'data.changed' });
  };

  function show(kind: JobKindShown, done: number, total: number): void {
    running = { kind, done, total };
    changed();
  }

  function run<J extends ShownJob>(job: J): Promise<ResultOf<J>> {
    const turn = queue.then(async () => {
      if (stopped) throw new JobFailure('other', 'the desk is closing');
      show(job.kind, 0, 0);
      const started = runJob(job, context, (done, total) => show(job.kind, done, total));
      current = started;
      try {
        return await started.result;
      } finally {
        current = null;
        running = null;
        changed();
      }
    });
    queue = turn.catch(() => undefined);
    return turn;
  }

  async function attempt(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (stopped) return;
      log.error({ problem: error instanceof Error ? error.message : 'unknown' }, what);
    }
  }

  function backUpNow(): Promise<void> {
    const mostBytes = dependencies.backupGigabytes() * GIGABYTE;
    return attempt('the copy failed', async () => {
      try {
        // A copy holds the indexes as they are: none is made before they are clean.
        await cleaned;
        await run({ kind: 'backup', now: now(), mostBytes });
        backupProblem = null;
      } catch (error) {
        const reason = error instanceof JobFailure ? error.reason : 'other';
        backupProblem = reason === 'keyUnavailable' ? 'other' : reason;
        throw error;
      } finally {
        changed();
      }
      // Someone may have been erased while the copy was written.
      rewriteCopies();
    });
  }

  function check(): Promise<void> {
    return attempt('the check failed', async () => {
      const { fault } = await run({ kind: 'check' });
      damaged = fault !== null;
      if (damaged) {
        log.error({ fault }, 'the check found damage');
        dependencies.suspectDamage();
      } else {
        writeMeta.run(CHECKED_AT, String(now()));
      }
      changed();
    });
  }

  function outdated(): number {
    outdatedCount ??= outdatedCopies(context).length;
    return outdatedCount;
  }

  function rewriteCopies(): number {
    outdatedCount = null;
    const waiting = outdated();
    if (waiting > 0) {
      void attempt('writing the copies anew failed', async () => {
        try {
          const { rewritten, removed } = await run({ kind: 'rewrite' });
          log.info({ rewritten: rewritten.length, removed: removed.length }, 'copies rewritten');
        } finally {
          outdatedCount = null;
          changed();
        }
      });
    }
    return waiting;
  }

  function cleanSearches(): void {
    // Noted first: after a crash the next start goes on.
    writeMeta.run(SEARCH_RESIDUE, '1');
    if (cleaning === null)
      cleaned = new Promise((resolve) => {
        setCleaned = resolve;
      });
    cleaning?.();
    const steps = cleaningSteps();
    const next = () => {
      cleaning = null;
      try {
        if (steps.next().done) {
          removeMeta.run(SEARCH_RESIDUE);
          emptyLog();
          setCleaned();
          return;
        }
      } catch (error) {
        setCleaned();
        log.error(
          { problem: error instanceof Error ? error.message : 'unknown' },
          'cleaning the search index failed',
        );
        return;
      }
      cleaning = schedule.after(CLEANING_PAUSE_MS, next);
    };
    next();
  }

  /** Mentions of who was erased go first: what they leave in the indexes goes after them. */
  function* cleaningSteps(): Generator<undefined, void, void> {
    yield* waitingMentionSteps(database);
    yield* searchCleaning(database);
  }

  /** What was deleted is in the write-ahead log as well. */
  function emptyLog(): void {
    database.query('PRAGMA wal_checkpoint(TRUNCATE)').all();
  }

  function lastBackupAt(): number {
    return backupsIn(paths)[0]?.at ?? 0;
  }

  function lastCheckAt(): number | null {
    const at = readMeta.get(CHECKED_AT)?.value;
    return at === undefined ? null : Number(at);
  }

  async function keepHouse(): Promise<void> {
    if (outdated() > 0) rewriteCopies();
    if (Math.abs(now() - lastBackupAt()) >= DAY_MS) await backUpNow();
    if (now() - (lastCheckAt() ?? 0) >= CHECK_EVERY_MS) await check();
  }

  if (dependencies.checkFirst) void check();
  if (readMeta.get(SEARCH_RESIDUE) || mentionsWaiting(database).length > 0) cleanSearches();
  rewriteCopies();
  const cancels = [
    schedule.after(FIRST_AFTER_MS, () => void keepHouse()),
    schedule.every(HOUR_MS, () => void keepHouse()),
  ];

  return {
    handlers: {
      work: () => ({
        running,
        backups: backupsIn(paths)
          .slice(0, 200)
          .map(({ name, at, bytes, version }) => ({
            ...{ file: name, at, bytes, schemaVersion: version },
          })),
        backupBytesLimit: dependencies.backupGigabytes() * GIGABYTE,
        lastCheckAt: lastCheckAt(),
        damaged,
        backupProblem,
        copiesToRewrite: outdated(),
        quarantined: quarantinedIn(paths).length,
      }),
      backUpNow() {
        refuseWhileRunning('backup');
        void backUpNow();
        return {};
      },
      check() {
        refuseWhileRunning('check');
        void check();
        return {};
      },
      async restore({ file }) {
        if (dependencies.inCall()) throw new Refusal('BUSY', { with: 'call' });
        if (!backupsIn(paths).some(({ name }) => name === file))
          throw new Refusal('NOT_FOUND', { what: 'backup', id: file });
        const { fault } = await run({ kind: 'verify', name: file });
        if (fault !== null) throw new Refusal('STORAGE', { reason: 'damaged' });
        // A call may have come in while the copy was read.
        if (dependencies.inCall()) throw new Refusal('BUSY', { with: 'call' });
        orderRestore(paths, { name: file, at: now() });
        dependencies.logAccess('restore', {});
        dependencies.restart();
        return {};
      },
    },
    rewriteCopies,
    cleanSearches,
    outdated,
    run,
    async stop() {
      stopped = true;
      for (const cancel of cancels) cancel();
      cleaning?.();
      setCleaned();
      await current?.stop();
      await queue;
    },
  };

  function refuseWhileRunning(kind: JobKindShown): void {
    if (running?.kind === kind) throw new Refusal('BUSY', { with: kind });
  }
}
