// Call tones as samples: one period each, to be looped. Looping on the sound card's clock keeps the
// cadence even where a hidden window's timers are slowed down.

export interface Tone {
  samples: Float32Array<ArrayBuffer>;
  sampleRate: number;
  loop: boolean;
}

const SAMPLE_RATE = 24_000;
/** The German network's tones are 425 Hz (ITU-T E.180 Supplement 2). */
const NETWORK_HERTZ = 425;
const NETWORK_LEVEL = 0.12;
/** Softens beginning and end, so that no click is heard. */
const FADE_SECONDS = 0.008;

function silence(seconds: number): Float32Array<ArrayBuffer> {
  return new Float32Array(Math.round(seconds * SAMPLE_RATE));
}

function addSine(into: Float32Array, hertz: number, level: number, seconds: number): void {
  const count = Math.min(into.length, Math.round(seconds * SAMPLE_RATE));
  const fade = FADE_SECONDS * SAMPLE_RATE;
  for (let index = 0; index < count; index += 1) {
    const envelope = Math.min(1, index / fade, (count - index) / fade);
    const value = Math.sin((2 * Math.PI * hertz * index) / SAMPLE_RATE);
    into[index] = (into[index] ?? 0) + level * envelope * value;
  }
}

function networkTone(onSeconds: number, offSeconds: number): Tone {
  const samples = silence(onSeconds + offSeconds);
  addSine(samples, NETWORK_HERTZ, NETWORK_LEVEL, onSeconds);
  return { samples, sampleRate: SAMPLE_RATE, loop: true };
}

/** Rings at the other side: 1 s on, 4 s off. */
export const ringbackTone = (): Tone => networkTone(1, 4);

/** 480 ms on, 480 ms off. */
export const busyTone = (): Tone => networkTone(0.48, 0.48);

/** A second call: two short, quiet beeps every four seconds, beside the voice of the first. */
export function waitingTone(): Tone {
  const samples = silence(4);
  for (const at of [0, 0.4]) {
    const beep = samples.subarray(Math.round(at * SAMPLE_RATE));
    addSine(beep, NETWORK_HERTZ, NETWORK_LEVEL / 3, 0.2);
  }
  return { samples, sampleRate: SAMPLE_RATE, loop: true };
}

/** A struck wooden bar: the fundamental and its fourth partial, which dies away sooner. */
function addNote(into: Float32Array, atSeconds: number, hertz: number, level: number): void {
  const start = Math.round(atSeconds * SAMPLE_RATE);
  for (let index = start; index < into.length; index += 1) {
    const time = (index - start) / SAMPLE_RATE;
    const attack = Math.min(1, time / 0.004);
    const bar = Math.sin(2 * Math.PI * hertz * time) * Math.exp(-5 * time);
    const overtone = 0.25 * Math.sin(8 * Math.PI * hertz * time) * Math.exp(-16 * time);
    into[index] = (into[index] ?? 0) + level * attack * (bar + overtone);
  }
}

function fadeOutEnd(samples: Float32Array, seconds: number): void {
  const count = Math.round(seconds * SAMPLE_RATE);
  for (let index = 0; index < count; index += 1) {
    const at = samples.length - 1 - index;
    samples[at] = ((samples[at] ?? 0) * index) / count;
  }
}

/** E5, G5, B5 and back: an open chord that neither alarms nor gets lost in an office. */
const RING_MELODY: readonly (readonly [atSeconds: number, hertz: number])[] = [
  [0, 659.26],
  [0.16, 783.99],
  [0.32, 987.77],
  [0.64, 783.99],
  [0.8, 987.77],
];

/** An incoming call: a short phrase every three seconds. */
export function ringTone(): Tone {
  const samples = silence(3);
  for (const [at, hertz] of RING_MELODY) addNote(samples, at, hertz, 0.32);
  fadeOutEnd(samples, 0.2);
  return { samples, sampleRate: SAMPLE_RATE, loop: true };
}

/** Two notes to try a device with. */
export function testTone(): Tone {
  const samples = silence(1.4);
  addNote(samples, 0, 523.25, 0.3);
  addNote(samples, 0.35, 783.99, 0.3);
  fadeOutEnd(samples, 0.2);
  return { samples, sampleRate: SAMPLE_RATE, loop: false };
}

/** Row and column frequencies of ITU-T Q.23. */
const ROWS = [697, 770, 852, 941];
const COLUMNS = [1209, 1336, 1477, 1633];
const KEYS = '123A456B789C*0#D';
const KEY_SECONDS = 0.12;

/** The two frequencies of a key, or null for what is no key. */
export function keyFrequencies(digit: string): readonly [number, number] | null {
  const index = digit.length === 1 ? KEYS.indexOf(digit.toUpperCase()) : -1;
  const row = ROWS[Math.floor(index / 4)];
  const column = COLUMNS[index % 4];
  return row === undefined || column === undefined ? null : [row, column];
}

/** A key's own tone for the agent's ear, or null for what is no key. */
export function keyTone(digit: string): Tone | null {
  const frequencies = keyFrequencies(digit);
  if (!frequencies) return null;
  const samples = silence(KEY_SECONDS);
  for (const hertz of frequencies) addSine(samples, hertz, 0.06, KEY_SECONDS);
  return { samples, sampleRate: SAMPLE_RATE, loop: false };
}
