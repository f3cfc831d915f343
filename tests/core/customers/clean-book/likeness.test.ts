import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Comparable,
  likenessOf,
} from '../../../../main/core/customers/clean-book/likeness.ts';
import {
  isOneSlipApart,
  isSlip,
  nameLikeness,
} from '../../../../main/core/customers/clean-book/name-likeness.ts';
import {
  addToGroups,
  type NameGroups,
  partOf,
  slipsIn,
} from '../../../../main/core/customers/clean-book/similar-names.ts';
import { foldText } from '../../../../main/core/customers/folding.ts';

function aRecord(
  fields: Partial<Omit<Comparable, 'emails' | 'numbers'>> & Shares = {},
): Comparable {
  const { emails = [], numbers = [], ...rest } = fields;
  const keyed = (texts: string[]) => new Map(texts.map((text): [string, string] => [text, text]));
  return {
    ...{ name: 'Anna Müller', company: null, street: null, postalCode: null, city: null },
    ...{ externalId: null, householdId: null },
    ...rest,
    emails: keyed(emails),
    numbers: keyed(numbers),
  };
}
interface Shares {
  emails?: string[];
  numbers?: string[];
}
const reasonsOf = (one: Comparable, other: Comparable) => {
  const likeness = likenessOf(one, other);
  return likeness && [likeness.kind, likeness.reasons.map(({ reason }) => reason)];
};

describe('names', () => {
  test.each([
    ['Anna Müller', 'Mueller, Anna', 'same'],
    ['Dr. Anna Müller', 'Frau Anna Müller', 'same'],
    ['Anna Müller', 'Anna Maria Müller', 'close'],
    ['A. Müller', 'Anna Müller', 'close'],
    ['Anna Schmidt', 'Anna Schmitd', 'close'],
    ['Anna Meier', 'Anna Meyer', 'close'],
    ['Paul Müller', 'Paula Müller', 'different'],
    ['Christian Kern', 'Christiane Kern', 'different'],
    ['Mario Kern', 'Maria Kern', 'different'],
    ['Karl Kern sen.', 'Karl Kern jun.', 'different'],
    ['Anna Müller', 'Bernd Müller', 'different'],
    ['Müller', 'Anna Müller', 'different'],
    ['', 'Anna Müller', 'different'],
  ])('%s and %s are %s', (one, other, likeness) => {
    expect(nameLikeness(one, other)).toBe(likeness);
    expect(nameLikeness(other, one)).toBe(likeness);
  });

  test('a slip is one letter, or two that changed places', () => {
    expect(isSlip('meier', 'meyer')).toBe(true);
    expect(isSlip('schmidt', 'schmitt')).toBe(true);
    expect(isSlip('schmidt', 'schmdt')).toBe(true);
    expect(isSlip('kern', 'korm')).toBe(false);
    expect(isSlip('kai', 'kim')).toBe(false);
  });
});

describe('names one slip apart', () => {
  test.each([
    ['Anna Schmidt', 'Anna Schmitt', true],
    ['Anna Schmidt', 'Schmitd, Anna', true],
    ['Dr. Anna Maier', 'Anna Meier', true],
    ['Anna Schmidt', 'Anna Schmidt', false],
    ['Anna Schmidt', 'Anna Maria Schmidt', false],
    ['A. Schmidt', 'Anna Schmidt', false],
    ['Maria Kern', 'Mario Kern', false],
    ['Anna Schmidt', 'Anne Schmitt', false],
    ['Karl Kernn sen.', 'Karl Kern jun.', false],
    ['Schmidt', 'Schmitt', false],
  ])('%s and %s: %s', (one, other, apart) => {
    expect(isOneSlipApart(one, other)).toBe(apart);
    expect(isOneSlipApart(other, one)).toBe(apart);
  });

  test('are told with the place or the company that both have, and both spellings', () => {
    const one = aRecord({ name: 'Anna Schmidt', city: 'Kassel', company: 'Kern & Co. KG' });
    const other = aRecord({ name: 'Anna Schmitt', postalCode: '34117', company: 'Kern GmbH' });
    const likeness = likenessOf(one, { ...other, city: 'kassel' });
    expect(likeness).toMatchObject({ kind: 'duplicate', score: 57 });
    expect(likeness?.reasons).toEqual([
      { reason: 'similarNameAndPlace', evidence: 'Kassel' },
      { reason: 'similarNameAndCompany', evidence: 'Kern & Co. KG' },
    ]);
    expect(
      likenessOf(aRecord({ name: 'Anna Schmidt' }), aRecord({ name: 'Anna Schmitt' })),
    ).toBeNull();
    // Another street, or other numbers on both sides: neighbours, not one person.
    const street = { city: 'Kassel', street: 'Weg 1' };
    const elsewhere = { ...street, street: 'Gasse 2', name: 'Anna Schmitt' };
    expect(likenessOf(aRecord({ ...street, name: 'Anna Schmidt' }), aRecord(elsewhere))).toBeNull();
    // More given names are no slip.
    expect(
      likenessOf(
        aRecord({ name: 'Anna Kern', company: 'Kern' }),
        aRecord({ name: 'Anna Maria Kern', company: 'Kern' }),
      ),
    ).toBeNull();
  });

  test('are found in groups exactly as comparing each with each finds them', () => {
    const word = fc.constantFrom(
      'anna',
      'anne',
      'meier',
      'meyer',
      'maier',
      'schmidt',
      'schmitt',
      'kern',
    );
    const names = fc.uniqueArray(
      fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' ')),
      { maxLength: 25 },
    );
    fc.assert(
      fc.property(names, fc.integer({ min: 1, max: 4 }), (all, parts) => {
        const found = new Set<string>();
        for (let part = 0; part < parts; part += 1) {
          const groups: NameGroups = new Map();
          for (const name of all) {
            addToGroups(groups, foldText(name), (key) => partOf(key, parts) === part);
          }
          for (const group of groups.values()) {
            for (const pair of slipsIn(group)) found.add(pair.toSorted().join(' = '));
          }
        }
        const expected = all.flatMap((one, index) =>
          all
            .slice(index + 1)
            .filter((other) => isOneSlipApart(one, other))
            .map((other) => [one, other].toSorted().join(' = ')),
        );
        // A word that stands twice in a name is left to the eye.
        const single = (pair: string) =>
          pair
            .split(' = ')
            .every((name) => new Set(name.split(' ')).size === name.split(' ').length);
        expect([...found].filter(single).toSorted()).toEqual(expected.filter(single).toSorted());
      }),
    );
  });
});

