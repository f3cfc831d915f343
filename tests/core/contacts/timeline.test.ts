// One stream of everything that happened with a customer: narrowed, by matter, entered anywhere.
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '../../../main/core/ids.ts';
import { TIMELINE_PARTS, type TimelinePart } from '../../../preload/contract/vocabulary.ts';
import { aMemoryDesk } from '../support/memory-desk.ts';

let desk: ReturnType<typeof aMemoryDesk>;
let customerId: string;

beforeEach(() => {
  desk = aMemoryDesk();
  customerId = desk.aCustomer().id;
});
afterEach(() => desk.close());

const run = (sql: string, ...values: (string | number | null)[]) =>
  desk.raw.prepare(sql).run(...values);

function aDeal(at: number, contactId: string | null = null, matterId: string | null = null): void {
  run(
    `INSERT INTO deals (id, customer_id, contact_id, matter_id, agent_id, title, state, value_cents, currency,
       created_at, decided_at, origin) VALUES (?, ?, ?, ?, ?, 'Kombi', 'won', 100, 'EUR', ?, ?, 'imported')`,
    ...[newId(), customerId, contactId, matterId, desk.agentId, at - 5, at],
  );
}

function aPromise(at: number, contactId: string | null = null): void {
  run(
    `INSERT INTO promises (id, customer_id, contact_id, agent_id, owner_id, text, made_at, due_at, first_due_at,
       state, origin) VALUES (?, ?, ?, ?, ?, 'Angebot', ?, ?, ?, 'open', 'imported')`,
    ...[newId(), customerId, contactId, desk.agentId, desk.agentId, at, at + 9, at + 9],
  );
}

function aVoicemail(at: number): void {
  run(
    `INSERT INTO work_items (id, kind, customer_id, at, state, source, agent_id, changed_at, origin)
     VALUES (?, 'voicemail', ?, ?, 'open', 'api', ?, ?, 'real')`,
    ...[newId(), customerId, at, desk.agentId, at],
  );
}

function aMatter(title: string, at: number): string {
  const id = newId();
  run(
    `INSERT INTO matters (id, customer_id, title, opened_at, agent_id, origin) VALUES (?, ?, ?, ?, ?, 'real')`,
    ...[id, customerId, title, at, desk.agentId],
  );
  return id;
}

const contactIn = (matterId: string | null, at: number, kind = 'note'): string => {
  const id = desk.aContact(customerId, at);
  run('UPDATE contacts SET matter_id = ?, kind = ? WHERE id = ?', matterId, kind, id);
  return id;
};

const handlers = () => desk.customers.handlers;
const window = (only: TimelinePart[], offset = 0, limit = 100) =>
  handlers().timelineWindow({ customerId, only, offset, limit });
const kindsOf = (only: TimelinePart[]) =>
  window(only).entries.map((entry) => ('kind' in entry ? entry.kind : entry.type));

test('contacts, deals, promises and voicemails stand in one stream, newest first', () => {
  contactIn(null, 100);
  aDeal(200);
  aPromise(150);
  aVoicemail(175);
  // What hangs on a contact is told there.
  const call = contactIn(null, 300, 'call');
  aDeal(310, call);
  aPromise(300, call);
  expect(kindsOf([])).toEqual(['call', 'deal', 'voicemail', 'promise', 'note']);
  expect(window([]).total).toBe(5);
});

test('narrowed to deals it holds those of its own and the contacts that carry one', () => {
  const call = contactIn(null, 300, 'call');
  aDeal(310, call);
  aDeal(200);
  contactIn(null, 100);
  aPromise(50);
  expect(kindsOf(['deal'])).toEqual(['call', 'deal']);
  expect(kindsOf(['promise'])).toEqual(['promise']);
  expect(kindsOf(['note', 'promise'])).toEqual(['note', 'promise']);
  expect(window(['visit'])).toEqual({ entries: [], total: 0 });
});

test('a matter holds its entries, and what has none is counted apart', () => {
  const delivery = aMatter('Lieferung', 10);
  const invoice = aMatter('Rechnung', 20);
  contactIn(delivery, 100);
  contactIn(delivery, 300);
  contactIn(invoice, 200);
  contactIn(null, 400);
  aVoicemail(500);
  const { matters, loose } = handlers().matters({ customerId });
  expect(matters.map(({ title, entries, lastAt }) => [title, entries, lastAt])).toEqual([
    ['Lieferung', 2, 300],
    ['Rechnung', 1, 200],
  ]);
  expect(loose).toBe(2);
  const of = (matterId: string | null) =>
    handlers()
      .timelineWindow({ customerId, only: [], matterId, offset: 0, limit: 10 })
      .entries.map(({ at }) => at);
  expect(of(delivery)).toEqual([300, 100]);
  expect(of(null)).toEqual([500, 400]);
});

test('pages, windows and places agree, whatever happened when', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          what: fc.constantFrom('note', 'call', 'deal', 'promise', 'voicemail'),
          // Few instants, so that many fall together.
          at: fc.integer({ min: 1, max: 6 }),
        }),
        { maxLength: 25 },
      ),
      fc.subarray([...TIMELINE_PARTS]),
      fc.integer({ min: 1, max: 7 }),
      (facts, only, limit) => {
        customerId = desk.aCustomer().id;
        for (const { what, at } of facts) {
          if (what === 'deal') aDeal(at);
          else if (what === 'promise') aPromise(at);
          else if (what === 'voicemail') aVoicemail(at);
          else contactIn(null, at, what);
        }
        const wanted = facts.filter(
          ({ what }) => only.length === 0 || only.some((part) => part === what),
        );
        const whole = window(only);
        expect(whole.total).toBe(wanted.length);
        expect(whole.entries.map(({ at }) => at)).toEqual(
          wanted.map(({ at }) => at).sort((one, other) => other - one),
        );
        const ids = whole.entries.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        const paged: string[] = [];
        for (let cursor: string | undefined; ; ) {
          const page = handlers().timeline({ customerId, only, cursor, limit });
          paged.push(...page.entries.map(({ id }) => id));
          if (page.next === null) break;
          cursor = page.next;
        }
        expect(paged).toEqual(ids);
        expect(window(only, limit, limit).entries.map(({ id }) => id)).toEqual(
          ids.slice(limit, 2 * limit),
        );
        const place = (at: { until: number } | { contactId: string }) =>
          handlers().timelinePlace({ customerId, only, at }).offset;
        expect(place({ until: 3 })).toBe(whole.entries.filter(({ at }) => at > 3).length);
        for (const [index, entry] of whole.entries.entries()) {
          if (entry.type === 'contact') expect(place({ contactId: entry.id })).toBe(index);
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('a foreign cursor, contact or customer is refused', () => {
  const other = desk.aCustomer({ name: 'Paula Weiß' }).id;
  const foreign = desk.aContact(other, 5);
  expect(() =>
    handlers().timelinePlace({ customerId, only: [], at: { contactId: foreign } }),
  ).toThrow('NOT_FOUND');
  expect(() => handlers().timeline({ customerId, only: [], cursor: 'eyJh', limit: 5 })).toThrow(
    'BAD_INPUT',
  );
  expect(() => handlers().matters({ customerId: newId() })).toThrow('NOT_FOUND');
});
