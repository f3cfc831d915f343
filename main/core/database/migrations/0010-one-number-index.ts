// One index less that every new number has to be entered into: number_key is the E.164 form wherever there
// is one, and has an index. Frozen once it has landed; it imports nothing.

const sql = 'DROP INDEX customer_numbers_e164;';

export const oneNumberIndex = {
  version: 10,
  /** Older programs do not know the cipher that the file is in from this version on. */
  minReaderVersion: 10,
  sql,
} as const;
