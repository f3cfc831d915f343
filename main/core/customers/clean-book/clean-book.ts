// The clean book as core gets it: duplicates, merges, custom fields, tags, organisations, households,
// and the history of each record.
import type { CoreEvent } from '../../../../preload/contract/contract.ts';
import type { Handlers } from '../../connection/handlers.ts';
import type { DeskDatabase } from '../../database/desk-database.ts';
import type { WriteBack } from '../../database/write-back.ts';
import type { CustomerStore } from '../customer-store.ts';
import { createBulkEdit } from './bulk-edit.ts';
import { comparableRecords } from './comparable-records.ts';
import type { CustomFieldStore } from './custom-field-store.ts';
import { createCustomFields } from './custom-fields.ts';
import { createDuplicates } from './duplicates.ts';
import { createHouseholds } from './households.ts';
import { createMerges } from './merges.ts';
import { createOrganisations } from './organisations.ts';
import { createRecordHistory } from './record-history.ts';
import { createTags } from './tags.ts';

interface CleanBookDependencies {
  database: DeskDatabase;
  customers: {
    store: CustomerStore;
    fields: CustomFieldStore;
    refreshSummary: (customerId: string) => void;
    forgetCount: () => void;
  };
  country: () => string;
  now: () => number;
  newId: () => string;
  agentId: () => string;
  publish: (event: CoreEvent) => void;
  /** Part of the transaction of a merge or its undoing: other programs are told. */
  recordChanged?: (
    customerId: string,
    change: 'created' | 'updated' | 'merged',
    into?: string,
  ) => void;
  writeBack?: WriteBack;
}

export function createCleanBook(dependencies: CleanBookDependencies) {
  const { database, customers, country } = dependencies;
  const records = comparableRecords(database, country);
  const bulk = createBulkEdit(database, 'book');
  const common = { ...dependencies, ...customers, records, bulk };
  const duplicates = createDuplicates(common);
  const merges = createMerges({ ...common, duplicates });
  const tags = createTags(common);
  const handlers: Pick<
    Handlers,
    'duplicates' | 'merges' | 'fields' | 'tags' | 'organisations' | 'households' | 'record'
  > = {
    duplicates: duplicates.handlers,
    merges: merges.handlers,
    fields: createCustomFields(common).handlers,
    tags: tags.handlers,
    organisations: createOrganisations(common).handlers,
    households: createHouseholds({ ...common, duplicates }).handlers,
    record: createRecordHistory(common).handlers,
  };
  return {
    handlers,
    duplicates,
    tags,
    /** Where a record is now: one that was merged away is with its survivor. */
    currentCustomer: merges.current,
    /** At a start, before anybody looks: ends or takes back what the last end of the process cut off. */
    begin: merges.putRight,
    /** Resolves when no record that is named here is being merged; null when none is. */
    settled: merges.settled,
    /** Before the database closes. */
    async stop(): Promise<void> {
      await Promise.all([duplicates.stop(), bulk.stop(), merges.stop()]);
    },
  };
}
