// Every refusal leaves core as one of the contract's errors; everything else as an internal error
// whose cause stays in the log.
import { randomBytes } from 'node:crypto';
import { ValidationError } from '@orpc/contract';
import { ORPCError } from '@orpc/server';
import type { ErrorCode } from '../../../preload/contract/errors.ts';
import { storageReasonOf } from '../database/storage-problem.ts';
import type { CoreLog } from '../log/core-log.ts';
import { Refusal } from '../refusal.ts';
import { VaultUnavailable } from '../secrets/vault.ts';

export function typedErrorFrom(
  error: unknown,
  where: string,
  log: CoreLog,
): ORPCError<string, unknown> {
  if (error instanceof ORPCError) {
    const validation: unknown = error.cause;
    // An answer that does not fit its schema is our own mistake, not the window's.
    if (error.code === 'BAD_REQUEST')
      return contractError('BAD_INPUT', { issues: issuesOf(validation) });
    if (error.code !== 'INTERNAL_SERVER_ERROR') return error;
    return internalError(validation ?? error, where, log);
  }
  if (error instanceof Refusal) return contractError(error.code, error.data);
  if (error instanceof VaultUnavailable)
    return contractError('STORAGE', { reason: 'keyUnavailable' });
  const reason = storageReasonOf(error);
  if (reason === null) return internalError(error, where, log);
  log.error({ where, reason, problem: describe(error) }, 'storage');
  return contractError('STORAGE', { reason });
}

/** For a frame whose contents cannot be made into values at all. */
export function unreadableInput(): ORPCError<string, unknown> {
  return contractError('BAD_INPUT', { issues: issuesOf(null) });
}

function contractError(code: ErrorCode, data: unknown): ORPCError<string, unknown> {
  return new ORPCError(code, { defined: true, message: code, data });
}

function internalError(error: unknown, where: string, log: CoreLog): ORPCError<string, unknown> {
  const reference = randomBytes(4).toString('hex');
  log.error({ where, reference, problem: describe(error) }, 'internal error');
  return new ORPCError('INTERNAL_SERVER_ERROR', {
    message: 'INTERNAL_SERVER_ERROR',
    data: { reference },
  });
}

interface InputIssue {
  path: (string | number)[];
  code: string;
}

function issuesOf(validation: unknown): InputIssue[] {
  if (!(validation instanceof ValidationError)) return [{ path: [], code: 'malformed' }];
  return validation.issues.slice(0, 50).map((issue) => ({
    path: (issue.path ?? []).map((part) => {
      const key = typeof part === 'object' ? part.key : part;
      return typeof key === 'number' ? key : String(key).slice(0, 100);
    }),
    code: codeOf(issue),
  }));
}

/** zod's code; for a rule of our own the code that the rule gave as its message. */
function codeOf(issue: { message: string }): string {
  const code = 'code' in issue ? String(issue.code) : 'invalid';
  return code === 'custom' ? issue.message : code;
}

/** Name, SQLite's or Node's code, and the places in our own code; of a message only the first line. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  if (error instanceof ValidationError) {
    return `answer does not fit: ${JSON.stringify(issuesOf(error))}`;
  }
  const code = 'code' in error ? ` ${String(error.code)}` : '';
  const stack = (error.stack ?? '')
    .split('\n')
    .filter((line) => line.trim().startsWith('at '))
    .slice(0, 8);
  return [`${error.name}${code}: ${error.message.split('\n')[0] ?? ''}`, ...stack].join('\n');
}
