// Calendar days of a time zone as UTC intervals; a day has 23 or 25 hours where the clocks change.
import { Temporal } from 'temporal-polyfill';

export interface ZoneDay {
  /** YYYY-MM-DD */
  day: string;
  /** [from, to) in epoch ms. */
  from: number;
  to: number;
}

export function zoneDay(day: string, zone: string): ZoneDay {
  const date = Temporal.PlainDate.from(day);
  return { day, from: startOf(date, zone), to: startOf(date.add({ days: 1 }), zone) };
}

export function dayAt(at: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .toString();
}

/** How many days the range has, both ends included; 0 or less when it runs backwards. */
export function dayCount(from: string, to: string): number {
  return (
    Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'days' }).days +
    1
  );
}

export function zoneDays(from: string, to: string, zone: string): ZoneDay[] {
  const first = Temporal.PlainDate.from(from);
  const count = dayCount(from, to);
  return Array.from({ length: count }, (_, index) =>
    zoneDay(first.add({ days: index }).toString(), zone),
  );
}

function startOf(date: Temporal.PlainDate, zone: string): number {
  return date.toZonedDateTime(zone).epochMilliseconds;
}
