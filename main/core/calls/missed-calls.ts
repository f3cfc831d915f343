import type { MissedCall } from '../../../preload/contract/calls.ts';
import { type CallRow, remoteFrom } from './call-rows.ts';

/** Missed calls, given newest first, as the list shows them: one row for each number. */
export function missedCallsFrom(rows: readonly CallRow[]): MissedCall[] {
  const groups = new Map<string, MissedCall>();
  for (const row of rows) {
    const group = groups.get(groupOf(row));
    if (group) {
      group.attempts += 1;
      continue;
    }
    groups.set(groupOf(row), {
      callId: row.call_id,
      customerId: row.customer_id,
      customerName: row.customer_name,
      remote: remoteFrom(row),
      e164: row.e164,
      at: row.started_at,
      attempts: 1,
    });
  }
  return [...groups.values()];
}

/** Who withholds the number cannot be told from another who does. */
export function groupOf(row: CallRow): string {
  return row.number_key === null ? `call ${row.call_id}` : `number ${row.number_key}`;
}
