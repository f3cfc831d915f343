import type { z } from 'zod';
import type { ERRORS, ErrorCode } from '../../preload/contract/errors.ts';

export type RefusalData<Code extends ErrorCode> = z.input<(typeof ERRORS)[Code]['data']>;

/** A procedure's typed refusal: one of the contract's errors, with its data. Nothing was changed. */
export class Refusal<Code extends ErrorCode = ErrorCode> extends Error {
  readonly code: Code;
  readonly data: RefusalData<Code>;

  constructor(code: Code, data: RefusalData<Code>) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.data = data;
  }
}

/** Input that fits its schema and still cannot be meant, such as a time zone that does not exist. */
export function badInput(path: (string | number)[], code: string): Refusal<'BAD_INPUT'> {
  return new Refusal('BAD_INPUT', { issues: [{ path, code }] });
}
