import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  languageAskedFor,
  languageFor,
  systemLanguage,
} from '../../../renderer/language/choice.ts';

test('the start’s wish goes before the agent’s choice, and that before the system', () => {
  expect(languageFor('en', 'de', ['de-DE'])).toBe('en');
  expect(languageFor(null, 'de', ['en-US'])).toBe('de');
  expect(languageFor(null, null, ['fr-FR', 'de-AT', 'en-US'])).toBe('de');
  expect(systemLanguage(['fr-FR'])).toBe('en');
  expect(systemLanguage(['den-CA'])).toBe('en');
});

test('only languages that the desk speaks can be asked for', () => {
  expect(languageAskedFor('?token=x&language=de')).toBe('de');
  fc.assert(
    fc.property(fc.string(), (text) => {
      const asked = languageAskedFor(`?language=${encodeURIComponent(text)}`);
      expect(asked).toBe(text === 'de' || text === 'en' ? text : null);
    }),
  );
});

const catalogue = (language: string) =>
  readFileSync(
    new URL(`../../../renderer/language/catalogues/${language}.po`, import.meta.url),
    'utf8',
  );

/** Message and translation of each entry. */
function entriesOf(text: string): [string, string][] {
  const join = (lines: string) => [...lines.matchAll(/"(.*)"/g)].map((match) => match[1]).join('');
  return [...text.matchAll(/^msgid ((?:".*"\n)+)msgstr ((?:".*"\n?)+)/gm)]
    .map((match): [string, string] => [join(match[1] ?? ''), join(match[2] ?? '')])
    .filter(([message]) => message !== '');
}

test('every message has its German words, with the same placeholders and German quotes', () => {
  const entries = entriesOf(catalogue('de'));
  expect(entries.length).toBeGreaterThan(300);
  const placeholders = (text: string) =>
    [...new Set([...text.matchAll(/\{(\w+)/g)].map((match) => match[1]))].sort();
  for (const [message, german] of entries) {
    expect(german, message).not.toBe('');
    if (!message.includes('plural'))
      expect(placeholders(german), message).toEqual(placeholders(message));
    expect(german, message).not.toMatch(/“[^“”]*”/);
  }
});
