// Merging two records and undoing it, on a real database with every kind of fact.
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import {
  movingTables,
  otherReferences,
  unnamedTables,
} from '../../../../main/core/customers/clean-book/merge-tables.ts';
import { newId } from '../../../../main/core/ids.ts';
import type { MergedRecord } from '../../../../preload/contract/clean-book.ts';
import type { Customer } from '../../../../preload/contract/customers.ts';
import { aMemoryDesk, type MemoryDesk } from '../../support/memory-desk.ts';
import { refusalOf } from '../../support/refusal-of.ts';

type Row = Record<string, unknown>;

function aDesk(): MemoryDesk {
  const desk = aMemoryDesk();
  onTestFinished(() => desk.close());
  return desk;
}

/** Every row of every table but the merge log, and what the search index finds, as text. */
function contents(desk: MemoryDesk): string {
  const tables = desk.raw
    .prepare(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
         AND name NOT LIKE 'customer_search%' AND name NOT IN ('customer_merges', 'duplicate_pairs') ORDER BY name`,
    )
    .all() as { name: string }[];
  const rows = tables.map(({ name }) => {
    const all = desk.raw
      .prepare(`SELECT * FROM "${name}"`)
      .all()
      .map((row) => JSON.stringify(row));
    return `${name} ${all.sort().join('\n')}`;
  });
  desk.raw.exec(
    'CREATE VIRTUAL TABLE IF NOT EXISTS temp.terms USING fts5vocab(main, customer_search, instance)',
  );
  const terms = desk.raw
    .prepare('SELECT * FROM temp.terms ORDER BY term, doc, col, "offset"')
    .all();
  return [...rows, JSON.stringify(terms)].join('\n\n');
}

/** The record that keeps the survivor's values, with everything united. */
function united(survivor: Customer, loser: Customer): MergedRecord {
  const { id: _id, origin: _origin, numbers, ...fields } = survivor;
  return {
    ...fields,
    company: survivor.company ?? loser.company,
    emails: [...new Set([...survivor.emails, ...loser.emails])],
    tags: [...new Set([...survivor.tags, ...loser.tags])],
    numberIds: [...numbers, ...loser.numbers].map(({ id }) => id),
    custom: { ...loser.custom, ...survivor.custom },
  };
}

function mergeOf(desk: MemoryDesk, survivor: Customer, loser: Customer): string {
  const { merge } = desk.book.handlers.merges;
  const input = {
    survivorId: survivor.id,
    loserId: loser.id,
    record: united(desk.customers.store.find(survivor.id), desk.customers.store.find(loser.id)),
  };
  return (merge(input, link) as { mergeId: string }).mergeId;
}

const link = { id: 0, windowId: null, closed: new AbortController().signal };

/** One row in each table with a customer_id that is not filled by the customer itself. */
function everyFact(desk: MemoryDesk, customerId: string, at: number): void {
  const run = (sql: string, ...values: unknown[]) => desk.raw.prepare(sql).run(...values);
  const contactId = desk.aContact(customerId, at, { end: 'anger', note: 'Wartet' });
  desk.aPromise(customerId, at + 1_000, { contactId });
  const agent = desk.agentId;
  run(
    `INSERT INTO matters (id, customer_id, title, opened_at, agent_id, origin) VALUES (?, ?, 'Lieferung', ?, ?, 'real')`,
    ...[newId(), customerId, at, agent],
  );
  run(
    `INSERT INTO questions (id, customer_id, contact_id, agent_id, text, asked_at, origin)
     VALUES (?, ?, ?, ?, 'Wann?', ?, 'real')`,
    ...[newId(), customerId, contactId, agent, at],
  );
  run(
    `INSERT INTO deals (id, customer_id, contact_id, agent_id, state, currency, created_at, origin)
     VALUES (?, ?, ?, ?, 'open', 'EUR', ?, 'real')`,
    ...[newId(), customerId, contactId, agent, at],
  );
  run(
    `INSERT INTO calls (call_id, contact_id, customer_id, agent_id, direction, remote_uri, remote_anonymous, internal,
       zone, started_at, last_seq, last_event_at, origin)
     VALUES (?, ?, ?, ?, 'inbound', 'sip:x@pbx.test', 0, 0, 'Europe/Berlin', ?, 0, ?, 'real')`,
    ...[newId(), contactId, customerId, agent, at, at],
  );
  run(
    `INSERT INTO cue_verdicts (id, customer_id, rule, subject, kind, at, agent_id, origin)
     VALUES (?, ?, 1, 'x', 'notTrue', ?, ?, 'real')`,
    ...[newId(), customerId, at, agent],
  );
  run(
    `INSERT INTO cue_showings (customer_id, rule, subject, occasion, at, agent_id, origin)
     VALUES (?, 1, 'x', 'card:today', ?, ?, 'real')`,
    ...[customerId, at, agent],
  );
  run(
    `INSERT INTO number_choices (number_key, customer_id, agent_id, times, chosen_at) VALUES ('+493023125042', ?, ?, 2, ?)`,
    ...[customerId, agent, at],
  );
  run(
    `INSERT INTO work_items (id, kind, customer_id, at, state, source, agent_id, changed_at, origin)
     VALUES (?, 'callback', ?, ?, 'open', 'desk', ?, ?, 'real')`,
    ...[newId(), customerId, at, agent, at],
  );
  run(
    `INSERT INTO objections (id, customer_id, kind, at, manner, recorded_at, agent_id)
     VALUES (?, ?, 'advertising', ?, 'call', ?, ?)`,
    ...[newId(), customerId, at, at, agent],
  );
  run(
    `INSERT INTO consent_proofs (seq, proof_id, kind, at, recorded_at, agent_id, body_hash, hash, customer_id)
     SELECT coalesce(max(seq), 0) + 1, ?, 'given', ?, ?, ?, zeroblob(32), zeroblob(32), ? FROM consent_proofs`,
    ...[newId(), at, at, agent, customerId],
  );
  run(
    `INSERT INTO access_log (at, agent_id, what, customer_id) VALUES (?, ?, 'accessReport', ?)`,
    ...[at, agent, customerId],
  );
  desk.customers.store.update(customerId, { preferredTime: 'vormittags' });
  desk.customers.refreshSummary(customerId);
}

test('a table with a customer_id is named, and so is every other reference to a customer', () => {
  const desk = aDesk();
  expect(unnamedTables(desk.database)).toEqual([]);
  // merge-store.ts knows these by name.
  expect(otherReferences(desk.database).sort()).toEqual([
    'duplicate_pairs.one_id',
    'duplicate_pairs.other_id',
    'not_duplicates.one_id',
    'not_duplicates.other_id',
  ]);
});

test('a table that nobody named is noticed, and its rows move all the same', () => {
  const desk = aDesk();
  desk.raw.exec(
    `CREATE TABLE later_facts (id TEXT PRIMARY KEY, customer_id TEXT REFERENCES customers (id) ON DELETE CASCADE)`,
  );
  expect(unnamedTables(desk.database)).toEqual(['later_facts']);
  const [one, other] = [desk.aCustomer(), desk.aCustomer()];
  desk.raw.prepare("INSERT INTO later_facts VALUES ('f', ?)").run(other.id);
  mergeOf(desk, one, other);
  expect(desk.raw.prepare('SELECT customer_id FROM later_facts').pluck().get()).toBe(one.id);
});

test('all that is known of the loser is with the survivor', () => {
  const desk = aDesk();
  const one = desk.aCustomer({ name: 'Anna Müller', numbers: ['030 23125042'], tags: ['VIP'] });
  const other = desk.aCustomer({
    ...{ name: 'Müller, Anna', numbers: ['+49 30 23125042', '0171 2345678'] },
    ...{ emails: ['anna@mueller.example'], tags: ['Gold'] },
  });
  everyFact(desk, one.id, 1_000);
  everyFact(desk, other.id, 2_000);
  mergeOf(desk, one, other);
  for (const { name } of movingTables(desk.database)) {
    // What other programs and imports were told of them needs a program or an import first.
    if (['customer_merges', 'webhook_deliveries', 'import_updates', 'import_skips'].includes(name))
      continue;
    const count = desk.raw
      .prepare(`SELECT count(*) AS n, sum(customer_id = ?) AS own FROM "${name}"`)
      .get(one.id) as { n: number; own: number };
    expect([name, count.n > 0, count.own]).toEqual([name, true, count.n]);
  }
  const merged = desk.customers.store.find(one.id);
  expect(merged.numbers.map(({ e164 }) => e164)).toEqual(['+493023125042', '+491712345678']);
  expect(merged.tags).toEqual(['VIP', 'Gold']);
  expect(desk.customers.store.exists(other.id)).toBe(false);
  expect(desk.customers.handlers.search({ query: '2345678', limit: 5 })).toMatchObject([
    { id: one.id },
  ]);
  const choices = desk.raw.prepare('SELECT times FROM number_choices').pluck().all();
  expect(choices).toEqual([4]);
  const story = desk.customers.handlers.story({ customerId: one.id });
  expect(story.contactCount).toBe(2);
  expect(desk.book.currentCustomer(other.id)).toBe(one.id);
});

const word = fc.constantFrom('Anna', 'Müller', 'Straße', 'Nord', 'GmbH', 'Berlin');
const anInput = fc.record({
  name: fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' ')),
  company: fc.option(word),
  city: fc.option(word),
  street: fc.option(word),
  externalId: fc.option(fc.constantFrom('K1', 'K2')),
  numbers: fc.uniqueArray(
    fc.constantFrom('030 23125042', '+49 30 23125042', '0171 2345678', '112', '030 555 01 99'),
    { maxLength: 4 },
  ),
  emails: fc.uniqueArray(fc.constantFrom('a@x.example', 'b@x.example', 'A@X.example')),
  tags: fc.uniqueArray(fc.constantFrom('VIP', 'Gold', 'Messe')),
});

test('merge and undo leave every table as it was', () => {
  const empty = aDesk();
  fc.assert(
    fc.property(
      ...([anInput, anInput, fc.boolean(), fc.boolean(), fc.integer({ min: 0, max: 4 })] as const),
      (first, second, factsOfOne, factsOfOther, leftOut) => {
        const desk = aMemoryDesk({ copyOf: empty });
        try {
          const third = desk.aCustomer({ name: 'Carla Unbeteiligt' });
          const one = desk.aCustomer(first);
          const other = desk.aCustomer(second);
          if (factsOfOne) everyFact(desk, one.id, 1_000);
          if (factsOfOther) everyFact(desk, other.id, 2_000);
          void desk.book.handlers.duplicates.dismiss({ oneId: other.id, otherId: third.id }, link);
          const before = contents(desk);
          desk.clock.now += 60_000;
          const record = united(one, other);
          record.numberIds.splice(0, leftOut);
          const { mergeId } = desk.book.handlers.merges.merge(
            { survivorId: one.id, loserId: other.id, record },
            link,
          ) as { mergeId: string };
          expect(contents(desk)).not.toBe(before);
          void desk.book.handlers.merges.undo({ mergeId }, link);
          expect(contents(desk)).toBe(before);
          expect(desk.raw.pragma('foreign_key_check')).toEqual([]);
        } finally {
          desk.close();
        }
      },
    ),
    { numRuns: 40 },
  );
}, 60_000);

test('what came after the merge stays with the survivor, and is named', () => {
  const desk = aDesk();
  const one = desk.aCustomer({ name: 'Anna Müller', city: 'Kassel', tags: ['VIP'] });
  const other = desk.aCustomer({ name: 'Anna Müller', company: 'Nord GmbH', tags: ['Gold'] });
  everyFact(desk, other.id, 2_000);
  const mergeId = mergeOf(desk, one, other);
  const later = desk.aContact(one.id, desk.clock.now + 5_000);
  desk.customers.store.update(one.id, { company: 'Süd GmbH', tags: ['VIP', 'Gold', 'Neu'] });
  const undone = desk.book.handlers.merges.undo({ mergeId }, link) as {
    survivor: Customer;
    loser: Customer;
    stayed: { kind: string; count: number }[];
    keptFields: string[];
  };
  expect(undone.stayed).toEqual([{ kind: 'contacts', count: 1 }]);
  expect(undone.keptFields).toEqual(['company']);
  expect(undone.survivor).toMatchObject({ company: 'Süd GmbH', tags: ['VIP', 'Neu'] });
  expect(undone.loser).toMatchObject({ company: 'Nord GmbH', tags: ['Gold'] });
  const owner = desk.raw.prepare('SELECT customer_id FROM contacts WHERE id = ?').pluck();
  expect(owner.get(later)).toBe(one.id);
  expect(desk.customers.handlers.story({ customerId: other.id }).contactCount).toBe(1);
});

test('merges are undone from the last one on, and each once', () => {
  const desk = aDesk();
  const [one, other, third] = ['Anna Eins', 'Anna Zwei', 'Anna Drei'].map((name) =>
    desk.aCustomer({ name }),
  ) as [Customer, Customer, Customer];
  const before = contents(desk);
  const first = mergeOf(desk, one, other);
  const second = mergeOf(desk, third, one);
  expect(desk.book.currentCustomer(other.id)).toBe(third.id);
  const { undo, list } = desk.book.handlers.merges;
  expect(refusalOf(() => undo({ mergeId: first }, link))).toEqual([
    'MERGE_REFUSED',
    { reason: 'laterMerge' },
  ]);
  expect(list({ limit: 10 }, link)).toMatchObject({
    merges: [
      { id: second, laterMergeId: null },
      { id: first, laterMergeId: second },
    ],
  });
  void undo({ mergeId: second }, link);
  void undo({ mergeId: first }, link);
  expect(contents(desk)).toBe(before);
  expect(refusalOf(() => undo({ mergeId: first }, link))).toEqual([
    'MERGE_REFUSED',
    { reason: 'undoneAlready' },
  ]);
});

test('two merges into one record are undone in any order', () => {
  const desk = aDesk();
  const one = desk.aCustomer({ name: 'Anna', tags: ['a'] });
  const other = desk.aCustomer({ name: 'Anna B', tags: ['b'], numbers: ['030 555 01 99'] });
  const third = desk.aCustomer({ name: 'Anna C', tags: ['c'], numbers: ['0171 2345678'] });
  const before = contents(desk);
  const first = mergeOf(desk, one, other);
  const second = mergeOf(desk, one, third);
  void desk.book.handlers.merges.undo({ mergeId: first }, link);
  void desk.book.handlers.merges.undo({ mergeId: second }, link);
  // When it was changed is all that may differ.
  const plain = (text: string) => text.replace(/"changed_at":\d+/g, '');
  expect(plain(contents(desk))).toBe(plain(before));
});

test('a real person merged into a sample record is real', () => {
  const desk = aDesk();
  const [one, other] = [desk.aCustomer(), desk.aCustomer()];
  desk.raw.prepare("UPDATE customers SET origin = 'sample' WHERE id = ?").run(one.id);
  mergeOf(desk, one, other);
  expect(desk.customers.store.find(one.id).origin).toBe('real');
});

test('foreign numbers, made-up fields and oneself are refused, and nothing is changed', () => {
  const desk = aDesk();
  const [one, other, third] = [
    desk.aCustomer(),
    desk.aCustomer(),
    desk.aCustomer({ numbers: ['112'] }),
  ];
  const before = contents(desk);
  const merge = (record: Partial<MergedRecord>, loserId = other.id) =>
    refusalOf(() =>
      desk.book.handlers.merges.merge(
        { survivorId: one.id, loserId, record: { ...united(one, other), ...record } },
        link,
      ),
    );
  expect(merge({ numberIds: [third.numbers[0]?.id ?? ''] })?.[0]).toBe('BAD_INPUT');
  expect(merge({ custom: { made_up: 'x' } })).toEqual([
    'BAD_INPUT',
    { issues: [{ path: ['record', 'custom', 'made_up'], code: 'unknownField' }] },
  ]);
  expect(merge({ householdId: newId() })?.[0]).toBe('BAD_INPUT');
  expect(merge({}, one.id)?.[0]).toBe('MERGE_REFUSED');
  expect(merge({}, newId())?.[0]).toBe('NOT_FOUND');
  expect(contents(desk)).toBe(before);
});

test('the history tells the merge, and whose record an older edit was', () => {
  const desk = aDesk();
  const one = desk.aCustomer({ name: 'Anna Müller' });
  const other = desk.aCustomer({ name: 'A. Müller', company: 'Nord GmbH' });
  desk.customers.store.update(other.id, { city: 'Kassel' });
  mergeOf(desk, one, other);
  const { changes } = desk.book.handlers.record.changes(
    { customerId: one.id, limit: 10 },
    link,
  ) as {
    changes: Row[];
  };
  expect(
    changes.map(({ field, source, mergedFrom }) => [field, source, mergedFrom]).sort(),
  ).toEqual([
    ['city', 'agent', 'A. Müller'],
    ['company', 'merge', null],
  ]);
});
