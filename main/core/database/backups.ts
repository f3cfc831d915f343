// Verified copies of the database. `VACUUM INTO` writes a compact copy under the same key; a copy
// counts only once it has been opened and checked.
import {
  copyFileSync,
  existsSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type Sqlite from 'better-sqlite3';
import type { DataFolder } from './data-folder.ts';
import { type DatabaseKey, faultOf, openEncrypted, schemaVersionOf } from './encrypted-file.ts';
import { StartFailure } from './storage-problem.ts';

const KEPT = 2;
const NAME = /^desk-(\d{13,})-v(\d+)\.db$/;

interface Backup {
  file: string;
  at: number;
}

/** Copies the database and proves that the copy opens, is sound and has the same schema version. */
export function backUp(
  raw: Sqlite.Database,
  paths: DataFolder,
  key: DatabaseKey,
  now: number,
): void {
  const version = schemaVersionOf(raw);
  const part = join(paths.backups, `unverified-${now}.db`);
  // The copy is written into an empty file of the right mode.
  writeFileSync(part, '', { mode: 0o600 });
  raw.prepare('VACUUM INTO ?').run(part);
  const fault = faultOfFile(part, key, version);
  if (fault !== null) {
    removeDatabase(part);
    throw new StartFailure('other', `the copy before the migration is not sound: ${fault}`);
  }
  renameSync(part, join(paths.backups, `desk-${String(now).padStart(13, '0')}-v${version}.db`));
  for (const old of backupsIn(paths).slice(KEPT)) removeDatabase(old.file);
}

/** Puts the newest sound copy in the database's place; null when there is none. */
export function restoreNewest(
  paths: DataFolder,
  key: DatabaseKey,
  newestVersion: number,
): Backup | null {
  for (const backup of backupsIn(paths)) {
    const version = Number(NAME.exec(backup.file.slice(paths.backups.length + 1))?.[2]);
    if (version > newestVersion || faultOfFile(backup.file, key, version) !== null) continue;
    copyFileSync(backup.file, paths.database);
    return backup;
  }
  return null;
}

/** Moves a damaged database with its log out of the way, deleting nothing. Answers where to. */
export function quarantine(paths: DataFolder, now: number): string {
  const place = join(paths.quarantine, String(now));
  for (const ending of ['', '-wal', '-shm']) {
    if (existsSync(paths.database + ending))
      renameSync(paths.database + ending, `${place}.db${ending}`);
  }
  return `${place}.db`;
}

/** Refuses early what would fail half-way: a copy, and a migration that rewrites every table. */
export function requireDiskSpace(paths: DataFolder): void {
  const { bavail, bsize } = statfsSync(paths.folder);
  const needed = 2.5 * statSync(paths.database).size + 16 * 1024 * 1024;
  if (bavail * bsize < needed) {
    throw new StartFailure(
      'diskFull',
      `${Math.ceil(needed / 1024 / 1024)} MiB are needed for the migration`,
    );
  }
}

/** Newest first. */
export function backupsIn(paths: DataFolder): Backup[] {
  return readdirSync(paths.backups)
    .flatMap((name) => {
      const match = NAME.exec(name);
      return match ? [{ file: join(paths.backups, name), at: Number(match[1]) }] : [];
    })
    .sort((a, b) => b.at - a.at);
}

function faultOfFile(file: string, key: DatabaseKey, version: number): string | null {
  try {
    const raw = openEncrypted(file, key);
    try {
      const found = schemaVersionOf(raw);
      return found === version ? faultOf(raw) : `schema version ${found} instead of ${version}`;
    } finally {
      raw.close();
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function removeDatabase(file: string): void {
  for (const ending of ['', '-wal', '-shm']) rmSync(file + ending, { force: true });
}
