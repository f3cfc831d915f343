// Imports: mappings that are remembered, what each import did, and what it refused. Frozen once it has landed; it imports nothing.

const sql = `
-- A file on its way in. Its bytes lie in the folder of imports, each chunk under the file's own key.
CREATE TABLE import_files (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  expected_bytes INTEGER NOT NULL,
  bytes INTEGER NOT NULL DEFAULT 0,
  chunk_count INTEGER NOT NULL DEFAULT 0,
  -- Whether all that came so far is UTF-8.
  utf8 INTEGER NOT NULL DEFAULT 1 CHECK (utf8 IN (0, 1)),
  wrapped_key BLOB NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE imports (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('customers','orders','contacts')),
  format TEXT NOT NULL CHECK (format IN ('csv','vcard')),
  file_name TEXT NOT NULL,
  -- Gone once the import has ended.
  file_id TEXT REFERENCES import_files (id) ON DELETE SET NULL,
  dry_run INTEGER NOT NULL CHECK (dry_run IN (0, 1)),
  policy TEXT NOT NULL CHECK (policy IN ('skip','fill','overwrite')),
  -- Encoding, delimiter, header, mapping: as it was started.
  reading_json TEXT NOT NULL CHECK (json_valid(reading_json)),
  columns_json TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(columns_json)),
  state TEXT NOT NULL CHECK (state IN
    ('running','done','cancelled','failed','interrupted','undoing','undoInterrupted','undone')),
  -- Rows whose result is in the book or in import_rejects: reading goes on behind them.
  rows INTEGER NOT NULL DEFAULT 0,
  created INTEGER NOT NULL DEFAULT 0,
  updated INTEGER NOT NULL DEFAULT 0,
  skipped_json TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(skipped_json)),
  rejected_json TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(rejected_json)),
  progress REAL NOT NULL DEFAULT 0,
  problem TEXT CHECK (problem IN ('nothingFits','storage','fileGone','failed')),
  undone_json TEXT CHECK (undone_json IS NULL OR json_valid(undone_json)),
  agent_id TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX imports_started ON imports (started_at);

-- What one transaction wrote. Its customers have the rows, its contacts and history the ids in between:
-- rows are never used twice, ids rise, and nothing else writes within a transaction.
CREATE TABLE import_batches (
  import_id TEXT NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  first_row INTEGER NOT NULL,
  last_row INTEGER NOT NULL,
  first_id TEXT NOT NULL,
  last_id TEXT NOT NULL,
  -- What is undone no longer counts.
  undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1)),
  PRIMARY KEY (import_id, position)
) STRICT, WITHOUT ROWID;

-- Customers that were in the book before and were changed; what they were stands in customer_changes.
CREATE TABLE import_updates (
  import_id TEXT NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  customer_id TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  PRIMARY KEY (import_id, position, customer_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX import_updates_customer ON import_updates (customer_id);

-- Cells as they stood in the file, until the report is no longer needed.
CREATE TABLE import_rejects (
  import_id TEXT NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  line INTEGER NOT NULL,
  reason TEXT NOT NULL,
  field TEXT,
  cells_json TEXT NOT NULL CHECK (json_valid(cells_json)),
  PRIMARY KEY (import_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE import_skips (
  import_id TEXT NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  line INTEGER NOT NULL,
  reason TEXT NOT NULL,
  customer_id TEXT,
  PRIMARY KEY (import_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX import_skips_customer ON import_skips (customer_id) WHERE customer_id IS NOT NULL;

-- Found by the names of a file's columns, or by a name that was given.
CREATE TABLE import_mappings (
  id TEXT PRIMARY KEY,
  name TEXT UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('customers','orders','contacts')),
  signature TEXT NOT NULL,
  -- Target of each column by its name; by its place where the file names none.
  targets_json TEXT NOT NULL CHECK (json_valid(targets_json)),
  used_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX import_mappings_signature ON import_mappings (kind, signature, used_at);
`;

export const exchange = {
  version: 6,
  minReaderVersion: 6,
  sql,
} as const;
