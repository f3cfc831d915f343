import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayOf, saidOn } from '../../../renderer/screens/desk/rights/said-on.ts';

const BERLIN = 'Europe/Berlin';
/** Monday, 23 November 2026, 23:30 in Berlin. */
const LATE = Date.UTC(2026, 10, 23, 22, 30);

test('today is now, another day its noon, and no day is yet to come', () => {
  expect(dayOf(LATE, BERLIN)).toBe('2026-11-23');
  expect(dayOf(LATE, 'Asia/Tokyo')).toBe('2026-11-24');
  expect(saidOn('2026-11-23', LATE, BERLIN)).toBe(LATE);
  expect(saidOn('2026-11-20', LATE, BERLIN)).toBe(Date.UTC(2026, 10, 20, 11));
  expect(saidOn('2026-07-01', LATE, BERLIN)).toBe(Date.UTC(2026, 6, 1, 10));
  expect(saidOn('2026-11-24', LATE, BERLIN)).toBeNull();
  for (const none of ['', '2026-02-30', '23.11.2026', '2026-13-01'])
    expect(saidOn(none, LATE, BERLIN)).toBeNull();
});

test('whatever day is entered in whatever zone: it is that day, and never the future', () => {
  const zone = fc.constantFrom(BERLIN, 'America/Los_Angeles', 'Asia/Kolkata', 'Pacific/Apia');
  const at = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2040, 0, 1) });
  fc.assert(
    fc.property(at, at, zone, (entered, now, where) => {
      const day = dayOf(entered, where);
      const said = saidOn(day, now, where);
      if (day > dayOf(now, where)) expect(said).toBeNull();
      else expect(said === null ? null : dayOf(said, where)).toBe(day);
      if (said !== null) expect(said).toBeLessThanOrEqual(now);
    }),
  );
});
