// The desk's calls as one pure reducer over the reducers of its calls: at most one of them may be open
// between the agent and a customer. Answering or resuming one holds the other first.
import type { CallEffect, CallInput, CallMoment, CallState, CallStep } from './call-state.ts';
import { isUp } from './call-draft.ts';
import { nextCallState } from './call.ts';

export interface DeskCalls {
  /** In the order in which they began. */
  calls: readonly CallState[];
  /** A call that waits to be answered or resumed until the others are held. */
  wish: { callId: string; kind: 'answer' | 'resume' } | null;
}

export type DeskEffect =
  | { callId: string; effect: CallEffect }
  /** How long the wish may wait; null stops that timer. */
  | { wishTimer: number | null }
  /** The others could not be held in time. */
  | { wishGivenUp: string };

export interface DeskStep {
  desk: DeskCalls;
  effects: readonly DeskEffect[];
}

export const NO_CALLS: DeskCalls = { calls: [], wish: null };

/** Longer than a hold needs, shorter than a caller's patience, ms. */
const WISH_LIMIT = 6_000;

/** Whether this call has, or will have without the agent's doing, the agent's ear. */
export function occupiesAgent(call: CallState): boolean {
  if (call.phase === 'terminated' || call.phase === 'canceling' || call.phase === 'terminating') {
    return false;
  }
  if (call.phase === 'offered' || call.phase === 'alerting') return false;
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

/** A call may be placed, or offered to the agent, beside calls that are over or on hold. */
export function isFree(desk: DeskCalls): boolean {
  return desk.calls.every((call) => isOver(call) || (isUp(call) && !occupiesAgent(call)));
}

/** Adds a call that has just begun; those that are over go. */
export function addCall(desk: DeskCalls, step: CallStep): DeskStep {
  const calls = [...desk.calls.filter((call) => !isOver(call)), step.state];
  return {
    desk: { ...desk, calls },
    effects: step.effects.map((effect) => ({ callId: step.state.callId, effect })),
  };
}

/** What an input to one call does to the desk. */
export function nextDeskState(
  desk: DeskCalls,
  callId: string,
  input: CallInput,
  moment: CallMoment,
): DeskStep {
  const draft = { desk, effects: [] as DeskEffect[], moment };
  if (input.type === 'answer' || input.type === 'resume') wish(draft, callId, input.type);
  else {
    step(draft, callId, input);
    fulfil(draft);
  }
  return draft;
}

/** The wish's time is over. */
export function giveUpWish(desk: DeskCalls): DeskStep {
  if (!desk.wish) return { desk, effects: [] };
  return { desk: { ...desk, wish: null }, effects: [{ wishGivenUp: desk.wish.callId }] };
}

type Draft = { desk: DeskCalls; effects: DeskEffect[]; moment: CallMoment };

function step(draft: Draft, callId: string, input: CallInput): void {
  const calls = draft.desk.calls.map((call) => {
    if (call.callId !== callId) return call;
    const next = nextCallState(call, input, draft.moment);
    for (const effect of next.effects) draft.effects.push({ callId, effect });
    return next.state;
  });
  draft.desk = { ...draft.desk, calls };
}

function wish(draft: Draft, callId: string, kind: 'answer' | 'resume'): void {
  const wanted = draft.desk.calls.find((call) => call.callId === callId);
  if (!wanted || !mayBeGranted(wanted, kind)) return;
  const others = draft.desk.calls.filter((call) => call.callId !== callId && occupiesAgent(call));
  if (others.length === 0) {
    dropWish(draft);
    return step(draft, callId, { type: kind });
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

function mayBeGranted(call: CallState, kind: 'answer' | 'resume'): boolean {
  if (kind === 'answer') return call.phase === 'alerting' || call.phase === 'offered';
  return isUp(call);
}

function dropWish(draft: Draft): void {
  if (!draft.desk.wish) return;
  draft.desk = { ...draft.desk, wish: null };
  draft.effects.push({ wishTimer: null });
}

/** Grants the wish once nothing else has the agent's ear, and drops it once it can never be. */
function fulfil(draft: Draft): void {
  const { wish: waiting } = draft.desk;
  if (!waiting) return;
  const wanted = draft.desk.calls.find((call) => call.callId === waiting.callId);
  if (!wanted || !mayBeGranted(wanted, waiting.kind)) return dropWish(draft);
  const others = draft.desk.calls.filter(
    (call) => call.callId !== waiting.callId && occupiesAgent(call),
  );
  if (others.length === 0) {
    dropWish(draft);
    return step(draft, waiting.callId, { type: waiting.kind });
  }
  if (others.some((call) => call.holdRefused || !isUp(call))) {
    dropWish(draft);
    draft.effects.push({ wishGivenUp: waiting.callId });
  }
}
