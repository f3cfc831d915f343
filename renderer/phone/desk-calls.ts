// The desk's calls as one pure reducer over the reducers of its calls. At most one party, a call or the
// conference, may be open between the agent and customers: answering, resuming or dialling one holds
// the others first.
import type { CallEffect, CallInput, CallMoment, CallState, CallStep } from './call-state.ts';
import { isUp } from './call-draft.ts';
import { isReferring } from './call-transfer.ts';
import { nextCallState } from './call.ts';

export interface DeskCalls {
  /** In the order in which they began. */
  calls: readonly CallState[];
  /** A call that waits to be answered, resumed or dialled until the others are held. */
  wish: { callId: string; kind: 'answer' | 'resume' | 'dial' } | null;
}

export type DeskEffect =
  | { callId: string; effect: CallEffect }
  /** How long the wish may wait; null stops that timer. */
  | { wishTimer: number | null }
  /** The others are held: this call may be dialled now. */
  | { dialGranted: string }
  /** The others could not be held in time. */
  | { wishGivenUp: string };

export interface DeskStep {
  desk: DeskCalls;
  effects: readonly DeskEffect[];
}

/** A step of the desk in the making. */
export type DeskDraft = { desk: DeskCalls; effects: DeskEffect[]; moment: CallMoment };

export const NO_CALLS: DeskCalls = { calls: [], wish: null };

export const LINES = 6;

/** Longer than a hold needs, shorter than a caller's patience, ms. */
const WISH_LIMIT = 6_000;

/** Whether this call has, or will have without the agent's doing, the agent's ear. */
export function occupiesAgent(call: CallState): boolean {
  if (isEnding(call) || call.phase === 'offered' || call.phase === 'alerting') return false;
  if (!isUp(call)) return true;
  const resuming =
    call.intents.includes('resume') ||
    (call.negotiation.kind !== 'stable' &&
      call.negotiation.kind !== 'remotePending' &&
      call.negotiation.intent === 'resume');
  return !call.localHold || resuming;
}

export function isOver(call: CallState): boolean {
  return call.phase === 'terminated';
}

/** Whether the call is over for the agent, though the other side may not know yet. */
export function isEnding(call: CallState): boolean {
  return isOver(call) || call.phase === 'canceling' || call.phase === 'terminating';
}

/** Whether nothing has the agent's ear. */
export function isFree(desk: DeskCalls): boolean {
  return !desk.calls.some(occupiesAgent);
}

/** The lowest line key that no living call has, or null. */
export function freeLine(desk: DeskCalls): number | null {
  const taken = new Set(desk.calls.filter((call) => !isOver(call)).map((call) => call.lineNumber));
  for (let line = 1; line <= LINES; line += 1) if (!taken.has(line)) return line;
  return null;
}

/** Adds a call that has just begun; those that are over go. */
export function addCall(desk: DeskCalls, step: CallStep): DeskStep {
  const living = desk.calls.filter((call) => !isOver(call));
  const state = { ...step.state, lineNumber: freeLine(desk) ?? LINES };
  return {
    desk: { ...desk, calls: [...living, state] },
    effects: step.effects.map((effect) => ({ callId: state.callId, effect })),
  };
}

/** What an input to one call does to the desk. */
export function nextDeskState(
  desk: DeskCalls,
  callId: string,
  input: CallInput,
  moment: CallMoment,
): DeskStep {
  const draft: DeskDraft = { desk, effects: [], moment };
  switch (input.type) {
    case 'answer':
    case 'resume':
      wish(draft, callId, input.type);
      break;
    case 'hold':
    case 'mute':
    case 'unmute':
      for (const member of partyOf(desk, callId)) step(draft, member, input);
      fulfil(draft);
      break;
    default:
      step(draft, callId, input);
      fulfil(draft);
  }
  return draft;
}

