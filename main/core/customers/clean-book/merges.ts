import type {
  MergedRecord,
  MergeEntry,
  MergeSide,
  UndoneMerge,
} from '../../../../preload/contract/clean-book.ts';
import type { CoreEvent } from '../../../../preload/contract/contract.ts';
import type { CustomValues } from '../../../../preload/contract/customers.ts';
import type { SubjectHandlers } from '../../connection/handlers.ts';
import { cursorFrom, positionFrom } from '../../contacts/keyset-cursor.ts';
import type { DeskDatabase } from '../../database/desk-database.ts';
import { Refusal, badInput } from '../../refusal.ts';
import { noWriteBack, type WriteBack } from '../../database/write-back.ts';
import type { CustomerStore } from '../customer-store.ts';
import type { Duplicates } from './duplicates.ts';
import { longMoves } from './long-moves.ts';
import { type MergeRow, type Undo, createMergeStore } from './merge-store.ts';
import { rowImages } from './row-images.ts';

interface MergesDependencies {
  database: DeskDatabase;
  store: CustomerStore;
  duplicates: Pick<Duplicates, 'reasonsOf' | 'touched'>;
  refreshSummary: (customerId: string) => void;
  forgetCount: () => void;
  now: () => number;
  newId: () => string;
  agentId: () => string;
  publish: (event: CoreEvent) => void;
  /** Part of the transaction: other programs are told; `into` is where one that was merged is now. */
  recordChanged?: (
    customerId: string,
    change: 'created' | 'updated' | 'merged',
    into?: string,
  ) => void;
  writeBack?: WriteBack;
}

type MergeInput = Parameters<SubjectHandlers<'merges'>['merge']>[0];

