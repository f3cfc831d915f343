// The words of the call reducer: what a call is, what can happen to it, and what is to be done.
import type { CallEvent, Quality, RemoteParty } from '../../preload/contract/calls.ts';
import type { CallParty, Direction, EndCause, Origin } from '../../preload/contract/vocabulary.ts';
import type { CallPhase, CallSnapshot } from './phone.ts';

export type MediaState = CallSnapshot['media'];

/** What the agent or the desk wants negotiated; at most one hold or resume waits at a time. */
export type CallIntent = 'hold' | 'resume' | 'iceRestart' | 'refresh';

export type Negotiation =
  | { kind: 'stable' }
  /** Our re-INVITE is under way. */
  | { kind: 'localPending'; intent: CallIntent; attempt: number }
  /** Theirs is. */
  | { kind: 'remotePending' }
  /** Ours was answered 491 and is sent again after the time of RFC 3261 section 14.1. */
  | { kind: 'glareBackoff'; intent: CallIntent; attempt: number };

export interface CallEnd {
  cause: EndCause;
  sipCode: number | null;
  by: CallParty;
}

/** A transfer of this call to somebody else (RFC 3515, RFC 5589). */
export interface CallTransfer {
  state: CallSnapshot['transfer']['state'];
  kind: 'blind' | 'attended';
  /** Where to, as it was dialled. */
  target: string | null;
  /** What a blind REFER names. */
  uri: string | null;
  /** The call with the target that an attended transfer is about. */
  withCallId: string | null;
  /** Whether the REFER has gone out; a blind one waits until the customer is held. */
  asked: boolean;
  sipCode: number | null;
}

export interface CallState {
  readonly callId: string;
  readonly direction: Direction;
  readonly origin: Origin;
  readonly remote: RemoteParty;
  readonly divertedFrom: string | null;
  /** The number that was dialled, when signalled. */
  readonly calledNumber: string | null;
  readonly queue: string | null;
  /** This call was dialled to consult about that one. */
  readonly consultationFor: string | null;
  /** The other side of that call had us dial this one (REFER), and hears how it goes. */
  readonly referredByCallId: string | null;
  /** This call takes that one over (Replaces, RFC 3891). */
  readonly replacesCallId: string | null;
  /** Rings without a sound, and comes before nothing. */
  silent: boolean;
  lineNumber: number;
  phase: CallPhase;
  startedAt: number;
  answeredAt: number | null;
  endedAt: number | null;
  /** Decided while the call is being ended, final once it is terminated. */
  end: CallEnd | null;
  negotiation: Negotiation;
  intents: readonly CallIntent[];
  localHold: boolean;
  remoteHold: boolean;
  holdRefused: boolean;
  muted: boolean;
  media: MediaState;
  /** Whether the signalling connection stands. */
  linked: boolean;
  quality: { now: Quality; total: Quality; storedAt: number } | null;
  oneWay: 'in' | 'out' | null;
  digits: string;
  /** Digits that the other side sent by INFO. */
  receivedDigits: string;
  transfer: CallTransfer;
  /** What the other side asks us to call, until the agent answers. */
  referRequest: { target: string } | null;
  conferenceId: string | null;
  recording: { id: string; state: 'on' | 'paused' | 'closing' } | null;
  /** Sequence number of the next CallEvent. */
  seq: number;
}

/** `phase` guards where the call stands, the others what goes on beside it. */
export const CALL_TIMERS = ['phase', 'negotiation', 'media', 'link', 'transfer', 'refer'] as const;
export type CallTimer = (typeof CALL_TIMERS)[number];

