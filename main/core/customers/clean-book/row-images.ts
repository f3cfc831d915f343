// Rows as they were before and after a merge, and putting them back: what changed since stays.
import type { DeskDatabase, SqlValue } from '../../database/desk-database.ts';
import { type Row, primaryKeyOf } from './merge-tables.ts';

export interface RowImage {
  table: string;
  /** null: the merge put the row in. */
  before: Row | null;
  /** null: the merge took the row away. */
  after: Row | null;
}

/** Keys of the rows of one table that went to the survivor. */
export interface MovedRows {
  table: string;
  key: string[];
  /** Where the key has one column its value alone; merges of older versions hold it as a row. */
  keys: (Row | SqlValue)[];
}

/** Reads and restores whole rows by their primary keys. Values are those of STRICT tables without blobs. */
export function rowImages(database: DeskDatabase) {
  const keys = new Map<string, string[]>();
  function keyOf(table: string): string[] {
    const known = keys.get(table) ?? primaryKeyOf(database, table);
    keys.set(table, known);
    return known;
  }

  const where = (columns: readonly string[]) =>
    columns.map((column) => `"${column}" IS $${column}`).join(' AND ');

  function pick(row: Row, columns: readonly string[]): Row {
    return Object.fromEntries(columns.map((column) => [column, row[column] ?? null]));
  }

  function read(table: string, like: Row): Row | null {
    const key = keyOf(table);
    const sql = `SELECT * FROM "${table}" WHERE ${where(key)}`;
    return database.query<Row>(sql).get(pick(like, key)) ?? null;
  }

  /** The row as it may be put back: what it referred to may be gone. null when it would go with it. */
  function living(table: string, row: Row): Row | null {
    const references = database
      .query<{ from: string; table: string; to: string | null; on_delete: string }>(
        `SELECT "from", "table", "to", on_delete FROM pragma_foreign_key_list('${table}')`,
      )
      .all();
    const result = { ...row };
    for (const { from, table: parent, to, on_delete } of references) {
      const value = row[from] ?? null;
      if (value === null) continue;
      const there = `SELECT 1 FROM "${parent}" WHERE "${to ?? 'id'}" = ?`;
      if (database.query(there).get(value) !== undefined) continue;
      if (on_delete !== 'SET NULL') return null;
      result[from] = null;
    }
    return result;
  }

  /** Puts one row back; answers the columns that were changed since and therefore stay. */
  function restore({ table, before, after }: RowImage): string[] {
    const key = keyOf(table);
    if (before === null) {
      const now = after === null ? null : read(table, after);
      if (after !== null && now !== null && isSame(now, after)) {
        database.query(`DELETE FROM "${table}" WHERE ${where(key)}`).run(pick(after, key));
      }
      return [];
    }
    if (after === null) {
      const row = living(table, before);
      if (row === null) return [];
      const columns = Object.keys(row);
      database
        .query(
          `INSERT OR IGNORE INTO "${table}" (${columns.map((each) => `"${each}"`).join(', ')})
           VALUES (${columns.map((each) => `$${each}`).join(', ')})`,
        )
        .run(row);
      return [];
    }
    const now = read(table, after);
    const row = living(table, before);
    if (now === null || row === null) return [];
    const kept: string[] = [];
    for (const column of Object.keys(before)) {
      if (before[column] === after[column]) continue;
      if (now[column] !== after[column]) {
        kept.push(column);
        continue;
      }
      database
        .query(`UPDATE "${table}" SET "${column}" = $__value WHERE ${where(key)}`)
        .run({ ...pick(after, key), __value: row[column] ?? null });
    }
    return kept;
  }

  return {
    read,
    restore,

    /** Every row of a table that belongs to a customer. */
    ofCustomer: (table: string, customerId: string): Row[] =>
      database.query<Row>(`SELECT * FROM "${table}" WHERE customer_id = ?`).all(customerId),

    /** Gives rows to the survivor; those that it has already are put aside, as images. */
    move(table: string, key: readonly string[], from: string, to: string) {
      const columns = key.map((each) => `"${each}"`).join(', ');
      const all = database
        .query<Row>(`SELECT ${columns} FROM "${table}" WHERE customer_id = ?`)
        .all(from);
      if (all.length === 0) return { went: all, aside: [] };
      database
        .query(`UPDATE OR IGNORE "${table}" SET customer_id = ? WHERE customer_id = ?`)
        .run(to, from);
      const left = database.query<Row>(`SELECT * FROM "${table}" WHERE customer_id = ?`).all(from);
      if (left.length === 0) return { went: all, aside: [] };
      database.query(`DELETE FROM "${table}" WHERE customer_id = ?`).run(from);
      const kept = new Set(left.map((row) => JSON.stringify(pick(row, key))));
      return {
        went: all.filter((row) => !kept.has(JSON.stringify(pick(row, key)))),
        aside: left.map((before): RowImage => ({ table, before, after: null })),
      };
    },

    /** Gives the named rows on, or back, that are still with the first; answers how many went. */
    moveNamed({ table, key, keys: moved }: MovedRows, from: string, to: string): number {
      const [column, ...more] = key;
      if (column !== undefined && more.length === 0) {
        // Found by their keys (+): the first may have many rows more.
        return database
          .query(
            `UPDATE OR IGNORE "${table}" SET customer_id = ? WHERE +customer_id = ?
             AND "${column}" IN (SELECT value FROM json_each(?))`,
          )
          .run(to, from, JSON.stringify(moved.map((each) => keyValue(each, column)))).changes;
      }
      const back = database.query(
        `UPDATE OR IGNORE "${table}" SET customer_id = $__to WHERE customer_id = $__from AND ${where(key)}`,
      );
      let went = 0;
      for (const row of moved as Row[])
        went += back.run({ ...row, __to: to, __from: from }).changes;
      return went;
    },
  };
}

/** The value of a key of one column, however it was written down. */
export function keyValue(written: Row | SqlValue, column: string): SqlValue {
  const isRow = typeof written === 'object' && written !== null && !(written instanceof Uint8Array);
  return isRow ? (written[column] ?? null) : written;
}

function isSame(one: Row, other: Row): boolean {
  return Object.keys(one).every((column) => one[column] === other[column]);
}
