// Gives the book back, piece by piece: each answers with where the next one begins, so that core holds
// no more than a piece, and who saves it sets the pace.
import type { Customer, CustomValues } from '../../../preload/contract/customers.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import { badInput } from '../refusal.ts';
import { csvRow } from './csv-writer.ts';
import { cardFrom } from './vcard-writer.ts';

export interface ExportPiece {
  text: string;
  next: string | null;
  /** Customers so far, and all when it began. */
  done: number;
  total: number;
}

interface ExportDependencies {
  database: DeskDatabase;
  findCustomer: (customerId: string) => Customer;
  /** Country that national numbers belong to. */
  home: () => string;
  now: () => number;
}

type Format = 'csv' | 'vcard' | 'json';
type PlainRow = Record<string, string | number | null>;

const CUSTOMERS_A_PIECE: Readonly<Record<Format, number>> = { csv: 400, vcard: 400, json: 100 };
const OWN_COLUMNS = 3;
/** Derived from other tables, or only about how something came to be. */
const NOT_GIVEN: ReadonlySet<string> = new Set([
  'customer_numbers',
  'customer_emails',
  'customer_summary',
  'cue_showings',
  'import_updates',
  'import_skips',
]);

export function exportPieces({ database, findCustomer, home, now }: ExportDependencies) {
  const page = database.query<{ row: number; id: string }>(
    'SELECT row, id FROM customers WHERE row > ? ORDER BY row LIMIT ?',
  );
  const count = database.query<{ n: number }>('SELECT count(*) AS n FROM customers');
  const fields = database.query<{ key: string; label: string }>(
    "SELECT key, label FROM custom_fields WHERE applies_to = 'customer' AND removed_at IS NULL ORDER BY position, key",
  );
  /** Every table with a column that names the customer, as the schema has them now. */
  const tables = database.query<{ name: string }>(
    `SELECT m.name FROM sqlite_schema m JOIN pragma_table_info(m.name) p
     WHERE m.type = 'table' AND p.name = 'customer_id' ORDER BY m.name`,
  );

  /** Of the whole book, beside the customers. */
  function commonParts(): PlainRecord {
    const of = (sql: string) => database.query<PlainRow>(sql).all().map(camelCased);
    return {
      organisations: of('SELECT * FROM organisations ORDER BY id'),
      households: of('SELECT * FROM households ORDER BY id'),
      customFields: of('SELECT * FROM custom_fields ORDER BY id'),
      lists: of('SELECT * FROM lists ORDER BY id'),
      agents: of('SELECT * FROM agents ORDER BY id'),
    };
  }

  function jsonOf(ids: readonly string[]): string[] {
    const asked = JSON.stringify(ids);
    const facts = new Map<string, PlainRecord>(ids.map((id) => [id, {}]));
    for (const { name } of tables.all()) {
      if (NOT_GIVEN.has(name)) continue;
      const rows = database
        .query<PlainRow>(
          `SELECT * FROM ${name} WHERE customer_id IN (SELECT value FROM json_each(?))`,
        )
        .all(asked);
      for (const row of rows) {
        const of = facts.get(String(row['customer_id']));
        if (!of) continue;
        const list = (of[camelCase(name)] ??= []) as PlainRecord[];
        list.push(camelCased(row));
      }
    }
    return ids.map((id) => JSON.stringify({ ...findCustomer(id), ...facts.get(id) }));
  }

  /** What happened with nobody known. */
  function contactsOfNobody(): PlainRecord[] {
    return database
      .query<PlainRow>('SELECT * FROM contacts WHERE customer_id IS NULL ORDER BY at LIMIT 10000')
      .all()
      .map(camelCased);
  }

  return {
    piece(format: Format, delimiter: string, cursor: string | undefined): ExportPiece {
      const from = cursorFrom(cursor, () => count.get()?.n ?? 0);
      const rows = page.all(from.row, CUSTOMERS_A_PIECE[format]);
      const ids = rows.map(({ id }) => id);
      const done = from.done + ids.length;
      const last = rows.at(-1);
      const ends = last === undefined || rows.length < CUSTOMERS_A_PIECE[format];
      const isFirst = cursor === undefined;
      const text = { csv: csvPiece, vcard: vcardPiece, json: jsonPiece }[format](
        ids,
        isFirst,
        ends,
        delimiter,
      );
      const total = Math.max(from.total, done);
      return { text, next: ends ? null : `${last.row}:${done}:${total}`, done, total };
    },
  };

  function csvPiece(
    ids: readonly string[],
    isFirst: boolean,
    _ends: boolean,
    delimiter: string,
  ): string {
    const own = fields.all();
    const head = isFirst ? `\ufeff${csvRow(csvHeader(own), delimiter)}` : '';
    return (
      head + ids.map((id) => csvRow(csvCells(findCustomer(id), own, home()), delimiter)).join('')
    );
  }

  function vcardPiece(ids: readonly string[]): string {
    return ids.map((id) => cardFrom(findCustomer(id))).join('');
  }

  function jsonPiece(ids: readonly string[], isFirst: boolean, ends: boolean): string {
    const head = { format: 'anklang-book', version: 1, exportedAt: now(), ...commonParts() };
    const begin = isFirst ? `${JSON.stringify(head).slice(0, -1)},"customers":[\n` : '';
    const between = !isFirst && ids.length > 0 ? ',\n' : '';
    const end = ends ? `\n],"contactsOfNobody":${JSON.stringify(contactsOfNobody())}}\n` : '';
    return begin + between + jsonOf(ids).join(',\n') + end;
  }
}

