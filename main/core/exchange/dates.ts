// Dates as people and programs write them.

export interface CalendarDate {
  year: number;
  month: number;
  day: number;
}

export interface WrittenDate extends CalendarDate {
  /** Milliseconds since midnight; null where no time is written. */
  time: number | null;
  /** Minutes ahead of UTC where the text says so. */
  offset: number | null;
}

const ISO =
  /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ](\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i;
const WRITTEN =
  /^(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})(?:,?\s+(\d{1,2})[:.](\d{2})(?::(\d{2}))?\s*(am|pm)?(?:\s*Uhr)?)?$/i;
const TIME = /^(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?\s*(am|pm|uhr)?$/i;

/** Whether the dates among these texts have the day first; null when they do not say. */
export function dayFirstIn(texts: readonly string[]): boolean | null {
  for (const text of texts) {
    const match = /^(\d{1,2})([./-])(\d{1,2})[./-]\d{2,4}/.exec(text.trim());
    if (!match) continue;
    if (match[2] === '.') return true;
    if (Number(match[1]) > 12) return true;
    if (Number(match[3]) > 12) return false;
  }
  return null;
}

/** Null when the text is no date. `dayFirst` decides about 03/04/2026. */
export function dateFrom(text: string, dayFirst: boolean): WrittenDate | null {
  const trimmed = text.trim();
  const iso = ISO.exec(trimmed);
  if (iso) {
    const [, year, month, day, hour, minute, second, zone] = iso;
    return checked(
      { year: Number(year), month: Number(month), day: Number(day) },
      hour === undefined ? null : timeFrom(hour, minute, second),
      hour === undefined ? null : offsetFrom(zone),
    );
  }
  const written = WRITTEN.exec(trimmed);
  if (!written) return null;
  const [, first = '', second = '', third = '', hour, minute, seconds, half] = written;
  const time = hour === undefined ? null : timeFrom(hour, minute, seconds, half);
  if (first.length === 4) {
    return checked({ year: Number(first), month: Number(second), day: Number(third) }, time, null);
  }
  if (third.length === 3 || first.length === 3) return null;
  // A point is German: there the day is first whatever else is true.
  const swapped = !dayFirst && !trimmed.includes('.');
  const [day, month] = swapped ? [Number(second), Number(first)] : [Number(first), Number(second)];
  return checked({ year: fullYear(third), month, day }, time, null);
}

/** Milliseconds since midnight of "14:30", "2:30 pm"; null when it is no time. */
export function timeOfDay(text: string): number | null {
  const match = TIME.exec(text.trim());
  return match ? timeFrom(match[1] ?? '', match[2], match[3], match[4]) : null;
}

/** The instant, for a wall clock in `zone`; noon where no time is written, so that the day is right everywhere near. */
export function instantOf(date: WrittenDate, zone: string): number {
  const wall = Date.UTC(date.year, date.month - 1, date.day) + (date.time ?? 43_200_000);
  if (date.offset !== null) return wall - date.offset * 60_000;
  // The offset at about that time, then once more for the hours around a change.
  const near = wall - offsetAt(wall, zone);
  return wall - offsetAt(near, zone);
}

/** `YYYY-MM-DD`. */
export function isoDay({ year, month, day }: CalendarDate): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function checked(
  date: CalendarDate,
  time: number | null,
  offset: number | null,
): WrittenDate | null {
  const { year, month, day } = date;
  const made = new Date(Date.UTC(year, month - 1, day));
  const real = made.getUTCMonth() === month - 1 && made.getUTCDate() === day;
  if (!real || year < 1800 || year > 2200 || Number.isNaN(time)) return null;
  return { ...date, time, offset };
}

function timeFrom(hour: string, minute?: string, second?: string, half?: string): number {
  let hours = Number(hour);
  if (/^(am|pm)$/i.test(half ?? '')) {
    if (hours < 1 || hours > 12) return Number.NaN;
    hours = (hours % 12) + (half?.toLowerCase() === 'pm' ? 12 : 0);
  }
  const minutes = Number(minute ?? 0);
  const seconds = Number(second ?? 0);
  if (hours > 23 || minutes > 59 || seconds > 59) return Number.NaN;
  return ((hours * 60 + minutes) * 60 + seconds) * 1000;
}

function offsetFrom(zone: string | undefined): number | null {
  if (zone === undefined) return null;
  if (/^z$/i.test(zone)) return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith('-') ? -minutes : minutes;
}

/** Two digits mean a year of the last eighty or the next twenty. */
function fullYear(text: string): number {
  const year = Number(text);
  if (text.length > 2) return year;
  return year <= 46 ? 2000 + year : 1900 + year;
}

const DAY_MS = 86_400_000;
const MOST_REMEMBERED = 5_000;
let remembered = new Map<string, number>();
const formats = new Map<string, Intl.DateTimeFormat>();

/** How far the zone is ahead of UTC at an instant, ms. Days without a change are asked once. */
function offsetAt(at: number, zone: string): number {
  const day = Math.floor(at / DAY_MS);
  const key = `${zone} ${day}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const start = offsetOf(day * DAY_MS, zone);
  const end = offsetOf((day + 1) * DAY_MS, zone);
  if (start !== end) return offsetOf(at, zone);
  if (remembered.size >= MOST_REMEMBERED) remembered = new Map();
  remembered.set(key, start);
  return start;
}

function offsetOf(at: number, zone: string): number {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      ...{ timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
      ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
    });
    formats.set(zone, format);
  }
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(at)) part[type] = Number(value);
  const wall = Date.UTC(
    part['year'] ?? 0,
    (part['month'] ?? 1) - 1,
    part['day'] ?? 1,
    part['hour'] ?? 0,
    part['minute'] ?? 0,
    part['second'] ?? 0,
  );
  return wall - Math.floor(at / 1000) * 1000;
}
