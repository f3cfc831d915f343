import type {
  DuplicatePair,
  DuplicateScan,
  LikenessKind,
  LikenessQuestion,
} from '../../../../preload/contract/clean-book.ts';
import type { CoreEvent } from '../../../../preload/contract/contract.ts';
import type { CustomerHit } from '../../../../preload/contract/customers.ts';
import type { SubjectHandlers } from '../../connection/handlers.ts';
import { cursorFrom, positionFrom } from '../../contacts/keyset-cursor.ts';
import type { DeskDatabase } from '../../database/desk-database.ts';
import { noWriteBack, type WriteBack } from '../../database/write-back.ts';
import { Refusal } from '../../refusal.ts';
import { HIT_COLUMNS, HIT_TABLES, type HitRow, customerHitFrom } from '../customer-rows.ts';
import type { ComparableRecords } from './comparable-records.ts';
import { createDuplicateScan } from './duplicate-scan.ts';
import { likenessOf } from './likeness.ts';
import { type PairStore, createPairStore } from './pair-store.ts';

interface DuplicatesDependencies {
  database: DeskDatabase;
  records: ComparableRecords;
  now: () => number;
  agentId: () => string;
  publish: (event: CoreEvent) => void;
  writeBack?: WriteBack;
}

const MOST_SHOWN = 5;
const FROM_ABOVE = 1_000;

