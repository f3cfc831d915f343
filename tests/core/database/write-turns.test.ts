// Turns between core and a thread that write to the same database.
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test, vi } from 'vitest';
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

test('what core does aside waits until the thread lets go, and asks nobody to give way', async () => {
  const turns = sharedTurns();
  const [core, thread] = [firstTurns(turns), patientTurns(turns)];
  const done: string[] = [];
  core.aside(() => done.push('at once'));
  thread.take();
  core.aside(() => done.push('later'));
  core.aside(() => done.push('one too many'));
  await wait(20);
  expect(done).toEqual(['at once']);
  expect(thread.wanted()).toBe(false);
  thread.leave();
  await vi.waitFor(() => expect(done).toEqual(['at once', 'later']));
  expect({ taken: thread.taken(), asked: thread.asked() }).toEqual({ taken: 0, asked: 0 });
  thread.take();
  core.aside(() => {
    throw new Error('no room on the disk');
  });
  thread.leave();
  await wait(20);
  core.aside(() => done.push('again'));
  expect(done.at(-1)).toBe('again');
});

test('a thread that would go on for ever leaves a moment for what core does aside', async () => {
  const turns = sharedTurns();
  const places = new Int32Array(new SharedArrayBuffer(8));
  const worker = new Worker(new URL('../support/patient-thread.ts', import.meta.url), {
    workerData: { turns, seen: places.buffer, holdMs: 20 },
  });
  onTestFinished(async () => void (await worker.terminate()));
  await once(worker, 'message');
  const mine = firstTurns(turns);
  const besides: number[] = [];
  for (let round = 1; round <= 50; round += 1) {
    await vi.waitFor(() => {
      // One that core came too late for is left out.
      mine.aside(() => besides.push(Atomics.load(places, 1)));
      expect(besides.length).toBeGreaterThanOrEqual(round);
    });
  }
  expect(besides.every((writing) => writing === 0)).toBe(true);
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