/** Two records become one, and two again. */
export function createMerges(dependencies: MergesDependencies) {
  const { database, store, duplicates, forgetCount, publish } = dependencies;
  const { recordChanged = () => undefined, writeBack = noWriteBack } = dependencies;
  const images = rowImages(database);
  const merges = createMergeStore({ ...dependencies, images });
  const long = longMoves({ database, images, writeBack });
  const organisationName = database.query<{ name: string }>(
    'SELECT name FROM organisations WHERE id = ?',
  );
  const householdName = database.query<{ name: string }>(
    'SELECT name FROM households WHERE id = ?',
  );
  const summary = database.query<{ contact_count: number; last_contact_at: number | null }>(
    'SELECT contact_count, last_contact_at FROM customer_summary WHERE customer_id = ?',
  );
  const openPromises = database.query<{ n: number }>(
    "SELECT count(*) AS n FROM promises WHERE customer_id = ? AND state = 'open'",
  );

  function sideOf(customerId: string): MergeSide {
    const customer = store.find(customerId);
    const { organisationId, householdId } = customer;
    const counted = summary.get(customerId);
    return {
      customer,
      organisationName: organisationId
        ? (organisationName.get(organisationId)?.name ?? null)
        : null,
      householdName: householdId ? (householdName.get(householdId)?.name ?? null) : null,
      contacts: counted?.contact_count ?? 0,
      openPromises: openPromises.get(customerId)?.n ?? 0,
      lastContactAt: counted?.last_contact_at ?? null,
    };
  }

  /** What neither of the two records holds must be enterable by hand. */
  function requireFitting(record: MergedRecord, survivorId: string, loserId: string): void {
    const sides = [store.find(survivorId), store.find(loserId)];
    const own = Object.entries(record.custom).filter(
      ([key, value]) => value !== null && !sides.some(({ custom }) => custom[key] === value),
    );
    store.requireCustom(Object.fromEntries(own) as CustomValues, ['record', 'custom']);
    for (const field of ['organisationId', 'householdId'] as const) {
      const value = record[field];
      if (value !== null && !sides.some((side) => side[field] === value)) {
        throw badInput(['record', field], 'neitherOfBoth');
      }
    }
  }

  function entryFrom(row: Omit<MergeRow, 'undo_json'>): MergeEntry {
    const later =
      row.customer_id === row.survivor_id ? undefined : merges.holderOf(row.survivor_id);
    return {
      id: row.id,
      at: row.at,
      agentName: row.agent_name,
      survivorId: row.survivor_id,
      survivorName: row.survivor_name,
      loserName: row.loser_name,
      undoneAt: row.undone_at,
      laterMergeId: later?.id ?? null,
    };
  }

  function published(): void {
    forgetCount();
    publish({ type: 'customers.changed', customerId: null });
    publish({ type: 'waiting.changed' });
    publish({ type: 'wrapUps.changed' });
    publish({ type: 'duplicates.changed' });
  }

  /** `moved`: what went before, in steps. */
  function mergeAtOnce({ survivorId, loserId, record }: MergeInput, moved?: readonly string[]) {
    const mergeId = database.transaction(() => {
      requireFitting(record, survivorId, loserId);
      const made = merges.merge(survivorId, loserId, record, moved);
      recordChanged(loserId, 'merged', survivorId);
      recordChanged(survivorId, 'updated');
      if (moved) long.end();
      return made;
    });
    publish({ type: 'customers.merged', from: loserId, into: survivorId });
    published();
    duplicates.touched(survivorId);
    return { mergeId, customer: store.find(survivorId) };
  }

  /** The many rows first: what takes the record away comes last, in one transaction. */
  function mergeInSteps(input: MergeInput) {
    const { survivorId: to, loserId: from, record } = input;
    return long.run([to, from], async (breathe) => {
      putRight();
      requireFitting(record, to, from);
      database.transaction(() => long.begin({ kind: 'merge', from, to }));
      try {
        await long.give(from, to, breathe);
        const merged = mergeAtOnce(input, long.moved());
        await long.forget(breathe).catch(() => undefined);
        return merged;
      } catch (error) {
        await long.giveBack(from, to, breathe);
        database.transaction(long.end);
        throw error;
      }
    });
  }

  function undoable(mergeId: string): MergeRow {
    const found = merges.one(mergeId);
    if (!found) throw new Refusal('NOT_FOUND', { what: 'merge', id: mergeId });
    if (found.undone_at !== null) throw new Refusal('MERGE_REFUSED', { reason: 'undoneAlready' });
    if (found.customer_id !== found.survivor_id)
      throw new Refusal('MERGE_REFUSED', { reason: 'laterMerge' });
    return found;
  }

  /** `rest`: what is left of one that was begun in steps. */
  function undoAtOnce(merged: MergeRow, rest?: Undo): UndoneMerge {
    const { stayed, kept } = database.transaction(() => {
      const undone = merges.undo(merged, rest);
      recordChanged(merged.loser_id, 'created');
      recordChanged(merged.survivor_id, 'updated');
      if (rest) long.end();
      return undone;
    });
    published();
    for (const id of [merged.survivor_id, merged.loser_id]) duplicates.touched(id);
    return {
      survivor: store.find(merged.survivor_id),
      loser: store.find(merged.loser_id),
      stayed,
      keptFields: kept,
    };
  }

  /** The record first, which its rows hang on; its fields and numbers come with the last step. */
  function undoInSteps({ id: mergeId, survivor_id: from, loser_id: to }: MergeRow) {
    return long.run([from, to], async (breathe) => {
      putRight();
      const merged = undoable(mergeId);
      const stored = merges.storedUndo(merged);
      database.transaction(() => {
        long.begin({ kind: 'undo', mergeId });
        merges.bringBack(stored);
      });
      await long.restore(stored.moves, from, to, breathe);
      return undoAtOnce(merged, { ...stored, moves: [] });
    });
  }

  /** What was cut off by the end of the process, or by a full disk. */
  function putRight(): void {
    const cutOff = long.underway();
    if (!cutOff) {
      database.transaction(long.forgetAll);
      return;
    }
    const merged = cutOff.kind === 'undo' ? merges.one(cutOff.mergeId) : undefined;
    if (merged?.undone_at === null) {
      undoAtOnce(merged, merges.storedUndo(merged));
      return;
    }
    database.transaction(() => {
      if (cutOff.kind === 'merge') long.giveAllBack(cutOff.from, cutOff.to);
      long.end();
    });
  }

  const handlers: SubjectHandlers<'merges'> = {
    compare: ({ oneId, otherId }) => ({
      one: sideOf(oneId),
      other: sideOf(otherId),
      reasons: duplicates.reasonsOf(oneId, otherId),
    }),
    merge(input) {
      if (input.survivorId === input.loserId)
        throw new Refusal('MERGE_REFUSED', { reason: 'sameRecord' });
      return long.isLong(input.loserId) ? mergeInSteps(input) : mergeAtOnce(input);
    },
    list({ cursor, limit }) {
      const position = cursor ? positionFrom('merges', 'number', cursor) : null;
      const from = Number(position?.key ?? Number.MAX_SAFE_INTEGER);
      const rows = merges.page(from, position?.row ?? 0, limit + 1);
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      const more = rows.length > limit && last;
      return {
        merges: shown.map(entryFrom),
        next: more ? cursorFrom('merges', { key: last.at, row: last.row }) : null,
      };
    },
    undo({ mergeId }) {
      const found = undoable(mergeId);
      return long.isLong(found.survivor_id) ? undoInSteps(found) : undoAtOnce(found);
    },
  };

  return {
    handlers,
    putRight,
    settled: long.settled,
    stop: long.stop,
    /** Where a record is now: what was merged away is with its survivor. */
    current: (customerId: string): string =>
      store.exists(customerId)
        ? customerId
        : (merges.holderOf(customerId)?.customer_id ?? customerId),
  };
}
