// Turns between core and a thread that write to the same database.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import {
  firstTurns,
  freeTurns,
  patientTurns,
  sharedTurns,
} from '../../../main/core/database/write-turns.ts';

test('a thread that would go on for ever gives way each time, and never writes beside core', async () => {
  const turns = sharedTurns();
  const seen = new SharedArrayBuffer(8);
  const places = new Int32Array(seen);
  const worker = new Worker(new URL('../support/patient-thread.ts', import.meta.url), {
    workerData: { turns, seen },
  });
  onTestFinished(async () => void (await worker.terminate()));
  await once(worker, 'message');
  const mine = firstTurns(turns);
  const rounds = 200;
  for (let round = 0; round < rounds; round += 1) {
    mine.take();
    expect(Atomics.load(places, 1)).toBe(0);
    const before = Atomics.load(places, 0);
    mine.leave();
    // So that the thread has its turn, too.
    while (Atomics.load(places, 0) === before) await new Promise((next) => setImmediate(next));
  }
  expect(Atomics.load(places, 0)).toBeGreaterThanOrEqual(rounds);
});

test('what a thread that is gone had held is free again', () => {
  const turns = sharedTurns();
  new Int32Array(turns)[1] = 1;
  freeTurns(turns);
  const began = performance.now();
  const mine = firstTurns(turns);
  mine.take();
  mine.leave();
  expect(performance.now() - began).toBeLessThan(1_000);
});

test('core writes without asking only while nobody else does, and the thread knows of it', () => {
  const turns = sharedTurns();
  const [core, thread] = [firstTurns(turns), patientTurns(turns)];
  thread.take();
  expect(core.takeIfFree()).toBe(false);
  expect(thread.wanted()).toBe(false);
  thread.leave();
  expect(core.takeIfFree()).toBe(true);
  expect(thread.wanted()).toBe(true);
  core.leave();
  expect({ taken: thread.taken(), asked: thread.asked() }).toEqual({ taken: 1, asked: 0 });
});

test('a write that core had asked for while the thread counted is counted when it is done', () => {
  const turns = sharedTurns();
  const [core, thread] = [firstTurns(turns), patientTurns(turns)];
  thread.take();
  // Core asks and waits; here nobody can wait, so that its turn comes as soon as the thread is done.
  const places = new Int32Array(turns);
  const before = thread.taken();
  thread.leave();
  core.take();
  expect(thread.taken()).toBe(before);
  core.leave();
  expect(thread.taken()).toBe(before + 1);
  expect(places[0]).toBe(0);
});

test('the thread knows that core has written, also when it did so in between', () => {
  const turns = sharedTurns();
  const [core, thread] = [firstTurns(turns), patientTurns(turns)];
  const before = thread.taken();
  thread.take();
  thread.leave();
  expect(thread.taken()).toBe(before);
  core.take();
  core.leave();
  expect(thread.taken()).toBe(before + 1);
  expect(thread.asked()).toBe(1);
  expect(thread.wanted()).toBe(false);
});
