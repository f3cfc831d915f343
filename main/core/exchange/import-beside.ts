// Gives the work of an import to a thread with a connection of its own to the database, so that calls
// wait for it no longer than for one of its commits.
import { Worker } from 'node:worker_threads';
import type { JobContext } from '../database/copy-jobs.ts';
import { freeTurns } from '../database/write-turns.ts';
import type { CoreLog } from '../log/core-log.ts';
import type { HowItEnds, ImportSettings, ImportTask } from './import-work.ts';

/** All that the thread is told at its start. */
export interface ImportThreadData extends JobContext {
  importId: string;
  task: ImportTask;
  turns: SharedArrayBuffer;
  /** The place in it is one of `ENDS`. */
  ends: SharedArrayBuffer;
  /** Of the sealed files. */
  folder: string;
  wrappingKey: Uint8Array;
  agentId: string;
  settings: ImportSettings;
  /** How far core's clock is ahead of the machine's, ms. */
  clockAhead: number;
}

export type FromImportThread =
  | { type: 'changed'; book: boolean }
  | { type: 'failed'; problem: string }
  | { type: 'done' };

/** How an import is to end early, as a number that two threads share. */
export const ENDS: readonly (HowItEnds | null)[] = [null, 'cancelled', 'stopped'];

export interface ImportBeside {
  end(how: HowItEnds): void;
  /** Whether the work was taken over and has come to its end; false where no thread can be had. */
  done: Promise<boolean>;
}

export type StartImportBeside = (
  importId: string,
  task: ImportTask,
  changed: (book: boolean) => void,
) => ImportBeside;

interface BesideDependencies
  extends JobContext,
    Pick<ImportThreadData, 'turns' | 'folder' | 'wrappingKey' | 'agentId'> {
  settings: () => ImportSettings;
  now: () => number;
  log: CoreLog;
}

export function importsBeside(dependencies: BesideDependencies): StartImportBeside {
  const { settings, now, log, ...given } = dependencies;
  return (importId, task, changed) => {
    const ends = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
    const { zone, country, currency } = settings();
    const workerData: ImportThreadData = {
      ...{ ...given, importId, task, ends },
      settings: { zone, country, currency },
      clockAhead: now() - Date.now(),
    };
    const worker = new Worker(threadFile(), { workerData });
    let online = false;
    const done = new Promise<boolean>((resolve, reject) => {
      worker.on('online', () => {
        online = true;
      });
      worker.on('message', (message: FromImportThread) => {
        if (message.type === 'changed') changed(message.book);
        else if (message.type === 'done') resolve(true);
        else log.error({ importId, problem: message.problem }, 'import failed');
      });
      worker.on('error', (error) => {
        if (online) {
          reject(error);
          return;
        }
        log.warn({ importId, problem: error.name }, 'import without a thread of its own');
        resolve(false);
      });
      worker.on('exit', () => {
        freeTurns(given.turns);
        reject(new Error('the thread ended early'));
      });
    });
    return {
      end: (how) => void Atomics.store(new Int32Array(ends), 0, ENDS.indexOf(how)),
      done,
    };
  };
}

/** Beside core's other sources while this file is one, beside core once it is built. */
function threadFile(): URL {
  return import.meta.url.endsWith('.ts')
    ? new URL('../import-thread.ts', import.meta.url)
    : new URL('../import-thread/import-thread.js', import.meta.url);
}
