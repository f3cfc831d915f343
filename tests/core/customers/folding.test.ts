import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldedWithPlaces, foldedWords, foldText } from '../../../main/core/customers/folding.ts';

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

  it('says of every folded letter where it stands in the original', () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: fc.constantFrom(...'aeouäöüßẞsr-, éİςΣ½Ⅷ'.split('')) }),
    );
    fc.assert(
      fc.property(anyText, (text) => {
        const folded = foldedWithPlaces(text);
        expect(folded.text).toBe(foldText(text));
        expect(folded.places).toHaveLength(folded.text.length);
        for (const [start, end] of folded.places) {
          expect(0 <= start && start <= end && end <= text.length).toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('shows the letters that became one together', () => {
    const { text, places } = foldedWithPlaces('Frau Mueller-Weiß');
    const shown = (sought: string) => {
      const at = text.indexOf(sought);
      return 'Frau Mueller-Weiß'.slice(places[at]?.[0], places[at + sought.length - 1]?.[1]);
    };
    expect(shown('mu')).toBe('Mue');
    expect(shown('muller')).toBe('Mueller');
    expect(shown('weiss')).toBe('Weiß');
  });
});
