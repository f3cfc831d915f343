// Fills a database with a large book, straight through SQL and in bounded memory: customers, their
// numbers, and contacts in the order of time, so that one customer's rows lie scattered as in life.
import type { Database } from 'better-sqlite3';

export interface BookSize {
  customers: number;
  contacts: number;
}

const DAY = 86_400_000;
const SPAN = 900 * DAY;
const EMOTIONS = ['joy', 'trust', 'hope', 'neutral', 'worry', 'disappointment', 'anger', 'relief'];
const VALENCES = [0.8, 0.7, 0.4, 0, -0.4, -0.7, -1, 0.6];
const OUTCOMES = ['reached', 'callback', 'notInterested', 'voicemail'];
const NOTES = [
  'Asked for an offer with winter tyres; wants to compare it with the other dealer by Friday.',
  'Delivery was two days late, apologised and explained the reason.',
  'Happy with the test drive, will talk it over at home.',
  'Wants a call back about the leasing rate.',
];

/** The number of the customer with that index, E.164. */
export function numberOf(customer: number): string {
  return `+4930${String(20_000_000 + customer)}`;
}

/** Writes the book; `now` in epoch ms. `onProgress` hears how many contacts are written. */
export function writeLargeBook(
  database: Database,
  size: BookSize,
  agentId: string,
  now: number,
  onProgress: (contacts: number) => void = () => {},
): void {
  const random = randomFrom(20_261_123);
  // Nobody misses this file after a crash, and indexes are cheaper to build once than row by row.
  for (const pragma of ['journal_mode = OFF', 'synchronous = OFF', 'foreign_keys = OFF']) {
    database.pragma(pragma);
  }
  database.pragma('cache_size = -300000');
  const indexes = database
    .prepare("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
    .all() as { name: string; sql: string }[];
  for (const { name } of indexes) database.exec(`DROP INDEX ${name}`);
  const since = now - SPAN;
  inBatches(database, size.customers, customerWriter(database, agentId, since));
  const write = contactWriter(database, agentId, size, random, now);
  inBatches(database, size.contacts, write, onProgress);
  for (const { sql } of indexes) database.exec(sql);
  database.exec(SUMMARIES);
  database.pragma('journal_mode = WAL');
}

function inBatches(
  database: Database,
  count: number,
  write: (index: number) => void,
  onProgress: (done: number) => void = () => {},
): void {
  const batch = database.transaction((from: number, to: number) => {
    for (let index = from; index < to; index += 1) write(index);
  });
  for (let from = 0; from < count; from += 20_000) {
    batch(from, Math.min(count, from + 20_000));
    onProgress(Math.min(count, from + 20_000));
  }
}

function customerWriter(
  database: Database,
  agentId: string,
  since: number,
): (index: number) => void {
  const customer = database.prepare(
    `INSERT INTO customers (row, id, name, sort_name, company, city, customer_since, agent_id, created_at, changed_at, origin)
     VALUES (?, ?, ?, ?, ?, 'Berlin', ?, ?, ?, ?, 'imported')`,
  );
  const number = database.prepare(
    `INSERT INTO customer_numbers (id, customer_id, raw, e164, number_key, confirmed_at, origin)
     VALUES (?, ?, ?, ?, ?, ?, 'imported')`,
  );
  const search = database.prepare(
    'INSERT INTO customer_search (rowid, name, company, city, numbers, emails) VALUES (?, ?, ?, ?, ?, ?)',
  );
  return (index) => {
    const id = bookId(since, 'customer', index);
    const name = `Customer ${index}`;
    const company = index % 3 === 0 ? `Company ${index}` : null;
    const e164 = numberOf(index);
    customer.run(index + 1, id, name, name.toLowerCase(), company, since, agentId, since, since);
    number.run(bookId(since, 'number', index), id, e164, e164, e164, index % 2 ? since : null);
    search.run(
      index + 1,
      name.toLowerCase(),
      company?.toLowerCase() ?? '',
      'berlin',
      e164.slice(1),
      '',
    );
  };
}

function contactWriter(
  database: Database,
  agentId: string,
  size: BookSize,
  random: () => number,
  now: number,
): (index: number) => void {
  const since = now - SPAN;
  const contact = database.prepare(
    `INSERT INTO contacts (row, id, customer_id, kind, direction, at, zone, subject, note, outcome, expectation, agent_id, call_id, origin)
     VALUES (?, ?, ?, ?, ?, ?, 'Europe/Berlin', NULL, ?, ?, ?, ?, ?, 'imported')`,
  );
  const call = database.prepare(
    `INSERT INTO calls (row, call_id, contact_id, customer_id, agent_id, direction, remote_uri, remote_number, remote_anonymous,
       e164, number_key, internal, zone, started_at, answered_at, ended_at, ring_ms, talk_ms, cause, ended_by, last_seq, last_event_at, origin)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, 0, 'Europe/Berlin', ?, ?, ?, 4000, 180000, 'completed', 'customer', 3, ?, 'imported')`,
  );
  const feeling = database.prepare(
    `INSERT INTO feelings (id, contact_id, customer_id, part, emotion, intensity, at, agent_id, origin)
     VALUES (?, ?, ?, 'end', ?, ?, ?, ?, 'imported')`,
  );
  const promise = database.prepare(
    `INSERT INTO promises (id, customer_id, contact_id, agent_id, owner_id, text, made_at, due_at, first_due_at, state, settled_at, origin)
     VALUES (?, ?, ?, ?, ?, 'Send the offer', ?, ?, ?, ?, ?, 'imported')`,
  );
  const deal = database.prepare(
    `INSERT INTO deals (id, customer_id, contact_id, agent_id, state, value_cents, currency, created_at, decided_at, origin)
     VALUES (?, ?, ?, ?, ?, ?, 'EUR', ?, ?, 'imported')`,
  );
  const question = database.prepare(
    `INSERT INTO questions (id, customer_id, contact_id, agent_id, text, asked_at, origin)
     VALUES (?, ?, ?, ?, 'Is the tow bar included?', ?, 'imported')`,
  );
  return (index) => {
    const at = since + Math.floor((index / size.contacts) * (SPAN - DAY));
    const customer = Math.floor(random() * size.customers);
    const customerId = bookId(since, 'customer', customer);
    const id = bookId(at, 'contact', index);
    const isCall = random() < 0.7;
    const callId = isCall ? bookId(at, 'call', index) : null;
    const direction = random() < 0.5 ? 'inbound' : 'outbound';
    const note = NOTES[index % NOTES.length] ?? '';
    const kind = isCall ? 'call' : 'note';
    contact.run(
      ...[index + 1, id, customerId, kind, isCall ? direction : null, at, note],
      ...[isCall ? (OUTCOMES[index % OUTCOMES.length] ?? null) : null],
      ...[index % 5 === 0 ? 'exceeded' : 'met', agentId, callId],
    );
    if (callId) {
      const number = numberOf(customer);
      const uri = `sip:${number}@example.test`;
      call.run(
        ...[index + 1, callId, id, customerId, agentId, direction, uri, number, number, number],
        ...[at, at + 4000, at + 184_000, at + 184_000],
      );
    }
    if (random() < 0.6) {
      const emotion = EMOTIONS[index % EMOTIONS.length] ?? 'neutral';
      feeling.run(bookId(at, 'feeling', index), id, customerId, emotion, 0.75, at, agentId);
    }
    if (random() < 0.1) {
      const due = at + 3 * DAY;
      const open = random() < 0.1;
      promise.run(
        ...[bookId(at, 'promise', index), customerId, id, agentId, agentId, at, due, due],
        ...[open ? 'open' : 'kept', open ? null : due],
      );
    }
    if (random() < 0.05) {
      const won = random() < 0.5;
      deal.run(
        ...[bookId(at, 'deal', index), customerId, id, agentId, won ? 'won' : 'open', 2_500_000],
        ...[at, won ? at + DAY : null],
      );
    }
    if (random() < 0.03) question.run(bookId(at, 'question', index), customerId, id, agentId, at);
  };
}

const VALUE_OF_EMOTION = EMOTIONS.map((emotion, n) => `WHEN '${emotion}' THEN ${VALENCES[n]}`).join(
  ' ',
);

/** Derived columns, as the product keeps them in the transaction of each fact. */
const SUMMARIES = `
INSERT INTO customer_summary (customer_id, contact_count, last_contact_at)
  SELECT customer_id, count(*), max(at) FROM contacts GROUP BY customer_id;
UPDATE customer_summary SET
  last_felt_contact_id = f.contact_id, last_felt_at = f.at, last_emotion = f.emotion,
  last_intensity = f.intensity, last_sign = 1,
  last_value = f.intensity * CASE f.emotion ${VALUE_OF_EMOTION} ELSE 0 END
FROM (SELECT customer_id, contact_id, max(at) AS at, emotion, intensity FROM feelings GROUP BY customer_id) AS f
WHERE f.customer_id = customer_summary.customer_id;
`;

const KINDS = [
  'customer',
  'number',
  'contact',
  'call',
  'feeling',
  'promise',
  'deal',
  'question',
] as const;

/** A UUIDv7 that is the same for the same kind and index. */
function bookId(at: number, kind: (typeof KINDS)[number], index: number): string {
  const time = at.toString(16).padStart(12, '0');
  const tail = index.toString(16).padStart(11, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8${KINDS.indexOf(kind)}00-0${tail}`;
}

/** mulberry32: small, fast and the same on every machine. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
