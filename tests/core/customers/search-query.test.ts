import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchedDigits } from '../../../main/core/customers/folding.ts';
import { matchesOf, noteMatch } from '../../../main/core/customers/search-matches.ts';
import {
  matchExpressionsFrom,
  type SearchQuery,
  searchQueryFrom,
} from '../../../main/core/customers/search-query.ts';
import { EMOTION_IDS } from '../../../preload/contract/vocabulary.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 120 }),
  fc.string({ unit: fc.constantFrom(...'aäeß1 0":+-(tag:feeling:ort:'.split('')), maxLength: 60 }),
);
const parts = (text: string): Partial<SearchQuery> =>
  Object.fromEntries(
    Object.entries(searchQueryFrom(text)).filter(([, value]) =>
      Array.isArray(value) ? value.length > 0 : value !== null,
    ),
  );

describe('what was typed', () => {
  it.each([
    ['030 231 25', '3023125'],
    ['+49 (0)30 23125', '493023125'],
    ['0049 30', '4930'],
    ['231-250', '231250'],
  ])('reads %s as %s', (typed, digits) => {
    expect(searchedDigits(typed)).toBe(digits);
    expect(searchQueryFrom(typed)).toMatchObject({ words: [], numbers: [{ digits }] });
  });

  it('tells words from numbers', () => {
    expect(parts('Müller 030 231')).toEqual({
      words: ['muller'],
      numbers: [{ digits: '30231', typed: '030231' }],
    });
    expect(parts('Autohaus 24')).toEqual({ words: ['autohaus', '24'] });
  });

  it.each([
    ['tag:VIP', { tags: ['vip'] }],
    ['schlagwort:"Messe 2026"', { tags: ['messe', '2026'] }],
    ['Ort:Köln', { cities: ['koln'] }],
    ['city:"bad k', { cities: ['bad', 'k'] }],
    ['promise:open', { promise: 'open' }],
    ['versprechen:offen', { promise: 'open' }],
    ['Versprechen:Überfällig', { promise: 'overdue' }],
    ['versprechen:ueberf', { promise: 'overdue' }],
    ['promise:overdue promise:open', { promise: 'overdue' }],
    ['feeling:anger', { feelings: ['anger'] }],
    ['gefühl:Ärger gefuehl:sorge', { feelings: ['anger', 'worry'] }],
    [
      'müller feeling:joy 030 231',
      { words: ['muller'], feelings: ['joy'], numbers: [{ digits: '30231', typed: '030231' }] },
    ],
    ['"Anna Müller"', { phrases: [{ words: ['anna', 'muller'], open: false }] }],
    ['„Anna Mü', { phrases: [{ words: ['anna', 'mu'], open: true }] }],
    ['sip:anna', { words: ['sip', 'anna'] }],
  ])('understands %s', (typed, understood) => {
    expect(parts(typed)).toEqual(understood);
  });

  it.each([
    ['colour:red', 'unknownOperator', 'colour', 'red'],
    ['promise:later', 'unknownValue', 'promise', 'later'],
    ['promise:o', 'unknownValue', 'promise', 'o'],
    ['gefühl:hunger', 'unknownValue', 'gefühl', 'hunger'],
    ['tag:', 'missingValue', 'tag', ''],
    ['ort:"', 'missingValue', 'ort', ''],
  ])('says what it does not understand in %s', (typed, code, operator, value) => {
    expect(searchQueryFrom(typed).hints).toEqual([{ code, operator, value }]);
  });

  it('searches for the words of an unknown operator', () => {
    expect(searchQueryFrom('colour:red').words).toEqual(['colour', 'red']);
  });

  it('takes any text, and looks up quoted terms only', () => {
    fc.assert(
      fc.property(anyText, (typed) => {
        for (const expression of matchExpressionsFrom(searchQueryFrom(typed))) {
          expect(expression.replace(/"[^"\s()*]+"/g, '')).toMatch(/^[\sANDOR()]*$/);
        }
      }),
      { numRuns: 500 },
    );
    expect(matchExpressionsFrom(searchQueryFrom(' -- ""* '))).toEqual([]);
  });

  it('knows every feeling by its English name', () => {
    for (const emotion of EMOTION_IDS)
      expect(searchQueryFrom(`feeling:${emotion}`).feelings).toEqual([emotion]);
  });
});

describe('what is marked', () => {
  const record = {
    name: 'Anna Mueller-Weiß',
    company: 'Vogt-Gartenbau GmbH',
    city: 'Offenbach am Main',
    emails: ['info@strasse.example'],
    tags: ['VIP'],
    numbers: [{ raw: '(030) 231 250-42', key: '+493023125042' }],
  };
  const marked = (typed: string) => {
    const matches = matchesOf(searchQueryFrom(typed), record);
    if (!matches) return null;
    const shown = (text: string, marks: readonly (readonly [number, number])[]) =>
      marks.map(([from, to]) => text.slice(from, to));
    return [
      ...shown(record.name, matches.marks.name),
      ...shown(record.company, matches.marks.company),
      ...shown(record.city, matches.marks.city),
      ...(matches.found
        ? [`${matches.found.field}:${shown(matches.found.text, matches.found.marks).join('|')}`]
        : []),
    ];
  };

  it.each([
    ['müller', ['Mueller']],
    ['WEISS', ['Weiß']],
    ['garten', ['Garten']],
    ['bach', ['bach']],
    ['strasse', ['email:strasse']],
    ['straße', ['email:strasse']],
    ['tag:vip', ['tag:VIP']],
    ['25042', ['number:250-42']],
    ['030231', ['number:30) 231']],
    ['+4930', ['number:+4930'.replace('+', '')]],
    ['anna ort:off', ['Anna', 'Off']],
    ['"anna mueller"', ['Anna Mueller']],
    ['anna berg', null],
    ['"mueller anna"', null],
    ['99999', null],
  ])('of %s is %j', (typed, expected) => {
    expect(marked(typed)).toEqual(expected);
  });

  it('lies within the text, in order and apart', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(...'aeäuüoß nmw-é'.split('')),
          minLength: 1,
          maxLength: 40,
        }),
        fc.nat(30),
        (name, cut) => {
          const matches = matchesOf(searchQueryFrom(name.slice(cut, cut + 6)), { ...record, name });
          let before = -1;
          for (const [from, to] of matches?.marks.name ?? []) {
            expect(before < from && from < to && to <= name.length).toBe(true);
            before = to;
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is a piece of a long note around the first match', () => {
    const note = `${'Vorher war alles gut. '.repeat(20)}Fragt nach Winterreifen.${' Danach auch.'.repeat(20)}`;
    const found = noteMatch(searchQueryFrom('winterreifen'), ['winterreifen'], note);
    expect(found?.text.length).toBeLessThan(130);
    expect(found?.marks.map(([from, to]) => found.text.slice(from, to))).toEqual(['Winterreifen']);
    expect(noteMatch(searchQueryFrom('winterräder'), ['winterrader'], note)).toBeNull();
  });
});
