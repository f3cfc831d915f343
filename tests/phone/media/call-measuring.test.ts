import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CallMeasurement } from '../../../renderer/phone/media-port.ts';
import { measureCall } from '../../../renderer/phone/media/call-measuring.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A connection whose statistics gain 50 packets a reading, of which `lost` are lost. */
function aConnection(lost: () => number) {
  let received = 0;
  let gone = 0;
  const getStats = vi.fn(() => {
    received += 50 - lost();
    gone += lost();
    const inbound = {
      type: 'inbound-rtp',
      kind: 'audio',
      packetsReceived: received,
      packetsLost: gone,
    };
    return Promise.resolve(new Map([['in', inbound]]) as unknown as RTCStatsReport);
  });
  return { getStats, getSenders: () => [{ track: { enabled: true } }] };
}

describe('measuring a call', () => {
  test('once a second, until stopped', async () => {
    const connection = aConnection(() => 0);
    const heard = vi.fn();
    const stop = measureCall(connection, () => true, heard);
    await vi.advanceTimersByTimeAsync(3100);
    expect(heard).toHaveBeenCalledTimes(3);
    stop();
    await vi.advanceTimersByTimeAsync(5000);
    expect(connection.getStats).toHaveBeenCalledTimes(6);
  });

  test('the screen shows the last seconds, the record the whole call', async () => {
    let second = 0;
    const measurements: CallMeasurement[] = [];
    const connection = aConnection(() => (second > 10 ? 0 : 5));
    const stop = measureCall(
      connection,
      () => true,
      (measurement) => measurements.push(measurement),
    );
    for (second = 0; second < 20; second += 1) await vi.advanceTimersByTimeAsync(1000);
    stop();
    const last = measurements.at(-1);
    expect(last?.now.lossPercent).toBe(0);
    expect(last?.quality.lossPercent).toBeCloseTo((100 * 21 * 5) / (39 * 50), 5);
    expect(measurements[4]?.now.lossPercent).toBeCloseTo(10, 5);
  });

  test('one-way audio is told at once, and so is its end', async () => {
    let arriving = true;
    let received = 0;
    const told: { at: number; oneWay: string | null }[] = [];
    const connection = {
      getStats: () => {
        received += arriving ? 25 : 0;
        const inbound = {
          type: 'inbound-rtp',
          kind: 'audio',
          packetsReceived: received,
          totalAudioEnergy: received,
        };
        const outbound = { type: 'outbound-rtp', kind: 'audio', packetsSent: Date.now() };
        const source = { type: 'media-source', kind: 'audio', totalAudioEnergy: Date.now() };
        const entries = [inbound, outbound, source].map((entry) => [entry.type, entry] as const);
        return Promise.resolve(new Map(entries) as unknown as RTCStatsReport);
      },
      getSenders: () => [{ track: { enabled: true } }],
    };
    const began = Date.now();
    const stop = measureCall(
      connection,
      () => false,
      ({ oneWay }) => told.push({ at: Date.now() - began, oneWay }),
    );
    await vi.advanceTimersByTimeAsync(5250);
    arriving = false;
    await vi.advanceTimersByTimeAsync(4000);
    arriving = true;
    await vi.advanceTimersByTimeAsync(1000);
    stop();
    const noticed = told.find(({ oneWay }) => oneWay === 'in')?.at ?? Number.NaN;
    expect(noticed - 5250).toBeLessThanOrEqual(3000);
    expect(told.findLast(({ oneWay }) => oneWay === 'in')?.at).toBeLessThanOrEqual(9500);
    expect(told.at(-1)?.oneWay).toBe(null);
  });

  test('a reading that hangs does not pile up, and a failed one is passed over', async () => {
    const hanging = {
      getStats: vi.fn(() => new Promise<RTCStatsReport>(() => undefined)),
      getSenders: () => [],
    };
    const stopHanging = measureCall(
      hanging,
      () => false,
      () => undefined,
    );
    const failing = {
      getStats: vi.fn(() => Promise.reject(new Error('closed'))),
      getSenders: () => [],
    };
    const heard = vi.fn();
    const stopFailing = measureCall(failing, () => false, heard);
    await vi.advanceTimersByTimeAsync(4000);
    stopHanging();
    stopFailing();
    expect(hanging.getStats).toHaveBeenCalledTimes(1);
    expect(failing.getStats).toHaveBeenCalledTimes(8);
    expect(heard).not.toHaveBeenCalled();
  });
});
