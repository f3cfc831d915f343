// Everything that waits to be called back, in one list: missed calls, callbacks, voicemails.
import type { MissedCall } from '../../../preload/contract/calls.ts';
import type { WorkItem, WorkRef } from '../../../preload/contract/work.ts';
import type { Origin } from '../../../preload/contract/vocabulary.ts';
import type { SubjectHandlers } from '../connection/handlers.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import { endOfZonedDay } from '../desk/day-edge.ts';
import type { Publish } from '../events/event-bus.ts';
import { comparableNumber, numberKeyFrom } from '../phone-numbers/number-key.ts';
import { badInput, Refusal } from '../refusal.ts';
import type { IgnoredNumbers } from './ignored-numbers.ts';
import { workItemFrom, type WorkRow } from './work-rows.ts';
import { AUDIO_PIECE, createWorkStore, MOST_OPEN, type NewWork } from './work-store.ts';

/** Missed calls of one number, as the calls group them. */
export interface MissedGroup {
  group: string;
  missed: MissedCall;
  numberKey: string | null;
  origin: Origin;
  /** Set for calls that were returned or taken off the list. */
  settledAt: number | null;
}

interface WorkDependencies {
  database: DeskDatabase;
  now: () => number;
  newId: () => string;
  agentId: string;
  publish: Publish;
  country: () => string;
  zone: () => string;
  ignored: IgnoredNumbers;
  /** The origin that new work has now: real, or practice while there is no account. */
  origin: () => Origin;
  customerExists: (customerId: string) => boolean;
  /** The one customer to whom a number belongs, or null. */
  ownerOf: (number: string) => string | null;
  isAgent: (agentId: string) => boolean;
  calls: {
    missedGroups(): MissedGroup[];
    settledGroups(before: number, limit: number): MissedGroup[];
    /** The group of a missed call; null when the call is none. */
    groupOf(callId: string): MissedGroup | null;
    dismissGroup(callId: string, at: number): void;
    undismissGroup(callId: string): void;
  };
}

/** A callback that another program or a file asks for. */
export interface AskedCallback {
  customerId: string | null;
  number: string | null;
  note: string | null;
  dueAt: number | null;
  ownerId?: string | null;
  at?: number;
  externalId?: string | null;
}

export interface LeftVoicemail {
  customerId: string | null;
  number: string | null;
  note: string | null;
  at: number;
  audio: { type: string; bytes: Uint8Array } | null;
  dueAt?: number | null;
  ownerId?: string | null;
  externalId?: string | null;
}

type Asked = AskedCallback & Pick<Partial<LeftVoicemail>, 'audio'>;

/** Lets everything else have its turn. */
const breath = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Bytes of a voicemail that is taken. */
export const MOST_AUDIO = 32 * 1024 * 1024;
const AUDIO_TYPES = /^audio\/(wav|x-wav|wave|mpeg|mp4|ogg|webm|flac|aac)(;.{0,80})?$/;

