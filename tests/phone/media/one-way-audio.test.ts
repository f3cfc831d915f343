import { describe, expect, test } from 'vitest';
import {
  beginListening,
  nextListening,
  oneWayAudio,
} from '../../../renderer/phone/media/one-way-audio.ts';
import { aMediaSample } from './a-media-sample.ts';

interface Second {
  packetsIn?: number;
  packetsOut?: number;
  energyIn?: number;
  energyOut?: number;
  held?: boolean;
  muted?: boolean;
}

const healthy = { packetsIn: 50, packetsOut: 50, energyIn: 0.01, energyOut: 0.01 };

/** What is noticed after each of the given seconds. */
function noticed(seconds: readonly Second[]): ('in' | 'out' | null)[] {
  let sample = aMediaSample();
  let state = beginListening(sample);
  return seconds.map((changes) => {
    const second = { ...healthy, held: false, muted: false, ...changes };
    sample = {
      ...sample,
      at: sample.at + 1000,
      packetsReceived: sample.packetsReceived + second.packetsIn,
      packetsSent: sample.packetsSent + second.packetsOut,
      energyIn: sample.energyIn + second.energyIn,
      energyOut: sample.energyOut + second.energyOut,
    };
    state = nextListening(state, sample, { held: second.held, muted: second.muted });
    return oneWayAudio(state);
  });
}

const seconds = (count: number, second: Second = {}) => Array.from({ length: count }, () => second);

describe('one-way audio', () => {
  test('a healthy call is never suspected', () => {
    expect(noticed(seconds(20))).toEqual(Array(20).fill(null));
  });

  test('no packets in for three seconds', () => {
    expect(noticed(seconds(4, { packetsIn: 0, energyIn: 0 }))).toEqual([null, null, 'in', 'in']);
  });

  test('no packets out for three seconds', () => {
    expect(noticed(seconds(3, { packetsOut: 0 }))).toEqual([null, null, 'out']);
  });

  test('packets of digital silence are noticed after six seconds', () => {
    expect(noticed(seconds(6, { energyIn: 0 })).at(-1)).toBe('in');
    expect(noticed(seconds(5, { energyIn: 0 })).at(-1)).toBe(null);
    expect(noticed(seconds(6, { energyOut: 0 })).at(-1)).toBe('out');
  });

  test('a quiet room is not silence', () => {
    expect(noticed(seconds(10, { energyIn: 1e-8 })).at(-1)).toBe(null);
  });

  test('hold is no fault, and listening begins anew after it', () => {
    const still = { packetsIn: 0, packetsOut: 0, energyIn: 0, energyOut: 0 };
    const after = noticed([...seconds(10, { ...still, held: true }), ...seconds(3, still)]);
    expect(after.slice(0, 12)).toEqual(Array(12).fill(null));
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
