// Takes one person out of a database, whatever its age: the desk's own, or a copy of it.
import type { DeskDatabase } from '../desk-database.ts';
import { namedOf } from './mentions.ts';
import type { Named } from './naming.ts';
import { type Person, personOf } from './person.ts';
import { parametersFor, personTables, SEARCHES } from './person-tables.ts';
import { quoted, schemaOf } from './schema.ts';

export interface ErasedPerson {
  /** Rows taken or emptied, by table. */
  rows: Record<string, number>;
  /** Recordings whose files are to go. */
  recordingIds: string[];
  person: Person;
  /** By what others' rows may still name the person: see `mentionSteps`. */
  named: Named;
}

/** Part of the caller's transaction; null when there is no such customer. Full-text indexes are to be cleaned after it. */
export function erasePerson(
  database: DeskDatabase,
  customerIds: readonly string[],
  now: number,
): ErasedPerson | null {
  return database.transaction(() => {
    const person = personOf(database, customerIds);
    if (!person) return null;
    const named = namedOf(database, person);
    // Whatever order the tables have: what refers to what is checked at the end.
    database.query('PRAGMA defer_foreign_keys = ON').run();
    const schema = schemaOf(database);
    const parameters = parametersFor(person, now);
    const rows: Record<string, number> = {};
    for (const search of schema.searches) {
      const whose = SEARCHES[search];
      if (whose === undefined) continue;
      const remove = database.query(`DELETE FROM ${quoted(search)} WHERE rowid = ?`);
      for (const row of whose === 'customers' ? person.rows : person.contactRows) remove.run(row);
    }
    for (const { table, where, treatment, set } of personTables(schema)) {
      if (treatment === 'keep') continue;
      const sql =
        treatment === 'delete'
          ? `DELETE FROM ${quoted(table)} WHERE ${where}`
          : `UPDATE ${quoted(table)} SET ${Object.entries(set)
              .map(([column, value]) => `${quoted(column)} = ${value}`)
              .join(', ')} WHERE ${where}`;
      const { changes } = database.query(sql).run(parameters);
      if (changes > 0) rows[table] = (rows[table] ?? 0) + changes;
    }
    return { rows, recordingIds: person.recordingIds, person, named };
  });
}
