// Everything that is stored about one customer: what the finder of erasures finds, in pieces that are
// passed on while the next are looked for.
import type {
  AccessReport,
  AccessReportHead,
  Consent,
} from '../../../../preload/contract/rights.ts';
import type { DeskDatabase, SqlValue } from '../desk-database.ts';
import { personOf } from './person.ts';
import { parametersFor, type PersonTable, personTables } from './person-tables.ts';
import { keyOf, quoted, schemaOf } from './schema.ts';

type Cell = string | number | null;
type Section = AccessReport['sections'][number];

/** Contents that are told in words elsewhere in the report. */
const TOLD_ELSEWHERE = ['consent_proofs'];
/** Rows of one piece: with writing them down, a few milliseconds. */
const PIECE_ROWS = 250;

interface PiecesOfReport {
  head: AccessReportHead;
  sections: Generator<Section, void, void>;
}

/** The report's head, then its rows table by table; null when there is no such customer. */
export function accessReportOf(
  database: DeskDatabase,
  customerIds: readonly string[],
  now: number,
  consents: Consent[],
): PiecesOfReport | null {
  const person = personOf(database, customerIds);
  const customerId = customerIds[0];
  if (!person || customerId === undefined) return null;
  const audible = database.query<{ n: number }>(
    `SELECT count(*) AS n FROM recordings WHERE state NOT IN ('erased', 'open')
       AND id IN (SELECT value FROM json_each(?))`,
  );
  const recordings = audible.get(JSON.stringify(person.recordingIds))?.n ?? 0;
  const parameters = parametersFor(person, now);
  return {
    head: { customerId, madeAt: now, name: person.name, consents, recordings },
    sections: sectionsOf(database, parameters),
  };
}

/** The whole report as one JSON text, piece by piece: sections of one table are one. */
export function* reportAsJson({ head, sections }: PiecesOfReport): Generator<string, void, void> {
  let open: string | null = null;
  yield `${JSON.stringify(head).slice(0, -1)},"sections":[`;
  for (const { table, rows } of sections) {
    const text = rows.map((row) => JSON.stringify(row)).join();
    if (table === open) yield `,${text}`;
    else yield `${open === null ? '' : ']},'}{"table":${JSON.stringify(table)},"rows":[${text}`;
    open = table;
  }
  yield open === null ? ']}' : ']}]}';
}

/** The head, then each section, as JSON texts of their own. */
export function* reportInSections({
  head,
  sections,
}: PiecesOfReport): Generator<string, void, void> {
  yield JSON.stringify(head);
  for (const section of sections) yield JSON.stringify(section);
}

/** Sections of at most so many rows; those of one table follow each other. Sounds and keys are named, not contained. */
function* sectionsOf(
  database: DeskDatabase,
  parameters: Record<string, string | number>,
): Generator<Section, void, void> {
  const tables = personTables(schemaOf(database))
    .filter(({ table }) => !TOLD_ELSEWHERE.includes(table))
    .sort((one, other) => orderOf(one.table) - orderOf(other.table));
  for (const table of tables) yield* sectionsOfTable(database, table, parameters);
}

function* sectionsOfTable(
  database: DeskDatabase,
  { table, where }: PersonTable,
  parameters: Record<string, string | number>,
): Generator<Section, void, void> {
  const key = keyOf(database, table);
  const named = key.map((column, at) => `${quoted(column)} AS k${at}`).join(', ');
  const keys = database
    .query<Record<string, SqlValue>>(`SELECT ${named} FROM ${quoted(table)} WHERE ${where}`)
    .all(parameters)
    .map((row) => key.map((_, at) => row[`k${at}`] ?? null));
  const picked = key.map((_, at) => `value ->> ${at}`).join(', ');
  const columns = key.map(quoted).join(', ');
  const rows = database.query<Record<string, unknown>>(
    `SELECT * FROM ${quoted(table)} WHERE (${columns}) IN (SELECT ${picked} FROM json_each(?))`,
  );
  for (let at = 0; at < keys.length; at += PIECE_ROWS) {
    const some = rows.all(JSON.stringify(keys.slice(at, at + PIECE_ROWS)));
    // Whoever was erased meanwhile has no rows.
    if (some.length > 0) yield { table, rows: some.map(cellsOf) };
  }
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
