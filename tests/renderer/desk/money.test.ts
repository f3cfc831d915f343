import fc from 'fast-check';
import { expect, test } from 'vitest';
import { centsAsTyped, centsFrom } from '../../../renderer/screens/desk/wrap-up/money.ts';

test.each([
  ['31400', 3_140_000],
  ['31.400', 3_140_000],
  ['31,400', 3_140_000],
  ['31.400,50', 3_140_050],
  ['31,400.50', 3_140_050],
  ['1.234.567,8', 123_456_780],
  ['31 400 €', 3_140_000],
  ['€ 31,400', 3_140_000],
  ['EUR 12,5', 1_250],
  ['12.34', 1_234],
  ['99,-', 9_900],
  ["31'400", 3_140_000],
  ['0', 0],
])('%s', (text, cents) => {
  expect(centsFrom(text)).toBe(cents);
});

test.each([
  '',
  '-5',
  'viel',
  '1.2.3',
  '12,345,6',
  '1,23,456',
  '31.400.50',
  '1e9',
  '12 34',
  '99999999999999',
])('is refused: %j', (text) => {
  expect(centsFrom(text)).toBeNull();
});

test('what is shown again as typed means the same', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 100_000_000_000 }),
      fc.constantFrom('de', 'en'),
      (cents, language) => {
        expect(centsFrom(centsAsTyped(cents, language))).toBe(cents);
      },
    ),
  );
});

test('German and English grouping mean the same', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100_000_000_000 }), (cents) => {
      const german = new Intl.NumberFormat('de-DE', { minimumFractionDigits: 2 }).format(
        cents / 100,
      );
      const english = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 2 }).format(
        cents / 100,
      );
      expect([centsFrom(german), centsFrom(english)]).toEqual([cents, cents]);
    }),
  );
});
