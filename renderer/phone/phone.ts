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
  /** Digits that the other side sent by INFO, the last 64; never stored. */
  receivedDigits?: string;
  /** 1–6: the line key of this call, kept while it lives. */
  lineNumber: number;
  /** Rings while the agent has another call; sounds softly and waits. */
  waiting: boolean;
  transfer: TransferSnapshot;
  /** This call was dialled to consult about that one (attended transfer). */
  consultationFor: string | null;
  inConference: boolean;
  recording: 'off' | 'on' | 'paused' | 'closing';
  /** The other side asks us to call this target instead (REFER); nothing happens before the agent agrees. */
  referRequest: { target: string } | null;
  /** Who passed the call on and which queue it came through, when signalled. */
  divertedFrom: string | null;
  queue: string | null;
  /** The number that was dialled (DID), when signalled. */
  calledNumber?: string | null;
  /** Rings without a sound: its number is ignored. */
  silent?: boolean;
}

export interface TransferSnapshot {
  state: 'none' | 'consulting' | 'referSent' | 'accepted' | 'progress' | 'done' | 'failed';
  /** Where to, as it was dialled. */
  target: string | null;
  /** The final answer of the target when it failed. */
  sipCode: number | null;
}

export interface ConferenceSnapshot {
  /** Members beside the agent, in the order in which they joined. */
  callIds: readonly string[];
}

/** RFC 3842: messages in the account's mailbox; null while the server has said nothing. */
export interface MessagesWaiting {
  fresh: number;
  old: number;
}

/** RFC 4235: what a colleague's line does. */
export interface LineState {
  uri: string;
  name: string;
  state: 'unknown' | 'idle' | 'ringing' | 'busy' | 'held' | 'away';
}

/** What was said aloud before recording began; both have to be true. */
export interface RecordingConsents {
  agentAnnounced: boolean;
  customerAgreed: boolean;
}

export interface PhoneSnapshot {
  connection: ConnectionSnapshot;
  /** Calls that are not over, newest last, and the one that ended last (until the next one begins). */
  calls: readonly CallSnapshot[];
  conference: ConferenceSnapshot | null;
  doNotDisturb: boolean;
  messages: MessagesWaiting | null;
  lineStates: readonly LineState[];
  /** What `redial` would dial. */
  lastDialled: string | null;
}

/** Why a command could not be carried out, in codes. */
export type PhoneProblem =
  | 'notRegistered'
  | 'noMicrophone'
  | 'microphoneDenied'
  | 'microphoneInUse'
  | 'badTarget'
  | 'callInProgress'
  | 'noSuchCall'
  | 'noFreeLine'
  | 'notPossibleNow'
  | 'recordingNotAllowed'
  | 'consentMissing'
  | 'callNotAnswered'
  | 'alreadyRecording'
  | RecordingProblem
  | 'noMailbox';

/**
 * Why a recording cannot begin, or could not go on, though it may: no room, a folder that cannot be
 * written, storage that failed otherwise, core away, or a browser that cannot record.
 */
export type RecordingProblem =
  | 'diskFull'
  | 'folderReadOnly'
  | 'storageFailed'
  | 'coreAway'
  | 'recorderFailed';

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
  /** Takes the sound from a call that rings; it goes on being shown. */
  silence(callId: string): void;
  hangUp(callId: string): void;
  hold(callId: string): void;
  resume(callId: string): void;
  mute(callId: string): void;
  unmute(callId: string): void;
  /** One of 0-9, *, #, A-D. */
  sendDtmf(callId: string, digit: string): void;
  /** Dials the last dialled target once more. */
  redial(): Promise<{ callId: string } | { problem: PhoneProblem }>;
  /** Blind transfer (RFC 5589): the call is held, referred, and taken back when that fails. */
  transfer(callId: string, target: string): Promise<PhoneProblem | null>;
  /** Holds the call and dials the target to consult; the new call names it in `consultationFor`. */
  consult(callId: string, target: string): Promise<{ callId: string } | { problem: PhoneProblem }>;
  /** Joins customer and consulted target (REFER with Replaces) and leaves. */
  completeTransfer(callId: string): Promise<PhoneProblem | null>;
  /** Ends the consultation, or gives up waiting for the target, and takes the customer back. */
  cancelTransfer(callId: string): void;
  /** Holds the active call and resumes the other one. */
  swap(): void;
  /** Joins this call with the active one, or with the conference that there is. */
  addToConference(callId: string): Promise<PhoneProblem | null>;
  removeFromConference(callId: string): void;
  /** Hangs up every member. */
  endConference(): void;
  startRecording(callId: string, consents: RecordingConsents): Promise<PhoneProblem | null>;
  pauseRecording(callId: string): void;
  resumeRecording(callId: string): void;
  stopRecording(callId: string): void;
  /** The agent's answer to a `referRequest`. */
  answerRefer(callId: string, accept: boolean): void;
  setDoNotDisturb(on: boolean): void;
  callMailbox(): Promise<{ callId: string } | { problem: PhoneProblem }>;
  /** What the line sent and received, newest last, Authorization redacted and SDP trimmed. */
  sipLog(): readonly SipLogEntry[];
  /** Ends calls and registration, then releases devices. Resolves when the server has been told, or after 2 s. */
  close(): Promise<void>;
}

export interface SipLogEntry {
  /** Epoch ms. */
  at: number;
  direction: 'sent' | 'received';
  /** First line of the message. */
  summary: string;
  text: string;
}
