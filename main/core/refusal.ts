import type { z } from 'zod';
import type { ERRORS, ErrorCode } from '../../preload/contract/errors.ts';

type RefusalData<Code extends ErrorCode> = z.input<(typeof ERRORS)[Code]['data']>;

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
