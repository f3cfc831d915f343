// Two connections of one process write to the same database: that of core, which serves calls, and that
// of a thread with long work. Core says that it wants to write; the thread then ends what it has begun
// and lets core go first. SQLite by itself would only look again from time to time, up to 100 ms apart.

/** To be taken before each write and left after it. */
export interface WriteTurns {
  take(): void;
  leave(): void;
}

/** Of the thread: whoever holds the turn asks now and then whether to give way. */
export interface PatientTurns extends WriteTurns {
  wanted(): boolean;
  /** How often core has written so far; it begins anew after 2³² times. */
  taken(): number;
}

const WANTED = 0;
const HELD = 1;
const TAKEN = 2;
const PLACES = 3;
/** Then SQLite's own waiting decides. */
const PATIENCE_MS = 2_000;

export function sharedTurns(): SharedArrayBuffer {
  return new SharedArrayBuffer(PLACES * Int32Array.BYTES_PER_ELEMENT);
}

/** Core's turns. */
export function firstTurns(shared: SharedArrayBuffer): WriteTurns {
  const places = new Int32Array(shared);
  return {
    take() {
      Atomics.add(places, TAKEN, 1);
      Atomics.store(places, WANTED, 1);
      Atomics.wait(places, HELD, 1, PATIENCE_MS);
    },
    leave() {
      Atomics.store(places, WANTED, 0);
      Atomics.notify(places, WANTED);
    },
  };
}

/** The thread's turns. */
export function patientTurns(shared: SharedArrayBuffer): PatientTurns {
  const places = new Int32Array(shared);
  const leave = (): void => freeTurns(shared);
  return {
    take() {
      for (;;) {
        Atomics.wait(places, WANTED, 1);
        Atomics.store(places, HELD, 1);
        // Core may have asked in between; of the two at least one sees the other.
        if (Atomics.load(places, WANTED) === 0) return;
        leave();
      }
    },
    leave,
    wanted: () => Atomics.load(places, WANTED) === 1,
    taken: () => Atomics.load(places, TAKEN),
  };
}

/** What a thread that is gone may have left held. */
export function freeTurns(shared: SharedArrayBuffer): void {
  const places = new Int32Array(shared);
  Atomics.store(places, HELD, 0);
  Atomics.notify(places, HELD);
}
