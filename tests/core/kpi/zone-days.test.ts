import { expect, test } from 'vitest';
import { dayAt, dayCount, zoneDay, zoneDays } from '../../../main/core/kpi/zone-days.ts';

const HOUR = 3_600_000;
const hours = (day: string, zone: string) => {
  const { from, to } = zoneDay(day, zone);
  return (to - from) / HOUR;
};

test('days have 23 or 25 hours where the clocks change', () => {
  expect(hours('2026-03-29', 'Europe/Berlin')).toBe(23);
  expect(hours('2026-10-25', 'Europe/Berlin')).toBe(25);
  expect(hours('2026-11-23', 'Europe/Berlin')).toBe(24);
  expect(hours('2026-04-05', 'Australia/Lord_Howe')).toBe(24.5);
});

test('a day begins at its zone’s midnight, or when that hour does not exist, right after', () => {
  expect(zoneDay('2026-11-23', 'Europe/Berlin').from).toBe(Date.UTC(2026, 10, 22, 23));
  expect(zoneDay('2026-03-29', 'Asia/Beirut').from).toBe(Date.UTC(2026, 2, 28, 22));
  expect(dayAt(Date.UTC(2026, 10, 22, 23, 30), 'Europe/Berlin')).toBe('2026-11-23');
  expect(dayAt(Date.UTC(2026, 10, 22, 23, 30), 'America/New_York')).toBe('2026-11-22');
});

test('the days of a range touch each other without gap or overlap', () => {
  const days = zoneDays('2026-03-01', '2026-11-30', 'Europe/Berlin');
  expect(days).toHaveLength(dayCount('2026-03-01', '2026-11-30'));
  days.slice(1).forEach((day, index) => expect(day.from).toBe(days[index]?.to));
});
