// How long core takes for all that the card shows of a caller, beside bare prepared reads of the
// same rows in the same encrypted file, taken in turns.
import { setImmediate as turn } from 'node:timers/promises';
import { cueStore } from '../../main/core/cues/cue-store.ts';
import { createCustomers } from '../../main/core/customers/customers.ts';
import type { DeskDatabase } from '../../main/core/database/desk-database.ts';
import { newId } from '../../main/core/ids.ts';
import type { BookSize } from '../book/book-shape.ts';
import type { Section } from './section.ts';
import { type Series, seriesOf, timed } from './statistics.ts';
import { AGENT, numberOf, openBook } from './the-book.ts';

export interface CallerContextFigures {
  context: Series;
  bareReads: Series;
  /** Of the medians. */
  ratio: number;
}

const SAMPLES = 3000;

export const callerContext: Section<CallerContextFigures> = {
  name: 'context',
  title: 'The caller’s context in core, out of the large book',
  measure: async (bench) => {
    const { folder, size } = await bench.book();
    bench.say('measuring the caller’s context');
    return measureCallerContext(folder, size);
  },
  rows: ({ context, bareReads: bare, ratio }) => [
    { name: 'caller’s context in core', series: context, budget: 'p50 ≤ 1, p99 ≤ 5' },
    { name: '  bare prepared reads of the same rows', series: bare },
    { name: '  times the bare reads', words: String(ratio), budget: '≤ 3' },
  ],
};

/** On the book of that size in the folder. */
export async function measureCallerContext(
  folder: string,
  size: BookSize,
): Promise<CallerContextFigures> {
  const opened = await openBook(folder);
  try {
    const { context, bare } = await measure(opened.database, size);
    const ratio = Math.round((context.p50 / bare.p50) * 100) / 100;
    return { context, bareReads: bare, ratio };
  } finally {
    opened.close();
  }
}

async function measure(
  database: DeskDatabase,
  size: BookSize,
): Promise<{ context: Series; bare: Series }> {
  const shared = { database, agentId: () => AGENT, now: Date.now, newId };
  const cues = cueStore({ ...shared, changed: () => {} });
  const customers = createCustomers({
    ...shared,
    settings: () => ({ country: 'DE', zone: 'Europe/Berlin' }),
    publish: () => {},
    ignored: () => null,
    cues,
  });
  const bare = bareReads(database);
  const contextMs: number[] = [];
  const bareMs: number[] = [];
  const warmUp = 200;
  for (let sample = -warmUp; sample < SAMPLES; sample += 1) {
    // A prime step visits customers all over the book, each once.
    const customer = ((sample + warmUp) * 7919) % size.customers;
    const number = numberOf(customer);
    const context = () => {
      const { story } = customers.callerContextFor({ number, callId: newId() });
      if (!story) throw new Error(`no story for ${number}`);
    };
    // Who goes second finds the pages in the cache: they take turns.
    const [first, second] =
      sample % 2 === 0 ? [context, () => bare(number)] : [() => bare(number), context];
    const firstMs = timed(first);
    const secondMs = timed(second);
    if (sample < 0) continue;
    contextMs.push(sample % 2 === 0 ? firstMs : secondMs);
    bareMs.push(sample % 2 === 0 ? secondMs : firstMs);
    // Showings of cues are written here, between calls, as in the product.
    if (sample % 50 === 0) await turn();
  }
  cues.flush();
  return { context: seriesOf(contextMs), bare: seriesOf(bareMs) };
}

/** The rows of one customer's card, read as directly as SQLite can. */
function bareReads(database: DeskDatabase): (number: string) => void {
  const owner = database.query<{ customer_id: string }>(
    'SELECT customer_id FROM customer_numbers WHERE number_key = ?',
  );
  const rows = [
    'SELECT * FROM customers WHERE id = ?',
    'SELECT * FROM customer_numbers WHERE customer_id = ?',
    'SELECT * FROM customer_summary WHERE customer_id = ?',
    'SELECT * FROM contacts WHERE customer_id = ? ORDER BY at DESC, row DESC LIMIT 20',
    'SELECT * FROM calls WHERE customer_id = ? ORDER BY started_at DESC LIMIT 20',
    'SELECT * FROM feelings WHERE customer_id = ? ORDER BY at DESC LIMIT 200',
    'SELECT * FROM promises WHERE customer_id = ?',
    'SELECT * FROM deals WHERE customer_id = ?',
    'SELECT * FROM questions WHERE customer_id = ?',
    'SELECT * FROM matters WHERE customer_id = ?',
    'SELECT * FROM cue_verdicts WHERE customer_id = ?',
  ].map((sql) => database.query(sql));
  return (number) => {
    const customerId = owner.get(number)?.customer_id;
    if (customerId === undefined) throw new Error(`nobody has ${number}`);
    for (const query of rows) query.all(customerId);
  };
}
