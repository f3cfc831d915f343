// What every part of the call reducer does to a step in the making: events, phases and their timers,
// and the ways in which a call ends.
import type { CallEvent } from '../../preload/contract/calls.ts';
import type { CallParty, EndCause } from '../../preload/contract/vocabulary.ts';
import type { CallEffect, CallEnd, CallMoment, CallState } from './call-state.ts';
import { CALL_TIMERS } from './call-state.ts';
import type { CallPhase } from './phone.ts';

/** How long each phase may last, ms. Calling and awaitAck outlast timers B and H of RFC 3261 (32 s). */
export const PHASE_LIMITS = {
  preparing: 10_000,
  calling: 34_000,
  proceeding: 180_000,
  ringing: 180_000,
  early: 180_000,
  connecting: 10_000,
  offered: 5_000,
  alerting: 180_000,
  answering: 15_000,
  awaitAck: 34_000,
  canceling: 3_000,
  terminating: 2_000,
} as const satisfies Partial<Record<CallPhase, number>>;

/** A step in the making: `state` is a copy that may be changed. */
export interface Draft {
  state: CallState;
  effects: CallEffect[];
  readonly moment: CallMoment;
}

type EventBody<E = CallEvent> = E extends CallEvent ? Omit<E, 'callId' | 'seq' | 'at'> : never;

/** Whether the call has been answered and is not being ended. */
export function isUp(state: CallState): boolean {
  return state.phase === 'confirmed' || state.phase === 'awaitAck';
}

/** Whether the other side may hear the agent. */
export function microphoneOpen(state: CallState): boolean {
  const { negotiation } = state;
  const holding =
    (negotiation.kind === 'localPending' || negotiation.kind === 'glareBackoff') &&
    negotiation.intent === 'hold';
  return (
    !state.muted && !state.localHold && !holding && !state.intents.includes('hold') && isUp(state)
  );
}

/** Numbers an event and hands it out. */
export function emit(draft: Draft, body: EventBody): void {
  const { state } = draft;
  draft.effects.push({
    type: 'emit',
    event: { callId: state.callId, seq: state.seq, at: draft.moment.at, ...body },
  });
  state.seq += 1;
}

/** Enters a phase; the timer of the one before it ends. */
export function enter(draft: Draft, phase: CallPhase): void {
  draft.state.phase = phase;
  const ms = (PHASE_LIMITS as Partial<Record<CallPhase, number>>)[phase];
  draft.effects.push(
    ms === undefined
      ? { type: 'stopTimer', timer: 'phase' }
      : { type: 'startTimer', timer: 'phase', ms },
  );
}

/** Ends the call for good. */
export function terminate(draft: Draft, end: CallEnd): void {
  const { state, effects } = draft;
  if (state.quality && state.answeredAt !== null) {
    emit(draft, { type: 'quality', quality: state.quality.total });
  }
  if (state.conferenceId !== null) {
    emit(draft, { type: 'conferenceLeft', conferenceId: state.conferenceId });
    state.conferenceId = null;
  }
  if (state.recording && state.recording.state !== 'closing') {
    emit(draft, { type: 'recordingStopped', recordingId: state.recording.id });
    state.recording = { ...state.recording, state: 'closing' };
  }
  state.end = end;
  state.endedAt = draft.moment.at;
  state.phase = 'terminated';
  state.negotiation = { kind: 'stable' };
  state.intents = [];
  state.referRequest = null;
  for (const timer of CALL_TIMERS) effects.push({ type: 'stopTimer', timer });
  emit(draft, { type: 'ended', ...end });
  effects.push({ type: 'release' });
}

/** Ends a call that we must tell the other side about, and stays until that is done or 2–3 s passed. */
export function beginEnd(draft: Draft, phase: 'canceling' | 'terminating', end: CallEnd): void {
  draft.state.end = end;
  draft.state.negotiation = { kind: 'stable' };
  draft.state.intents = [];
  draft.state.referRequest = null;
  draft.effects.push(
    { type: 'stopTimer', timer: 'negotiation' },
    { type: 'stopTimer', timer: 'media' },
    { type: 'stopTimer', timer: 'link' },
    { type: 'stopTimer', timer: 'transfer' },
    { type: 'stopTimer', timer: 'refer' },
    { type: phase === 'canceling' ? 'sendCancel' : 'sendBye' },
  );
  enter(draft, phase);
}

/** An end in the making; `sipCode` where a response caused it. */
export function ending(cause: EndCause, by: CallParty, sipCode: number | null = null): CallEnd {
  return { cause, sipCode, by };
}

/** Ends the call from this side, in the way that its phase asks for. */
export function leave(draft: Draft, end: CallEnd, rejectCode: number): void {
  switch (draft.state.phase) {
    case 'preparing':
      // Nothing has been sent: the leg only drops what it was making.
      draft.effects.push({ type: 'sendCancel' });
      return terminate(draft, end);
    case 'calling':
    case 'proceeding':
    case 'ringing':
    case 'early':
      return beginEnd(draft, 'canceling', end);
    case 'offered':
    case 'alerting':
    case 'answering':
      draft.effects.push({ type: 'sendReject', sipCode: rejectCode });
      return terminate(draft, end);
    case 'connecting':
    case 'awaitAck':
    case 'confirmed':
      return beginEnd(draft, 'terminating', end);
    case 'canceling':
    case 'terminating':
    case 'terminated':
      return;
  }
}

/** The phase lasted longer than it may. */
export function phaseTimeOut(draft: Draft): void {
  const { state } = draft;
  switch (state.phase) {
    case 'preparing':
    case 'connecting':
      return leave(draft, ending('failed', 'system'), 480);
    case 'calling':
      return leave(draft, ending('timeout', 'network', 408), 480);
    case 'proceeding':
    case 'ringing':
    case 'early':
      return leave(draft, ending('noAnswer', 'customer', 408), 480);
    case 'offered':
    case 'answering':
      return leave(draft, ending('failed', 'system'), 480);
    case 'alerting':
      return leave(draft, ending('missed', 'system', 480), 480);
    case 'awaitAck':
      return leave(draft, ending('timeout', 'network', 408), 480);
    case 'canceling':
    case 'terminating':
      return terminate(draft, state.end ?? ending('failed', 'system'));
    case 'confirmed':
    case 'terminated':
      return;
  }
}