interface PlainRecord {
  [key: string]: unknown;
}

function cursorFrom(
  cursor: string | undefined,
  total: () => number,
): { row: number; done: number; total: number } {
  if (cursor === undefined) return { row: 0, done: 0, total: total() };
  const match = /^(\d{1,15}):(\d{1,15}):(\d{1,15})$/.exec(cursor);
  if (!match) throw badInput(['cursor'], 'malformed');
  return { row: Number(match[1]), done: Number(match[2]), total: Number(match[3]) };
}

/** Reading knows these names; those of own fields carry the key that their values are kept by. */
function csvHeader(own: readonly { key: string; label: string }[]): string[] {
  const several = (name: string) => [name, `${name} 2`, `${name} 3`, `More ${name.toLowerCase()}s`];
  return [
    ...['Customer number', 'Name', 'Company'],
    ...several('Phone'),
    ...several('Email'),
    ...['Street', 'Postal code', 'City', 'Country', 'Tags', 'Likes to be called', 'Customer since'],
    ...own.map(({ key, label }) => `${label} [${key}]`),
  ];
}

function csvCells(customer: Customer, own: readonly { key: string }[], home: string): string[] {
  const { externalId, name, company, street, postalCode, city, country, preferredTime } = customer;
  // Reading takes a national number for one of the row's country, unless it is said to be whole.
  const abroad = country !== null && country !== home;
  return [
    ...[externalId, name, company].map((text) => text ?? ''),
    ...several(
      customer.numbers.map(({ raw }) => raw),
      abroad,
    ),
    ...several(customer.emails, false),
    ...[street, postalCode, city, country].map((text) => text ?? ''),
    valueLines(customer.tags, false),
    preferredTime ?? '',
    customer.customerSince === null ? '' : new Date(customer.customerSince).toISOString(),
    ...own.map(({ key }) => textOf(customer.custom[key])),
  ];
}

function several(values: readonly string[], whole: boolean): string[] {
  const own = Array.from({ length: OWN_COLUMNS }, (_, index) =>
    valueLines(values.slice(index, index + 1), whole),
  );
  return [...own, valueLines(values.slice(OWN_COLUMNS), whole)];
}

/** One value a line. A single one that reading would part or complete ends with a line break: it is whole. */
function valueLines(values: readonly string[], whole: boolean): string {
  const text = values.join('\n');
  return values.length === 1 && (whole || /[;,/]|:::/.test(text)) ? `${text}\n` : text;
}

function textOf(value: CustomValues[string] | undefined): string {
  return value === null || value === undefined ? '' : String(value);
}

function camelCased(row: PlainRow): PlainRecord {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) =>
      name.endsWith('_json') && typeof value === 'string'
        ? [camelCase(name.slice(0, -5)), JSON.parse(value) as unknown]
        : [camelCase(name), value],
    ),
  );
}

function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
