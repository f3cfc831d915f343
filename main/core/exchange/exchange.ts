// Import and export as a whole: files in, what they are read as, imports with their undoing, the book out.
import type { CoreEvent } from '../../../preload/contract/contract.ts';
import {
  type ImportReading,
  type ImportStatus,
  importTarget,
} from '../../../preload/contract/exchange.ts';
import type {
  ExchangeFormat,
  ImportKind,
  ImportPolicy,
} from '../../../preload/contract/exchange-words.ts';
import type { SubjectHandlers } from '../connection/handlers.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import type { CoreLog } from '../log/core-log.ts';
import { badInput, Refusal } from '../refusal.ts';
import { namesForReport, signatureOf } from './column-mapping.ts';
import { contactWriter } from './contact-writer.ts';
import { BIRTHDAY_KEY, type OwnField } from './customer-from-row.ts';
import { csvRow } from './csv-writer.ts';
import { type CustomersInBulk, customerWriter } from './customer-writer.ts';
import { exportPieces } from './export-pieces.ts';
import {
  type DetectedReading,
  previewFrom,
  readingDetector,
  startProblem,
} from './file-reading.ts';
import { importRun, sumOf } from './import-run.ts';
import { createImportStore, type Reading, type StoredImport } from './import-store.ts';
import { importUndo } from './import-undo.ts';
import { knownCustomers } from './known-customers.ts';
import { type RowImporter, rowImporter } from './row-importer.ts';
import { CHUNK_BYTES } from './upload-files.ts';
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
  customers: CustomersInBulk;
  /** Milliseconds of a clock that only measures. */
  elapsed?: () => number;
}

/** What other programs start; `chunks` is the file as it streams in. */
export interface ImportRequest {
  kind: ImportKind;
  format: ExchangeFormat;
  fileName: string;
  chunks: AsyncIterable<Uint8Array>;
  /** Name of a stored mapping; null takes the one for such files, or the names of the columns. */
  mapping: string | null;
  policy?: ImportPolicy;
  dryRun: boolean;
}

const DAY_MS = 86_400_000;
/** Rows that were refused are kept so long for mending. */
const REPORT_DAYS = 30;
const PAGE = 100;
const REPORT_ROWS = 500;

