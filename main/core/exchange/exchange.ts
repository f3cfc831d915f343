// Import and export as a whole: files in, what they are read as, imports with their undoing, the book out.
import type { CoreEvent } from '../../../preload/contract/contract.ts';
import type { ImportReading, ImportStatus } from '../../../preload/contract/exchange.ts';
import type {
  ExchangeFormat,
  ImportKind,
  ImportPolicy,
} from '../../../preload/contract/exchange-words.ts';
import type { SubjectHandlers } from '../connection/handlers.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import { BETWEEN_CALLS } from '../database/paced-rows.ts';
import { noWriteBack, type WriteBack } from '../database/write-back.ts';
import type { CoreLog } from '../log/core-log.ts';
import { Refusal } from '../refusal.ts';
import { namesForReport } from './column-mapping.ts';
import { BIRTHDAY_KEY } from './customer-from-row.ts';
import type { CustomersInBulk } from './customer-writer.ts';
import { exportPieces } from './export-pieces.ts';
import {
  type DetectedReading,
  previewFrom,
  readingDetector,
  startProblem,
} from './file-reading.ts';
import type { StartImportBeside } from './import-beside.ts';
import { importReports } from './import-reports.ts';
import { statusFrom } from './import-status.ts';
import { createImportStore, type Reading, type StoredImport } from './import-store.ts';
import { type HowItEnds, type ImportTask, importWork } from './import-work.ts';
import { keepNamedMapping, type NamedMapping } from './named-mapping.ts';
import { type StreamedFile, takeStream } from './streamed-file.ts';
import { createUploads } from './uploads.ts';

export interface ExchangeDependencies {
  database: DeskDatabase;
  /** Folder of files on their way in. */
  folder: string;
  /** What the files' own keys are wrapped with. */
  wrappingKey: Uint8Array;
  settings: () => { zone: string; country: string; currency: string; language: 'de' | 'en' | null };
  agentId: string;
  now: () => number;
  newId: () => string;
  publish: (event: CoreEvent) => void;
  log: CoreLog;
  customers: CustomersInBulk & {
    /** While a thread enters into the search index what it writes, nobody else does. */
    searchKeptElsewhere(on: boolean): void;
  };
  writeBack?: WriteBack;
  /** Where there are threads; else imports are made between calls. */
  beside?: StartImportBeside;
  /** Milliseconds of a clock that only measures. */
  elapsed?: () => number;
}

/** What other programs start. */
export interface ImportRequest extends StreamedFile {
  kind: ImportKind;
  format: ExchangeFormat;
  /** Name of a stored mapping; null takes the one for such files, or the names of the columns. */
  mapping: string | null;
  policy?: ImportPolicy;
  dryRun: boolean;
}

interface Job {
  id: string;
  /** How it was told to end early. */
  how: HowItEnds | null;
  end(how: HowItEnds): void;
  work: Promise<void>;
}

const isUnderWay = ({ state }: StoredImport): boolean => state === 'running' || state === 'undoing';

const DAY_MS = 86_400_000;
/** Rows that were refused are kept so long for mending. */
const REPORT_DAYS = 30;

