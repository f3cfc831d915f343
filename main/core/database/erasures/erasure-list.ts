// Which customers were erased, kept beside the database in a file of its own, so that a copy that
// comes back learns of it. Encrypted under a key of its own; it holds ids and a keyed hash, no names.
import { existsSync, renameSync } from 'node:fs';
import type Sqlite from 'better-sqlite3';
import { type DatabaseKey, openEncrypted } from '../encrypted-file.ts';
import { isDamage } from '../storage-problem.ts';

export interface Erasure {
  /** Rises with each erasure; a database notes the last one that it has seen. */
  seq: number;
  /** The customer, and whoever had been merged into it. */
  customerIds: string[];
  at: number;
}

export interface ErasureList {
  /** On the disk when it returns. `mark` is a keyed hash of who it was. */
  add(erasure: Omit<Erasure, 'seq'> & { mark: Buffer }): number;
  /** Those after `seq`, oldest first. */
  after(seq: number): Erasure[];
  latest(): number;
  /** It was not carried out after all. */
  takeBack(seq: number): void;
  close(): void;
}

interface ErasureRow {
  seq: number;
  customers_json: string;
  at: number;
}

/** Opens or begins the list. `least` is what the database has seen: numbers never go back behind it. */
export function openErasureList(file: string, key: DatabaseKey, least: number): ErasureList {
  const raw = opened(file, key);
  const add = raw.prepare(
    'INSERT INTO erasures (seq, customers_json, at, mark) VALUES (max(?, (SELECT coalesce(max(seq), 0) + 1 FROM erasures)), ?, ?, ?)',
  );
  const after = raw.prepare(
    'SELECT seq, customers_json, at FROM erasures WHERE seq > ? ORDER BY seq',
  );
  const latest = raw.prepare('SELECT coalesce(max(seq), 0) AS seq FROM erasures');
  const takeBack = raw.prepare('DELETE FROM erasures WHERE seq = ?');
  return {
    add: ({ customerIds, at, mark }) =>
      Number(add.run(least + 1, JSON.stringify(customerIds), at, mark).lastInsertRowid),
    after: (seq) =>
      (after.all(seq) as ErasureRow[]).map(({ customers_json, ...row }) => ({
        seq: row.seq,
        at: row.at,
        customerIds: JSON.parse(customers_json) as string[],
      })),
    takeBack: (seq) => void takeBack.run(seq),
    latest: () => (latest.get() as { seq: number }).seq,
    close: () => void raw.close(),
  };
}

function opened(file: string, key: DatabaseKey): Sqlite.Database {
  try {
    return begun(file, key);
  } catch (error) {
    if (!isDamage(error) || !existsSync(file)) throw error;
    // Nothing is deleted; what had been erased from older copies stays erased there.
    renameSync(file, `${file}.damaged`);
    return begun(file, key);
  }
}

function begun(file: string, key: DatabaseKey): Sqlite.Database {
  const raw = openEncrypted(file, key);
  try {
    raw.pragma('journal_mode = DELETE');
    raw.pragma('synchronous = FULL');
    raw.exec(`CREATE TABLE IF NOT EXISTS erasures (
      seq INTEGER PRIMARY KEY,
      customers_json TEXT NOT NULL CHECK (json_valid(customers_json)),
      at INTEGER NOT NULL,
      mark BLOB NOT NULL CHECK (length(mark) = 32)
    ) STRICT`);
    return raw;
  } catch (error) {
    raw.close();
    throw error;
  }
}
