// Takes the mentions of an erased person out of what belongs to others: a call that was passed on to
// the person's number, a colleague's note, a report. Only what names nobody else is looked for.
import type { DeskDatabase, SqlValue } from '../desk-database.ts';
import { type Person, has } from './person.ts';
import { type Named, textsNaming, unnamed } from './naming.ts';
import { keyOf, quoted, schemaOf, type Table } from './schema.ts';
import { SEARCHES } from './person-tables.ts';
import { textKindOf } from './text-columns.ts';

/** Rows looked at in one step: a few milliseconds. */
const STEP_ROWS = 1_000;
const WAITING = 'erased_mentions';

type Row = Record<string, SqlValue>;

/** What others' rows are searched for. */
export function namedOf(database: Pick<DeskDatabase, 'query'>, person: Person): Named {
  const ids = JSON.stringify(person.customerIds);
  const otherWithName = database.query(
    `SELECT 1 FROM customers WHERE sort_name IN (SELECT sort_name FROM customers WHERE id IN
       (SELECT value FROM json_each(?))) AND id NOT IN (SELECT value FROM json_each(?)) LIMIT 1`,
  );
  const otherWithEmail = has(database, 'customer_emails')
    ? database.query(
        `SELECT 1 FROM customer_emails WHERE email_key = ? AND customer_id NOT IN
           (SELECT value FROM json_each(?)) LIMIT 1`,
      )
    : database.query(
        `SELECT 1 FROM customers WHERE instr(lower(emails_json), ?) AND id NOT IN
           (SELECT value FROM json_each(?)) LIMIT 1`,
      );
  return {
    names: otherWithName.get(ids, ids)
      ? []
      : person.names.filter((name) => name.length > 6 && name.includes(' ')),
    emails: person.emails.filter((email) => !otherWithEmail.get(email, ids)),
    digits: person.digits,
  };
}

/** Part of the erasing transaction: noted, so that a crash does not end the search. */
export function noteMentions(database: DeskDatabase, named: Named): void {
  const waiting = mentionsWaiting(database);
  database
    .query(
      `INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
    )
    .run(WAITING, JSON.stringify([...waiting, named]));
}

export function mentionsWaiting(database: Pick<DeskDatabase, 'query'>): Named[] {
  const row = database
    .query<{ value: string }>('SELECT value FROM meta WHERE name = ?')
    .get(WAITING);
  return row ? (JSON.parse(row.value) as Named[]) : [];
}

/** Searches for all that waits; each `next()` is one small transaction, and at the end none waits. */
export function* waitingMentionSteps(database: DeskDatabase): Generator<undefined, void, void> {
  for (let named = mentionsWaiting(database); named.length > 0; ) {
    yield* mentionSteps(database, named);
    // Someone may have been erased meanwhile.
    const left = mentionsWaiting(database).slice(named.length);
    database.transaction(() => {
      database.query('DELETE FROM meta WHERE name = ?').run(WAITING);
      for (const one of left) noteMentions(database, one);
    });
    named = left;
  }
}

/** Each `next()` looks at some rows of one table. */
export function* mentionSteps(
  database: DeskDatabase,
  named: readonly Named[],
): Generator<undefined, void, void> {
  const sought: Named = {
    names: named.flatMap(({ names }) => names),
    emails: named.flatMap(({ emails }) => emails),
    digits: named.flatMap(({ digits }) => digits),
  };
  if (sought.names.length + sought.emails.length + sought.digits.length === 0) return;
  for (const table of schemaOf(database).tables) {
    const columns = table.columns.filter((column) => textKindOf(table.name, column) === 'words');
    if (columns.length > 0)
      yield* tableSteps(
        database,
        table,
        columns.map(({ name }) => name),
        sought,
      );
  }
}

function* tableSteps(
  database: DeskDatabase,
  table: Table,
  columns: readonly string[],
  named: Named,
): Generator<undefined, void, void> {
  const name = quoted(table.name);
  const key = keyOf(database, table.name);
  const keyList = key.map(quoted).join(', ');
  // A rowid is named after the column that stands for it.
  const keyNamed = key.map((column) => `${quoted(column)} AS ${quoted(column)}`).join(', ');
  const marks = (prefix: string) => key.map((_, at) => `$${prefix}${at}`).join(', ');
  const after = `(${keyList}) > (${marks('from')})`;
  const selectKey = `SELECT ${keyNamed} FROM ${name}`;
  const order = `ORDER BY ${keyList} LIMIT 1`;
  const matching = textsNaming(columns);
  const parameters = { names: JSON.stringify(named.names), emails: JSON.stringify(named.emails) };
  const digits = JSON.stringify(named.digits);
  let from: Row | null = null;
  for (;;) {
    const start: Record<string, SqlValue> = from ? parametersOf(from, key, 'from') : {};
    const within: string = from ? `WHERE ${after}` : '';
    const end: Row | undefined = database
      .query<Row>(`${selectKey} ${within} ${order} OFFSET ${STEP_ROWS - 1}`)
      .get(start);
    const upTo = end ? `(${keyList}) <= (${marks('to')})` : 'true';
    const rows = database
      .query<Row>(
        `SELECT ${keyNamed}, ${columns.map(quoted).join(', ')} FROM ${name}
         WHERE ${from ? after : 'true'} AND ${upTo} AND (${matching})`,
      )
      .all({ ...start, ...(end ? parametersOf(end, key, 'to') : {}), ...parameters, digits });
    if (rows.length > 0)
      database.transaction(() => {
        for (const row of rows) takeOut(database, table, key, columns, row, named);
      });
    yield;
    if (!end) return;
    from = end;
  }
}

function takeOut(
  database: DeskDatabase,
  table: Table,
  key: readonly string[],
  columns: readonly string[],
  row: Row,
  named: Named,
): void {
  const found = columns.flatMap((column): [string, string | null][] => {
    const before = row[column];
    if (typeof before !== 'string') return [];
    const text = unnamed(before, named, column.endsWith('_json'));
    return text === before ? [] : [[column, text]];
  });
  if (found.length === 0) return;
  const where = key.map((column, at) => `${quoted(column)} = $key${at}`).join(' AND ');
  const which = parametersOf(row, key, 'key');
  const remove = () =>
    void database.query(`DELETE FROM ${quoted(table.name)} WHERE ${where}`).run(which);
  if (found.some(([column]) => key.includes(column))) return remove();
  const set = found.map(([column], at) => `${quoted(column)} = $value${at}`).join(', ');
  const values = Object.fromEntries(found.map(([, text], at) => [`value${at}`, text]));
  try {
    database
      .query(`UPDATE ${quoted(table.name)} SET ${set} WHERE ${where}`)
      .run({ ...which, ...values });
  } catch (error) {
    // The row cannot do without it.
    if (!isConstraint(error)) throw error;
    return remove();
  }
  // An index that lags would keep the old words until the row is indexed again.
  const search = Object.entries(SEARCHES).find(([, of]) => of === table.name)?.[0];
  if (search !== undefined && has(database, search))
    database
      .query(
        `DELETE FROM ${quoted(search)} WHERE rowid = (SELECT row FROM ${quoted(table.name)} WHERE ${where})`,
      )
      .run(which);
}

function parametersOf(row: Row, key: readonly string[], prefix: string): Record<string, SqlValue> {
  return Object.fromEntries(key.map((column, at) => [`${prefix}${at}`, row[column] ?? null]));
}

function isConstraint(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_CONSTRAINT')
  );
}
