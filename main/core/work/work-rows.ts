import type { WorkItem } from '../../../preload/contract/work.ts';
import type { Origin, WorkKind, WorkState } from '../../../preload/contract/vocabulary.ts';

export interface WorkRow {
  id: string;
  kind: WorkKind;
  customer_id: string | null;
  customer_name: string | null;
  group_key: string | null;
  call_id: string | null;
  number: string | null;
  e164: string | null;
  display: string | null;
  note: string | null;
  owner_id: string | null;
  owner_name: string | null;
  at: number;
  due_at: number | null;
  state: WorkState;
  result: string | null;
  settled_at: number | null;
  settled_by_name: string | null;
  messages: number | null;
  audio_type: string | null;
  audio_bytes: number | null;
  origin: Origin;
}

export const WORK_SELECT = `
SELECT w.id, w.kind, w.customer_id, u.name AS customer_name, w.group_key, w.call_id, w.number, w.e164, w.display,
  w.note, w.owner_id, o.name AS owner_name, w.at, w.due_at, w.state, w.result, w.settled_at,
  b.name AS settled_by_name, w.messages, w.audio_type, w.audio_bytes, w.origin
FROM work_items w
LEFT JOIN customers u ON u.id = w.customer_id
LEFT JOIN agents o ON o.id = w.owner_id
LEFT JOIN agents b ON b.id = w.settled_by`;

export function workItemFrom(row: WorkRow): WorkItem {
  return {
    workId: row.id,
    kind: row.kind,
    callId: row.call_id,
    customerId: row.customer_id,
    customerName: row.customer_name,
    // Who left a message and showed no number is a caller all the same; a mailbox is none.
    remote:
      row.number === null
        ? row.messages === null && row.customer_id === null
          ? { uri: '', number: null, display: row.display, anonymous: true }
          : null
        : { uri: row.number, number: row.number, display: row.display, anonymous: false },
    e164: row.e164,
    at: row.at,
    dueAt: row.due_at,
    ownerId: row.owner_id,
    ownerName: row.owner_name,
    note: row.note,
    attempts: 1,
    messages: row.messages,
    audio: row.audio_type === null ? null : { type: row.audio_type, bytes: row.audio_bytes ?? 0 },
    state: row.state,
    result: row.result,
    settledAt: row.settled_at,
    settledByName: row.settled_by_name,
    origin: row.origin,
  };
}
