// Changes many records one after the other: a few in each transaction, and calls go before.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DeskDatabase } from '../../database/desk-database.ts';
import { Refusal } from '../../refusal.ts';

const BATCH = 20;

/** One bulk edit at a time; a second one is refused with BUSY. */
export function createBulkEdit(database: DeskDatabase, name: string) {
  let work: Promise<number> | null = null;
  let closing = false;
  let cancelled = false;

  async function run(
    next: (limit: number) => string[],
    edit: (id: string) => void,
    onProgress: (count: number) => void,
  ) {
    let count = 0;
    for (;;) {
      if (closing || cancelled) break;
      const ids = database.transaction(() => {
        const batch = next(BATCH);
        for (const id of batch) edit(id);
        return batch;
      });
      if (ids.length === 0) break;
      count += ids.length;
      onProgress(count);
      await nextTurn();
    }
    return count;
  }

  function requireIdle(): void {
    if (work !== null) throw new Refusal('BUSY', { with: name });
  }

  return {
    /** Edits what `next` names until it names nothing; each edit must take its record out of `next`. */
    async edit(
      next: (limit: number) => string[],
      edit: (id: string) => void,
      onProgress: (count: number) => void = () => undefined,
    ): Promise<number> {
      requireIdle();
      cancelled = false;
      work = run(next, edit, onProgress);
      try {
        return await work;
      } finally {
        work = null;
      }
    },
    requireIdle,
    /** Stops after the batch at hand; answers once it has. */
    async cancel(): Promise<void> {
      cancelled = true;
      await work?.catch(() => undefined);
    },
    /** Before the database closes: stops after the batch at hand. */
    async stop(): Promise<void> {
      closing = true;
      await work?.catch(() => undefined);
    },
  };
}
export type BulkEdit = ReturnType<typeof createBulkEdit>;
