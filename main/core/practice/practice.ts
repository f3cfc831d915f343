import type { DeskDatabase } from '../database/desk-database.ts';
import { numberKeyFrom } from '../phone-numbers/number-key.ts';
import { anyFictionalNumber } from '../sample/fictional-numbers.ts';
import { randomFrom } from '../sample/random.ts';

interface PracticeDependencies {
  database: DeskDatabase;
  now: () => number;
  /** In [0, 1). */
  random: () => number;
}

interface Caller {
  number: string;
  display: string | null;
  customerId: string | null;
}

interface CandidateRow {
  id: string;
  name: string;
  number: string;
}

const DAY = 86_400_000;
/** Who has just called does not call again at once. */
const REMEMBERED = 12;
const PER_POOL = 30;
const ATTEMPTS = 40;

/** Chooses who plays the customer in a practice call. */
export function createPractice({ database, now, random }: PracticeDependencies) {
  // The first number with E.164; only customers who have one can ring.
  const from = (source: string) =>
    database.query<CandidateRow>(
      `SELECT u.id, u.name, n.e164 AS number FROM (${source}) s
       JOIN customers u ON u.id = s.customer_id
       JOIN customer_numbers n ON n.id = (SELECT id FROM customer_numbers
         WHERE customer_id = u.id AND e164 IS NOT NULL ORDER BY position LIMIT 1)`,
    );
  /** Customers whose card has something to say, by how much weight. */
  const pools = [
    {
      weight: 3,
      query: from(
        `SELECT customer_id FROM promises WHERE state = 'open' AND due_at < ? ORDER BY due_at DESC LIMIT ${PER_POOL}`,
      ),
      tomorrow: true,
    },
    {
      weight: 2,
      query: from(
        `SELECT customer_id FROM customer_summary WHERE recovery_since IS NOT NULL ORDER BY recovery_since DESC LIMIT ${PER_POOL}`,
      ),
    },
    {
      weight: 2,
      query: from(
        `SELECT customer_id FROM questions WHERE answered_at IS NULL ORDER BY asked_at DESC LIMIT ${PER_POOL}`,
      ),
    },
    {
      weight: 1,
      query: from(
        `SELECT customer_id FROM calls WHERE missed = 1 AND returned_at IS NULL AND dismissed_at IS NULL ORDER BY started_at DESC LIMIT ${PER_POOL}`,
      ),
    },
  ];
  const newestRow = database.query<{ row: number }>('SELECT max(row) AS row FROM customers');
  const anyone = from(
    'SELECT id AS customer_id FROM customers WHERE row >= ? ORDER BY row LIMIT 20',
  );
  const taken = database.query('SELECT 1 FROM customer_numbers WHERE number_key = ? LIMIT 1');
  let recent: string[] = [];

  function fresh(rows: readonly CandidateRow[]): readonly CandidateRow[] {
    return rows.filter(({ id }) => !recent.includes(id));
  }

  function pick(rows: readonly CandidateRow[]): CandidateRow | undefined {
    return rows[Math.floor(random() * rows.length)];
  }

  function withSomethingToSay(): CandidateRow | undefined {
    const filled = pools
      .map(({ weight, query, tomorrow }) => ({
        weight,
        rows: fresh(tomorrow ? query.all(now() + DAY) : query.all()),
      }))
      .filter(({ rows }) => rows.length > 0);
    let rest = random() * filled.reduce((total, { weight }) => total + weight, 0);
    for (const { weight, rows } of filled) {
      rest -= weight;
      if (rest < 0) return pick(rows);
    }
    return undefined;
  }

  function someone(): CandidateRow | undefined {
    const last = newestRow.get()?.row ?? 0;
    const near = anyone.all(1 + Math.floor(random() * last));
    // In a very small book the same people must ring again.
    return pick(fresh(near)) ?? pick(fresh(anyone.all(0))) ?? pick(anyone.all(0));
  }

  /** A fictional number that nobody in the book has. */
  function stranger(): Caller {
    const numbers = randomFrom(Math.floor(random() * 2 ** 32));
    let number = '';
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      // They are German numbers, wherever the desk stands.
      number = numberKeyFrom(anyFictionalNumber(numbers), 'DE').e164 ?? number;
      if (!taken.get(number)) break;
    }
    return { number, display: null, customerId: null };
  }

  return {
    /** The handlers of `practice.*`. */
    handlers: {
      nextCaller({ unknown }: { unknown: boolean }): Caller {
        if (unknown) return stranger();
        const chosen =
          random() < 0.75
            ? (withSomethingToSay() ?? someone())
            : (someone() ?? withSomethingToSay());
        if (!chosen) return stranger();
        recent = [chosen.id, ...recent].slice(0, REMEMBERED);
        return { number: chosen.number, display: chosen.name, customerId: chosen.id };
      },
    },
  };
}
