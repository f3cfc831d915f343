import { describe, expect, test } from 'vitest';
import {
  busyTone,
  keyFrequencies,
  keyTone,
  ringbackTone,
  ringTone,
  testTone,
} from '../../../renderer/phone/media/tones.ts';
import type { Tone } from '../../../renderer/phone/media/tones.ts';
import { loudness, tonePower, toneProminence } from '../../support/goertzel.ts';

const part = (tone: Tone, fromSeconds: number, toSeconds: number) => ({
  samples: tone.samples.slice(fromSeconds * tone.sampleRate, toSeconds * tone.sampleRate),
  sampleRate: tone.sampleRate,
});
const secondsOf = (tone: Tone) => tone.samples.length / tone.sampleRate;

describe('network tones', () => {
  test('ringback: 425 Hz, one second on, four off', () => {
    const tone = ringbackTone();
    expect(secondsOf(tone)).toBe(5);
    expect(tone.loop).toBe(true);
    expect(toneProminence(part(tone, 0, 1), 425, [350, 380, 480, 523, 850])).toBeGreaterThan(20);
    expect(loudness(part(tone, 1, 5))).toBe(0);
  });

  test('busy: 425 Hz, 480 ms on, 480 ms off', () => {
    const tone = busyTone();
    expect(secondsOf(tone)).toBeCloseTo(0.96, 3);
    expect(loudness(part(tone, 0, 0.48))).toBeGreaterThan(0.05);
    expect(loudness(part(tone, 0.49, 0.96))).toBe(0);
  });
});

describe('all tones', () => {
  test('neither clip nor click: they begin, end and loop in silence', () => {
    for (const tone of [ringbackTone(), busyTone(), ringTone(), testTone(), keyTone('5')]) {
      if (!tone) throw new Error('no tone');
      const peak = tone.samples.reduce((highest, value) => Math.max(highest, Math.abs(value)), 0);
      expect(peak).toBeGreaterThan(0.05);
      expect(peak).toBeLessThan(1);
      expect(Math.abs(tone.samples[0] ?? 1)).toBeLessThan(0.01);
      expect(Math.abs(tone.samples.at(-1) ?? 1)).toBeLessThan(0.01);
    }
  });

  test('the ring is heard in its first second and pauses before it comes again', () => {
    const ring = ringTone();
    expect(loudness(part(ring, 0, 1))).toBeGreaterThan(0.05);
    expect(loudness(part(ring, 2.5, 3))).toBeLessThan(0.005);
  });
});

describe('keys', () => {
  test('Q.23: row and column', () => {
    expect(keyFrequencies('1')).toEqual([697, 1209]);
    expect(keyFrequencies('5')).toEqual([770, 1336]);
    expect(keyFrequencies('0')).toEqual([941, 1336]);
    expect(keyFrequencies('*')).toEqual([941, 1209]);
    expect(keyFrequencies('#')).toEqual([941, 1477]);
    expect(keyFrequencies('d')).toEqual([941, 1633]);
  });

  test('what is no key gives no tone', () => {
    for (const text of ['', 'x', '12', ' ']) expect(keyTone(text)).toBeNull();
  });

  test('both frequencies sound, no other row does', () => {
    const tone = keyTone('7');
    if (!tone) throw new Error('no tone');
    const [right, wrong] = [852, 697].map((hertz) => tonePower(tone, hertz));
    expect(right).toBeGreaterThan(100 * (wrong ?? 1));
    expect(tonePower(tone, 1209)).toBeGreaterThan(100 * tonePower(tone, 1477));
  });
});
