// Takes an import back, the newest batch first: contacts and customers that it created go unless
// somebody has worked with them since, what it changed is set back where it was not changed again.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Customer, CustomerChanges } from '../../../preload/contract/customers.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import { LEAST_ROWS, type Pace, pacedRows } from '../database/paced-rows.ts';
import type { WriteBack } from '../database/write-back.ts';
import type { CustomersInBulk } from './customer-writer.ts';
import type { ErrorLog } from './import-run.ts';
import type { BatchRow, ImportStore, StoredImport, Undone } from './import-store.ts';

interface UndoDependencies {
  database: DeskDatabase;
  store: ImportStore;
  customers: CustomersInBulk;
  log: ErrorLog;
  now: () => number;
  elapsed: () => number;
  changed: (importId: string, book: boolean) => void;
  writeBack: WriteBack;
  pace: Pace;
}

interface ChangeRow {
  field: string;
  before_json: string;
  after_json: string;
}

const FIRST_ROWS = 100;
const MOST_ROWS = 5_000;
const TOLD_EVERY_MS = 250;
/** Where so many went, and so large a part of the book, the search index is written anew. */
const MANY = 1_000;
const PURGE_SHARE = 0.1;
const MOST_EXAMPLES = 50;

/** Tables in which work with a customer shows. What is derived, or only says that a cue was seen, is none. */
const WORK = [
  'contacts',
  'calls',
  'matters',
  'feelings',
  'promises',
  'questions',
  'deals',
  'cue_verdicts',
  'number_choices',
  'work_items',
  'objections',
  'consent_proofs',
  'customer_merges',
] as const;

/** What one step may take. */
interface Room {
  left: number;
  /** Takes the place of one row; false when the time is over. */
  take: () => boolean;
}

/** How far undoing has come within a batch: behind this contact; null when its contacts are done. */
interface Place {
  position: number;
  contact: string | null;
}

