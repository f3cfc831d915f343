// Gives long work to a thread, so that calls never wait for it.
import { Worker } from 'node:worker_threads';
import {
  type Job,
  type JobContext,
  type JobResults,
  type Piece,
  type Progress,
  performJob,
  type ResultOf,
} from './copy-jobs.ts';
import type { DeskDatabase } from './desk-database.ts';
import type { StorageReason } from './storage-problem.ts';
import { type WriteBack, writeBackBeside } from './write-back.ts';

export type FromThread =
  | { type: 'progress'; done: number; total: number }
  | { type: 'piece'; bytes: Uint8Array<ArrayBuffer> }
  | { type: 'done'; result: JobResults[keyof JobResults] }
  | { type: 'failed'; reason: StorageReason; code: string | null; message: string };

/** A job that storage refused. */
export class JobFailure extends Error {
  readonly reason: StorageReason;
  /** SQLite's or the system's, as the thread had it. */
  readonly code: string | null;

  constructor(reason: StorageReason, detail: string, code: string | null = null) {
    super(detail);
    this.name = 'JobFailure';
    this.reason = reason;
    this.code = code;
  }
}

export interface RunningJob<Result> {
  result: Promise<Result>;
  /** Ends it where it is; what it had begun is taken away at the next start. */
  stop(): Promise<void>;
}

export function runJob<J extends Job>(
  job: J,
  context: JobContext,
  progress: Progress,
  piece: Piece = () => undefined,
): RunningJob<ResultOf<J>> {
  const worker = new Worker(threadFile(), { workerData: { job, context } });
  let online = false;
  let stopped = false;
  const result = new Promise<ResultOf<J>>((resolve, reject) => {
    worker.on('online', () => {
      online = true;
    });
    worker.on('message', (message: FromThread) => {
      if (message.type === 'progress') progress(message.done, message.total);
      else if (message.type === 'piece') piece(message.bytes);
      else if (message.type === 'done') resolve(message.result as ResultOf<J>);
      else reject(new JobFailure(message.reason, message.message, message.code));
    });
    worker.on('error', (error) => {
      if (online || stopped) {
        reject(error);
        return;
      }
      // Where threads cannot be had, late is better than never: core does it, and is deaf meanwhile.
      try {
        resolve(performJob(job, context, progress, piece));
      } catch (thrown) {
        reject(thrown instanceof Error ? thrown : new Error(String(thrown)));
      }
    });
    worker.on('exit', () => reject(new JobFailure('other', 'the thread ended early')));
  });
  worker.unref();
  return {
    result,
    async stop() {
      stopped = true;
      await worker.terminate();
    },
  };
}

/** The log of the database that is open is written back by jobs. */
export function writeBackByJobs(database: DeskDatabase, context: JobContext): WriteBack {
  return writeBackBeside({
    database,
    logFile: `${context.paths.database}-wal`,
    run: () => runJob({ kind: 'writeBack' }, context, () => undefined).result,
  });
}

/** Beside this file while it is a source, beside core once it is built. */
function threadFile(): URL {
  return import.meta.url.endsWith('.ts')
    ? new URL('./job-thread.ts', import.meta.url)
    : new URL('../core-thread/job-thread.js', import.meta.url);
}
