// One row after the other: whether the book has what it says, and what becomes of it.
import type {
  ImportPolicy,
  RejectReason,
  SkipReason,
} from '../../../preload/contract/exchange-words.ts';
import { type NumberKey, recallNumberKey } from '../phone-numbers/number-key.ts';
import type { ContactDraft } from './contact-from-row.ts';
import type { contactWriter } from './contact-writer.ts';
import type { CustomerDraft } from './customer-from-row.ts';
import type { customerWriter } from './customer-writer.ts';
import { createKeySet } from './key-set.ts';
import type { KnownCustomers } from './known-customers.ts';
import type { ReadRow } from './row-reader.ts';

export type RowResult = { draft: CustomerDraft | ContactDraft | null } & (
  | {
      kind: 'created';
      customerId: string | null;
      /** Where a new customer stands in the book. */
      row: number | null;
    }
  | { kind: 'updated'; customerId: string | null }
  | { kind: 'skipped'; reason: SkipReason; customerId: string | null }
  | { kind: 'rejected'; reason: RejectReason; field: string | null }
);

interface ImporterDependencies {
  known: KnownCustomers;
  customers: ReturnType<typeof customerWriter>;
  contacts: ReturnType<typeof contactWriter>;
  /** Country that national numbers belong to. */
  home: string;
  policy: ImportPolicy;
  /** Decides, and writes nothing. */
  dryRun: boolean;
  /** Customers behind this row of the book came with this import. */
  bookEnd: number;
}

export type RowImporter = (row: ReadRow) => RowResult;

/** Within the transaction of a batch, unless it is a dry run. */
export function rowImporter(dependencies: ImporterDependencies): RowImporter {
  const { known, customers, contacts, home, policy, dryRun, bookEnd } = dependencies;
  const seen = createKeySet();

  function takeCustomer(draft: CustomerDraft, sortName: string): RowResult {
    const met = dryRun && known.metBefore(seen, draft);
    const found = known.find(draft);
    if (!found) {
      // What a later row of the file would change in an earlier one only the import itself can tell.
      if (met && policy === 'skip')
        return { draft, kind: 'skipped', reason: 'sameInFile', customerId: null };
      if (met) return { draft, kind: 'updated', customerId: null };
      const made = dryRun ? { customerId: null, row: null } : customers.create(draft, sortName);
      return { draft, kind: 'created', ...made };
    }
    const { customerId } = found;
    const reason = found.row > bookEnd ? 'sameInFile' : found.reason;
    if (policy === 'skip') return { draft, kind: 'skipped', reason, customerId };
    const changes = customers.changes(customerId, draft, policy);
    if (!changes) return { draft, kind: 'skipped', reason: 'unchanged', customerId };
    if (!dryRun) customers.update(customerId, draft, changes);
    return { draft, kind: 'updated', customerId };
  }

  function takeContact(draft: ContactDraft): RowResult {
    const [customerId, another] = known.candidates(draft.customer);
    const field = draft.customer.externalId === null ? 'number' : 'externalId';
    if (customerId === undefined)
      return { draft, kind: 'rejected', reason: 'customerUnknown', field };
    if (another !== undefined)
      return { draft, kind: 'rejected', reason: 'customerAmbiguous', field };
    const key = contacts.keyOf(customerId, draft);
    if (contacts.isKnown(customerId, draft) || (dryRun && seen.has(key))) {
      return { draft, kind: 'skipped', reason: 'sameContact', customerId };
    }
    if (dryRun) seen.add(key);
    else contacts.create(customerId, draft);
    return { draft, kind: 'created', customerId, row: null };
  }

  /** Whoever read the row has taken its numbers apart. */
  function recall(numbers: readonly string[], keys: readonly NumberKey[]): void {
    for (const [at, key] of keys.entries()) recallNumberKey(numbers[at] ?? '', home, key);
  }

  return (row) => {
    switch (row.kind) {
      case 'rejected':
        return { draft: null, kind: 'rejected', reason: row.reason, field: row.field };
      case 'empty':
        return { draft: null, kind: 'skipped', reason: 'empty', customerId: null };
      case 'contact':
        recall(row.draft.customer.numbers, row.keys);
        return takeContact(row.draft);
      case 'customer':
        recall(row.draft.numbers, row.keys);
        return takeCustomer(row.draft, row.sortName);
    }
  };
}
