import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparableNumber, numberKeyFrom } from '../../../main/core/phone-numbers/number-key.ts';

const BERLIN = '+493023125042';

describe('the key of a number', () => {
  it.each([
    ['030 23125042'],
    ['(030) 231 250-42'],
    ['030/23125042'],
    ['+49 30 23125042'],
    ['+49 (0)30 23125042'],
    ['0049 30 23125042'],
    ['0049 (0)30 / 231250-42'],
    ['493023125042'],
    ['sip:+493023125042@pbx.example'],
    ['sips:03023125042@pbx.example:5061;transport=tls'],
    ['"Anna Müller" <sip:+493023125042@pbx.example>;tag=17'],
    ['sip:+493023125042;npdi@pbx.example;user=phone'],
    ['sip:%2B493023125042@pbx.example'],
    ['tel:+49-30-231250-42'],
    ['tel:23125042;phone-context=+4930'],
    ['callto:03023125042'],
    ['030 23125042 ext. 12'],
    ['030 23125042 Durchwahl 3'],
    ['tel:+493023125042;ext=12'],
  ])('reads %s as the same number of Berlin', (written) => {
    expect(numberKeyFrom(written, 'DE')).toEqual({
      kind: 'e164',
      e164: BERLIN,
      digits: '493023125042',
      country: 'DE',
    });
  });

  it.each([
    ['112'],
    ['110'],
    ['116117'],
    ['11880'],
    ['**61'],
    ['*21#'],
    ['*21*03023125042#'],
    ['sip:112@pbx.example'],
    ['sip:**61@pbx.example'],
  ])('takes %s for a service code, before anything is parsed', (written) => {
    const key = numberKeyFrom(written, 'DE');
    expect(key.kind).toBe('service');
    expect(key.e164).toBeNull();
  });

  it('knows that the code of one country is an extension in another', () => {
    expect(numberKeyFrom('911', 'US').kind).toBe('service');
    expect(numberKeyFrom('911', 'DE').kind).toBe('internal');
  });

  it.each([['17'], ['1234'], ['sip:42@pbx.example']])(
    'takes %s for an internal number',
    (written) => {
      expect(numberKeyFrom(written, 'DE')).toMatchObject({ kind: 'internal', e164: null });
    },
  );

  it('does not take four digits with a plus for internal, nor five without one', () => {
    expect(numberKeyFrom('+4930', 'DE').kind).toBe('other');
    expect(numberKeyFrom('12345', 'DE').kind).toBe('other');
  });

  it.each([
    [null],
    [''],
    ['  '],
    ['anonymous'],
    ['sip:anonymous@anonymous.invalid'],
    ['"Anonymous" <sip:anonymous@pbx.example>'],
    ['sip:x17@anonymous.invalid'],
  ])('takes %s for a withheld number', (written) => {
    expect(numberKeyFrom(written, 'DE')).toEqual({
      kind: 'anonymous',
      e164: null,
      digits: '',
      country: null,
    });
    expect(comparableNumber(written, 'DE')).toBeNull();
  });

  it('keeps an address that is no number as an address', () => {
    expect(numberKeyFrom('sip:anna.mueller@example.org', 'DE').kind).toBe('uri');
    expect(comparableNumber('<sip:Anna@Example.org;transport=ws>', 'DE')).toBe('anna@example.org');
    expect(comparableNumber('sip:anna@example.org', 'DE')).toBe('anna@example.org');
  });

  it('does not guess an area for a local number, but knows a mobile one', () => {
    expect(numberKeyFrom('23125042', 'DE')).toMatchObject({
      kind: 'other',
      e164: null,
      digits: '23125042',
    });
    expect(numberKeyFrom('171 3920001', 'DE').e164).toBe('+491713920001');
  });

  it('reads national numbers in the country that is set', () => {
    expect(numberKeyFrom('044 668 18 00', 'CH')).toMatchObject({
      e164: '+41446681800',
      country: 'CH',
    });
    expect(numberKeyFrom('030 23125042', 'XX').e164).toBe(BERLIN);
  });

  const fictional = fc
    .tuple(
      fc.constantFrom('3023125', '6990009', '4066969', '2214710', '8999998'),
      fc.integer({ min: 0, max: 999 }),
    )
    .map(([prefix, n]) => `${prefix}${String(n).padStart(3, '0')}`);
  const separators = fc.array(fc.constantFrom('', ' ', '-', '/', '.'), {
    minLength: 20,
    maxLength: 20,
  });

  it('gives every spelling of a number the same key, and the key again its own', () => {
    fc.assert(
      fc.property(
        fictional,
        separators,
        fc.constantFrom('0', '0049', '+49', '+49(0)'),
        (national, between, prefix) => {
          const spelled =
            prefix + [...national].map((digit, index) => digit + (between[index] ?? '')).join('');
          const key = numberKeyFrom(spelled, 'DE');
          expect(key.e164).toBe(`+49${national}`);
          expect(numberKeyFrom(key.e164, 'DE')).toEqual(key);
          expect(numberKeyFrom(`sip:${key.e164}@host.example`, 'DE')).toEqual(key);
          expect(numberKeyFrom(`tel:${key.e164}`, 'AT')).toEqual(key);
        },
      ),
    );
  });

  it('answers something sound for any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        fc.constantFrom('DE', 'US', 'XX', ''),
        (text, country) => {
          const key = numberKeyFrom(text, country);
          if (key.kind === 'e164') expect(key.e164).toMatch(/^\+[1-9]\d{3,14}$/);
          else expect(key.e164).toBeNull();
          expect(comparableNumber(text, country) === null).toBe(key.kind === 'anonymous');
        },
      ),
    );
  });
});
