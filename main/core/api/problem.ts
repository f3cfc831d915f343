// Refusals of the API as problem documents (RFC 9457). The titles are part of the protocol; nothing of
// the inside, such as SQL, paths or stacks, is ever in one.
import type { ErrorCode } from '../../../preload/contract/errors.ts';

/** Every problem that the API knows, by the last part of its type. */
export const PROBLEMS = {
  'bad-request': { status: 400, title: 'The request cannot be understood.' },
  'invalid-json': { status: 400, title: 'The body is not valid JSON.' },
  'invalid-input': { status: 400, title: 'A value does not fit; see "errors".' },
  unauthorized: { status: 401, title: 'A valid token is needed.' },
  forbidden: { status: 403, title: 'This token may not do that.' },
  'foreign-origin': { status: 403, title: 'Web pages may not use this API.' },
  'not-found': { status: 404, title: 'There is no such thing.' },
  'method-not-allowed': { status: 405, title: 'This address does not know that method.' },
  'too-slow': { status: 408, title: 'The request did not arrive in time.' },
  conflict: { status: 409, title: 'That is not possible now.' },
  'no-window': { status: 409, title: 'No desk is open that could dial.' },
  'dialling-off': { status: 409, title: 'Dialling by other programs is switched off.' },
  'dialling-declined': { status: 409, title: 'The agent declined.' },
  'dialling-unanswered': { status: 409, title: 'The agent did not answer in time.' },
  'phone-not-ready': { status: 409, title: 'The telephone cannot dial now.' },
  'body-too-large': { status: 413, title: 'The body is too large.' },
  'unsupported-media-type': { status: 415, title: 'This kind of body is not accepted here.' },
  'wrong-host': { status: 421, title: 'This server does not answer for that host.' },
  'too-many-requests': { status: 429, title: 'Too many requests.' },
  'headers-too-large': { status: 431, title: 'The headers are too large.' },
  internal: { status: 500, title: 'Something went wrong inside the desk.' },
  'not-available': { status: 501, title: 'This desk cannot do that.' },
  unavailable: { status: 503, title: 'The data cannot be used at the moment.' },
  'storage-full': { status: 507, title: 'The disk is full.' },
} as const satisfies Record<string, { status: number; title: string }>;
export type ProblemName = keyof typeof PROBLEMS;

/** One field that does not fit: where (`numbers[0]`) and why, in a code. */
export interface FieldProblem {
  path: string;
  code: string;
}

export interface ProblemMore {
  headers?: Readonly<Record<string, string>>;
  errors?: readonly FieldProblem[];
  detail?: string;
  /** Names the entry in the log. */
  reference?: string;
}

/** Thrown by whatever answers a request. */
export class ApiProblem extends Error {
  readonly problem: ProblemName;
  readonly more: ProblemMore;

  constructor(problem: ProblemName, more: ProblemMore = {}) {
    super(problem);
    this.name = 'ApiProblem';
    this.problem = problem;
    this.more = more;
  }
}

export const PROBLEM_TYPE = 'application/problem+json';

export function problemDocument(problem: ProblemName, more: ProblemMore = {}): object {
  const { status, title } = PROBLEMS[problem];
  return {
    type: `urn:anklang:problem:${problem}`,
    title,
    status,
    ...(more.detail === undefined ? {} : { detail: more.detail }),
    ...(more.errors === undefined ? {} : { errors: more.errors }),
    ...(more.reference === undefined ? {} : { reference: more.reference }),
  };
}

const OF_CODE: Partial<Record<ErrorCode, ProblemName>> = {
  BAD_INPUT: 'invalid-input',
  NOT_FOUND: 'not-found',
  BUSY: 'conflict',
  STALE: 'conflict',
  ERASE_REFUSED: 'conflict',
  EXCHANGE_REFUSED: 'conflict',
};

interface CodedError {
  code: string;
  data: unknown;
}

/** What one of the contract's errors is to a program on the API. */
export function problemFromCode({ code, data }: CodedError): ApiProblem {
  if (code === 'STORAGE') {
    const full = reasonOf(data) === 'diskFull';
    return new ApiProblem(full ? 'storage-full' : 'unavailable');
  }
  if (code === 'INTERNAL_SERVER_ERROR') {
    const reference = fieldOf(data, 'reference');
    return new ApiProblem('internal', typeof reference === 'string' ? { reference } : {});
  }
  const problem = OF_CODE[code as ErrorCode] ?? 'conflict';
  const errors = problem === 'invalid-input' ? fieldProblemsOf(fieldOf(data, 'issues')) : [];
  return new ApiProblem(problem, errors.length > 0 ? { errors } : {});
}

function fieldProblemsOf(issues: unknown): FieldProblem[] {
  if (!Array.isArray(issues)) return [];
  return issues.map((issue: unknown) => ({
    path: pathInWords(fieldOf(issue, 'path')),
    code: codeIn(issue),
  }));
}

function codeIn(issue: unknown): string {
  const code = fieldOf(issue, 'code');
  return typeof code === 'string' ? code : 'invalid';
}

/** `['numbers', 0]` → `numbers[0]`. */
export function pathInWords(path: unknown): string {
  if (!Array.isArray(path)) return '';
  return path
    .map((part: unknown, index) =>
      typeof part === 'number'
        ? `[${part}]`
        : `${index === 0 ? '' : '.'}${String(part).slice(0, 100)}`,
    )
    .join('');
}

const reasonOf = (data: unknown) => fieldOf(data, 'reason');

function fieldOf(data: unknown, field: string): unknown {
  return typeof data === 'object' && data !== null
    ? (data as Record<string, unknown>)[field]
    : undefined;
}
