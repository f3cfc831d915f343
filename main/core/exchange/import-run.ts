// Runs an import: batch after batch in a transaction each, with room for other calls in between. What
// is read counts in the transaction that wrote it, so that a killed import leaves whole batches only.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type RejectReason, type SkipReason } from '../../../preload/contract/exchange-words.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import { unlessGivenUp } from '../database/given-up.ts';
import { LEAST_ROWS, type Pace, pacedRows } from '../database/paced-rows.ts';
import { storageReasonOf } from '../database/storage-problem.ts';
import type { WriteBack } from '../database/write-back.ts';
import type { CoreLog } from '../log/core-log.ts';
import { Refusal } from '../refusal.ts';
import type { Counts, ImportStore, StoredImport } from './import-store.ts';
import type { ReadPiece } from './read-pieces.ts';
import type { RowImporter, RowResult } from './row-importer.ts';
import type { ReadRow } from './row-reader.ts';
import type { UploadedFile } from './uploaded-files.ts';
import type { Uploads } from './uploads.ts';

interface RunDependencies {
  database: DeskDatabase;
  store: ImportStore;
  uploads: Pick<Uploads, 'open' | 'remove'>;
  log: ErrorLog;
  now: () => number;
  /** Milliseconds of a clock that only measures. */
  elapsed: () => number;
  newId: () => string;
  piecesOf: (
    file: UploadedFile,
    stored: StoredImport,
  ) => Iterable<ReadPiece> | AsyncIterable<ReadPiece>;
  /** `bookEnd`: customers behind this row came with the import. */
  importerFor: (stored: StoredImport, bookEnd: number) => RowImporter;
  refreshSummary: (customerId: string) => void;
  /** Something of the import is to be shown anew; `book` when the book changed. */
  changed: (importId: string, book: boolean) => void;
  writeBack: WriteBack;
  pace: Pace;
  enterTerms?: EnterTerms;
}

/**
 * Asked for within the transaction that makes customers; what it answers is told their terms afterwards, in
 * rising order of rows.
 */
export type EnterTerms = () => (made: Iterable<{ row: number; terms: string }>) => void;

/** As much of core's log as a thread has, too. */
export type ErrorLog = Pick<CoreLog, 'error'>;

/** What a batch has made, for what follows from it. */
interface Made {
  /** Customers who got contacts. */
  affected: Set<string>;
  /** By the customers' ids, in the order in which they were made. */
  terms: Map<string, { row: number; terms: string }>;
}

const FIRST_ROWS = 100;
const MOST_ROWS = 10_000;
const GROWTH = 2;
const TOLD_EVERY_MS = 250;
/** Where so many rows are refused, and nearly all, the file is not what it was taken for. */
const HOPELESS_ROWS = 20_000;
const HOPELESS_SHARE = 0.9;

