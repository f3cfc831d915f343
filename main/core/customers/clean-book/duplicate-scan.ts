// Compares the whole book in the background: it walks the indexes of numbers, e-mails, numbers in other
// systems and names in slices, and gives way to calls after a few milliseconds each time.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DeskDatabase } from '../../database/desk-database.ts';
import type { WriteBack } from '../../database/write-back.ts';
import { foldText } from '../folding.ts';
import type { ComparableRecords, Person } from './comparable-records.ts';
import { turnedNames } from './comparable-records.ts';
import { likenessOf } from './likeness.ts';
import { companyKey, nameWords } from './name-likeness.ts';
import { inOrder, type PairStore } from './pair-store.ts';
import { addToGroups, type NameGroups, partOf, slipsIn } from './similar-names.ts';

interface ScanDependencies {
  database: DeskDatabase;
  records: ComparableRecords;
  pairs: PairStore;
  /** Monotonic milliseconds, for giving way in time. */
  ticks: () => number;
  onProgress: (done: number, total: number) => void;
  stopped: () => boolean;
  writeBack: WriteBack;
}

/** How long one turn works, ms; what calls may have to wait for. */
const TURN_MS = 12;
const SLICE = 1_000;
/** Sharers of one number or e-mail up to which each is compared with each. */
const SMALL_GROUP = 12;
const MOST_IN_GROUP = 2_000;
const MOST_IN_BUCKET = 30;
/** Names that are held in memory at the same time while those that are alike are looked for. */
const NAMES_AT_ONCE = 200_000;

interface Namesake {
  row: number;
  id: string;
  company: string | null;
  postal_code: string | null;
  city: string | null;
}

/** Thrown within a search that was stopped; nothing of it is lost. */
class Stopped extends Error {}

