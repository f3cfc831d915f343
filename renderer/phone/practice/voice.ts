// A practice customer's voice: babble that sounds like someone talking in the next room. Synthesised
// by source and filter (a glottal pulse through the formants of vowels), so that no recording of a
// person is needed.

const TWO_PI = 2 * Math.PI;
export const VOICE_SAMPLE_RATE = 16_000;
const STEP = 1 / VOICE_SAMPLE_RATE;

/** First three formants of German long vowels, in Hz (averages of adult speakers). */
const VOWELS: readonly (readonly [number, number, number])[] = [
  [750, 1250, 2500],
  [380, 2150, 2750],
  [300, 2250, 3000],
  [400, 800, 2500],
  [310, 750, 2350],
  [480, 1450, 2400],
];
const FORMANT_GAINS = [1, 0.9, 0.6] as const;
const FORMANT_WIDTHS = [70, 100, 140] as const;
/** So many samples (2 ms) keep one position of the mouth. */
const BLOCK = 32;

interface Syllable {
  seconds: number;
  vowel: number;
  /** Relative to the speaker's pitch at the syllable's beginning and end. */
  pitchFrom: number;
  pitchTo: number;
  /** A hissing beginning, 0–1. */
  breath: number;
}

const range = (low: number, high: number, random: () => number) => low + (high - low) * random();

/** A sentence falls in pitch, a question rises at its end. */
function phraseOf(random: () => number): Syllable[] {
  const count = Math.round(range(6, 14, random));
  const question = random() < 0.3;
  const heights = Array.from({ length: count + 1 }, (_, index) => {
    const fall = 1.12 - 0.24 * (index / count);
    const lift = question && index > count - 2 ? 0.22 : 0;
    return fall + lift + range(-0.05, 0.05, random);
  });
  return Array.from({ length: count }, (_, index) => ({
    seconds: range(0.13, 0.22, random) * (index === count - 1 ? 1.6 : 1),
    vowel: Math.floor(random() * VOWELS.length),
    pitchFrom: heights[index] ?? 1,
    pitchTo: heights[index + 1] ?? 1,
    breath: random() < 0.4 ? range(0.3, 1, random) : 0,
  }));
}

/** A two-pole resonator whose centre may move; its width is fixed. */
function resonator(width: number) {
  const radius = Math.exp(-Math.PI * width * STEP);
  const decay = radius * radius;
  let turn = 0;
  let last = 0;
  let beforeLast = 0;
  return {
    moveTo(hertz: number): void {
      turn = 2 * radius * Math.cos(TWO_PI * hertz * STEP);
    },
    next(input: number): number {
      const output = (1 - radius) * input + turn * last - decay * beforeLast;
      beforeLast = last;
      last = output;
      return output;
    },
  };
}

/**
 * About `seconds` of babble to be looped: phrases of one to two seconds with pauses to let the other
 * side speak. `random` returns [0, 1) and decides pitch and words; peak is 0.3 of full scale.
 */
export function babble(seconds: number, random: () => number): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(Math.round(seconds * VOICE_SAMPLE_RATE));
  const speakerHertz = random() < 0.5 ? range(100, 130, random) : range(175, 215, random);
  const formants = FORMANT_WIDTHS.map(resonator);
  let phase = 0;
  let glottal = 0;
  let loudness = 0;
  let at = Math.round(0.3 * VOICE_SAMPLE_RATE);
  let vowelNow: readonly number[] = [500, 1500, 2500];

  const speak = (syllable: Syllable) => {
    const count = Math.round(syllable.seconds * VOICE_SAMPLE_RATE);
    const target = VOWELS[syllable.vowel] ?? [];
    const end = Math.min(at + count, samples.length);
    for (let index = 0; at < end; index += 1, at += 1) {
      const part = index / count;
      if (index % BLOCK === 0) {
        // The mouth moves in the syllable's first third.
        vowelNow = vowelNow.map(
          (hertz, order) => hertz + ((target[order] ?? hertz) - hertz) * 0.12,
        );
        for (const [order, formant] of formants.entries()) formant.moveTo(vowelNow[order] ?? 0);
      }
      const height = syllable.pitchFrom + (syllable.pitchTo - syllable.pitchFrom) * part;
      phase += speakerHertz * height * STEP;
      if (phase >= 1) phase -= 1;
      // An open quotient of 0.6: the folds close for the rest of each period.
      const opening = phase < 0.6 ? Math.sin((Math.PI * phase) / 0.6) : 0;
      const pulse = opening * opening;
      const breath = part < 0.3 ? syllable.breath * 0.35 * (2 * random() - 1) : 0;
      const voiced = pulse - glottal;
      glottal += 0.5 * voiced;
      // Rises and falls over the syllable, never all at once.
      loudness += 0.01 * ((part < 0.8 ? 1 : 0.15) - loudness);
      const source = (voiced * 2 + breath) * loudness;
      let sum = 0;
      for (let order = 0; order < formants.length; order += 1) {
        sum += (FORMANT_GAINS[order] ?? 0) * (formants[order]?.next(source) ?? 0);
      }
      samples[at] = sum;
    }
  };

  /** The last sound dies away. */
  const fallSilent = () => {
    const end = Math.min(at + Math.round(0.05 * VOICE_SAMPLE_RATE), samples.length);
    for (; at < end; at += 1) {
      samples[at] = formants.reduce(
        (sum, formant, order) => sum + (FORMANT_GAINS[order] ?? 0) * formant.next(0),
        0,
      );
    }
    loudness = 0;
  };

  while (at < samples.length - VOICE_SAMPLE_RATE) {
    for (const syllable of phraseOf(random)) speak(syllable);
    fallSilent();
    at += Math.round(range(1.2, 2.4, random) * VOICE_SAMPLE_RATE);
  }
  return withPeak(samples, 0.3);
}

function withPeak(samples: Float32Array<ArrayBuffer>, peak: number): Float32Array<ArrayBuffer> {
  let highest = 0;
  for (const sample of samples) highest = Math.max(highest, Math.abs(sample));
  return highest === 0 ? samples : samples.map((sample) => (sample * peak) / highest);
}

/** C5, far from the German network's tones, so that a test can tell who is heard. */
export const TONE_HERTZ = 523;
