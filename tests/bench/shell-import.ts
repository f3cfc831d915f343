// What the import is compared with: the sqlite3 shell, which knows no numbers, no duplicates, no encryption
// and nobody who waits meanwhile. Both ways with the durability of the desk's database.
import { execFile } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cellOf, COLUMNS } from './import-file.ts';
import { FILLED, type FilledTable, rowsOf } from './ready-rows.ts';
import { openBook } from './the-book.ts';

export interface ShellTimes {
  ms: number;
  cpuMs: number;
}

const SHELL = '/usr/bin/sqlite3';
const DURABLE = ['PRAGMA journal_mode = WAL;', 'PRAGMA synchronous = FULL;'];
const ROWS_A_WRITE = 2_000;
const run = promisify(execFile);

export const hasShell = (): boolean => existsSync(SHELL);

/**
 * The file as it is into one table, an index over each column that ours has one for, and a search index of
 * beginnings.
 */
export function fileIntoOneTable(file: string, database: string): Promise<ShellTimes> {
  const columns = COLUMNS.map((name) => `"${name}"`).join(', ');
  const indexes = [
    ...['"Customer number"', '"Name"', '"Postal code", "Street"', '"Phone"', '"Phone 2"'],
    ...['"E-mail"', '"Tags"'],
  ];
  return byShell(database, [
    `CREATE TABLE book (${columns});`,
    '.mode csv',
    `.import --skip 1 ${file} book`,
    ...indexes.map((on, at) => `CREATE INDEX book_${at} ON book (${on});`),
    // Its version knows no contentless_delete; a table of its own is what it reads when it rebuilds.
    `CREATE VIRTUAL TABLE search USING fts5 ("Name", "Company", "City", "Phone", "Phone 2", "E-mail", "Tags",
       content = 'book', prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 2');`,
    "INSERT INTO search (search) VALUES ('rebuild');",
  ]);
}

/**
 * What stands in the desk's tables after the import, ready in a file for each of them: with the desk's
 * indexes, built afterwards, and its search index, rebuilt from the same terms.
 */
export async function readyFilesIntoTheTables(folder: string, rows: number): Promise<ShellTimes> {
  const files = writeReadyFiles(folder, rows);
  const desk = join(folder, 'desk');
  mkdirSync(desk);
  const { database, close } = await openBook(desk);
  const tables = Object.keys(FILLED) as FilledTable[];
  const indexes = database
    .query<{ tbl_name: string; sql: string }>(
      "SELECT tbl_name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL",
    )
    .all()
    .filter(({ tbl_name: name }) => tables.some((table) => table === name));
  const columnsOf = database.query<Column>(
    'SELECT name, type, pk FROM pragma_table_info(?) ORDER BY cid',
  );
  const made = tables.flatMap((table) => {
    const columns = columnsOf.all(table);
    const filled = FILLED[table].flatMap((name) => columns.filter((one) => one.name === name));
    const others = columns.filter((one) => !filled.includes(one));
    return [
      tableOf(table, filled),
      `.import ${files[table]} ${table}`,
      ...others.map(({ name, type }) => `ALTER TABLE ${table} ADD COLUMN ${name} ${type};`),
    ];
  });
  close();
  rmSync(desk, { recursive: true });
  return byShell(join(folder, 'tables.db'), [
    '.mode csv',
    ...made,
    ...indexes.map(({ sql }) => `${sql};`),
    // Unique in the desk, which the index of its own stands for.
    'CREATE UNIQUE INDEX customers_id ON customers (id);',
    'CREATE TABLE tag_counts AS SELECT tag, count(*) FROM customer_tags GROUP BY tag;',
    'CREATE TABLE terms (row INTEGER PRIMARY KEY, terms);',
    `.import ${files.terms} terms`,
    `CREATE VIRTUAL TABLE search USING fts5 (terms, content = 'terms', content_rowid = 'row', detail = none,
       tokenize = "ascii tokenchars '.'");`,
    "INSERT INTO search (search) VALUES ('rebuild');",
  ]);
}

interface Column {
  name: string;
  type: string;
  /** Place in the primary key, from 1; else 0. */
  pk: number;
}

function tableOf(table: string, columns: readonly Column[]): string {
  const key = columns.filter(({ pk }) => pk > 0).sort((one, other) => one.pk - other.pk);
  const parts = [
    ...columns.map(({ name, type }) => `${name} ${type}`),
    `PRIMARY KEY (${key.map(({ name }) => name).join(', ')})`,
  ];
  const byRow = key.length === 1 && key[0]?.type === 'INTEGER';
  return `CREATE TABLE ${table} (${parts.join(', ')})${byRow ? '' : ' WITHOUT ROWID'};`;
}

/** A file for each table and one for the terms; answers where they are. */
function writeReadyFiles(folder: string, rows: number): Record<FilledTable | 'terms', string> {
  const names = [...(Object.keys(FILLED) as FilledTable[]), 'terms' as const];
  const paths = Object.fromEntries(
    names.map((name) => [name, join(folder, `${name}.csv`)]),
  ) as Record<FilledTable | 'terms', string>;
  const files = names.map((name) => ({ name, file: openSync(paths[name], 'w', 0o600) }));
  for (let from = 0; from < rows; from += ROWS_A_WRITE) {
    const count = Math.min(ROWS_A_WRITE, rows - from);
    const ready = Array.from({ length: count }, (_, at) => rowsOf(from + at));
    for (const { name, file } of files) {
      const values = ready.flatMap((one) =>
        name === 'terms' ? [[one.row, one.terms]] : one.values[name],
      );
      const lines = values.map((cells) => cells.map(cellOf).join(','));
      if (lines.length > 0) writeSync(file, `${lines.join('\n')}\n`);
    }
  }
  for (const { file } of files) closeSync(file);
  return paths;
}

async function byShell(database: string, script: readonly string[]): Promise<ShellTimes> {
  const began = performance.now();
  const child = run('/bin/sh', ['-c', `${SHELL} -bail "$0" && times`, database]);
  child.child.stdin?.end([...DURABLE, ...script].join('\n'));
  const { stdout } = await child;
  const ms = Math.round(performance.now() - began);
  // The last line: user and system time of what the shell has started, as 0m1.50s.
  const spent = [...(stdout.trim().split('\n').at(-1) ?? '').matchAll(/(\d+)m([\d.]+)s/g)];
  const cpuMs = spent.reduce((sum, [, m, s]) => sum + Number(m) * 60_000 + Number(s) * 1000, 0);
  return { ms, cpuMs: Math.round(cpuMs) };
}
