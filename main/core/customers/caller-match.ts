import type { CallerContext } from '../../../preload/contract/customers.ts';
import type { IgnoreAction, MatchReason } from '../../../preload/contract/vocabulary.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import { comparableFrom, comparableNumber, numberKeyFrom } from '../phone-numbers/number-key.ts';
import { companyRange } from './company-range.ts';
import { HIT_COLUMNS, type HitRow, customerHitFrom } from './customer-rows.ts';
import type { StoryOf } from './customer-story.ts';

interface MatchDependencies {
  database: DeskDatabase;
  country: () => string;
  agentId: () => string;
  storyOf: StoryOf;
  ignored: (numberKey: string | null) => IgnoreAction | null;
}

/** Who calls or is called. */
export interface CallerQuestion {
  /** As signalled, typed or stored; null when the caller withholds it. */
  number: string | null;
  anonymous?: boolean;
  /** The call at hand: it is no earlier call of this number. */
  callId?: string | null;
  /** Set when it is already known whose call it is. */
  customerId?: string | null;
}

interface Owner {
  id: string;
  confirmed_at: number | null;
}

interface MatchRow extends HitRow, Owner {
  times: number | null;
  chosen_at: number | null;
}

type Taught = 'added' | 'confirmed' | null;

const MOST_CANDIDATES = 20;

/** Finds out who is calling, and says why; with exactly one customer the whole story comes along. */
export function callerMatch(dependencies: MatchDependencies) {
  const { database, country, agentId, storyOf, ignored } = dependencies;
  const company = companyRange(database);
  // Two are enough to know that there are several.
  const firstTwo = database.query<Owner>(
    `SELECT customer_id AS id, max(confirmed_at) AS confirmed_at FROM customer_numbers
     WHERE number_key = ? GROUP BY customer_id LIMIT 2`,
  );
  const owners = database.query<MatchRow>(
    `SELECT ${HIT_COLUMNS}, max(k.confirmed_at) AS confirmed_at, h.times, h.chosen_at
     FROM customer_numbers k
     JOIN customers u ON u.id = k.customer_id
     LEFT JOIN customer_summary s ON s.customer_id = u.id
     LEFT JOIN number_choices h ON h.number_key = k.number_key AND h.customer_id = u.id
     WHERE k.number_key = ? GROUP BY u.id LIMIT 200`,
  );
  const earlierCalls = database.query<{ n: number; last: number | null }>(
    `SELECT count(*) AS n, max(started_at) AS last FROM
       (SELECT started_at FROM calls WHERE number_key = ? AND call_id <> ? ORDER BY started_at DESC LIMIT 1000)`,
  );
  const choose = database.query(
    `INSERT INTO number_choices (number_key, customer_id, agent_id, times, chosen_at, taught) VALUES (?, ?, ?, 1, ?, ?)
     ON CONFLICT (number_key, customer_id) DO UPDATE SET times = times + 1, chosen_at = excluded.chosen_at,
       agent_id = excluded.agent_id, taught = coalesce(number_choices.taught, excluded.taught)`,
  );
  const choice = database.query<{ taught: Taught }>(
    'SELECT taught FROM number_choices WHERE number_key = ? AND customer_id = ?',
  );
  const forget = database.query<{ taught: Taught }>(
    'DELETE FROM number_choices WHERE number_key = ? AND customer_id = ? RETURNING taught',
  );

  function ownerOf(found: readonly Owner[], comparable: string | null, customerId: string) {
    // Of a number that many share only two were read.
    const all = found.length < 2 || comparable === null ? found : owners.all(comparable);
    return all.find(({ id }) => id === customerId);
  }

  return {
    contextFor(question: CallerQuestion, now: number): CallerContext {
      const number = question.anonymous ? null : question.number;
      const key = numberKeyFrom(number, country());
      const comparable = comparableFrom(key, number);
      const head = { number, e164: key.e164, country: key.country, ignored: ignored(comparable) };
      const learnt = (customerId: string) =>
        comparable !== null && choice.get(comparable, customerId) !== undefined;
      const found = comparable === null ? [] : firstTwo.all(comparable);
      const [only] = found;
      if (question.customerId) {
        const owner = ownerOf(found, comparable, question.customerId);
        return {
          ...head,
          match: known(owner, learnt(question.customerId)),
          story: storyOf(question.customerId, now),
        };
      }
      if (comparable === null) return { ...head, match: { kind: 'anonymous' }, story: null };
      if (only && found.length === 1) {
        return { ...head, match: known(only, learnt(only.id)), story: storyOf(only.id, now) };
      }
      if (only) {
        const candidates = owners
          .all(comparable)
          .sort(mostLikelyFirst)
          .slice(0, MOST_CANDIDATES)
          .map((row) => ({ ...customerHitFrom(row), reason: reasonAmongSeveral(row) }));
        return { ...head, match: { kind: 'several', candidates }, story: null };
      }
      const earlier = earlierCalls.get(comparable, question.callId ?? '');
      return {
        ...head,
        match: {
          kind: 'unknown',
          earlierCalls: earlier?.n ?? 0,
          lastCallAt: earlier?.last ?? null,
          company: key.e164 === null ? null : company(key.e164),
        },
        story: null,
      };
    },

    /** Part of the caller's transaction: remembers whom the agent chose for a number. */
    learnChoice(number: string | null, customerId: string, taught: Taught, now: number): void {
      const comparable = comparableNumber(number, country());
      if (comparable !== null) choose.run(comparable, customerId, agentId(), now, taught);
    },

    /** Part of the caller's transaction: null when nothing was learnt. */
    forgetChoice(number: string | null, customerId: string): { taught: Taught } | null {
      const comparable = comparableNumber(number, country());
      return comparable === null ? null : (forget.get(comparable, customerId) ?? null);
    },

    ownerOf(number: string): string | null {
      const comparable = comparableNumber(number, country());
      const found = comparable === null ? [] : firstTwo.all(comparable);
      return found.length === 1 ? (found[0]?.id ?? null) : null;
    },
  };
}

function known(owner: Owner | undefined, learnt: boolean): CallerContext['match'] {
  if (!owner) return { kind: 'known', reason: 'chosenByAgent', confirmedAt: null, learnt };
  const reason = owner.confirmed_at === null ? 'ownNumber' : 'confirmedNumber';
  return { kind: 'known', reason, confirmedAt: owner.confirmed_at, learnt };
}

function reasonAmongSeveral({ times, confirmed_at }: MatchRow): MatchReason {
  if (times !== null) return 'chosenByAgent';
  return confirmed_at === null ? 'sharedNumber' : 'confirmedNumber';
}

function mostLikelyFirst(one: MatchRow, other: MatchRow): number {
  return (
    (other.times ?? 0) - (one.times ?? 0) ||
    (other.chosen_at ?? 0) - (one.chosen_at ?? 0) ||
    Number(other.confirmed_at !== null) - Number(one.confirmed_at !== null) ||
    (other.last_contact_at ?? 0) - (one.last_contact_at ?? 0) ||
    one.row - other.row
  );
}
