// Fills an empty desk with a large book, straight through SQL and in bounded memory: indexes and
// triggers are put aside and come back at the end, nothing is synchronised on the way.
import type { Database } from 'better-sqlite3';
import { emailKey } from '../../main/core/customers/customer-store.ts';
import { foldText } from '../../main/core/customers/folding.ts';
import { customerTerms } from '../../main/core/customers/search-terms.ts';
import { feelingValue } from '../../main/core/emotions/contact-feeling.ts';
import type { Feeling } from '../../preload/contract/shapes.ts';
import { contactWriter } from './book-facts.ts';
import { customerId, factId } from './book-ids.ts';
import { AGENT_NAMES } from './book-names.ts';
import { customerOf } from './book-people.ts';
import type { BookShape, BookSize } from './book-shape.ts';
import { bookSummaries } from './book-summaries.ts';
import { mixed } from './chance.ts';

const DAY = 86_400_000;
/** What the book tells of: 900 days. */
const SPAN = 900 * DAY;
const BATCH = 50_000;
/** FTS5 gathers so much before it writes a segment: few segments are merged in one go at the end. */
const GATHERED_BYTES = 48 * 1024 * 1024;
const SEARCHES = ['customer_search', 'contact_search'];

export type BookPart = 'customers' | 'contacts' | 'summaries' | 'indexes' | 'search';

export interface BookOptions extends BookSize {
  seed: number;
  /** Nothing in the book happens after this, epoch ms. */
  until: number;
  /** The agent at the desk, who must be stored already. */
  agentId: string;
  onProgress: (part: BookPart, done: number, total: number) => void;
  /** Asked between batches; what is written so far is of no use then. */
  cancelled?: () => boolean;
}

/** Writes the book; answers false when it was cancelled. */
export async function writeLargeBook(database: Database, options: BookOptions): Promise<boolean> {
  const { onProgress, cancelled = () => false } = options;
  const restore = putAside(database);
  const shape = shapeOf(options);
  writeColleagues(database, shape);
  const summaries = bookSummaries(shape.customers);
  const facts = contactWriter(database, shape, summaries);
  const valueOf = (emotion: Feeling['emotion'], intensity: number) =>
    feelingValue({ emotion, intensity: intensity as Feeling['intensity'], sign: 1 });
  const parts: [BookPart, number, (index: number) => void][] = [
    ['customers', shape.customers, customerWriter(database, shape)],
    ['contacts', shape.contacts, facts.write],
    ['summaries', shape.customers, summaries.writer(database, shape.since, valueOf)],
  ];
  for (const [part, total, write] of parts) {
    // FTS5 writes a segment at each commit: few commits are few segments.
    database.exec('BEGIN');
    for (let done = 0; done < total; ) {
      const end = Math.min(total, done + BATCH);
      for (; done < end; done += 1) write(done);
      onProgress(part, done, total);
      await new Promise((resolve) => setImmediate(resolve));
      if (cancelled()) return false;
    }
    if (part === 'contacts') facts.finish();
    database.exec('COMMIT');
  }
  const steps = restore();
  for (const [done, step] of steps.entries()) {
    onProgress(step.part, done, steps.length);
    await new Promise((resolve) => setImmediate(resolve));
    if (cancelled()) return false;
    step.run();
  }
  onProgress('search', steps.length, steps.length);
  return true;
}

/** What the same options always make. */
export function shapeOf(
  options: Pick<BookOptions, 'customers' | 'contacts' | 'seed' | 'until' | 'agentId'>,
): BookShape {
  const { customers, contacts, seed, until, agentId } = options;
  const since = until - SPAN;
  const colleagues = AGENT_NAMES.map((_, index) => factId(since, 'agent', index));
  return { customers, contacts, seed, since, until, agents: [agentId, agentId, ...colleagues] };
}

interface Step {
  part: BookPart;
  run: () => void;
}

