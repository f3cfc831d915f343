import type { Transfer } from '../../../preload/contract/calls.ts';
import type { CallLeg, ContactEntry } from '../../../preload/contract/customers.ts';
import type { Feeling } from '../../../preload/contract/shapes.ts';
import type {
  ContactKind,
  DealState,
  Direction,
  Emotion,
  EndCause,
  Expectation,
  Origin,
  Outcome,
} from '../../../preload/contract/vocabulary.ts';

/** One contact with all that hangs on it, as `TIMELINE_SELECT` reads it. */
export interface TimelineRow {
  row: number;
  id: string;
  customer_id: string | null;
  kind: ContactKind;
  direction: Direction | null;
  at: number;
  subject: string | null;
  note: string | null;
  outcome: Outcome | null;
  expectation: Expectation | null;
  origin: Origin;
  agent_id: string;
  agent_name: string | null;
  matter_id: string | null;
  matter_title: string | null;
  matter_closed_at: number | null;
  end_emotion: Emotion | null;
  end_intensity: Feeling['intensity'];
  end_sign: Feeling['sign'];
  peak_emotion: Emotion | null;
  peak_intensity: Feeling['intensity'];
  peak_sign: Feeling['sign'];
  question: string | null;
  call_id: string | null;
  remote_uri: string;
  remote_number: string | null;
  remote_display: string | null;
  remote_anonymous: number;
  answered_at: number | null;
  ended_at: number | null;
  talk_ms: number;
  hold_ms: number;
  cause: EndCause | null;
  quality_json: string | null;
  wrap_up_open: number | null;
  transfer_kind: Transfer['kind'] | null;
  transferred_to: string | null;
  transfer_state: Transfer['state'] | null;
  transfer_sip_code: number | null;
  /** JSON of `StoredLeg`s; null for all but the few contacts that have further legs. */
  legs_json: string | null;
  recordings: number;
  promise_id: string | null;
  promise_text: string;
  promise_due_at: number;
  promise_state: 'open' | 'kept' | 'cancelled';
  deal_id: string | null;
  deal_state: DealState;
  deal_value_cents: number | null;
  amount_cents: number | null;
  currency: string | null;
  external_id: string | null;
}

/** A further leg as `LEGS_JSON` writes it. */
interface StoredLeg extends Omit<CallLeg, 'answered' | 'remote'> {
  answered: number;
  uri: string;
  number: string | null;
  display: string | null;
  anonymous: number;
  transferKind: Transfer['kind'] | null;
  transferredTo: string | null;
  transferState: Transfer['state'] | null;
  transferSipCode: number | null;
}

/** Legs `x` of one contact as JSON of `StoredLeg`s, null where there are none. */
export const LEGS_JSON = `nullif(json_group_array(json_object('callId', x.call_id, 'kind', x.leg_kind,
  'direction', x.direction, 'uri', x.remote_uri, 'number', x.remote_number, 'display', x.remote_display,
  'anonymous', x.remote_anonymous, 'startedAt', x.started_at, 'answered', x.answered_at IS NOT NULL,
  'talkMs', x.talk_ms, 'holdMs', x.hold_ms, 'cause', x.cause, 'transferKind', x.transfer_kind,
  'transferredTo', x.transferred_to, 'transferState', x.transfer_state,
  'transferSipCode', x.transfer_sip_code)), '[]')`;

/**
 * Every join is by a unique key or by the smallest id of a contact's facts, so that a contact is one
 * row. A deal shows in the contact that decided it, else in the one that created it.
 */
export const TIMELINE_SELECT = `
SELECT c.row, c.id, c.customer_id, c.kind, c.direction, c.at, c.subject, c.note, c.outcome, c.expectation,
  c.amount_cents, c.currency, c.external_id,
  c.origin, c.agent_id, a.name AS agent_name,
  c.matter_id, m.title AS matter_title, m.closed_at AS matter_closed_at,
  e.emotion AS end_emotion, e.intensity AS end_intensity, e.sign AS end_sign,
  k.emotion AS peak_emotion, k.intensity AS peak_intensity, k.sign AS peak_sign,
  (SELECT q.text FROM questions q WHERE q.contact_id = c.id AND q.answered_at IS NULL
    ORDER BY q.asked_at LIMIT 1) AS question,
  l.call_id, l.remote_uri, l.remote_number, l.remote_display, l.remote_anonymous, l.answered_at, l.ended_at,
  l.talk_ms, l.hold_ms, l.cause, l.quality_json, w.state = 'open' AS wrap_up_open,
  l.transfer_kind, l.transferred_to, l.transfer_state, l.transfer_sip_code,
  (SELECT ${LEGS_JSON} FROM calls x WHERE x.contact_id = c.id AND x.leg_of_call_id IS NOT NULL) AS legs_json,
  (SELECT count(*) FROM recordings r WHERE r.contact_id = c.id AND r.state <> 'erased') AS recordings,
  p.id AS promise_id, p.text AS promise_text, p.due_at AS promise_due_at, p.state AS promise_state,
  d.id AS deal_id, d.state AS deal_state, d.value_cents AS deal_value_cents
FROM contacts c
LEFT JOIN agents a ON a.id = c.agent_id
LEFT JOIN matters m ON m.id = c.matter_id
LEFT JOIN feelings e ON e.contact_id = c.id AND e.part = 'end' AND e.disputed_at IS NULL
LEFT JOIN feelings k ON k.contact_id = c.id AND k.part = 'peak' AND k.disputed_at IS NULL
LEFT JOIN calls l ON l.call_id = c.call_id
LEFT JOIN wrap_ups w ON w.contact_id = c.id
LEFT JOIN promises p ON p.id = (SELECT min(id) FROM promises WHERE contact_id = c.id)
LEFT JOIN deals d ON d.id = coalesce(
  (SELECT min(id) FROM deals WHERE decided_contact_id = c.id),
  (SELECT min(id) FROM deals WHERE contact_id = c.id))`;

