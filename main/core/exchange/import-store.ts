// What core knows of imports: files on their way in, what each import did and refused, mappings.
import type { ImportMapping } from '../../../preload/contract/exchange.ts';
import type {
  ExchangeFormat,
  ImportKind,
  ImportPolicy,
  ImportState,
  RejectReason,
  SkipReason,
  TextEncoding,
} from '../../../preload/contract/exchange-words.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import type { StoredTargets } from './column-mapping.ts';
import type { Delimiter } from './csv-shape.ts';

export interface FileRow {
  id: string;
  name: string;
  expected_bytes: number;
  bytes: number;
  chunk_count: number;
  utf8: 0 | 1;
  wrapped_key: Uint8Array;
  created_at: number;
}

/** How a file is read, once all is decided. */
export interface Reading {
  kind: ImportKind;
  format: ExchangeFormat;
  encoding: TextEncoding;
  delimiter: Delimiter;
  header: boolean;
  dayFirst: boolean;
  mapping: ImportMapping;
}

export interface Counts {
  rows: number;
  created: number;
  updated: number;
  skipped: Partial<Record<SkipReason, number>>;
  rejected: Partial<Record<RejectReason, number>>;
}

export interface Undone {
  removed: number;
  setBack: number;
  kept: number;
  keptExamples: { customerId: string; name: string; reason: 'usedSince' | 'changedSince' }[];
}

interface ImportRow {
  id: string;
  kind: ImportKind;
  format: ExchangeFormat;
  file_name: string;
  file_id: string | null;
  dry_run: 0 | 1;
  policy: ImportPolicy;
  reading_json: string;
  columns_json: string;
  state: ImportState;
  rows: number;
  created: number;
  updated: number;
  skipped_json: string;
  rejected_json: string;
  progress: number;
  problem: 'nothingFits' | 'storage' | 'fileGone' | 'failed' | null;
  undone_json: string | null;
  started_at: number;
  ended_at: number | null;
}

/** An import as it is stored. */
export interface StoredImport {
  id: string;
  fileName: string;
  fileId: string | null;
  dryRun: boolean;
  policy: ImportPolicy;
  reading: Reading;
  /** As the header names them; made up where it names none. */
  columns: string[];
  state: ImportState;
  counts: Counts;
  progress: number;
  problem: ImportRow['problem'];
  undone: Undone | null;
  startedAt: number;
  endedAt: number | null;
}

export interface BatchRow {
  position: number;
  first_row: number;
  last_row: number;
  first_id: string;
  last_id: string;
}

export interface RejectRow {
  number: number;
  line: number;
  reason: RejectReason;
  field: string | null;
  cells_json: string;
}

export interface SkipRow {
  number: number;
  line: number;
  reason: SkipReason;
  customer_id: string | null;
  customer_name: string | null;
}

export type ImportStore = ReturnType<typeof createImportStore>;

