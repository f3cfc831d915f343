// What the telephone needs from sound: a microphone, a way to be heard, call tones and the measuring
// of a call. renderer/phone/media implements it; tests give a fake.
import type { Quality } from '../../preload/contract/calls.ts';

/** `microphoneInUse`: it is there and allowed, but another program holds it or it fails. */
export type MicrophoneProblem = 'noMicrophone' | 'microphoneDenied' | 'microphoneInUse';

/** An open microphone, for one call. Several calls may hold one at a time. */
export interface Microphone {
  /** Exactly one audio track; the call sets its `enabled` to mute. */
  readonly stream: MediaStream;
  /** The agent chose another device in mid-call, or the device went away and a substitute took over. */
  onChange(listener: (stream: MediaStream) => void): () => void;
  /** Gives the device back. Harmless when repeated. */
  release(): void;
}

/** `ringback` and `busy` go to the speaker, `ring` to the ringer. One tone sounds at a time. */
export type CallTone = 'ring' | 'ringback' | 'busy';

/** One measurement of a call that is connected. */
export interface CallMeasurement {
  /** Over the call so far; what the call's record keeps. */
  quality: Quality;
  /** Over the last seconds; what the screen shows. */
  now: Quality;
  /** No sound comes in, or none goes out, though the call is not held. */
  oneWay: 'in' | 'out' | null;
}

export interface MediaPort {
  /** Asks for the chosen microphone; refusals are answers, never exceptions. */
  openMicrophone(): Promise<Microphone | { problem: MicrophoneProblem }>;
  /** Plays what the other side says on the chosen speaker; a second stream of a call replaces the first. */
  playRemote(callId: string, stream: MediaStream): void;
  stopRemote(callId: string): void;
  /** null is silence. */
  playTone(tone: CallTone | null): void;
  /** The key's own tone for the agent's ear, about 120 ms; nothing is sent. */
  playKey(digit: string): void;
  /**
   * Measures once a second until the returned function is called. `held` says whether silence is
   * expected.
   */
  measure(
    connection: RTCPeerConnection,
    held: () => boolean,
    listener: (measurement: CallMeasurement) => void,
  ): () => void;
}
