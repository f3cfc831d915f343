// Whether a file is in the format of SQLCipher 4, in which earlier versions wrote: told by its first pages, whose
// authentication codes only fit with the key. https://www.zetetic.net/sqlcipher/design/
import { createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';

const PAGE_BYTES = 4096;
const SALT_BYTES = 16;
const CODE_BYTES = 64;
/** Behind each page's contents: 16 bytes to begin the cipher with, and the code. */
const RESERVED_BYTES = 80;
const CODE_SALT_MASK = 0x3a;
const CODE_KEY_ROUNDS = 2;

/** A page that a power cut has torn stands whole in the log: one of the first ones is enough. */
const LOOKED_AT = 8;

/** `key` is 32 bytes as hexadecimal digits. False for files of another key or another format. */
export function isSqlCipherFile(file: string, key: string): boolean {
  const head = Buffer.alloc(PAGE_BYTES * LOOKED_AT);
  const handle = openSync(file, 'r');
  let pages = 0;
  try {
    pages = Math.floor(readSync(handle, head, 0, head.length, 0) / PAGE_BYTES);
  } finally {
    closeSync(handle);
  }
  if (pages === 0) return false;
  const salt = head.subarray(0, SALT_BYTES).map((byte) => byte ^ CODE_SALT_MASK);
  const codeKey = pbkdf2Sync(Buffer.from(key, 'hex'), salt, CODE_KEY_ROUNDS, 32, 'sha512');
  return Array.from({ length: pages }, (_, at) => at).some((at) => {
    const page = head.subarray(at * PAGE_BYTES, (at + 1) * PAGE_BYTES);
    const number = Buffer.alloc(4);
    number.writeUInt32LE(at + 1);
    // The page's number stands behind its contents and what the cipher began with.
    const code = createHmac('sha512', codeKey)
      .update(page.subarray(at === 0 ? SALT_BYTES : 0, PAGE_BYTES - RESERVED_BYTES + 16))
      .update(number)
      .digest();
    return timingSafeEqual(code, page.subarray(PAGE_BYTES - CODE_BYTES));
  });
}
