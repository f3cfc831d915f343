// Objections, consent proofs, erasures and what retention has taken. Frozen once it has landed; it imports nothing.

const sql = `
CREATE TABLE objections (
  id TEXT PRIMARY KEY,
  customer_id TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('advertising','recording','processing')),
  -- When the customer said so, and how.
  at INTEGER NOT NULL,
  manner TEXT NOT NULL CHECK (manner IN ('call','email','letter','inPerson','web','other')),
  note TEXT,
  recorded_at INTEGER NOT NULL,
  agent_id TEXT NOT NULL,
  withdrawn_at INTEGER,
  withdrawn_by TEXT,
  CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX objections_customer ON objections (customer_id, at);

-- Entries that give or revoke a consent. body is sealed (AES-256-GCM); hash is SHA-256 over the hash
-- before and all that never changes here. Only the customer may be taken out, and a body whose time is over.
CREATE TABLE consent_proofs (
  seq INTEGER PRIMARY KEY CHECK (seq > 0),
  proof_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('given','revoked')),
  at INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  agent_id TEXT NOT NULL,
  body BLOB,
  body_hash BLOB NOT NULL CHECK (length(body_hash) = 32),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  customer_id TEXT REFERENCES customers (id) ON DELETE SET NULL,
  -- When the customer was erased: from then on it opens only with a reason.
  sealed_at INTEGER
) STRICT;
CREATE INDEX consent_proofs_customer ON consent_proofs (customer_id, at) WHERE customer_id IS NOT NULL;
CREATE INDEX consent_proofs_proof ON consent_proofs (proof_id);
CREATE INDEX consent_proofs_sealed ON consent_proofs (sealed_at) WHERE sealed_at IS NOT NULL;
CREATE TRIGGER consent_proofs_stay BEFORE DELETE ON consent_proofs
  BEGIN SELECT raise(ABORT, 'consent proofs are only added to'); END;
CREATE TRIGGER consent_proofs_unchanged BEFORE UPDATE OF seq, proof_id, kind, at, recorded_at, agent_id, body_hash, hash
  ON consent_proofs BEGIN SELECT raise(ABORT, 'consent proofs are only added to'); END;
CREATE TRIGGER consent_proofs_body BEFORE UPDATE OF body ON consent_proofs WHEN NEW.body IS NOT NULL
  BEGIN SELECT raise(ABORT, 'consent proofs are only added to'); END;

-- Who did what with personal data beyond daily work; detail_json holds counts, never contents.
CREATE TABLE access_log (
  row INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  agent_id TEXT NOT NULL,
  what TEXT NOT NULL CHECK (what IN ('accessReport','erasure','unseal','retention','restore')),
  customer_id TEXT REFERENCES customers (id) ON DELETE SET NULL,
  reason TEXT,
  detail_json TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(detail_json))
) STRICT;
CREATE INDEX access_log_at ON access_log (at);
CREATE INDEX access_log_customer ON access_log (customer_id) WHERE customer_id IS NOT NULL;

-- What goes out about one fact is found when its person is erased.
CREATE INDEX outbox_fact ON outbox (fact_id);

-- Large deletions look for what points at a contact, and retention for what is old.
DROP INDEX recordings_contact;
CREATE INDEX recordings_by_contact ON recordings (contact_id);
CREATE INDEX customer_changes_at ON customer_changes (at);
`;

export const rights = {
  version: 9,
  minReaderVersion: 9,
  sql,
} as const;
