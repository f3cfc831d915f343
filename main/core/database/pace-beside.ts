// How long the steps of a thread are that writes beside core. Core waits for the commit of what a step has
// done so far, never for its rows: those end when it asks. Long steps write a page that many rows touch once
// for all of them; while core writes now and then, short ones leave little to commit.
import type { Pace } from './paced-rows.ts';
import type { PatientTurns } from './write-turns.ts';

const LONG: Pick<Pace, 'stepMs' | 'rowsMs'> = { stepMs: 2_000, rowsMs: 1_500 };
const SHORT: Pick<Pace, 'stepMs' | 'rowsMs'> = { stepMs: 300, rowsMs: 240 };
/** Since core has written last. */
const LONG_AFTER_MS = 5_000;

export interface PaceBeside extends Pace {
  /** Whether core has written nothing for a while. */
  isLong(): boolean;
}

export function paceBeside(
  { taken, wanted }: Pick<PatientTurns, 'taken' | 'wanted'>,
  elapsed: () => number,
): PaceBeside {
  let known = taken();
  let longFrom = Number.NEGATIVE_INFINITY;
  function isLong(): boolean {
    const now = taken();
    if (now !== known) longFrom = elapsed() + LONG_AFTER_MS;
    known = now;
    return elapsed() >= longFrom;
  }
  const limits = () => (isLong() ? LONG : SHORT);
  return {
    get stepMs() {
      return limits().stepMs;
    },
    get rowsMs() {
      return limits().rowsMs;
    },
    isLong,
    givesWay: wanted,
  };
}
