// Reads what people type for "by when", in German and English alike.
import { daysLater, instantOf, wallTimeAt, weekdayOf, type WallTime } from './zoned-time.ts';

/** A day without a time is due by its end. */
const END_OF_DAY = { hour: 23, minute: 59 };

export interface DueDate {
  at: number;
  /** False when only a day was given. */
  timed: boolean;
}

interface Clock {
  now: number;
  /** IANA zone of the agent. */
  zone: string;
}

interface Time {
  hour: number;
  minute: number;
}

const WEEKDAYS: readonly (readonly string[])[] = [
  ['so', 'sonntag', 'sun', 'sunday'],
  ['mo', 'montag', 'mon', 'monday'],
  ['di', 'dienstag', 'tue', 'tues', 'tuesday'],
  ['mi', 'mittwoch', 'wed', 'wednesday'],
  ['do', 'donnerstag', 'thu', 'thur', 'thurs', 'thursday'],
  ['fr', 'freitag', 'fri', 'friday'],
  ['sa', 'samstag', 'sonnabend', 'sat', 'saturday'],
];

const MONTHS: readonly (readonly string[])[] = [
  ['jan', 'januar', 'january', 'jänner'],
  ['feb', 'februar', 'february'],
  ['mär', 'märz', 'mar', 'march', 'maerz'],
  ['apr', 'april'],
  ['mai', 'may'],
  ['jun', 'juni', 'june'],
  ['jul', 'juli', 'july'],
  ['aug', 'august'],
  ['sep', 'sept', 'september'],
  ['okt', 'oct', 'oktober', 'october'],
  ['nov', 'november'],
  ['dez', 'dec', 'dezember', 'december'],
];

const DAYS_AWAY: ReadonlyMap<string, number> = new Map([
  ['heute', 0],
  ['today', 0],
  ['morgen', 1],
  ['tomorrow', 1],
  ['übermorgen', 2],
  ['uebermorgen', 2],
  ['day after tomorrow', 2],
  ['the day after tomorrow', 2],
]);

const UNITS: readonly { words: RegExp; ms?: number; days?: number }[] = [
  { words: /^(m|min|mins|minuten?|minutes?)$/u, ms: 60_000 },
  { words: /^(h|std|stunden?|hours?|hrs?)$/u, ms: 3_600_000 },
  { words: /^(d|t|tage?n?|days?)$/u, days: 1 },
  { words: /^(w|wochen?|weeks?)$/u, days: 7 },
];

/**
 * The instant that `text` means, seen from `now`, or null when it means none. Understands
 * 2026-11-27, 27.11., 27.11. 14:00, 27/11/2026, 27 Nov, morgen, tomorrow 9 am, Fr 10:00, 14 Uhr,
 * in 2 h, in 3 Tagen. A day without a year is the next such day; a time alone is its next coming.
 */
export function dueDateFrom(text: string, clock: Clock): DueDate | null {
  const words = text.trim().toLocaleLowerCase('de').replace(/\s+/gu, ' ');
  if (words === '') return null;
  const span = spanFrom(words, clock);
  if (span !== null) return span;
  const { day, time } = splitTime(words);
  if (time === 'impossible') return null;
  const today = wallTimeAt(clock.now, clock.zone);
  if (day === '') return time === null ? null : nextComing(today, time, clock);
  const wall = dayFrom(day, today, time, clock);
  if (wall === null) return null;
  return { at: instantOf({ ...wall, ...(time ?? END_OF_DAY) }, clock.zone), timed: time !== null };
}

/** "in 2 h", "in 3 Tagen", "2 h". */
function spanFrom(words: string, clock: Clock): DueDate | null {
  const match = /^(?:in )?(\d{1,4}|einer?|einem|a|an|one) ?([\p{L}]+)\.?$/u.exec(words);
  const [, amountText, unitText] = match ?? [];
  if (amountText === undefined || unitText === undefined) return null;
  const unit = UNITS.find(({ words: known }) => known.test(unitText));
  if (unit === undefined) return null;
  const amount = /^\d/u.test(amountText) ? Number(amountText) : 1;
  if (unit.ms !== undefined) return { at: clock.now + amount * unit.ms, timed: true };
  const wall = daysLater(wallTimeAt(clock.now, clock.zone), amount * (unit.days ?? 1));
  return { at: instantOf({ ...wall, ...END_OF_DAY }, clock.zone), timed: false };
}

/** Takes the time of day off the end of the words. */
function splitTime(words: string): { day: string; time: Time | null | 'impossible' } {
  const match =
    /(?:^|[ ,t])(?:um |at |bis |by )?(?:(\d{1,2}):(\d{2})(?: ?(am|pm|uhr|h))?|(\d{1,2})(?:[.:](\d{2}))? ?(am|pm|uhr))$/u.exec(
      words,
    );
  if (match === null) return { day: words, time: null };
  const hourTyped = Number(match[1] ?? match[4]);
  const minute = Number(match[2] ?? match[5] ?? 0);
  const half = match[3] ?? match[6];
  const twelve = half === 'am' || half === 'pm';
  const day = words.slice(0, match.index).replace(/,$/u, '').trim();
  if (minute > 59 || hourTyped > 23 || (twelve && (hourTyped < 1 || hourTyped > 12))) {
    return { day, time: 'impossible' };
  }
  const hour = twelve ? (hourTyped % 12) + (half === 'pm' ? 12 : 0) : hourTyped;
  return { day, time: { hour, minute } };
}

