// What tables a database has, so that finding a person does not depend on a list that someone keeps.
import type { DeskDatabase } from '../desk-database.ts';

export type Queries = Pick<DeskDatabase, 'query'>;

export interface Column {
  name: string;
  type: string;
  /** The table and column that it refers to, when it does. */
  parent: { table: string; column: string; cascades: boolean } | null;
}

export interface Table {
  name: string;
  columns: Column[];
}

export interface Schema {
  /** Ordinary tables, those that refer to others first. */
  tables: Table[];
  /** Full-text indexes. */
  searches: string[];
}

interface ForeignKeyRow {
  table: string;
  from: string;
  to: string | null;
  on_delete: string;
}

/** Reads the tables; SQLite's own and those behind a full-text index are left out. */
export function schemaOf(database: Queries): Schema {
  const named = database
    .query<{ name: string; sql: string | null }>(
      `SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'`,
    )
    .all();
  const searches = named
    .filter(({ sql }) => /^CREATE VIRTUAL TABLE/i.test(sql ?? ''))
    .map(({ name }) => name);
  const tables = named
    .filter(
      ({ name }) =>
        !searches.includes(name) && !searches.some((search) => name.startsWith(`${search}_`)),
    )
    .map(({ name }) => ({ name, columns: columnsOf(database, name) }));
  return { tables: childrenFirst(tables), searches };
}

function columnsOf(database: Queries, table: string): Column[] {
  const parents = database
    .query<ForeignKeyRow>('SELECT "table", "from", "to", on_delete FROM pragma_foreign_key_list(?)')
    .all(table);
  return database
    .query<{ name: string; type: string }>('SELECT name, type FROM pragma_table_info(?)')
    .all(table)
    .map(({ name, type }) => {
      const parent = parents.find(({ from }) => from === name);
      return {
        name,
        type,
        parent: parent
          ? {
              table: parent.table,
              column: parent.to ?? 'id',
              cascades: parent.on_delete === 'CASCADE',
            }
          : null,
      };
    });
}

function childrenFirst(tables: readonly Table[]): Table[] {
  const byName = new Map(tables.map((table) => [table.name, table]));
  const parentsFirst: Table[] = [];
  const seen = new Set<string>();
  const visit = (table: Table) => {
    if (seen.has(table.name)) return;
    seen.add(table.name);
    for (const { parent } of table.columns) {
      const above = parent ? byName.get(parent.table) : undefined;
      if (above) visit(above);
    }
    parentsFirst.push(table);
  };
  for (const table of tables) visit(table);
  return parentsFirst.reverse();
}

/** Columns of the key by which rows are found in order; `rowid` has to be named so in a SELECT. */
export function keyOf(database: Queries, table: string): string[] {
  const key = database
    .query<{ name: string; wr: number }>(
      `SELECT i.name, l.wr FROM pragma_table_info($table) i, pragma_table_list l
       WHERE l.schema = 'main' AND l.name = $table AND i.pk > 0 ORDER BY i.pk`,
    )
    .all({ table });
  return key[0]?.wr === 1 ? key.map(({ name }) => name) : ['rowid'];
}

/** A name as SQL wants it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
