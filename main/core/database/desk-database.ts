// The database as the subjects see it: cached prepared statements and one kind of transaction.
import type Sqlite from 'better-sqlite3';
import type { FirstTurns, WriteTurns } from './write-turns.ts';

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
  /**
   * A short transaction that is done again soon, and changes no customer: while another thread writes it waits
   * for its turn without holding up either, or is left out; a power cut may take back one that has waited.
   */
  transactionAside(work: () => void): void;
  /**
   * The same for long work in many steps that goes on where it was: the end of the process loses none of
   * them, a power cut may take back the newest, in order, up to the last `transaction`. Saves the wait
   * for the disk.
   */
  bulkTransaction<Result>(work: () => Result): Result;
  /**
   * Several queries as of one moment, none of which writes. Each alone would lock and unlock the file,
   * which takes longer than to find a row. Inside a transaction it is part of that one.
   */
  reading<Result>(work: () => Result): Result;
  /** A commit that leaves so many pages in the log writes them back itself; 0 = never. */
  writeBackAfter(pages: number): void;
  /** For long work: so many MiB of pages stay in memory. */
  remember(mebibytes: number): void;
  /** Runs once the transaction at hand is on disk, at once outside one; never after a rollback. */
  afterCommit(action: () => void): void;
  /** Writes back the log and closes. */
  close(): void;
}

const SYNC_NORMAL = 1;

/** With `turns` where another connection of this process writes as well. */
export function deskDatabaseOver(
  raw: Sqlite.Database,
  turns?: WriteTurns | FirstTurns,
): DeskDatabase {
  const statements = new Map<string, Query<unknown>>();
  let waiting: (() => void)[] = [];
  let onlyReads = false;
  /** Asking SQLite takes as long as many a statement. */
  let writing = false;

  function inTurn<Result>(write: () => Result): Result {
    turns?.take();
    try {
      return write();
    } finally {
      turns?.leave();
    }
  }

  /** A write outside of a transaction is one by itself. */
  function takingTurns(statement: Sqlite.Statement<unknown[]>): void {
    const run = statement.run.bind(statement);
    statement.run = (...values) =>
      writing || raw.inTransaction ? run(...values) : inTurn(() => run(...values));
  }

  function query<Row>(sql: string): Query<Row> {
    const known = statements.get(sql);
    if (known) return known as Query<Row>;
    const statement = raw.prepare(sql);
    if (turns && !statement.readonly) takingTurns(statement);
    const made = statement as unknown as Query<unknown>;
    statements.set(sql, made);
    return made as Query<Row>;
  }

  const begin = raw.prepare('BEGIN IMMEDIATE');
  const beginReading = raw.prepare('BEGIN');
  const commit = raw.prepare('COMMIT');
  const rollback = raw.prepare('ROLLBACK');

  function committed<Result>(work: () => Result): Result {
    begin.run();
    writing = true;
    try {
      const result = work();
      commit.run();
      return result;
    } catch (error) {
      waiting = [];
      // A full disk may have rolled back already.
      if (raw.inTransaction) rollback.run();
      throw error;
    } finally {
      writing = false;
    }
  }

  function transaction<Result>(work: () => Result): Result {
    // It would end with the reading, and what waits for its commit would not run.
    if (onlyReads) throw new Error('nothing is written while reading');
    if (raw.inTransaction) return work();
    const result = inTurn(() => committed(work));
    followCommit();
    return result;
  }

  function followCommit(): void {
    const actions = waiting;
    waiting = [];
    for (const action of actions) action();
  }

  let asideFailed = false;
  function transactionAside(work: () => void): void {
    // Nobody hears of one that fails later: the next one is done in earnest.
    if (asideFailed || onlyReads || raw.inTransaction || !turns || !('aside' in turns)) {
      asideFailed = false;
      transaction(work);
      return;
    }
    turns.aside((late) => {
      if (!raw.open) return;
      asideFailed = true;
      // The disk may have much to take in that the other thread has written.
      if (late) withoutTheDisk(() => committed(work));
      else committed(work);
      asideFailed = false;
      followCommit();
    });
  }

  /** In a log, NORMAL keeps whole transactions and their order, as FULL does. */
  function withoutTheDisk<Result>(write: () => Result): Result {
    const usual = Number(raw.pragma('synchronous', { simple: true }));
    if (usual > SYNC_NORMAL) raw.pragma(`synchronous = ${SYNC_NORMAL}`);
    try {
      return write();
    } finally {
      if (usual > SYNC_NORMAL) raw.pragma(`synchronous = ${usual}`);
    }
  }

  function bulkTransaction<Result>(work: () => Result): Result {
    return raw.inTransaction ? transaction(work) : withoutTheDisk(() => transaction(work));
  }

  function reading<Result>(work: () => Result): Result {
    if (raw.inTransaction) return work();
    beginReading.run();
    onlyReads = true;
    try {
      return work();
    } finally {
      onlyReads = false;
      // An error of the disk may have rolled back already.
      if (raw.inTransaction) commit.run();
    }
  }

  function afterCommit(action: () => void): void {
    if (raw.inTransaction && !onlyReads) waiting.push(action);
    else action();
  }

  function close(): void {
    if (raw.open) raw.close();
  }

  function writeBackAfter(pages: number): void {
    raw.pragma(`wal_autocheckpoint = ${pages}`);
  }

  function remember(mebibytes: number): void {
    raw.pragma(`cache_size = -${mebibytes * 1024}`);
  }

  return {
    ...{ query, transaction, transactionAside, bulkTransaction, reading },
    ...{ afterCommit, writeBackAfter, remember, close },
  };
}
