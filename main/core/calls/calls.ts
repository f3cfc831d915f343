import type { CallEvent, CallRecord, MissedCall } from '../../../preload/contract/calls.ts';
import type { CallerContext } from '../../../preload/contract/customers.ts';
import type { Origin } from '../../../preload/contract/vocabulary.ts';
import type { SubjectHandlers } from '../connection/handlers.ts';
import type { Publish } from '../events/event-bus.ts';
import { Refusal } from '../refusal.ts';
import { type AppendDependencies, createAppend, measuresOfRows } from './append-events.ts';
import { type CallRow, callFrom } from './call-rows.ts';
import { createCallStore } from './call-store.ts';
import type { MoveContact } from './contact-owner.ts';
import type { MeasureRow } from '../kpi/measure-rows.ts';
import { groupOf, type MissedGroup, missedCallsFrom, missedGroupsFrom } from './missed-calls.ts';

interface CallsDependencies extends Omit<AppendDependencies, 'store' | 'onStored' | 'answered'> {
  /** Work that calls settle by themselves; each within the transaction of the call. */
  work: {
    answered(call: {
      callId: string;
      startedAt: number;
      numberKey: string | null;
      customerId: string | null;
      at: number;
    }): boolean;
    plansFollow(at: number): void;
    notReached(callId: string): boolean;
  };
  publish: Publish;
  /** The origins that count now: practice and sample only while there is no account. */
  countedOrigins: () => readonly Origin[];
  moveContact: MoveContact;
  learnNumber: (choice: { number: string | null; customerId: string; confirm: boolean }) => void;
  /** Takes back what a choice taught; whether there was anything. */
  forgetNumber: (choice: { number: string | null; customerId: string }) => boolean;
  customerExists: (customerId: string) => boolean;
  /** A call began, was answered or ended: what the agent does may be something else now. */
  onTurn: () => void;
}

export interface Calls {
  handlers: SubjectHandlers<'calls'>;
  missed(): MissedCall[];
  record(callId: string): CallRecord | null;
  /** The leg with the customer that began last in the call's contact: what its wrap-up is about. */
  wrappedUp(callId: string): CallRecord | null;
  /** What the window told of the call, in order. */
  events(callId: string): CallEvent[];
  /** Missed calls that wait, one group for each number, newest first. */
  missedGroups(): MissedGroup[];
  /** Missed calls that were returned or taken off the list before an instant, newest first. */
  settledGroups(before: number, limit: number): MissedGroup[];
  /** The group that a missed call belongs to, as it waits or was settled; null when it was not missed. */
  groupOf(callId: string): MissedGroup | null;
  /** Within a transaction: takes a missed call and the others of its number off the list, or back. */
  dismissGroup(callId: string, at: number): void;
  undismissGroup(callId: string): void;
  /** The newest call that is not over. */
  live(): CallRecord | null;
  /** This desk's calls, newest first. */
  newest(limit: number): CallRecord[];
  /**
   * Closes every open call that is not in `held`, at the time up to which core vouches for it.
   * Answers how many there were.
   */
  closeUnclaimed(held: readonly string[], vouchedUntil: (callId: string) => number | null): number;
  /** The wrap-up says that nobody was reached: what this call had returned is to be returned again. */
  notReached(callId: string): void;
  /** For counting again: what every stored call adds to the measures. */
  eachMeasure(): Iterable<{ rows: MeasureRow[]; withoutPerson: boolean }>;
}

const MOST_MISSED = 100;

