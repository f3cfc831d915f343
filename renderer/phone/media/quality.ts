// How well a call sounds, from the browser's statistics: the E-model of ITU-T G.107 in the reduced
// form that a terminal can measure.
import type { Quality } from '../../../preload/contract/calls.ts';

/** What one reading of the statistics says; counters run from the connection's beginning. */
export interface MediaSample {
  /** Epoch ms. */
  at: number;
  packetsReceived: number;
  /** Lost on the way or too late to be played. */
  packetsLost: number;
  packetsSent: number;
  /** RFC 3550 interarrival jitter in ms. */
  jitterMs: number | null;
  rttMs: number | null;
  /** Sum over all emitted samples of their time in the jitter buffer, in seconds. */
  jitterBufferDelay: number;
  jitterBufferEmitted: number;
  /** Running sums of audio energy as in W3C webrtc-stats (amplitude² × seconds). */
  energyIn: number;
  energyOut: number;
  codec: Codec;
}

type Codec = 'g711' | 'opus' | 'other';

/**
 * Equipment impairment and packet-loss robustness. G.711 with loss concealment: ITU-T G.113 Appendix I.
 * There are no ITU figures for Opus in G.107's narrow-band scale: those are assumptions of this
 * product, so every MOS here is called an estimate.
 */
const CODEC_CONSTANTS: Record<Codec, { ie: number; bpl: number }> = {
  g711: { ie: 0, bpl: 25.1 },
  opus: { ie: 0, bpl: 20 },
  other: { ie: 11, bpl: 19 },
};

/** Packetising and playing, in ms, beside the network and the jitter buffer. */
const TERMINAL_DELAY_MS = 20;

/**
 * Transmission rating R (0–100) by ITU-T G.107: R = 93.2 − Id − Ie,eff.
 * `delayMs` is the one-way mouth-to-ear delay, `lossPercent` 0–100.
 */
export function transmissionRating(delayMs: number, lossPercent: number, codec: Codec): number {
  const { ie, bpl } = CODEC_CONSTANTS[codec];
  const beyond = delayMs - 177.3;
  const delayImpairment = 0.024 * delayMs + (beyond > 0 ? 0.11 * beyond : 0);
  const lossImpairment = ie + ((95 - ie) * lossPercent) / (lossPercent + bpl);
  return Math.min(100, Math.max(0, 93.2 - delayImpairment - lossImpairment));
}

/** Mean opinion score (1–4.5) of a transmission rating, ITU-T G.107 Annex B. */
export function opinionScore(rating: number): number {
  if (rating <= 0) return 1;
  if (rating >= 100) return 4.5;
  // Below 6.5 the polynomial dips under 1, which is no score.
  return Math.max(1, 1 + 0.035 * rating + 7e-6 * rating * (rating - 60) * (100 - rating));
}

/** Running totals over a stretch of a call. */
export interface Tally {
  first: MediaSample;
  last: MediaSample;
  jitterSum: number;
  jitterCount: number;
  rttSum: number;
  rttCount: number;
}

export function beginTally(sample: MediaSample): Tally {
  const empty = {
    first: sample,
    last: sample,
    jitterSum: 0,
    jitterCount: 0,
    rttSum: 0,
    rttCount: 0,
  };
  return withSample(empty, sample);
}

export function withSample(tally: Tally, sample: MediaSample): Tally {
  return {
    first: tally.first,
    last: sample,
    jitterSum: tally.jitterSum + (sample.jitterMs ?? 0),
    jitterCount: tally.jitterCount + (sample.jitterMs === null ? 0 : 1),
    rttSum: tally.rttSum + (sample.rttMs ?? 0),
    rttCount: tally.rttCount + (sample.rttMs === null ? 0 : 1),
  };
}

/** Quality over a tally; all null before any packet could be counted. */
export function qualityOf(tally: Tally): Quality {
  const { first, last } = tally;
  const received = Math.max(0, last.packetsReceived - first.packetsReceived);
  const lost = Math.max(0, last.packetsLost - first.packetsLost);
  const jitterMs = tally.jitterCount > 0 ? tally.jitterSum / tally.jitterCount : null;
  const rttMs = tally.rttCount > 0 ? tally.rttSum / tally.rttCount : null;
  if (received + lost === 0) return { mos: null, lossPercent: null, jitterMs: null, rttMs };

  const lossPercent = Math.min(100, (100 * lost) / (received + lost));
  const emitted = last.jitterBufferEmitted - first.jitterBufferEmitted;
  const buffered = last.jitterBufferDelay - first.jitterBufferDelay;
  const bufferMs = emitted > 0 ? Math.max(0, (1000 * buffered) / emitted) : 0;
  const delayMs = (rttMs ?? 0) / 2 + bufferMs + TERMINAL_DELAY_MS;
  const mos = opinionScore(transmissionRating(delayMs, lossPercent, last.codec));
  return { mos, lossPercent, jitterMs, rttMs };
}
