// The work of an import and of its undoing, wherever it is done: in core between calls, or in a thread
// beside it.
import type { DeskDatabase } from '../database/desk-database.ts';
import type { Pace } from '../database/paced-rows.ts';
import type { WriteBack } from '../database/write-back.ts';
import { contactWriter } from './contact-writer.ts';
import type { OwnField } from './customer-from-row.ts';
import { type CustomersInBulk, customerWriter } from './customer-writer.ts';
import { type ErrorLog, importRun } from './import-run.ts';
import type { ImportStore, StoredImport } from './import-store.ts';
import { importUndo } from './import-undo.ts';
import { knownCustomers } from './known-customers.ts';
import { type RowImporter, rowImporter } from './row-importer.ts';
import type { Uploads } from './uploads.ts';

/** What of the settings decides how a file is understood. */
export interface ImportSettings {
  zone: string;
  country: string;
  currency: string;
}

export interface ImportWorkDependencies {
  database: DeskDatabase;
  store: ImportStore;
  uploads: Pick<Uploads, 'open' | 'remove'>;
  settings: () => ImportSettings;
  agentId: string;
  now: () => number;
  newId: () => string;
  /** Milliseconds of a clock that only measures. */
  elapsed: () => number;
  log: ErrorLog;
  customers: CustomersInBulk;
  changed: (importId: string, book: boolean) => void;
  writeBack: WriteBack;
  pace: Pace;
}

export type HowItEnds = 'cancelled' | 'stopped';
/** What becomes of an import. */
export type ImportTask = 'run' | 'undo';

export function importWork(dependencies: ImportWorkDependencies) {
  const { database, settings, customers } = dependencies;
  const zone = () => settings().zone;
  const known = knownCustomers(database, () => settings().country);
  const customersIn = customerWriter({ ...dependencies, zone });
  const contactsIn = contactWriter({ ...dependencies, zone, currency: () => settings().currency });
  const ownFieldRows = database.query<{
    key: string;
    kind: OwnField['kind'];
    choices_json: string;
  }>(
    `SELECT key, kind, choices_json FROM custom_fields
     WHERE applies_to = 'customer' AND removed_at IS NULL`,
  );

  function importerFor(
    stored: Pick<StoredImport, 'reading' | 'policy' | 'dryRun'>,
    bookEnd: number,
  ): RowImporter {
    const { country: home } = settings();
    const { reading, policy, dryRun } = stored;
    const ownFields = new Map<string, OwnField>(
      ownFieldRows
        .all()
        .map(({ key, kind, choices_json }) => [
          key,
          { kind, choices: JSON.parse(choices_json) as string[] },
        ]),
    );
    const context = { home, zone: zone(), dayFirst: reading.dayFirst, ownFields };
    return rowImporter({
      ...{ known, customers: customersIn, contacts: contactsIn, reading, context },
      ...{ policy, dryRun, bookEnd },
    });
  }

  const run = importRun({
    ...dependencies,
    importerFor,
    refreshSummary: customers.refreshSummary,
  });
  const undo = importUndo(dependencies);

  return {
    importerFor,
    /** Answers when the work is at its end, whatever that is; `ends` may stop it early. */
    work: (stored: StoredImport, task: ImportTask, ends: () => HowItEnds | null): Promise<void> =>
      task === 'run' ? run(stored, ends) : undo(stored, () => ends() !== null),
  };
}
