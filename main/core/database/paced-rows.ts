// How much of long work is done at once, by the time that it takes with its commit: whoever calls in
// between waits no longer than that.

/** How long work on the database may hold others up. */
export interface Pace {
  /** A step with its commit, ms. */
  stepMs: number;
  /** Its rows without the commit, ms; they may take longer only while they are fewer than `LEAST_ROWS`. */
  rowsMs: number;
  /** Whether the step at hand is to end early, with no fewer than `LEAST_ROWS`. */
  givesWay: () => boolean;
  /** A commit by itself, ms: whoever asks meanwhile waits for all of it. */
  commitMs: number;
  /** Rows of a step that gives way, ms: after more, and more than the least, it is taken back, not committed. */
  keptMs: number;
}

/** Where calls wait for the step: together with what else comes in a turn it stays below 50 ms. */
export const BETWEEN_CALLS: Pace = {
  ...{ stepMs: 30, rowsMs: 25, givesWay: () => false },
  ...{ commitMs: Number.POSITIVE_INFINITY, keptMs: Number.POSITIVE_INFINITY },
};
/** Every commit writes some pages however little it holds: fewer rows only make the whole longer. */
export const LEAST_ROWS = 100;
const GROWTH = 1.3;

export interface PacedRows {
  /**
   * Does one step of so many rows and learns from how long it took, and its commit since `committing` was
   * called. Answers what the step answers.
   */
  step<Result>(work: (rows: number, committing: () => void) => Result): Result;
}

export function pacedRows({
  first,
  most,
  pace = BETWEEN_CALLS,
  growth = GROWTH,
  elapsed = () => performance.now(),
}: {
  first: number;
  most: number;
  /** May change between the steps. */
  pace?: Pick<Pace, 'stepMs' | 'commitMs'>;
  /** How much larger than a step the next one may be. */
  growth?: number;
  /** Milliseconds of a clock that only measures. */
  elapsed?: () => number;
}): PacedRows {
  let rows = first;
  return {
    step(work) {
      const began = elapsed();
      let committing = Number.POSITIVE_INFINITY;
      const result = work(rows, () => {
        committing = elapsed();
      });
      const ended = elapsed();
      const took = ended - began;
      const commit = Math.max(0, ended - committing);
      // It shrinks at once and grows slowly: one fast step says little about the next.
      const change = Math.min(growth, shareOf(pace.stepMs, took), shareOf(pace.commitMs, commit));
      rows = Math.round(Math.min(most, Math.max(LEAST_ROWS, rows * change)));
      return result;
    },
  };
}

/** How much longer it might take. */
const shareOf = (allowed: number, took: number) =>
  took <= 0 ? Number.POSITIVE_INFINITY : allowed / took;
