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
  /**
   * A short write that can wait: at once when nobody writes, else when the thread lets go next, which then
   * leaves a moment for it. Never later than that, and not at all while another one waits; nobody is asked to
   * give way, and it does not count as taken. What fails `late` is not thrown to anybody.
   */
  aside(write: (late: boolean) => void): void;
}

/** Of the thread: whoever holds the turn asks now and then whether to give way. */
export interface PatientTurns extends WriteTurns {
  wanted(): boolean;
  /** How often core has had its turn so far, asides apart; counters begin anew after 2³² times. */
  taken(): number;
  /** How often core has asked others to give way. */
  asked(): number;
}

const WANTED = 0;
const HELD = 1;
const TAKEN = 2;
const ASKED = 3;
const WISHED = 4;
const PLACES = 5;
/** Then SQLite's own waiting decides. */
const PATIENCE_MS = 2_000;
/** So long core waits with what it does aside, without being held up. */
const ASIDE_PATIENCE_MS = 4_000;
/** So long the thread then leaves to core. */
const MOMENT_MS = 50;

export function sharedTurns(): SharedArrayBuffer {
  return new SharedArrayBuffer(PLACES * Int32Array.BYTES_PER_ELEMENT);
}

/** Core's turns. */
export function firstTurns(shared: SharedArrayBuffer): FirstTurns {
  const places = new Int32Array(shared);
  const release = (place: number): void => {
    Atomics.store(places, place, 0);
    Atomics.notify(places, place);
  };
  let waits = false;

  /** Answers whether nobody else wrote, and it was done. */
  function aheadOfOthers(write: () => void): boolean {
    if (Atomics.load(places, HELD) === 1) return false;
    Atomics.store(places, WANTED, 1);
    try {
      if (Atomics.load(places, HELD) === 1) return false;
      write();
      return true;
    } finally {
      release(WANTED);
    }
  }

  async function whenLetGo(write: (late: boolean) => void): Promise<void> {
    waits = true;
    Atomics.store(places, WISHED, 1);
    try {
      await Atomics.waitAsync(places, HELD, 1, ASIDE_PATIENCE_MS).value;
      aheadOfOthers(() => write(true));
    } finally {
      waits = false;
      release(WISHED);
    }
  }

  return {
    take() {
      Atomics.add(places, ASKED, 1);
      Atomics.store(places, WANTED, 1);
      Atomics.wait(places, HELD, 1, PATIENCE_MS);
    },
    aside(write) {
      if (waits || aheadOfOthers(() => write(false))) return;
      whenLetGo(write).catch(() => undefined);
    },
    leave() {
      // Before others may write: whoever has counted in a turn of its own knows of every write since.
      Atomics.add(places, TAKEN, 1);
      release(WANTED);
    },
  };
}

/** The thread's turns. */
export function patientTurns(shared: SharedArrayBuffer): PatientTurns {
  const places = new Int32Array(shared);
  const leave = (): void => freeTurns(shared);
  return {
    take() {
      if (Atomics.load(places, WISHED) === 1) {
        Atomics.wait(places, WISHED, 1, MOMENT_MS);
        // Only once for each wish: core may be busy.
        Atomics.store(places, WISHED, 0);
      }
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
