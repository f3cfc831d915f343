// SIP messages as a list and as a text file.
import type { SipLogEntry } from '../../phone/phone.ts';

/** Newest first; each word of the filter has to occur, in any letter case. */
export function matchingEntries(entries: readonly SipLogEntry[], filter: string): SipLogEntry[] {
  const words = filter.toLowerCase().split(/\s+/u).filter(Boolean);
  return entries
    .filter(({ text, summary }) => {
      const all = `${summary}\n${text}`.toLowerCase();
      return words.every((word) => all.includes(word));
    })
    .toReversed();
}

/** 14:05:07.123 in UTC, as servers' logs have it. */
export function timeOf(at: number): string {
  return new Date(at).toISOString().slice(11, 23);
}

/** Oldest first, each message below a line with its time in UTC and its direction. */
export function logText(newestFirst: readonly SipLogEntry[]): string {
  return newestFirst
    .toReversed()
    .map(
      ({ at, direction, text }) =>
        `--- ${new Date(at).toISOString()} ${direction} ---\r\n${text.trimEnd()}\r\n`,
    )
    .join('\r\n');
}
