// The floor of an import: rows that are ready, through prepared statements, into the desk's own tables,
// with their triggers, indexes and search index, encrypted alike. Nobody reads a file, takes a number
// apart, asks who is known, keeps a report or waits for it.
import { customerTerms } from '../../main/core/customers/search-terms.ts';
import type { DeskDatabase } from '../../main/core/database/desk-database.ts';
import { newId } from '../../main/core/ids.ts';
import { customerOf } from '../book/book-people.ts';
import { timed } from './statistics.ts';
import { AGENT, openBook, SEED } from './the-book.ts';

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

type ReadyRows = ReturnType<typeof rowsOf>;

/** All that is stored of one customer, as values. */
function rowsOf(index: number) {
  const person = customerOf(SEED, index);
  const { name, company, city, street, postalCode, country, emails, tags } = person;
  const id = newId();
  const at = Date.now();
  const digits = person.numbers.map(({ e164 }) => e164.slice(1));
  return {
    id,
    customer: [
      ...[id, name, name.toLowerCase(), company, city, JSON.stringify(emails)],
      ...[JSON.stringify(tags), street, postalCode, country, person.externalId ?? `N-${index}`],
      ...[AGENT, at, at],
    ],
    numbers: person.numbers.map(({ raw, e164 }, place) => [newId(), id, raw, e164, e164, place]),
    emails: emails.map((address) => [address.toLowerCase(), id]),
    row: index + 1,
    terms: customerTerms({ ...person, digits }),
  };
}

function statementsIn(database: DeskDatabase) {
  const customer = database.query(
    `INSERT INTO customers (id, name, sort_name, company, city, emails_json, tags_json, street, postal_code,
       country, external_id, agent_id, created_at, changed_at, origin)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'imported')`,
  );
  const number = database.query(
    `INSERT INTO customer_numbers (id, customer_id, raw, e164, number_key, position, origin)
     VALUES (?, ?, ?, ?, ?, ?, 'imported')`,
  );
  const email = database.query(
    'INSERT OR IGNORE INTO customer_emails (email_key, customer_id) VALUES (?, ?)',
  );
  const summary = database.query(
    'INSERT INTO customer_summary (customer_id, contact_count) VALUES (?, 0)',
  );
  const search = database.query('INSERT INTO customer_search (rowid, terms) VALUES (?, ?)');
  const served = database.query('DELETE FROM customer_search_waiting WHERE row = ?');
  return {
    customer(ready: ReadyRows): void {
      customer.run(...ready.customer);
      for (const values of ready.numbers) number.run(...values);
      for (const values of ready.emails) email.run(...values);
      summary.run(ready.id);
    },
    terms({ row, terms }: ReadyRows): void {
      search.run(row, terms);
      served.run(row);
    },
  };
}
