import { describe, expect, test } from 'vitest';
import {
  beginListening,
  nextListening,
  oneWayAudio,
} from '../../../renderer/phone/media/one-way-audio.ts';
import { aMediaSample } from './a-media-sample.ts';

/** Half a second, as often as a call is measured. */
interface Reading {
  packetsIn?: number;
  packetsOut?: number;
  energyIn?: number;
  energyOut?: number;
  held?: boolean;
  muted?: boolean;
}

const healthy = { packetsIn: 25, packetsOut: 25, energyIn: 0.005, energyOut: 0.005 };

/** What is noticed after each of the given readings. */
function noticed(readings: readonly Reading[]): ('in' | 'out' | null)[] {
  let sample = aMediaSample();
  let state = beginListening(sample);
  return readings.map((changes) => {
    const reading = { ...healthy, held: false, muted: false, ...changes };
    sample = {
      ...sample,
      at: sample.at + 500,
      packetsReceived: sample.packetsReceived + reading.packetsIn,
      packetsSent: sample.packetsSent + reading.packetsOut,
      energyIn: sample.energyIn + reading.energyIn,
      energyOut: sample.energyOut + reading.energyOut,
    };
    state = nextListening(state, sample, { held: reading.held, muted: reading.muted });
    return oneWayAudio(state);
  });
}

const seconds = (count: number, reading: Reading = {}) =>
  Array.from({ length: count * 2 }, () => reading);

describe('one-way audio', () => {
  test('a healthy call is never suspected', () => {
    expect(noticed(seconds(20))).toEqual(Array(40).fill(null));
  });

  test('no packets in: noticed within three seconds', () => {
    const after = noticed(seconds(4, { packetsIn: 0, energyIn: 0 }));
    expect(after).toEqual([null, null, null, null, 'in', 'in', 'in', 'in']);
  });

  test('no packets out: noticed within three seconds', () => {
    expect(noticed(seconds(2, { packetsOut: 0 })).at(-1)).toBe(null);
    expect(noticed(seconds(2.5, { packetsOut: 0 })).at(-1)).toBe('out');
  });

  test('packets of digital silence are noticed within three seconds too', () => {
    expect(noticed(seconds(2.5, { energyIn: 0 })).at(-1)).toBe('in');
    expect(noticed(seconds(2, { energyIn: 0 })).at(-1)).toBe(null);
    expect(noticed(seconds(2.5, { energyOut: 0 })).at(-1)).toBe('out');
  });

  test('a quiet room is not silence', () => {
    expect(noticed(seconds(10, { energyIn: 5e-9 })).at(-1)).toBe(null);
  });

  test('hold is no fault, and listening begins anew after it', () => {
    const still = { packetsIn: 0, packetsOut: 0, energyIn: 0, energyOut: 0 };
    const after = noticed([...seconds(10, { ...still, held: true }), ...seconds(3, still)]);
    expect(after.slice(0, 24)).toEqual(Array(24).fill(null));
    expect(after.at(-1)).toBe('in');
  });

  test('a muted agent sends silence on purpose, but packets all the same', () => {
    expect(noticed(seconds(10, { energyOut: 0, muted: true })).at(-1)).toBe(null);
    expect(noticed(seconds(3, { packetsOut: 0, energyOut: 0, muted: true })).at(-1)).toBe('out');
  });

  test('the fault is forgotten once sound is back', () => {
    expect(noticed([...seconds(4, { packetsIn: 0, energyIn: 0 }), healthy]).at(-1)).toBe(null);
  });
});
