import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPractice } from '../../../main/core/practice/practice.ts';
import { measuresOfDeal } from '../../../main/core/kpi/measure-rows.ts';
import { callEvent } from '../../../preload/contract/calls.ts';
import { customerStory } from '../../../preload/contract/customers.ts';
import { CUE_RULES } from '../../../preload/contract/vocabulary.ts';
import { aMemoryDesk, type MemoryDesk } from '../support/memory-desk.ts';

let desk: MemoryDesk;
beforeEach(() => {
  desk = aMemoryDesk();
});
afterEach(() => desk.close());

const TABLES = [
  ...[
    'agents',
    'customers',
    'customer_numbers',
    'customer_summary',
    'matters',
    'contacts',
    'calls',
    'call_events',
  ],
  ...[
    'feelings',
    'promises',
    'questions',
    'deals',
    'cue_verdicts',
    'cue_showings',
    'kpi_measures',
    'meta',
    'outbox',
  ],
  ...['number_choices', 'wrap_ups'],
];
/** Every row of every table, to be compared. */
function everything(): Record<string, unknown[]> {
  const tables = TABLES.map(
    (table) => [table, desk.raw.prepare(`SELECT * FROM ${table}`).all()] as const,
  );
  return {
    ...Object.fromEntries(tables),
    search: desk.raw.prepare('SELECT rowid FROM customer_search').all(),
  };
}
const count = (sql: string) =>
  (desk.raw.prepare(`SELECT count(*) AS n FROM ${sql}`).get() as { n: number }).n;

/** A desk with the book in it, put in once and copied. */
let book: MemoryDesk | null = null;
async function installed(): Promise<void> {
  if (!book) {
    book = aMemoryDesk();
    book.sample.handlers.install();
    await book.sample.finished();
  }
  desk.close();
  desk = aMemoryDesk({ copyOf: book });
}

describe('putting the sample book in', () => {
  it('takes under three seconds of work, reports its progress and says that it is there', async () => {
    // Processor time: how long it takes on a machine that does nothing else.
    const before = process.cpuUsage();
    expect(desk.sample.handlers.install()).toMatchObject({ installed: false, running: true });
    await desk.sample.finished();
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(3000);
    const status = desk.sample.handlers.status();
    expect(status).toMatchObject({ installed: true, running: false, customers: 500 });
    expect(status.contacts).toBeGreaterThan(3600);
    const progress = desk.events.filter((event) => event.type === 'sample.progress');
    expect(progress.length).toBeGreaterThan(10);
    expect(progress.at(-1)).toMatchObject({ state: 'done', done: 500, total: 500 });
    expect(desk.events.map(({ type }) => type)).toContain('waiting.changed');
  });

  it('does nothing the second time', async () => {
    await installed();
    const before = everything();
    desk.sample.handlers.install();
    await desk.sample.finished();
    expect(everything()).toEqual(before);
  });

  it('lets others work in between', async () => {
    desk.sample.handlers.install();
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 1);
    await desk.sample.finished();
    clearInterval(timer);
    expect(turns).toBeGreaterThan(5);
  });

  it('has something to say by every rule, and stories that fit the contract', async () => {
    await installed();
    const ids = desk.raw.prepare('SELECT id FROM customers').all() as { id: string }[];
    const fired = new Map<number, number>();
    for (const { id } of ids) {
      const story = desk.customers.handlers.story({ customerId: id });
      expect(customerStory.safeParse(story).success).toBe(true);
      for (const { rule } of story.cues) fired.set(rule, (fired.get(rule) ?? 0) + 1);
    }
    for (const rule of CUE_RULES)
      expect(fired.get(rule) ?? 0, `rule ${rule}`).toBeGreaterThan(rule === 13 ? 0 : 4);
  });

  it('fills every list of the desk', async () => {
    await installed();
    const waiting = desk.desk.handlers.waiting();
    expect(waiting.dueCount).toBeGreaterThan(8);
    expect(waiting.makeGoodCount).toBeGreaterThan(8);
    expect(waiting.quietCount).toBeGreaterThan(40);
    const missed = desk.raw.prepare('SELECT * FROM calls').all() as {
      call_id: string;
      missed: number;
    }[];
    expect(missed).toHaveLength(4);
    const events = desk.raw.prepare('SELECT event_json FROM call_events').all() as {
      event_json: string;
    }[];
    for (const { event_json } of events)
      expect(callEvent.safeParse(JSON.parse(event_json)).success).toBe(true);
  });

  it('keeps the measures equal to what counting again would give', async () => {
    await installed();
    const stored = desk.raw
      .prepare("SELECT sum(value) AS n FROM kpi_measures WHERE measure = 'wonCents'")
      .get();
    const deals = desk.raw
      .prepare("SELECT sum(value_cents) AS n FROM deals WHERE state = 'won'")
      .get();
    expect(stored).toEqual(deals);
    expect(
      measuresOfDeal({
        agentId: 'a',
        listId: null,
        origin: 'sample',
        state: 'won',
        valueCents: 5,
        decidedAt: 0,
        cancelledAt: null,
      }),
    ).toHaveLength(2);
  });

  it('keeps the summaries equal to what the facts say', async () => {
    await installed();
    const before = desk.raw.prepare('SELECT * FROM customer_summary ORDER BY customer_id').all();
    for (const { id } of desk.raw.prepare('SELECT id FROM customers').all() as { id: string }[]) {
      desk.customers.refreshSummary(id);
    }
    expect(desk.raw.prepare('SELECT * FROM customer_summary ORDER BY customer_id').all()).toEqual(
      before,
    );
  });

  it('speaks English when the desk does', async () => {
    desk.close();
    desk = aMemoryDesk({ language: 'en' });
    desk.sample.handlers.install();
    await desk.sample.finished();
    expect(count("contacts WHERE note LIKE '%invoice%'")).toBeGreaterThan(10);
    expect(count("contacts WHERE note LIKE '%Rechnung%' OR note LIKE '% und %'")).toBe(0);
  });
});

