// Dates, times, durations, numbers and money as the language and the agent's settings want them.

export interface Formats {
  /** 14:05 */
  time(at: number): string;
  /** 23 Nov 2026 / 23. Nov. 2026 */
  date(at: number): string;
  /** Mon 23 Nov, without a year in this year. */
  day(at: number): string;
  /** today 14:05, yesterday 14:05, Mon 23 Nov 14:05 or 3 Mar 2025. */
  moment(at: number): string;
  /** "in 2 hours", "3 days ago"; the unit that fits. */
  relative(at: number): string;
  /** 0:04, 12:30, 1:02:03: a running clock. Milliseconds in. */
  clock(ms: number): string;
  /** 4 min, 1 h 5 min: how long something took. Milliseconds in. */
  duration(ms: number): string;
  number(value: number, digits?: number): string;
  /** A share in 0–1 as whole per cent. */
  percent(share: number): string;
  /** "46–65 %" for shares in 0–1. */
  percentRange(low: number, high: number): string;
  /** Integer cents; whole amounts without decimals. */
  money(cents: number): string;
}

interface FormatsFor {
  locale: string;
  zone: string;
  currency: string;
  now: () => number;
}

const DAY_MS = 86_400_000;

/** The formats of one language, time zone and currency (ISO 4217). `now` decides what today is. */
export function formatsFor({ locale, zone, currency, now }: FormatsFor): Formats {
  const tag = locale === 'en' ? 'en-GB' : 'de-DE';
  const dates = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(tag, { timeZone: zone, ...options });
  const time = dates({ hour: '2-digit', minute: '2-digit' });
  const date = dates({ day: 'numeric', month: 'short', year: 'numeric' });
  const day = dates({ weekday: 'short', day: 'numeric', month: 'short' });
  const sortable = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' });
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' });
  const percent = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 0 });
  const numbers = new Map<number, Intl.NumberFormat>();
  const money = (digits: number) =>
    new Intl.NumberFormat(tag, {
      style: 'currency',
      currency,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
  const wholeMoney = money(0);
  const exactMoney = money(2);

  const dayNumber = (at: number) => Math.round(Date.parse(sortable.format(at)) / DAY_MS);
  const year = (at: number) => sortable.format(at).slice(0, 4);
  const dayOf = (at: number) => (year(at) === year(now()) ? day : date).format(at);
  const number = (value: number, digits = 0) => {
    let format = numbers.get(digits);
    if (!format) {
      format = new Intl.NumberFormat(tag, { maximumFractionDigits: digits });
      numbers.set(digits, format);
    }
    return format.format(value);
  };

  return {
    time: (at) => time.format(at),
    date: (at) => date.format(at),
    day: dayOf,
    moment: (at) => {
      const away = dayNumber(at) - dayNumber(now());
      if (Math.abs(away) <= 1) return `${relative.format(away, 'day')} ${time.format(at)}`;
      return year(at) === year(now()) ? `${dayOf(at)} ${time.format(at)}` : date.format(at);
    },
    relative: (at) => {
      const away = at - now();
      const size = Math.abs(away);
      if (size < 3_600_000) return relative.format(Math.round(away / 60_000), 'minute');
      if (size < DAY_MS && dayNumber(at) === dayNumber(now())) {
        return relative.format(Math.round(away / 3_600_000), 'hour');
      }
      const days = dayNumber(at) - dayNumber(now());
      if (Math.abs(days) < 60) return relative.format(days, 'day');
      if (Math.abs(days) < 730) return relative.format(Math.round(days / 30.44), 'month');
      return relative.format(Math.round(days / 365.25), 'year');
    },
    clock: (ms) => {
      const seconds = Math.max(0, Math.floor(ms / 1_000));
      const two = (value: number) => String(value).padStart(2, '0');
      const minutes = Math.floor(seconds / 60);
      const hours = Math.floor(minutes / 60);
      return hours > 0
        ? `${hours}:${two(minutes % 60)}:${two(seconds % 60)}`
        : `${minutes}:${two(seconds % 60)}`;
    },
    duration: (ms) => {
      const seconds = Math.round(ms / 1_000);
      if (seconds < 60) return `${number(seconds)} s`;
      const minutes = Math.round(seconds / 60);
      if (minutes < 60) return `${number(minutes)} min`;
      const rest = minutes % 60;
      const hours = number(Math.floor(minutes / 60));
      return rest === 0 ? `${hours} h` : `${hours} h ${number(rest)} min`;
    },
    number,
    percent: (share) => percent.format(share),
    percentRange: (low, high) => {
      const upper = percent.format(high);
      return `${number(Math.round(low * 100))}–${upper}`;
    },
    money: (cents) => (cents % 100 === 0 ? wholeMoney : exactMoney).format(cents / 100),
  };
}
