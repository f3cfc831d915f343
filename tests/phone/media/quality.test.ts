import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  beginTally,
  opinionScore,
  qualityOf,
  transmissionRating,
  withSample,
} from '../../../renderer/phone/media/quality.ts';
import { aMediaSample } from './a-media-sample.ts';

describe('transmission rating (G.107)', () => {
  test('without loss and delay only the default of 93.2 remains', () => {
    expect(transmissionRating(0, 0, 'g711')).toBe(93.2);
  });

  test('delay below 177.3 ms costs 0.024 a millisecond, beyond it 0.11 more', () => {
    expect(transmissionRating(100, 0, 'g711')).toBeCloseTo(93.2 - 2.4, 10);
    expect(transmissionRating(200, 0, 'g711')).toBeCloseTo(93.2 - 4.8 - 0.11 * 22.7, 10);
  });

  test('loss with G.711 and concealment: Bpl 25.1', () => {
    expect(transmissionRating(0, 5, 'g711')).toBeCloseTo(93.2 - (95 * 5) / 30.1, 10);
  });

  test('the same loss hurts Opus more by our estimate, an unknown codec most', () => {
    const ratings = (['g711', 'opus', 'other'] as const).map((codec) =>
      transmissionRating(50, 3, codec),
    );
    expect(ratings).toEqual([...ratings].sort((a, b) => b - a));
    expect(new Set(ratings).size).toBe(3);
  });

  test('stays in 0–100 and never rises with delay or loss', () => {
    const delay = fc.double({ min: 0, max: 5000, noNaN: true });
    const loss = fc.double({ min: 0, max: 100, noNaN: true });
    fc.assert(
      fc.property(delay, loss, delay, loss, (d, l, moreDelay, moreLoss) => {
        const better = transmissionRating(d, l, 'opus');
        const worse = transmissionRating(d + moreDelay, Math.min(100, l + moreLoss), 'opus');
        expect(better).toBeLessThanOrEqual(100);
        expect(worse).toBeGreaterThanOrEqual(0);
        expect(worse).toBeLessThanOrEqual(better);
      }),
    );
  });
});

describe('opinion score', () => {
  test('the figures of G.107 Annex B', () => {
    const published = [
      [93.2, 4.41],
      [90, 4.34],
      [80, 4.03],
      [70, 3.6],
      [60, 3.1],
      [50, 2.58],
    ] as const;
    for (const [rating, score] of published) {
      expect(Math.abs(opinionScore(rating) - score)).toBeLessThan(0.01);
    }
  });

  test('stays in 1–4.5', () => {
    expect(opinionScore(0)).toBe(1);
    expect(opinionScore(3)).toBe(1);
    expect(opinionScore(100)).toBe(4.5);
    expect(opinionScore(-5)).toBe(1);
  });
});

describe('quality over samples', () => {
  test('nothing is claimed before a packet came', () => {
    const tally = beginTally(aMediaSample({ packetsReceived: 0, jitterMs: null, rttMs: null }));
    expect(qualityOf(tally)).toEqual({ mos: null, lossPercent: null, jitterMs: null, rttMs: null });
  });

  test('loss counts from the first sample on, jitter and round trip are means', () => {
    const samples = [
      aMediaSample({ packetsReceived: 1000, packetsLost: 500, jitterMs: 2, rttMs: 40 }),
      aMediaSample({ packetsReceived: 1048, packetsLost: 502, jitterMs: 4, rttMs: 60 }),
    ] as const;
    const quality = qualityOf(withSample(beginTally(samples[0]), samples[1]));
    expect(quality.lossPercent).toBeCloseTo(4, 10);
    expect(quality.jitterMs).toBe(3);
    expect(quality.rttMs).toBe(50);
  });

  test('the delay is half the round trip, the jitter buffer and 20 ms', () => {
    const first = aMediaSample({ rttMs: 100, codec: 'g711' });
    const second = {
      ...first,
      packetsReceived: first.packetsReceived + 50,
      jitterBufferDelay: first.jitterBufferDelay + 8000 * 0.06,
      jitterBufferEmitted: first.jitterBufferEmitted + 8000,
    };
    const { mos } = qualityOf(withSample(beginTally(first), second));
    expect(mos).toBeCloseTo(opinionScore(transmissionRating(50 + 60 + 20, 0, 'g711')), 10);
  });

  test('counters that run backwards give no negative loss', () => {
    const first = aMediaSample({ packetsReceived: 100, packetsLost: 10 });
    const second = aMediaSample({ packetsReceived: 200, packetsLost: 8 });
    expect(qualityOf(withSample(beginTally(first), second)).lossPercent).toBe(0);
  });
});
