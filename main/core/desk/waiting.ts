import type { MissedCall } from '../../../preload/contract/calls.ts';
import type { CustomerPromise } from '../../../preload/contract/customers.ts';
import type { Emotion } from '../../../preload/contract/vocabulary.ts';
import { PROMISE_SELECT, type PromiseRow, promiseFrom } from '../customers/customer-rows.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import { endOfZonedDay } from './day-edge.ts';

interface WaitingDependencies {
  database: DeskDatabase;
  settings: () => { zone: string };
  agentId: () => string;
  now: () => number;
  /** Missed calls that still want an answer, newest first; kept by the calls. */
  missedCalls: () => MissedCall[];
}

interface Waiting {
  due: CustomerPromise[];
  dueCount: number;
  makeGood: {
    customerId: string;
    name: string;
    at: number;
    emotion: Emotion;
    quote: string | null;
  }[];
  makeGoodCount: number;
  quiet: { customerId: string; name: string; lastContactAt: number; emotion: Emotion }[];
  quietCount: number;
  missed: MissedCall[];
  missedCount: number;
}

const DAY = 86_400_000;
/** Rule 12: silent for so long, and pleasant before. */
const QUIET_DAYS = 180;
const FIRST_ROWS = 20;
/** Counting the silent customers of a large book takes tens of milliseconds, and changes slowly. */
const QUIET_COUNT_HOLDS_MS = 60_000;
const LONGEST_QUOTE = 160;

/** What is waiting, read from indexed columns only. */
export function createDesk({ database, settings, agentId, now, missedCalls }: WaitingDependencies) {
  const due = database.query<PromiseRow>(
    `${PROMISE_SELECT} WHERE p.state = 'open' AND p.due_at < ? AND p.owner_id = ?
     ORDER BY p.due_at LIMIT ${FIRST_ROWS}`,
  );
  const dueCount = database.query<{ n: number }>(
    "SELECT count(*) AS n FROM promises WHERE state = 'open' AND due_at < ? AND owner_id = ?",
  );
  const makeGood = database.query<{
    customerId: string;
    name: string;
    at: number;
    emotion: Emotion;
    note: string | null;
  }>(
    `SELECT u.id AS customerId, u.name, s.recovery_since AS at, f.emotion, coalesce(nullif(c.note, ''), c.subject) AS note
     FROM customer_summary s
     JOIN customers u ON u.id = s.customer_id
     JOIN contacts c ON c.id = s.recovery_contact_id
     JOIN feelings f ON f.contact_id = c.id AND f.part = 'end'
     WHERE s.recovery_since IS NOT NULL ORDER BY s.recovery_since DESC LIMIT ${FIRST_ROWS}`,
  );
  const makeGoodCount = database.query<{ n: number }>(
    'SELECT count(*) AS n FROM customer_summary WHERE recovery_since IS NOT NULL',
  );
  const quiet = database.query<{
    customerId: string;
    name: string;
    lastContactAt: number;
    emotion: Emotion;
  }>(
    `SELECT u.id AS customerId, u.name, s.last_contact_at AS lastContactAt, s.last_emotion AS emotion
     FROM customer_summary s JOIN customers u ON u.id = s.customer_id
     WHERE s.last_value > 0 AND s.last_contact_at <= ? AND s.recovery_since IS NULL
     ORDER BY s.last_contact_at DESC LIMIT ${FIRST_ROWS}`,
  );
  const quietCount = database.query<{ n: number }>(
    `SELECT count(*) AS n FROM customer_summary
     WHERE last_value > 0 AND last_contact_at <= ? AND recovery_since IS NULL`,
  );
  let countedQuiet = { at: Number.NEGATIVE_INFINITY, n: 0 };

  function countQuiet(at: number, before: number): number {
    if (at - countedQuiet.at > QUIET_COUNT_HOLDS_MS || at < countedQuiet.at) {
      countedQuiet = { at, n: quietCount.get(before)?.n ?? 0 };
    }
    return countedQuiet.n;
  }

  return {
    /** The handlers of `desk.*`. */
    handlers: {
      waiting(): Waiting {
        const at = now();
        const tomorrow = endOfZonedDay(at, settings().zone);
        const silentSince = at - QUIET_DAYS * DAY;
        const missed = missedCalls();
        return {
          due: due.all(tomorrow, agentId()).map(promiseFrom),
          dueCount: dueCount.get(tomorrow, agentId())?.n ?? 0,
          makeGood: makeGood.all().map(({ note, ...row }) => ({ ...row, quote: quoteFrom(note) })),
          makeGoodCount: makeGoodCount.get()?.n ?? 0,
          quiet: quiet.all(silentSince),
          quietCount: countQuiet(at, silentSince),
          missed: missed.slice(0, FIRST_ROWS),
          missedCount: missed.length,
        };
      },
    },
    /** After the sample book or an import, the silent customers are counted again. */
    forgetCounts(): void {
      countedQuiet = { at: Number.NEGATIVE_INFINITY, n: 0 };
    },
  };
}

function quoteFrom(note: string | null): string | null {
  if (!note) return null;
  if (note.length <= LONGEST_QUOTE) return note;
  return `${note.slice(0, LONGEST_QUOTE).replace(/\s+\S*$/, '')} …`;
}
