// Carries a database forward: check, room on the disk, verified copy, then all steps in one
// transaction. Whatever fails leaves the database as it was.
import type Sqlite from 'better-sqlite3';
import { backUp, requireDiskSpace } from './backups.ts';
import type { DataFolder } from './data-folder.ts';
import { type DatabaseKey, faultOf, schemaVersionOf } from './encrypted-file.ts';
import { firstSchema } from './migrations/0001-first-schema.ts';
import { salesFloor } from './migrations/0002-sales-floor.ts';
import { customerMemory } from './migrations/0003-customer-memory.ts';
import { search } from './migrations/0004-search.ts';
import { cleanBook } from './migrations/0005-clean-book.ts';
import { exchange } from './migrations/0006-exchange.ts';
import { waitingWork } from './migrations/0007-waiting-work.ts';
import { connections } from './migrations/0008-connections.ts';
import { rights } from './migrations/0009-rights.ts';
import { oneNumberIndex } from './migrations/0010-one-number-index.ts';
import { withoutExternalNumber } from './migrations/0011-without-external-number.ts';
import { StartFailure } from './storage-problem.ts';

export interface Migration {
  version: number;
  /** The lowest schema version a program must know to work with a database of this version. */
  minReaderVersion: number;
  sql: string;
}

/** In order, without gaps; an entry never changes once it has landed. */
export const MIGRATIONS: readonly Migration[] = [
  firstSchema,
  salesFloor,
  customerMemory,
  search,
  cleanBook,
  exchange,
  waitingWork,
  connections,
  rights,
  oneNumberIndex,
  withoutExternalNumber,
];

export function newestVersionIn(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.version ?? 0;
}

/** Thrown when the check before a migration finds damage. */
export class DamagedDatabase extends Error {}

export function migrate(
  raw: Sqlite.Database,
  paths: DataFolder,
  key: DatabaseKey,
  now: number,
  migrations: readonly Migration[],
): void {
  const current = schemaVersionOf(raw);
  const newest = newestVersionIn(migrations);
  if (current > newest) {
    const needed = minReaderVersionIn(raw);
    if (needed <= newest) return;
    throw new StartFailure(
      'newerDatabase',
      `the database has version ${current}, this program knows ${newest}`,
    );
  }
  const pending = migrations.filter((migration) => migration.version > current);
  if (pending.length === 0) return;
  if (current > 0) {
    const fault = faultOf(raw);
    if (fault !== null) throw new DamagedDatabase(fault);
    requireDiskSpace(paths);
    backUp(raw, paths, key, now);
  }
  // Foreign keys cannot be switched inside a transaction; rebuilding a table needs them off.
  raw.pragma('foreign_keys = OFF');
  try {
    raw
      .transaction(() => {
        for (const migration of pending) {
          raw.exec(migration.sql);
          raw
            .prepare(
              `INSERT INTO meta (name, value) VALUES ('min_reader_version', ?)
             ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
            )
            .run(String(migration.minReaderVersion));
          raw.pragma(`user_version = ${migration.version}`);
        }
        const orphans = raw.pragma('foreign_key_check') as unknown[];
        if (orphans.length > 0)
          throw new Error(`${orphans.length} rows would refer to nothing after the migration`);
      })
      .immediate();
  } finally {
    raw.pragma('foreign_keys = ON');
  }
}

function minReaderVersionIn(raw: Sqlite.Database): number {
  const row = raw.prepare(`SELECT value FROM meta WHERE name = 'min_reader_version'`).get();
  return Number((row as { value: string } | undefined)?.value ?? Number.POSITIVE_INFINITY);
}
