// Words that are entered behind the transaction that made their customers, or left to be read later.
import { expect, test } from 'vitest';
import { termsBeside } from '../../../main/core/exchange/terms-beside.ts';
import { aMemoryDesk } from '../support/memory-desk.ts';

const CUSTOMERS = 2_500;

function aBookOf(customers: number) {
  const desk = aMemoryDesk();
  const { database } = desk;
  const turns = { writes: 0, wants: false };
  const enterTerms = termsBeside({
    database,
    index: desk.customers.searchIndex,
    turns: { taken: () => turns.writes, wanted: () => turns.wants },
    pace: { isLong: () => false },
  });
  let enter: ReturnType<typeof enterTerms> = () => undefined;
  const made = database.bulkTransaction(() => {
    enter = enterTerms();
    return Array.from({ length: customers }, (_, at) => {
      const row = desk.customers.insert({
        ...{
          id: `c${at}`,
          name: `Kunde ${at}`,
          company: null,
          city: null,
          emails: [],
          numbers: [],
        },
        ...{ tags: [], preferredTime: null, agentId: desk.agentId, createdAt: 0 },
        ...{ customerSince: null, origin: 'imported' },
      });
      return { row, terms: `wort${at}` };
    });
  });
  const waiting = () =>
    database.query<{ n: number }>('SELECT count(*) AS n FROM customer_search_waiting').get()?.n;
  const found = (term: string) =>
    database.query('SELECT rowid FROM customer_search WHERE customer_search MATCH ?').all(term);
  return { turns, made, enter: () => enter(made), waiting, found };
}

test('terms are entered as they are given, and nobody waits to be read', () => {
  const { made, enter, waiting, found } = aBookOf(CUSTOMERS);
  expect(waiting()).toBe(CUSTOMERS);
  enter();
  expect(waiting()).toBe(0);
  for (const at of [0, 1_999, CUSTOMERS - 1])
    expect(found(`wort${at}`)).toEqual([{ rowid: made[at]?.row }]);
});

test('after a write of core in between they are not: all are read later', () => {
  const { turns, enter, waiting, found } = aBookOf(50);
  turns.writes += 1;
  enter();
  expect(waiting()).toBe(50);
  expect(found('wort1')).toEqual([]);
});

test('while core waits, what is not committed is taken back', () => {
  const { turns, enter, waiting, found } = aBookOf(50);
  turns.wants = true;
  enter();
  expect(waiting()).toBe(50);
  expect(found('wort1')).toEqual([]);
});
