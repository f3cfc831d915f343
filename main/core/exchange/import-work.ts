// The work of an import and of its undoing, wherever it is done: in core between calls, or in a thread
// beside it.
import type { DeskDatabase } from '../database/desk-database.ts';
import type { Pace } from '../database/paced-rows.ts';
import type { WriteBack } from '../database/write-back.ts';
import { contactWriter } from './contact-writer.ts';
import type { OwnField } from './customer-from-row.ts';
import { type CustomersInBulk, customerWriter } from './customer-writer.ts';
import { type EnterTerms, type ErrorLog, importRun } from './import-run.ts';
import type { ImportStore, StoredImport } from './import-store.ts';
import { importUndo } from './import-undo.ts';
import { knownCustomers } from './known-customers.ts';
import { piecesHere, type ReadPieces } from './read-pieces.ts';
import { type RowResult, rowImporter } from './row-importer.ts';
import { type HowRead, rowReader } from './row-reader.ts';
import type { FileRecord } from './file-records.ts';
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
  /** Of the undoing, whose steps are never taken back; the same one, when nothing else is said. */
  undoPace?: Pace;
  /** Where the rows are read; here, when nothing else is said. */
  pieces?: ReadPieces;
  /** Where the words of new customers get into the search index at once. */
  enterTerms?: EnterTerms;
}

type JudgedImport = Pick<StoredImport, 'reading' | 'policy' | 'dryRun'>;

export type HowItEnds = 'cancelled' | 'stopped';
/** What becomes of an import. */
export type ImportTask = 'run' | 'undo';

export function importWork(dependencies: ImportWorkDependencies) {
  const { database, settings, customers, pieces = piecesHere } = dependencies;
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

  function howRead({ reading, dryRun }: Pick<StoredImport, 'reading' | 'dryRun'>): HowRead {
    const ownFields = new Map<string, OwnField>(
      ownFieldRows
        .all()
        .map(({ key, kind, choices_json }) => [
          key,
          { kind, choices: JSON.parse(choices_json) as string[] },
        ]),
    );
    const context = {
      home: settings().country,
      zone: zone(),
      dayFirst: reading.dayFirst,
      ownFields,
    };
    return { reading, context, withTerms: dependencies.enterTerms !== undefined && !dryRun };
  }

  function importerFor({ policy, dryRun }: JudgedImport, bookEnd: number) {
    const writers = { known, customers: customersIn, contacts: contactsIn };
    return rowImporter({ ...writers, home: settings().country, policy, dryRun, bookEnd });
  }

  const run = importRun({
    ...dependencies,
    piecesOf: (file, stored) => pieces(file.chunks(), howRead(stored)),
    importerFor,
    refreshSummary: customers.refreshSummary,
  });
  const undo = importUndo({ ...dependencies, pace: dependencies.undoPace ?? dependencies.pace });

  return {
    /** What would become of a record; nothing is written. */
    judgeFor(judged: JudgedImport, bookEnd: number): (record: FileRecord) => RowResult {
      const read = rowReader(howRead(judged));
      const judge = importerFor(judged, bookEnd);
      return (record) => judge(read(record));
    },
    /** Answers when the work is at its end, whatever that is; `ends` may stop it early. */
    work: (stored: StoredImport, task: ImportTask, ends: () => HowItEnds | null): Promise<void> =>
      task === 'run' ? run(stored, ends) : undo(stored, () => ends() !== null),
  };
}
