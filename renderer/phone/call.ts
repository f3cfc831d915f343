// The call as a pure reducer: (state, input, moment) → { state, effects }. SIP and media are only
// sources of inputs and runners of effects.
//
//   outbound  preparing → calling → proceeding → ringing | early → connecting ─┐
//   inbound   offered → alerting → answering → awaitAck ───────────────────────┤
//                                                                              ▼
//                                                                          confirmed
//   end       any ──hang up──▶ canceling (before the 2xx) | terminating (after it) ──▶ terminated
//
//   within a confirmed call, one negotiation at a time:
//             stable → localPending → stable          (hold, resume, ICE restart)
//                      localPending ─491→ glareBackoff → localPending
//             stable → remotePending → stable
//
// Every phase but `confirmed` and `terminated` has a timer, so that none lasts for ever.
import type { CallEvent } from '../../preload/contract/calls.ts';
import type { CallParty, EndCause } from '../../preload/contract/vocabulary.ts';
import type {
  CallEffect,
  CallEnd,
  CallInput,
  CallIntent,
  CallMoment,
  CallState,
  CallStep,
  CallTimer,
  NewCall,
} from './call-state.ts';
import { CALL_TIMERS } from './call-state.ts';
import { partyOfSipCode, endCauseOfSipCode } from './end-cause.ts';
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

const NEGOTIATION_LIMIT = 35_000;
const GLARE_ATTEMPTS = 5;
/** A call that is not yet up survives this long without the signalling connection. */
const LINK_GRACE = 8_000;
/** A call in progress is kept this long without signalling, then as long as its audio lasts. */
const LINK_LIMIT = 120_000;
const MEDIA_GRACE = 4_000;
const MEDIA_LIMIT = 20_000;
/** An interim quality is stored this often, so that a crash does not take all of it. */
const QUALITY_EVERY = 60_000;

type Draft = { state: CallState; effects: CallEffect[]; moment: CallMoment };
type EventBody<E = CallEvent> = E extends CallEvent ? Omit<E, 'callId' | 'seq' | 'at'> : never;

/** An outbound call at the moment the agent dials it. */
export function placeCall(
  call: NewCall & { customerId: string | null; returnsCallId: string | null },
  moment: CallMoment,
): CallStep {
  const draft = begin(call, 'outbound', 'preparing', moment);
  emit(draft, {
    type: 'placed',
    remote: call.remote,
    accountId: call.accountId,
    origin: call.origin,
    customerId: call.customerId,
    returnsCallId: call.returnsCallId,
  });
  draft.effects.push({ type: 'sendInvite' });
  return draft;
}

/** An inbound call at the moment its INVITE arrives. */
export function offerCall(
  call: NewCall & { calledNumber: string | null; divertedFrom: string | null },
  moment: CallMoment,
): CallStep {
  const draft = begin(call, 'inbound', 'offered', moment);
  emit(draft, {
    type: 'invited',
    remote: call.remote,
    accountId: call.accountId,
    origin: call.origin,
    calledNumber: call.calledNumber,
    divertedFrom: call.divertedFrom,
  });
  draft.effects.push({ type: 'sendProgress' });
  return draft;
}