/** Asks for the agent's ear for a call that is about to be dialled. */
export function wantDial(desk: DeskCalls, callId: string, moment: CallMoment): DeskStep {
  const draft: DeskDraft = { desk, effects: [], moment };
  wish(draft, callId, 'dial');
  return draft;
}

/** The wish's time is over. */
export function giveUpWish(desk: DeskCalls): DeskStep {
  if (!desk.wish) return { desk, effects: [] };
  return { desk: { ...desk, wish: null }, effects: [{ wishGivenUp: desk.wish.callId }] };
}

/** The calls that are open or held together with this one. */
export function partyOf(desk: DeskCalls, callId: string): string[] {
  const conferenceId = desk.calls.find((call) => call.callId === callId)?.conferenceId ?? null;
  if (conferenceId === null) return [callId];
  return desk.calls
    .filter((call) => call.conferenceId === conferenceId && isUp(call))
    .map((call) => call.callId);
}

/** One input to one call, with what follows from it for the others. */
export function step(draft: DeskDraft, callId: string, input: CallInput): void {
  const before = draft.desk.calls.find((call) => call.callId === callId);
  if (!before) return;
  // Whoever is taken over is gone before the other one is heard.
  if (input.type === 'okSent' && before.replacesCallId !== null && before.phase === 'answering') {
    step(draft, before.replacesCallId, { type: 'takenOver' });
  }
  const next = nextCallState(before, input, draft.moment);
  draft.desk = {
    ...draft.desk,
    calls: draft.desk.calls.map((call) => (call.callId === callId ? next.state : call)),
  };
  for (const effect of next.effects) {
    if (effect.type !== 'retrieve') draft.effects.push({ callId, effect });
  }
  if (next.effects.some(({ type }) => type === 'retrieve')) retrieve(draft, callId);
  tellConsultation(draft, next.state, before);
  tellReferrer(draft, next.state, before);
  endLonelyConference(draft, next.state, before);
}

/** The consulted target went: its customer is told, and goes back to the agent unless on the way. */
function tellConsultation(draft: DeskDraft, after: CallState, before: CallState): void {
  if (isEnding(after) && !isEnding(before) && after.consultationFor !== null) {
    const unreachable = after.answeredAt === null && after.end?.by !== 'agent';
    const sipCode = unreachable ? (after.end?.sipCode ?? 480) : null;
    step(draft, after.consultationFor, { type: 'consultationOver', sipCode });
  }
  // The customer has the target's ear now; we are not needed.
  if (after.transfer.state === 'done' && before.transfer.state !== 'done') {
    const { withCallId } = after.transfer;
    if (withCallId !== null) step(draft, withCallId, { type: 'hangUp' });
  }
}

/** Who had us dial this call hears how it goes (RFC 3515 section 2.4.5). */
function tellReferrer(draft: DeskDraft, after: CallState, before: CallState): void {
  const referrer = after.referredByCallId;
  if (referrer === null || after.phase === before.phase) return;
  if (isEnding(after) && !isEnding(before) && after.answeredAt === null) {
    step(draft, referrer, { type: 'referredCall', sipCode: after.end?.sipCode ?? 487 });
    retrieve(draft, referrer);
  } else if (after.phase === 'ringing' || after.phase === 'early') {
    step(draft, referrer, { type: 'referredCall', sipCode: 180 });
  } else if (after.phase === 'confirmed') {
    step(draft, referrer, { type: 'referredCall', sipCode: 200 });
  }
}

/** A conference needs two beside the agent; the last one goes on as an ordinary call. */
function endLonelyConference(draft: DeskDraft, after: CallState, before: CallState): void {
  if (before.conferenceId === null || (after.conferenceId !== null && isUp(after))) return;
  const left = draft.desk.calls.filter(
    (call) => call.conferenceId === before.conferenceId && isUp(call),
  );
  if (left.length !== 1 || !left[0]) return;
  step(draft, left[0].callId, { type: 'leaveConference' });
}

