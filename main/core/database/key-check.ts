// Tells a wrong key from a damaged file: SQLite calls both "not a database". Beside the database lies
// an HMAC of a constant under its key; it says nothing about the key itself.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import type { DatabaseKey } from './encrypted-file.ts';

const CONSTANT = 'anklang database key check 1';

function checkValueOf(key: DatabaseKey): Buffer {
  return createHmac('sha256', Buffer.from(key, 'hex')).update(CONSTANT).digest();
}

export function writeKeyCheck(file: string, key: DatabaseKey): void {
  const part = `${file}.part`;
  const handle = openSync(part, 'w', 0o600);
  try {
    writeSync(handle, checkValueOf(key).toString('hex'));
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(part, file);
}

/** `unknown` when there is no readable check value. */
export function keyFits(file: string, key: DatabaseKey): 'yes' | 'no' | 'unknown' {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch {
    return 'unknown';
  }
  if (!/^[0-9a-f]{64}$/.test(text)) return 'unknown';
  return timingSafeEqual(Buffer.from(text, 'hex'), checkValueOf(key)) ? 'yes' : 'no';
}