export function timelineEntryFrom(row: TimelineRow): ContactEntry {
  return {
    id: row.id,
    customerId: row.customer_id,
    at: row.at,
    agentName: row.agent_name,
    matterId: row.matter_id,
    matterTitle: row.matter_title,
    origin: row.origin,
    type: 'contact',
    kind: row.kind,
    direction: row.direction,
    subject: row.subject,
    note: row.note,
    outcome: row.outcome,
    expectation: row.expectation,
    end: feelingFrom(row.end_emotion, row.end_intensity, row.end_sign),
    peak: feelingFrom(row.peak_emotion, row.peak_intensity, row.peak_sign),
    openQuestion: row.question,
    call: callOf(row),
    promise: row.promise_id
      ? {
          id: row.promise_id,
          text: row.promise_text,
          dueAt: row.promise_due_at,
          state: row.promise_state,
        }
      : null,
    deal: row.deal_id
      ? { id: row.deal_id, state: row.deal_state, valueCents: row.deal_value_cents }
      : null,
    amountCents: row.amount_cents,
    currency: row.currency,
    externalId: row.external_id,
  };
}

export function feelingFrom(
  emotion: Emotion | null,
  intensity: Feeling['intensity'],
  sign: Feeling['sign'],
): Feeling | null {
  return emotion === null ? null : { emotion, intensity, sign };
}

function callOf(row: TimelineRow): ContactEntry['call'] {
  if (row.call_id === null) return null;
  const legs = storedLegsIn(row.legs_json);
  const withCustomer = legs.filter(({ kind }) => kind === 'customer');
  const sum = (of: (leg: StoredLeg) => number) =>
    withCustomer.reduce((all, leg) => all + of(leg), 0);
  return {
    callId: row.call_id,
    remote: {
      uri: row.remote_uri,
      number: row.remote_number,
      display: row.remote_display,
      anonymous: row.remote_anonymous === 1,
    },
    answered: row.answered_at !== null,
    talkMs: row.talk_ms + sum(({ talkMs }) => talkMs),
    holdMs: row.hold_ms + sum(({ holdMs }) => holdMs),
    cause: row.cause,
    quality: row.quality_json === null ? null : JSON.parse(row.quality_json),
    wrapUpOpen: row.wrap_up_open === 1,
    transfer: transferIn(row, legs),
    legs: legs.map(legFrom),
    recordings: row.recordings,
  };
}

function storedLegsIn(json: string | null): StoredLeg[] {
  if (json === null) return [];
  return (JSON.parse(json) as StoredLeg[]).sort((a, b) => a.startedAt - b.startedAt);
}

function legFrom(leg: StoredLeg): CallLeg {
  const { callId, kind, direction, startedAt, talkMs, holdMs, cause } = leg;
  const { uri, number, display } = leg;
  return {
    ...{ callId, kind, direction, startedAt, talkMs, holdMs, cause },
    remote: { uri, number, display, anonymous: leg.anonymous === 1 },
    answered: leg.answered === 1,
  };
}

/** The last transfer that was asked for, in whichever leg. */
function transferIn(row: TimelineRow, legs: readonly StoredLeg[]): Transfer | null {
  const last = legs.findLast(({ transferState }) => transferState !== null);
  const kind = last ? last.transferKind : row.transfer_kind;
  const target = last ? last.transferredTo : row.transferred_to;
  const state = last ? last.transferState : row.transfer_state;
  if (kind === null || target === null || state === null) return null;
  return { kind, target, state, sipCode: last ? last.transferSipCode : row.transfer_sip_code };
}
