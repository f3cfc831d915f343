// The floor of an import: rows that are ready, through prepared statements, into the desk's own tables,
// with their triggers, indexes and search index, encrypted alike. Nobody reads a file, takes a number
// apart, asks who is known, keeps a report or waits for it.
import type { DeskDatabase } from '../../main/core/database/desk-database.ts';
import { FILLED, type FilledTable, type ReadyRows, rowsOf } from './ready-rows.ts';
import { timed } from './statistics.ts';
import { openBook } from './the-book.ts';

const ROWS_A_TRANSACTION = 10_000;

/** Milliseconds of the transactions and of writing the log back; making the rows is not among them. */
export async function insertBare(folder: string, rows: number): Promise<number> {
  const { database, close } = await openBook(folder);
  let ms = 0;
  try {
    const insert = statementsIn(database);
    for (let from = 0; from < rows; from += ROWS_A_TRANSACTION) {
      const count = Math.min(ROWS_A_TRANSACTION, rows - from);
      const ready = Array.from({ length: count }, (_, at) => rowsOf(from + at));
      ms += timed(() => {
        database.transaction(() => {
          for (const one of ready) insert.customer(one);
          // Behind them: FTS5 gathers rows only while nothing else is written.
          for (const one of ready) insert.terms(one);
        });
      });
    }
  } finally {
    ms += timed(close);
  }
  return Math.round(ms);
}

function statementsIn(database: DeskDatabase) {
  const insertInto = (table: FilledTable, how = 'INSERT') => {
    const columns = FILLED[table];
    return database.query(
      `${how} INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    );
  };
  const customer = insertInto('customers');
  const number = insertInto('customer_numbers');
  const email = insertInto('customer_emails', 'INSERT OR IGNORE');
  const summary = insertInto('customer_summary');
  const search = database.query('INSERT INTO customer_search (rowid, terms) VALUES (?, ?)');
  const served = database.query('DELETE FROM customer_search_waiting WHERE row = ?');
  return {
    customer({ values }: ReadyRows): void {
      for (const one of values.customers) customer.run(...one);
      for (const one of values.customer_numbers) number.run(...one);
      for (const one of values.customer_emails) email.run(...one);
      for (const one of values.customer_summary) summary.run(...one);
    },
    terms({ row, terms }: ReadyRows): void {
      search.run(row, terms);
      served.run(row);
    },
  };
}
