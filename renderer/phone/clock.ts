/** Time and chance as the telephone sees them; tests give their own. */
export interface Clock {
  /** Epoch ms. */
  now(): number;
  /** Calls back once after `ms`; the answer stops it and may be called at any time. */
  after(ms: number, callback: () => void): () => void;
  /** 0 ≤ x < 1. */
  random(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};
