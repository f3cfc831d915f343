import type { MediaSample } from '../../../renderer/phone/media/quality.ts';

/** A sample of a call that sounds well; `changes` says what the test is about. */
export function aMediaSample(changes: Partial<MediaSample> = {}): MediaSample {
  return {
    at: 1_790_000_000_000,
    packetsReceived: 500,
    packetsLost: 0,
    packetsSent: 500,
    jitterMs: 1,
    rttMs: 20,
    jitterBufferDelay: 100,
    jitterBufferEmitted: 480_000,
    energyIn: 0.2,
    energyOut: 0.2,
    codec: 'opus',
    ...changes,
  };
}
