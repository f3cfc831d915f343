// Every way a call to core can fail, as one type that screens can switch over.
import type { z } from 'zod';
import type { ERRORS, ErrorCode } from '../../preload/contract/errors.ts';

type ErrorData<C extends ErrorCode> = z.output<(typeof ERRORS)[C]['data']>;

/** A refusal that the contract names, with its data. */
export type Refusal = {
  [C in ErrorCode]: { kind: 'refused'; code: C; data: ErrorData<C> };
}[ErrorCode];

export type CoreProblem =
  | Refusal
  /** There is no link to core, or it broke before the answer; the call may or may not have been done. */
  | { kind: 'unreachable' }
  /** The link stands, but no answer came in time. */
  | { kind: 'timedOut' }
  /** Core failed in a way that the contract does not name. */
  | { kind: 'failed'; detail: string };

export class CoreError extends Error {
  readonly problem: CoreProblem;

  constructor(problem: CoreProblem) {
    super(problem.kind === 'refused' ? problem.code : problem.kind);
    this.name = 'CoreError';
    this.problem = problem;
  }
}

const CODES: Record<ErrorCode, true> = {
  BAD_INPUT: true,
  NOT_FOUND: true,
  STALE: true,
  CALL_EVENT_REFUSED: true,
  WRAP_UP_INCOMPLETE: true,
  RECORDING_REFUSED: true,
  MERGE_REFUSED: true,
  EXCHANGE_REFUSED: true,
  ERASE_REFUSED: true,
  DESK_OPEN_ELSEWHERE: true,
  NO_ACCOUNT: true,
  BUSY: true,
  STORAGE: true,
};

/** Fits whatever a link or core threw into the one type; a CoreError passes unchanged. */
export function coreErrorFrom(thrown: unknown): CoreError {
  if (thrown instanceof CoreError) return thrown;
  if (typeof thrown === 'object' && thrown !== null && 'code' in thrown && 'data' in thrown) {
    const { code, data } = thrown;
    if (typeof code === 'string' && Object.hasOwn(CODES, code)) {
      // Core validated the data against the contract before it sent it.
      return new CoreError({ kind: 'refused', code, data } as Refusal);
    }
    return new CoreError({ kind: 'failed', detail: String(code) });
  }
  return new CoreError({
    kind: 'failed',
    detail: thrown instanceof Error ? thrown.message : String(thrown),
  });
}

/** The problem in whatever was thrown. */
export function coreProblemOf(thrown: unknown): CoreProblem {
  return coreErrorFrom(thrown).problem;
}

/** The refusal's data when core refused with this code, or null. */
export function refusalOf<C extends ErrorCode>(thrown: unknown, code: C): ErrorData<C> | null {
  const problem = coreProblemOf(thrown);
  return problem.kind === 'refused' && problem.code === code
    ? (problem.data as ErrorData<C>)
    : null;
}
