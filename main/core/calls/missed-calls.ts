import type { MissedCall } from '../../../preload/contract/calls.ts';
import { type CallRow, remoteFrom } from './call-rows.ts';

/** Missed calls of one number that share their fate. */
export interface MissedGroup {
  group: string;
  missed: MissedCall;
  numberKey: string | null;
  origin: CallRow['origin'];
  /** When they were returned or taken off the list; null while they wait. */
  settledAt: number | null;
}

/** Missed calls, given newest first, one group for each number, and for each time they were settled. */
export function missedGroupsFrom(rows: readonly CallRow[]): MissedGroup[] {
  const groups = new Map<string, MissedGroup>();
  for (const row of rows) {
    const settledAt = row.returned_at ?? row.dismissed_at;
    const key = `${groupOf(row)} ${settledAt}`;
    const known = groups.get(key);
    if (known) {
      known.missed.attempts += 1;
      continue;
    }
    groups.set(key, {
      group: groupOf(row),
      missed: {
        callId: row.call_id,
        customerId: row.customer_id,
        customerName: row.customer_name,
        remote: remoteFrom(row),
        e164: row.e164,
        at: row.started_at,
        attempts: 1,
      },
      numberKey: row.number_key,
      origin: row.origin,
      settledAt,
    });
  }
  return [...groups.values()];
}

/** Missed calls that wait, given newest first, as the list shows them: one row for each number. */
export function missedCallsFrom(rows: readonly CallRow[]): MissedCall[] {
  return missedGroupsFrom(rows).map(({ missed }) => missed);
}

/** Who withholds the number cannot be told from another who does. */
export function groupOf(row: CallRow): string {
  return row.number_key === null ? `call ${row.call_id}` : `number ${row.number_key}`;
}
