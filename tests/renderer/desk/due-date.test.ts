import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import {
  dueDateAsTyped,
  dueDateFrom,
  meansWholeDay,
} from '../../../renderer/screens/desk/wrap-up/due-date.ts';
import { instantOf, wallTimeAt } from '../../../renderer/screens/desk/wrap-up/zoned-time.ts';

const zone = 'Europe/Berlin';
/** Monday, 23 November 2026, 15:20 in Berlin. */
const now = Date.parse('2026-11-23T14:20:00Z');
const clock = { now, zone };
const read = (text: string, at = now) => {
  const due = dueDateFrom(text, { now: at, zone });
  return due === null
    ? null
    : Temporal.Instant.fromEpochMilliseconds(due.at)
        .toZonedDateTimeISO(zone)
        .toPlainDateTime()
        .toString({ smallestUnit: 'minute' });
};

describe('a due date as people type it', () => {
  test.each([
    ['2026-11-27', '2026-11-27T23:59'],
    ['2026-11-27 9:30', '2026-11-27T09:30'],
    ['2026-11-27T14:00', '2026-11-27T14:00'],
    ['27.11.', '2026-11-27T23:59'],
    ['27.11', '2026-11-27T23:59'],
    ['27.11. 14:00', '2026-11-27T14:00'],
    ['27.11., 14 Uhr', '2026-11-27T14:00'],
    ['Fr., 27.11. 14:00', '2026-11-27T14:00'],
    ['27.11.2027', '2027-11-27T23:59'],
    ['27.11.27 8.15 Uhr', '2027-11-27T08:15'],
    ['1.2.', '2027-02-01T23:59'],
    ['23.11.', '2026-11-23T23:59'],
    ['27/11/2026', '2026-11-27T23:59'],
    ['27 Nov', '2026-11-27T23:59'],
    ['27. November 10:00', '2026-11-27T10:00'],
    ['Nov 27, 2027', '2027-11-27T23:59'],
    ['3. März', '2027-03-03T23:59'],
    ['morgen', '2026-11-24T23:59'],
    ['Morgen um 9 Uhr', '2026-11-24T09:00'],
    ['übermorgen 17:00', '2026-11-25T17:00'],
    ['tomorrow', '2026-11-24T23:59'],
    ['tomorrow at 9 am', '2026-11-24T09:00'],
    ['today 5pm', '2026-11-23T17:00'],
    ['heute', '2026-11-23T23:59'],
    ['Fr 10:00', '2026-11-27T10:00'],
    ['Fri 10:00', '2026-11-27T10:00'],
    ['nächsten Freitag', '2026-11-27T23:59'],
    ['Mo', '2026-11-30T23:59'],
    ['Mo 9:00', '2026-11-30T09:00'],
    ['Mo 16:00', '2026-11-23T16:00'],
    ['do', '2026-11-26T23:59'],
    ['16:00', '2026-11-23T16:00'],
    ['15:00', '2026-11-24T15:00'],
    ['12 am', '2026-11-24T00:00'],
    ['in 2 h', '2026-11-23T17:20'],
    ['in 30 min', '2026-11-23T15:50'],
    ['in einer Stunde', '2026-11-23T16:20'],
    ['in 3 Tagen', '2026-11-26T23:59'],
    ['in 2 weeks', '2026-12-07T23:59'],
  ])('%s', (text, meant) => {
    expect(read(text)).toBe(meant);
  });

  test.each([
    '',
    '  ',
    'soon',
    '31.2.',
    '32.11.',
    '27.13.',
    '25:00',
    'Fr 10:75',
    '13 pm',
    'tomorrow maybe',
    '2026-02-30',
    'in h',
    '__proto__',
  ])('is refused when it means nothing: %j', (text) => {
    expect(dueDateFrom(text, clock)).toBeNull();
  });

  test('a day without a time says so', () => {
    expect(dueDateFrom('morgen', clock)).toMatchObject({ timed: false });
    expect(dueDateFrom('morgen 9:00', clock)).toMatchObject({ timed: true });
    expect(meansWholeDay(dueDateFrom('morgen', clock)?.at ?? 0, zone)).toBe(true);
  });

  test('29 February waits for a leap year', () => {
    expect(read('29.2.')).toBe('2028-02-29T23:59');
  });

  test('days are counted by the calendar over the change to summer time', () => {
    const saturday = Date.parse('2026-03-28T11:00:00Z');
    expect(read('morgen 12:00', saturday)).toBe('2026-03-29T12:00');
    expect(read('in 2 Tagen', saturday)).toBe('2026-03-30T23:59');
  });

  test('never throws, and what is understood lies on a whole millisecond', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const due = dueDateFrom(text, clock);
        expect(due === null || Number.isSafeInteger(due.at)).toBe(true);
      }),
    );
  });

  test('what is shown again as typed means the same', () => {
    const minute = 60_000;
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2_000_000 }),
        fc.constantFrom('de', 'en'),
        fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'UTC'),
        (minutes, language, somewhere) => {
          const at = Date.parse('2026-01-01T00:00:00Z') + minutes * minute;
          const typed = dueDateAsTyped(at, somewhere, language);
          const again = dueDateFrom(typed, { now, zone: somewhere })?.at;
          // In the hour that comes twice, the first is meant.
          expect([at, at - 60 * minute]).toContain(again);
        },
      ),
    );
  });
});

describe('wall-clock time in a zone', () => {
  test('agrees with Temporal', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4_000_000_000 }),
        fc.constantFrom(
          'Europe/Berlin',
          'America/New_York',
          'Australia/Lord_Howe',
          'Asia/Kathmandu',
          'UTC',
        ),
        (seconds, somewhere) => {
          const at = seconds * 1_000;
          const real = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(somewhere);
          const { year, month, day, hour, minute } = real;
          expect(wallTimeAt(at, somewhere)).toEqual({ year, month, day, hour, minute });
          const first = Temporal.PlainDateTime.from({
            year,
            month,
            day,
            hour,
            minute,
          }).toZonedDateTime(somewhere, { disambiguation: 'compatible' }).epochMilliseconds;
          expect(instantOf({ year, month, day, hour, minute }, somewhere)).toBe(first);
        },
      ),
    );
  });

  test('a time that summer time skips is taken an hour later', () => {
    const skipped = { year: 2026, month: 3, day: 29, hour: 2, minute: 30 };
    expect(new Date(instantOf(skipped, zone)).toISOString()).toBe('2026-03-29T01:30:00.000Z');
  });
});
