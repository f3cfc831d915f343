// A thread that holds its turn to write for as long as nobody else wants it, or for some time, over and over.
import { parentPort, workerData } from 'node:worker_threads';
import { patientTurns } from '../../../main/core/database/write-turns.ts';

const { turns, seen, holdMs } = workerData as {
  turns: SharedArrayBuffer;
  seen: SharedArrayBuffer;
  holdMs?: number;
};
/** How often it held its turn, and whether it does. */
const [ROUNDS, HOLDS] = [0, 1];
const places = new Int32Array(seen);
const mine = patientTurns(turns);
parentPort?.postMessage('begun');
for (;;) {
  mine.take();
  Atomics.store(places, HOLDS, 1);
  Atomics.add(places, ROUNDS, 1);
  const until = performance.now() + (holdMs ?? Number.POSITIVE_INFINITY);
  while (!mine.wanted() && performance.now() < until);
  Atomics.store(places, HOLDS, 0);
  mine.leave();
}