/** Who is in the book twice. */
export function createDuplicates(dependencies: DuplicatesDependencies) {
  const { database, records, now, agentId, publish, writeBack = noWriteBack } = dependencies;
  const pairs: PairStore = createPairStore(database);
  const hit = database.query<HitRow>(`SELECT ${HIT_COLUMNS} FROM ${HIT_TABLES} WHERE u.id = ?`);
  const newestRow = database.query<{ row: number | null }>('SELECT max(row) AS row FROM customers');
  const cameSince = database.query<{ n: number }>(
    'SELECT count(*) AS n FROM (SELECT 1 FROM customers WHERE row > ? LIMIT 100000)',
  );
  const waiting = new Set<string>();
  let work: Promise<void> | null = null;
  let progress = { done: 0, total: 0 };
  let cancelled = false;
  let closing = false;
  let comparing = false;

  const scanner = createDuplicateScan({
    ...{ database, records, pairs, writeBack },
    ticks: () => performance.now(),
    onProgress(done, total) {
      progress = { done, total };
      publish({ type: 'duplicates.changed' });
    },
    stopped: () => cancelled || closing,
  });

  function hitOf(customerId: string): CustomerHit {
    const row = hit.get(customerId);
    if (!row) throw new Refusal('NOT_FOUND', { what: 'customer', id: customerId });
    return customerHitFrom(row);
  }

  function scanState(): DuplicateScan {
    const last = pairs.scan();
    // A search that core did not live to finish counts as stopped.
    const state = work !== null ? 'running' : last?.state === 'running' ? 'cancelled' : last?.state;
    return {
      state: state ?? 'never',
      ...(work === null ? { done: 0, total: 0 } : progress),
      finishedAt: last?.finished_at ?? null,
      newSince: last && work === null ? (cameSince.get(last.last_row)?.n ?? 0) : 0,
    };
  }

  function begin(): void {
    const scan = (pairs.scan()?.scan ?? 0) + 1;
    const last_row = newestRow.get()?.row ?? 0;
    const head = { scan, started_at: now(), last_row };
    pairs.writeScan({ ...head, state: 'running', finished_at: null });
    cancelled = false;
    progress = { done: 0, total: 0 };
    const end = (state: 'done' | 'cancelled' | 'failed') => {
      work = null;
      if (closing) return;
      pairs.writeScan({ ...head, state, finished_at: now() });
      publish({ type: 'duplicates.changed' });
    };
    work = scanner.run().then(
      (whole) => end(whole ? 'done' : 'cancelled'),
      () => end('failed'),
    );
  }

  /** What the rules say now; a stored pair that is none any more goes. */
  function pairNow(oneId: string, otherId: string): Omit<DuplicatePair, 'one' | 'other'> | null {
    const [one, other] = [records.person(oneId), records.person(otherId)];
    return one && other ? likenessOf(one, other) : null;
  }

  function list(input: { kind: LikenessKind; cursor?: string | undefined; limit: number }) {
    const position = input.cursor ? positionFrom('pairs', 'number', input.cursor) : null;
    let [score, row] = [Number(position?.key ?? FROM_ABOVE), position?.row ?? 0];
    const shown: DuplicatePair[] = [];
    let more = true;
    while (more && shown.length < input.limit) {
      const stored = pairs.page(input.kind, score, row, input.limit - shown.length + 1);
      more = stored.length > input.limit - shown.length;
      for (const pair of stored.slice(0, input.limit - shown.length)) {
        ({ score, row } = pair);
        const likeness = pairNow(pair.one_id, pair.other_id);
        if (likeness?.kind === pair.kind) {
          shown.push({ one: hitOf(pair.one_id), other: hitOf(pair.other_id), ...likeness });
        } else {
          pairs.drop(pair.one_id, pair.other_id);
          if (likeness) pairs.put(pair.one_id, pair.other_id, likeness.kind, likeness.score);
        }
      }
    }
    return {
      pairs: shown,
      next: more ? cursorFrom('pairs', { key: score, row }) : null,
      total: pairs.count(input.kind),
    };
  }

  function check(question: LikenessQuestion) {
    const record = records.comparableFrom(question);
    const { customerId } = question;
    return records
      .candidatesFor(record, customerId)
      .flatMap((person) => {
        if (customerId !== null && pairs.isDismissed(customerId, person.id)) return [];
        const likeness = likenessOf(record, person);
        return likeness ? [{ id: person.id, ...likeness }] : [];
      })
      .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
      .slice(0, MOST_SHOWN)
      .map(({ id, kind, reasons }) => ({ hit: hitOf(id), kind, reasons }));
  }

  /** Compares one customer with the book anew. Part of the caller's transaction where there is one. */
  function compareAgain(customerId: string): void {
    const record = records.person(customerId);
    if (!record) return;
    database.transaction(() => {
      const before = new Set(pairs.partnersOf(customerId));
      for (const person of records.candidatesFor(record, customerId)) {
        if (pairs.isDismissed(customerId, person.id)) continue;
        const likeness = likenessOf(record, person);
        if (!likeness) continue;
        before.delete(person.id);
        pairs.put(customerId, person.id, likeness.kind, likeness.score);
      }
      // Further ones, whom the search through the whole book found: looked at each by itself.
      for (const id of before) {
        const likeness = pairNow(customerId, id);
        if (likeness) pairs.put(customerId, id, likeness.kind, likeness.score);
        else pairs.drop(customerId, id);
      }
    });
  }

  function compareWaiting(): void {
    comparing = false;
    if (closing) return;
    const [next] = waiting;
    if (next === undefined) return;
    waiting.delete(next);
    try {
      compareAgain(next);
      publish({ type: 'duplicates.changed' });
    } catch {
      // Pairs are derived: the next change or search finds what a full disk kept from being noted.
    }
    if (waiting.size > 0) compareSoon();
  }

  function compareSoon(): void {
    if (comparing) return;
    comparing = true;
    setImmediate(compareWaiting);
  }

  function ofTwo(input: { oneId: string; otherId: string }): [string, string] {
    for (const customerId of [input.oneId, input.otherId]) hitOf(customerId);
    if (input.oneId === input.otherId) throw new Refusal('MERGE_REFUSED', { reason: 'sameRecord' });
    return [input.oneId, input.otherId];
  }

  const handlers: SubjectHandlers<'duplicates'> = {
    list,
    check,
    scan() {
      if (work === null) begin();
      return scanState();
    },
    async cancelScan() {
      cancelled = true;
      await work;
      return scanState();
    },
    scanState,
    dismiss(input) {
      const [one, other] = ofTwo(input);
      database.transaction(() => pairs.dismiss(one, other, now(), agentId()));
      publish({ type: 'duplicates.changed' });
      return {};
    },
    takeBack(input) {
      const [one, other] = ofTwo(input);
      database.transaction(() => {
        pairs.takeBack(one, other);
        compareAgain(one);
      });
      publish({ type: 'duplicates.changed' });
      return {};
    },
    dismissed({ cursor, limit }) {
      const position = cursor ? positionFrom('dismissed', 'number', cursor) : null;
      const from = Number(position?.key ?? Number.MAX_SAFE_INTEGER);
      const rows = pairs.dismissed(from, position?.row ?? 0, limit + 1);
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      const more = rows.length > limit && last;
      return {
        pairs: shown.map(({ one_id, other_id, at }) => ({
          one: hitOf(one_id),
          other: hitOf(other_id),
          at,
        })),
        next: more ? cursorFrom('dismissed', { key: last.at, row: last.row }) : null,
      };
    },
  };

  return {
    handlers,
    reasonsOf: (oneId: string, otherId: string) => pairNow(oneId, otherId)?.reasons ?? [],
    compareAgain,
    /** A customer came or was changed: compared after the answer is on its way. */
    touched(customerId: string): void {
      if (closing) return;
      waiting.add(customerId);
      compareSoon();
    },
    /** Settles when no search is under way. */
    finished: async (): Promise<void> => {
      await work;
    },
    /** Before the database closes. */
    async stop(): Promise<void> {
      closing = true;
      await work;
    },
  };
}
export type Duplicates = ReturnType<typeof createDuplicates>;
