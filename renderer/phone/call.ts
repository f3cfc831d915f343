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
import type {
  CallInput,
  CallMoment,
  CallState,
  CallStep,
  NewInboundCall,
  NewOutboundCall,
} from './call-state.ts';
import {
  type Draft,
  emit,
  ending,
  enter,
  isUp,
  leave,
  microphoneOpen,
  phaseTimeOut,
  terminate,
} from './call-draft.ts';
import {
  linkDown,
  linkUp,
  mediaChanged,
  peerOfferDone,
  peerOffers,
  reinviteAccepted,
  reinviteRejected,
  sessionExpired,
  sideTimeOut,
  signOfLife,
  wantHold,
  wantRefresh,
  watchConfirmed,
} from './call-negotiation.ts';
import {
  answerRefer,
  askAttendedTransfer,
  askTransfer,
  beginConsultation,
  cancelTransfer,
  consultationOver,
  NO_TRANSFER,
  referAccepted,
  referOnceHeld,
  referProgress,
  referReceived,
  referRejected,
  transferTimeOut,
} from './call-transfer.ts';
import { setConference, setRecording } from './call-company.ts';
import { endCauseOfSipCode, partyOfSipCode } from './end-cause.ts';
import type { CallPhase } from './phone.ts';

/** An interim quality is stored this often, so that a crash does not take all of it. */
const QUALITY_EVERY = 60_000;

/** An outbound call at the moment the agent dials it. */
export function placeCall(call: NewOutboundCall, moment: CallMoment): CallStep {
  const draft = begin(call, 'outbound', 'preparing', moment);
  emit(draft, {
    type: 'placed',
    remote: call.remote,
    accountId: call.accountId,
    origin: call.origin,
    customerId: call.customerId,
    returnsCallId: call.returnsCallId,
    legOfCallId: call.legOfCallId,
  });
  draft.effects.push({ type: 'sendInvite' });
  return draft;
}

/** An inbound call at the moment its INVITE arrives. */
export function offerCall(call: NewInboundCall, moment: CallMoment): CallStep {
  const draft = begin(call, 'inbound', 'offered', moment);
  emit(draft, {
    type: 'invited',
    remote: call.remote,
    accountId: call.accountId,
    origin: call.origin,
    calledNumber: call.calledNumber,
    divertedFrom: call.divertedFrom,
    queue: call.queue,
    replacesCallId: call.replacesCallId,
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
  referOnceHeld(draft);
  const open = microphoneOpen(draft.state);
  if (open !== microphoneOpen(state)) draft.effects.push({ type: 'microphone', open });
  return draft;
}

function begin(
  call: NewOutboundCall | NewInboundCall,
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
      divertedFrom: 'divertedFrom' in call ? call.divertedFrom : null,
      calledNumber: 'calledNumber' in call ? call.calledNumber : null,
      queue: 'queue' in call ? call.queue : null,
      consultationFor: 'consultationFor' in call ? call.consultationFor : null,
      referredByCallId: 'referredByCallId' in call ? call.referredByCallId : null,
      replacesCallId: 'replacesCallId' in call ? call.replacesCallId : null,
      silent: false,
      lineNumber: 1,
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
      receivedDigits: '',
      transfer: NO_TRANSFER,
      referRequest: null,
      conferenceId: null,
      recording: null,
      seq: 0,
    },
  };
  enter(draft, phase);
  return draft;
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
    case 'silence':
      if (state.phase === 'alerting' || state.phase === 'offered') state.silent = true;
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
    case 'transfer':
      return askTransfer(draft, input);
    case 'consult':
      return beginConsultation(draft, input);
    case 'completeTransfer':
      return askAttendedTransfer(draft);
    case 'cancelTransfer':
      return cancelTransfer(draft);
    case 'answerRefer':
      return answerRefer(draft, input.accept);
    case 'turnAway':
      return leave(draft, ending('missed', 'system', input.sipCode), input.sipCode);
    case 'takenOver':
      return leave(
        draft,
        state.answeredAt === null
          ? ending('answeredElsewhere', 'network')
          : ending('completed', 'customer'),
        480,
      );
    case 'microphoneFailed':
      return leave(draft, ending('mediaFailed', 'system'), 480);
    case 'consultationOver':
      return consultationOver(draft, input.sipCode);
    case 'referredCall':
      if (isUp(state)) effects.push({ type: 'notifyRefer', sipCode: input.sipCode });
      return;
    case 'joinConference':
    case 'leaveConference':
      return setConference(draft, input.type === 'joinConference' ? input.conferenceId : null);
    case 'recording':
      return setRecording(draft, input.recording);
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
      return peerOfferDone(draft);
    case 'remoteHold':
      if (state.remoteHold === input.held || !isUp(state)) return;
      state.remoteHold = input.held;
      emit(draft, { type: input.held ? 'held' : 'resumed', by: 'customer' });
      return;
    case 'referAccepted':
      return referAccepted(draft);
    case 'referRejected':
      return referRejected(draft, input.sipCode);
    case 'referProgress':
      return referProgress(draft, input);
    case 'referReceived':
      return referReceived(draft, input.target);
    case 'digitReceived':
      if (isUp(state)) state.receivedDigits = (state.receivedDigits + input.digit).slice(-64);
      return;
    case 'sessionRefresh':
      return wantRefresh(draft);
    case 'sessionExpired':
      return sessionExpired(draft);
    case 'media':
      return mediaChanged(draft, input.media);
    case 'quality':
      return qualityMeasured(draft, input);
    case 'linkDown':
      return linkDown(draft);
    case 'linkUp':
      return linkUp(draft);
    case 'timer':
      if (input.timer === 'phase') return phaseTimeOut(draft);
      if (input.timer === 'transfer') return transferTimeOut(draft);
      if (input.timer === 'refer') return answerRefer(draft, false);
      return sideTimeOut(draft, input.timer);
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
  enter(draft, 'confirmed');
  watchConfirmed(draft);
}

function setMuted(draft: Draft, muted: boolean): void {
  const { state } = draft;
  if (state.muted === muted || !isUp(state)) return;
  state.muted = muted;
  emit(draft, { type: muted ? 'muted' : 'unmuted' });
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
