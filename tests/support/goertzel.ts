// Tells which tone is in a recording: power of single frequencies after Goertzel (1958).

export interface Recording {
  /** Mono samples in −1…+1. */
  samples: ArrayLike<number>;
  /** Samples per second. */
  sampleRate: number;
}

/**
 * Mean power of one frequency, relative to a full-scale sine (which gives 1).
 * The samples are Hann-windowed, so that a tone between two bins does not smear over the others.
 */
export function tonePower({ samples, sampleRate }: Recording, frequency: number): number {
  const count = samples.length;
  if (count === 0) return 0;
  const omega = (2 * Math.PI * frequency) / sampleRate;
  const coefficient = 2 * Math.cos(omega);
  let previous = 0;
  let beforePrevious = 0;
  for (let index = 0; index < count; index += 1) {
    const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / count);
    const value = (samples[index] ?? 0) * window + coefficient * previous - beforePrevious;
    beforePrevious = previous;
    previous = value;
  }
  const squared =
    previous * previous + beforePrevious * beforePrevious - coefficient * previous * beforePrevious;
  // A full-scale sine under a Hann window has |X| = N/4.
  return Math.max(0, squared) / (count / 4) ** 2;
}

/** Level of one frequency in dB relative to a full-scale sine; −∞ for silence. */
export function toneLevel(recording: Recording, frequency: number): number {
  return 10 * Math.log10(tonePower(recording, frequency));
}

/** Third-octave-like grid of other frequencies to compare with; covers the telephone band. */
const COMPARISON_HERTZ = [
  200, 250, 300, 350, 400, 440, 480, 523, 580, 640, 700, 780, 860, 950, 1050, 1200, 1400, 1600,
  1800, 2100, 2400, 2800, 3200,
];

/** Whether one frequency is another, or a harmonic of it, to a tenth. */
function isHarmonic(other: number, frequency: number): boolean {
  const ratio = other / frequency;
  return Math.abs(ratio - Math.max(1, Math.round(ratio))) <= 0.1;
}

/**
 * How far a tone stands above the strongest other bin, in dB.
 * Bins within a tenth of the frequency and its harmonics are not compared.
 */
export function toneProminence(
  recording: Recording,
  frequency: number,
  others: readonly number[] = COMPARISON_HERTZ,
): number {
  const strongestOther = others
    .filter((other) => !isHarmonic(other, frequency))
    .reduce((strongest, other) => Math.max(strongest, tonePower(recording, other)), 1e-12);
  return 10 * Math.log10(Math.max(tonePower(recording, frequency), 1e-12) / strongestOther);
}

/** Level of the strongest bin that is none of these tones and no harmonic of theirs, dB of full scale. */
export function strongestBeside(recording: Recording, tones: readonly number[]): number {
  const others = COMPARISON_HERTZ.filter((other) => !tones.some((tone) => isHarmonic(other, tone)));
  return Math.max(-200, ...others.map((other) => toneLevel(recording, other)));
}

/** Root mean square of the samples. */
export function loudness({ samples }: Recording): number {
  if (samples.length === 0) return 0;
  let sum = 0;
  for (let index = 0; index < samples.length; index += 1) sum += (samples[index] ?? 0) ** 2;
  return Math.sqrt(sum / samples.length);
}