describe('cancelling', () => {
  it('takes back what was put in', async () => {
    const before = everything();
    desk.sample.handlers.install();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(count('customers')).toBeGreaterThan(0);
    const status = await desk.sample.handlers.cancel();
    expect(status).toEqual({ installed: false, running: false, customers: 0, contacts: 0 });
    expect(
      desk.events.some((event) => event.type === 'sample.progress' && event.state === 'cancelled'),
    ).toBe(true);
    expect(everything()).toEqual(before);
  });

  it('leaves an installed book alone', async () => {
    await installed();
    expect(await desk.sample.handlers.cancel()).toMatchObject({ installed: true, customers: 500 });
  });

  it('begins anew over what a crash left half done', async () => {
    desk.sample.handlers.install();
    await new Promise((resolve) => setTimeout(resolve, 30));
    await desk.sample.stop();
    const half = count('customers');
    expect(half).toBeGreaterThan(0);
    expect(half).toBeLessThan(500);
    const again = desk.again();
    again.sample.start(false);
    await again.sample.finished();
    expect(again.sample.handlers.status()).toMatchObject({ installed: true, customers: 500 });
  });
});

describe('taking the sample book out', () => {
  it('removes all of it and nothing else', async () => {
    const own = desk.aCustomer({ name: 'Eigene Kundin', numbers: ['030 23125042'] });
    desk.aContact(own.id, desk.clock.now - 1000, { end: 'joy' });
    desk.aPromise(own.id, desk.clock.now);
    const before = everything();
    desk.sample.handlers.install();
    await desk.sample.finished();
    const [edited] = desk.raw.prepare("SELECT id FROM customers WHERE origin = 'sample'").all() as {
      id: string;
    }[];
    desk.customers.handlers.update({ customerId: edited?.id ?? '', changes: { name: 'Geändert' } });
    desk.customers.handlers.story({ customerId: edited?.id ?? '' });
    desk.cues.flush();
    expect(await desk.sample.handlers.remove()).toEqual({
      installed: false,
      running: false,
      customers: 0,
      contacts: 0,
    });
    expect(everything()).toEqual(before);
  });

  it('keeps what the agent stored about a sample customer, with the customer, as practice', async () => {
    await installed();
    const [one, other] = desk.raw
      .prepare(
        "SELECT u.id FROM customers u JOIN matters m ON m.customer_id = u.id WHERE u.origin = 'sample' GROUP BY u.id",
      )
      .all() as { id: string }[];
    const called = one?.id ?? '';
    const own = desk.aContact(called, desk.clock.now - 1000, { end: 'joy', origin: 'practice' });
    const matter = desk.raw
      .prepare('SELECT id FROM matters WHERE customer_id = ? LIMIT 1')
      .get(called) as { id: string };
    desk.raw.prepare('UPDATE contacts SET matter_id = ? WHERE id = ?').run(matter.id, own);
    const colleague = desk.raw
      .prepare("SELECT id, name FROM agents WHERE origin = 'sample' LIMIT 1")
      .get() as { id: string };
    desk.aPromise(other?.id ?? '', desk.clock.now, { ownerId: colleague.id, origin: 'real' });
    await desk.sample.handlers.remove();
    const left = desk.raw.prepare('SELECT id, origin FROM customers ORDER BY row').all();
    expect(left).toHaveLength(2);
    expect(left).toContainEqual({ id: called, origin: 'practice' });
    expect(left).toContainEqual({ id: other?.id, origin: 'real' });
    const story = desk.customers.handlers.story({ customerId: called });
    expect(story).toMatchObject({
      contactCount: 1,
      contacts: [{ id: own }],
      matters: [{ id: matter.id }],
      deals: [],
    });
    expect(desk.raw.prepare('SELECT id, origin FROM agents WHERE me = 0').all()).toEqual([
      { id: colleague.id, origin: 'practice' },
    ]);
    expect(count("customer_search WHERE customer_search MATCH 'a*'")).toBeLessThanOrEqual(2);
  });
});

