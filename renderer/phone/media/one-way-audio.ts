// Notices that only one side is heard, from successive samples of a call.
import type { MediaSample } from './quality.ts';

/** No packets for this long is a fault: speech codecs send 50 a second even in silence. */
const STILL_MS = 3000;
/** Packets may carry digital silence for a moment, for instance while the other side is muted. */
const SILENT_MS = 6000;
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
  if (now - state.packetsIn >= STILL_MS || now - state.soundIn >= SILENT_MS) return 'in';
  if (now - state.packetsOut >= STILL_MS || now - state.soundOut >= SILENT_MS) return 'out';
  return null;
}
