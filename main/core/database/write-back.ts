// While much is written (an import, its undoing, the search index after them) others bring the log to the
// disk and a thread writes it back into the file: a commit that did so itself would make everyone wait.
import { type FileHandle, open } from 'node:fs/promises';
import type { DeskDatabase } from './desk-database.ts';

export interface WriteBack {
  /** Runs long work, which calls `breathe` between its transactions: it waits while too much is under way. */
  during<Result>(work: (breathe: () => Promise<void>) => Promise<Result>): Promise<Result>;
}

interface WriteBackDependencies {
  database: DeskDatabase;
  /** SQLite locks the database and the log's index, never the log: it may be opened beside it. */
  logFile: string;
  /** Starts the thread; answers when it is done. */
  run: () => Promise<unknown>;
}

/** Pages of 4 KiB. From so many on that are not in the file yet they are written back beside the work. */
const PAGES_TO_BEGIN = 8_000;
/** In the log: then the work waits until all of them are in the file. */
const MOST_PAGES = 32_000;
/**
 * As `journal_size_limit` of every connection: the one that begins the log anew cuts off what is longer, which
 * takes its time. Room for the last step as well.
 */
export const MOST_LOG_BYTES = 192 * 1024 * 1024;

/** A call's own commit brings to the disk what is not there yet: it is never much. */
const PAGES_TO_SYNC = 1_000;
/** A reader who stays (a copy being made) keeps the log from being used anew: then it grows. */
const MOST_WAITS = 3;
/** As SQLite does by itself. */
const USUAL_PAGES = 1_000;

export function writeBackBeside({ database, logFile, run }: WriteBackDependencies): WriteBack {
  // Only counts: nothing is written back by it.
  const inLog = database.query<{ log: number; checkpointed: number }>(
    'PRAGMA wal_checkpoint(NOOP)',
  );
  let users = 0;
  let running: Promise<unknown> | null = null;
  let syncing: Promise<unknown> | null = null;
  let synced = 0;
  let log: FileHandle | null = null;

  function pages(): { inLog: number; left: number } {
    const { log: all, checkpointed } = inLog.get() ?? { log: 0, checkpointed: 0 };
    return { inLog: all, left: all - checkpointed };
  }

  // What cannot be done now is done after the next step, or by the next commit of somebody else.
  function writeBack(): Promise<unknown> {
    running ??= run()
      .catch(() => undefined)
      .finally(() => (running = null));
    return running;
  }

  async function sync(upTo: number): Promise<void> {
    // The log has begun anew.
    if (upTo < synced) synced = 0;
    if (upTo - synced < PAGES_TO_SYNC) return;
    await syncing;
    synced = upTo;
    syncing = syncLog()
      .catch(() => undefined)
      .finally(() => (syncing = null));
  }

  async function syncLog(): Promise<void> {
    log ??= await open(logFile, 'r+');
    await log.datasync();
  }

  async function breathe(): Promise<void> {
    await sync(pages().inLog);
    if (pages().left < PAGES_TO_BEGIN) return;
    const written = writeBack();
    if (pages().inLog < MOST_PAGES) return;
    // Only when all of it is in the file does the log begin anew: for that its writer has to pause.
    await written;
    for (let waits = 0; waits < MOST_WAITS && pages().left > 0; waits += 1) await writeBack();
  }

  async function end(): Promise<void> {
    await syncing;
    // So that the commit which says that all is done has little to wait for.
    if (log !== null) await syncLog().catch(() => undefined);
    for (let waits = 0; waits < MOST_WAITS; waits += 1) {
      // What is left would be written back by the next commit, in one go.
      if (pages().left < USUAL_PAGES) break;
      await writeBack();
    }
    // Somebody may have begun meanwhile.
    if (users > 0) return;
    database.writeBackAfter(USUAL_PAGES);
    const opened = log;
    log = null;
    await opened?.close();
  }

  return {
    async during(work) {
      users += 1;
      database.writeBackAfter(0);
      try {
        return await work(breathe);
      } finally {
        users -= 1;
        if (users === 0) await end();
      }
    },
  };
}

/** Where there is no log: nothing to do. */
export const noWriteBack: WriteBack = { during: (work) => work(() => Promise.resolve()) };