export function createImportStore(database: DeskDatabase) {
  const file = database.query<FileRow>('SELECT * FROM import_files WHERE id = ?');
  const filesBefore = database.query<{ id: string }>(
    `SELECT id FROM import_files WHERE created_at < ?
       AND NOT EXISTS (SELECT 1 FROM imports WHERE file_id = import_files.id AND dry_run = 0)`,
  );
  const insertFile = database.query(
    'INSERT INTO import_files (id, name, expected_bytes, wrapped_key, created_at) VALUES (?, ?, ?, ?, ?)',
  );
  const growFile = database.query(
    'UPDATE import_files SET bytes = bytes + ?, chunk_count = chunk_count + 1, utf8 = ? WHERE id = ?',
  );
  const expectBytes = database.query('UPDATE import_files SET expected_bytes = ? WHERE id = ?');
  const deleteFile = database.query('DELETE FROM import_files WHERE id = ?');
  const one = database.query<ImportRow>('SELECT * FROM imports WHERE id = ?');
  const newest = database.query<ImportRow>(
    'SELECT * FROM imports WHERE dry_run = 0 ORDER BY started_at DESC, id DESC LIMIT ?',
  );
  const inState = database.query<ImportRow>('SELECT * FROM imports WHERE state = ?');
  const insert = database.query(
    `INSERT INTO imports (id, kind, format, file_name, file_id, dry_run, policy, reading_json, columns_json, state,
       agent_id, started_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'running', ?, ?)`,
  );
  const count = database.query(
    `UPDATE imports SET rows = ?, created = ?, updated = ?, skipped_json = ?, rejected_json = ?, progress = ?
     WHERE id = ?`,
  );
  const enter = database.query(
    'UPDATE imports SET state = ?, problem = ?, ended_at = ? WHERE id = ?',
  );
  const everyFile = database.query<{ id: string }>('SELECT id FROM import_files');
  const letGoOf = database.query('UPDATE imports SET file_id = NULL WHERE file_id = ?');
  const letGo = database.query('UPDATE imports SET file_id = NULL WHERE id = ?');
  const setUndone = database.query('UPDATE imports SET undone_json = ?, progress = ? WHERE id = ?');
  const deleteDryRuns = database.query(
    "DELETE FROM imports WHERE dry_run = 1 AND state <> 'running' AND started_at < ?",
  );
  const insertBatch = database.query(
    `INSERT INTO import_batches (import_id, position, first_row, last_row, first_id, last_id)
     VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const batches = database.query<BatchRow>(
    `SELECT position, first_row, last_row, first_id, last_id FROM import_batches
     WHERE import_id = ? AND undone = 0 ORDER BY position DESC LIMIT 1`,
  );
  const batchCount = database.query<{ n: number; left: number }>(
    'SELECT count(*) AS n, coalesce(sum(undone = 0), 0) AS left FROM import_batches WHERE import_id = ?',
  );
  const lastBatch = database.query<{ position: number }>(
    'SELECT max(position) AS position FROM import_batches WHERE import_id = ?',
  );
  const firstBatch = database.query<BatchRow>(
    'SELECT * FROM import_batches WHERE import_id = ? ORDER BY position LIMIT 1',
  );
  const shrinkBatch = database.query(
    'UPDATE import_batches SET first_row = ?, undone = ? WHERE import_id = ? AND position = ?',
  );
  const insertUpdate = database.query(
    'INSERT OR IGNORE INTO import_updates (import_id, position, customer_id) VALUES (?, ?, ?)',
  );
  const updatesIn = database.query<{ customer_id: string }>(
    'SELECT customer_id FROM import_updates WHERE import_id = ? AND position = ? LIMIT ?',
  );
  const deleteUpdate = database.query(
    'DELETE FROM import_updates WHERE import_id = ? AND position = ? AND customer_id = ?',
  );
  const insertReject = database.query(
    'INSERT INTO import_rejects (import_id, number, line, reason, field, cells_json) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const insertSkip = database.query(
    'INSERT INTO import_skips (import_id, number, line, reason, customer_id) VALUES (?, ?, ?, ?, ?)',
  );
  const rejects = database.query<RejectRow>(
    `SELECT number, line, reason, field, cells_json FROM import_rejects WHERE import_id = ? AND number > ?
     ORDER BY number LIMIT ?`,
  );
  const skips = database.query<SkipRow>(
    `SELECT s.number, s.line, s.reason, s.customer_id, u.name AS customer_name FROM import_skips s
     LEFT JOIN customers u ON u.id = s.customer_id WHERE s.import_id = ? AND s.number > ?
     ORDER BY s.number LIMIT ?`,
  );
  const deleteReports = ['import_rejects', 'import_skips'].map((table) =>
    database.query(
      `DELETE FROM ${table} WHERE import_id IN (SELECT id FROM imports WHERE ended_at < ?)`,
    ),
  );
  const bySignature = database.query<{ targets_json: string; name: string | null }>(
    `SELECT targets_json, name FROM import_mappings WHERE kind = ? AND signature = ? ORDER BY used_at DESC LIMIT 1`,
  );
  const byName = database.query<{ targets_json: string; kind: ImportKind }>(
    'SELECT targets_json, kind FROM import_mappings WHERE name = ?',
  );
  const deleteUnnamed = database.query(
    'DELETE FROM import_mappings WHERE kind = ? AND signature = ? AND name IS NULL',
  );
  const deleteNamed = database.query('DELETE FROM import_mappings WHERE name = ?');
  const insertMapping = database.query(
    `INSERT INTO import_mappings (id, name, kind, signature, targets_json, used_at) VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const mappingNames = database.query<{ name: string; kind: ImportKind }>(
    'SELECT name, kind FROM import_mappings WHERE name IS NOT NULL ORDER BY name LIMIT 200',
  );

  return {
    file: (id: string) => file.get(id),
    /** Files that are older than `before` and belong to no import. */
    filesLeftOver: (before: number) => filesBefore.all(before).map(({ id }) => id),
    addFile: (row: {
      id: string;
      name: string;
      bytes: number;
      wrappedKey: Uint8Array;
      at: number;
    }) => void insertFile.run(row.id, row.name, row.bytes, row.wrappedKey, row.at),
    growFile: (id: string, bytes: number, utf8: boolean) =>
      void growFile.run(bytes, utf8 ? 1 : 0, id),
    expectBytes: (id: string, bytes: number) => void expectBytes.run(bytes, id),
    removeFile: (id: string) => void deleteFile.run(id),

    one(id: string): StoredImport | null {
      const row = one.get(id);
      return row ? importFrom(row) : null;
    },
    newest: (most: number): StoredImport[] => newest.all(most).map(importFrom),
    inState: (state: ImportState): StoredImport[] => inState.all(state).map(importFrom),
    add(added: {
      id: string;
      fileName: string;
      fileId: string;
      dryRun: boolean;
      policy: ImportPolicy;
      reading: Reading;
      columns: readonly string[];
      agentId: string;
      at: number;
    }): void {
      const { kind, format } = added.reading;
      insert.run(
        ...[
          added.id,
          kind,
          format,
          added.fileName,
          added.fileId,
          added.dryRun ? 1 : 0,
          added.policy,
        ],
        ...[JSON.stringify(added.reading), JSON.stringify(added.columns), added.agentId, added.at],
      );
    },
    count(id: string, counts: Counts, progress: number): void {
      count.run(
        ...[counts.rows, counts.created, counts.updated, JSON.stringify(counts.skipped)],
        ...[JSON.stringify(counts.rejected), progress, id],
      );
    },
    enter: (
      id: string,
      state: ImportState,
      at: number | null,
      problem: ImportRow['problem'] = null,
    ) => void enter.run(state, problem, at, id),
    letFileGo: (id: string) => void letGo.run(id),
    /** All that are there, whoever waits for them. */
    waitingFiles: (): string[] => everyFile.all().map(({ id }) => id),
    letFileGoOf: (fileId: string) => void letGoOf.run(fileId),
    setUndone: (id: string, undone: Undone, progress: number) =>
      void setUndone.run(JSON.stringify(undone), progress, id),
    forgetDryRuns: (before: number) => void deleteDryRuns.run(before),
    forgetReports(before: number): void {
      for (const query of deleteReports) query.run(before);
    },

    addBatch: (importId: string, batch: BatchRow) =>
      void insertBatch.run(
        ...[
          importId,
          batch.position,
          batch.first_row,
          batch.last_row,
          batch.first_id,
          batch.last_id,
        ],
      ),
    nextPosition: (importId: string) => (lastBatch.get(importId)?.position ?? -1) + 1,
    firstBatch: (importId: string) => firstBatch.get(importId),
    /** The newest batch that is not undone. */
    batchToUndo: (importId: string) => batches.get(importId),
    batchCount: (importId: string) => batchCount.get(importId) ?? { n: 0, left: 0 },
    shrinkBatch: (importId: string, position: number, firstRow: number, undone: boolean) =>
      void shrinkBatch.run(firstRow, undone ? 1 : 0, importId, position),
    addUpdate: (importId: string, position: number, customerId: string) =>
      void insertUpdate.run(importId, position, customerId),
    updatesIn: (importId: string, position: number, most: number) =>
      updatesIn.all(importId, position, most).map(({ customer_id }) => customer_id),
    removeUpdate: (importId: string, position: number, customerId: string) =>
      void deleteUpdate.run(importId, position, customerId),

    addReject: (
      importId: string,
      row: Omit<RejectRow, 'cells_json'> & { cells: readonly string[] },
    ) =>
      void insertReject.run(
        ...[importId, row.number, row.line, row.reason, row.field, JSON.stringify(row.cells)],
      ),
    addSkip: (importId: string, row: Omit<SkipRow, 'customer_name'>) =>
      void insertSkip.run(importId, row.number, row.line, row.reason, row.customer_id),
    /** Behind the one with that number. */
    rejects: (importId: string, after: number, most: number) => rejects.all(importId, after, most),
    skips: (importId: string, after: number, most: number) => skips.all(importId, after, most),

    mappingFor(
      kind: ImportKind,
      signature: string,
    ): { stored: StoredTargets; name: string | null } | null {
      const row = bySignature.get(kind, signature);
      return row ? { stored: JSON.parse(row.targets_json) as StoredTargets, name: row.name } : null;
    },
    mappingNamed(name: string): { stored: StoredTargets; kind: ImportKind } | null {
      const row = byName.get(name);
      return row ? { stored: JSON.parse(row.targets_json) as StoredTargets, kind: row.kind } : null;
    },
    /** In place of the one before, of that name or, without one, for such files. */
    keepMapping(mapping: {
      id: string;
      name: string | null;
      kind: ImportKind;
      signature: string;
      stored: StoredTargets;
      at: number;
    }): void {
      const { id, name, kind, signature, stored, at } = mapping;
      if (name === null) deleteUnnamed.run(kind, signature);
      else deleteNamed.run(name);
      insertMapping.run(id, name, kind, signature, JSON.stringify(stored), at);
    },
    mappings: () => mappingNames.all(),
    forgetMapping: (name: string) => void deleteNamed.run(name),
  };
}

function importFrom(row: ImportRow): StoredImport {
  return {
    id: row.id,
    fileName: row.file_name,
    fileId: row.file_id,
    dryRun: row.dry_run === 1,
    policy: row.policy,
    reading: JSON.parse(row.reading_json) as Reading,
    columns: JSON.parse(row.columns_json) as string[],
    state: row.state,
    counts: {
      rows: row.rows,
      created: row.created,
      updated: row.updated,
      skipped: JSON.parse(row.skipped_json) as Counts['skipped'],
      rejected: JSON.parse(row.rejected_json) as Counts['rejected'],
    },
    progress: row.progress,
    problem: row.problem,
    undone: row.undone_json === null ? null : (JSON.parse(row.undone_json) as Undone),
    startedAt: row.started_at,
    endedAt: row.ended_at,
  };
}
