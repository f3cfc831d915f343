// Everything that is stored about one customer: what the finder of erasures finds, row by row.
import type { AccessReport, Consent } from '../../../preload/contract/rights.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import { personOf } from '../database/person/person.ts';
import { parametersFor, personTables } from '../database/person/person-tables.ts';
import { quoted, schemaOf } from '../database/person/schema.ts';

type Cell = string | number | null;

/** Contents that are told in words elsewhere in the report. */
const TOLD_ELSEWHERE = ['consent_proofs'];

/** Null when there is no such customer. Sounds and keys are named, not contained. */
export function accessReportOf(
  database: DeskDatabase,
  customerIds: readonly string[],
  now: number,
  consents: Consent[],
): AccessReport | null {
  const person = personOf(database, customerIds);
  const customerId = customerIds[0];
  if (!person || customerId === undefined) return null;
  const parameters = parametersFor(person, now);
  const rows = new Map<string, Record<string, Cell>[]>();
  for (const { table, where } of personTables(schemaOf(database))) {
    if (TOLD_ELSEWHERE.includes(table)) continue;
    const found = database
      .query<Record<string, unknown>>(`SELECT * FROM ${quoted(table)} WHERE ${where}`)
      .all(parameters);
    if (found.length > 0) rows.set(table, [...(rows.get(table) ?? []), ...found.map(cellsOf)]);
  }
  const recordings = (rows.get('recordings') ?? []).filter(
    (row) => row['state'] !== 'erased' && row['state'] !== 'open',
  );
  return {
    customerId,
    madeAt: now,
    name: person.name,
    sections: [...rows]
      .map(([table, of]) => ({ table, rows: of }))
      .sort((one, other) => orderOf(one.table) - orderOf(other.table)),
    consents,
    recordings: recordings.length,
  };
}

const FIRST = [
  'customers',
  'customer_numbers',
  'customer_emails',
  'contacts',
  'calls',
  'feelings',
  'promises',
  'questions',
  'matters',
  'deals',
  'recordings',
  'objections',
];

function orderOf(table: string): number {
  const place = FIRST.indexOf(table);
  return place < 0 ? FIRST.length : place;
}

function cellsOf(row: Record<string, unknown>): Record<string, Cell> {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]): [string, Cell] => [
      column,
      typeof value === 'string' || typeof value === 'number' || value === null
        ? value
        : typeof value === 'bigint'
          ? Number(value)
          : value instanceof Uint8Array
            ? `(${value.length} bytes)`
            : null,
    ]),
  );
}
