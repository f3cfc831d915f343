// Missed calls, callbacks and voicemails as work with an owner, and numbers that are ignored. Frozen
// once it has landed; it imports nothing.
//
// Missed calls are told by the calls themselves: a row of kind 'missedCall' only says who cares for
// them, by when, and how it ended. group_key is "number …" or "call …", as missed calls are grouped.

const sql = `
CREATE TABLE work_items (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('missedCall','callback','voicemail')),
  customer_id TEXT REFERENCES customers (id) ON DELETE CASCADE,
  group_key TEXT,
  call_id TEXT REFERENCES calls (call_id) ON DELETE CASCADE,
  number TEXT,
  e164 TEXT,
  number_key TEXT,
  display TEXT,
  note TEXT,
  -- Null: anyone.
  owner_id TEXT,
  at INTEGER NOT NULL,
  due_at INTEGER,
  state TEXT NOT NULL CHECK (state IN ('open','done','cancelled')),
  result TEXT,
  settled_at INTEGER,
  settled_by TEXT,
  -- The answered call that settled it by itself.
  settled_by_call_id TEXT,
  source TEXT NOT NULL CHECK (source IN ('desk','calls','import','api','mailbox')),
  -- New messages in the telephone system's mailbox.
  messages INTEGER,
  audio_type TEXT,
  audio_bytes INTEGER,
  agent_id TEXT NOT NULL,
  changed_at INTEGER NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('real','practice','sample','imported')),
  CHECK ((state = 'open') = (settled_at IS NULL)),
  CHECK ((kind = 'missedCall') = (group_key IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX work_items_open ON work_items (coalesce(due_at, at)) WHERE state = 'open';
CREATE INDEX work_items_settled ON work_items (settled_at) WHERE state <> 'open';
CREATE INDEX work_items_customer ON work_items (customer_id, at) WHERE customer_id IS NOT NULL;
CREATE INDEX work_items_number ON work_items (number_key) WHERE number_key IS NOT NULL;
CREATE UNIQUE INDEX work_items_group ON work_items (group_key) WHERE group_key IS NOT NULL AND state = 'open';
CREATE INDEX work_items_call ON work_items (call_id) WHERE call_id IS NOT NULL;
CREATE INDEX work_items_settling_call ON work_items (settled_by_call_id) WHERE settled_by_call_id IS NOT NULL;
CREATE UNIQUE INDEX work_items_mailbox ON work_items (source) WHERE source = 'mailbox' AND state = 'open';

-- A voicemail's sound, in pieces of at most 256 KiB.
CREATE TABLE work_audio (
  row INTEGER PRIMARY KEY,
  work_id TEXT NOT NULL REFERENCES work_items (id) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position >= 0),
  chunk BLOB NOT NULL,
  UNIQUE (work_id, position)
) STRICT;

CREATE INDEX calls_missed_settled ON calls (coalesce(returned_at, dismissed_at))
  WHERE missed = 1 AND (returned_at IS NOT NULL OR dismissed_at IS NOT NULL);

CREATE TABLE ignored_numbers (
  number_key TEXT PRIMARY KEY,
  raw TEXT NOT NULL,
  -- quiet: it is shown and does not ring; reject: the caller hears busy.
  action TEXT NOT NULL CHECK (action IN ('quiet','reject')),
  note TEXT,
  agent_id TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What choosing a customer for a number did to the customer's record, so that it can be taken back.
ALTER TABLE number_choices ADD COLUMN taught TEXT CHECK (taught IN ('added','confirmed'));
`;

export const waitingWork = {
  version: 7,
  minReaderVersion: 3,
  sql,
} as const;
