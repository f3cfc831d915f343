import { randomFillSync } from 'node:crypto';

/** Makes ids: time and randomness are arguments where a rule or a seeded book needs them. */
export type NewId = () => string;

let lastMs = 0;
let counter = 0;

const RANDOM_BYTES = 10;
// Drawn for many ids at once: asking the system for each of them took longer than storing a number.
const pool = new Uint8Array(RANDOM_BYTES * 400);
let drawn = pool.length;
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Where ten random bytes begin in the pool that nobody has had before. */
function freshBytes(): number {
  if (drawn >= pool.length) {
    randomFillSync(pool);
    drawn = 0;
  }
  drawn += RANDOM_BYTES;
  return drawn - RANDOM_BYTES;
}

/** A UUIDv7 (RFC 9562, method 1): ids made in one process sort in the order in which they were made. */
export function newId(now: number = Date.now()): string {
  const from = freshBytes();
  const byte = (at: number) => pool[from + at] ?? 0;
  const hex = (at: number) => HEX[byte(at)] ?? '';
  if (now > lastMs) {
    lastMs = now;
    counter = (byte(0) << 3) | (byte(1) & 0x07);
  } else {
    counter += 1;
    if (counter > 0xfff) {
      lastMs += 1;
      counter = 0;
    }
  }
  const time = lastMs.toString(16).padStart(12, '0');
  const variant = HEX[0x80 | (byte(2) & 0x3f)] ?? '';
  const middle = `7${counter.toString(16).padStart(3, '0')}`;
  const tail = `${hex(4)}${hex(5)}${hex(6)}${hex(7)}${hex(8)}${hex(9)}`;
  return `${time.slice(0, 8)}-${time.slice(8)}-${middle}-${variant}${hex(3)}-${tail}`;
}
