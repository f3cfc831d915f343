import { expect, test } from 'vitest';
import { shownNumber } from '../../../renderer/language/phone-number.ts';

test.each([
  ['+494066969557', '+49 40 66969557'],
  ['00494066969557', '+49 40 66969557'],
  ['+12025550123', '+1 202 555 0123'],
  ['+49 (40) 669 69 557', '+49 40 66969557'],
])('%s is shown as %s', (stored, shown) => expect(shownNumber(stored)).toBe(shown));

test('a national number is read in the agent’s country, and in none without one', () => {
  expect(shownNumber('040 66969557', 'DE')).toBe('+49 40 66969557');
  expect(shownNumber('01 5330780', 'AT')).toBe('+43 1 5330780');
  expect(shownNumber('040 66969557')).toBe('040 66969557');
});

test.each([
  '112',
  '**61',
  '4711',
  'sip:anna@example.test',
  'anna@example.test',
  '+49',
  '0',
  '',
  'x',
])('%j stays as it is', (stored) => expect(shownNumber(stored, 'DE')).toBe(stored));