/** Gives a customer back to the agent, unless the agent is with somebody who is not part of this. */
function retrieve(draft: DeskDraft, callId: string): void {
  if (draft.desk.wish && draft.desk.wish.callId !== callId) return;
  const { transfer } = draft.desk.calls.find((call) => call.callId === callId) ?? {};
  const others = draft.desk.calls.some(
    (call) => call.callId !== callId && call.callId !== transfer?.withCallId && occupiesAgent(call),
  );
  if (!others) wish(draft, callId, 'resume');
}

/** Wants the agent's ear for this call; what has it is held first. */
export function wish(draft: DeskDraft, callId: string, kind: 'answer' | 'resume' | 'dial'): void {
  if (!mayBeGranted(draft.desk, callId, kind)) return;
  const others = inTheWay(draft.desk, callId);
  if (others.length === 0) {
    dropWish(draft);
    return grant(draft, callId, kind);
  }
  // A call that is being set up can neither be held nor be taken back.
  if (others.some((call) => !isUp(call))) {
    draft.effects.push({ wishGivenUp: callId });
    return;
  }
  dropWish(draft);
  draft.desk = { ...draft.desk, wish: { callId, kind } };
  draft.effects.push({ wishTimer: WISH_LIMIT });
  for (const other of others) step(draft, other.callId, { type: 'hold' });
  fulfil(draft);
}

/** Who has the agent's ear and is neither this call nor with it in a conference nor taken over by it. */
function inTheWay(desk: DeskCalls, callId: string): CallState[] {
  const wanted = desk.calls.find((call) => call.callId === callId);
  return desk.calls.filter(
    (call) =>
      call.callId !== callId &&
      call.callId !== wanted?.replacesCallId &&
      (wanted === undefined ||
        wanted.conferenceId === null ||
        call.conferenceId !== wanted.conferenceId) &&
      occupiesAgent(call),
  );
}

function mayBeGranted(
  desk: DeskCalls,
  callId: string,
  kind: 'answer' | 'resume' | 'dial',
): boolean {
  const wanted = desk.calls.find((call) => call.callId === callId);
  if (kind === 'dial') return wanted === undefined;
  if (!wanted) return false;
  if (kind === 'answer') return wanted.phase === 'alerting' || wanted.phase === 'offered';
  return isUp(wanted) && !isReferring(wanted.transfer);
}

function grant(draft: DeskDraft, callId: string, kind: 'answer' | 'resume' | 'dial'): void {
  if (kind === 'dial') draft.effects.push({ dialGranted: callId });
  else if (kind === 'answer') step(draft, callId, { type: 'answer' });
  else for (const member of partyOf(draft.desk, callId)) step(draft, member, { type: 'resume' });
}

function dropWish(draft: DeskDraft): void {
  const { wish: dropped } = draft.desk;
  if (!dropped) return;
  draft.desk = { ...draft.desk, wish: null };
  draft.effects.push({ wishTimer: null });
  if (dropped.kind === 'dial') draft.effects.push({ wishGivenUp: dropped.callId });
}

/** Grants the wish once nothing else has the agent's ear, and drops it once it can never be. */
export function fulfil(draft: DeskDraft): void {
  const { wish: waiting } = draft.desk;
  if (!waiting) return;
  if (!mayBeGranted(draft.desk, waiting.callId, waiting.kind)) return dropWish(draft);
  const others = inTheWay(draft.desk, waiting.callId);
  if (others.length === 0) {
    draft.desk = { ...draft.desk, wish: null };
    draft.effects.push({ wishTimer: null });
    return grant(draft, waiting.callId, waiting.kind);
  }
  if (others.some((call) => call.holdRefused || !isUp(call))) {
    draft.desk = { ...draft.desk, wish: null };
    draft.effects.push({ wishTimer: null }, { wishGivenUp: waiting.callId });
  }
}
