// Duplicates, households, custom fields and tags on a real database.
import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import {
  customProblem,
  isDay,
  isLink,
  keyFrom,
} from '../../../../main/core/customers/clean-book/custom-values.ts';
import {
  listWithoutMerge,
  valuesWithoutMerge,
} from '../../../../main/core/customers/clean-book/merged-lists.ts';
import {
  type DuplicatePair,
  type LikenessKind,
  likenessQuestion,
} from '../../../../preload/contract/clean-book.ts';
import { aMemoryDesk, type MemoryDesk } from '../../support/memory-desk.ts';
import { refusalOf } from '../../support/refusal-of.ts';

const link = { id: 0, windowId: null, closed: new AbortController().signal };

function aDesk(): MemoryDesk {
  const desk = aMemoryDesk();
  onTestFinished(() => desk.close());
  return desk;
}

/** Empties what was queued by edits, so that only the search through the book can have found pairs. */
async function scanned(desk: MemoryDesk): Promise<void> {
  desk.raw.exec('DELETE FROM duplicate_pairs');
  await desk.book.handlers.duplicates.scan({}, link);
  await desk.book.duplicates.finished();
}

async function pairsOf(desk: MemoryDesk, kind: LikenessKind): Promise<string[]> {
  const page = await desk.book.handlers.duplicates.list({ kind, limit: 100 }, link);
  return (page.pairs as DuplicatePair[])
    .map(({ one, other }) => [one.name, other.name].sort().join(' = '))
    .sort();
}

test('the search through the book finds each pair once, by whatever they share', async () => {
  const desk = aDesk();
  const numbers = ['030 23125042'];
  desk.aCustomer({ name: 'Anna Müller', numbers });
  desk.aCustomer({ name: 'Müller, Anna', numbers: ['+49 30 23125042', '0171 2345678'] });
  desk.aCustomer({ name: 'Bernd Müller', numbers });
  desk.aCustomer({ name: 'Carla Kern', emails: ['c@kern.example'] });
  desk.aCustomer({ name: 'C. Kern', emails: ['C@Kern.example'] });
  const address = { street: 'Weg 1', postalCode: '34117' };
  desk.aCustomer({ name: 'Jens Groß', ...address });
  desk.aCustomer({ name: 'Gross Jens', ...address });
  desk.aCustomer({ name: 'Jens Groß', street: 'Gasse 9', postalCode: '10115' });
  await scanned(desk);
  expect(await pairsOf(desk, 'duplicate')).toEqual([
    'Anna Müller = Müller, Anna',
    'C. Kern = Carla Kern',
    'Gross Jens = Jens Groß',
  ]);
  expect(await pairsOf(desk, 'household')).toEqual([
    'Anna Müller = Bernd Müller',
    'Bernd Müller = Müller, Anna',
  ]);
  const state = await desk.book.handlers.duplicates.scanState({}, link);
  expect(state).toMatchObject({ state: 'done', newSince: 0 });
});

test('the search finds slips of the pen in one place or company, in either word, and nothing beyond', async () => {
  const desk = aDesk();
  desk.aCustomer({ name: 'Anna Schmidt', city: 'Kassel' });
  desk.aCustomer({ name: 'Anna Schmitt', city: 'KASSEL', numbers: ['030 23125042'] });
  desk.aCustomer({ name: 'Anna Schmitd', city: 'Bremen' });
  desk.aCustomer({ name: 'Katharina Kern', company: 'Kern GmbH' });
  desk.aCustomer({ name: 'Kern, Katarina', company: 'Kern' });
  desk.aCustomer({ name: 'Maria Voss', city: 'Kassel' });
  desk.aCustomer({ name: 'Mario Voss', city: 'Kassel' });
  await scanned(desk);
  expect(await pairsOf(desk, 'duplicate')).toEqual([
    'Anna Schmidt = Anna Schmitt',
    'Katharina Kern = Kern, Katarina',
  ]);
  // Who is entered is compared at once, as far as an index leads.
  const alike = await desk.book.handlers.duplicates.check(
    likenessQuestion.parse({ name: 'Anna Schnidt', city: 'Kassel' }),
    link,
  );
  expect(alike).toMatchObject([
    { hit: { name: 'Anna Schmidt' }, reasons: [{ reason: 'similarNameAndPlace' }] },
  ]);
});

test('a thousand sharers of one switchboard give only their own duplicates', async () => {
  const desk = aDesk();
  for (let number = 0; number < 300; number += 1) {
    desk.aCustomer({
      name: `Person ${'abcdefghij'[number % 10]}${number}`,
      numbers: ['030 5550199'],
    });
  }
  desk.aCustomer({ name: 'Person a0', numbers: ['030 5550199'] });
  await scanned(desk);
  expect(await pairsOf(desk, 'duplicate')).toContain('Person a0 = Person a0');
  expect(desk.raw.prepare('SELECT count(*) FROM duplicate_pairs').pluck().get()).toBeLessThan(50);
}, 60_000);

