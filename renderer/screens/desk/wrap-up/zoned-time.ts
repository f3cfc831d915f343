// Wall-clock time in an IANA zone, both ways, with what every browser has.

export interface WallTime {
  year: number;
  /** 1–12. */
  month: number;
  day: number;
  hour: number;
  minute: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    formats.set(zone, format);
  }
  return format;
}

/** What the clock on the wall shows at `at` (epoch ms) in `zone`. */
export function wallTimeAt(at: number, zone: string): WallTime {
  const part = { year: 0, month: 0, day: 0, hour: 0, minute: 0 };
  for (const { type, value } of formatOf(zone).formatToParts(at)) {
    if (Object.hasOwn(part, type)) part[type as keyof WallTime] = Number(value);
  }
  return part;
}

const asUtc = (wall: WallTime) =>
  Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute);

/**
 * When the clock in `zone` shows `wall`, as epoch ms. A time that the change to summer time skips is
 * taken an hour later; of one that comes twice, the first is meant.
 */
export function instantOf(wall: WallTime, zone: string): number {
  const wanted = asUtc(wall);
  const offsetAt = (at: number) => asUtc(wallTimeAt(at, zone)) - at;
  const before = offsetAt(wanted - 86_400_000);
  const after = offsetAt(wanted + 86_400_000);
  const first = wanted - Math.max(before, after);
  if (asUtc(wallTimeAt(first, zone)) === wanted) return first;
  const second = wanted - Math.min(before, after);
  if (asUtc(wallTimeAt(second, zone)) === wanted) return second;
  return wanted - before;
}

/** The calendar day `days` after that of `wall`, at the same time of day. */
export function daysLater(wall: WallTime, days: number): WallTime {
  const moved = new Date(asUtc(wall) + days * 86_400_000);
  return {
    ...wall,
    year: moved.getUTCFullYear(),
    month: moved.getUTCMonth() + 1,
    day: moved.getUTCDate(),
  };
}

/** 0 = Sunday … 6 = Saturday. */
export function weekdayOf(wall: WallTime): number {
  return new Date(asUtc(wall)).getUTCDay();
}
