// Verified copies of the database. `VACUUM INTO` writes a compact copy under the same key; a copy
// counts only once it has been opened and checked.
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type Sqlite from 'better-sqlite3';
import { copiesToKeep } from './backup-rotation.ts';
import type { DataFolder } from './data-folder.ts';
import { type DatabaseKey, faultOf, openEncrypted, schemaVersionOf } from './encrypted-file.ts';
import { StartFailure } from './storage-problem.ts';

const NAME = /^desk-(\d{13,})-v(\d+)\.db$/;
/** Names of what is being made; found at a start, it is what a crash left behind. */
const UNFINISHED = /^(unverified|rewriting)-.*\.db(-wal|-shm|-journal)?$/;

export interface BackupFile {
  /** Name within the folder of copies. */
  name: string;
  file: string;
  at: number;
  bytes: number;
  version: number;
}

/**
 * Copies the database and proves that the copy opens, is sound and has the same schema version; then
 * older copies go as `copiesToKeep` says. The database may be in use meanwhile: the copy is of one moment.
 */
export function backUp(
  raw: Sqlite.Database,
  paths: DataFolder,
  key: DatabaseKey,
  now: number,
  mostBytes = Number.POSITIVE_INFINITY,
): BackupFile {
  const version = schemaVersionOf(raw);
  const name = `desk-${String(now).padStart(13, '0')}-v${version}.db`;
  const file = join(paths.backups, name);
  putCopy(raw, paths, key, file, version);
  const kept = copiesToKeep(backupsIn(paths), now, mostBytes);
  for (const old of backupsIn(paths)) {
    if (!kept.some((copy) => copy.file === old.file)) removeDatabase(old.file);
  }
  return { name, file, at: now, version, bytes: statSync(file).size };
}

/** Writes a verified copy of `raw`, changed first if so, to `file`, which it replaces as a whole. */
export function putCopy(
  raw: Sqlite.Database,
  paths: DataFolder,
  key: DatabaseKey,
  file: string,
  version: number,
  change: (copy: string) => void = () => undefined,
): void {
  const part = join(paths.backups, `unverified-${process.pid}-${version}-${Date.now()}.db`);
  try {
    // The copy is written into an empty file of the right mode.
    writeFileSync(part, '', { mode: 0o600 });
    raw.prepare('VACUUM INTO ?').run(part);
    change(part);
    const fault = faultOfFile(part, key, version);
    if (fault !== null) throw new StartFailure('other', `the copy is not sound: ${fault}`);
    syncFile(part);
    renameSync(part, file);
  } catch (error) {
    removeDatabase(part);
    throw error;
  }
}

/** Puts the newest sound copy in the database's place; null when there is none. */
export function restoreNewest(
  paths: DataFolder,
  key: DatabaseKey,
  newestVersion: number,
): BackupFile | null {
  for (const backup of backupsIn(paths)) {
    if (backup.version > newestVersion || faultOfFile(backup.file, key, backup.version) !== null)
      continue;
    putBack(paths, backup.file);
    return backup;
  }
  return null;
}

/** Makes a copy the database; a crash leaves either none or all of it. */
export function putBack(paths: DataFolder, file: string): void {
  const part = `${paths.database}.part`;
  copyFileSync(file, part);
  syncFile(part);
  renameSync(part, paths.database);
}

/** Moves a database with its log out of the way, deleting nothing. Answers where to. */
export function quarantine(paths: DataFolder, now: number): string {
  const place = join(paths.quarantine, String(now));
  // The database goes last: while it is there, this is done again.
  for (const ending of ['-wal', '-shm', '']) {
    if (existsSync(paths.database + ending))
      renameSync(paths.database + ending, `${place}.db${ending}`);
  }
  return `${place}.db`;
}

/** Databases that were put aside, oldest first. */
export function quarantinedIn(paths: DataFolder): string[] {
  return readdirSync(paths.quarantine)
    .filter((name) => name.endsWith('.db'))
    .sort()
    .map((name) => join(paths.quarantine, name));
}

/** Refuses early what would fail half-way: a copy, and a migration that rewrites every table. */
export function requireDiskSpace(
  paths: DataFolder,
  needed = 2.5 * statSync(paths.database).size + 16 * 1024 * 1024,
): void {
  const { bavail, bsize } = statfsSync(paths.folder);
  if (bavail * bsize < needed) {
    throw new StartFailure('diskFull', `${Math.ceil(needed / 1024 / 1024)} MiB are needed`);
  }
}

/** Newest first. */
export function backupsIn(paths: DataFolder): BackupFile[] {
  return readdirSync(paths.backups)
    .flatMap((name) => {
      const match = NAME.exec(name);
      if (!match) return [];
      const file = join(paths.backups, name);
      const bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
      return [{ name, file, at: Number(match[1]), bytes, version: Number(match[2]) }];
    })
    .sort((a, b) => b.at - a.at);
}

/** Takes away what a crash left half-made. Only while nothing is being made. */
export function removeUnfinished(paths: DataFolder): void {
  for (const folder of [paths.backups, paths.quarantine]) {
    for (const name of readdirSync(folder)) {
      if (UNFINISHED.test(name)) rmSync(join(folder, name), { force: true });
    }
  }
  rmSync(`${paths.database}.part`, { force: true });
}

/** Null when the file opens with the key, is sound and has this schema version. */
export function faultOfFile(file: string, key: DatabaseKey, version: number): string | null {
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

export function removeDatabase(file: string): void {
  for (const ending of ['', '-wal', '-shm', '-journal']) rmSync(file + ending, { force: true });
}

/** Renamed before its contents are on the disk, a file could be empty after a power cut. */
function syncFile(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
