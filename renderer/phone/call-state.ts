// The words of the call reducer: what a call is, what can happen to it, and what is to be done.
import type { CallEvent, Quality, RemoteParty } from '../../preload/contract/calls.ts';
import type { CallParty, Direction, EndCause, Origin } from '../../preload/contract/vocabulary.ts';
import type { CallPhase, CallSnapshot } from './phone.ts';

export type MediaState = CallSnapshot['media'];

/** What the agent or the desk wants negotiated; at most one hold or resume waits at a time. */
export type CallIntent = 'hold' | 'resume' | 'iceRestart';

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

export interface CallState {
  readonly callId: string;
  readonly direction: Direction;
  readonly origin: Origin;
  readonly remote: RemoteParty;
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
  /** Sequence number of the next CallEvent. */
  seq: number;
}

/** `phase` guards where the call stands, the others what goes on beside it. */
export const CALL_TIMERS = ['phase', 'negotiation', 'media', 'link'] as const;
export type CallTimer = (typeof CALL_TIMERS)[number];

export type CallInput =
  // from the agent
  | { type: 'answer' }
  | { type: 'decline' }
  | { type: 'hangUp' }
  | { type: 'hold' }
  | { type: 'resume' }
  | { type: 'mute' }
  | { type: 'unmute' }
  | { type: 'dtmf'; digit: string }
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
