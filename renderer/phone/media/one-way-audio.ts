// Notices that only one side is heard, from successive samples of a call.
import type { MediaSample } from './quality.ts';

/**
 * So long without packets, or with packets of digital silence, is a fault: speech codecs send 50 a
 * second even in silence, and a room is never digitally silent. With a reading every half second the
 * agent hears of it within three.
 */
const FAULT_MS = 2400;
/** Energy per second below this is digital silence; room noise at −80 dBFS already gives 1e-8. */
const SILENCE_ENERGY = 1e-10;

export interface Expectation {
  /** The call is held by either side: silence is right. */
  held: boolean;
  /** The agent is muted: no energy goes out, but packets do. */
  muted: boolean;
}

export interface ListeningState {
  /** When packets, and sound, last moved in each direction; epoch ms. */
  packetsIn: number;
  packetsOut: number;
  soundIn: number;
  soundOut: number;
  previous: MediaSample;
}

export function beginListening(sample: MediaSample): ListeningState {
  const { at } = sample;
  return { packetsIn: at, packetsOut: at, soundIn: at, soundOut: at, previous: sample };
}

export function nextListening(
  state: ListeningState,
  sample: MediaSample,
  expected: Expectation,
): ListeningState {
  // Held time counts for nothing: listening begins anew afterwards.
  if (expected.held) return beginListening(sample);
  const { previous } = state;
  const seconds = Math.max(0.001, (sample.at - previous.at) / 1000);
  const moved = (now: number, before: number) => now !== before;
  const sounded = (now: number, before: number) => (now - before) / seconds > SILENCE_ENERGY;
  return {
    packetsIn: moved(sample.packetsReceived, previous.packetsReceived)
      ? sample.at
      : state.packetsIn,
    packetsOut: moved(sample.packetsSent, previous.packetsSent) ? sample.at : state.packetsOut,
    soundIn: sounded(sample.energyIn, previous.energyIn) ? sample.at : state.soundIn,
    soundOut:
      expected.muted || sounded(sample.energyOut, previous.energyOut) ? sample.at : state.soundOut,
    previous: sample,
  };
}

/** Which direction is not heard; `in` first, because the agent can judge it at once. */
export function oneWayAudio(state: ListeningState): 'in' | 'out' | null {
  const now = state.previous.at;
  if (now - Math.min(state.packetsIn, state.soundIn) >= FAULT_MS) return 'in';
  if (now - Math.min(state.packetsOut, state.soundOut) >= FAULT_MS) return 'out';
  return null;
}
