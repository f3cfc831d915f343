// Changes many records one after the other: a few in each transaction, and calls go before.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DeskDatabase } from '../../database/desk-database.ts';
import { Refusal } from '../../refusal.ts';

const BATCH = 20;

/** One bulk edit at a time; a second one is refused with BUSY. */
export function createBulkEdit(database: DeskDatabase, name: string) {
  let work: Promise<number> | null = null;
  let closing = false;

  async function run(next: (limit: number) => string[], edit: (id: string) => void) {
    let count = 0;
    for (;;) {
      if (closing) break;
      const ids = database.transaction(() => {
        const batch = next(BATCH);
        for (const id of batch) edit(id);
        return batch;
      });
      if (ids.length === 0) break;
      count += ids.length;
      await nextTurn();
    }
    return count;
  }

  return {
    /** Edits what `next` names until it names nothing; each edit must take its record out of `next`. */
    async edit(next: (limit: number) => string[], edit: (id: string) => void): Promise<number> {
      if (work !== null) throw new Refusal('BUSY', { with: name });
      work = run(next, edit);
      try {
        return await work;
      } finally {
        work = null;
      }
    },
    /** Before the database closes: stops after the batch at hand. */
    async stop(): Promise<void> {
      closing = true;
      await work?.catch(() => undefined);
    },
  };
}
export type BulkEdit = ReturnType<typeof createBulkEdit>;