/** Answers whether it came to its end, was stopped, or was cancelled; false while `stopped()`. */
export function importRun(dependencies: RunDependencies) {
  const { database, store, uploads, log, now, elapsed, newId, pace } = dependencies;
  const maxRow = database.query<{ row: number | null }>('SELECT max(row) AS row FROM customers');
  const lastRow = () => maxRow.get()?.row ?? 0;

  return async function run(
    stored: StoredImport,
    ends: () => 'cancelled' | 'stopped' | null,
  ): Promise<void> {
    const { id, dryRun } = stored;
    let counts = stored.counts;
    let position = store.nextPosition(id);
    let toldAt = 0;
    const paced = pacedRows({ first: FIRST_ROWS, most: MOST_ROWS, pace, growth: GROWTH, elapsed });

    function note(result: RowResult, row: ReadRow, next: Counts, made: Made): void {
      next.rows += 1;
      const { line } = row;
      switch (result.kind) {
        case 'created':
          next.created += 1;
          if (dryRun || result.customerId === null) break;
          if (row.kind === 'contact') made.affected.add(result.customerId);
          if (row.kind === 'customer' && row.terms !== null && result.row !== null)
            made.terms.set(result.customerId, { row: result.row, terms: row.terms });
          break;
        case 'updated':
          next.updated += 1;
          if (dryRun || result.customerId === null) break;
          store.addUpdate(id, position, result.customerId);
          // Whom this batch has made and changed again is read once more for the search.
          made.terms.delete(result.customerId);
          break;
        case 'skipped':
          add(next.skipped, result.reason);
          store.addSkip(id, {
            number: next.rows,
            line,
            reason: result.reason,
            customer_id: result.customerId,
          });
          break;
        case 'rejected':
          add(next.rejected, result.reason);
          store.addReject(id, {
            number: next.rows,
            line,
            reason: result.reason,
            field: result.field,
            cells: 'cells' in row ? row.cells : [],
          });
          break;
      }
    }

    /** Answers where the next batch begins, and what is done behind this one. */
    function batch(
      importRow: RowImporter,
      rows: readonly ReadRow[],
      from: number,
      most: number,
      progress: number,
      committing: () => void,
    ): { at: number; follow: () => void } {
      const next: Counts = {
        ...counts,
        skipped: { ...counts.skipped },
        rejected: { ...counts.rejected },
      };
      const began = elapsed();
      const made: Made = { affected: new Set(), terms: new Map() };
      let enterTerms: ReturnType<EnterTerms> | undefined;
      const changesTheBook = () =>
        !dryRun && next.created + next.updated > counts.created + counts.updated;
      let at = from;
      // Its end is on disk for good: until then a power cut leaves it with fewer whole batches.
      const committed = unlessGivenUp(database, (giveUp) => {
        const firstId = newId();
        const firstRow = lastRow();
        enterTerms = dependencies.enterTerms?.();
        while (
          at < rows.length &&
          at - from < most &&
          (at - from < LEAST_ROWS || (elapsed() - began < pace.rowsMs && !pace.givesWay()))
        ) {
          const row = rows[at];
          at += 1;
          if (row) note(importRow(row), row, next, made);
        }
        // A dry run remembers what it has met, and writes hardly anything.
        const long = at - from > LEAST_ROWS && elapsed() - began > pace.keptMs;
        if (long && !dryRun && pace.givesWay()) giveUp();
        for (const customerId of made.affected) dependencies.refreshSummary(customerId);
        if (changesTheBook()) {
          store.addBatch(id, {
            ...{ position, first_row: firstRow, last_row: lastRow() },
            ...{ first_id: firstId, last_id: newId() },
          });
        }
        store.count(id, next, progress);
        committing();
      });
      if (!committed) return { at: from, follow: () => undefined };
      if (changesTheBook()) position += 1;
      counts = next;
      return { at, follow: () => enterTerms?.(made.terms.values()) };
    }

    function tell(book: boolean): void {
      if (elapsed() - toldAt < TOLD_EVERY_MS) return;
      toldAt = elapsed();
      dependencies.changed(id, book);
    }

    async function readAll(
      breathe: () => Promise<void>,
    ): Promise<'done' | 'cancelled' | 'stopped' | 'hopeless'> {
      const file = uploads.open(stored.fileId ?? '');
      const importRow = dependencies.importerFor(
        stored,
        store.firstBatch(id)?.first_row ?? lastRow(),
      );
      let behind = counts.rows;
      for await (const piece of dependencies.piecesOf(file, stored)) {
        const passed = Math.min(behind, piece.rows.length);
        behind -= passed;
        const progress = Math.min(1, piece.bytes / Math.max(1, file.bytes));
        for (let at = passed; at < piece.rows.length; ) {
          const end = ends();
          if (end) return end;
          const from = at;
          const done = paced.step((most, committing) =>
            batch(importRow, piece.rows, from, most, progress, committing),
          );
          at = done.at;
          done.follow();
          const rejected = sumOf(counts.rejected);
          if (rejected >= HOPELESS_ROWS && rejected > counts.rows * HOPELESS_SHARE)
            return 'hopeless';
          tell(false);
          await breathe();
          await nextTurn();
        }
        const end = ends();
        if (end) return end;
        await nextTurn();
      }
      return 'done';
    }

    function finish(
      state: 'done' | 'cancelled' | 'failed',
      problem: StoredImport['problem'],
    ): void {
      database.transaction(() => {
        if (state === 'done') store.count(id, counts, 1);
        store.enter(id, state, now(), problem);
        // A dry run's file waits for the import, one that storage stopped for another try.
        if (dryRun || problem === 'storage' || stored.fileId === null) return;
        store.letFileGo(id);
      });
      if (!dryRun && problem !== 'storage' && stored.fileId !== null) uploads.remove(stored.fileId);
    }

    try {
      const end = await dependencies.writeBack.during(readAll);
      // What is stopped with core is found as running at the next start.
      if (end === 'stopped') return;
      if (end === 'hopeless') finish('failed', 'nothingFits');
      else finish(end, null);
    } catch (error) {
      const storage = storageReasonOf(error) !== null;
      const gone = error instanceof Refusal;
      log.error(
        { importId: id, problem: error instanceof Error ? error.name : 'unknown' },
        'import failed',
      );
      try {
        finish('failed', storage ? 'storage' : gone ? 'fileGone' : 'failed');
      } catch {
        // Nothing can be written: the next start finds it as running.
      }
    }
    dependencies.changed(id, !dryRun);
  };
}

function add<Key extends RejectReason | SkipReason>(
  to: Partial<Record<Key, number>>,
  key: Key,
): void {
  const counts: Partial<Record<RejectReason | SkipReason, number>> = to;
  counts[key] = (counts[key] ?? 0) + 1;
}

export function sumOf(counts: Partial<Record<string, number>>): number {
  return Object.values(counts).reduce<number>((sum, count) => sum + (count ?? 0), 0);
}
