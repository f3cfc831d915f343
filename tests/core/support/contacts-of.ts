import type { ContactEntry, TimelineEntry } from '../../../preload/contract/customers.ts';

/** The contacts among a timeline's entries. */
export function contactsOf(entries: readonly TimelineEntry[]): ContactEntry[] {
  return entries.filter((entry) => entry.type === 'contact');
}
