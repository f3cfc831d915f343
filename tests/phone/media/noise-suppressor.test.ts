import { expect, test, vi } from 'vitest';
import { createNoiseSuppressor } from '../../../renderer/phone/media/noise-suppressor.ts';
import { createSoundGate } from '../../../renderer/phone/media/sound-gate.ts';

const stream = {} as MediaStream;
const sound = { stream, stop: () => undefined };
const gate = createSoundGate(new EventTarget());

test('a failure is told once, and nothing is tried again before the agent wants it', async () => {
  const clean = vi.fn().mockRejectedValueOnce(new Error('no program')).mockResolvedValue(sound);
  const suppressor = createNoiseSuppressor(gate, clean);
  const told = vi.fn();
  suppressor.subscribe(told);
  expect(await suppressor.clean(stream)).toBeNull();
  expect(await suppressor.clean(stream)).toBeNull();
  expect(suppressor.failed()).toBe(true);
  expect(told).toHaveBeenCalledOnce();
  expect(clean).toHaveBeenCalledOnce();
  suppressor.tryAgain();
  expect(suppressor.failed()).toBe(false);
  expect(await suppressor.clean(stream)).toBe(sound);
});

test('one that stops working later is told as well', async () => {
  let stopWorking = () => {};
  const suppressor = createNoiseSuppressor(gate, async (_stream, _gate, onFailure) => {
    stopWorking = onFailure;
    return sound;
  });
  const told = vi.fn();
  const forget = suppressor.subscribe(told);
  expect(await suppressor.clean(stream)).toBe(sound);
  stopWorking();
  expect(suppressor.failed()).toBe(true);
  expect(told).toHaveBeenCalledOnce();
  forget();
  suppressor.tryAgain();
  stopWorking();
  expect(told).toHaveBeenCalledOnce();
});
