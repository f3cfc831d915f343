// The first schema. Frozen once it has landed: it is never edited, and it imports nothing, so that a
// database of any age can be carried forward. Later changes are migrations of their own.
//
// Conventions: ids are UUIDv7 text; times are UTC epoch milliseconds, `zone` the IANA zone beside
// them; money is integer cents; columns named `…_json` hold JSON. Every fact carries agent, contact,
// call (leg), matter, list and origin. Agents, accounts and lists are referred to without a foreign
// key: they are kept as long as facts name them, and checking 10 million rows on a deletion is dear.

const origin = `origin TEXT NOT NULL CHECK (origin IN ('real','practice','sample','imported'))`;
const emotion = (
  column: string,
) => `${column} IN ('delight','pride','joy','trust','relief','hope','surprise',
  'neutral','worry','fear','disappointment','anger')`;

const sql = `
CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value_json TEXT NOT NULL CHECK (json_valid(value_json)),
  changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE agents (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  me INTEGER NOT NULL DEFAULT 0 CHECK (me IN (0, 1)),
  created_at INTEGER NOT NULL,
  ${origin}
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX agents_me ON agents (me) WHERE me = 1;

CREATE TABLE accounts (
  id TEXT PRIMARY KEY,
  server TEXT NOT NULL,
  user TEXT NOT NULL,
  domain TEXT NOT NULL,
  auth_user TEXT,
  display_name TEXT,
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  removed_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE lists (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  ${origin}
) STRICT, WITHOUT ROWID;

-- row is the rowid that customer_search refers to; it rises, so that the newest can be ranked first.
CREATE TABLE customers (
  row INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  sort_name TEXT NOT NULL,
  company TEXT,
  city TEXT,
  emails_json TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(emails_json)),
  tags_json TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tags_json)),
  preferred_time TEXT,
  customer_since INTEGER,
  agent_id TEXT,
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  ${origin}
) STRICT;
CREATE INDEX customers_sort_name ON customers (sort_name);
CREATE INDEX customers_sample ON customers (row) WHERE origin = 'sample';

CREATE TABLE customer_numbers (
  id TEXT PRIMARY KEY,
  customer_id TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  raw TEXT NOT NULL,
  e164 TEXT,
  -- What incoming numbers are compared with: E.164, else the digits or the URI in lower case.
  number_key TEXT NOT NULL,
  label TEXT,
  confirmed_at INTEGER,
  position INTEGER NOT NULL DEFAULT 0,
  ${origin}
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_numbers_e164 ON customer_numbers (e164) WHERE e164 IS NOT NULL;
CREATE INDEX customer_numbers_key ON customer_numbers (number_key);
CREATE INDEX customer_numbers_customer ON customer_numbers (customer_id, position);

-- Rows hold folded words; rowid is customers.row.
CREATE VIRTUAL TABLE customer_search USING fts5 (
  name, company, city, numbers, emails,
  content = '', contentless_delete = 1, prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 0'
);

-- Derived from the facts and kept in their transaction, so that lists never scan contacts.
CREATE TABLE customer_summary (
  customer_id TEXT PRIMARY KEY REFERENCES customers (id) ON DELETE CASCADE,
  contact_count INTEGER NOT NULL DEFAULT 0,
  last_contact_at INTEGER,
  last_felt_contact_id TEXT,
  last_felt_at INTEGER,
  last_emotion TEXT CHECK (last_emotion IS NULL OR ${emotion('last_emotion')}),
  last_intensity REAL,
  last_sign INTEGER,
  -- m·v of the last feeling at an end, in -1…+1.
  last_value REAL,
  -- The contact that opened a recovery which has not ended.
  recovery_contact_id TEXT,
  recovery_since INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_summary_recovery ON customer_summary (recovery_since) WHERE recovery_since IS NOT NULL;
CREATE INDEX customer_summary_positive ON customer_summary (last_contact_at) WHERE last_value > 0;
CREATE INDEX customer_summary_last_contact ON customer_summary (last_contact_at);

CREATE TABLE matters (
  id TEXT PRIMARY KEY,
  customer_id TEXT REFERENCES customers (id) ON DELETE CASCADE,
  title TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  closed_at INTEGER,
  agent_id TEXT NOT NULL,
  contact_id TEXT,
  call_id TEXT,
  list_id TEXT,
  ${origin}
) STRICT, WITHOUT ROWID;
CREATE INDEX matters_customer ON matters (customer_id, opened_at);

CREATE TABLE contacts (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  customer_id TEXT REFERENCES customers (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('call','note','order','delivery','complaint','email','visit')),
  direction TEXT CHECK (direction IN ('inbound','outbound')),
  at INTEGER NOT NULL,
  zone TEXT NOT NULL,
  subject TEXT,
  note TEXT,
  outcome TEXT CHECK (outcome IN ('reached','callback','notInterested','wrongNumber','voicemail','noAnswer')),
  expectation TEXT CHECK (expectation IN ('missed','met','exceeded')),
  -- The agent said "don't know", which is not the same as neutral.
  feeling_unknown INTEGER NOT NULL DEFAULT 0 CHECK (feeling_unknown IN (0, 1)),
  agent_id TEXT NOT NULL,
  -- The leg that began the contact, when it is a call.
  call_id TEXT,
  matter_id TEXT REFERENCES matters (id) ON DELETE SET NULL,
  list_id TEXT,
  ${origin}
) STRICT;
-- Read backwards it is (at DESC, row DESC): the newest twenty come without a sort.
CREATE INDEX contacts_customer ON contacts (customer_id, at);
CREATE INDEX contacts_matter ON contacts (matter_id, at) WHERE matter_id IS NOT NULL;
CREATE INDEX contacts_sample ON contacts (row) WHERE origin = 'sample';

-- One row per leg, folded from call_events in the transaction of each event.
CREATE TABLE calls (
  row INTEGER PRIMARY KEY,
  call_id TEXT NOT NULL UNIQUE,
  contact_id TEXT NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
  customer_id TEXT REFERENCES customers (id) ON DELETE CASCADE,
  agent_id TEXT NOT NULL,
  account_id TEXT,
  matter_id TEXT,
  list_id TEXT,
  direction TEXT NOT NULL CHECK (direction IN ('inbound','outbound')),
  remote_uri TEXT NOT NULL,
  remote_number TEXT,
  remote_display TEXT,
  remote_anonymous INTEGER NOT NULL CHECK (remote_anonymous IN (0, 1)),
  called_number TEXT,
  diverted_from TEXT,
  e164 TEXT,
  -- E.164, else the digits or the URI in lower case; null when the caller is anonymous.
  number_key TEXT,
  internal INTEGER NOT NULL CHECK (internal IN (0, 1)),
  zone TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  answered_at INTEGER,
  ended_at INTEGER,
  ring_ms INTEGER NOT NULL DEFAULT 0,
  talk_ms INTEGER NOT NULL DEFAULT 0,
  hold_ms INTEGER NOT NULL DEFAULT 0,
  cause TEXT CHECK (cause IN ('completed','missed','declined','cancelled','busy','noAnswer','rejected','notFound',
    'unavailable','notAcceptable','forbidden','serverError','timeout','networkLost','mediaFailed',
    'answeredElsewhere','interrupted','failed')),
  sip_code INTEGER,
  ended_by TEXT CHECK (ended_by IN ('agent','customer','network','system')),
  quality_json TEXT CHECK (quality_json IS NULL OR json_valid(quality_json)),
  last_seq INTEGER NOT NULL,
  last_event_at INTEGER NOT NULL,
  -- An inbound call that nobody took and nobody declined.
  missed INTEGER NOT NULL DEFAULT 0 CHECK (missed IN (0, 1)),
  returns_call_id TEXT,
  returned_at INTEGER,
  returned_by_call_id TEXT,
  dismissed_at INTEGER,
  ${origin}
) STRICT;
CREATE INDEX calls_started ON calls (started_at);
CREATE INDEX calls_customer ON calls (customer_id, started_at) WHERE customer_id IS NOT NULL;
CREATE INDEX calls_number ON calls (number_key, started_at) WHERE number_key IS NOT NULL;
CREATE INDEX calls_contact ON calls (contact_id);
CREATE INDEX calls_open ON calls (started_at) WHERE ended_at IS NULL;
CREATE INDEX calls_to_return ON calls (started_at)
  WHERE missed = 1 AND returned_at IS NULL AND dismissed_at IS NULL;

CREATE TABLE call_events (
  call_id TEXT NOT NULL REFERENCES calls (call_id) ON DELETE CASCADE,
  seq INTEGER NOT NULL CHECK (seq >= 0),
  at INTEGER NOT NULL,
  type TEXT NOT NULL,
  event_json TEXT NOT NULL CHECK (json_valid(event_json)),
  PRIMARY KEY (call_id, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE wrap_ups (
  id TEXT PRIMARY KEY,
  contact_id TEXT NOT NULL UNIQUE REFERENCES contacts (id) ON DELETE CASCADE,
  call_id TEXT NOT NULL UNIQUE REFERENCES calls (call_id) ON DELETE CASCADE,
  agent_id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open','saved')),
  revision INTEGER NOT NULL DEFAULT 0,
  draft_json TEXT NOT NULL CHECK (json_valid(draft_json)),
  opened_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  saved_at INTEGER,
  -- How long tagging the feelings took; its median is watched.
  tag_ms INTEGER,
  ${origin}
) STRICT, WITHOUT ROWID;
CREATE INDEX wrap_ups_open ON wrap_ups (opened_at) WHERE state = 'open';

CREATE TABLE feelings (
  id TEXT PRIMARY KEY,
  contact_id TEXT NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
  customer_id TEXT REFERENCES customers (id) ON DELETE CASCADE,
  part TEXT NOT NULL CHECK (part IN ('end','peak')),
  emotion TEXT NOT NULL CHECK (${emotion('emotion')}),
  intensity REAL NOT NULL CHECK (intensity IN (0.5, 0.75, 1)),
  sign INTEGER NOT NULL DEFAULT 1 CHECK (sign IN (1, -1)),
  at INTEGER NOT NULL,
  agent_id TEXT NOT NULL,
  call_id TEXT,
  matter_id TEXT,
  list_id TEXT,
  -- When the customer disagreed with the tag.
  disputed_at INTEGER,
  ${origin},
  UNIQUE (contact_id, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX feelings_customer ON feelings (customer_id, at) WHERE customer_id IS NOT NULL;

CREATE TABLE promises (
  id TEXT PRIMARY KEY,
  customer_id TEXT REFERENCES customers (id) ON DELETE CASCADE,
  contact_id TEXT REFERENCES contacts (id) ON DELETE CASCADE,
  call_id TEXT,
  matter_id TEXT,
  list_id TEXT,
  -- Who made it, and who is to keep it.
  agent_id TEXT NOT NULL,
  owner_id TEXT NOT NULL,
  text TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  first_due_at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open','kept','cancelled')),
  settled_at INTEGER,
  settled_by TEXT,
  ${origin},
  CHECK ((state = 'open') = (settled_at IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX promises_open ON promises (due_at) WHERE state = 'open';
CREATE INDEX promises_customer ON promises (customer_id, due_at) WHERE customer_id IS NOT NULL;
CREATE INDEX promises_contact ON promises (contact_id) WHERE contact_id IS NOT NULL;

CREATE TABLE questions (
  id TEXT PRIMARY KEY,
  customer_id TEXT REFERENCES customers (id) ON DELETE CASCADE,
  contact_id TEXT REFERENCES contacts (id) ON DELETE CASCADE,
  call_id TEXT,
  matter_id TEXT,
  list_id TEXT,
  agent_id TEXT NOT NULL,
  text TEXT NOT NULL,
  asked_at INTEGER NOT NULL,
  answered_at INTEGER,
  ${origin}
) STRICT, WITHOUT ROWID;
CREATE INDEX questions_open ON questions (customer_id, asked_at) WHERE answered_at IS NULL;
CREATE INDEX questions_customer ON questions (customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX questions_contact ON questions (contact_id) WHERE contact_id IS NOT NULL;

CREATE TABLE deals (
  id TEXT PRIMARY KEY,
  customer_id TEXT REFERENCES customers (id) ON DELETE CASCADE,
  -- The contact that created it, and the one in which it was decided.
  contact_id TEXT REFERENCES contacts (id) ON DELETE CASCADE,
  decided_contact_id TEXT REFERENCES contacts (id) ON DELETE SET NULL,
  call_id TEXT,
  matter_id TEXT,
  list_id TEXT,
  -- Who created it, and who decided it: won and lost are counted for the latter.
  agent_id TEXT NOT NULL,
  decided_by TEXT,
  title TEXT,
  state TEXT NOT NULL CHECK (state IN ('open','won','lost')),
  value_cents INTEGER,
  currency TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  decided_at INTEGER,
  cancelled_at INTEGER,
  lost_reason TEXT,
  ${origin},
  CHECK ((state = 'open') = (decided_at IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX deals_customer ON deals (customer_id, created_at) WHERE customer_id IS NOT NULL;
CREATE INDEX deals_contact ON deals (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX deals_decided_contact ON deals (decided_contact_id) WHERE decided_contact_id IS NOT NULL;
CREATE INDEX deals_decided ON deals (decided_at) WHERE decided_at IS NOT NULL;

CREATE TABLE cue_rules (
  rule INTEGER PRIMARY KEY,
  muted TEXT NOT NULL DEFAULT 'no' CHECK (muted IN ('no','itself','byAgent')),
  -- Showings and verdicts before this time no longer count, so that an unmuted rule starts afresh.
  counted_from INTEGER NOT NULL DEFAULT 0,
  changed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE cue_verdicts (
  id TEXT PRIMARY KEY,
  customer_id TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  rule INTEGER NOT NULL,
  subject TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('notTrue','snooze')),
  until INTEGER,
  at INTEGER NOT NULL,
  agent_id TEXT NOT NULL,
  call_id TEXT,
  ${origin},
  CHECK ((kind = 'snooze') = (until IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX cue_verdicts_customer ON cue_verdicts (customer_id, rule, subject);
CREATE INDEX cue_verdicts_rule ON cue_verdicts (rule, at);

-- occasion is the call, or the opened card, in which the cue was seen: it counts once in each.
CREATE TABLE cue_showings (
  customer_id TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  rule INTEGER NOT NULL,
  subject TEXT NOT NULL,
  occasion TEXT NOT NULL,
  at INTEGER NOT NULL,
  agent_id TEXT NOT NULL,
  ${origin},
  PRIMARY KEY (customer_id, rule, subject, occasion)
) STRICT, WITHOUT ROWID;
CREATE INDEX cue_showings_rule ON cue_showings (rule, at);

-- Which of several customers with one number the agent chose.
CREATE TABLE number_choices (
  number_key TEXT NOT NULL,
  customer_id TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  agent_id TEXT NOT NULL,
  times INTEGER NOT NULL DEFAULT 1,
  chosen_at INTEGER NOT NULL,
  PRIMARY KEY (number_key, customer_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX number_choices_customer ON number_choices (customer_id);

CREATE TABLE agent_states (
  id TEXT PRIMARY KEY,
  agent_id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('offline','available','call','wrapUp')),
  since INTEGER NOT NULL,
  -- Up to when the state is vouched for: it is moved on while core lives, so a crash counts no hours.
  until INTEGER NOT NULL,
  closed INTEGER NOT NULL DEFAULT 0 CHECK (closed IN (0, 1)),
  contact_id TEXT,
  call_id TEXT,
  list_id TEXT,
  ${origin},
  CHECK (until >= since)
) STRICT, WITHOUT ROWID;
CREATE INDEX agent_states_since ON agent_states (agent_id, since);
CREATE INDEX agent_states_open ON agent_states (since) WHERE closed = 0;

-- Additive: durations in ms, money in cents; list_id is '' where there is none.
CREATE TABLE kpi_measures (
  agent_id TEXT NOT NULL,
  bucket INTEGER NOT NULL CHECK (bucket % 900000 = 0),
  measure TEXT NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('real','practice','sample','imported')),
  list_id TEXT NOT NULL DEFAULT '',
  value INTEGER NOT NULL,
  PRIMARY KEY (agent_id, bucket, measure, origin, list_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  fact_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  ${origin},
  body_json TEXT NOT NULL CHECK (json_valid(body_json))
) STRICT;
`;

export const firstSchema = {
  version: 1,
  /** The oldest program version of the schema that may still read a database of this version. */
  minReaderVersion: 1,
  sql,
} as const;