export function createExchange(dependencies: ExchangeDependencies) {
  const { database, settings, agentId, now, newId, publish, log, customers } = dependencies;
  const { elapsed = () => performance.now() } = dependencies;
  const store = createImportStore(database);
  const uploads = createUploads({ ...dependencies, store });
  const zone = () => settings().zone;
  const known = knownCustomers(database, () => settings().country);
  const customersIn = customerWriter({ ...dependencies, zone });
  const contactsIn = contactWriter({ ...dependencies, zone, currency: () => settings().currency });
  const ownFieldRows = database.query<{
    key: string;
    label: string;
    kind: OwnField['kind'];
    choices_json: string;
  }>(
    "SELECT key, label, kind, choices_json FROM custom_fields WHERE applies_to = 'customer' AND removed_at IS NULL",
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

  let current: { id: string; ends: 'cancelled' | 'stopped' | null; work: Promise<void> } | null =
    null;

  function changed(importId: string, book: boolean): void {
    if (book) {
      customers.forgetCount();
      publish({ type: 'customers.changed', customerId: null });
      publish({ type: 'waiting.changed' });
    }
    publish({ type: 'imports.changed', importId });
  }

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
      ...{
        known,
        customers: customersIn,
        contacts: contactsIn,
        reading,
        context,
        policy,
        dryRun,
        bookEnd,
      },
    });
  }

  const shared = { database, store, log, now, elapsed, changed };
  const run = importRun({
    ...{ ...shared, uploads, newId, importerFor },
    refreshSummary: customers.refreshSummary,
  });
  const undo = importUndo({ ...shared, customers });

  function found(importId: string): StoredImport {
    const stored = store.one(importId);
    if (!stored) throw new Refusal('NOT_FOUND', { what: 'import', id: importId });
    return stored;
  }

  /** Works on one import at a time, beside everything else. */
  function work(stored: StoredImport, how: 'run' | 'undo'): void {
    const job = {
      id: stored.id,
      ends: null as 'cancelled' | 'stopped' | null,
      work: Promise.resolve(),
    };
    current = job;
    const done =
      how === 'run' ? run(stored, () => job.ends) : undo(stored, () => job.ends !== null);
    job.work = done.finally(() => {
      if (current === job) current = null;
    });
    changed(stored.id, false);
  }

  function requireIdle(): void {
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
      const judge = importerFor(
        { reading: detected.reading, policy, dryRun: true },
        maxRow.get()?.row ?? 0,
      );
      return previewFrom(file, detected, judge);
    },
    start({ fileId, reading: asked, policy, dryRun, saveAs }) {
      requireIdle();
      const detected = detect(uploads.open(fileId), asked);
      return statusFrom(begin(fileId, detected, { policy, dryRun, saveAs }));
    },
    status: ({ importId }) => statusFrom(found(importId)),
    imports: () => store.newest(50).map(statusFrom),
    async cancel({ importId }) {
      const job = current;
      if (job?.id === importId && found(importId).state === 'running') {
        job.ends = 'cancelled';
        await job.work;
      }
      return statusFrom(found(importId));
    },
    resume({ importId }) {
      requireIdle();
      const stored = found(importId);
      if (stored.state === 'undoInterrupted') return beginUndo(stored);
      const goesOn = stored.state === 'interrupted' || stored.state === 'failed';
      if (!goesOn || stored.fileId === null)
        throw new Refusal('EXCHANGE_REFUSED', { reason: 'fileGone' });
      store.enter(importId, 'running', null);
      work(found(importId), 'run');
      return statusFrom(found(importId));
    },
    undo({ importId }) {
      requireIdle();
      const stored = found(importId);
      const undoable = ['done', 'cancelled', 'failed', 'interrupted', 'undoInterrupted'];
      if (stored.dryRun || !undoable.includes(stored.state)) {
        throw new Refusal('EXCHANGE_REFUSED', { reason: 'nothingToUndo' });
      }
      return beginUndo(stored);
    },
    rejected({ importId, cursor }) {
      found(importId);
      const rows = store.rejects(importId, cursor, PAGE);
      return {
        rows: rows.map(({ line, reason, field, cells_json }) => {
          const text = (JSON.parse(cells_json) as string[])
            .filter((cell) => cell !== '')
            .join(' · ');
          return { line, reason, field, text: text.slice(0, 300) };
        }),
        next: rows.length === PAGE ? (rows.at(-1)?.number ?? null) : null,
      };
    },
    skipped({ importId, cursor }) {
      found(importId);
      const rows = store.skips(importId, cursor, PAGE);
      return {
        rows: rows.map(({ line, reason, customer_id, customer_name }) => ({
          ...{ line, reason, customerId: customer_name === null ? null : customer_id },
          customerName: customer_name,
        })),
        next: rows.length === PAGE ? (rows.at(-1)?.number ?? null) : null,
      };
    },
    rejectFile({ importId, cursor, reasonColumn, words }) {
      const { columns, reading } = found(importId);
      const delimiter = reading.format === 'csv' ? reading.delimiter : ',';
      // By its ending the column is known again, and left out, when the mended file comes in.
      const head =
        cursor === 0 ? `\ufeff${csvRow([...columns, `${reasonColumn} (Anklang)`], delimiter)}` : '';
      const rows = store.rejects(importId, cursor, REPORT_ROWS);
      const lines = rows.map(({ line, reason, field, cells_json }) => {
        const cells = JSON.parse(cells_json) as string[];
        const padded = [
          ...cells,
          ...Array.from({ length: Math.max(0, columns.length - cells.length) }, () => ''),
        ];
        const where =
          field === null ? '' : ` (${columns[reading.mapping.indexOf(field as never)] ?? field})`;
        return csvRow([...padded, `${words[reason] ?? reason}${where} [${line}]`], delimiter);
      });
      return {
        text: head + lines.join(''),
        next: rows.length === REPORT_ROWS ? (rows.at(-1)?.number ?? null) : null,
      };
    },
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
      requireIdle();
      const { format, kind, mapping } = request;
      const fileId = await takeStream(request);
      try {
        requireIdle();
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

    /**
     * Part of the caller's transaction: keeps which column becomes what, under a name that is free, and
     * answers that. Refused with BAD_INPUT where a field is none of this desk's.
     */
    keepNamedMapping(mapping: {
      name: string;
      kind: ImportKind;
      columns: Record<string, string>;
    }): string {
      const names = Object.keys(mapping.columns);
      const targets = Object.values(mapping.columns).map((target, index) => {
        const read = importTarget.safeParse(target);
        if (!read.success) throw badInput(['columns', names[index] ?? ''], 'unknownField');
        return read.data;
      });
      let name = mapping.name;
      for (let count = 2; store.mappingNamed(name) !== null; count += 1)
        name = `${mapping.name} ${count}`;
      store.keepMapping({
        ...{ id: newId(), name, kind: mapping.kind, stored: { names, targets }, at: now() },
        signature: signatureOf(names, true),
      });
      return name;
    },
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
      current.ends = 'stopped';
      await current.work;
    },
  };

  async function takeStream({ fileName, chunks }: ImportRequest): Promise<string> {
    const fileId = uploads.begin(fileName, 0);
    try {
      let index = 0;
      let waiting: Uint8Array[] = [];
      let length = 0;
      for await (const chunk of chunks) {
        waiting.push(chunk);
        length += chunk.length;
        if (length < CHUNK_BYTES) continue;
        const all = Buffer.concat(waiting);
        let at = 0;
        for (; all.length - at >= CHUNK_BYTES; at += CHUNK_BYTES) {
          uploads.appendStreamed(fileId, index, all.subarray(at, at + CHUNK_BYTES));
          index += 1;
        }
        waiting = [all.subarray(at)];
        length = all.length - at;
      }
      if (length > 0) uploads.appendStreamed(fileId, index, Buffer.concat(waiting));
      return fileId;
    } catch (error) {
      uploads.remove(fileId);
      throw error;
    }
  }
}

function statusFrom(stored: StoredImport): ImportStatus {
  const { counts, reading } = stored;
  const rejected = sumOf(counts.rejected);
  return {
    ...{ id: stored.id, kind: reading.kind, format: reading.format, fileName: stored.fileName },
    ...{ dryRun: stored.dryRun, policy: stored.policy, state: stored.state },
    ...{ rows: counts.rows, accepted: counts.rows - rejected, rejected },
    ...{ created: counts.created, updated: counts.updated, skipped: sumOf(counts.skipped) },
    ...{ skippedFor: counts.skipped, rejectedFor: counts.rejected },
    ...{ progress: stored.progress, problem: stored.problem, undone: stored.undone },
    ...{ fileId: stored.fileId, startedAt: stored.startedAt, endedAt: stored.endedAt },
  };
}
