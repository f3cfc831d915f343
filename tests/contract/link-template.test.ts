import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  filledLink,
  linkTemplateProblem,
  type LinkValues,
} from '../../preload/contract/link-template.ts';

const values: LinkValues = {
  number: '030 1234567',
  e164: '+49301234567',
  email: 'anna+x@example.org',
  name: 'Anna & Söhne/../?#',
  externalId: '0035f00001',
  customerId: '019ab2f0-0000-7000-8000-000000000000',
  custom: { region: 'Süd', size: 39, empty: null },
};

test.each([
  ['https://crm.example/contact/{externalId}', 'https://crm.example/contact/0035f00001'],
  ['https://crm.example/find?tel={e164}', 'https://crm.example/find?tel=%2B49301234567'],
  ['https://crm.example/{name}', 'https://crm.example/Anna%20%26%20S%C3%B6hne%2F..%2F%3F%23'],
  ['https://crm.example/#/{custom.region}/{custom.size}', 'https://crm.example/#/S%C3%BCd/39'],
  [
    'https://crm.example/?m={email}&n={number}',
    'https://crm.example/?m=anna%2Bx%40example.org&n=030%201234567',
  ],
])('%s becomes %s', (template, address) => expect(filledLink(template, values)).toBe(address));

test.each([
  ['http://crm.example/{e164}', 'notHttps'],
  ['javascript:alert({name})', 'notHttps'],
  ['//crm.example/', 'notHttps'],
  ['https://{name}.example/', 'placeInHost'],
  ['https://crm.example{name}/', 'placeInHost'],
  ['https://crm.example:{number}/', 'placeInHost'],
  ['https://crm.example@evil.example/', 'credentials'],
  ['https://crm.example/{password}', 'unknownPlace'],
  ['https://crm.example/{custom.__proto__}', 'unknownPlace'],
  ['https://crm.example/{{name}}', 'unknownPlace'],
  ['https://crm.example/{name', 'unknownPlace'],
  ['https://crm.example/a b', 'notHttps'],
])('%s is refused: %s', (template, problem) => {
  expect(linkTemplateProblem(template)).toBe(problem);
  expect(filledLink(template, values)).toBeNull();
});

test('what is not known leaves no link', () => {
  expect(
    filledLink('https://crm.example/{externalId}', { ...values, externalId: null }),
  ).toBeNull();
  expect(filledLink('https://crm.example/{custom.empty}', values)).toBeNull();
  expect(filledLink('https://crm.example/{custom.other}', values)).toBeNull();
  expect(filledLink('https://crm.example/{name}', { ...values, name: '..' })).toBe(
    'https://crm.example/',
  );
});

test('no value ever changes where the link leads', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (name) => {
      const filled = filledLink('https://crm.example/a/{name}?q={name}#x', { ...values, name });
      if (filled === null) return;
      const url = new URL(filled);
      expect(url.origin).toBe('https://crm.example');
      expect(url.pathname.startsWith('/a/')).toBe(true);
      expect([...url.searchParams.keys()]).toEqual(['q']);
      expect(url.hash).toBe('#x');
    }),
  );
});
