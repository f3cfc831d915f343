// Stores a call's events and everything that follows from them, in one transaction.
import type { CallEvent } from '../../../preload/contract/calls.ts';
import type { CallerContext } from '../../../preload/contract/customers.ts';
import type { Now } from '../clock.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import type { NewId } from '../ids.ts';
import { differenceOf, type MeasureRow, measuresOfContact } from '../kpi/measure-rows.ts';
import { comparableNumber, numberKeyFrom } from '../phone-numbers/number-key.ts';
import { Refusal } from '../refusal.ts';
import {
  type Beginning,
  beginsCall,
  callRecordFrom,
  type FoldedCall,
  refusalOf,
} from './call-fold.ts';
import { isMissed, outcomeOfUnanswered } from './call-outcome.ts';
import type { CallRow } from './call-rows.ts';
import type { CallStore, StoredEvent } from './call-store.ts';
import type { MoveContact } from './contact-owner.ts';

/** Who it is, as the customers' part finds out; `customerId` when the agent dialled from a card. */
export type CallerContextOf = (caller: {
  number: string | null;
  customerId: string | null;
  callId: string;
}) => CallerContext;

export interface AppendDependencies {
  database: DeskDatabase;
  store: CallStore;
  now: Now;
  newId: NewId;
  agentId: string;
  zone: () => string;
  country: () => string;
  callerContextOf: CallerContextOf;
  addMeasures: (rows: readonly MeasureRow[]) => void;
  refreshSummary: (customerId: string) => void;
  moveContact: MoveContact;
  wrapUps: {
    /** Harmless when there is one already, for this call or another leg of its contact. */
    open(call: {
      callId: string;
      contactId: string;
      origin: FoldedCall['origin'];
      at: number;
    }): void;
    /** Takes the call's wrap-up away unless something was entered; answers whether none is open now. */
    discardEmpty(callId: string): boolean;
  };
  /** Numbers whose calls are not to be returned. */
  isIgnored: (numberKey: string | null) => boolean;
  /** A call with a customer was answered: what it returns and settles; whether anything did. */
  answered: (call: CallRow, at: number) => boolean;
  /** In the transaction of the event: it rings, here or at the other side; or it has ended. */
  tellOthers?: (what: 'ringing' | 'ended', call: CallRow) => void;
  /** A call's stored state has changed; called after the transaction is on disk. */
  onStored: (call: CallRow, change: { missedChanged: boolean; counted: boolean }) => void;
}

export interface AppendEvents {
  append(events: readonly CallEvent[]): CallerContext | null;
  /** Ends a call that no window holds any more, as far as `at`. */
  interrupt(call: CallRow, at: number): void;
}

