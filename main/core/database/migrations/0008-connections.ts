// Tokens of the local API, webhooks with their deliveries, links into other systems, and connections
// that set these in one step. Frozen once it has landed; it imports nothing.
//
// A token is kept as the SHA-256 of its text only. A webhook's secret has to be known for signing and
// lies in the database, which is encrypted. A delivery's body is forgotten once it has arrived or was
// given up, and goes with its customer.

const sql = `
-- What a connection file or link brought along, so that it can be taken away in one step.
CREATE TABLE connections (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  -- Names of the import mappings that came with it.
  mappings_json TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(mappings_json))
) STRICT, WITHOUT ROWID;

CREATE TABLE api_tokens (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
  scopes_json TEXT NOT NULL CHECK (json_valid(scopes_json)),
  -- May dial without the agent being asked, whatever the setting says.
  dials_directly INTEGER NOT NULL DEFAULT 0 CHECK (dials_directly IN (0, 1)),
  connection_id TEXT REFERENCES connections (id) ON DELETE CASCADE,
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  last_used_at INTEGER,
  revoked_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE webhooks (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  url TEXT NOT NULL,
  events_json TEXT NOT NULL CHECK (json_valid(events_json)),
  secret TEXT NOT NULL,
  connection_id TEXT REFERENCES connections (id) ON DELETE CASCADE,
  created_at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('active','paused')),
  paused_at INTEGER,
  paused_reason TEXT CHECK (paused_reason IN ('agent','failing','gone','tooManyWaiting')),
  CHECK ((state = 'paused') = (paused_at IS NOT NULL))
) STRICT, WITHOUT ROWID;

-- The outbox and the log in one: written in the transaction of the fact.
CREATE TABLE webhook_deliveries (
  id TEXT PRIMARY KEY,
  webhook_id TEXT NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
  type TEXT NOT NULL,
  at INTEGER NOT NULL,
  customer_id TEXT REFERENCES customers (id) ON DELETE CASCADE,
  body_json TEXT CHECK (body_json IS NULL OR json_valid(body_json)),
  state TEXT NOT NULL CHECK (state IN ('waiting','delivered','failed')),
  attempts INTEGER NOT NULL DEFAULT 0,
  -- When it is tried next; null once it has arrived or was given up.
  next_at INTEGER,
  last_at INTEGER,
  last_status INTEGER,
  last_problem TEXT,
  CHECK ((state = 'waiting') = (next_at IS NOT NULL)),
  CHECK (state <> 'waiting' OR body_json IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (next_at) WHERE state = 'waiting';
CREATE INDEX webhook_deliveries_log ON webhook_deliveries (webhook_id, id);
CREATE INDEX webhook_deliveries_at ON webhook_deliveries (at) WHERE state <> 'waiting';
CREATE INDEX webhook_deliveries_customer ON webhook_deliveries (customer_id) WHERE customer_id IS NOT NULL;

-- Promises whose falling due was told, and for which date: moved ones are told again.
CREATE TABLE promises_told (
  promise_id TEXT PRIMARY KEY REFERENCES promises (id) ON DELETE CASCADE,
  due_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE link_templates (
  id TEXT PRIMARY KEY,
  label TEXT NOT NULL,
  url TEXT NOT NULL,
  open_on_answer INTEGER NOT NULL DEFAULT 0 CHECK (open_on_answer IN (0, 1)),
  position INTEGER NOT NULL,
  connection_id TEXT REFERENCES connections (id) ON DELETE CASCADE,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A callback or voicemail that another program sends twice is one piece of work.
ALTER TABLE work_items ADD COLUMN external_id TEXT;
CREATE UNIQUE INDEX work_items_external ON work_items (kind, external_id) WHERE external_id IS NOT NULL;
`;

export const connections = {
  version: 8,
  minReaderVersion: 8,
  sql,
} as const;