export function createDuplicateScan(dependencies: ScanDependencies) {
  const { database, records, pairs, ticks, onProgress, stopped, writeBack } = dependencies;
  const newestRow = database.query<{ row: number | null }>('SELECT max(row) AS row FROM customers');
  const keyWalks = [
    {
      slice: database.query<{ key: string }>(
        `SELECT number_key AS key FROM customer_numbers WHERE number_key > ? ORDER BY number_key LIMIT ${SLICE}`,
      ),
      sharers: database.query<{ id: string }>(
        `SELECT DISTINCT customer_id AS id FROM customer_numbers WHERE number_key = ? LIMIT ${MOST_IN_GROUP}`,
      ),
    },
    {
      slice: database.query<{ key: string }>(
        `SELECT email_key AS key FROM customer_emails WHERE email_key > ? ORDER BY email_key LIMIT ${SLICE}`,
      ),
      sharers: database.query<{ id: string }>(
        `SELECT customer_id AS id FROM customer_emails WHERE email_key = ? LIMIT ${MOST_IN_GROUP}`,
      ),
    },
    {
      slice: database.query<{ key: string }>(
        `SELECT external_id AS key FROM customers WHERE external_id > ? ORDER BY external_id LIMIT ${SLICE}`,
      ),
      sharers: database.query<{ id: string }>(
        `SELECT id FROM customers WHERE external_id = ? LIMIT ${MOST_IN_GROUP}`,
      ),
    },
  ];
  const nameSlice = database.query<{ key: string; row: number }>(
    `SELECT sort_name AS key, row FROM customers WHERE (sort_name, row) > (?, ?)
     ORDER BY sort_name, row LIMIT ${SLICE}`,
  );
  const distinctNames = database.query<{ key: string }>(
    `SELECT DISTINCT sort_name AS key FROM customers WHERE sort_name > ? ORDER BY sort_name LIMIT ${SLICE}`,
  );
  const anyNamed = database.query<{ row: number }>(
    'SELECT row FROM customers WHERE sort_name = ? LIMIT 1',
  );
  const namesakes = database.query<Namesake>(
    `SELECT row, id, company, postal_code, city FROM customers
     WHERE sort_name = ? AND row > ? ORDER BY row LIMIT 200`,
  );
  const nameOf = database.query<{ name: string }>('SELECT name FROM customers WHERE id = ?');

  async function run(toDisk: () => Promise<void>): Promise<void> {
    const people = newestRow.get()?.row ?? 0;
    const parts = Math.max(1, Math.ceil(people / NAMES_AT_ONCE));
    const total = people * (keyWalks.length + 1 + parts);
    let done = 0;
    let since = ticks();
    let told = 0;

    async function breathe(): Promise<void> {
      if (stopped()) {
        writeFound();
        throw new Stopped();
      }
      if (ticks() - since < TURN_MS) return;
      if (since - told > 100) {
        told = since;
        onProgress(Math.min(done, total), total);
      }
      // Nothing is left over for the next turn: until then anybody may be edited, merged or dismissed.
      writeFound();
      atHand.clear();
      await toDisk();
      await nextTurn();
      since = ticks();
    }

    /** Each of a group is compared with all others. */
    const atHand = new Map<string, Person | null>();
    function person(id: string): Person | null {
      const known = atHand.get(id);
      if (known !== undefined) return known;
      const read = records.person(id);
      atHand.set(id, read);
      return read;
    }

    function compare(oneId: string, otherId: string): void {
      if (oneId === otherId) return;
      const [one, other] = [person(oneId), person(otherId)];
      const likeness = one && other ? likenessOf(one, other) : null;
      if (likeness && !pairs.isDismissed(oneId, otherId))
        found.push({ oneId, otherId, ...likeness });
    }

    const found: {
      oneId: string;
      otherId: string;
      kind: 'duplicate' | 'household';
      score: number;
    }[] = [];
    /** None waits for the disk: a search that breaks off is made anew. */
    function writeFound(): void {
      if (found.length === 0) return;
      database.bulkTransaction(() => {
        for (const { oneId, otherId, kind, score } of found.splice(0)) {
          pairs.put(oneId, otherId, kind, score);
        }
      });
    }

    /** Where several groups overlap, `met` holds the pairs that were compared before. */
    async function compareAll(ids: readonly string[], met?: Set<string>): Promise<void> {
      for (const [index, one] of ids.entries()) {
        for (const other of ids.slice(index + 1)) {
          if (met && !meetFirst(met, one, other)) continue;
          compare(one, other);
          await breathe();
        }
      }
    }

    /** In a large group, such as a switchboard's, only those of one name are compared. */
    async function compareSharers(ids: readonly string[]): Promise<void> {
      if (ids.length <= SMALL_GROUP) return compareAll(ids);
      const byName = new Map<string, string[]>();
      for (const id of ids) {
        const key = nameWords(nameOf.get(id)?.name ?? '').join(' ');
        byName.set(key, [...(byName.get(key) ?? []), id]);
        await breathe();
      }
      for (const same of byName.values()) await compareAll(same.slice(0, MOST_IN_BUCKET));
    }

    async function walkKeys({ slice, sharers }: (typeof keyWalks)[number]): Promise<void> {
      let last = '';
      for (;;) {
        const keys = slice.all(last).map(({ key }) => key);
        // A key that many share may fill a slice, and may go on in the next one.
        const shared = new Set(keys.filter((key, index) => key === keys[index - 1]));
        const end = keys.at(-1);
        if (end !== undefined) shared.add(end);
        for (const key of shared) {
          const ids = sharers.all(key).map(({ id }) => id);
          if (ids.length > 1) await compareSharers(ids);
          await breathe();
        }
        done += keys.length;
        if (end === undefined) return;
        last = end;
        await breathe();
      }
    }

    /** Namesakes are looked at by place and company, so that a common name costs no more than a rare one. */
    async function compareNamesakes(names: readonly string[]): Promise<void> {
      // Who lives in one place has one postal code as a rule, and is in both buckets.
      const met = new Set<string>();
      for (const ids of (await bucketsOf(names)).values()) await compareAll(ids, met);
    }

    async function bucketsOf(names: readonly string[]): Promise<Map<string, string[]>> {
      const buckets = new Map<string, string[]>();
      for (const name of names) {
        let last = 0;
        for (;;) {
          const rows = namesakes.all(name, last);
          for (const { row, id, company, postal_code, city } of rows) {
            last = row;
            const keys = [`p ${foldText(postal_code ?? '')}`, `c ${foldText(city ?? '')}`];
            for (const key of [...keys, `o ${companyKey(company)}`]) {
              if (key.length <= 2) continue;
              const bucket = buckets.get(key) ?? [];
              if (bucket.length < MOST_IN_BUCKET) buckets.set(key, [...bucket, id]);
            }
          }
          await breathe();
          if (rows.length < 200) break;
        }
      }
      return buckets;
    }

    /** Of two names that are a slip apart, whoever of the one is in the place or company of the other. */
    async function compareSlips(one: string, other: string): Promise<void> {
      const [ones, others] = [await bucketsOf([one]), await bucketsOf([other])];
      const met = new Set<string>();
      for (const [key, ids] of ones) {
        for (const oneId of ids) {
          for (const otherId of others.get(key) ?? []) {
            if (!meetFirst(met, oneId, otherId)) continue;
            compare(oneId, otherId);
            await breathe();
          }
        }
      }
    }

    /** Names with a slip of the pen: one part of the book after the other, so that memory is bounded. */
    async function walkSlips(part: number): Promise<void> {
      const groups: NameGroups = new Map();
      for (let last = ''; ; ) {
        const names = distinctNames.all(last);
        for (const { key } of names) {
          addToGroups(groups, key, (group) => partOf(group, parts) === part);
          await breathe();
        }
        const end = names.at(-1);
        if (end === undefined) break;
        last = end.key;
      }
      const all = groups.size;
      const before = done;
      let seen = 0;
      for (const group of groups.values()) {
        for (const [one, other] of slipsIn(group)) await compareSlips(one, other);
        seen += 1;
        done = before + Math.floor((people * seen) / all);
        await breathe();
      }
    }

    async function walkNames(): Promise<void> {
      let name = '';
      let row = 0;
      let compared = '';
      for (;;) {
        const rows = nameSlice.all(name, row);
        for (const [index, { key }] of rows.entries()) {
          if (key === compared || key === '') continue;
          const several = rows[index + 1]?.key === key || index === rows.length - 1;
          const turned = turnedNames(key).filter((each) => each !== key && anyNamed.get(each));
          // Two spellings of a name meet once: at the one that sorts first.
          const first = turned.every((each) => each > key);
          if ((several || turned.length > 0) && (first || several)) {
            await compareNamesakes(first ? [key, ...turned] : [key]);
          }
          compared = key;
          await breathe();
        }
        done += rows.length;
        const end = rows.at(-1);
        if (end === undefined) return;
        ({ key: name, row } = end);
        await breathe();
      }
    }

    for (const walk of keyWalks) await walkKeys(walk);
    await walkNames();
    for (let part = 0; part < parts; part += 1) await walkSlips(part);
    writeFound();
    const scan = pairs.scan()?.scan ?? 0;
    while (pairs.dropOlderThan(scan, SLICE) > 0) await breathe();
  }

  return {
    /** Answers whether the whole book was compared. */
    async run(): Promise<boolean> {
      try {
        await writeBack.during(run);
        return true;
      } catch (error) {
        if (error instanceof Stopped) return false;
        throw error;
      }
    },
  };
}

/** Whether these two meet for the first time, which they have from now on. */
function meetFirst(met: Set<string>, one: string, other: string): boolean {
  const before = met.size;
  return met.add(inOrder(one, other).join(' ')).size > before;
}
