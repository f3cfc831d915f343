// The floor of an import: rows that are ready, through prepared statements, into the desk's own tables,
// with their triggers, indexes and search index, in the same encrypted file. Nobody reads a file, takes a
// number apart, asks who is known, keeps a report or waits for it.
import { filesVault } from '../../main/core/secrets/vault.ts';
import { join } from 'node:path';
import { customerTerms } from '../../main/core/customers/search-terms.ts';
import { openDatabase } from '../../main/core/database/open-database.ts';
import { newId } from '../../main/core/ids.ts';
import { type BookCustomer, customerOf } from '../book/book-people.ts';
import { SEED } from './the-book.ts';

const ROWS_A_TRANSACTION = 10_000;
const AGENT = '01900000-0000-7000-8000-000000000001';

/** Milliseconds of the transactions and of writing the log back; making the rows is not among them. */
export async function insertBare(folder: string, rows: number): Promise<number> {
  const opened = await openDatabase({
    ...{ folder, vault: filesVault(join(folder, 'secrets')), now: Date.now() },
  });
  const { database } = opened;
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

  const write = ({ person, id, externalId }: ReturnType<typeof made>) => {
    const { name, company, city, street, postalCode, country, tags } = person;
    const now = Date.now();
    customer.run(
      ...[id, name, name.toLowerCase(), company, city, JSON.stringify(person.emails)],
      ...[JSON.stringify(tags), street, postalCode, country, externalId, AGENT, now, now],
    );
    for (const [position, { raw, e164 }] of person.numbers.entries())
      number.run(newId(), id, raw, e164, e164, position);
    for (const address of person.emails) email.run(address.toLowerCase(), id);
    summary.run(id);
  };

  let ms = 0;
  for (let from = 0; from < rows; from += ROWS_A_TRANSACTION) {
    const ready = Array.from({ length: Math.min(ROWS_A_TRANSACTION, rows - from) }, (_, at) =>
      made(from + at),
    );
    const began = performance.now();
    database.transaction(() => {
      for (const one of ready) write(one);
      // Behind them: FTS5 gathers rows only while nothing else is written.
      for (const [at, { terms }] of ready.entries()) {
        search.run(from + at + 1, terms);
        served.run(from + at + 1);
      }
    });
    ms += performance.now() - began;
  }
  const began = performance.now();
  opened.close();
  return Math.round(ms + performance.now() - began);
}

function made(index: number) {
  const person: BookCustomer = customerOf(SEED, index);
  const digits = person.numbers.map(({ e164 }) => e164.slice(1));
  return {
    ...{ person, id: newId(), externalId: person.externalId ?? `N-${index}` },
    terms: customerTerms({ ...person, digits }),
  };
}
