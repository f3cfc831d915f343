// Core's log file: what went wrong and where, never what was said. Inputs are not logged at all;
// numbers that slip into a message are masked.
import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import pino, { type Logger } from 'pino';

export type CoreLog = Pick<Logger, 'info' | 'warn' | 'error'>;

const LARGEST_BYTES = 2 * 1024 * 1024;
const KEPT = 3;

/** `name.log`, then `name.1.log` … of at most 2 MiB each, mode 0600. */
export function createCoreLog(
  folder: string,
  largestBytes = LARGEST_BYTES,
): { log: CoreLog; close(): void } {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = (age: number) => join(folder, age === 0 ? 'core.log' : `core.${age}.log`);
  let handle = openSync(file(0), 'a', 0o600);
  let size = fstatSync(handle).size;

  function rotate(): void {
    closeSync(handle);
    for (let age = KEPT - 1; age >= 0; age -= 1) {
      try {
        renameSync(file(age), file(age + 1));
      } catch {
        // That age does not exist yet.
      }
    }
    handle = openSync(file(0), 'a', 0o600);
    size = 0;
  }

  const log = pino(
    { base: null, timestamp: pino.stdTimeFunctions.isoTime },
    {
      write(line: string) {
        const masked = withNumbersMasked(line);
        try {
          if (size > largestBytes) rotate();
          size += writeSync(handle, masked);
        } catch {
          // A full disk must not stop the desk because of its log.
        }
      },
    },
  );
  return { log, close: () => closeSync(handle) };
}

/** Telephone numbers (with + or a leading 0) and SIP users keep their last two characters only. */
export function withNumbersMasked(text: string): string {
  return text
    .replace(/(\+|\b00?)[1-9](?:[\d\s/()-]{4,})(\d\d)/g, '$1…$2')
    .replace(/(sips?:)[^@\s"]+@/gi, '$1…@');
}