/** Takes indexes and triggers away, and answers what brings them back. */
function putAside(database: Database): () => Step[] {
  // A rollback journal holds only pages that were there before: next to nothing, while a log would hold all.
  for (const setting of [
    'journal_mode = DELETE',
    'synchronous = OFF',
    'foreign_keys = OFF',
    'secure_delete = OFF',
  ]) {
    database.pragma(setting);
  }
  database.pragma('cache_size = -120000');
  // Sorting the largest index in memory would take most of a gigabyte; nothing in the book is secret.
  database.pragma('temp_store = FILE');
  const aside = database
    .prepare(
      "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL ORDER BY type",
    )
    .all() as { type: string; name: string; sql: string }[];
  for (const { type, name } of aside) database.exec(`DROP ${type} ${name}`);
  const configure = (search: string, option: string, value: number) =>
    database.exec(`INSERT INTO ${search} (${search}, rank) VALUES ('${option}', ${value})`);
  for (const search of SEARCHES) {
    configure(search, 'automerge', 0);
    configure(search, 'crisismerge', 1_000);
    configure(search, 'hashsize', GATHERED_BYTES);
  }
  return () => [
    ...SEARCHES.map((search) => ({
      part: 'search' as const,
      run() {
        database.exec(`INSERT INTO ${search} (${search}) VALUES ('optimize')`);
        for (const [option, value] of [
          ['automerge', 4],
          ['crisismerge', 16],
          ['hashsize', 1_048_576],
        ] as const) {
          configure(search, option, value);
        }
      },
    })),
    ...aside.map(({ sql }) => ({ part: 'indexes' as const, run: () => void database.exec(sql) })),
    { part: 'indexes', run: () => void database.pragma('journal_mode = WAL') },
  ];
}

function writeColleagues(database: Database, { since, agents }: BookShape): void {
  const agent = database.prepare(
    "INSERT INTO agents (id, name, me, created_at, origin) VALUES (?, ?, 0, ?, 'imported')",
  );
  for (const [index, name] of AGENT_NAMES.entries()) agent.run(agents[index + 2], name, since);
}

function customerWriter(
  database: Database,
  { seed, since, until, agents }: BookShape,
): (index: number) => void {
  const insert = database.prepare(
    `INSERT INTO customers (row, id, name, sort_name, company, city, emails_json, tags_json, preferred_time, street,
       postal_code, country, external_id, customer_since, agent_id, created_at, changed_at, origin)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'imported')`,
  );
  const number = database.prepare(
    `INSERT INTO customer_numbers (id, customer_id, raw, e164, number_key, confirmed_at, position, origin)
     VALUES (?, ?, ?, ?, ?, ?, ?, 'imported')`,
  );
  const email = database.prepare(
    'INSERT OR IGNORE INTO customer_emails (email_key, customer_id) VALUES (?, ?)',
  );
  const search = database.prepare('INSERT INTO customer_search (rowid, terms) VALUES (?, ?)');
  return (index) => {
    const id = customerId(since, index);
    const customer = customerOf(seed, index);
    const {
      name,
      company,
      street,
      postalCode,
      city,
      country,
      emails,
      numbers,
      tags,
      preferredTime,
      externalId,
    } = customer;
    const customerSince = since - (mixed(seed, index, 30) % 3_000) * DAY;
    insert.run(
      ...[
        index + 1,
        id,
        name,
        foldText(name).slice(0, 40),
        company,
        city,
        JSON.stringify(emails),
        JSON.stringify(tags),
      ],
      ...[
        preferredTime,
        street,
        postalCode,
        country,
        externalId,
        customerSince,
        agents[0],
        since,
        Math.min(until, since),
      ],
    );
    for (const [position, { raw, e164 }] of numbers.entries()) {
      const confirmedAt = position === 0 && index % 2 === 1 ? since : null;
      number.run(
        factId(since, 'number', index * 4 + position),
        id,
        raw,
        e164,
        e164,
        confirmedAt,
        position,
      );
    }
    for (const address of emails) email.run(emailKey(address), id);
    const digits = numbers.map(({ e164 }) => e164.slice(1));
    search.run(index + 1, customerTerms({ name, company, city, emails, tags, digits }));
  };
}
