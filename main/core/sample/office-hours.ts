import { Temporal } from 'temporal-polyfill';

/** Instants at which people in a zone are at work, counted back from `now`. */
export function officeHours(now: number, zone: string) {
  const current = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone);
  const today = current.toPlainDate();

  const midnights = new Map<number, number>();
  const months = new Map<number, number>();

  function instantOn(day: Temporal.PlainDate, minuteOfDay: number): number {
    const time = Temporal.PlainTime.from({
      hour: Math.floor(minuteOfDay / 60) % 24,
      minute: Math.floor(minuteOfDay) % 60,
    });
    return day.toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds;
  }

  return {
    /**
     * `daysAgo` days back (ahead when negative), so many minutes after midnight; a Sunday becomes the
     * Saturday. When the clocks change that is an hour off, which office hours bear.
     */
    at(daysAgo: number, minuteOfDay: number): number {
      const days = Math.round(daysAgo);
      const known = midnights.get(days);
      if (known !== undefined) return known + minuteOfDay * 60_000;
      const day = today.subtract({ days });
      const midnight = instantOn(
        days > 0 && day.dayOfWeek === 7 ? day.subtract({ days: 1 }) : day,
        0,
      );
      midnights.set(days, midnight);
      return midnight + minuteOfDay * 60_000;
    },

    /** The last office minute that is at least `ms` before now. */
    lastBefore(ms: number): number {
      const latest = Temporal.Instant.fromEpochMilliseconds(now - ms).toZonedDateTimeISO(zone);
      const minute = latest.hour * 60 + latest.minute;
      if (minute >= 8 * 60 && minute < 18 * 60) return now - ms;
      const day =
        minute < 8 * 60 ? latest.toPlainDate().subtract({ days: 1 }) : latest.toPlainDate();
      return instantOn(day, 17 * 60 + (minute % 50));
    },

    /** The month as 0–11, in the zone. */
    monthOf(at: number): number {
      const day = Math.floor(at / 86_400_000);
      const known = months.get(day);
      if (known !== undefined) return known;
      const month = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).month - 1;
      months.set(day, month);
      return month;
    },
  };
}
export type OfficeHours = ReturnType<typeof officeHours>;