/** Where a call goes next. An input that means nothing in the present phase changes nothing. */
export function nextCallState(state: CallState, input: CallInput, moment: CallMoment): CallStep {
  const draft: Draft = { state: { ...state }, effects: [], moment };
  if (state.phase === 'terminated') {
    // The CANCEL crossed a 2xx that came after we had stopped waiting: that session must be ended too.
    if (input.type === 'accepted') draft.effects.push({ type: 'sendBye' });
    return draft;
  }
  apply(draft, input);
  const open = microphoneOpen(draft.state);
  if (open !== microphoneOpen(state)) draft.effects.push({ type: 'microphone', open });
  return draft;
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

/** Whether the call has been answered and is not being ended. */
export function isUp(state: CallState): boolean {
  return state.phase === 'confirmed' || state.phase === 'awaitAck';
}

function begin(
  call: NewCall,
  direction: 'inbound' | 'outbound',
  phase: CallPhase,
  moment: CallMoment,
): Draft {
  const draft: Draft = {
    moment,
    effects: [],
    state: {
      callId: call.callId,
      direction,
      origin: call.origin,
      remote: call.remote,
      phase,
      startedAt: moment.at,
      answeredAt: null,
      endedAt: null,
      end: null,
      negotiation: { kind: 'stable' },
      intents: [],
      localHold: false,
      remoteHold: false,
      holdRefused: false,
      muted: false,
      media: 'new',
      linked: true,
      quality: null,
      oneWay: null,
      digits: '',
      seq: 0,
    },
  };
  enter(draft, phase);
  return draft;
}

function emit(draft: Draft, body: EventBody): void {
  const { state } = draft;
  draft.effects.push({
    type: 'emit',
    event: { callId: state.callId, seq: state.seq, at: draft.moment.at, ...body } as CallEvent,
  });
  state.seq += 1;
}

function enter(draft: Draft, phase: CallPhase): void {
  draft.state.phase = phase;
  const ms = (PHASE_LIMITS as Partial<Record<CallPhase, number>>)[phase];
  draft.effects.push(
    ms === undefined
      ? { type: 'stopTimer', timer: 'phase' }
      : { type: 'startTimer', timer: 'phase', ms },
  );
}

function terminate(draft: Draft, end: CallEnd): void {
  const { state, effects } = draft;
  if (state.quality && state.answeredAt !== null) {
    emit(draft, { type: 'quality', quality: state.quality.total });
  }
  state.end = end;
  state.endedAt = draft.moment.at;
  state.phase = 'terminated';
  state.negotiation = { kind: 'stable' };
  state.intents = [];
  for (const timer of CALL_TIMERS) effects.push({ type: 'stopTimer', timer });
  emit(draft, { type: 'ended', ...end });
  effects.push({ type: 'release' });
}

/** Ends a call that we must tell the other side about, and stays until that is done or 2–3 s passed. */
function beginEnd(draft: Draft, phase: 'canceling' | 'terminating', end: CallEnd): void {
  draft.state.end = end;
  draft.state.negotiation = { kind: 'stable' };
  draft.state.intents = [];
  draft.effects.push(
    { type: 'stopTimer', timer: 'negotiation' },
    { type: 'stopTimer', timer: 'media' },
    { type: 'stopTimer', timer: 'link' },
    { type: phase === 'canceling' ? 'sendCancel' : 'sendBye' },
  );
  enter(draft, phase);
}

function ending(cause: EndCause, by: CallParty, sipCode: number | null = null): CallEnd {
  return { cause, sipCode, by };
}

/** Ends the call from this side, in the way that its phase asks for. */
function leave(draft: Draft, end: CallEnd, rejectCode: number): void {
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

function apply(draft: Draft, input: CallInput): void {
  const { state, effects } = draft;
  switch (input.type) {
    case 'answer':
      if (state.phase !== 'alerting' && state.phase !== 'offered') return;
      enter(draft, 'answering');
      effects.push({ type: 'sendOk' });
      return;
    case 'decline':
      if (state.direction === 'inbound' && !isUp(state))
        leave(draft, ending('declined', 'agent'), 603);
      return;
    case 'hangUp':
      return hangUp(draft);
    case 'hold':
    case 'resume':
      return wantHold(draft, input.type);
    case 'mute':
    case 'unmute':
      return setMuted(draft, input.type === 'mute');
    case 'dtmf':
      if (!isUp(state) || !/^[0-9*#A-D]$/.test(input.digit)) return;
      state.digits += input.digit;
      effects.push({ type: 'sendDtmf', digit: input.digit });
      emit(draft, { type: 'dtmf', count: 1 });
      return;
    case 'inviteSent':
      if (state.phase === 'preparing') enter(draft, 'calling');
      return;
    case 'provisional':
      return provisional(draft, input.sipCode, input.withMedia);
    case 'accepted':
      return accepted(draft);
    case 'ackSent':
      if (state.phase !== 'connecting') return;
      answered(draft);
      return confirmed(draft);
    case 'rejected':
      return rejected(draft, input.sipCode);
    case 'progressSent':
      if (state.phase !== 'offered') return;
      enter(draft, 'alerting');
      emit(draft, { type: 'ringing' });
      return;
    case 'okSent':
      if (state.phase !== 'answering') return;
      enter(draft, 'awaitAck');
      answered(draft);
      return;
    case 'ackReceived':
      if (state.phase === 'awaitAck') confirmed(draft);
      return;
    case 'cancelReceived':
      if (!['offered', 'alerting', 'answering'].includes(state.phase)) return;
      return terminate(
        draft,
        input.answeredElsewhere
          ? ending('answeredElsewhere', 'network', 487)
          : ending('missed', 'customer', 487),
      );
    case 'byeReceived':
      if (state.phase === 'canceling' || state.phase === 'terminating')
        return terminate(draft, state.end ?? ending('completed', 'customer'));
      return terminate(draft, ending('completed', 'customer'));
    case 'sessionGone':
      if (state.end) return terminate(draft, state.end);
      return terminate(draft, ending(input.cause, 'network', input.sipCode));
    case 'reinviteAccepted':
      return reinviteAccepted(draft);
    case 'reinviteRejected':
      return reinviteRejected(draft, input.sipCode);
    case 'peerOffers':
      return peerOffers(draft);
    case 'peerOfferDone':
      if (state.negotiation.kind !== 'remotePending') return;
      state.negotiation = { kind: 'stable' };
      effects.push({ type: 'stopTimer', timer: 'negotiation' });
      return negotiateNext(draft);
    case 'remoteHold':
      if (state.remoteHold === input.held || !isUp(state)) return;
      state.remoteHold = input.held;
      emit(draft, { type: input.held ? 'held' : 'resumed', by: 'customer' });
      return;
    case 'media':
      return mediaChanged(draft, input.media);
    case 'quality':
      return qualityMeasured(draft, input);
    case 'linkDown':
      return linkDown(draft);
    case 'linkUp':
      return linkUp(draft);
    case 'timer':
      return timeOut(draft, input.timer);
  }
}

function hangUp(draft: Draft): void {
  const { state } = draft;
  if (isUp(state) || state.phase === 'connecting') leave(draft, ending('completed', 'agent'), 480);
  else if (state.direction === 'inbound') leave(draft, ending('declined', 'agent'), 603);
  else leave(draft, ending('cancelled', 'agent'), 480);
}

function provisional(draft: Draft, sipCode: number, withMedia: boolean): void {
  const { state } = draft;
  if (!['preparing', 'calling', 'proceeding', 'ringing', 'early'].includes(state.phase)) return;
  signOfLife(draft);
  const target: CallPhase =
    withMedia || sipCode === 183
      ? 'early'
      : sipCode === 180 || state.phase === 'ringing'
        ? 'ringing'
        : 'proceeding';
  if (target === state.phase || (target === 'proceeding' && state.phase === 'early')) return;
  const first = state.phase !== 'ringing' && state.phase !== 'early';
  enter(draft, target);
  if (first && target !== 'proceeding') emit(draft, { type: 'ringing' });
}

function accepted(draft: Draft): void {
  const { state, effects } = draft;
  if (state.phase === 'canceling') {
    // A 2xx overtook our CANCEL (RFC 3261 section 9.1): acknowledge it and say BYE.
    effects.push({ type: 'sendBye' });
    enter(draft, 'terminating');
  } else if (['preparing', 'calling', 'proceeding', 'ringing', 'early'].includes(state.phase)) {
    signOfLife(draft);
    enter(draft, 'connecting');
  }
}

/** The other side was heard: the wait for it after a lost connection begins anew, or is over. */
function signOfLife(draft: Draft): void {
  draft.effects.push(
    draft.state.linked
      ? { type: 'stopTimer', timer: 'link' }
      : { type: 'startTimer', timer: 'link', ms: LINK_GRACE },
  );
}

function rejected(draft: Draft, sipCode: number): void {
  const { state } = draft;
  if (state.phase === 'canceling')
    return terminate(draft, { ...(state.end ?? ending('cancelled', 'agent')), sipCode });
  if (!['preparing', 'calling', 'proceeding', 'ringing', 'early'].includes(state.phase)) return;
  const hasRung = state.phase === 'ringing' || state.phase === 'early';
  terminate(draft, ending(endCauseOfSipCode(sipCode, hasRung), partyOfSipCode(sipCode), sipCode));
}

function answered(draft: Draft): void {
  draft.state.answeredAt = draft.moment.at;
  emit(draft, { type: 'answered' });
}

function confirmed(draft: Draft): void {
  const { state, effects } = draft;
  enter(draft, 'confirmed');
  if (state.media !== 'connected')
    effects.push({ type: 'startTimer', timer: 'media', ms: MEDIA_LIMIT });
  if (!state.linked) effects.push({ type: 'startTimer', timer: 'link', ms: LINK_LIMIT });
  negotiateNext(draft);
}

function setMuted(draft: Draft, muted: boolean): void {
  const { state } = draft;
  if (state.muted === muted || !isUp(state)) return;
  state.muted = muted;
  emit(draft, { type: muted ? 'muted' : 'unmuted' });
}

function wantHold(draft: Draft, intent: 'hold' | 'resume'): void {
  const { state } = draft;
  if (!isUp(state)) return;
  state.holdRefused = false;
  state.intents = [...state.intents.filter((waiting) => waiting === 'iceRestart'), intent];
  negotiateNext(draft);
}

function wantIceRestart(draft: Draft): void {
  const { state } = draft;
  if (!state.intents.includes('iceRestart')) state.intents = ['iceRestart', ...state.intents];
  negotiateNext(draft);
}

/** Starts what waits, if the call is free for it. */
function negotiateNext(draft: Draft): void {
  const { state } = draft;
  if (state.phase !== 'confirmed' || state.negotiation.kind !== 'stable' || !state.linked) return;
  const [intent, ...rest] = state.intents;
  if (!intent) return;
  state.intents = rest;
  const pointless =
    (intent === 'hold' && state.localHold) || (intent === 'resume' && !state.localHold);
  if (pointless) return negotiateNext(draft);
  sendReinvite(draft, intent, 1);
}

function sendReinvite(draft: Draft, intent: CallIntent, attempt: number): void {
  const { state, effects } = draft;
  state.negotiation = { kind: 'localPending', intent, attempt };
  effects.push(
    { type: 'startTimer', timer: 'negotiation', ms: NEGOTIATION_LIMIT },
    {
      type: 'reinvite',
      hold: intent === 'hold' || (intent === 'iceRestart' && state.localHold),
      iceRestart: intent === 'iceRestart',
    },
  );
}

function reinviteAccepted(draft: Draft): void {
  const { state, effects } = draft;
  if (state.negotiation.kind !== 'localPending') return;
  const { intent } = state.negotiation;
  state.negotiation = { kind: 'stable' };
  effects.push({ type: 'stopTimer', timer: 'negotiation' });
  if (intent !== 'iceRestart') {
    state.localHold = intent === 'hold';
    state.holdRefused = false;
    emit(draft, { type: intent === 'hold' ? 'held' : 'resumed', by: 'agent' });
  }
  negotiateNext(draft);
}

function reinviteRejected(draft: Draft, sipCode: number): void {
  const { state, effects } = draft;
  if (state.negotiation.kind !== 'localPending') return;
  const { intent, attempt } = state.negotiation;
  if (!state.linked) {
    // Not an answer: the connection went. It is asked for again once the connection is back.
    state.negotiation = { kind: 'stable' };
    state.intents = [intent, ...state.intents];
    effects.push({ type: 'stopTimer', timer: 'negotiation' });
    return;
  }
  if (sipCode === 408 || sipCode === 481) {
    return beginEnd(draft, 'terminating', ending('networkLost', 'network', sipCode));
  }
  if (sipCode === 491 && attempt < GLARE_ATTEMPTS) {
    state.negotiation = { kind: 'glareBackoff', intent, attempt };
    effects.push({ type: 'startTimer', timer: 'negotiation', ms: glareDelay(state, draft.moment) });
    return;
  }
  state.negotiation = { kind: 'stable' };
  effects.push({ type: 'stopTimer', timer: 'negotiation' });
  if (intent !== 'iceRestart') state.holdRefused = true;
  negotiateNext(draft);
}

/** RFC 3261 section 14.1: 2.1–4 s for the one who chose the Call-ID, 0–2 s otherwise, in steps of 10 ms. */
function glareDelay(state: CallState, moment: CallMoment): number {
  return state.direction === 'outbound'
    ? 2_100 + Math.floor(moment.random * 190) * 10
    : Math.floor(moment.random * 200) * 10;
}

function peerOffers(draft: Draft): void {
  const { state, effects } = draft;
  if (!isUp(state)) return;
  if (state.negotiation.kind === 'localPending') return;
  if (state.negotiation.kind === 'glareBackoff') {
    state.intents = [state.negotiation.intent, ...state.intents];
  }
  state.negotiation = { kind: 'remotePending' };
  effects.push({ type: 'startTimer', timer: 'negotiation', ms: NEGOTIATION_LIMIT });
}

function mediaChanged(draft: Draft, media: CallState['media']): void {
  const { state, effects } = draft;
  const before = state.media;
  if (before === media) return;
  state.media = media;
  if (state.phase !== 'confirmed') return;
  if (media === 'connected') effects.push({ type: 'stopTimer', timer: 'media' });
  else if (media === 'disconnected')
    effects.push({ type: 'startTimer', timer: 'media', ms: MEDIA_GRACE });
  else if (media === 'failed') restartMedia(draft);
  else if (before === 'connected')
    effects.push({ type: 'startTimer', timer: 'media', ms: MEDIA_LIMIT });
}

function restartMedia(draft: Draft): void {
  draft.state.media = 'restarting';
  draft.effects.push({ type: 'startTimer', timer: 'media', ms: MEDIA_LIMIT });
  wantIceRestart(draft);
}

function qualityMeasured(draft: Draft, input: Extract<CallInput, { type: 'quality' }>): void {
  const { state, moment } = draft;
  if (!isUp(state)) return;
  const storedAt = state.quality?.storedAt ?? moment.at;
  const due = moment.at - storedAt >= QUALITY_EVERY;
  state.oneWay = input.oneWay;
  state.quality = { now: input.now, total: input.total, storedAt: due ? moment.at : storedAt };
  if (due) emit(draft, { type: 'quality', quality: input.total });
}

function linkDown(draft: Draft): void {
  const { state, effects } = draft;
  if (!state.linked) return;
  state.linked = false;
  if (state.phase === 'canceling' || state.phase === 'terminating') return;
  effects.push({
    type: 'startTimer',
    timer: 'link',
    ms: state.phase === 'confirmed' ? LINK_LIMIT : LINK_GRACE,
  });
}

function linkUp(draft: Draft): void {
  const { state, effects } = draft;
  if (state.linked) return;
  state.linked = true;
  if (state.phase === 'confirmed') {
    effects.push({ type: 'stopTimer', timer: 'link' });
    // It also tells the other side and the proxies where we are now.
    wantIceRestart(draft);
  } else if (state.direction === 'inbound') {
    effects.push({ type: 'stopTimer', timer: 'link' });
  }
  // An outbound call that still rings must show a sign of life over the new connection in time.
}

function timeOut(draft: Draft, timer: CallTimer): void {
  const { state, effects } = draft;
  if (timer === 'phase') return phaseTimeOut(draft);
  if (timer === 'link') {
    if (state.linked && (state.phase === 'confirmed' || state.direction === 'inbound')) return;
    if (state.phase === 'confirmed' && state.media === 'connected') {
      effects.push({ type: 'startTimer', timer: 'link', ms: LINK_LIMIT });
      return;
    }
    return leave(draft, ending('networkLost', 'network'), 480);
  }
  if (timer === 'media') {
    if (state.phase !== 'confirmed' || state.media === 'connected') return;
    if (state.media === 'disconnected') return restartMedia(draft);
    if (!state.linked) {
      effects.push({ type: 'startTimer', timer: 'media', ms: MEDIA_LIMIT });
      return;
    }
    return leave(draft, ending('mediaFailed', 'network'), 480);
  }
  switch (state.negotiation.kind) {
    case 'stable':
      return;
    case 'glareBackoff':
      return sendReinvite(draft, state.negotiation.intent, state.negotiation.attempt + 1);
    case 'remotePending':
      state.negotiation = { kind: 'stable' };
      return negotiateNext(draft);
    case 'localPending':
      return reinviteRejected(draft, 408);
  }
}

function phaseTimeOut(draft: Draft): void {
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
