// Whether a file is in the format of SQLCipher 4, in which earlier versions wrote: told by the first page, whose
// authentication code only fits with the key. https://www.zetetic.net/sqlcipher/design/
import { createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';

const PAGE_BYTES = 4096;
const SALT_BYTES = 16;
const CODE_BYTES = 64;
/** Behind each page's contents: 16 bytes to begin the cipher with, and the code. */
const RESERVED_BYTES = 80;
const CODE_SALT_MASK = 0x3a;
const CODE_KEY_ROUNDS = 2;

/** `key` is 32 bytes as hexadecimal digits. False for files of another key, another format or damage. */
export function isSqlCipherFile(file: string, key: string): boolean {
  const page = Buffer.alloc(PAGE_BYTES);
  const handle = openSync(file, 'r');
  try {
    if (readSync(handle, page, 0, PAGE_BYTES, 0) < PAGE_BYTES) return false;
  } finally {
    closeSync(handle);
  }
  const salt = page.subarray(0, SALT_BYTES).map((byte) => byte ^ CODE_SALT_MASK);
  const codeKey = pbkdf2Sync(Buffer.from(key, 'hex'), salt, CODE_KEY_ROUNDS, 32, 'sha512');
  const codeAt = PAGE_BYTES - CODE_BYTES;
  // The page's number, 1, stands behind its contents and what the cipher began with.
  const code = createHmac('sha512', codeKey)
    .update(page.subarray(SALT_BYTES, PAGE_BYTES - RESERVED_BYTES + 16))
    .update(Buffer.from([1, 0, 0, 0]))
    .digest();
  return timingSafeEqual(code, page.subarray(codeAt));
}