export function createWork(dependencies: WorkDependencies) {
  const { database, now, newId, agentId, publish, country, calls, ignored } = dependencies;
  const store = createWorkStore(database);
  store.removeUnwritten();
  const changed = (customerId: string | null = null) => {
    publish({ type: 'waiting.changed' });
    // It stands in the customer's timeline too.
    if (customerId !== null) publish({ type: 'customers.changed', customerId });
  };

  function missedItem({ missed, origin, settledAt }: MissedGroup, plan?: WorkRow): WorkItem {
    return {
      workId: plan?.id ?? null,
      kind: 'missedCall',
      callId: missed.callId,
      customerId: missed.customerId,
      customerName: missed.customerName,
      remote: missed.remote,
      e164: missed.e164,
      at: missed.at,
      dueAt: plan?.due_at ?? null,
      ownerId: plan?.owner_id ?? null,
      ownerName: plan?.owner_name ?? null,
      note: plan?.note ?? null,
      attempts: missed.attempts,
      messages: null,
      audio: null,
      state: settledAt === null ? 'open' : 'done',
      result: plan?.result ?? null,
      settledAt,
      settledByName: plan?.settled_by_name ?? null,
      origin,
    };
  }

  function openItems(): WorkItem[] {
    const plans = new Map(store.openPlans().map((row) => [row.group_key, row]));
    const missed = calls.missedGroups().map((group) => missedItem(group, plans.get(group.group)));
    return [...missed, ...store.open().map(workItemFrom)].sort(
      (one, other) => (one.dueAt ?? one.at) - (other.dueAt ?? other.at),
    );
  }

  function settledItems(before: number): WorkItem[] {
    const rows = store.settledBefore(before, MOST_OPEN);
    const told = new Set(rows.map((row) => `${row.group_key} ${row.settled_at}`));
    const missed = calls
      .settledGroups(before, MOST_OPEN)
      // Whoever settled it by hand has a row that says so.
      .filter(({ group, settledAt }) => !told.has(`${group} ${settledAt}`))
      .map((group) => missedItem(group));
    return [...rows.map(workItemFrom), ...missed]
      .sort((one, other) => (other.settledAt ?? 0) - (one.settledAt ?? 0))
      .slice(0, MOST_OPEN);
  }

  /** The stored row of a piece of work; for missed calls that nobody planned it is made now. */
  function rowFor(ref: WorkRef): WorkRow {
    if ('workId' in ref) return found(ref.workId);
    const group = calls.groupOf(ref.callId);
    if (group === null) throw new Refusal('NOT_FOUND', { what: 'call', id: ref.callId });
    const known = store.openOfGroup(group.group);
    if (known) return known;
    const id = newId();
    const { remote, customerId, e164, at } = group.missed;
    store.insert({
      ...{ id, kind: 'missedCall', customerId, group: group.group, callId: ref.callId },
      ...{ number: remote.anonymous ? null : (remote.number ?? remote.uri), e164 },
      ...{ numberKey: group.numberKey, display: remote.display, note: null, ownerId: null },
      ...{ at, dueAt: null, source: 'calls', messages: null, audio: null },
      ...{ agentId, changedAt: now(), origin: group.origin },
    });
    return found(id);
  }

  function found(workId: string): WorkRow {
    const row = store.one(workId);
    if (!row) throw new Refusal('NOT_FOUND', { what: 'work', id: workId });
    return row;
  }

  function itemOf(row: WorkRow): WorkItem {
    if (row.kind !== 'missedCall' || row.call_id === null) return workItemFrom(row);
    const group = calls.groupOf(row.call_id);
    return group ? missedItem(group, row) : workItemFrom(row);
  }

  /** Refuses what cannot be meant. */
  function workFrom(kind: NewWork['kind'], asked: Asked, source: NewWork['source']): NewWork {
    const { customerId, note, dueAt, ownerId = null, externalId = null } = asked;
    // What says that nobody's number was shown is no number.
    const shown = numberKeyFrom(asked.number, country()).kind !== 'anonymous';
    const number = shown ? asked.number : null;
    const message = kind === 'voicemail' && (note !== null || (asked.audio ?? null) !== null);
    if (customerId === null && number === null && !message) throw badInput(['number'], 'required');
    if (customerId !== null && !dependencies.customerExists(customerId))
      throw new Refusal('NOT_FOUND', { what: 'customer', id: customerId });
    if (ownerId !== null && !dependencies.isAgent(ownerId))
      throw new Refusal('NOT_FOUND', { what: 'agent', id: ownerId });
    const audio = asked.audio ?? null;
    if (audio && !AUDIO_TYPES.test(audio.type)) throw badInput(['audio'], 'audio_type');
    if (audio && (audio.bytes.length === 0 || audio.bytes.length > MOST_AUDIO))
      throw badInput(['audio'], 'audio_size');
    const at = now();
    return {
      ...{ id: newId(), kind, group: null, callId: null, note, ownerId, dueAt, source },
      customerId: customerId ?? (number === null ? null : dependencies.ownerOf(number)),
      ...{ number, e164: numberKeyFrom(number, country()).e164, display: null, audio, externalId },
      numberKey: comparableNumber(number, country()),
      ...{ at: asked.at ?? at, agentId, changedAt: at, messages: null },
      // What another program sends is about real people, whether there is an account yet or not.
      origin: source === 'api' ? 'real' : dependencies.origin(),
    };
  }

  function add(kind: NewWork['kind'], asked: Asked, source: NewWork['source']): WorkItem {
    const work = workFrom(kind, asked, source);
    const known = sameAs(work);
    if (known) return sentAgain(known, asked, work.changedAt);
    database.transaction(() => {
      store.insert(work);
      database.afterCommit(() => changed(work.customerId));
    });
    return workItemFrom(found(work.id));
  }

  /** With a sound: written piece by piece, so that a call rings meanwhile; seen once it is whole. */
  async function addSound(
    left: LeftVoicemail & { audio: NonNullable<LeftVoicemail['audio']> },
    source: NewWork['source'],
  ): Promise<WorkItem> {
    const asked = { ...left, dueAt: left.dueAt ?? null };
    const work = workFrom('voicemail', asked, source);
    const known = sameAs(work);
    if (known) return sentAgain(known, asked, work.changedAt);
    const { bytes } = left.audio;
    database.transaction(() => store.insert(work));
    try {
      for (let start = 0; start < bytes.length; start += AUDIO_PIECE) {
        const piece = bytes.subarray(start, start + AUDIO_PIECE);
        store.addAudioPiece(work.id, start / AUDIO_PIECE, piece);
        await breath();
      }
      return database.transaction(() => {
        // The same may have come twice at once, and the customer may be gone by now.
        const meanwhile = sameAs(work);
        if (meanwhile) {
          store.remove(work.id);
          return sentAgain(meanwhile, asked, work.changedAt);
        }
        const { customerId } = workFrom('voicemail', asked, source);
        store.reveal({ ...work, customerId });
        database.afterCommit(() => changed(customerId));
        return workItemFrom(found(work.id));
      });
    } catch (error) {
      store.remove(work.id);
      throw error;
    }
  }

  const sameAs = ({ kind, externalId = null }: NewWork) =>
    externalId === null ? undefined : store.ofExternal(kind, externalId);

  /** The same again changes what still waits, as far as it says something; what is settled stays so. */
  function sentAgain(known: WorkRow, asked: AskedCallback, at: number): WorkItem {
    if (asked.customerId !== null && known.customer_id !== asked.customerId)
      throw badInput(['externalId'], 'contradiction');
    if (known.state === 'open') {
      const planned = {
        id: known.id,
        owner_id: asked.ownerId ?? known.owner_id,
        due_at: asked.dueAt ?? known.due_at,
        note: asked.note ?? known.note,
      };
      database.transaction(() => {
        store.plan(planned, at);
        database.afterCommit(() => changed(known.customer_id));
      });
    }
    return workItemFrom(found(known.id));
  }

  function settleRow(row: WorkRow, state: 'done' | 'cancelled', result: string | null): void {
    const at = now();
    const { kind, call_id } = row;
    if (kind === 'missedCall' && call_id !== null) calls.dismissGroup(call_id, at);
    store.settle(row.id, { state, result, at, by: agentId, byCallId: null });
  }

  const handlers: SubjectHandlers<'work'> = {
    list({ state, owner, before }) {
      const all = state === 'open' ? openItems() : settledItems(before ?? Number.MAX_SAFE_INTEGER);
      const items = all.filter(
        ({ ownerId }) =>
          owner === 'any' || (owner === 'me' ? ownerId === agentId : ownerId === null),
      );
      return { items: items.slice(0, MOST_OPEN), total: items.length };
    },
    addCallback: (input) => add('callback', input, 'desk'),
    plan({ ref, ownerId, dueAt, note }) {
      if (ownerId != null && !dependencies.isAgent(ownerId))
        throw new Refusal('NOT_FOUND', { what: 'agent', id: ownerId });
      return database.transaction(() => {
        const row = rowFor(ref);
        const planned = {
          id: row.id,
          owner_id: ownerId === undefined ? row.owner_id : ownerId,
          due_at: dueAt === undefined ? row.due_at : dueAt,
          note: note === undefined ? row.note : note,
        };
        store.plan(planned, now());
        database.afterCommit(() => changed(row.customer_id));
        return itemOf(found(row.id));
      });
    },
    settle({ ref, state, result }) {
      database.transaction(() => {
        const row = rowFor(ref);
        settleRow(row, state, result);
        database.afterCommit(() => changed(row.customer_id));
      });
      return {};
    },
    reopen({ ref }) {
      database.transaction(() => {
        if ('callId' in ref) {
          calls.undismissGroup(ref.callId);
        } else {
          const row = found(ref.workId);
          if (row.group_key === null || !store.openOfGroup(row.group_key))
            store.reopen(row.id, now());
          if (row.call_id !== null && row.kind === 'missedCall') calls.undismissGroup(row.call_id);
        }
        database.afterCommit(() => changed());
      });
      return {};
    },
    audio({ workId, offset }) {
      const row = found(workId);
      const bytes = row.audio_bytes ?? 0;
      const piece = store.audioPiece(workId, Math.floor(offset / AUDIO_PIECE));
      if (row.audio_type === null || !piece)
        throw new Refusal('NOT_FOUND', { what: 'audio', id: workId });
      const part = piece.subarray(offset % AUDIO_PIECE);
      const next = offset + part.length;
      return {
        type: row.audio_type,
        chunk: Buffer.from(part).toString('base64'),
        next: next < bytes ? next : null,
      };
    },
    reportMailbox({ messages }) {
      database.transaction(() => {
        const known = store.openMailbox();
        const at = now();
        if (messages === 0) {
          if (known === null) return;
          store.settle(known, { state: 'done', result: null, at, by: null, byCallId: null });
        } else if (known === null) {
          store.insert({
            ...{ id: newId(), kind: 'voicemail', customerId: null, group: null, callId: null },
            ...{ number: null, e164: null, numberKey: null, display: null, note: null },
            ...{ ownerId: null, at, dueAt: null, source: 'mailbox', messages, audio: null },
            ...{ agentId, changedAt: at, origin: dependencies.origin() },
          });
        } else {
          store.setMessages(known, messages, at);
        }
        database.afterCommit(() => changed());
      });
      return {};
    },
    ignored: () => ignored.list(),
    ignore(input) {
      ignored.add(input);
      return {};
    },
    unignore({ number }) {
      ignored.remove(number);
      return {};
    },
  };

  return {
    handlers,
    addCallback: (asked: AskedCallback, source: 'api' | 'import') => add('callback', asked, source),
    addVoicemail: (
      left: LeftVoicemail & { audio: NonNullable<LeftVoicemail['audio']> },
      source: 'api' | 'import',
    ): Promise<WorkItem> => addSound(left, source),
    /** A message that was written down. */
    addMessage: (left: LeftVoicemail, source: 'api' | 'import'): WorkItem =>
      add('voicemail', { ...left, audio: null, dueAt: left.dueAt ?? null }, source),
    /** Refused with NOT_FOUND. */
    find: (workId: string): WorkItem => itemOf(found(workId)),

    /** Within the transaction of a call that was answered: what it settles by itself. */
    answered(call: {
      callId: string;
      startedAt: number;
      numberKey: string | null;
      customerId: string | null;
      /** When it was answered or assigned: missed calls are returned then. */
      at: number;
    }): boolean {
      const { at } = call;
      const until = endOfZonedDay(at, dependencies.zone());
      const how = { state: 'done', result: null, at, by: agentId, byCallId: call.callId } as const;
      let any = false;
      const { startedAt, numberKey, customerId } = call;
      for (const id of store.answeredBy({ startedAt, numberKey, customerId, until }))
        any = store.settle(id, how) || any;
      return settlePlans(how) || any;
    },

    /** Within a transaction: missed calls that wait no longer take their plans along. */
    plansFollow(at: number): void {
      settlePlans({ state: 'done', result: null, at, by: agentId, byCallId: null });
    },

    /** The wrap-up says that nobody was reached. */
    notReached(callId: string): boolean {
      const at = now();
      return store
        .settledByCall(callId)
        .map((id) => store.reopen(id, at))
        .includes(true);
    },
  };

  function settlePlans(how: Parameters<typeof store.settle>[1]): boolean {
    const plans = store.openPlans();
    if (plans.length === 0) return false;
    const waiting = new Set(calls.missedGroups().map(({ group }) => group));
    return plans
      .filter(({ group_key }) => group_key !== null && !waiting.has(group_key))
      .map(({ id }) => store.settle(id, how))
      .includes(true);
  }
}
