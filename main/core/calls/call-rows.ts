import type { CallRecord, Transfer } from '../../../preload/contract/calls.ts';
import type {
  CallParty,
  Direction,
  EndCause,
  LegKind,
  Origin,
} from '../../../preload/contract/vocabulary.ts';

export interface CallRow {
  call_id: string;
  contact_id: string;
  customer_id: string | null;
  customer_name: string | null;
  agent_id: string;
  account_id: string | null;
  list_id: string | null;
  direction: Direction;
  remote_uri: string;
  remote_number: string | null;
  remote_display: string | null;
  remote_anonymous: number;
  e164: string | null;
  number_key: string | null;
  internal: number;
  started_at: number;
  answered_at: number | null;
  ended_at: number | null;
  ring_ms: number;
  talk_ms: number;
  hold_ms: number;
  cause: EndCause | null;
  sip_code: number | null;
  ended_by: CallParty | null;
  quality_json: string | null;
  last_seq: number;
  last_event_at: number;
  missed: number;
  returned_at: number | null;
  dismissed_at: number | null;
  origin: Origin;
  queue: string | null;
  diverted_from: string | null;
  called_number: string | null;
  leg_of_call_id: string | null;
  leg_kind: LegKind;
  transfer_kind: Transfer['kind'] | null;
  transferred_to: string | null;
  transfer_state: Transfer['state'] | null;
  transfer_sip_code: number | null;
}

export const CALL_SELECT = `
SELECT l.call_id, l.contact_id, l.customer_id, c.name AS customer_name, l.agent_id, l.account_id, l.list_id,
  l.direction, l.remote_uri, l.remote_number, l.remote_display, l.remote_anonymous, l.e164, l.number_key,
  l.internal, l.started_at, l.answered_at, l.ended_at, l.ring_ms, l.talk_ms, l.hold_ms, l.cause, l.sip_code,
  l.ended_by, l.quality_json, l.last_seq, l.last_event_at, l.missed, l.returned_at, l.dismissed_at, l.origin,
  l.queue, l.diverted_from, l.called_number, l.leg_of_call_id, l.leg_kind, l.transfer_kind, l.transferred_to, l.transfer_state,
  l.transfer_sip_code
FROM calls l LEFT JOIN customers c ON c.id = l.customer_id`;

export function remoteFrom(row: CallRow): CallRecord['remote'] {
  return {
    uri: row.remote_uri,
    number: row.remote_number,
    display: row.remote_display,
    anonymous: row.remote_anonymous === 1,
  };
}

function transferFrom(row: CallRow): Transfer | null {
  const { transfer_kind: kind, transferred_to: target, transfer_state: state } = row;
  if (kind === null || target === null || state === null) return null;
  return { kind, target, state, sipCode: row.transfer_sip_code };
}

export function callFrom(row: CallRow): CallRecord {
  return {
    callId: row.call_id,
    contactId: row.contact_id,
    customerId: row.customer_id,
    customerName: row.customer_name,
    agentId: row.agent_id,
    accountId: row.account_id,
    origin: row.origin,
    direction: row.direction,
    remote: remoteFrom(row),
    e164: row.e164,
    internal: row.internal === 1,
    startedAt: row.started_at,
    answeredAt: row.answered_at,
    endedAt: row.ended_at,
    ringMs: row.ring_ms,
    talkMs: row.talk_ms,
    holdMs: row.hold_ms,
    cause: row.cause,
    sipCode: row.sip_code,
    endedBy: row.ended_by,
    quality:
      row.quality_json === null
        ? null
        : (JSON.parse(row.quality_json) as NonNullable<CallRecord['quality']>),
    queue: row.queue,
    divertedFrom: row.diverted_from,
    transfer: transferFrom(row),
    legOfCallId: row.leg_of_call_id,
    legKind: row.leg_kind,
  };
}
