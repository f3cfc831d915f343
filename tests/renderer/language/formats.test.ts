import { expect, test } from 'vitest';
import { formatsFor } from '../../../renderer/language/formats.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const german = formatsFor({ locale: 'de', zone: 'Europe/Berlin', currency: 'EUR', now: () => NOW });
const english = formatsFor({
  locale: 'en',
  zone: 'Europe/Berlin',
  currency: 'EUR',
  now: () => NOW,
});
const at = (text: string) => Date.parse(text);

test('times are those of the agent’s zone', () => {
  expect(german.time(at('2026-11-23T13:05:00Z'))).toBe('14:05');
  expect(german.moment(at('2026-11-23T23:30:00Z'))).toBe('morgen 00:30');
  expect(english.moment(at('2026-11-22T13:05:00Z'))).toBe('yesterday 14:05');
});

test('this year goes without saying, another year is said', () => {
  expect(german.day(at('2026-11-19T12:00:00Z'))).toBe('Do., 19. Nov.');
  expect(english.day(at('2025-03-03T12:00:00Z'))).toBe('3 Mar 2025');
});

test('relative times take the unit that fits and count calendar days', () => {
  expect(german.relative(NOW - 5 * 60_000)).toBe('vor 5 Minuten');
  expect(english.relative(NOW + 2 * 3_600_000)).toBe('in 2 hours');
  expect(german.relative(at('2026-11-22T22:30:00Z'))).toBe('gestern');
  expect(german.relative(at('2026-08-23T12:00:00Z'))).toBe('vor 3 Monaten');
});

test('durations and clocks', () => {
  expect(german.clock(4_900)).toBe('0:04');
  expect(german.clock(3_723_000)).toBe('1:02:03');
  expect(english.duration(59_000)).toBe('59 s');
  expect(english.duration(3_900_000)).toBe('1 h 5 min');
  expect(english.duration(3_600_000)).toBe('1 h');
});

test('money in whole amounts without decimals, shares with their range', () => {
  expect(german.money(3_140_000)).toBe('31.400\u00a0€');
  expect(english.money(3_140_050)).toBe('€31,400.50');
  expect(german.percentRange(0.462, 0.653)).toBe('46–65\u00a0%');
});
