// What a sales floor's telephone leaves behind: contacts of several legs, transfers, recordings, and
// accounts with several servers. Frozen once it has landed; it imports nothing.
//
// A leg that goes on with a contact names the call it came from in leg_of_call_id. Recordings lie in
// files of their own, chunk by chunk; what opens them lies here: the file's key, wrapped, and the
// chain of SHA-256 sums over its chunks.

const sql = `
ALTER TABLE accounts ADD COLUMN further_servers_json TEXT NOT NULL DEFAULT '[]'
  CHECK (json_valid(further_servers_json));
-- Addresses and users; the passwords are in the key store.
ALTER TABLE accounts ADD COLUMN ice_servers_json TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(ice_servers_json));
ALTER TABLE accounts ADD COLUMN dtmf TEXT NOT NULL DEFAULT 'rfc4733' CHECK (dtmf IN ('rfc4733','info'));
ALTER TABLE accounts ADD COLUMN early_media INTEGER NOT NULL DEFAULT 0 CHECK (early_media IN (0, 1));
ALTER TABLE accounts ADD COLUMN mailbox TEXT;

ALTER TABLE calls ADD COLUMN queue TEXT;
ALTER TABLE calls ADD COLUMN leg_of_call_id TEXT;
ALTER TABLE calls ADD COLUMN leg_kind TEXT NOT NULL DEFAULT 'customer'
  CHECK (leg_kind IN ('customer','consultation'));
ALTER TABLE calls ADD COLUMN transfer_kind TEXT CHECK (transfer_kind IN ('blind','attended'));
ALTER TABLE calls ADD COLUMN transferred_to TEXT;
ALTER TABLE calls ADD COLUMN transfer_state TEXT CHECK (transfer_state IN ('asked','done','failed'));
ALTER TABLE calls ADD COLUMN transfer_sip_code INTEGER;
-- Few contacts have further legs: what asks for them reads a small index.
CREATE INDEX calls_further_legs ON calls (contact_id, started_at) WHERE leg_of_call_id IS NOT NULL;

CREATE TABLE recordings (
  id TEXT PRIMARY KEY,
  call_id TEXT NOT NULL REFERENCES calls (call_id) ON DELETE CASCADE,
  contact_id TEXT NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
  agent_id TEXT NOT NULL,
  list_id TEXT,
  state TEXT NOT NULL CHECK (state IN ('open','finished','interrupted','erased')),
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  -- Time on the tape: without pauses and hold.
  recorded_ms INTEGER NOT NULL DEFAULT 0,
  chunk_count INTEGER NOT NULL DEFAULT 0,
  bytes INTEGER NOT NULL DEFAULT 0,
  last_chunk_at INTEGER,
  -- When it was said aloud, and when the customer agreed.
  agent_announced_at INTEGER NOT NULL,
  customer_agreed_at INTEGER NOT NULL,
  -- The file's own key under a key that is derived from the database's; gone once it is erased.
  wrapped_key BLOB,
  erased_at INTEGER,
  erased_by TEXT CHECK (erased_by IN ('agent','retention')),
  origin TEXT NOT NULL CHECK (origin IN ('real','practice','sample','imported')),
  CHECK ((state = 'erased') = (wrapped_key IS NULL)),
  CHECK ((state = 'erased') = (erased_at IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX recordings_call ON recordings (call_id, started_at);
CREATE INDEX recordings_contact ON recordings (contact_id) WHERE state <> 'erased';
CREATE INDEX recordings_open ON recordings (started_at) WHERE state = 'open';
CREATE INDEX recordings_kept ON recordings (started_at) WHERE state IN ('finished','interrupted');

CREATE TABLE recording_chunks (
  recording_id TEXT NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position >= 0),
  -- Where the chunk begins in what was recorded, and how long it is there.
  first_byte INTEGER NOT NULL CHECK (first_byte >= 0),
  bytes INTEGER NOT NULL CHECK (bytes >= 0),
  at INTEGER NOT NULL,
  -- SHA-256 of the sum before and of the chunk as it lies in the file.
  chain_hash BLOB NOT NULL CHECK (length(chain_hash) = 32),
  PRIMARY KEY (recording_id, position)
) STRICT, WITHOUT ROWID;
`;

export const salesFloor = {
  version: 2,
  /** An older program would count a consultation as a contact of its own. */
  minReaderVersion: 2,
  sql,
} as const;