function nextComing(today: WallTime, time: Time, clock: Clock): DueDate {
  const at = instantOf({ ...today, ...time }, clock.zone);
  if (at > clock.now) return { at, timed: true };
  return { at: instantOf({ ...daysLater(today, 1), ...time }, clock.zone), timed: true };
}

function dayFrom(words: string, today: WallTime, time: Time | null, clock: Clock): WallTime | null {
  const away = DAYS_AWAY.get(words);
  if (away !== undefined) return daysLater(today, away);
  return weekdayFrom(words, today, time, clock) ?? dateFrom(words, today);
}

/** The next day of that name; today only with a time that is still to come. */
function weekdayFrom(
  words: string,
  today: WallTime,
  time: Time | null,
  clock: Clock,
): WallTime | null {
  const name = words.replace(/^(am|on|next|this|nächste[rnm]?|diese[rnm]?|kommende[rnm]?) /u, '');
  const bare = name.replace(/\.$/u, '');
  const weekday = WEEKDAYS.findIndex((names) => names.includes(bare));
  if (weekday < 0) return null;
  const away = (weekday - weekdayOf(today) + 7) % 7;
  if (away > 0) return daysLater(today, away);
  const ahead = time !== null && instantOf({ ...today, ...time }, clock.zone) > clock.now;
  return daysLater(today, ahead ? 0 : 7);
}

function dateFrom(words: string, today: WallTime): WallTime | null {
  const plain = words.replace(
    /^(?:(?:am|on|bis|by|zum) )?(?:(?!\d)[\p{L}]{2,10}[.,]{1,2} ?)?(?=\d)/u,
    '',
  );
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/u.exec(plain);
  if (iso) return realDay(Number(iso[1]), Number(iso[2]), Number(iso[3]), today);
  const dotted = /^(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2})?)?$/u.exec(plain);
  if (dotted) return dayInYear(Number(dotted[1]), Number(dotted[2]), dotted[3], today);
  const named =
    /^(\d{1,2})(?:\.|st|nd|rd|th)? ?([\p{L}]+)\.?,?(?: (\d{4}))?$/u.exec(plain) ??
    swapped(/^([\p{L}]+)\.? (\d{1,2})(?:st|nd|rd|th)?,?(?: (\d{4}))?$/u.exec(plain));
  if (!named) return null;
  const month = MONTHS.findIndex((names) => names.includes(named[2] ?? '')) + 1;
  return month === 0 ? null : dayInYear(Number(named[1]), month, named[3], today);
}

function swapped(match: RegExpExecArray | null): (string | undefined)[] | null {
  return match === null ? null : [match[0], match[2], match[1], match[3]];
}

/** Without a year, the next such day from today on. */
function dayInYear(
  day: number,
  month: number,
  yearText: string | undefined,
  today: WallTime,
): WallTime | null {
  if (yearText !== undefined) {
    const year = Number(yearText);
    return realDay(year < 100 ? 2000 + year : year, month, day, today);
  }
  const passed = month < today.month || (month === today.month && day < today.day);
  const year = today.year + (passed ? 1 : 0);
  // 29 February may have to wait for a leap year.
  for (let later = 0; later < 8; later += 1) {
    const found = realDay(year + later, month, day, today);
    if (found !== null || month !== 2 || day !== 29) return found;
  }
  return null;
}

function realDay(year: number, month: number, day: number, today: WallTime): WallTime | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const real = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real && year >= 1970 && year < 2200 ? { ...today, year, month, day } : null;
}

/** Whether `at` is the end of its day in `zone`, that is: a day without a time was meant. */
export function meansWholeDay(at: number, zone: string): boolean {
  const { hour, minute } = wallTimeAt(at, zone);
  return hour === END_OF_DAY.hour && minute === END_OF_DAY.minute;
}

/** A due date as it would be typed; `dueDateFrom` reads it back. */
export function dueDateAsTyped(at: number, zone: string, language: string): string {
  const wall = wallTimeAt(at, zone);
  const two = (value: number) => String(value).padStart(2, '0');
  const day =
    language === 'de'
      ? `${two(wall.day)}.${two(wall.month)}.${wall.year}`
      : `${wall.year}-${two(wall.month)}-${two(wall.day)}`;
  return meansWholeDay(at, zone) ? day : `${day} ${two(wall.hour)}:${two(wall.minute)}`;
}

/** The end of a calendar day (`YYYY-MM-DD`) in `zone`. */
export function endOfDay(day: string, zone: string): number {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number);
  return instantOf({ year, month, day: date, ...END_OF_DAY }, zone) + 59_999;
}
