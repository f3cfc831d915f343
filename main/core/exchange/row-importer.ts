// One row after the other: what it says, whether the book has it, and what becomes of it.
import type {
  ImportPolicy,
  RejectReason,
  SkipReason,
} from '../../../preload/contract/exchange-words.ts';
import { contactFromRow, type ContactDraft } from './contact-from-row.ts';
import type { contactWriter } from './contact-writer.ts';
import { customerFromRow, type CustomerDraft, type ReadingContext } from './customer-from-row.ts';
import type { customerWriter } from './customer-writer.ts';
import type { FileRecord } from './file-records.ts';
import type { Reading } from './import-store.ts';
import { createKeySet } from './key-set.ts';
import type { KnownCustomers } from './known-customers.ts';
import { Rejection, rowValues } from './row-values.ts';

export type RowResult = { draft: CustomerDraft | ContactDraft | null } & (
  | { kind: 'created' | 'updated'; customerId: string | null }
  | { kind: 'skipped'; reason: SkipReason; customerId: string | null }
  | { kind: 'rejected'; reason: RejectReason; field: string | null }
);

interface ImporterDependencies {
  known: KnownCustomers;
  customers: ReturnType<typeof customerWriter>;
  contacts: ReturnType<typeof contactWriter>;
  reading: Reading;
  context: ReadingContext;
  policy: ImportPolicy;
  /** Decides, and writes nothing. */
  dryRun: boolean;
  /** Customers behind this row of the book came with this import. */
  bookEnd: number;
}

export type RowImporter = (record: FileRecord) => RowResult;

/** Within the transaction of a batch, unless it is a dry run. */
export function rowImporter(dependencies: ImporterDependencies): RowImporter {
  const { known, customers, contacts, reading, context, policy, dryRun, bookEnd } = dependencies;
  const valuesOf = rowValues(reading.mapping, reading.format);
  const width = reading.mapping.length;
  const seen = createKeySet();

  function takeCustomer(draft: CustomerDraft): RowResult {
    const met = dryRun && known.metBefore(seen, draft);
    const found = known.find(draft);
    if (!found) {
      // What a later row of the file would change in an earlier one only the import itself can tell.
      if (met && policy === 'skip')
        return { draft, kind: 'skipped', reason: 'sameInFile', customerId: null };
      if (met) return { draft, kind: 'updated', customerId: null };
      return { draft, kind: 'created', customerId: dryRun ? null : customers.create(draft) };
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
    return { draft, kind: 'created', customerId };
  }

  return (record) => {
    const { cells, fault, open } = record;
    if (fault !== null) return { draft: null, kind: 'rejected', reason: fault, field: null };
    if (cells.every((cell) => cell.trim() === '')) {
      return { draft: null, kind: 'skipped', reason: 'empty', customerId: null };
    }
    if (open && cells.length < width)
      return { draft: null, kind: 'rejected', reason: 'cutOff', field: null };
    if (cells.length > width && cells.slice(width).some((cell) => cell.trim() !== '')) {
      return { draft: null, kind: 'rejected', reason: 'tooManyCells', field: null };
    }
    try {
      const values = valuesOf(cells);
      if (reading.kind !== 'customers')
        return takeContact(contactFromRow(values, reading.kind, context));
      const draft = customerFromRow(values, context);
      return takeCustomer({ ...draft, custom: { ...draft.custom, ...record.own } });
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      return { draft: null, kind: 'rejected', reason: error.reason, field: error.field };
    }
  };
}
