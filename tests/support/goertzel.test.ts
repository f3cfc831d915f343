import { describe, expect, test } from 'vitest';
import { loudness, strongestBeside, toneLevel, tonePower, toneProminence } from './goertzel.ts';

const RATE = 8000;

function sine(frequency: number, amplitude = 1, seconds = 1): Float32Array {
  return Float32Array.from(
    { length: RATE * seconds },
    (_, index) => amplitude * Math.sin((2 * Math.PI * frequency * index) / RATE),
  );
}

describe('Goertzel', () => {
  test('a full-scale sine has power 1, half the amplitude a quarter', () => {
    expect(tonePower({ samples: sine(523), sampleRate: RATE }, 523)).toBeCloseTo(1, 2);
    expect(tonePower({ samples: sine(523, 0.5), sampleRate: RATE }, 523)).toBeCloseTo(0.25, 2);
    expect(toneLevel({ samples: sine(523, 0.1), sampleRate: RATE }, 523)).toBeCloseTo(-20, 1);
  });

  test('a tone between two bins is still found', () => {
    expect(tonePower({ samples: sine(523.25), sampleRate: RATE }, 523)).toBeGreaterThan(0.7);
  });

  test('the right tone stands out, the wrong one does not', () => {
    const recording = { samples: sine(523, 0.3), sampleRate: RATE };
    expect(toneProminence(recording, 523)).toBeGreaterThan(40);
    expect(toneProminence(recording, 440)).toBeLessThan(-40);
  });

  test('two equal tones: neither is prominent', () => {
    const other = sine(700, 0.3);
    const samples = sine(440, 0.3).map((value, index) => value + (other[index] ?? 0));
    expect(toneProminence({ samples, sampleRate: RATE }, 440)).toBeLessThan(3);
  });

  test('beside the tones that are meant, only what is not meant is strong', () => {
    const other = sine(1050, 0.3);
    const samples = sine(440, 0.3).map((value, index) => value + (other[index] ?? 0));
    const recording = { samples, sampleRate: RATE };
    expect(strongestBeside(recording, [440, 1050])).toBeLessThan(-60);
    expect(strongestBeside(recording, [440])).toBeGreaterThan(-15);
    expect(strongestBeside({ samples: new Float32Array(RATE), sampleRate: RATE }, [440])).toBe(
      -200,
    );
  });

  test('silence has neither power nor prominence', () => {
    const silence = { samples: new Float32Array(RATE), sampleRate: RATE };
    expect(tonePower(silence, 523)).toBe(0);
    expect(toneProminence(silence, 523)).toBe(0);
    expect(loudness(silence)).toBe(0);
  });

  test('loudness is the root mean square', () => {
    expect(loudness({ samples: sine(440, 1), sampleRate: RATE })).toBeCloseTo(Math.SQRT1_2, 3);
  });
});
