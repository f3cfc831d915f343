import { Temporal } from 'temporal-polyfill';

/** The instant at which the next day begins in an IANA zone; days of 23 and 25 hours included. */
export function endOfZonedDay(at: number, zone: string): number {
  return Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .add({ days: 1 })
    .toZonedDateTime(zone).epochMilliseconds;
}
