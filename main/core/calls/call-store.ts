import type { CallEvent } from '../../../preload/contract/calls.ts';
import type { Origin, Outcome } from '../../../preload/contract/vocabulary.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import type { FoldedCall } from './call-fold.ts';
import { CALL_SELECT, type CallRow } from './call-rows.ts';

export interface StoredEvent {
  event: CallEvent;
  json: string;
  /** Core wrote it itself, because no window claimed the call: the window's own event replaces it. */
  byCore: boolean;
}

export interface NewCall {
  folded: FoldedCall;
  contactId: string;
  /** The call whose contact it goes on with; null when it begins one. */
  legOfCallId: string | null;
  customerId: string | null;
  agentId: string;
  e164: string | null;
  numberKey: string | null;
  internal: boolean;
  zone: string;
}

/** Marks the end that core wrote itself. */
const BY_CORE = 'closedByCore';

export type CallStore = ReturnType<typeof createCallStore>;

export function createCallStore(database: DeskDatabase) {
  const one = database.query<CallRow>(`${CALL_SELECT} WHERE l.call_id = ?`);
  const recent = database.query<CallRow>(
    `${CALL_SELECT} WHERE l.agent_id = ? AND l.started_at < ? ORDER BY l.started_at DESC, l.row DESC LIMIT ?`,
  );
  const open = database.query<CallRow>(
    `${CALL_SELECT} WHERE l.ended_at IS NULL ORDER BY l.started_at`,
  );
  const toReturn = database.query<CallRow>(
    `${CALL_SELECT} WHERE l.missed = 1 AND l.returned_at IS NULL AND l.dismissed_at IS NULL
     ORDER BY l.started_at DESC LIMIT 2000`,
  );
  const settledMissed = database.query<CallRow>(
    `${CALL_SELECT} WHERE l.missed = 1 AND (l.returned_at IS NOT NULL OR l.dismissed_at IS NOT NULL)
       AND coalesce(l.returned_at, l.dismissed_at) < ?
     ORDER BY coalesce(l.returned_at, l.dismissed_at) DESC, l.started_at DESC LIMIT ?`,
  );
  const legs = database.query<CallRow>(
    `${CALL_SELECT} WHERE l.contact_id = ? ORDER BY l.started_at, l.row`,
  );
  const events = database.query<{ type: string; event_json: string }>(
    'SELECT type, event_json FROM call_events WHERE call_id = ? ORDER BY seq',
  );
  const insertEvent = database.query(
    'INSERT INTO call_events (call_id, seq, at, type, event_json) VALUES (?, ?, ?, ?, ?)',
  );
  const deleteEvent = database.query('DELETE FROM call_events WHERE call_id = ? AND seq = ?');
  const insertContact = database.query(
    `INSERT INTO contacts (id, customer_id, kind, direction, at, zone, agent_id, call_id, origin)
     VALUES ($contactId, $customerId, 'call', $direction, $startedAt, $zone, $agentId, $callId, $origin)`,
  );
  const insertCall = database.query(
    `INSERT INTO calls (call_id, contact_id, customer_id, agent_id, account_id, direction, remote_uri,
       remote_number, remote_display, remote_anonymous, called_number, diverted_from, e164, number_key, internal,
       zone, started_at, last_seq, last_event_at, returns_call_id, queue, leg_of_call_id, leg_kind, origin)
     VALUES ($callId, $contactId, $customerId, $agentId, $accountId, $direction, $uri, $number, $display,
       $anonymous, $calledNumber, $divertedFrom, $e164, $numberKey, $internal, $zone, $startedAt, 0, $startedAt,
       $returnsCallId, $queue, $legOfCallId, $legKind, $origin)`,
  );
  const update = database.query(
    `UPDATE calls SET answered_at = $answeredAt, ended_at = $endedAt, ring_ms = $ringMs, talk_ms = $talkMs,
       hold_ms = $holdMs, cause = $cause, sip_code = $sipCode, ended_by = $endedBy, quality_json = $quality,
       last_seq = $lastSeq, last_event_at = $lastEventAt, missed = $missed,
       transfer_kind = $transferKind, transferred_to = $transferredTo, transfer_state = $transferState,
       transfer_sip_code = $transferSipCode
     WHERE call_id = $callId`,
  );
  const setOutcome = database.query('UPDATE contacts SET outcome = ? WHERE id = ?');
  const setReturned = database.query(
    `UPDATE calls SET returned_at = $at, returned_by_call_id = $by
     WHERE missed = 1 AND returned_at IS NULL AND call_id <> $by AND started_at <= $startedAt
       AND (number_key = $numberKey OR customer_id = $customerId OR call_id = $returnsCallId
         OR number_key = (SELECT number_key FROM calls WHERE call_id = $returnsCallId))`,
  );
  const setNotReturned = database.query(
    'UPDATE calls SET returned_at = NULL, returned_by_call_id = NULL WHERE returned_by_call_id = ?',
  );
  const returnsCall = database.query<{ returns_call_id: string | null }>(
    'SELECT returns_call_id FROM calls WHERE call_id = ?',
  );
  const setDismissed = database.query('UPDATE calls SET dismissed_at = ? WHERE call_id = ?');
  // Those that were taken off the list together with that one.
  const undismiss = database.query(
    `UPDATE calls SET dismissed_at = NULL WHERE missed = 1 AND returned_at IS NULL
       AND dismissed_at = (SELECT dismissed_at FROM calls WHERE call_id = $callId)
       AND (call_id = $callId OR number_key = (SELECT number_key FROM calls WHERE call_id = $callId))`,
  );
  const writeOutbox = database.query(
    'INSERT INTO outbox (kind, fact_id, at, origin, body_json) VALUES (?, ?, ?, ?, ?)',
  );

  return {
    one: (callId: string): CallRow | undefined => one.get(callId),
    /** All legs of a contact, in the order in which they began. */
    legs: (contactId: string): CallRow[] => legs.all(contactId),
    recent: (agentId: string, before: number, limit: number): CallRow[] =>
      recent.all(agentId, before, limit),
    open: (): CallRow[] => open.all(),
    toReturn: (): CallRow[] => toReturn.all(),
    settledMissed: (before: number, limit: number): CallRow[] => settledMissed.all(before, limit),
    undismiss: (callId: string): boolean => undismiss.run({ callId }).changes > 0,
    eventsOf: (callId: string): StoredEvent[] =>
      events.all(callId).map(({ type, event_json }) => ({
        event: JSON.parse(event_json) as CallEvent,
        json: event_json,
        byCore: type === BY_CORE,
      })),
    insertEvent(event: CallEvent, byCore: boolean): void {
      const type = byCore ? BY_CORE : event.type;
      insertEvent.run(event.callId, event.seq, event.at, type, JSON.stringify(event));
    },
    deleteEvent: (callId: string, seq: number): void => void deleteEvent.run(callId, seq),
    insert({
      folded,
      contactId,
      legOfCallId,
      customerId,
      agentId,
      e164,
      numberKey,
      internal,
      zone,
    }: NewCall): void {
      const { callId, direction, startedAt, origin, remote } = folded;
      if (legOfCallId === null)
        insertContact.run({
          ...{ contactId, customerId, direction, startedAt, zone, agentId, callId, origin },
        });
      insertCall.run({
        callId,
        contactId,
        customerId,
        agentId,
        accountId: folded.accountId,
        direction,
        uri: remote.uri,
        number: remote.number,
        display: remote.display,
        anonymous: remote.anonymous ? 1 : 0,
        calledNumber: folded.calledNumber,
        divertedFrom: folded.divertedFrom,
        e164,
        numberKey,
        internal: internal ? 1 : 0,
        zone,
        startedAt,
        returnsCallId: folded.returnsCallId,
        queue: folded.queue,
        legOfCallId,
        legKind: legOfCallId === null ? 'customer' : folded.legKind,
        origin,
      });
    },
    update(folded: FoldedCall, missed: boolean): void {
      const { callId, answeredAt, endedAt, ringMs, talkMs, holdMs, cause, sipCode, endedBy } =
        folded;
      const { lastSeq, lastEventAt } = folded;
      const quality = folded.quality && JSON.stringify(folded.quality);
      update.run({
        ...{
          callId,
          answeredAt,
          endedAt,
          ringMs,
          talkMs,
          holdMs,
          cause,
          sipCode,
          endedBy,
          quality,
        },
        ...{ lastSeq, lastEventAt, missed: missed ? 1 : 0 },
        transferKind: folded.transfer?.kind ?? null,
        transferredTo: folded.transfer?.target ?? null,
        transferState: folded.transfer?.state ?? null,
        transferSipCode: folded.transfer?.sipCode ?? null,
      });
    },
    setOutcome: (contactId: string, outcome: Outcome | null): void =>
      void setOutcome.run(outcome, contactId),
    /** Missed calls of the same number or customer are returned by this one. */
    setReturned(by: CallRow, at: number): boolean {
      const returnsCallId = returnsCall.get(by.call_id)?.returns_call_id ?? null;
      const { call_id, started_at, number_key, customer_id } = by;
      return (
        setReturned.run({
          at,
          by: call_id,
          startedAt: started_at,
          numberKey: number_key,
          customerId: customer_id,
          returnsCallId,
        }).changes > 0
      );
    },
    setNotReturned: (callId: string): boolean => setNotReturned.run(callId).changes > 0,
    setDismissed: (callId: string, at: number): void => void setDismissed.run(at, callId),
    writeOutbox(call: CallRow, at: number, origin: Origin): void {
      writeOutbox.run(
        'call',
        call.call_id,
        at,
        origin,
        JSON.stringify({ contactId: call.contact_id }),
      );
    },
  };
}
