// A word that is taken out of a full-text index stays in its segments until they are merged. Merging
// goes in steps, so that nothing waits for it.
import type { DeskDatabase } from './desk-database.ts';
import { quoted, schemaOf } from './person/schema.ts';

/** Index pages written in one step, about a few milliseconds. */
const STEP_PAGES = 64;

/**
 * Steps that rewrite every full-text index into one segment; each `next()` is one step, and the words
 * that were taken out are gone when it is done.
 */
export function* searchCleaning(
  database: DeskDatabase,
  pages = STEP_PAGES,
): Generator<undefined, void, void> {
  for (const search of schemaOf(database).searches) {
    const merge = database.query(
      `INSERT INTO ${quoted(search)} (${quoted(search)}, rank) VALUES ('merge', ?)`,
    );
    const changes = database.query<{ n: number }>('SELECT total_changes() AS n');
    const step = (count: number): boolean => {
      const before = changes.get()?.n ?? 0;
      merge.run(count);
      return (changes.get()?.n ?? 0) - before >= 2;
    };
    // The first, negative step puts all segments into one merge; the others carry it on.
    let more = step(-pages);
    while (more) {
      yield;
      more = step(pages);
    }
  }
}

/** All of it at once, for a database that nobody waits for. */
export function cleanSearches(database: DeskDatabase): void {
  for (const search of schemaOf(database).searches) {
    database.query(`INSERT INTO ${quoted(search)} (${quoted(search)}) VALUES ('optimize')`).run();
  }
}
