// Which tables hold facts about a customer, and what a merge does with each. The database itself says
// which tables have a customer_id; one that is not named here moves like the others.
import type { DeskDatabase, SqlValue } from '../../database/desk-database.ts';

/** What a merge does with the rows of a table that has a customer_id. */
const TREATMENTS = {
  /** The rows go to the survivor; where it has the same one already, the loser's is put aside. */
  moved: [
    ...['matters', 'contacts', 'calls', 'feelings', 'promises', 'questions', 'deals'],
    ...['cue_verdicts', 'cue_showings', 'customer_changes', 'customer_merges'],
    ...['work_items', 'webhook_deliveries', 'objections', 'consent_proofs', 'access_log'],
    ...['import_updates', 'import_skips'],
  ],
  /** Both sides are brought together by rules of their own. */
  united: ['customer_numbers', 'number_choices'],
  /** Made anew from what moved. */
  derived: ['customer_summary', 'customer_emails', 'customer_tags'],
} as const satisfies Record<string, readonly string[]>;

export interface MovingTable {
  name: string;
  /** The primary key's columns without customer_id. */
  key: string[];
}

/** Tables with a customer_id that nothing is said about: there must be none. */
export function unnamedTables(database: DeskDatabase): string[] {
  const named = new Set<string>(Object.values(TREATMENTS).flat());
  return tablesWithCustomer(database).filter((name) => !named.has(name));
}

/** Columns that refer to customers under another name: merge-store.ts knows each of them. */
export function otherReferences(database: DeskDatabase): string[] {
  return tableNames(database).flatMap((name) =>
    database
      .query<{ from: string; table: string }>(
        `SELECT "from", "table" FROM pragma_foreign_key_list('${name}')`,
      )
      .all()
      .filter((key) => key.table === 'customers' && key.from !== 'customer_id')
      .map((key) => `${name}.${key.from}`),
  );
}

/** Every table whose rows move, as this database has them. */
export function movingTables(database: DeskDatabase): MovingTable[] {
  const others = new Set<string>([...TREATMENTS.united, ...TREATMENTS.derived]);
  return tablesWithCustomer(database)
    .filter((name) => !others.has(name))
    .map((name) => ({
      name,
      key: primaryKeyOf(database, name).filter((column) => column !== 'customer_id'),
    }));
}

/** The primary key's columns, in their order. */
export function primaryKeyOf(database: DeskDatabase, table: string): string[] {
  return database
    .query<{ name: string }>(
      `SELECT name FROM pragma_table_info('${table}') WHERE pk > 0 ORDER BY pk`,
    )
    .all()
    .map(({ name }) => name);
}

function tablesWithCustomer(database: DeskDatabase): string[] {
  return tableNames(database).filter(
    (name) =>
      database
        .query(`SELECT 1 FROM pragma_table_info('${name}') WHERE name = 'customer_id'`)
        .get() !== undefined,
  );
}

/** Ordinary tables; what a virtual table keeps for itself is named after it. */
function tableNames(database: DeskDatabase): string[] {
  const tables = database
    .query<{ name: string; sql: string | null }>(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )
    .all();
  const virtual = tables.filter(({ sql }) => /^CREATE VIRTUAL/i.test(sql ?? ''));
  return tables
    .map(({ name }) => name)
    .filter(
      (name) => !virtual.some((each) => name === each.name || name.startsWith(`${each.name}_`)),
    );
}

export type Row = Record<string, SqlValue>;
