// Tones prove audio: each direction speaks its own frequency, and the Goertzel algorithm tells whether
// the right one arrives and the wrong one does not.

export interface Sound {
  /** Samples per second. */
  rate: number;
  /** Mono, −1…+1. */
  samples: Float32Array;
}

/** Power of one frequency (Hz) in the samples, after a Hann window; G. Goertzel 1958. */
export function tonePower(sound: Sound, frequency: number): number {
  const { samples, rate } = sound;
  const omega = (2 * Math.PI * frequency) / rate;
  const factor = 2 * Math.cos(omega);
  let before = 0;
  let last = 0;
  for (let n = 0; n < samples.length; n += 1) {
    const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / samples.length);
    const next = (samples[n] ?? 0) * window + factor * last - before;
    before = last;
    last = next;
  }
  const power = last * last + before * before - factor * last * before;
  // A full-scale sine has 1: the Hann window keeps half of the amplitude.
  return power / (samples.length / 4) ** 2;
}

/** How far one tone stands above the loudest other frequency between 200 and 3,400 Hz, in dB. */
export function toneDominance(sound: Sound, frequency: number): number {
  let loudestOther = 1e-12;
  for (let other = 200; other <= 3400; other += 10) {
    if (Math.abs(other - frequency) <= 30) continue;
    loudestOther = Math.max(loudestOther, tonePower(sound, other));
  }
  return 10 * Math.log10(Math.max(tonePower(sound, frequency), 1e-12) / loudestOther);
}

/** Level of one tone in dB of full scale, −120 for silence. */
export function toneLevel(sound: Sound, frequency: number): number {
  return 10 * Math.log10(Math.max(tonePower(sound, frequency), 1e-12));
}

/** The last part of a sound, `seconds` long at most. */
export function endOf(sound: Sound, seconds: number): Sound {
  const count = Math.min(sound.samples.length, Math.round(seconds * sound.rate));
  return { rate: sound.rate, samples: sound.samples.subarray(sound.samples.length - count) };
}

export function secondsOf(sound: Sound): number {
  return sound.samples.length / sound.rate;
}

/** A sine of `seconds`; `frequency` in Hz, `amplitude` 0–1. */
export function sine(frequency: number, seconds: number, rate = 48_000, amplitude = 0.5): Sound {
  const samples = new Float32Array(Math.round(seconds * rate));
  for (let n = 0; n < samples.length; n += 1) {
    samples[n] = amplitude * Math.sin((2 * Math.PI * frequency * n) / rate);
  }
  return { rate, samples };
}

/** The sound as a 16-bit PCM WAV file. */
export function wavFile(sound: Sound): Buffer {
  const data = Buffer.alloc(sound.samples.length * 2);
  sound.samples.forEach((value, n) => {
    data.writeInt16LE(Math.round(Math.max(-1, Math.min(1, value)) * 32_767), n * 2);
  });
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(sound.rate, 24);
  head.writeUInt32LE(sound.rate * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}

/**
 * Reads 16-bit PCM; of several channels the first. The length in the header is not believed, because
 * a file that is still being written says 0.
 */
export function soundFromWav(file: Buffer): Sound {
  if (file.length < 44) return { rate: 8000, samples: new Float32Array(0) };
  if (file.toString('latin1', 0, 4) !== 'RIFF') throw new Error('not a WAV file');
  let at = 12;
  let rate = 0;
  let channels = 1;
  while (at + 8 <= file.length) {
    const chunk = file.toString('latin1', at, at + 4);
    if (chunk === 'data') break;
    if (chunk === 'fmt ') {
      if (file.readUInt16LE(at + 22) !== 16) throw new Error('WAV is not 16-bit PCM');
      channels = file.readUInt16LE(at + 10);
      rate = file.readUInt32LE(at + 12);
    }
    at += 8 + file.readUInt32LE(at + 4);
  }
  if (rate === 0) throw new Error('WAV has no format');
  const frame = 2 * channels;
  const count = Math.max(0, Math.floor((file.length - at - 8) / frame));
  const samples = new Float32Array(count);
  for (let n = 0; n < count; n += 1) samples[n] = file.readInt16LE(at + 8 + n * frame) / 32_768;
  return { rate, samples };
}
