// The day on which a customer said something, as a date field holds it.
import { instantOf, wallTimeAt } from '../wrap-up/zoned-time.ts';

const NOON = { hour: 12, minute: 0 };

/** Today in the agent's zone, as `2026-11-23`. */
export function dayOf(now: number, zone: string): string {
  const { year, month, day } = wallTimeAt(now, zone);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

/** Now when it is today, else noon of that day; null for what is no day, or is still to come. */
export function saidOn(entered: string, now: number, zone: string): number | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(entered);
  if (!match) return null;
  const today = dayOf(now, zone);
  if (entered > today) return null;
  if (entered === today) return now;
  const [year, month, day] = match.slice(1).map(Number);
  if (year === undefined || month === undefined || day === undefined) return null;
  const at = instantOf({ year, month, day, ...NOON }, zone);
  return dayOf(at, zone) === entered ? at : null;
}
