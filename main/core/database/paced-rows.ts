// How much of long work is done at once, by the time that it takes with its commit: whoever calls in
// between waits no longer than that.

/** A step with its commit; together with what else comes in a turn it stays below 50 ms. */
const STEP_MS = 30;
/** Every commit writes some pages however little it holds: fewer rows only make the whole longer. */
export const LEAST_ROWS = 100;
const GROWTH = 1.3;

export interface PacedRows {
  /** Does one step of so many rows and learns from how long it took. Answers what the step answers. */
  step<Result>(work: (rows: number) => Result): Result;
}

export function pacedRows({
  first,
  most,
  elapsed = () => performance.now(),
}: {
  first: number;
  most: number;
  /** Milliseconds of a clock that only measures. */
  elapsed?: () => number;
}): PacedRows {
  let rows = first;
  return {
    step(work) {
      const began = elapsed();
      const result = work(rows);
      const took = elapsed() - began;
      // It shrinks at once and grows slowly: one fast step says little about the next.
      const change = took <= 0 ? GROWTH : Math.min(GROWTH, STEP_MS / took);
      rows = Math.round(Math.min(most, Math.max(LEAST_ROWS, rows * change)));
      return result;
    },
  };
}