export function createCalls(dependencies: CallsDependencies): Calls {
  const { database, publish, now } = dependencies;
  const store = createCallStore(database);
  const { append, interrupt } = createAppend({ ...dependencies, store, onStored, answered });
  const withFurtherLegs = 'SELECT contact_id FROM calls WHERE leg_of_call_id IS NOT NULL';
  const single = database.query<CallRow>(
    `SELECT *, NULL AS customer_name FROM calls WHERE contact_id NOT IN (${withFurtherLegs})`,
  );
  const severalLegs = database.query<{ contact_id: string }>(
    `SELECT DISTINCT * FROM (${withFurtherLegs})`,
  );

  /** Within a transaction: what an answered call returns and settles; whether anything waits no more. */
  function answered(call: CallRow, at: number): boolean {
    const returned = store.setReturned(call, at);
    const settled = dependencies.work.answered({
      callId: call.call_id,
      startedAt: call.started_at,
      numberKey: call.number_key,
      customerId: call.customer_id,
      at,
    });
    return returned || settled;
  }

  function onStored(
    call: CallRow,
    { missedChanged, counted }: { missedChanged: boolean; counted: boolean },
  ): void {
    publish({ type: 'calls.changed', callId: call.call_id, customerId: call.customer_id });
    if (missedChanged) publish({ type: 'waiting.changed' });
    if (counted) publish({ type: 'kpi.changed' });
    dependencies.onTurn();
  }

  function found(callId: string): CallRow {
    const row = store.one(callId);
    if (!row) throw new Refusal('NOT_FOUND', { what: 'call', id: callId });
    return row;
  }

  function countedToReturn(): CallRow[] {
    const counted = dependencies.countedOrigins();
    return store.toReturn().filter((row) => counted.includes(row.origin));
  }

  function contextOf(row: CallRow): CallerContext {
    const number = row.remote_anonymous === 1 ? null : (row.remote_number ?? row.remote_uri);
    return dependencies.callerContextOf({
      number,
      customerId: row.customer_id,
      callId: row.call_id,
    });
  }

  const handlers: SubjectHandlers<'calls'> = {
    append({ events }) {
      const context = append(events);
      return { stored: events.map(({ callId, seq }) => ({ callId, seq })), context };
    },
    missed: () => missedCallsFrom(countedToReturn()).slice(0, MOST_MISSED),
    dismissMissed({ callId }) {
      found(callId);
      database.transaction(() => {
        const at = now();
        dismissGroup(callId, at);
        dependencies.work.plansFollow(at);
        database.afterCommit(() => publish({ type: 'waiting.changed' }));
      });
      return {};
    },
    recent: ({ limit, before }) =>
      store.recent(dependencies.agentId, before ?? Number.MAX_SAFE_INTEGER, limit).map(callFrom),
    get: ({ callId }) => callFrom(found(callId)),
    assignCustomer({ callId, customerId, confirm }) {
      const call = found(callId);
      if (customerId !== null && !dependencies.customerExists(customerId)) {
        throw new Refusal('NOT_FOUND', { what: 'customer', id: customerId });
      }
      database.transaction(() => {
        dependencies.moveContact(call.contact_id, customerId);
        const number = call.remote_anonymous === 1 ? null : (call.remote_number ?? call.remote_uri);
        // A colleague's number is not the customer's.
        const own = call.leg_kind === 'customer';
        if (own && customerId !== null) dependencies.learnNumber({ number, customerId, confirm });
        const after = found(callId);
        const returned = own && after.answered_at !== null && answered(after, after.last_event_at);
        database.afterCommit(() => {
          for (const changed of new Set([call.customer_id, customerId])) {
            publish({ type: 'calls.changed', callId, customerId: changed });
          }
          if (confirm && customerId !== null) publish({ type: 'customers.changed', customerId });
          if (returned) publish({ type: 'waiting.changed' });
          publish({ type: 'wrapUps.changed' });
        });
      });
      return contextOf(found(callId));
    },
    forgetNumber({ callId, customerId }) {
      const call = found(callId);
      const number = call.remote_anonymous === 1 ? null : (call.remote_number ?? call.remote_uri);
      database.transaction(() => {
        dependencies.forgetNumber({ number, customerId });
        if (call.customer_id === customerId) dependencies.moveContact(call.contact_id, null);
        database.afterCommit(() => {
          publish({ type: 'calls.changed', callId, customerId });
          publish({ type: 'customers.changed', customerId });
          publish({ type: 'wrapUps.changed' });
        });
      });
      return contextOf(found(callId));
    },
  };

  function dismissGroup(callId: string, at: number): void {
    const group = groupOf(found(callId));
    for (const row of store.toReturn()) {
      if (groupOf(row) === group) store.setDismissed(row.call_id, at);
    }
  }

  function closeUnclaimed(
    held: readonly string[],
    vouchedUntil: (callId: string) => number | null,
  ): number {
    const lost = store.open().filter((call) => !held.includes(call.call_id));
    // Of several calls at once the agent's state names one; up to its end all of them stood.
    const vouched = Math.max(0, ...lost.map((call) => vouchedUntil(call.call_id) ?? 0));
    for (const call of lost) interrupt(call, Math.max(vouched, call.last_event_at));
    return lost.length;
  }

  return {
    handlers,
    missed: () => missedCallsFrom(countedToReturn()),
    missedGroups: () => missedGroupsFrom(countedToReturn()),
    settledGroups: (before, limit) =>
      missedGroupsFrom(
        store
          .settledMissed(before, limit)
          .filter((row) => dependencies.countedOrigins().includes(row.origin)),
      ),
    groupOf(callId) {
      const row = store.one(callId);
      if (row?.missed !== 1) return null;
      const group = groupOf(row);
      return (
        missedGroupsFrom(store.toReturn()).find((one) => one.group === group) ??
        missedGroupsFrom([row])[0] ??
        null
      );
    },
    dismissGroup,
    undismissGroup: (callId) => void store.undismiss(callId),
    record(callId) {
      const row = store.one(callId);
      return row ? callFrom(row) : null;
    },
    wrappedUp(callId) {
      const row = store.one(callId);
      const legs = row ? store.legs(row.contact_id) : [];
      const last = legs.findLast(
        ({ leg_kind, answered_at }, index) =>
          leg_kind === 'customer' && (index === 0 || answered_at !== null),
      );
      return last ? callFrom(last) : null;
    },
    events: (callId) => store.eventsOf(callId).map(({ event }) => event),
    live() {
      const row = store.open().at(-1);
      return row ? callFrom(row) : null;
    },
    newest: (limit) =>
      store.recent(dependencies.agentId, Number.MAX_SAFE_INTEGER, limit).map(callFrom),
    closeUnclaimed,
    notReached(callId) {
      const waits = store.setNotReturned(callId);
      if (dependencies.work.notReached(callId) || waits)
        database.afterCommit(() => publish({ type: 'waiting.changed' }));
    },
    *eachMeasure() {
      for (const row of single.iterate()) {
        yield { rows: measuresOfRows([row]), withoutPerson: row.customer_id === null };
      }
      for (const { contact_id } of severalLegs.all()) {
        const legs = store.legs(contact_id);
        yield { rows: measuresOfRows(legs), withoutPerson: legs[0]?.customer_id === null };
      }
    },
  };
}
