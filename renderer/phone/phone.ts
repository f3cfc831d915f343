// The telephone as the rest of the window knows it: a snapshot to show and commands to give.
// Everything that happens to a call leaves as a CallEvent of the contract.
import type { CallEvent, Quality, RemoteParty } from '../../preload/contract/calls.ts';
import type { Direction, EndCause, Origin } from '../../preload/contract/vocabulary.ts';

export type TransportState = 'down' | 'connecting' | 'up' | 'suspect';
export type RegistrationState =
  | 'unregistered'
  | 'registering'
  | 'registered'
  | 'refreshing'
  | 'rejected'
  | 'backoff';

/** Why there is no registration, in codes; `wrongPassword` is a second 401/407 to good credentials. */
export type ConnectionProblem =
  | 'serverUnreachable'
  | 'tlsOrRefused'
  | 'wrongPassword'
  | 'forbidden'
  | 'unknownUser'
  | 'serverError'
  | 'timeout'
  | 'blockedByPolicy';

export interface ConnectionSnapshot {
  mode: 'practice' | 'account' | 'none';
  transport: TransportState;
  registration: RegistrationState;
  problem: ConnectionProblem | null;
  sipCode: number | null;
  /** When the next attempt is made, epoch ms; null when none is planned. */
  retryAt: number | null;
}

/** Where a call stands; see the drawing in call.ts. */
export type CallPhase =
  | 'offered'
  | 'alerting'
  | 'answering'
  | 'awaitAck'
  | 'preparing'
  | 'calling'
  | 'proceeding'
  | 'ringing'
  | 'early'
  | 'connecting'
  | 'confirmed'
  | 'canceling'
  | 'terminating'
  | 'terminated';

export interface CallSnapshot {
  callId: string;
  direction: Direction;
  origin: Origin;
  remote: RemoteParty;
  phase: CallPhase;
  startedAt: number;
  answeredAt: number | null;
  endedAt: number | null;
  cause: EndCause | null;
  sipCode: number | null;
  /** Shown only after the other side's answer to the re-INVITE. */
  localHold: boolean;
  remoteHold: boolean;
  /** A hold or resume is under way. */
  negotiating: boolean;
  /** The last hold or resume was refused by the other side. */
  holdRefused: boolean;
  muted: boolean;
  media: 'new' | 'checking' | 'connected' | 'disconnected' | 'restarting' | 'failed';
  quality: Quality | null;
  /** No sound comes in, or none goes out, though nobody holds the call. */
  oneWay?: 'in' | 'out' | null;
  /** Digits sent in this call, for the keypad's display; never stored. */
  digits: string;
}

export interface PhoneSnapshot {
  connection: ConnectionSnapshot;
  /** Calls that are not over, newest last, and the one that ended last (until the next one begins). */
  calls: readonly CallSnapshot[];
}

/** Why a command could not be carried out, in codes. */
export type PhoneProblem =
  | 'notRegistered'
  | 'noMicrophone'
  | 'microphoneDenied'
  | 'microphoneInUse'
  | 'badTarget'
  | 'callInProgress'
  | 'noSuchCall';

export interface PlaceCall {
  /** What a person would dial: a number, a SIP URI or a user name. */
  target: string;
  display?: string | null;
  customerId?: string | null;
  returnsCallId?: string | null;
}

export interface Phone {
  snapshot(): PhoneSnapshot;
  subscribe(listener: () => void): () => void;
  /** Every CallEvent in order, exactly once. */
  onCallEvent(listener: (event: CallEvent) => void): () => void;
  place(call: PlaceCall): Promise<{ callId: string } | { problem: PhoneProblem }>;
  answer(callId: string): Promise<PhoneProblem | null>;
  decline(callId: string): void;
  hangUp(callId: string): void;
  hold(callId: string): void;
  resume(callId: string): void;
  mute(callId: string): void;
  unmute(callId: string): void;
  /** One of 0-9, *, #, A-D. */
  sendDtmf(callId: string, digit: string): void;
  /** Ends calls and registration, then releases devices. Resolves when the server has been told, or after 2 s. */
  close(): Promise<void>;
}
