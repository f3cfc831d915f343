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
import type { CustomerStore } from '../customer-store.ts';
import type { Duplicates } from './duplicates.ts';
import { type MergeRow, createMergeStore } from './merge-store.ts';

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
}

/** Two records become one, and two again. */
export function createMerges(dependencies: MergesDependencies) {
  const { database, store, duplicates, forgetCount, publish } = dependencies;
  const { recordChanged = () => undefined } = dependencies;
  const merges = createMergeStore(dependencies);
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

  const handlers: SubjectHandlers<'merges'> = {
    compare: ({ oneId, otherId }) => ({
      one: sideOf(oneId),
      other: sideOf(otherId),
      reasons: duplicates.reasonsOf(oneId, otherId),
    }),
    merge({ survivorId, loserId, record }) {
      if (survivorId === loserId) throw new Refusal('MERGE_REFUSED', { reason: 'sameRecord' });
      const mergeId = database.transaction(() => {
        requireFitting(record, survivorId, loserId);
        const made = merges.merge(survivorId, loserId, record);
        recordChanged(loserId, 'merged', survivorId);
        recordChanged(survivorId, 'updated');
        return made;
      });
      publish({ type: 'customers.merged', from: loserId, into: survivorId });
      published();
      duplicates.touched(survivorId);
      return { mergeId, customer: store.find(survivorId) };
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
    undo({ mergeId }): UndoneMerge {
      const { merged, stayed, kept } = database.transaction(() => {
        const found = merges.one(mergeId);
        if (!found) throw new Refusal('NOT_FOUND', { what: 'merge', id: mergeId });
        if (found.undone_at !== null) {
          throw new Refusal('MERGE_REFUSED', { reason: 'undoneAlready' });
        }
        if (found.customer_id !== found.survivor_id) {
          throw new Refusal('MERGE_REFUSED', { reason: 'laterMerge' });
        }
        const undone = merges.undo(found);
        recordChanged(found.loser_id, 'created');
        recordChanged(found.survivor_id, 'updated');
        return { merged: found, ...undone };
      });
      published();
      for (const id of [merged.survivor_id, merged.loser_id]) duplicates.touched(id);
      return {
        survivor: store.find(merged.survivor_id),
        loser: store.find(merged.loser_id),
        stayed,
        keptFields: kept,
      };
    },
  };

  return {
    handlers,
    /** Where a record is now: what was merged away is with its survivor. */
    current: (customerId: string): string =>
      store.exists(customerId)
        ? customerId
        : (merges.holderOf(customerId)?.customer_id ?? customerId),
  };
}
