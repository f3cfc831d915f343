// Keeps the search index. Triggers note which customers and contacts have changed, whoever changed
// them; here their words are folded and written. A search does so for the few that wait at that moment;
// many (an import, the book of an older program) are taken in batches between which calls go on.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Cancel, Schedule } from '../clock.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import { noWriteBack, type WriteBack } from '../database/write-back.ts';
import { LEAST_ROWS, type Pace, pacedRows } from '../database/paced-rows.ts';
import { storageReasonOf } from '../database/storage-problem.ts';
import { contactTerms, customerTerms, digitsOfKey } from './search-terms.ts';

interface IndexedCustomer {
  row: number;
  name: string;
  company: string | null;
  city: string | null;
  emails_json: string;
  tags_json: string;
  /** E.164 or what else the numbers are compared by. */
  keys_json: string;
}

interface IndexedContact {
  row: number;
  subject: string | null;
  note: string | null;
}

/** How far the index has come: null when it holds everything. */
export type IndexProgress = { done: number; total: number } | null;

export type SearchIndex = ReturnType<typeof searchIndex>;

interface Keeping {
  schedule: Schedule;
  /** A long piece of work is done. */
  changed: () => void;
  writeBack?: WriteBack;
}

/** So many wait for a search at most: some milliseconds. */
const AT_ONCE = 100;
const BATCH = 200;
const MOST_IN_BATCH = 2_000;
const LOOK_EVERY_MS = 1_000;
/** Pages of the index that one step of a purge may write. */
const PURGE_PAGES = 200;
/** FTS5's own: so many segments of a level are merged. */
const USUAL_MERGING = 4;
const PARTS = ['customer', 'contact'] as const;
type Part = (typeof PARTS)[number];

const CUSTOMER_COLUMNS = `u.row, u.name, u.company, u.city, u.emails_json, u.tags_json,
  (SELECT json_group_array(coalesce(n.e164, n.number_key)) FROM customer_numbers n WHERE n.customer_id = u.id) AS keys_json`;