export type CallInput =
  // from the agent
  | { type: 'answer' }
  | { type: 'decline' }
  | { type: 'silence' }
  | { type: 'hangUp' }
  | { type: 'hold' }
  | { type: 'resume' }
  | { type: 'mute' }
  | { type: 'unmute' }
  | { type: 'dtmf'; digit: string }
  | { type: 'transfer'; target: string; uri: string }
  | { type: 'consult'; target: string; withCallId: string }
  | { type: 'completeTransfer' }
  | { type: 'cancelTransfer' }
  | { type: 'answerRefer'; accept: boolean }
  // from the desk, about its other calls
  /** Turned away before it rang: the agent is not to be disturbed, or has no line left. */
  | { type: 'turnAway'; sipCode: number }
  /** Another call took its place (Replaces). */
  | { type: 'takenOver' }
  /** The INVITE had not waited for the microphone, and it could not be opened. */
  | { type: 'microphoneFailed' }
  | { type: 'consultationOver'; sipCode: number | null }
  | { type: 'referredCall'; sipCode: number }
  | { type: 'joinConference'; conferenceId: string }
  | { type: 'leaveConference' }
  | { type: 'recording'; recording: { id: string; state: 'on' | 'paused' | 'closing' } | null }
  // from signalling, outbound
  | { type: 'inviteSent' }
  | { type: 'provisional'; sipCode: number; withMedia: boolean }
  | { type: 'accepted' }
  | { type: 'ackSent' }
  | { type: 'rejected'; sipCode: number }
  // from signalling, inbound
  | { type: 'progressSent' }
  | { type: 'okSent' }
  | { type: 'ackReceived' }
  | { type: 'cancelReceived'; answeredElsewhere: boolean }
  // from signalling, in a call
  | { type: 'byeReceived' }
  | { type: 'reinviteAccepted' }
  | { type: 'reinviteRejected'; sipCode: number }
  | { type: 'peerOffers' }
  | { type: 'peerOfferDone' }
  | { type: 'remoteHold'; held: boolean }
  | { type: 'digitReceived'; digit: string }
  /** RFC 4028: it is ours to show that the call lives, or the other side has not shown it in time. */
  | { type: 'sessionRefresh' }
  | { type: 'sessionExpired' }
  /** Our REFER was taken (2xx) or refused. */
  | { type: 'referAccepted' }
  | { type: 'referRejected'; sipCode: number }
  /** A NOTIFY about it; `sipCode` is null when its body cannot be read, `over` ends the subscription. */
  | { type: 'referProgress'; sipCode: number | null; over: boolean }
  | { type: 'referReceived'; target: string }
  /** The SIP session is over without anything above having said so. */
  | { type: 'sessionGone'; cause: EndCause; sipCode: number | null }
  // from media, the connection and the clock
  | { type: 'media'; media: MediaState }
  | { type: 'quality'; now: Quality; total: Quality; oneWay: 'in' | 'out' | null }
  | { type: 'linkDown' }
  | { type: 'linkUp' }
  | { type: 'timer'; timer: CallTimer };

export type CallEffect =
  | { type: 'emit'; event: CallEvent }
  | { type: 'sendInvite' }
  | { type: 'sendProgress' }
  | { type: 'sendOk' }
  | { type: 'sendReject'; sipCode: number }
  | { type: 'sendCancel' }
  /** After a 2xx that nobody wants any more this means ACK and BYE. */
  | { type: 'sendBye' }
  | { type: 'reinvite'; hold: boolean; iceRestart: boolean }
  | { type: 'sendDtmf'; digit: string }
  | { type: 'microphone'; open: boolean }
  | { type: 'refer'; uri: string }
  /** The other side is to call the one that we have in this call, in our place. */
  | { type: 'referReplacing'; callId: string }
  | { type: 'answerRefer'; accept: boolean }
  /** Tells who sent the REFER how the call to its target goes. */
  | { type: 'notifyRefer'; sipCode: number }
  /** A transfer came to nothing: the desk gives the customer back to the agent. */
  | { type: 'retrieve' }
  | { type: 'startTimer'; timer: CallTimer; ms: number }
  | { type: 'stopTimer'; timer: CallTimer }
  /** The call is over: give back what it holds. */
  | { type: 'release' };

/** What the reducer may not make up itself: the time (epoch ms) and a random number in 0–1. */
export interface CallMoment {
  at: number;
  random: number;
}

export interface CallStep {
  state: CallState;
  effects: readonly CallEffect[];
}

export interface NewCall {
  callId: string;
  remote: RemoteParty;
  origin: Origin;
  accountId: string | null;
}

export interface NewOutboundCall extends NewCall {
  customerId: string | null;
  returnsCallId: string | null;
  legOfCallId: string | null;
  consultationFor: string | null;
  referredByCallId: string | null;
}

export interface NewInboundCall extends NewCall {
  calledNumber: string | null;
  divertedFrom: string | null;
  queue: string | null;
  replacesCallId: string | null;
}
