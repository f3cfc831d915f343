// WAV files: what a telephone recorded, and the voices that a browser is given.
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

/**
 * Reads 16-bit PCM; of several channels the first. The length in the header is not believed, because
 * a file that is still being written says 0.
 */
export function recordingFromWav(file: Buffer): Recording {
  if (file.length < 44) return { sampleRate: 8000, samples: new Float32Array(0) };
  if (file.toString('latin1', 0, 4) !== 'RIFF') throw new Error('not a WAV file');
  let at = 12;
  let sampleRate = 0;
  let channels = 1;
  while (at + 8 <= file.length) {
    const chunk = file.toString('latin1', at, at + 4);
    if (chunk === 'data') break;
    if (chunk === 'fmt ') {
      if (file.readUInt16LE(at + 22) !== 16) throw new Error('WAV is not 16-bit PCM');
      channels = file.readUInt16LE(at + 10);
      sampleRate = file.readUInt32LE(at + 12);
    }
    at += 8 + file.readUInt32LE(at + 4);
  }
  if (sampleRate === 0) throw new Error('WAV has no format');
  const frame = 2 * channels;
  const count = Math.max(0, Math.floor((file.length - at - 8) / frame));
  const samples = new Float32Array(count);
  for (let n = 0; n < count; n += 1) samples[n] = file.readInt16LE(at + 8 + n * frame) / 32_768;
  return { sampleRate, samples };
}
