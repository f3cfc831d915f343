// One person as the database knows them: ids, and what else would name them.
import { quoted, type Queries } from './schema.ts';

export interface Person {
  /** The customer, and whoever was merged into it. */
  customerIds: string[];
  name: string;
  /** Every name that the records had, that merges knew of included. */
  names: string[];
  /** The person's number in another system. */
  externalIds: string[];
  /** rowid of the customer, which the search index refers to. */
  rows: number[];
  contactIds: string[];
  contactRows: number[];
  callIds: string[];
  recordingIds: string[];
  /** Numbers by which calls are compared that nobody else has. */
  numberKeys: string[];
  /** Ends of the numbers' digits: whatever is written before them, they are the same number. */
  digits: string[];
  emails: string[];
}

const LEAST_DIGITS = 6;
const COMPARED_DIGITS = 9;

/** Null when the database knows no such customer. Others who were merged into it belong to it. */
export function personOf(database: Queries, customerIds: readonly string[]): Person | null {
  const ids = JSON.stringify(customerIds);
  const among = 'IN (SELECT value FROM json_each(?))';
  const rows = database
    .query<{ row: number; name: string; emails_json: string }>(
      `SELECT row, name, emails_json FROM customers WHERE id ${among}`,
    )
    .all(ids);
  const merged = has(database, 'customer_merges')
    ? database
        .query<{ survivor_name: string; loser_name: string }>(
          `SELECT survivor_name, loser_name FROM customer_merges WHERE customer_id ${among}`,
        )
        .all(ids)
    : [];
  const first = rows[0];
  if (!first) return null;
  const numbers = database
    .query<{ raw: string; e164: string | null; number_key: string }>(
      `SELECT raw, e164, number_key FROM customer_numbers WHERE customer_id ${among}`,
    )
    .all(ids);
  const shared = database.query(
    `SELECT 1 FROM customer_numbers WHERE number_key = ? AND customer_id NOT ${among}`,
  );
  const own = numbers.filter(({ number_key }) => !shared.get(number_key, ids));
  const numberKeys = unique(own.map(({ number_key }) => number_key));
  const keys = JSON.stringify(numberKeys);
  // Calls from the person's own number that nobody was found for are the person's too.
  const contacts = database
    .query<{ row: number; id: string }>(
      `SELECT row, id FROM contacts WHERE customer_id ${among}
       UNION SELECT c.row, c.id FROM calls l JOIN contacts c ON c.id = l.contact_id
         WHERE l.number_key ${among} AND l.customer_id IS NULL AND c.customer_id IS NULL`,
    )
    .all(ids, keys);
  const contactIds = contacts.map(({ id }) => id);
  const calls = database
    .query<{ call_id: string }>(
      `SELECT call_id FROM calls WHERE contact_id ${among}
       UNION SELECT call_id FROM calls WHERE customer_id ${among}`,
    )
    .all(JSON.stringify(contactIds), ids);
  const callIds = calls.map(({ call_id }) => call_id);
  return {
    customerIds: [...customerIds],
    name: first.name,
    names: unique(
      [
        ...rows.map(({ name }) => name),
        ...merged.flatMap(({ survivor_name, loser_name }) => [survivor_name, loser_name]),
      ].map((name) => name.trim()),
    ),
    externalIds: externalIdsOf(database, ids),
    rows: rows.map(({ row }) => row),
    contactIds,
    contactRows: contacts.map(({ row }) => row),
    callIds,
    recordingIds: has(database, 'recordings')
      ? database
          .query<{ id: string }>(`SELECT id FROM recordings WHERE call_id ${among}`)
          .all(JSON.stringify(callIds))
          .map(({ id }) => id)
      : [],
    numberKeys,
    digits: unique(own.flatMap(({ raw, e164 }) => endOf(raw).concat(endOf(e164 ?? '')))),
    emails: unique(
      rows.flatMap(({ emails_json }) =>
        (JSON.parse(emails_json) as string[]).map((email) => email.trim().toLowerCase()),
      ),
    ),
  };
}

function externalIdsOf(database: Queries, ids: string): string[] {
  const known = database
    .query(`SELECT 1 FROM pragma_table_info('customers') WHERE name = 'external_id'`)
    .get();
  if (!known) return [];
  return database
    .query<{ external_id: string }>(
      `SELECT external_id FROM customers WHERE external_id IS NOT NULL
         AND id IN (SELECT value FROM json_each(?))`,
    )
    .all(ids)
    .map(({ external_id }) => external_id);
}

/** Whether a call with this person goes on. */
export function isOnTheLine(database: Queries, customerId: string): boolean {
  return (
    database
      .query(
        `SELECT 1 FROM calls WHERE ended_at IS NULL AND (customer_id = $id OR (customer_id IS NULL AND number_key IN
           (SELECT number_key FROM customer_numbers WHERE customer_id = $id))) LIMIT 1`,
      )
      .get({ id: customerId }) !== undefined
  );
}

export function has(database: Queries, table: string): boolean {
  return (
    database.query(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?`).get(table) !==
    undefined
  );
}

/** `SELECT value FROM json_each(…)` over a named parameter. */
export function amongJson(column: string, parameter: string): string {
  return `${quoted(column)} IN (SELECT value FROM json_each($${parameter}))`;
}

function endOf(number: string): string[] {
  const digits = number.replaceAll(/\D/g, '');
  return digits.length < LEAST_DIGITS ? [] : [digits.slice(-COMPARED_DIGITS)];
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