test('who comes in by hand is compared at once; what is mended is a pair no more', async () => {
  const desk = aDesk();
  const one = desk.aCustomer({ name: 'Rosa Kern', numbers: ['030 23125042'] });
  const other = desk.aCustomer({ name: 'Rosa Kern', numbers: ['030 23125042'] });
  desk.book.duplicates.touched(other.id);
  await nextTurn();
  expect(await pairsOf(desk, 'duplicate')).toEqual(['Rosa Kern = Rosa Kern']);
  desk.customers.handlers.update({ customerId: one.id, changes: { numbers: ['030 1112223'] } });
  expect(await pairsOf(desk, 'duplicate')).toEqual([]);
});

test('told apart is remembered, through a search and a merge, until it is taken back', async () => {
  const desk = aDesk();
  const emails = ['r@kern.example'];
  const [one, other] = [1, 2].map(() => desk.aCustomer({ name: 'Rosa Kern', emails }));
  if (!one || !other) throw new Error('two customers');
  const pair = { oneId: other.id, otherId: one.id };
  await desk.book.handlers.duplicates.dismiss(pair, link);
  await scanned(desk);
  expect(await pairsOf(desk, 'duplicate')).toEqual([]);
  const asked = { customerId: one.id, name: 'Rosa Kern', emails };
  const nothing = { company: null, street: null, postalCode: null, city: null, externalId: null };
  const check = (customerId: string | null) =>
    desk.book.handlers.duplicates.check({ ...nothing, ...asked, numbers: [], customerId }, link);
  expect(await check(one.id)).toEqual([]);
  expect(await check(null)).toHaveLength(2);
  await desk.book.handlers.duplicates.takeBack(pair, link);
  expect(await pairsOf(desk, 'duplicate')).toEqual(['Rosa Kern = Rosa Kern']);
});

test('a household is joined, named after its people, and gone when one is left', async () => {
  const desk = aDesk();
  const numbers = ['0561 4990021'];
  const one = desk.aCustomer({ name: 'Emil Rabe', numbers });
  const other = desk.aCustomer({ name: 'Ida Rabe', numbers });
  const { of, join, leave } = desk.book.handlers.households;
  expect((await of({ customerId: one.id }, link)).suggestions).toMatchObject([
    { hit: { id: other.id }, reasons: [{ reason: 'number' }] },
  ]);
  expect(await join({ customerIds: [one.id, other.id] }, link)).toMatchObject({ name: 'Rabe' });
  await scanned(desk);
  expect(await pairsOf(desk, 'household')).toEqual([]);
  await leave({ customerId: one.id }, link);
  expect(desk.customers.store.find(other.id).householdId).toBeNull();
  expect(desk.raw.prepare('SELECT count(*) FROM households').pluck().get()).toBe(0);
});

test('custom fields are defined before they are filled; a removed one keeps its values until purged', async () => {
  const desk = aDesk();
  const { create, remove, purge, restore } = desk.book.handlers.fields;
  const store = desk.customers.store;
  const customer = desk.aCustomer();
  const set = (custom: Record<string, string | number | null>) =>
    refusalOf(() => store.update(customer.id, { custom }));
  expect(set({ umsatz: 5 })).toEqual([
    'BAD_INPUT',
    { issues: [{ path: ['changes', 'custom', 'umsatz'], code: 'unknownField' }] },
  ]);
  expect(refusalOf(() => desk.aCustomer({ custom: { umsatz: 5 } }))?.[0]).toBe('BAD_INPUT');
  const field = await create(
    { appliesTo: 'customer', label: 'Umsatz (Jahr)', kind: 'number', choices: [] },
    link,
  );
  expect(field.key).toBe('umsatz_jahr');
  expect(set({ umsatz_jahr: 'viel' })?.[0]).toBe('BAD_INPUT');
  expect(set({ umsatz_jahr: 1250.5 })).toBeNull();
  await remove({ fieldId: field.id }, link);
  expect(set({ umsatz_jahr: 1 })?.[0]).toBe('BAD_INPUT');
  expect(store.find(customer.id).custom).toEqual({ umsatz_jahr: 1250.5 });
  await restore({ fieldId: field.id }, link);
  expect(set({ umsatz_jahr: 7 })).toBeNull();
  await remove({ fieldId: field.id }, link);
  expect(await purge({ fieldId: field.id }, link)).toEqual({ records: 1 });
  expect(store.find(customer.id).custom).toEqual({});
  const history = 'SELECT count(*) FROM customer_changes WHERE field = ?';
  expect(desk.raw.prepare(history).pluck().get('custom.umsatz_jahr')).toBe(0);
  // Its key is never used again.
  const next = await create(
    { appliesTo: 'customer', label: 'Umsatz (Jahr)', kind: 'text', choices: [] },
    link,
  );
  expect(next.key).toBe('umsatz_jahr_2');
});

