import { expect, test, vi } from 'vitest';
import { meterLevel } from '../../../renderer/phone/media/level-meter.ts';
import { createSoundGate } from '../../../renderer/phone/media/sound-gate.ts';

test('sound counts as blocked until the first key or click, then everything waiting sounds once', () => {
  const page = new EventTarget();
  const gate = createSoundGate(page);
  const told = vi.fn();
  const ring = vi.fn();
  const voice = vi.fn();
  gate.subscribe(told);
  expect(gate.blocked()).toBe(false);
  gate.waitForGesture(ring);
  gate.waitForGesture(voice);
  expect(gate.blocked()).toBe(true);
  page.dispatchEvent(new Event('keydown'));
  page.dispatchEvent(new Event('pointerdown'));
  expect(ring).toHaveBeenCalledOnce();
  expect(voice).toHaveBeenCalledOnce();
  expect(gate.blocked()).toBe(false);
  expect(told).toHaveBeenCalledTimes(2);
});

test('what is still forbidden after a gesture waits for the next one', () => {
  const page = new EventTarget();
  const gate = createSoundGate(page);
  const retry = vi.fn(() => {
    if (retry.mock.calls.length === 1) gate.waitForGesture(retry);
  });
  gate.waitForGesture(retry);
  page.dispatchEvent(new Event('pointerdown'));
  expect(gate.blocked()).toBe(true);
  page.dispatchEvent(new Event('pointerdown'));
  expect(retry).toHaveBeenCalledTimes(2);
  expect(gate.blocked()).toBe(false);
});

test('the meter is empty at −60 dBFS and full at full scale, half way at −30', () => {
  const steady = (amplitude: number) => new Float32Array(512).fill(amplitude);
  expect(meterLevel(steady(0))).toBe(0);
  expect(meterLevel(steady(0.001))).toBeCloseTo(0, 5);
  expect(meterLevel(steady(10 ** (-30 / 20)))).toBeCloseTo(0.5, 5);
  expect(meterLevel(steady(1))).toBe(1);
  expect(meterLevel(new Float32Array())).toBe(0);
});