export function createExchange(dependencies: ExchangeDependencies) {
  const { database, settings, agentId, now, newId, publish, log, customers } = dependencies;
  const { elapsed = () => performance.now(), writeBack = noWriteBack, beside } = dependencies;
  const store = createImportStore(database);
  const uploads = createUploads({ ...dependencies, store });
  const ownFieldRows = database.query<{ key: string; label: string }>(
    "SELECT key, label FROM custom_fields WHERE applies_to = 'customer' AND removed_at IS NULL",
  );
  const insertOwnField = database.query(
    `INSERT INTO custom_fields (id, key, applies_to, label, kind, position, created_at)
     SELECT $id, $key, 'customer', $label, $kind, coalesce(max(position) + 1, 0), $at FROM custom_fields
     WHERE true ON CONFLICT DO NOTHING`,
  );
  const maxRow = database.query<{ row: number | null }>('SELECT max(row) AS row FROM customers');
  const detect = readingDetector({
    store,
    ownFieldsByLabel: () =>
      new Map(ownFieldRows.all().map(({ key, label }) => [label.trim().toLowerCase(), key])),
  });
  const exporting = exportPieces({
    ...{ database, findCustomer: customers.find, now },
    home: () => settings().country,
  });

  let current: Job | null = null;

  function changed(importId: string, book: boolean): void {
    if (book) {
      customers.forgetCount();
      publish({ type: 'customers.changed', customerId: null });
      publish({ type: 'waiting.changed' });
    }
    publish({ type: 'imports.changed', importId });
  }

  const { judgeFor, work: workHere } = importWork({
    ...{ database, store, uploads, settings, agentId, now, newId, elapsed, log, customers },
    ...{ changed, writeBack, pace: BETWEEN_CALLS },
  });

  function found(importId: string): StoredImport {
    const stored = store.one(importId);
    if (!stored) throw new Refusal('NOT_FOUND', { what: 'import', id: importId });
    return stored;
  }

  /** Works on one import at a time, beside everything else. */
  function work(stored: StoredImport, task: ImportTask): void {
    const job: Job = {
      id: stored.id,
      how: null,
      end(how) {
        job.how = how;
      },
      work: Promise.resolve(),
    };
    current = job;
    job.work = workOn(job, stored, task)
      .catch(() => leaveOff(stored, task))
      .finally(() => {
        if (current === job) current = null;
      });
    changed(stored.id, false);
  }

  async function workOn(job: Job, stored: StoredImport, task: ImportTask): Promise<void> {
    if (beside && (await workBeside(beside, job, stored.id, task))) return;
    await workHere(stored, task, () => job.how);
  }

  /** Answers whether a thread has done it. */
  async function workBeside(
    start: StartImportBeside,
    job: Job,
    importId: string,
    task: ImportTask,
  ): Promise<boolean> {
    customers.searchKeptElsewhere(true);
    try {
      const thread = start(importId, task, (book) => changed(importId, book));
      job.end = (how) => {
        job.how = how;
        thread.end(how);
      };
      return await writeBack.during(() => thread.done);
    } finally {
      customers.searchKeptElsewhere(false);
    }
  }

  /** The thread is gone without a word: what it had committed stays, and can be gone on with. */
  function leaveOff({ id }: StoredImport, task: ImportTask): void {
    log.error({ importId: id }, 'the thread of an import ended early');
    store.enter(id, task === 'run' ? 'interrupted' : 'undoInterrupted', now());
    changed(id, true);
  }

  async function requireIdle(): Promise<void> {
    // What is said to have ended has its last moments in its thread.
    if (current && !isUnderWay(found(current.id))) await current.work;
    if (current) throw new Refusal('EXCHANGE_REFUSED', { reason: 'alreadyRunning' });
  }

  /** Own fields that columns become and that do not exist yet are made. */
  function makeOwnFields({ mapping }: Reading, names: readonly string[]): void {
    const language = settings().language ?? 'de';
    const existing = new Set(ownFieldRows.all().map(({ key }) => key));
    for (const [column, target] of mapping.entries()) {
      const birthday = target === 'birthday';
      const key = birthday
        ? BIRTHDAY_KEY
        : target?.startsWith('custom.')
          ? target.slice('custom.'.length)
          : null;
      if (key === null || existing.has(key)) continue;
      existing.add(key);
      const named = (names[column] ?? '').replace(/\s*\[[a-z0-9_]+\]\s*$/, '').trim();
      const label = birthday ? (language === 'de' ? 'Geburtstag' : 'Birthday') : named || key;
      const kind = birthday ? 'date' : 'text';
      insertOwnField.run({ id: newId(), key, label: label.slice(0, 100), kind, at: now() });
    }
  }

  function begin(
    fileId: string,
    detected: DetectedReading,
    choice: { policy: ImportPolicy; dryRun: boolean; saveAs?: string | undefined },
  ): StoredImport {
    const problem = startProblem(detected);
    if (problem) throw new Refusal('EXCHANGE_REFUSED', { reason: problem });
    const { reading, names, signature } = detected;
    const file = uploads.open(fileId);
    const id = newId();
    database.transaction(() => {
      const columns = names.some((name) => name !== '') ? names : namesForReport(reading.mapping);
      store.add({
        ...{ id, fileName: file.name, fileId, dryRun: choice.dryRun, policy: choice.policy },
        ...{ reading, columns, agentId, at: now() },
      });
      if (!choice.dryRun) makeOwnFields(reading, names);
      const stored = { names, targets: reading.mapping };
      const mapping = { kind: reading.kind, signature, stored, at: now() };
      if (!choice.dryRun) store.keepMapping({ ...mapping, id: newId(), name: null });
      if (choice.saveAs !== undefined)
        store.keepMapping({ ...mapping, id: newId(), name: choice.saveAs });
      store.forgetDryRuns(now() - DAY_MS);
    });
    const stored = found(id);
    work(stored, 'run');
    return stored;
  }

  // A crash, or an end in the middle: whole batches are in the book.
  for (const stored of store.inState('running')) {
    if (stored.dryRun) store.enter(stored.id, 'cancelled', now());
    else store.enter(stored.id, 'interrupted', now());
  }
  for (const stored of store.inState('undoing')) store.enter(stored.id, 'undoInterrupted', now());
  store.forgetReports(now() - REPORT_DAYS * DAY_MS);

  const handlers: SubjectHandlers<'exchange'> = {
    begin: ({ fileName, bytes }) => ({ fileId: uploads.begin(fileName, bytes) }),
    append: ({ fileId, index, chunk }) => ({
      bytes: uploads.append(fileId, index, Buffer.from(chunk, 'base64')),
    }),
    discard({ fileId }) {
      const inUse = current !== null && store.one(current.id)?.fileId === fileId;
      if (inUse) throw new Refusal('EXCHANGE_REFUSED', { reason: 'alreadyRunning' });
      uploads.remove(fileId);
      return {};
    },
    preview({ fileId, reading: asked, policy }) {
      const file = uploads.open(fileId);
      const detected = detect(file, asked);
      const judge = judgeFor(
        { reading: detected.reading, policy, dryRun: true },
        maxRow.get()?.row ?? 0,
      );
      return previewFrom(file, detected, judge);
    },
    async start({ fileId, reading: asked, policy, dryRun, saveAs }) {
      await requireIdle();
      const detected = detect(uploads.open(fileId), asked);
      return statusFrom(begin(fileId, detected, { policy, dryRun, saveAs }));
    },
    status: ({ importId }) => statusFrom(found(importId)),
    imports: () => store.newest(50).map(statusFrom),
    async cancel({ importId }) {
      const job = current;
      if (job?.id === importId && found(importId).state === 'running') {
        job.end('cancelled');
        await job.work;
      }
      return statusFrom(found(importId));
    },
    async resume({ importId }) {
      await requireIdle();
      const stored = found(importId);
      if (stored.state === 'undoInterrupted') return beginUndo(stored);
      const goesOn = stored.state === 'interrupted' || stored.state === 'failed';
      if (!goesOn || stored.fileId === null)
        throw new Refusal('EXCHANGE_REFUSED', { reason: 'fileGone' });
      store.enter(importId, 'running', null);
      work(found(importId), 'run');
      return statusFrom(found(importId));
    },
    async undo({ importId }) {
      await requireIdle();
      const stored = found(importId);
      const undoable = ['done', 'cancelled', 'failed', 'interrupted', 'undoInterrupted'];
      if (stored.dryRun || !undoable.includes(stored.state)) {
        throw new Refusal('EXCHANGE_REFUSED', { reason: 'nothingToUndo' });
      }
      return beginUndo(stored);
    },
    ...importReports(store, found),
    mappings: () => store.mappings(),
    forgetMapping({ name }) {
      store.forgetMapping(name);
      return {};
    },
    exportPiece: ({ format, delimiter, cursor }) => exporting.piece(format, delimiter, cursor),
  };

  function beginUndo(stored: StoredImport): ImportStatus {
    const { id, fileId } = stored;
    database.transaction(() => {
      store.enter(id, 'undoing', null);
      if (fileId !== null) store.letFileGo(id);
      store.setUndone(
        id,
        stored.undone ?? { removed: 0, setBack: 0, kept: 0, keptExamples: [] },
        0,
      );
    });
    if (fileId !== null) uploads.remove(fileId);
    work(found(id), 'undo');
    return statusFrom(found(id));
  }

  return {
    handlers,

    /**
     * For other programs: takes the file in as it streams, then begins. Refused with EXCHANGE_REFUSED
     * when the file or the mapping does not do, or while another import runs.
     */
    async startImport(request: ImportRequest): Promise<{ importId: string }> {
      await requireIdle();
      const { format, kind, mapping } = request;
      const fileId = await takeStream(uploads, request);
      try {
        await requireIdle();
        const reading: ImportReading = {
          format,
          kind,
          ...(mapping === null ? {} : { mappingName: mapping }),
        };
        const detected = detect(uploads.open(fileId), reading);
        const choice = { policy: request.policy ?? 'skip', dryRun: request.dryRun };
        return { importId: begin(fileId, detected, choice).id };
      } catch (error) {
        uploads.remove(fileId);
        throw error;
      }
    },
    /** Refused with NOT_FOUND. */
    importStatus: (importId: string): ImportStatus => statusFrom(found(importId)),

    keepNamedMapping: (mapping: NamedMapping): string =>
      keepNamedMapping({ store, now, newId }, mapping),
    forgetMapping: (name: string): void => store.forgetMapping(name),

    running: (): boolean => current !== null,

    /**
     * Files on their way in, and those that an interrupted import would go on with, may name whoever
     * was erased: they go, and are chosen anew. Part of the caller's transaction.
     */
    forgetWaitingFiles(): void {
      for (const fileId of store.waitingFiles()) {
        store.letFileGoOf(fileId);
        store.removeFile(fileId);
        // Not before: what is taken back needs its file.
        database.afterCommit(() => uploads.remove(fileId));
      }
    },

    async stop(): Promise<void> {
      if (!current) return;
      current.end('stopped');
      await current.work;
    },
  };
}
