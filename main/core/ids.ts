import { randomFillSync } from 'node:crypto';

/** Makes ids: time and randomness are arguments where a rule or a seeded book needs them. */
export type NewId = () => string;

let lastMs = 0;
let counter = 0;

/** A UUIDv7 (RFC 9562, method 1): ids made in one process sort in the order in which they were made. */
export function newId(now: number = Date.now()): string {
  const random = randomFillSync(new Uint8Array(10));
  if (now > lastMs) {
    lastMs = now;
    counter = ((random[0] ?? 0) << 3) | ((random[1] ?? 0) & 0x07);
  } else {
    counter += 1;
    if (counter > 0xfff) {
      lastMs += 1;
      counter = 0;
    }
  }
  const time = lastMs.toString(16).padStart(12, '0');
  const variant = 0x80 | ((random[2] ?? 0) & 0x3f);
  const tail = [variant, ...random.subarray(3, 10)]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
  const middle = `7${counter.toString(16).padStart(3, '0')}`;
  return `${time.slice(0, 8)}-${time.slice(8)}-${middle}-${tail.slice(0, 4)}-${tail.slice(4)}`;
}