describe('who rings on the practice line', () => {
  const practice = (random: () => number) =>
    createPractice({ database: desk.database, now: () => desk.clock.now, random });

  it('is a fictional stranger while the book is empty, or when asked for', async () => {
    const caller = practice(Math.random).handlers.nextCaller({ unknown: false });
    expect(caller).toMatchObject({ display: null, customerId: null });
    await installed();
    for (let n = 0; n < 50; n += 1) {
      const { number, customerId } = practice(Math.random).handlers.nextCaller({ unknown: true });
      expect(customerId).toBeNull();
      expect(number).toMatch(/^\+49\d{7,}$/);
      expect(desk.customers.callerContextFor({ number }).match.kind).toBe('unknown');
    }
  });

  it('is mostly someone whose card has something to say, and not the same again and again', async () => {
    await installed();
    const { nextCaller } = practice(Math.random).handlers;
    const callers = Array.from({ length: 200 }, () => nextCaller({ unknown: false }));
    for (const [index, { customerId }] of callers.entries()) {
      expect(customerId).not.toBeNull();
      expect(
        callers.slice(Math.max(0, index - 3), index).map((caller) => caller.customerId),
      ).not.toContain(customerId);
    }
    const speaking = callers.filter(
      ({ customerId }) =>
        desk.customers.handlers.story({ customerId: customerId ?? '' }).cues.length > 0,
    );
    expect(speaking.length).toBeGreaterThan(100);
  });

  it('is known by number when only one customer has it', async () => {
    await installed();
    const { number, customerId, display } = practice(() => 0.999).handlers.nextCaller({
      unknown: false,
    });
    const { match, story } = desk.customers.callerContextFor({ number });
    if (match.kind === 'known')
      expect(story?.customer).toMatchObject({ id: customerId, name: display });
    else expect(match.kind).toBe('several');
  });
});