test('a tag is renamed, brought together and deleted for everybody, and counted right', async () => {
  const desk = aDesk();
  for (let number = 0; number < 45; number += 1) desk.aCustomer({ tags: ['VIP'] });
  const both = desk.aCustomer({ tags: ['VIP', 'Gold'] });
  const { list, rename, remove, work } = desk.book.handlers.tags;
  expect(await list({ text: '', limit: 10 }, link)).toEqual([
    { tag: 'VIP', customers: 46 },
    { tag: 'Gold', customers: 1 },
  ]);
  const { finished } = desk.book.tags;
  expect(await rename({ from: 'VIP', to: 'Gold' }, link)).toMatchObject({
    ...{ tag: 'VIP', to: 'Gold', state: 'running', total: 46 },
  });
  expect(refusalOf(() => remove({ tag: 'Gold' }, link))?.[0]).toBe('BUSY');
  await finished();
  expect(await work({}, link)).toMatchObject({ state: 'done', done: 46, total: 46 });
  expect(await list({ text: 'go', limit: 10 }, link)).toEqual([{ tag: 'Gold', customers: 46 }]);
  expect(desk.customers.store.find(both.id).tags).toEqual(['Gold']);
  await remove({ tag: 'Gold' }, link);
  await finished();
  expect(await work({}, link)).toMatchObject({ tag: 'Gold', to: null, state: 'done', done: 46 });
  expect(await list({ text: '', limit: 10 }, link)).toEqual([]);
});

test('renaming a tag tells how far it is, stops when told to, and goes on from there', async () => {
  const desk = aDesk();
  for (let number = 0; number < 100; number += 1) desk.aCustomer({ tags: ['VIP'] });
  const { list, rename, work, stop } = desk.book.handlers.tags;
  expect(await stop({}, link)).toBeNull();
  await rename({ from: 'VIP', to: 'Gold' }, link);
  await nextTurn();
  await nextTurn();
  const stopped = await stop({}, link);
  expect(stopped).toMatchObject({ state: 'stopped', total: 100 });
  const done = stopped?.done ?? 0;
  expect(done).toBeGreaterThan(0);
  expect(done).toBeLessThan(100);
  expect(desk.events).toContainEqual({ type: 'tags.changed' });
  const both = [
    { tag: 'Gold', customers: done },
    { tag: 'VIP', customers: 100 - done },
  ];
  expect(await list({ text: '', limit: 10 }, link)).toEqual(expect.arrayContaining(both));
  await rename({ from: 'VIP', to: 'Gold' }, link);
  await desk.book.tags.finished();
  expect(await work({}, link)).toMatchObject({ state: 'done', done: 100 - done });
  expect(await list({ text: '', limit: 10 }, link)).toEqual([{ tag: 'Gold', customers: 100 }]);
});

test('values of custom fields: days that exist, links of four kinds, keys that are slugs', () => {
  expect(isDay('2026-02-28')).toBe(true);
  expect(isDay('2026-02-30')).toBe(false);
  for (const good of [
    'https://a.example',
    'http://a.example/x?y',
    'mailto:a@b.example',
    'tel:+4930',
  ])
    expect(isLink(good)).toBe(true);
  for (const bad of [
    'javascript:alert(1)',
    'https://u:p@a.example',
    'a.example',
    'data:text/html,x',
  ])
    expect(isLink(bad)).toBe(false);
  const choice = { kind: 'choice' as const, choices: ['A'], removedAt: null };
  expect(customProblem(choice, 'B')).toBe('notAChoice');
  expect(customProblem({ ...choice, removedAt: 1 }, null)).toBeNull();
  fc.assert(
    fc.property(fc.string(), fc.array(fc.string()), (label, taken) => {
      const key = keyFrom(label, new Set([...taken, 'field']));
      expect(key).toMatch(/^[a-z][a-z0-9_]{0,49}$/);
      expect(taken).not.toContain(key);
    }),
  );
});

test('a merge taken out of a list or of values leaves what came since', () => {
  const list = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'));
  fc.assert(
    fc.property(list, list, (before, after) => {
      expect(listWithoutMerge(before, after, after)).toEqual(before);
      const later = listWithoutMerge(before, after, [...after, 'new']);
      expect(later).toEqual([...before, 'new']);
    }),
  );
  expect(valuesWithoutMerge({ a: 1 }, { a: 2, b: 3 }, { a: 5, b: 3 })).toEqual({
    values: { a: 5 },
    kept: ['a'],
  });
});
