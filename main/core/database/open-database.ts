// Opens the desk's database: lock, key, soundness, migrations. Data is never deleted here: what is
// damaged is put aside, and a new key is made only where there is nothing that an old one could open.
import { hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type Sqlite from 'better-sqlite3';
import type { Vault } from '../secrets/vault.ts';
import {
  backupsIn,
  putCopy,
  quarantine,
  removeUnfinished,
  requireDiskSpace,
  restoreNewest,
} from './backups.ts';
import { type DataFolder, dataFolderAt, lockFolder } from './data-folder.ts';
import { type DeskDatabase, deskDatabaseOver } from './desk-database.ts';
import {
  type DatabaseKey,
  faultOf,
  openEncrypted,
  renewCipher,
  schemaVersionOf,
} from './encrypted-file.ts';
import { type ErasureList, openErasureList } from './erasures/erasure-list.ts';
import { erasedThrough, replayErasures } from './erasures/replay.ts';
import { keyFits, writeKeyCheck } from './key-check.ts';
import {
  DamagedDatabase,
  MIGRATIONS,
  type Migration,
  migrate,
  newestVersionIn,
} from './migrate.ts';
import { restoreAsOrdered } from './restore-order.ts';
import { cleanSearches } from './search-residue.ts';
import { isSqlCipherFile } from './sqlcipher-page.ts';
import { isDamage, StartFailure } from './storage-problem.ts';
import { MOST_LOG_BYTES } from './write-back.ts';
import { firstTurns, sharedTurns, type WriteTurns } from './write-turns.ts';

const KEY_NAME = 'database-key';
/** A check reads the whole file: larger ones are checked beside the work, unless damage is suspected. */
const CHECKED_WHEN_UNCLEAN_BYTES = 16 * 1024 * 1024;
/** Larger files of an earlier version stay in its cipher: it is written anew in memory, and the start waits. */
const RENEWED_BYTES = 256 * 1024 * 1024;

/** What was done about the data at this start; `at` is the age of the copy, or now when there was none. */
export interface Recovery {
  kind: 'restored' | 'startedEmpty' | 'restoredByAgent';
  at: number;
  quarantine: string;
}

export interface OpenedDatabase {
  database: DeskDatabase;
  /** For a thread that writes as well. */
  turns: SharedArrayBuffer;
  recovery: Recovery | null;
  /** The folder of recordings. */
  recordings: string;
  paths: DataFolder;
  /** For work on the database beside this one. */
  key: DatabaseKey;
  erasures: ErasureList;
  /** Recordings of people who were erased again at this start, because a copy had come back. */
  erasedRecordings: string[];
  /** How many people were erased again at this start. */
  erasedAgain: number;
  /** The last end was no clean one and the file is too large to be checked before the start. */
  uncheckedAfterCrash: boolean;
  /** A key of 32 bytes for one purpose, derived from the database's (HKDF-SHA256, RFC 5869). */
  deriveKey(purpose: string): Buffer;
  /** Makes the next start check the file. */
  suspectDamage(): void;
  close(): void;
}

export interface OpenDatabaseOptions {
  folder: string;
  vault: Vault;
  now: number;
  migrations?: readonly Migration[];
  lockWaitMs?: number;
}

/** Throws StartFailure, whose reason the host understands. */
export async function openDatabase(options: OpenDatabaseOptions): Promise<OpenedDatabase> {
  const { vault, now, migrations = MIGRATIONS } = options;
  const paths = dataFolderAt(options.folder);
  const lock = lockFolder(paths, options.lockWaitMs);
  try {
    const key = await keyFor(paths, vault);
    removeUnfinished(paths);
    const restored = restoreAsOrdered(paths, key);
    const uncheckedAfterCrash = existsSync(`${paths.database}-wal`) && !isDoubtful(paths);
    const { raw, recovery } = openSound(paths, key, now, migrations);
    const turns = sharedTurns();
    const database = deskDatabaseOver(raw, firstTurns(turns));
    const erasures = openErasureList(
      paths.erasures,
      derivedKey(key, 'erasures').toString('hex'),
      erasedThrough(database),
    );
    const { people, recordingIds } = replayErasures(
      database,
      erasures.after(erasedThrough(database)),
    );
    if (people > 0) {
      cleanSearches(database);
      database.query('PRAGMA wal_checkpoint(TRUNCATE)').all();
    }
    return {
      ...{ database, turns, paths, key, erasures, uncheckedAfterCrash },
      erasedRecordings: recordingIds,
      erasedAgain: people,
      recovery: recovery ?? (restored && { kind: 'restoredByAgent', ...restored }),
      recordings: paths.recordings,
      deriveKey: (purpose) => derivedKey(key, purpose),
      suspectDamage: () => writeFileSync(paths.suspect, '', { mode: 0o600 }),
      close: () => {
        erasures.close();
        database.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** HKDF-SHA256, RFC 5869. */
export function derivedKey(key: DatabaseKey, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', Buffer.from(key, 'hex'), '', `anklang ${purpose}`, 32));
}

async function keyFor(paths: DataFolder, vault: Vault): Promise<DatabaseKey> {
  const stored = await vault.read(KEY_NAME);
  if (stored !== null) {
    if (!/^[0-9a-f]{64}$/.test(stored))
      throw new StartFailure('keyUnavailable', 'the stored key is no key');
    if (keyFits(paths.keyCheck, stored) === 'no') {
      throw new StartFailure('wrongKey', 'the key is not the one this database was written with');
    }
    return stored;
  }
  if (holdsData(paths))
    throw new StartFailure('keyUnavailable', 'there is a database, but not its key');
  const key = randomBytes(32).toString('hex');
  await vault.write(KEY_NAME, key);
  if ((await vault.read(KEY_NAME)) !== key) {
    throw new StartFailure('keyUnavailable', 'the key store does not give back what it was given');
  }
  return key;
}

function holdsData(paths: DataFolder): boolean {
  return (
    existsSync(paths.keyCheck) ||
    (existsSync(paths.database) && statSync(paths.database).size > 0) ||
    backupsIn(paths).length > 0
  );
}

function openSound(
  paths: DataFolder,
  key: DatabaseKey,
  now: number,
  migrations: readonly Migration[],
): { raw: Sqlite.Database; recovery: Recovery | null } {
  const doubtful = isDoubtful(paths);
  try {
    return { raw: openAndMigrate(paths, key, now, migrations, doubtful), recovery: null };
  } catch (error) {
    if (!isDamage(error) && !(error instanceof DamagedDatabase)) throw error;
    // Without a check value nobody knows whether the file or the key is wrong: leave both alone.
    if (keyFits(paths.keyCheck, key) !== 'yes') {
      throw new StartFailure('wrongKey', 'the database cannot be read with the stored key');
    }
  }
  const place = quarantine(paths, now);
  const copy = restoreNewest(paths, key, newestVersionIn(migrations));
  const raw = openAndMigrate(paths, key, now, migrations, false);
  return {
    raw,
    recovery: { kind: copy ? 'restored' : 'startedEmpty', at: copy?.at ?? now, quarantine: place },
  };
}

function openAndMigrate(
  paths: DataFolder,
  key: DatabaseKey,
  now: number,
  migrations: readonly Migration[],
  check: boolean,
): Sqlite.Database {
  const raw = openEncrypted(paths.database, key);
  try {
    // The first read shows whether key and file fit; nothing is written before it.
    schemaVersionOf(raw);
    const fault = check ? faultOf(raw) : null;
    if (fault !== null) throw new DamagedDatabase(fault);
    setUp(raw);
    migrate(raw, paths, key, now, migrations);
    if (keyFits(paths.keyCheck, key) !== 'yes') writeKeyCheck(paths.keyCheck, key);
    rmSync(paths.suspect, { force: true });
    return inPresentCipher(raw, paths, key);
  } catch (error) {
    raw.close();
    throw error;
  }
}

/** Replaces a file of an earlier version by one in the present cipher, or leaves it as it is. */
function inPresentCipher(raw: Sqlite.Database, paths: DataFolder, key: DatabaseKey) {
  const { database } = paths;
  if (statSync(database).size > RENEWED_BYTES || !isSqlCipherFile(database, key)) return raw;
  const renewed = `${database}.part`;
  try {
    requireDiskSpace(paths);
    putCopy(raw, paths, key, renewed, schemaVersionOf(raw), (copy) => renewCipher(copy, key));
  } catch (error) {
    // What it stumbled over the next start looks for; without room that tries again.
    if (isDamage(error)) writeFileSync(paths.suspect, '', { mode: 0o600 });
    return raw;
  }
  raw.close();
  // A log that stayed belongs to the old file, which then stays, too.
  if (!existsSync(`${database}-wal`)) replaceIfFree(renewed, database);
  return openSetUp(database, key);
}

/** Another program may hold the old file for a moment (Windows): then it stays for now. */
function replaceIfFree(renewed: string, database: string): void {
  try {
    renameSync(renewed, database);
  } catch {
    rmSync(renewed, { force: true });
  }
}

function openSetUp(file: string, key: DatabaseKey): Sqlite.Database {
  const raw = openEncrypted(file, key);
  try {
    setUp(raw);
    return raw;
  } catch (error) {
    raw.close();
    throw error;
  }
}

function setUp(raw: Sqlite.Database): void {
  raw.pragma('journal_mode = WAL');
  // Every acknowledged event survives a power cut as well as a kill: one fsync a commit, about 1 ms.
  raw.pragma('synchronous = FULL');
  raw.pragma('foreign_keys = ON');
  raw.pragma('secure_delete = ON');
  raw.pragma('cache_size = -65536');
  raw.pragma(`journal_size_limit = ${MOST_LOG_BYTES}`);
}

/** The database that core has open, once more, for a thread with long work; `turns` are the thread's. */
export function openBeside(paths: DataFolder, key: DatabaseKey, turns: WriteTurns): DeskDatabase {
  return deskDatabaseOver(openSetUp(paths.database, key), turns);
}

/** After a clean close there is no log beside the database. */
function isDoubtful(paths: DataFolder): boolean {
  if (existsSync(paths.suspect)) return true;
  const unclean = existsSync(`${paths.database}-wal`);
  return unclean && statSync(paths.database).size <= CHECKED_WHEN_UNCLEAN_BYTES;
}
