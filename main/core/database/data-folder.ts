// Where everything of one desk lies, and the lock that keeps it to one core.
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { StartFailure } from './storage-problem.ts';

export interface DataFolder {
  folder: string;
  database: string;
  keyCheck: string;
  lock: string;
  backups: string;
  quarantine: string;
  recordings: string;
  /** Present while damage is suspected: the next start checks the file. */
  suspect: string;
  /** Who was erased, for copies that come back. */
  erasures: string;
  /** Which copy the next start is to put in the database's place. */
  restoreOrder: string;
}

/** Names the files and makes the folders, for this user only. */
export function dataFolderAt(folder: string): DataFolder {
  const paths: DataFolder = {
    folder,
    database: join(folder, 'desk.db'),
    keyCheck: join(folder, 'desk.keycheck'),
    lock: join(folder, 'desk.lock'),
    backups: join(folder, 'backups'),
    quarantine: join(folder, 'quarantine'),
    recordings: join(folder, 'recordings'),
    suspect: join(folder, 'desk.suspect'),
    erasures: join(folder, 'desk.erasures'),
    restoreOrder: join(folder, 'desk.restore'),
  };
  for (const path of [paths.folder, paths.backups, paths.quarantine, paths.recordings]) {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  }
  chmodSync(folder, 0o700);
  return paths;
}

/**
 * Takes the folder for this process until it ends, however it ends: the lock is SQLite's own on an
 * empty file, so that the system frees it with the process on every platform.
 */
export function lockFolder(paths: DataFolder, waitMs = 2_000): { release(): void } {
  const lock = new Sqlite(paths.lock, { timeout: waitMs });
  try {
    chmodSync(paths.lock, 0o600);
    lock.pragma('journal_mode = MEMORY');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw new StartFailure('alreadyRunning', 'another core has this data folder open');
    }
    throw error;
  }
  return { release: () => void lock.close() };
}
