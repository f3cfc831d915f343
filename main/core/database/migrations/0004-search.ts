// Search in a large book: the index over names, places, numbers, tags and notes. Frozen once it has landed; it imports nothing.
//
// Both indexes hold terms that core makes (folded beginnings and parts of words, parts of numbers), so
// that whatever is typed is the look-up of a few whole terms. Folding is not SQL: triggers write down
// which rows are to be read again, core folds them. So the index follows the facts whoever writes
// them, and a program that knows no folding can still write. What ranks is plain SQL and follows at once.

const tokens = `content = '', contentless_delete = 1, detail = none, tokenize = "ascii tokenchars '.'"`;
const openPromise = (customer: string) =>
  `(SELECT min(p.due_at) FROM promises p WHERE p.customer_id = ${customer} AND p.state = 'open')`;
// Minutes of the last contact; an open promise goes before all that have none.
const standing = (lastContact: string, due: string) =>
  `coalesce(${lastContact}, 0) / 60000 + iif(${due} IS NULL, 0, 1073741824)`;
const rankSummary = `
  INSERT INTO customer_rank (row, standing, emotion, due_at)
    SELECT u.row, ${standing('new.last_contact_at', openPromise('u.id'))}, new.last_emotion, ${openPromise('u.id')}
    FROM customers u WHERE u.id = new.customer_id
  ON CONFLICT (row) DO UPDATE SET standing = excluded.standing, emotion = excluded.emotion, due_at = excluded.due_at;`;
const rankPromises = (customer: string) => `
  UPDATE customer_rank SET due_at = ${openPromise(customer)},
    standing = standing % 1073741824 + iif(${openPromise(customer)} IS NULL, 0, 1073741824)
  WHERE row = (SELECT row FROM customers WHERE id = ${customer});`;
const customerWaits = (row: string) =>
  `INSERT INTO customer_search_waiting (row) VALUES (${row}) ON CONFLICT DO NOTHING;`;
const ownerWaits = (customer: string) => `
  INSERT INTO customer_search_waiting (row) SELECT row FROM customers WHERE id = ${customer} ON CONFLICT DO NOTHING;`;
const contactWaits =
  'INSERT INTO contact_search_waiting (row) VALUES (new.row) ON CONFLICT DO NOTHING;';

const sql = `
DROP TABLE customer_search;

-- rowid is customers.row.
CREATE VIRTUAL TABLE customer_search USING fts5 (terms, ${tokens});
-- Notes and subjects; rowid is contacts.row.
CREATE VIRTUAL TABLE contact_search USING fts5 (terms, ${tokens});

-- A page of an encrypted database holds 4,016 bytes: larger leaves would spill into a second page each.
INSERT INTO customer_search (customer_search, rank) VALUES ('pgsz', 3900);
INSERT INTO contact_search (contact_search, rank) VALUES ('pgsz', 3900);

-- Rows whose facts have changed since they were indexed.
CREATE TABLE customer_search_waiting (row INTEGER PRIMARY KEY) STRICT;
CREATE TABLE contact_search_waiting (row INTEGER PRIMARY KEY) STRICT;

-- What finds are sorted by, small enough to be read for 2,000 candidates at every key.
CREATE TABLE customer_rank (
  row INTEGER PRIMARY KEY,
  standing INTEGER NOT NULL,
  -- The last feeling at an end.
  emotion TEXT,
  -- When the first open promise is due.
  due_at INTEGER
) STRICT;
INSERT INTO customer_rank (row, standing, emotion, due_at)
  SELECT u.row, ${standing('s.last_contact_at', openPromise('u.id'))}, s.last_emotion, ${openPromise('u.id')}
  FROM customers u LEFT JOIN customer_summary s ON s.customer_id = u.id;
CREATE INDEX customer_rank_emotion ON customer_rank (emotion, standing) WHERE emotion IS NOT NULL;
CREATE INDEX customer_rank_due ON customer_rank (due_at) WHERE due_at IS NOT NULL;

-- Rows up to these are indexed in the background, from the newest down.
INSERT INTO meta (name, value)
  SELECT 'search_rebuild', json_object('customers', coalesce((SELECT max(row) FROM customers), 0),
    'contacts', coalesce((SELECT max(row) FROM contacts), 0))
  WHERE EXISTS (SELECT 1 FROM customers) OR EXISTS (SELECT 1 FROM contacts);

CREATE TRIGGER customers_search_insert AFTER INSERT ON customers BEGIN ${customerWaits('new.row')} END;
CREATE TRIGGER customers_search_update AFTER UPDATE OF name, company, city, emails_json, tags_json ON customers
BEGIN ${customerWaits('new.row')} END;
CREATE TRIGGER customers_search_delete AFTER DELETE ON customers BEGIN
  DELETE FROM customer_search WHERE rowid = old.row;
  DELETE FROM customer_search_waiting WHERE row = old.row;
  DELETE FROM customer_rank WHERE row = old.row;
END;
CREATE TRIGGER numbers_search_insert AFTER INSERT ON customer_numbers BEGIN ${ownerWaits('new.customer_id')} END;
CREATE TRIGGER numbers_search_update AFTER UPDATE OF customer_id, raw, e164, number_key ON customer_numbers
BEGIN ${ownerWaits('old.customer_id')} ${ownerWaits('new.customer_id')} END;
CREATE TRIGGER numbers_search_delete AFTER DELETE ON customer_numbers BEGIN ${ownerWaits('old.customer_id')} END;

CREATE TRIGGER contacts_search_insert AFTER INSERT ON contacts
WHEN new.note IS NOT NULL OR new.subject IS NOT NULL BEGIN ${contactWaits} END;
CREATE TRIGGER contacts_search_update AFTER UPDATE OF note, subject ON contacts
WHEN new.note IS NOT old.note OR new.subject IS NOT old.subject BEGIN ${contactWaits} END;
CREATE TRIGGER contacts_search_delete AFTER DELETE ON contacts BEGIN
  DELETE FROM contact_search WHERE rowid = old.row;
  DELETE FROM contact_search_waiting WHERE row = old.row;
END;

CREATE TRIGGER summary_rank_insert AFTER INSERT ON customer_summary BEGIN ${rankSummary} END;
CREATE TRIGGER summary_rank_update AFTER UPDATE OF customer_id, last_contact_at, last_emotion ON customer_summary
BEGIN ${rankSummary} END;
CREATE TRIGGER promises_rank_insert AFTER INSERT ON promises BEGIN ${rankPromises('new.customer_id')} END;
CREATE TRIGGER promises_rank_update AFTER UPDATE OF customer_id, state, due_at ON promises
BEGIN ${rankPromises('old.customer_id')} ${rankPromises('new.customer_id')} END;
CREATE TRIGGER promises_rank_delete AFTER DELETE ON promises BEGIN ${rankPromises('old.customer_id')} END;
`;

export const search = {
  version: 4,
  /** An older program would write rows of another shape into customer_search. */
  minReaderVersion: 4,
  sql,
} as const;
