// Writes one customer of a file into the book, within the transaction of its batch.
import type {
  Customer,
  CustomerChanges,
  CustomerInput,
} from '../../../preload/contract/customers.ts';
import type { ImportPolicy } from '../../../preload/contract/exchange-words.ts';
import type { ChangeSource, Origin } from '../../../preload/contract/vocabulary.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import type { CustomerDraft } from './customer-from-row.ts';

/** What the subject of customers offers for bulk work. */
export interface CustomersInBulk {
  /** Answers the row in `customers`. */
  insert(
    customer: CustomerInput & {
      id: string;
      agentId: string;
      createdAt: number;
      customerSince: number | null;
      origin: Origin;
      sortName?: string;
    },
  ): number;
  find(customerId: string): Customer;
  exists(customerId: string): boolean;
  update(customerId: string, changes: CustomerChanges, source?: ChangeSource): Customer;
  remove(customerId: string): void;
  /** Around many of them, within a transaction. */
  removingMany<Result>(work: () => Result): Result;
  /** After many were removed: no search passes over what they left in its index. In steps. */
  purgeSearch(): Promise<void>;
  refreshSummary(customerId: string): void;
  forgetCount(): void;
}

interface WriterDependencies {
  database: DeskDatabase;
  customers: CustomersInBulk;
  agentId: string;
  now: () => number;
  newId: () => string;
  zone: () => string;
}

export function customerWriter(dependencies: WriterDependencies) {
  const { database, customers, agentId, now, newId, zone } = dependencies;
  const insertNote = database.query(
    `INSERT INTO contacts (id, customer_id, kind, at, zone, note, agent_id, origin)
     VALUES (?, ?, 'note', ?, ?, ?, ?, 'imported')`,
  );
  const hasNote = database.query(
    "SELECT 1 FROM contacts WHERE customer_id = ? AND kind = 'note' AND note = ? LIMIT 1",
  );

  function addNote(customerId: string, note: string): void {
    insertNote.run(newId(), customerId, now(), zone(), note, agentId);
    customers.refreshSummary(customerId);
  }

  function wantsNote(customerId: string, note: string | null): note is string {
    return note !== null && hasNote.get(customerId, note) === undefined;
  }

  return {
    create(
      { note, ...draft }: CustomerDraft,
      sortName: string,
    ): { customerId: string; row: number } {
      const customerId = newId();
      const row = customers.insert({
        ...draft,
        ...{
          id: customerId,
          sortName,
          agentId,
          createdAt: now(),
          organisationId: null,
          householdId: null,
          origin: 'imported',
        },
      });
      if (note !== null) addNote(customerId, note);
      return { customerId, row };
    },

    /** Whether `update` would change anything. */
    changes(
      customerId: string,
      draft: CustomerDraft,
      policy: ImportPolicy,
    ): CustomerChanges | 'note' | null {
      const changes = changesFor(customers.find(customerId), draft, policy);
      if (changes) return changes;
      return wantsNote(customerId, draft.note) ? 'note' : null;
    },

    update(customerId: string, draft: CustomerDraft, changes: CustomerChanges | 'note'): void {
      if (changes !== 'note') customers.update(customerId, changes, 'import');
      if (wantsNote(customerId, draft.note)) addNote(customerId, draft.note);
    },
  };
}

type TextField =
  | 'company'
  | 'street'
  | 'postalCode'
  | 'city'
  | 'country'
  | 'preferredTime'
  | 'externalId';
const TEXT_FIELDS: readonly TextField[] = [
  'company',
  'street',
  'postalCode',
  'city',
  'country',
  'preferredTime',
  'externalId',
];
type ListField = 'emails' | 'numbers' | 'tags';
const MOST_OF: Readonly<Record<ListField, number>> = { emails: 20, numbers: 20, tags: 50 };

/**
 * What an existing record gets of a row: with `fill` what is empty, and lists grow; with `overwrite`
 * whatever the row says. Empty cells take nothing away. Null where nothing would change.
 */
export function changesFor(
  before: Customer,
  draft: CustomerDraft,
  policy: ImportPolicy,
): CustomerChanges | null {
  if (policy === 'skip') return null;
  const changes: CustomerChanges = {};
  if (policy === 'overwrite' && draft.name !== before.name) changes.name = draft.name;
  for (const field of TEXT_FIELDS) {
    const said = draft[field];
    const free = before[field] === null || before[field] === '';
    if (said !== null && said !== before[field] && (free || policy === 'overwrite'))
      changes[field] = said;
  }
  for (const field of ['emails', 'numbers', 'tags'] as const) {
    const had = field === 'numbers' ? before.numbers.map(({ raw }) => raw) : before[field];
    const list = policy === 'overwrite' ? draft[field] : joinedLists(before, draft, field);
    if (
      draft[field].length > 0 &&
      list.length <= MOST_OF[field] &&
      list.join('\n') !== had.join('\n')
    ) {
      changes[field] = list;
    }
  }
  const custom = Object.entries(draft.custom).filter(
    ([key, value]) =>
      before.custom[key] !== value && (policy === 'overwrite' || before.custom[key] == null),
  );
  if (custom.length > 0) changes.custom = Object.fromEntries(custom);
  return Object.keys(changes).length > 0 ? changes : null;
}

/** What was there, and behind it what is new; numbers are compared by their digits. */
function joinedLists(before: Customer, draft: CustomerDraft, field: ListField): string[] {
  if (field !== 'numbers') {
    const known = new Set(before[field].map((text) => text.toLowerCase()));
    return [...before[field], ...draft[field].filter((text) => !known.has(text.toLowerCase()))];
  }
  const digits = (text: string) => text.replace(/\D/g, '').replace(/^0+/, '');
  const same = (raw: string) =>
    before.numbers.some(
      (number) =>
        number.raw === raw ||
        digits(number.raw) === digits(raw) ||
        (number.e164 !== null &&
          digits(raw).length > 5 &&
          digits(number.e164).endsWith(digits(raw))),
    );
  return [...before.numbers.map(({ raw }) => raw), ...draft.numbers.filter((raw) => !same(raw))];
}
