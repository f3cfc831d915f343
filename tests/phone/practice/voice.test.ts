import { describe, expect, test } from 'vitest';
import { VOICE_SAMPLE_RATE, babble } from '../../../renderer/phone/practice/voice.ts';
import { loudness } from '../../support/goertzel.ts';

/** A small deterministic generator (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function loudnessPer100Ms(samples: Float32Array): number[] {
  const step = VOICE_SAMPLE_RATE / 10;
  return Array.from({ length: Math.floor(samples.length / step) }, (_, index) =>
    loudness({
      samples: samples.slice(index * step, (index + 1) * step),
      sampleRate: VOICE_SAMPLE_RATE,
    }),
  );
}

describe('the practice voice', () => {
  test('has the asked length, is never clipped and never broken', () => {
    for (const seed of [1, 2, 3, 4]) {
      const samples = babble(12, seeded(seed));
      expect(samples).toHaveLength(12 * VOICE_SAMPLE_RATE);
      expect(samples.every(Number.isFinite)).toBe(true);
      const peak = samples.reduce((highest, value) => Math.max(highest, Math.abs(value)), 0);
      expect(peak).toBeCloseTo(0.3, 5);
    }
  });

  test('speaks and pauses, as people do', () => {
    for (const seed of [5, 6, 7]) {
      const parts = loudnessPer100Ms(babble(24, seeded(seed)));
      const speaking = parts.filter((level) => level > 0.01).length / parts.length;
      expect(speaking).toBeGreaterThan(0.3);
      expect(speaking).toBeLessThan(0.85);
      expect(Math.min(...parts)).toBeLessThan(0.001);
    }
  });

  test('is the same for the same chance, another for another', () => {
    expect(babble(3, seeded(8))).toEqual(babble(3, seeded(8)));
    expect(babble(3, seeded(8))).not.toEqual(babble(3, seeded(9)));
  });
});
