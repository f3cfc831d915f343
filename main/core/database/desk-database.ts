// The database as the subjects see it: cached prepared statements and one kind of transaction.
import type Sqlite from 'better-sqlite3';

export type SqlValue = string | number | bigint | null | Uint8Array;
type SqlValues = SqlValue[] | [Record<string, SqlValue>];

export interface Query<Row> {
  get(...values: SqlValues): Row | undefined;
  all(...values: SqlValues): Row[];
  iterate(...values: SqlValues): IterableIterator<Row>;
  run(...values: SqlValues): { changes: number; lastInsertRowid: number | bigint };
}

export interface DeskDatabase {
  /** A prepared statement, made once for each text. `Row` is what the caller's SELECT lists. */
  query<Row = unknown>(sql: string): Query<Row>;
  /** All or nothing, and on disk when it returns. Inside another transaction it is part of that one. */
  transaction<Result>(work: () => Result): Result;
  /** Runs once the transaction at hand is on disk, at once outside one; never after a rollback. */
  afterCommit(action: () => void): void;
  /** Writes back the log and closes. */
  close(): void;
}

export function deskDatabaseOver(raw: Sqlite.Database): DeskDatabase {
  const statements = new Map<string, Query<unknown>>();
  let waiting: (() => void)[] = [];

  function query<Row>(sql: string): Query<Row> {
    const known = statements.get(sql);
    if (known) return known as Query<Row>;
    const made = raw.prepare(sql) as unknown as Query<unknown>;
    statements.set(sql, made);
    return made as Query<Row>;
  }

  const begin = raw.prepare('BEGIN IMMEDIATE');
  const commit = raw.prepare('COMMIT');
  const rollback = raw.prepare('ROLLBACK');

  function transaction<Result>(work: () => Result): Result {
    if (raw.inTransaction) return work();
    begin.run();
    let result: Result;
    try {
      result = work();
      commit.run();
    } catch (error) {
      waiting = [];
      // A full disk may have rolled back already.
      if (raw.inTransaction) rollback.run();
      throw error;
    }
    const actions = waiting;
    waiting = [];
    for (const action of actions) action();
    return result;
  }

  function afterCommit(action: () => void): void {
    if (raw.inTransaction) waiting.push(action);
    else action();
  }

  function close(): void {
    if (raw.open) raw.close();
  }

  return { query, transaction, afterCommit, close };
}
