import { describe, expect, it } from 'vitest';
import { sampleBookFrom } from '../../../main/core/sample/book.ts';
import { anyFictionalNumber } from '../../../main/core/sample/fictional-numbers.ts';
import { randomFrom } from '../../../main/core/sample/random.ts';
import { ENGLISH } from '../../../main/core/sample/sentences-en.ts';
import { GERMAN } from '../../../main/core/sample/sentences-de.ts';
import { STEP_IDS } from '../../../main/core/sample/sentences.ts';
import { numberKeyFrom } from '../../../main/core/phone-numbers/number-key.ts';
import { customerInput } from '../../../preload/contract/customers.ts';
import { id } from '../../../preload/contract/shapes.ts';

const NOW = Date.UTC(2026, 10, 23, 9);
const request = {
  seed: 7,
  now: NOW,
  zone: 'Europe/Berlin',
  language: 'de',
  agentId: 'me',
} as const;
const book = sampleBookFrom(request);
/** Ranges that the Bundesnetzagentur keeps for fiction, in E.164. */
const FICTIONAL =
  /^\+49(3023125\d{3}|4066969\d{3}|6990009\d{3}|2214710\d{3}|8999998\d{3}|17139200\d{2}|176040690\d{2})$/;

describe('the sample book', () => {
  it('comes out the same from the same seed, and differs from another', () => {
    expect(sampleBookFrom(request)).toEqual(book);
    expect(sampleBookFrom({ ...request, seed: 8 })).not.toEqual(book);
  });

  it('has 500 customers and about 4,000 contacts within 24 months', () => {
    const contacts = book.customers.flatMap((customer) => customer.contacts);
    expect(book.customers).toHaveLength(500);
    expect(contacts.length).toBeGreaterThan(3600);
    expect(contacts.length).toBeLessThan(4400);
    for (const { at } of contacts) {
      expect(at).toBeLessThan(NOW);
      expect(at).toBeGreaterThan(NOW - 765 * 86_400_000);
    }
  });

  it('uses only numbers that nobody has, e-mail addresses of example domains, and ids as the contract wants them', () => {
    const ids: string[] = [];
    for (const customer of book.customers) {
      expect(customerInput.safeParse(customer).success).toBe(true);
      for (const number of customer.numbers)
        expect(numberKeyFrom(number, 'DE').e164).toMatch(FICTIONAL);
      for (const email of customer.emails)
        expect(email).toMatch(/@(example\.org|[a-z0-9-]+\.example)$/);
      const { contacts, promises, deals, matters, questions } = customer;
      ids.push(
        customer.id,
        ...[contacts, promises, deals, matters, questions].flat().map((fact) => fact.id),
      );
    }
    for (const one of ids) expect(id.safeParse(one).success).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
    const random = randomFrom(1);
    for (let n = 0; n < 200; n += 1)
      expect(numberKeyFrom(anyFictionalNumber(random), 'DE').e164).toMatch(FICTIONAL);
  });

  it('has a few numbers that two people share', () => {
    const owners = new Map<string, number>();
    for (const { numbers } of book.customers)
      for (const number of numbers) owners.set(number, (owners.get(number) ?? 0) + 1);
    const shared = [...owners.values()].filter((count) => count > 1);
    expect(shared.length).toBeGreaterThan(0);
    expect(shared.length).toBeLessThan(20);
  });

  it('leaves no slot open and no sentence empty', () => {
    for (const language of ['de', 'en'] as const) {
      for (const { contacts, promises, matters, deals } of sampleBookFrom({ ...request, language })
        .customers) {
        const texts = [
          ...contacts.flatMap(({ subject, note }) => [subject, note]),
          ...promises.map(({ text }) => text),
          ...matters.map(({ title }) => title),
          ...deals.map(({ title }) => title),
        ];
        for (const text of texts) expect(text).toMatch(/^[^{}]{3,}$/);
      }
    }
  });

  it('tells stories in order: a promise is kept after it was made, a deal decided after it was created', () => {
    for (const { contacts, promises, deals, matters, questions } of book.customers) {
      expect(contacts.map(({ at }) => at)).toEqual(
        contacts.map(({ at }) => at).sort((one, other) => one - other),
      );
      for (const { madeAt, dueAt, settledAt } of promises) {
        expect(dueAt).toBeGreaterThan(madeAt);
        if (settledAt !== null) expect(settledAt).toBeGreaterThan(madeAt);
        if (settledAt !== null) expect(settledAt).toBeLessThanOrEqual(NOW);
      }
      for (const deal of deals)
        if (deal.decidedAt !== null) expect(deal.decidedAt).toBeGreaterThan(deal.createdAt);
      for (const deal of deals) expect(deal.state === 'open').toBe(deal.decidedAt === null);
      for (const { openedAt, closedAt } of matters)
        if (closedAt !== null) expect(closedAt).toBeGreaterThanOrEqual(openedAt);
      for (const { askedAt, answeredAt } of questions)
        if (answeredAt !== null) expect(answeredAt).toBeGreaterThan(askedAt);
    }
  });

  it('mends the defect that was reported', () => {
    const water = book.customers.filter(({ contacts }) =>
      contacts.some(({ note }) => note.startsWith('Wasser im Kofferraum')),
    );
    expect(water.length).toBeGreaterThan(0);
    for (const { contacts, matters } of water) {
      const report = contacts.find(({ note }) => note.startsWith('Wasser im Kofferraum'));
      const closed = matters.find(({ id: matter }) => matter === report?.matterId)?.closedAt;
      const solved = contacts.find(
        ({ note, matterId }) => matterId === report?.matterId && note.startsWith('Dichtung neu'),
      );
      expect(solved !== undefined).toBe(closed !== null);
    }
  });

  it('has won and lost deals, several authors, and words that vary', () => {
    const deals = book.customers.flatMap((customer) => customer.deals);
    for (const state of ['open', 'won', 'lost'] as const)
      expect(deals.filter((deal) => deal.state === state).length).toBeGreaterThan(20);
    const contacts = book.customers.flatMap((customer) => customer.contacts);
    expect(new Set(contacts.map(({ agentId }) => agentId)).size).toBe(5);
    expect(new Set(contacts.map(({ note }) => note)).size).toBeGreaterThan(1100);
  });
});

describe('the two catalogues of sentences', () => {
  const slots = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, slot]) => slot).sort();

  it('have the same variants with the same slots', () => {
    for (const step of STEP_IDS) {
      expect(ENGLISH.steps[step].length, step).toBe(GERMAN.steps[step].length);
      for (const [index, [, note]] of GERMAN.steps[step].entries()) {
        expect(slots(ENGLISH.steps[step][index]?.[1] ?? ''), `${step} ${index}`).toEqual(
          slots(note),
        );
      }
    }
    expect(Object.keys(ENGLISH.promises)).toEqual(Object.keys(GERMAN.promises));
    for (const list of [
      'colours',
      'tradeIns',
      'weekdays',
      'months',
      'preferredTimes',
      'details',
    ] as const) {
      expect(ENGLISH[list].length, list).toBe(GERMAN[list].length);
    }
  });
});
