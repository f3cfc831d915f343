import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  foldedWords,
  foldText,
  numberEndings,
  searchedDigits,
} from '../../../main/core/customers/folding.ts';
import { matchExpressionFrom, searchQueryFrom } from '../../../main/core/customers/search-query.ts';

describe('German folding', () => {
  it.each([
    ['Müller', 'Mueller', 'Muller', 'MÜLLER'],
    ['Straße', 'Strasse', 'STRASSE', 'STRAẞE'],
    ['Jäger', 'Jaeger', 'Jager'],
    ['Böhm', 'Boehm', 'Bohm'],
    ['René', 'Rene'],
    ['Yılmaz', 'Yilmaz'],
    ['Łukasz', 'Lukasz'],
    ['Petrović', 'Petrovic'],
    ['Åse', 'Ase'],
  ])('makes %s and its spellings one word', (...spellings) => {
    expect(new Set(spellings.map(foldText)).size).toBe(1);
  });

  it('keeps different names apart', () => {
    expect(foldText('Maier')).not.toBe(foldText('Mayer'));
    expect(foldText('Schmidt')).not.toBe(foldText('Schmitt'));
  });

  it('splits words at whatever is neither letter nor digit', () => {
    expect(foldedWords('Malerbetrieb Weiß & Söhne GmbH, 24h')).toEqual([
      'malerbetrieb',
      'weiss',
      'sohne',
      'gmbh',
      '24h',
    ]);
  });

  it('folds the beginning of a word to the beginning of its folding', () => {
    const word = fc.string({
      unit: fc.constantFrom(...'aeouäöüßsrnémłæ'.split('')),
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(word, fc.nat(12), (text, length) => {
        expect(foldText(text).startsWith(foldText(text.slice(0, length)))).toBe(true);
      }),
    );
  });

  it('comes to rest: folding what is folded without "ae", "oe", "ue" changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const folded = foldText(text);
        fc.pre(!/[aou]e/.test(folded));
        expect(foldText(folded)).toBe(folded);
      }),
    );
  });
});

describe('numbers in the search', () => {
  it('finds any part of three digits or more', () => {
    const endings = numberEndings('493023125042');
    const digits = fc.tuple(fc.nat(9), fc.integer({ min: 3, max: 12 }));
    fc.assert(
      fc.property(digits, ([start, length]) => {
        const part = '493023125042'.slice(start, start + length);
        fc.pre(part.length >= 3);
        expect(endings.some((ending) => ending.startsWith(part))).toBe(true);
      }),
    );
  });

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
    expect(searchQueryFrom('Müller 030 231')).toEqual({
      words: ['muller'],
      numbers: [{ digits: '30231', typed: '030231' }],
    });
    expect(searchQueryFrom('Autohaus 24')).toEqual({ words: ['autohaus', '24'], numbers: [] });
  });

  it('makes an expression of quoted words only, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (typed) => {
        const expression = matchExpressionFrom(searchQueryFrom(typed));
        if (expression !== null)
          expect(expression).toMatch(/^\(?"[^"]+"\*([() ANDOR]*"[^"]+"\*)*\)?$/);
      }),
    );
    expect(matchExpressionFrom(searchQueryFrom(' -- ""* '))).toBeNull();
  });
});