export function importUndo(dependencies: UndoDependencies) {
  const { database, store, customers, log, now, elapsed, pace } = dependencies;
  const contactsBetween = database.query<{ id: string; customer_id: string | null }>(
    `SELECT id, customer_id FROM contacts WHERE id > ? AND id < ? AND origin = 'imported' LIMIT ?`,
  );
  const contactInUse = database.query(
    `SELECT 1 FROM contacts c WHERE c.id = $id AND (c.matter_id IS NOT NULL OR c.call_id IS NOT NULL
       OR EXISTS (SELECT 1 FROM promises WHERE contact_id = $id) OR EXISTS (SELECT 1 FROM questions WHERE contact_id = $id)
       OR EXISTS (SELECT 1 FROM deals WHERE contact_id = $id)
       OR EXISTS (SELECT 1 FROM feelings WHERE contact_id = $id AND (origin <> 'imported' OR disputed_at IS NOT NULL)))`,
  );
  const deleteContact = database.query('DELETE FROM contacts WHERE id = ?');
  const customersBetween = database.query<{ row: number; id: string; name: string }>(
    `SELECT row, id, name FROM customers WHERE row > ? AND row <= ? AND origin = 'imported'
     ORDER BY row LIMIT ?`,
  );
  const changesOf = database.query<ChangeRow>(
    `SELECT field, before_json, after_json FROM customer_changes
     WHERE customer_id = ? AND source = 'import' AND change_id > ? AND change_id < ? ORDER BY row DESC`,
  );
  const editedSince = database.query(
    `SELECT 1 FROM customer_changes WHERE customer_id = $id AND source <> 'import'
     UNION ALL SELECT 1 FROM import_updates WHERE customer_id = $id AND import_id <> $importId
     UNION ALL SELECT 1 FROM customer_numbers WHERE customer_id = $id AND confirmed_at IS NOT NULL LIMIT 1`,
  );
  const workedWith = WORK.map((table) =>
    database.query(`SELECT 1 FROM ${table} WHERE customer_id = ? LIMIT 1`),
  );

  // About as many as there are: counting them would take its time.
  const bookSize = database.query<{ n: number | null }>('SELECT max(row) AS n FROM customers');

  return async function undo(stored: StoredImport, stopped: () => boolean): Promise<void> {
    const { id } = stored;
    let undone: Undone = stored.undone ?? { removed: 0, setBack: 0, kept: 0, keptExamples: [] };
    let toldAt = 0;
    const paced = pacedRows({ first: FIRST_ROWS, most: MOST_ROWS, pace, elapsed });

    function keep(
      next: Undone,
      customerId: string,
      name: string,
      reason: 'usedSince' | 'changedSince',
    ): void {
      next.kept += 1;
      if (next.keptExamples.length < MOST_EXAMPLES)
        next.keptExamples.push({ customerId, name, reason });
    }

    function removeContacts(
      batch: BatchRow,
      room: Room,
      after: string,
      next: Undone,
    ): string | null {
      const touched = new Set<string>();
      let last = after;
      const asked = room.left;
      const found = contactsBetween.all(after, batch.last_id, asked);
      for (const contact of found) {
        if (!room.take()) break;
        last = contact.id;
        const { customer_id: customerId } = contact;
        if (contactInUse.get({ id: contact.id })) {
          if (customerId !== null)
            keep(next, customerId, customers.find(customerId).name, 'usedSince');
          continue;
        }
        deleteContact.run(contact.id);
        next.removed += stored.reading.kind === 'customers' ? 0 : 1;
        if (customerId !== null) touched.add(customerId);
      }
      for (const customerId of touched) customers.refreshSummary(customerId);
      return found.length === 0 || (last === found.at(-1)?.id && found.length < asked)
        ? null
        : last;
    }

    /** Answers whether all are set back. */
    function setBack(batch: BatchRow, room: Room, next: Undone): boolean {
      const asked = room.left;
      const updated = store.updatesIn(id, batch.position, asked);
      for (const customerId of updated) {
        if (!room.take()) return false;
        store.removeUpdate(id, batch.position, customerId);
        const before = customers.find(customerId);
        const made = changesOf.all(customerId, batch.first_id, batch.last_id);
        const { changes, left } = reversed(before, made);
        if (Object.keys(changes).length > 0) {
          customers.update(customerId, changes, 'import');
          next.setBack += 1;
        }
        if (left) keep(next, customerId, before.name, 'changedSince');
      }
      return updated.length < asked;
    }

    function removeCustomers(batch: BatchRow, room: Room, next: Undone): void {
      let { first_row: behind } = batch;
      const asked = room.left;
      const found = customersBetween.all(batch.first_row, batch.last_row, asked);
      let done = 0;
      for (const { row, id: customerId, name } of found) {
        if (!room.take()) break;
        done += 1;
        behind = row;
        const inUse =
          editedSince.get({ id: customerId, importId: id }) !== undefined ||
          workedWith.some((query) => query.get(customerId) !== undefined);
        if (inUse) {
          keep(next, customerId, name, 'usedSince');
          continue;
        }
        customers.remove(customerId);
        next.removed += 1;
      }
      const all = done === found.length && found.length < asked;
      store.shrinkBatch(id, batch.position, all ? batch.last_row : behind, all);
    }

    /** As much of one batch as there is room for. */
    function stepIn(batch: BatchRow, place: Place, room: Room, next: Undone): void {
      if (batch.position !== place.position) {
        place.position = batch.position;
        place.contact = batch.first_id;
      }
      if (place.contact !== null) place.contact = removeContacts(batch, room, place.contact, next);
      if (place.contact === null && setBack(batch, room, next)) removeCustomers(batch, room, next);
    }

    /** One transaction, over as many batches as there is room for; answers whether anything is left. */
    function step(place: Place, rows: number): boolean {
      const began = elapsed();
      const next: Undone = { ...undone, keptExamples: [...undone.keptExamples] };
      const reached = { ...place };
      const room = {
        left: rows,
        take() {
          const long = elapsed() - began >= pace.rowsMs || pace.givesWay();
          const over = long && rows - room.left >= LEAST_ROWS;
          room.left = over ? 0 : room.left - 1;
          return !over;
        },
      };
      const any = database.bulkTransaction(() => {
        let batch = store.batchToUndo(id);
        if (!batch) return false;
        customers.removingMany(() => {
          while (batch && room.left > 0) {
            stepIn(batch, reached, room, next);
            batch = store.batchToUndo(id);
          }
        });
        const { n, left } = store.batchCount(id);
        store.setUndone(id, next, n === 0 ? 1 : 1 - left / n);
        return true;
      });
      Object.assign(place, reached);
      undone = next;
      return any;
    }

    /** Answers whether it came to its end. */
    async function stepByStep(breathe: () => Promise<void>): Promise<boolean> {
      const place: Place = { position: -1, contact: null };
      while (paced.step((rows) => step(place, rows))) {
        if (stopped()) return false;
        if (elapsed() - toldAt > TOLD_EVERY_MS) {
          toldAt = elapsed();
          dependencies.changed(id, false);
        }
        await breathe();
        await nextTurn();
      }
      const left = bookSize.get()?.n ?? 0;
      if (undone.removed > MANY && undone.removed > left * PURGE_SHARE)
        await customers.purgeSearch();
      return true;
    }

    try {
      if (!(await dependencies.writeBack.during(stepByStep))) return;
      database.transaction(() => {
        store.setUndone(id, undone, 1);
        store.enter(id, 'undone', now());
      });
    } catch (error) {
      log.error(
        { importId: id, problem: error instanceof Error ? error.name : 'unknown' },
        'undo failed',
      );
      database.transaction(() => store.enter(id, 'undoInterrupted', now()));
    }
    dependencies.changed(id, true);
  };
}

type Plain = Omit<Customer, 'numbers'> & { numbers: string[] };

/** What sets the fields back that are still as the import left them; `left` when some are not. */
function reversed(
  now: Customer,
  made: readonly ChangeRow[],
): { changes: CustomerChanges; left: boolean } {
  const plain: Plain = { ...now, numbers: now.numbers.map(({ raw }) => raw) };
  const changes: Record<string, unknown> = {};
  const custom: Record<string, unknown> = {};
  let left = false;
  for (const { field, before_json, after_json } of made) {
    const key = field.startsWith('custom.') ? field.slice('custom.'.length) : null;
    const is =
      key === null ? plain[field as keyof Plain] : (custom[key] ?? now.custom[key] ?? null);
    const current = key === null && field in changes ? changes[field] : is;
    if (JSON.stringify(current ?? null) !== after_json) left = true;
    else if (key === null) changes[field] = JSON.parse(before_json);
    else custom[key] = JSON.parse(before_json);
  }
  if (Object.keys(custom).length > 0) changes['custom'] = custom;
  return { changes, left };
}
