// What stands between the telephone and SIP: a line carries calls as legs. The line is loaded lazily,
// so these are types only.
import type { RemoteParty } from '../../preload/contract/calls.ts';
import type { CallInput } from './call-state.ts';
import type { ConnectionSnapshot, LineState, MessagesWaiting, SipLogEntry } from './phone.ts';
import type { Microphone } from './media-port.ts';

/** What a leg can report about its call: everything but the agent's wishes and the clock. */
export type LegInput = Exclude<
  CallInput,
  {
    type:
      | 'answer'
      | 'decline'
      | 'hangUp'
      | 'hold'
      | 'resume'
      | 'mute'
      | 'unmute'
      | 'dtmf'
      | 'transfer'
      | 'consult'
      | 'completeTransfer'
      | 'cancelTransfer'
      | 'answerRefer'
      | 'turnAway'
      | 'takenOver'
      | 'microphoneFailed'
      | 'consultationOver'
      | 'referredCall'
      | 'joinConference'
      | 'leaveConference'
      | 'recording'
      | 'linkDown'
      | 'linkUp'
      | 'quality'
      | 'timer';
  }
>;

/** Whom a REFER has us call, and the dialog that the call is to take over there (RFC 3891). */
export interface ReferTarget {
  remote: RemoteParty;
  replaces: string | null;
}

/** Hears of one call. Media objects come beside the inputs because a reducer has no use for them. */
export interface LegListener {
  input(input: LegInput): void;
  remoteStream(stream: MediaStream): void;
  /** The connection to measure, once there is one. */
  connection(connection: RTCPeerConnection): void;
}

/** One call on the line. Every method is harmless when the call is over. */
export interface Leg {
  /** Makes the call's offer, or its answer, while the agent or the microphone is still waited for. */
  prepare(): void;
  /** Sends the INVITE of an outbound call; without a microphone when that is still being opened. */
  invite(microphone: Microphone | null): void;
  /** The microphone that the INVITE did not wait for. */
  useMicrophone(microphone: Microphone): void;
  /** 180 Ringing. */
  progress(): void;
  /** 200 OK. */
  accept(microphone: Microphone): void;
  reject(sipCode: number): void;
  cancel(): void;
  bye(): void;
  reinvite(options: { hold: boolean; iceRestart: boolean }): void;
  sendDtmf(digit: string): void;
  openMicrophone(open: boolean): void;
  /** Asks the other side to call this URI (REFER). */
  refer(uri: string): void;
  /** Asks it to take our place in that call (REFER with Replaces). */
  referReplacing(consultation: Leg): void;
  /** Answers the other side's REFER; whom we are to call once it is accepted. */
  answerRefer(accept: boolean): ReferTarget | null;
  /** Tells who sent the accepted REFER what became of it; a final code is the last word. */
  notifyRefer(sipCode: number): void;
  /** Drops media and everything else that the call holds. */
  release(): void;
}

export interface IncomingCall {
  remote: RemoteParty;
  calledNumber: string | null;
  divertedFrom: string | null;
  /** The queue that it came through, when the server says so. */
  queue: string | null;
  /** The call that it wants to take over, and may (RFC 3891). */
  replaces: Leg | null;
  /** Binds the call to its listener; without it the call is refused with 480. */
  take(listener: LegListener): Leg;
  /** Refuses it without ever showing it. */
  refuse(sipCode: number): void;
}

export interface LineListener {
  connection(connection: Omit<ConnectionSnapshot, 'mode'>): void;
  incoming(call: IncomingCall): void;
  /** Signalling is gone; calls go on. */
  linkDown(): void;
  /** Signalling is back and registered. */
  linkUp(): void;
  /** RFC 3842, asked for or not. */
  messages(waiting: MessagesWaiting): void;
  /** RFC 4235: the colleagues of `watch`, in that order, whenever one of them changes. */
  lineStates(states: readonly LineState[]): void;
}

export interface Line {
  start(): void;
  /** Tries at once instead of waiting for the next planned attempt (`online`, resume from sleep). */
  retryNow(): void;
  /** What a person typed as a SIP target of this line, or null when it is none. */
  remoteOf(target: string, display: string | null): RemoteParty | null;
  /** `replaces` is the dialog that the call is to take over at the other side (RFC 3891). */
  dial(remote: RemoteParty, listener: LegListener, replaces?: string | null): Leg;
  /** Whose lines to show from now on; `target` is what one would dial. Replaces the list before. */
  watch(colleagues: readonly { target: string; name: string }[]): void;
  /** Whether calls are to be expected, for which something may be made in advance. */
  keepReady(on: boolean): void;
  /** What was sent and received, newest last, without secrets. */
  log(): readonly SipLogEntry[];
  /** Unregisters and closes; resolves when the server has answered, or after 2 s. */
  close(): Promise<void>;
}
