// Parts of recordings, and the voices that browsers and telephones are given.
import type { Recording } from './goertzel.ts';

/** The last part of a recording, `seconds` long at most. */
export function endOf(recording: Recording, seconds: number): Recording {
  const count = Math.max(1, Math.round(seconds * recording.sampleRate));
  return { sampleRate: recording.sampleRate, samples: Array.from(recording.samples).slice(-count) };
}

export function secondsOf(recording: Recording): number {
  return recording.samples.length / recording.sampleRate;
}

/** A sine of `seconds`; `frequency` in Hz, `amplitude` 0–1. */
export function sine(
  frequency: number,
  seconds: number,
  sampleRate = 48_000,
  amplitude = 0.5,
): Recording {
  const samples = new Float32Array(Math.round(seconds * sampleRate));
  for (let n = 0; n < samples.length; n += 1) {
    samples[n] = amplitude * Math.sin((2 * Math.PI * frequency * n) / sampleRate);
  }
  return { sampleRate, samples };
}

/** The recording as a 16-bit PCM WAV file. */
export function wavFile(recording: Recording): Buffer {
  const data = Buffer.alloc(recording.samples.length * 2);
  for (let n = 0; n < recording.samples.length; n += 1) {
    const value = Math.max(-1, Math.min(1, recording.samples[n] ?? 0));
    data.writeInt16LE(Math.round(value * 32_767), n * 2);
  }
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(recording.sampleRate, 24);
  head.writeUInt32LE(recording.sampleRate * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}