export function createAppend(dependencies: AppendDependencies): AppendEvents {
  const { database, store } = dependencies;

  function append(events: readonly CallEvent[]): CallerContext | null {
    return database.transaction(() => {
      let context: CallerContext | null = null;
      const logs = new Map<string, StoredEvent[]>();
      const changed = new Map<string, StoredEvent[]>();
      for (const event of events) {
        const log = logs.get(event.callId) ?? store.eventsOf(event.callId);
        logs.set(event.callId, log);
        const isNew = storeEvent(event, log);
        if (isNew) changed.set(event.callId, log);
        if (beginsCall(event)) context = isNew ? begin(event) : contextAgain(event);
      }
      for (const [callId, log] of changed) foldInto(callId, log);
      return context;
    });
  }

  /** Adds the event to the call's log and answers whether it is new. */
  function storeEvent(event: CallEvent, log: StoredEvent[]): boolean {
    const json = JSON.stringify(event);
    const same = log[event.seq];
    if (same && same.json === json) return false;
    if (same?.byCore) {
      // The window is alive after all: its own account of the call goes on.
      store.deleteEvent(event.callId, event.seq);
      log.pop();
    } else if (same) {
      throw refused(event, 'contradiction');
    }
    const reason = refusalOf(
      log.map((stored) => stored.event),
      event,
    );
    if (reason) throw refused(event, reason);
    // The first event's row waits for its call, which `begin` writes.
    if (event.seq > 0) store.insertEvent(event, false);
    log.push({ event, json, byCore: false });
    return true;
  }

  function begin(event: Beginning): CallerContext {
    const { agentId, zone, country, newId } = dependencies;
    const folded = callRecordFrom([event]);
    const raw = rawNumberOf(event);
    // A call that core does not know, or that came after this one, has no contact to go on with.
    const parent = folded.legOfCallId === null ? undefined : store.one(folded.legOfCallId);
    const context = dependencies.callerContextOf({
      number: raw,
      customerId: parent?.customer_id ?? folded.dialledCustomerId,
      callId: event.callId,
    });
    const customerId = parent ? ownerOfLeg(parent, folded, context) : ownerIn(context);
    const key = numberKeyFrom(raw, country());
    store.insert({
      folded,
      contactId: parent?.contact_id ?? newId(),
      legOfCallId: parent?.call_id ?? null,
      customerId,
      agentId,
      e164: key.e164,
      numberKey: comparableNumber(raw, country()),
      // Who is in the book is no colleague, however short the number is.
      internal: key.kind === 'internal' && customerId === null,
      zone: zone(),
    });
    store.insertEvent(event, false);
    if (event.type === 'invited') dependencies.tellOthers?.('ringing', rowOf(event.callId));
    return context;
  }

  /**
   * A further leg belongs to whom its contact belongs to. Where that is nobody yet, because a colleague
   * had asked first, the customer who takes over gives the contact its owner.
   */
  function ownerOfLeg(parent: CallRow, folded: FoldedCall, context: CallerContext): string | null {
    if (parent.customer_id !== null || folded.legKind === 'consultation') return parent.customer_id;
    const owner = ownerIn(context);
    if (owner !== null) dependencies.moveContact(parent.contact_id, owner);
    return owner;
  }

  function contextAgain(event: Beginning): CallerContext {
    const customerId = store.one(event.callId)?.customer_id ?? null;
    return dependencies.callerContextOf({
      number: rawNumberOf(event),
      customerId,
      callId: event.callId,
    });
  }

  function foldInto(callId: string, log: readonly StoredEvent[]): void {
    const before = rowOf(callId);
    const legsBefore = store.legs(before.contact_id);
    const folded = callRecordFrom(log.map((stored) => stored.event));
    store.update(folded, isMissed(folded));
    const after = rowOf(callId);
    const legs = legsBefore.map((leg) => (leg.call_id === callId ? after : leg));
    const difference = differenceOf(measuresOfRows(legsBefore), measuresOfRows(legs));
    dependencies.addMeasures(difference);
    const returned =
      before.answered_at === null &&
      after.answered_at !== null &&
      after.leg_kind === 'customer' &&
      dependencies.answered(after, folded.lastEventAt);
    if (after.missed === 1 && before.missed === 0 && dependencies.isIgnored(after.number_key))
      store.setDismissed(callId, folded.lastEventAt);
    followWrapUp(folded, after);
    if (before.ended_at === null && after.ended_at !== null) {
      store.writeOutbox(after, dependencies.now(), after.origin);
      dependencies.tellOthers?.('ended', after);
    }
    const rang = log.some(({ event }) => event.type === 'ringing' && event.seq > before.last_seq);
    if (rang && folded.direction === 'outbound') dependencies.tellOthers?.('ringing', after);
    const turned =
      before.answered_at !== after.answered_at ||
      before.ended_at !== after.ended_at ||
      after.last_seq === 0;
    if (turned && after.customer_id !== null) dependencies.refreshSummary(after.customer_id);
    const missedChanged = returned || before.missed !== after.missed;
    database.afterCommit(() =>
      dependencies.onStored(after, { missedChanged, counted: difference.length > 0 }),
    );
  }

  function followWrapUp(folded: FoldedCall, call: CallRow): void {
    const { wrapUps } = dependencies;
    const furtherLeg = call.leg_of_call_id !== null;
    if (furtherLeg && (call.leg_kind === 'consultation' || folded.answeredAt === null)) return;
    if (folded.endedAt !== null && folded.answeredAt === null) {
      if (wrapUps.discardEmpty(folded.callId))
        store.setOutcome(call.contact_id, outcomeOfUnanswered(folded));
      return;
    }
    if (folded.direction === 'outbound' || folded.answeredAt !== null) {
      const at = folded.answeredAt ?? folded.startedAt;
      wrapUps.open({
        callId: folded.callId,
        contactId: call.contact_id,
        origin: folded.origin,
        at,
      });
    }
  }

  function rowOf(callId: string): CallRow {
    const row = store.one(callId);
    if (!row) throw new Error('a call without its row');
    return row;
  }

  function interrupt(call: CallRow, at: number): void {
    database.transaction(() => {
      const seq = call.last_seq + 1;
      const ended = { type: 'ended', cause: 'interrupted', sipCode: null, by: 'system' } as const;
      store.insertEvent(
        { ...ended, callId: call.call_id, seq, at: Math.max(at, call.last_event_at) },
        true,
      );
      foldInto(call.call_id, store.eventsOf(call.call_id));
    });
  }

  return { append, interrupt };
}

/** What the measures count of a contact's stored legs. */
export function measuresOfRows(legs: readonly CallRow[]): MeasureRow[] {
  return measuresOfContact(
    legs.map((row) => ({
      agentId: row.agent_id,
      listId: row.list_id,
      origin: row.origin,
      legKind: row.leg_kind,
      direction: row.direction,
      internal: row.internal === 1,
      missed: row.missed === 1,
      startedAt: row.started_at,
      answeredAt: row.answered_at,
      endedAt: row.ended_at,
      talkMs: row.talk_ms,
      holdMs: row.hold_ms,
    })),
  );
}

function ownerIn(context: CallerContext): string | null {
  return context.story?.customer.id ?? null;
}

function rawNumberOf({ remote }: Beginning): string | null {
  return remote.anonymous ? null : (remote.number ?? remote.uri);
}

function refused(
  event: CallEvent,
  reason: 'gap' | 'contradiction' | 'callEnded' | 'noBeginning',
): Refusal {
  return new Refusal('CALL_EVENT_REFUSED', { callId: event.callId, seq: event.seq, reason });
}