describe('records', () => {
  test('number, e-mail or external number with one name are a duplicate', () => {
    const numbers = ['+493023125042'];
    expect(reasonsOf(aRecord({ numbers }), aRecord({ numbers }))).toEqual([
      'duplicate',
      ['number'],
    ]);
    const emails = ['a@x.example'];
    expect(reasonsOf(aRecord({ emails }), aRecord({ emails }))).toEqual(['duplicate', ['email']]);
    const other = aRecord({ name: 'Ganz Anders', externalId: 'K1' });
    expect(reasonsOf(aRecord({ externalId: 'K1' }), other)).toEqual(['duplicate', ['externalId']]);
  });

  test('a shared number with names that differ clearly is a household, not among colleagues', () => {
    const numbers = ['+495614990021'];
    const [one, other] = ['Emil Rabe', 'Ida Rabe'].map((name) => ({ name, numbers }));
    expect(reasonsOf(aRecord(one), aRecord(other))).toEqual(['household', ['number']]);
    const company = 'Nord GmbH';
    expect(
      reasonsOf(aRecord({ ...one, company }), aRecord({ ...other, company: 'NORD' })),
    ).toBeNull();
    const householdId = 'h';
    expect(
      reasonsOf(aRecord({ ...one, householdId }), aRecord({ ...other, householdId })),
    ).toBeNull();
  });

  test('name and address agree however they are written', () => {
    const one = aRecord({ street: 'Lange Straße 5', postalCode: '34117', city: 'Kassel' });
    const other = aRecord({ street: 'lange str. 5', postalCode: '34117' });
    expect(reasonsOf(one, other)).toEqual(['duplicate', ['nameAndAddress']]);
    expect(reasonsOf(one, aRecord({ street: 'Kurze Gasse 1', postalCode: '34117' }))).toBeNull();
  });

  test('a name in one place says nothing when both can be reached elsewhere', () => {
    const one = aRecord({ city: 'Berlin', numbers: ['+493023125042'] });
    expect(reasonsOf(one, aRecord({ city: 'Berlin', numbers: ['+493023125043'] }))).toBeNull();
    expect(reasonsOf(one, aRecord({ city: 'Berlin' }))).toEqual(['duplicate', ['nameAndPlace']]);
  });

  test('the order of the two never matters', () => {
    const text = (...of: string[]) => fc.option(fc.constantFrom(...of));
    const anyRecord = fc
      .record({
        name: fc.constantFrom(
          'Anna Müller',
          'A. Müller',
          'Paul Kern',
          'Paula Kern',
          'Müller, Anna',
          '',
        ),
        company: text('Nord GmbH', 'Nord', 'Süd AG'),
        street: text('Lange Str. 5', 'Lange Straße 5', 'Weg 1'),
        postalCode: text('34117', '10115'),
        city: text('Kassel', 'Berlin'),
        externalId: text('K1', 'K2'),
        householdId: text('h'),
        numbers: fc.subarray(['1', '2', '3']),
        emails: fc.subarray(['a', 'b']),
      })
      .map(aRecord);
    fc.assert(
      fc.property(anyRecord, anyRecord, (one, other) => {
        const [forth, back] = [likenessOf(one, other), likenessOf(other, one)];
        expect(forth?.kind).toBe(back?.kind);
        expect(forth?.score).toBe(back?.score);
        expect(forth?.reasons.map(({ reason }) => reason)).toEqual(
          back?.reasons.map(({ reason }) => reason),
        );
        if (forth) expect(forth.reasons.length).toBeGreaterThan(0);
      }),
    );
  });
});
