// Two connections of one process write to the same database: that of core, which serves calls, and that
// of a thread with long work. Core says that it wants to write; the thread then ends what it has begun
// and lets core go first. SQLite by itself would only look again from time to time, up to 100 ms apart.

/** To be taken before each write and left after it. */
export interface WriteTurns {
  take(): void;
  leave(): void;
}

/** Of core, which others give way to. */
export interface FirstTurns extends WriteTurns {
  /** Only when nobody writes; answers whether. */
  takeIfFree(): boolean;
}

/** Of the thread: whoever holds the turn asks now and then whether to give way. */
export interface PatientTurns extends WriteTurns {
  wanted(): boolean;
  /** How often core has had its turn so far; counters begin anew after 2³² times. */
  taken(): number;
  /** How often core has asked others to give way. */
  asked(): number;
}

const WANTED = 0;
const HELD = 1;
const TAKEN = 2;
const ASKED = 3;
const PLACES = 4;
/** Then SQLite's own waiting decides. */
const PATIENCE_MS = 2_000;

export function sharedTurns(): SharedArrayBuffer {
  return new SharedArrayBuffer(PLACES * Int32Array.BYTES_PER_ELEMENT);
}

/** Core's turns. */
export function firstTurns(shared: SharedArrayBuffer): FirstTurns {
  const places = new Int32Array(shared);
  const release = (): void => {
    Atomics.store(places, WANTED, 0);
    Atomics.notify(places, WANTED);
  };
  return {
    take() {
      Atomics.add(places, ASKED, 1);
      Atomics.store(places, WANTED, 1);
      Atomics.wait(places, HELD, 1, PATIENCE_MS);
    },
    takeIfFree() {
      if (Atomics.load(places, HELD) === 1) return false;
      Atomics.store(places, WANTED, 1);
      if (Atomics.load(places, HELD) === 0) return true;
      release();
      return false;
    },
    leave() {
      // Before others may write: whoever has counted in a turn of its own knows of every write since.
      Atomics.add(places, TAKEN, 1);
      release();
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
    asked: () => Atomics.load(places, ASKED),
  };
}

/** What a thread that is gone may have left held. */
export function freeTurns(shared: SharedArrayBuffer): void {
  const places = new Int32Array(shared);
  Atomics.store(places, HELD, 0);
  Atomics.notify(places, HELD);
}
