// What a customer's record holds beyond name and numbers: address, organisation, household, fields of
// the organisation's own, the number in another system, and the history of each field. Frozen once it
// has landed; it imports nothing.

const sql = `
-- Organisations are other people's companies or authorities; customers.company stays what was typed.
CREATE TABLE organisations (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  sort_name TEXT NOT NULL,
  city TEXT,
  website TEXT,
  custom_json TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(custom_json)),
  agent_id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('real','practice','sample','imported'))
) STRICT, WITHOUT ROWID;
CREATE INDEX organisations_sort_name ON organisations (sort_name);

-- People who live together and often share a number.
CREATE TABLE households (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  agent_id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('real','practice','sample','imported'))
) STRICT, WITHOUT ROWID;

ALTER TABLE customers ADD COLUMN street TEXT;
ALTER TABLE customers ADD COLUMN postal_code TEXT;
-- ISO 3166 country of the address.
ALTER TABLE customers ADD COLUMN country TEXT;
-- The customer's number in another system.
ALTER TABLE customers ADD COLUMN external_id TEXT;
ALTER TABLE customers ADD COLUMN organisation_id TEXT REFERENCES organisations (id) ON DELETE SET NULL;
ALTER TABLE customers ADD COLUMN household_id TEXT REFERENCES households (id) ON DELETE SET NULL;
-- Values of custom fields by their key: text, number, ISO date, one choice, or an address.
ALTER TABLE customers ADD COLUMN custom_json TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(custom_json));
CREATE INDEX customers_external ON customers (external_id) WHERE external_id IS NOT NULL;
CREATE INDEX customers_organisation ON customers (organisation_id) WHERE organisation_id IS NOT NULL;
CREATE INDEX customers_household ON customers (household_id) WHERE household_id IS NOT NULL;

CREATE TABLE custom_fields (
  id TEXT PRIMARY KEY,
  -- Stored with the values: never changed, never used again after the field was removed.
  key TEXT NOT NULL,
  applies_to TEXT NOT NULL CHECK (applies_to IN ('customer','organisation')),
  label TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('text','number','date','choice','link')),
  choices_json TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(choices_json)),
  position INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  removed_at INTEGER,
  UNIQUE (applies_to, key)
) STRICT, WITHOUT ROWID;

-- Derived from customers.emails_json and kept in its transaction; email_key is lower case.
CREATE TABLE customer_emails (
  email_key TEXT NOT NULL,
  customer_id TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  PRIMARY KEY (email_key, customer_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_emails_customer ON customer_emails (customer_id);
INSERT OR IGNORE INTO customer_emails (email_key, customer_id)
  SELECT lower(trim(e.value)), u.id FROM customers u, json_each(u.emails_json) e;

-- What a field was before and after; several fields of one edit share change_id.
CREATE TABLE customer_changes (
  row INTEGER PRIMARY KEY,
  change_id TEXT NOT NULL,
  customer_id TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  field TEXT NOT NULL,
  before_json TEXT NOT NULL CHECK (json_valid(before_json)),
  after_json TEXT NOT NULL CHECK (json_valid(after_json)),
  at INTEGER NOT NULL,
  agent_id TEXT NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('agent','api','import','merge'))
) STRICT;
CREATE INDEX customer_changes_customer ON customer_changes (customer_id, at);

-- Orders and contacts that other systems know by a number of their own; an amount where there is one.
ALTER TABLE contacts ADD COLUMN external_id TEXT;
ALTER TABLE contacts ADD COLUMN amount_cents INTEGER;
ALTER TABLE contacts ADD COLUMN currency TEXT;
CREATE INDEX contacts_external ON contacts (external_id) WHERE external_id IS NOT NULL;

-- A list with a query is a saved search: its members are who fits now.
ALTER TABLE lists ADD COLUMN query TEXT;
ALTER TABLE lists ADD COLUMN agent_id TEXT;
`;

export const customerMemory = {
  version: 3,
  /** An older program would leave customer_emails behind what it writes. */
  minReaderVersion: 3,
  sql,
} as const;
