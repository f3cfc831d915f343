// The derived rows of the large book, gathered while contacts are written in the order of time. It
// knows no more of a customer than a few numbers, so that 1.5 million take some 80 MB.
import type { Database } from 'better-sqlite3';
import { EMOTION_IDS, type Emotion } from '../../preload/contract/vocabulary.ts';
import { customerId, factId } from './book-ids.ts';

interface WrittenContact {
  index: number;
  at: number;
  /** Whether customer and agent heard from each other. */
  counts: boolean;
  felt: { emotion: Emotion; intensity: number; value: number } | null;
  inMatter: boolean;
  /** Whether the customer's matter will be closed in the end. */
  matterClosed: boolean;
}

const OPENS_RECOVERY = -0.5;
const MINUTE = 60_000;
/** As the schema of the search marks who has an open promise. */
const OPEN_PROMISE = 1_073_741_824;

export type BookSummaries = ReturnType<typeof bookSummaries>;

export function bookSummaries(customers: number) {
  const count = new Uint32Array(customers);
  const lastContactAt = new Float64Array(customers);
  const lastFeltAt = new Float64Array(customers);
  // Indexes are kept one higher: 0 is nothing.
  const lastFelt = new Uint32Array(customers);
  const emotion = new Uint8Array(customers);
  const quarters = new Uint8Array(customers);
  // The newest contact that opened a recovery, without a matter and in the customer's one matter.
  const badAlone = new Uint32Array(customers);
  const badInMatter = new Uint32Array(customers);
  const times = new Map<number, number>();
  const due = new Map<number, number>();

  function contact(customer: number, written: WrittenContact): void {
    count[customer] = (count[customer] ?? 0) + 1;
    if (written.counts) lastContactAt[customer] = written.at;
    const { felt } = written;
    if (felt === null) return;
    lastFeltAt[customer] = written.at;
    lastFelt[customer] = written.index + 1;
    emotion[customer] = EMOTION_IDS.indexOf(felt.emotion);
    quarters[customer] = felt.intensity * 4;
    if (felt.value > 0) forget(badAlone, customer);
    if (written.inMatter && felt.value >= 0 && written.matterClosed) forget(badInMatter, customer);
    if (felt.value <= OPENS_RECOVERY) {
      const bad = written.inMatter ? badInMatter : badAlone;
      forget(bad, customer);
      bad[customer] = written.index + 1;
      times.set(written.index + 1, written.at);
    }
  }

  function forget(bad: Uint32Array, customer: number): void {
    times.delete(bad[customer] ?? 0);
    bad[customer] = 0;
  }

  return {
    contact,

    openPromise(customer: number, dueAt: number): void {
      due.set(customer, Math.min(dueAt, due.get(customer) ?? Number.POSITIVE_INFINITY));
    },

    /** Writes the summary and the rank of each customer; `valueOf` says m·v of a feeling. */
    writer(
      database: Database,
      since: number,
      valueOf: (emotion: Emotion, intensity: number) => number,
    ) {
      const summary = database.prepare(
        `INSERT INTO customer_summary (customer_id, contact_count, last_contact_at, last_felt_contact_id, last_felt_at,
           last_emotion, last_intensity, last_sign, last_value, recovery_contact_id, recovery_since)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      );
      const rank = database.prepare(
        'INSERT INTO customer_rank (row, standing, emotion, due_at) VALUES (?, ?, ?, ?)',
      );
      return (customer: number): void => {
        const lastAt = lastContactAt[customer] || null;
        const felt = lastFelt[customer] ?? 0;
        const feltAt = lastFeltAt[customer] ?? 0;
        const last = felt === 0 ? null : (EMOTION_IDS[emotion[customer] ?? 0] ?? null);
        const intensity = (quarters[customer] ?? 0) / 4;
        const bad = Math.max(badAlone[customer] ?? 0, badInMatter[customer] ?? 0);
        const badAt = times.get(bad);
        summary.run(
          ...[customerId(since, customer), count[customer], lastAt],
          ...(last === null
            ? [null, null, null, null, null, null]
            : [
                factId(feltAt, 'contact', felt - 1),
                feltAt,
                last,
                intensity,
                1,
                valueOf(last, intensity),
              ]),
          ...(badAt === undefined ? [null, null] : [factId(badAt, 'contact', bad - 1), badAt]),
        );
        const dueAt = due.get(customer) ?? null;
        const minutes = Math.floor((lastAt ?? 0) / MINUTE);
        rank.run(customer + 1, minutes + (dueAt === null ? 0 : OPEN_PROMISE), last, dueAt);
      };
    },
  };
}
