import { describe, expect, test } from 'vitest';
import { mediaSampleFrom } from '../../../renderer/phone/media/media-sample.ts';

const reportOf = (...entries: Record<string, unknown>[]) => ({
  forEach: (visit: (entry: Record<string, unknown>) => void) => entries.forEach(visit),
});

const inbound = {
  type: 'inbound-rtp',
  kind: 'audio',
  codecId: 'C1',
  packetsReceived: 200,
  packetsLost: 3,
  packetsDiscarded: 1,
  jitter: 0.004,
  jitterBufferDelay: 12,
  jitterBufferEmittedCount: 9600,
  totalAudioEnergy: 0.5,
};

describe('a sample of the statistics', () => {
  test('takes seconds as milliseconds, discarded as lost, and names the codec', () => {
    const sample = mediaSampleFrom(
      reportOf(
        { type: 'codec', id: 'C1', mimeType: 'audio/PCMU' },
        inbound,
        { type: 'outbound-rtp', kind: 'audio', packetsSent: 210 },
        { type: 'media-source', kind: 'audio', totalAudioEnergy: 0.25 },
        { type: 'remote-inbound-rtp', kind: 'audio', roundTripTime: 0.05 },
      ),
      7,
    );
    expect(sample).toEqual({
      at: 7,
      packetsReceived: 200,
      packetsLost: 4,
      packetsSent: 210,
      jitterMs: 4,
      rttMs: 50,
      jitterBufferDelay: 12,
      jitterBufferEmitted: 9600,
      energyIn: 0.5,
      energyOut: 0.25,
      codec: 'g711',
    });
  });

  test('falls back to the ICE check for the round trip, and only to the nominated pair', () => {
    const sample = mediaSampleFrom(
      reportOf(
        { type: 'candidate-pair', nominated: false, currentRoundTripTime: 9 },
        { type: 'candidate-pair', nominated: true, currentRoundTripTime: 0.02 },
        inbound,
      ),
      0,
    );
    expect(sample.rttMs).toBe(20);
  });

  test('video and an empty report count nothing', () => {
    const empty = mediaSampleFrom(reportOf({ ...inbound, kind: 'video' }), 0);
    expect(empty).toMatchObject({
      packetsReceived: 0,
      jitterMs: null,
      rttMs: null,
      codec: 'other',
    });
  });
});
