// Reads RTCPeerConnection.getStats() into one sample.
import type { MediaSample } from './quality.ts';

type Entry = Readonly<Record<string, unknown>>;

const numberIn = (entry: Entry | undefined, key: string): number | null => {
  const value = entry?.[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
};

const sumOf = (entries: readonly Entry[], key: string): number =>
  entries.reduce((sum, entry) => sum + (numberIn(entry, key) ?? 0), 0);

/** `report` is an RTCStatsReport or any other collection of its entries; `at` in epoch ms. */
export function mediaSampleFrom(
  report: { forEach(visit: (entry: Entry) => void): void },
  at: number,
): MediaSample {
  const entries: Entry[] = [];
  report.forEach((entry) => entries.push(entry));
  const audio = (type: string) =>
    entries.filter((entry) => entry['type'] === type && entry['kind'] === 'audio');

  const inbound = audio('inbound-rtp');
  const remoteInbound = audio('remote-inbound-rtp');
  const newest = inbound.reduce<Entry | undefined>(
    (best, entry) =>
      (numberIn(entry, 'packetsReceived') ?? 0) >= (numberIn(best, 'packetsReceived') ?? 0)
        ? entry
        : best,
    undefined,
  );
  const jitter = numberIn(newest, 'jitter');
  // RTCP receiver reports measure the media path; the ICE check's time is the stand-in until one came.
  const pair = entries.find(
    (entry) => entry['type'] === 'candidate-pair' && entry['nominated'] === true,
  );
  const rtt = numberIn(remoteInbound[0], 'roundTripTime') ?? numberIn(pair, 'currentRoundTripTime');
  const codec = entries.find((entry) => entry['id'] === newest?.['codecId']);

  return {
    at,
    packetsReceived: sumOf(inbound, 'packetsReceived'),
    packetsLost: sumOf(inbound, 'packetsLost') + sumOf(inbound, 'packetsDiscarded'),
    packetsSent: sumOf(audio('outbound-rtp'), 'packetsSent'),
    jitterMs: jitter === null ? null : jitter * 1000,
    rttMs: rtt === null ? null : rtt * 1000,
    jitterBufferDelay: sumOf(inbound, 'jitterBufferDelay'),
    jitterBufferEmitted: sumOf(inbound, 'jitterBufferEmittedCount'),
    energyIn: sumOf(inbound, 'totalAudioEnergy'),
    energyOut: sumOf(audio('media-source'), 'totalAudioEnergy'),
    codec: codecOf(codec?.['mimeType']),
  };
}

function codecOf(mimeType: unknown): MediaSample['codec'] {
  if (typeof mimeType !== 'string') return 'other';
  const name = mimeType.toLowerCase();
  if (name === 'audio/opus') return 'opus';
  return name === 'audio/pcmu' || name === 'audio/pcma' ? 'g711' : 'other';
}
