// Duplicates that are none, and merges with all that undoing them needs. Frozen once it has landed; it imports nothing.

const sql = `
-- Two records that are alike, as the rules saw them last; derived, and compared again when they are read.
-- one_id < other_id. scan is the search that saw the pair last.
CREATE TABLE duplicate_pairs (
  row INTEGER PRIMARY KEY,
  one_id TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  other_id TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('duplicate','household')),
  score INTEGER NOT NULL,
  scan INTEGER NOT NULL DEFAULT 0,
  UNIQUE (one_id, other_id),
  CHECK (one_id < other_id)
) STRICT;
CREATE INDEX duplicate_pairs_other ON duplicate_pairs (other_id);
CREATE INDEX duplicate_pairs_score ON duplicate_pairs (kind, score, row);

-- One row: the search through the whole book that began last.
CREATE TABLE duplicate_scan (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  scan INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running','done','cancelled','failed')),
  started_at INTEGER NOT NULL,
  finished_at INTEGER,
  -- The newest customer who was in the book when it began.
  last_row INTEGER NOT NULL
) STRICT;

-- Two records that somebody looked at and found to be two persons. one_id < other_id.
CREATE TABLE not_duplicates (
  row INTEGER PRIMARY KEY,
  one_id TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  other_id TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  agent_id TEXT NOT NULL,
  UNIQUE (one_id, other_id),
  CHECK (one_id < other_id)
) STRICT;
CREATE INDEX not_duplicates_other ON not_duplicates (other_id);
CREATE INDEX not_duplicates_at ON not_duplicates (at, row);

-- customer_id is the record that now holds what was merged: a later merge moves it on, so that what is
-- kept of a person goes when that record goes. undo_json holds the loser's record and the survivor's as
-- they were, and the keys of all rows that moved; it is emptied when the merge is undone.
CREATE TABLE customer_merges (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  customer_id TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  survivor_id TEXT NOT NULL,
  loser_id TEXT NOT NULL,
  survivor_name TEXT NOT NULL,
  loser_name TEXT NOT NULL,
  at INTEGER NOT NULL,
  agent_id TEXT NOT NULL,
  undone_at INTEGER,
  undone_by TEXT,
  undo_json TEXT CHECK (undo_json IS NULL OR json_valid(undo_json)),
  -- Rows of customer_changes that came along: edits of the other record.
  moved_changes_json TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(moved_changes_json)),
  CHECK ((undone_at IS NULL) = (undo_json IS NOT NULL))
) STRICT;
CREATE INDEX customer_merges_customer ON customer_merges (customer_id);
CREATE INDEX customer_merges_at ON customer_merges (at, row);
CREATE INDEX customer_merges_loser ON customer_merges (loser_id) WHERE undone_at IS NULL;

-- Derived from customers.tags_json by the triggers below, whoever writes it; tag_counts from these.
CREATE TABLE customer_tags (
  tag TEXT NOT NULL,
  customer_id TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  PRIMARY KEY (tag, customer_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_tags_customer ON customer_tags (customer_id);
CREATE TABLE tag_counts (
  tag TEXT PRIMARY KEY,
  customers INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT OR IGNORE INTO customer_tags (tag, customer_id)
  SELECT t.value, u.id FROM customers u, json_each(u.tags_json) t WHERE u.tags_json <> '[]';
INSERT INTO tag_counts (tag, customers) SELECT tag, count(*) FROM customer_tags GROUP BY tag;
CREATE TRIGGER customer_tags_added AFTER INSERT ON customer_tags BEGIN
  INSERT INTO tag_counts (tag, customers) VALUES (NEW.tag, 1)
    ON CONFLICT (tag) DO UPDATE SET customers = customers + 1;
END;
CREATE TRIGGER customer_tags_removed AFTER DELETE ON customer_tags BEGIN
  UPDATE tag_counts SET customers = customers - 1 WHERE tag = OLD.tag;
  DELETE FROM tag_counts WHERE tag = OLD.tag AND customers <= 0;
END;
CREATE TRIGGER customers_tagged AFTER INSERT ON customers WHEN NEW.tags_json <> '[]' BEGIN
  INSERT OR IGNORE INTO customer_tags (tag, customer_id) SELECT value, NEW.id FROM json_each(NEW.tags_json);
END;
CREATE TRIGGER customers_tagged_anew AFTER UPDATE OF tags_json ON customers
WHEN NEW.tags_json <> OLD.tags_json BEGIN
  DELETE FROM customer_tags WHERE customer_id = NEW.id AND tag NOT IN (SELECT value FROM json_each(NEW.tags_json));
  INSERT OR IGNORE INTO customer_tags (tag, customer_id) SELECT value, NEW.id FROM json_each(NEW.tags_json);
END;

-- Who lives at an address; few customers have both parts.
CREATE INDEX customers_address ON customers (postal_code, street) WHERE postal_code IS NOT NULL AND street IS NOT NULL;
CREATE INDEX customer_changes_field ON customer_changes (customer_id, field, row);
`;

export const cleanBook = {
  version: 5,
  minReaderVersion: 5,
  sql,
} as const;
