// Brings a database up to what was erased since it was written.
import type { DeskDatabase } from '../desk-database.ts';
import { erasePerson } from '../person/erase-person.ts';
import { mentionSteps, waitingMentionSteps } from '../person/mentions.ts';
import type { Erasure } from './erasure-list.ts';

const MARKER = 'erased_through';

/** The last erasure that this database has seen; 0 before the first. */
export function erasedThrough(database: Pick<DeskDatabase, 'query'>): number {
  const row = database
    .query<{ value: string }>('SELECT value FROM meta WHERE name = ?')
    .get(MARKER);
  return Number(row?.value ?? 0);
}

/** Part of the caller's transaction. */
export function noteErased(database: DeskDatabase, seq: number): void {
  database
    .query(
      `INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
    )
    .run(MARKER, String(seq));
}

/**
 * Erases again whoever this database still knows, all or nobody. Answers how many people were found
 * and the recordings whose files are to go.
 */
export function replayErasures(
  database: DeskDatabase,
  erasures: readonly Erasure[],
): { people: number; recordingIds: string[] } {
  return database.transaction(() => {
    let people = 0;
    const recordingIds: string[] = [];
    for (const { seq, customerIds, at } of erasures) {
      const erased = erasePerson(database, customerIds, at);
      if (erased) {
        people += 1;
        recordingIds.push(...erased.recordingIds);
        toTheEnd(mentionSteps(database, [erased.named]));
      }
      noteErased(database, seq);
    }
    // A copy may have been made before the search for mentions had ended.
    toTheEnd(waitingMentionSteps(database));
    return { people, recordingIds };
  });
}

/** All steps at once, for a database that nobody waits for. */
function toTheEnd(steps: Iterator<undefined, void, void>): void {
  while (steps.next().done !== true);
}
