// What a call's events add up to. Rules only: no clock, no database.
import type { CallEvent, Quality, RemoteParty, Transfer } from '../../../preload/contract/calls.ts';
import type {
  CallParty,
  Direction,
  EndCause,
  LegKind,
  Origin,
} from '../../../preload/contract/vocabulary.ts';

/** A call folded from its events. Durations are ms; of a call that is not over, up to its last event. */
export interface FoldedCall {
  callId: string;
  accountId: string | null;
  origin: Origin;
  direction: Direction;
  remote: RemoteParty;
  calledNumber: string | null;
  divertedFrom: string | null;
  /** The customer from whose card the agent dialled. */
  dialledCustomerId: string | null;
  returnsCallId: string | null;
  queue: string | null;
  /** The call whose contact this one goes on with, as the window says. */
  legOfCallId: string | null;
  legKind: LegKind;
  transfer: Transfer | null;
  startedAt: number;
  answeredAt: number | null;
  endedAt: number | null;
  /** Inbound from the invitation, outbound from the first ringing, to the answer or the end. */
  ringMs: number;
  /** From answer to end, without hold. */
  talkMs: number;
  /** While either side held; both at once count once. */
  holdMs: number;
  cause: EndCause | null;
  sipCode: number | null;
  endedBy: CallParty | null;
  quality: Quality | null;
  lastSeq: number;
  lastEventAt: number;
}

export type Beginning = Extract<CallEvent, { type: 'invited' | 'placed' }>;

export function beginsCall(event: CallEvent): event is Beginning {
  return event.type === 'invited' || event.type === 'placed';
}

/** Why `next` cannot follow `earlier` (in order of seq), or null. */
export function refusalOf(
  earlier: readonly CallEvent[],
  next: CallEvent,
): 'gap' | 'contradiction' | 'callEnded' | 'noBeginning' | null {
  if (earlier.length === 0) return next.seq === 0 && beginsCall(next) ? null : 'noBeginning';
  if (earlier.some((event) => event.type === 'ended')) return 'callEnded';
  if (next.seq !== earlier.length) return next.seq > earlier.length ? 'gap' : 'contradiction';
  if (beginsCall(next)) return 'contradiction';
  const answered = earlier.some((event) => event.type === 'answered');
  return next.type === 'answered' && answered ? 'contradiction' : null;
}

/**
 * Folds the events of one call, given in order of seq and beginning with `invited` or `placed`.
 * A clock that was set back in mid-call makes no negative durations: time never runs backwards here.
 */
export function callRecordFrom(events: readonly CallEvent[]): FoldedCall {
  const [first] = events;
  if (!first || !beginsCall(first)) throw new Error('a call begins with invited or placed');
  const folding = beginningOf(first);
  for (const event of events.slice(1)) take(folding, event);
  return recordOf(folding);
}

interface Folding {
  first: Beginning;
  now: number;
  lastSeq: number;
  lastEventAt: number;
  ringingAt: number | null;
  answeredAt: number | null;
  ended: Extract<CallEvent, { type: 'ended' }> | null;
  endedAt: number | null;
  heldBy: Set<'agent' | 'customer'>;
  heldSince: number | null;
  holdMs: number;
  quality: Quality | null;
  transfer: Transfer | null;
}

function beginningOf(first: Beginning): Folding {
  return {
    first,
    now: first.at,
    lastSeq: first.seq,
    lastEventAt: first.at,
    ringingAt: first.type === 'invited' ? first.at : null,
    answeredAt: null,
    ended: null,
    endedAt: null,
    heldBy: new Set(),
    heldSince: null,
    holdMs: 0,
    quality: null,
    transfer: null,
  };
}

function take(folding: Folding, event: CallEvent): void {
  const at = Math.max(folding.now, event.at);
  folding.now = at;
  folding.lastSeq = event.seq;
  folding.lastEventAt = at;
  switch (event.type) {
    case 'ringing':
      if (folding.answeredAt === null) folding.ringingAt ??= at;
      break;
    case 'answered':
      folding.answeredAt ??= at;
      if (folding.heldBy.size > 0) folding.heldSince = at;
      break;
    case 'held':
      folding.heldBy.add(event.by);
      if (folding.answeredAt !== null) folding.heldSince ??= at;
      break;
    case 'resumed':
      folding.heldBy.delete(event.by);
      if (folding.heldBy.size === 0) endHold(folding, at);
      break;
    case 'quality':
      folding.quality = event.quality;
      break;
    case 'transferAsked':
      folding.transfer = { kind: event.kind, target: event.target, state: 'asked', sipCode: null };
      break;
    case 'transferDone':
      if (folding.transfer) folding.transfer = { ...folding.transfer, state: 'done' };
      break;
    case 'transferFailed':
      if (folding.transfer)
        folding.transfer = { ...folding.transfer, state: 'failed', sipCode: event.sipCode };
      break;
    case 'ended':
      endHold(folding, at);
      folding.ended = event;
      folding.endedAt = at;
      break;
    default:
      break;
  }
}

function endHold(folding: Folding, at: number): void {
  if (folding.heldSince !== null) folding.holdMs += at - folding.heldSince;
  folding.heldSince = null;
}

/** Who is called about somebody else's call is a colleague, unless the window says otherwise. */
function legKindOf(first: Beginning): LegKind {
  if (first.type === 'invited' || first.legOfCallId === null) return 'customer';
  return first.legKind ?? 'consultation';
}

function recordOf(folding: Folding): FoldedCall {
  const { first, answeredAt, endedAt, ended } = folding;
  const until = endedAt ?? folding.now;
  const holdMs = folding.holdMs + (folding.heldSince === null ? 0 : until - folding.heldSince);
  return {
    callId: first.callId,
    accountId: first.accountId,
    origin: first.origin,
    direction: first.type === 'invited' ? 'inbound' : 'outbound',
    remote: first.remote,
    calledNumber: first.type === 'invited' ? first.calledNumber : null,
    divertedFrom: first.type === 'invited' ? first.divertedFrom : null,
    dialledCustomerId: first.type === 'placed' ? first.customerId : null,
    returnsCallId: first.type === 'placed' ? first.returnsCallId : null,
    queue: first.type === 'invited' ? first.queue : null,
    legOfCallId: first.type === 'placed' ? first.legOfCallId : first.replacesCallId,
    legKind: legKindOf(first),
    transfer: folding.transfer,
    startedAt: first.at,
    answeredAt,
    endedAt,
    ringMs: folding.ringingAt === null ? 0 : (answeredAt ?? until) - folding.ringingAt,
    talkMs: answeredAt === null ? 0 : until - answeredAt - holdMs,
    holdMs,
    cause: ended?.cause ?? null,
    sipCode: ended?.sipCode ?? null,
    endedBy: ended?.by ?? null,
    quality: folding.quality,
    lastSeq: folding.lastSeq,
    lastEventAt: folding.lastEventAt,
  };
}
