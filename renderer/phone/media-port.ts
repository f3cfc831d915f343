// What the telephone needs from sound: a microphone, a way to be heard, call tones and the measuring
// of a call. renderer/phone/media implements it; tests give a fake.
import type { Quality } from '../../preload/contract/calls.ts';

/** `microphoneInUse`: it is there and allowed, but another program holds it or it fails. */
export type MicrophoneProblem = 'noMicrophone' | 'microphoneDenied' | 'microphoneInUse';

/** An open microphone, for one call. Several calls may hold one at a time. */
export interface Microphone {
  /** What to send: exactly one audio track, whose `enabled` is not the call's business. */
  readonly stream: MediaStream;
  /**
   * Another device was chosen in mid-call, the device went away and a substitute took over, or the
   * call joined or left a conference: `stream` is another one now.
   */
  onChange(listener: (stream: MediaStream) => void): () => void;
  /** Whether the agent is heard; at first it is so. The other members of a conference always are. */
  setOpen(open: boolean): void;
  /** Gives the device back. Harmless when repeated. */
  release(): void;
}

/**
 * `ringback`, `busy` and `waiting` (a second call, softly) go to the speaker, `ring` to the ringer. One
 * tone sounds at a time.
 */
export type CallTone = 'ring' | 'ringback' | 'busy' | 'waiting';

/** A call in a conference that is mixed here. */
export interface MixMember {
  callId: string;
  /** Of this call, from `openMicrophone`. */
  microphone: Microphone;
}

/** Takes a recording as it grows. */
export interface RecordingSink {
  /** WebM/Opus, `index` rising from 0; the chunks in a row are the file. */
  append(index: number, chunk: Uint8Array<ArrayBuffer>): void;
  /** The browser could not go on; what was handed over stays good. */
  failed(): void;
}

export interface CallRecorder {
  /** While paused (secure pause, hold) nothing reaches the file, not even silence. */
  setPaused(paused: boolean): void;
  /** Resolves when the last chunk has been handed over. Harmless when repeated. */
  stop(): Promise<void>;
}

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
  /**
   * Whether opening it is known to succeed, as far as can be told without doing it: allowed, plugged in,
   * and not refused the last time.
   */
  microphoneAtHand(): boolean;
  /** Tells that `microphoneAtHand` may say something else now. */
  onMicrophoneAtHand(listener: () => void): () => void;
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
   * From now on each of these calls carries what the others say beside the agent; a call that is not
   * named any more carries the agent alone. Fewer than two end the mixing. Harmless when repeated.
   */
  mix(members: readonly MixMember[]): void;
  /**
   * Records a call with both consents given: left what the agent says into this microphone (silence
   * while muted), right what `playRemote` plays for this call, and nobody else.
   */
  record(call: MixMember, sink: RecordingSink): CallRecorder;
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