export function searchIndex(database: DeskDatabase) {
  let elsewhere = false;
  const customer = database.query<IndexedCustomer>(
    `SELECT ${CUSTOMER_COLUMNS} FROM customers u WHERE u.row = ?`,
  );
  const contact = database.query<IndexedContact>(
    'SELECT row, subject, note FROM contacts WHERE row = ?',
  );
  const waiting = both((part) =>
    database.query<{ row: number }>(`SELECT row FROM ${part}_search_waiting ORDER BY row LIMIT ?`),
  );
  const anyWaits = database.query(
    `SELECT 1 WHERE ${PARTS.map((part) => `EXISTS (SELECT 1 FROM ${part}_search_waiting)`).join(' OR ')}`,
  );
  const countWaiting = both((part) =>
    database.query<{ n: number }>(
      `SELECT count(*) AS n FROM (SELECT 1 FROM ${part}_search_waiting LIMIT 100000)`,
    ),
  );
  const served = both((part) => database.query(`DELETE FROM ${part}_search_waiting WHERE row = ?`));
  const forget = both((part) => database.query(`DELETE FROM ${part}_search WHERE rowid = ?`));
  const write = both((part) =>
    database.query(`INSERT INTO ${part}_search (rowid, terms) VALUES (?, ?)`),
  );
  const below = both((part) =>
    database.query<{ row: number }>(
      `SELECT row FROM ${part}s WHERE row <= ? ORDER BY row DESC LIMIT ${BATCH}`,
    ),
  );
  const newest = both((part) =>
    database.query<{ row: number | null }>(`SELECT max(row) AS row FROM ${part}s`),
  );
  const merging = (segments: number) =>
    both((part) =>
      database.query(
        `INSERT INTO ${part}_search (${part}_search, rank) VALUES ('automerge', ${segments})`,
      ),
    );
  const mergeNothing = merging(0);
  const mergeAsUsual = merging(USUAL_MERGING);
  const flush = both((part) =>
    database.query(`INSERT INTO ${part}_search (${part}_search) VALUES ('flush')`),
  );
  const readMeta = database.query<{ value: string }>(
    "SELECT value FROM meta WHERE name = 'search_rebuild'",
  );
  const writeMeta = database.query("UPDATE meta SET value = ? WHERE name = 'search_rebuild'");
  const clearMeta = database.query("DELETE FROM meta WHERE name = 'search_rebuild'");

  function termsOf(part: Part, row: number): string {
    if (part === 'customer') {
      const found = customer.get(row);
      return found ? customerTerms(searchedCustomerFrom(found)) : '';
    }
    const found = contact.get(row);
    return found ? contactTerms(found.subject, found.note) : '';
  }

  /** To be called for rows in rising order: FTS5 gathers only those in one go. */
  function writeRow(part: Part, row: number): void {
    forget[part].run(row);
    const terms = termsOf(part, row);
    if (terms !== '') write[part].run(row, terms);
  }

  /**
   * Takes up to `count` changed rows of each kind, fewer when `enough` says so; answers how many it took.
   */
  function takeWaiting(count: number, enough = (_done: number) => false): number {
    let taken = 0;
    for (const part of PARTS) {
      const rows = waiting[part].all(count).map(({ row }) => row);
      if (rows.length === 0) continue;
      let done = 0;
      // Nothing is lost with it that is not noted still.
      database.bulkTransaction(() => {
        for (const row of rows) {
          writeRow(part, row);
          served[part].run(row);
          done += 1;
          if (enough(done)) break;
        }
      });
      taken += done;
    }
    return taken;
  }

  function nothingWaits(): boolean {
    return rebuilt() === null && anyWaits.get() === undefined;
  }

  function rebuilt(): Record<Part, number> | null {
    const text = readMeta.get()?.value;
    if (text === undefined) return null;
    const { customers = 0, contacts = 0 } = JSON.parse(text) as Partial<Record<`${Part}s`, number>>;
    return { customer: customers, contact: contacts };
  }

  /** One batch of what an older program left unindexed, the newest first; false when all is done. */
  function rebuildSome(): boolean {
    const left = rebuilt();
    if (left === null) return false;
    const part = PARTS.find((one) => left[one] > 0);
    database.bulkTransaction(() => {
      if (part === undefined) {
        clearMeta.run();
        return;
      }
      const rows = below[part].all(left[part]).map(({ row }) => row);
      for (const row of rows.toReversed()) writeRow(part, row);
      left[part] = rows.length < BATCH ? 0 : (rows.at(-1) ?? 1) - 1;
      writeMeta.run(JSON.stringify({ customers: left.customer, contacts: left.contact }));
    });
    return part !== undefined;
  }

  function progress(): IndexProgress {
    const left = rebuilt();
    const queued = PARTS.reduce((sum, part) => sum + (countWaiting[part].get()?.n ?? 0), 0);
    if (left === null && queued === 0) return null;
    const total = PARTS.reduce((sum, part) => sum + (newest[part].get()?.row ?? 0), 0);
    const open = (left?.customer ?? 0) + (left?.contact ?? 0) + queued;
    return { done: Math.max(0, total - open), total };
  }

  return {
    /** Whether something was changed that is not found yet; before most searches nothing was. */
    isBehind: () => anyWaits.get() !== undefined,

    /** What was changed a moment ago is found: call it before a search. */
    catchUp(): void {
      if (elsewhere) return;
      try {
        takeWaiting(AT_ONCE);
      } catch (error) {
        // Where nothing can be written, what is indexed is still found.
        if (storageReasonOf(error) === null) throw error;
      }
    },

    /**
     * Within a transaction: the terms of a new customer whom nobody has changed since. To be called for rows
     * in rising order: FTS5 gathers only those in one go.
     */
    enter(row: number, terms: string): void {
      if (terms !== '') write.customer.run(row, terms);
      served.customer.run(row);
    },

    progress,

    /** Everything that waits, in one go: for tests and for who must see the whole index. */
    finish(): void {
      while (takeWaiting(BATCH) > 0 || rebuildSome());
    },

    /** One step of work in a thread of its own: up to so many rows; answers how many it took. */
    inSteps:
      (pace: Pick<Pace, 'rowsMs' | 'givesWay'>) =>
      (count: number): number => {
        const began = performance.now();
        const long = () => performance.now() - began >= pace.rowsMs || pace.givesWay();
        return takeWaiting(count, (done) => done >= LEAST_ROWS && long());
      },

    /** Whether another thread keeps the index for now. */
    leaveToOthers(on: boolean): void {
      elsewhere = on;
    },

    /** Works in the background. */
    keep({ schedule, changed, writeBack = noWriteBack }: Keeping) {
      let stopped = false;
      let work: Promise<void> | null = null;
      const paced = pacedRows({ first: BATCH, most: MOST_IN_BATCH });
      async function run(breathe: () => Promise<void>): Promise<void> {
        let batches = 0;
        const on = () => !stopped && !elsewhere;
        while (on() && (paced.step((rows) => takeWaiting(rows)) > 0 || rebuildSome())) {
          batches += 1;
          await breathe();
          await nextTurn();
        }
        if (batches > 1 && on()) changed();
      }
      const look = () => {
        // A failure shows at the next search; what waits is still noted.
        if (elsewhere) return;
        work ??= (nothingWaits() ? Promise.resolve() : writeBack.during(run))
          .catch(() => undefined)
          .finally(() => (work = null));
      };
      const cancel: Cancel = schedule.every(LOOK_EVERY_MS, look);
      look();
      return {
        /** Before the database closes: stops after the batch at hand, and goes on from there next time. */
        async stop(): Promise<void> {
          stopped = true;
          cancel();
          await work;
        },
      };
    },

    /**
     * Part of a transaction that removes many: at each of them the index would begin to merge what is
     * left. Call `purge` when all are gone.
     */
    removingMany<Result>(work: () => Result): Result {
      for (const part of PARTS) mergeNothing[part].run();
      const result = work();
      for (const part of PARTS) {
        // Before merging is allowed again: else the commit would do it.
        flush[part].run();
        mergeAsUsual[part].run();
      }
      return result;
    },

    /**
     * Writes the index anew without the words of who was erased: a deleted row is only marked until its
     * part of the index is merged. In steps, between which calls go on.
     */
    async purge(): Promise<void> {
      const changes = database.query<{ n: number }>('SELECT total_changes() AS n');
      for (const part of PARTS) {
        // A negative number first arranges for everything to be merged into one (FTS5's documentation).
        for (let pages = -PURGE_PAGES; ; pages = PURGE_PAGES) {
          const before = changes.get()?.n ?? 0;
          database
            .query(`INSERT INTO ${part}_search (${part}_search, rank) VALUES ('merge', ${pages})`)
            .run();
          if ((changes.get()?.n ?? 0) - before < 2) break;
          await nextTurn();
        }
      }
    },
  };
}

function both<Made>(make: (part: Part) => Made): Record<Part, Made> {
  return { customer: make('customer'), contact: make('contact') };
}

function searchedCustomerFrom(row: IndexedCustomer) {
  return {
    name: row.name,
    company: row.company,
    city: row.city,
    emails: JSON.parse(row.emails_json) as string[],
    tags: JSON.parse(row.tags_json) as string[],
    digits: (JSON.parse(row.keys_json) as string[]).map(digitsOfKey),
  };
}
