// How long the steps of a thread are that writes beside core. Long steps write a page that many rows touch
// once for all of them. When core asks, a step that has done little is committed, which core waits for, and a
// longer one is taken back; from then on steps are short until core has been quiet for a while.
import type { Pace } from './paced-rows.ts';
import type { PatientTurns } from './write-turns.ts';

type Limits = Pick<Pace, 'stepMs' | 'rowsMs' | 'commitMs'>;
const LONG: Limits = { stepMs: 2_000, rowsMs: 1_500, commitMs: 250 };
const SHORT: Limits = { stepMs: 300, rowsMs: 240, commitMs: 100 };
/** Since core has asked last. */
const LONG_AFTER_MS = 5_000;

export interface PaceBeside extends Pace {
  /** Whether core has asked for nothing for a while. */
  isLong(): boolean;
  /** For steps that are never taken back: always short. */
  short: Pace;
}

export function paceBeside(
  { asked, wanted }: Pick<PatientTurns, 'asked' | 'wanted'>,
  elapsed: () => number,
): PaceBeside {
  let known = asked();
  let longFrom = Number.NEGATIVE_INFINITY;
  function isLong(): boolean {
    const now = asked();
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
    keptMs: SHORT.rowsMs,
    get commitMs() {
      return limits().commitMs;
    },
    isLong,
    givesWay: wanted,
    short: { ...SHORT, keptMs: Number.POSITIVE_INFINITY, givesWay: wanted },
  };
}
