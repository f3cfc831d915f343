// In which encoding a file is written: byte order mark first, then what UTF-16 looks like, then UTF-8
// as long as every byte fits, then windows-1252, in which every byte means something.
import type { TextEncoding } from '../../../preload/contract/exchange-words.ts';

/** What speaks against a file before a row of it was read. */
export type Unreadable = 'empty' | 'notText' | 'spreadsheet';

const MARKS: readonly (readonly [TextEncoding, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];
/** Workbooks: a zip archive, or the older compound file. */
const WORKBOOKS: readonly (readonly number[])[] = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
];
/** Text of European languages in UTF-16 has a zero in nearly every pair. */
const LEAST_ZEROS = 0.3;
/** Share of control characters beyond which something is no text. */
const MOST_CONTROLS = 0.01;

/** `head` is the beginning of the file; `utf8` whether the whole of it is valid UTF-8. */
export function encodingOf(head: Uint8Array, utf8: boolean): TextEncoding {
  for (const [encoding, mark] of MARKS) if (startsWith(head, mark)) return encoding;
  const pairs = Math.max(1, head.length / 2);
  const even = zerosIn(head, 0) / pairs;
  const odd = zerosIn(head, 1) / pairs;
  if (odd > LEAST_ZEROS && even < odd / 10) return 'utf-16le';
  if (even > LEAST_ZEROS && odd < even / 10) return 'utf-16be';
  return utf8 ? 'utf-8' : 'windows-1252';
}

/** How many of every second byte are zero. */
function zerosIn(bytes: Uint8Array, from: 0 | 1): number {
  let zeros = 0;
  for (let at = from; at < bytes.length; at += 2) if (bytes[at] === 0) zeros += 1;
  return zeros;
}

/** Decodes a file piece by piece; characters may be cut by the pieces. The mark is left out. */
export function textDecoder(encoding: TextEncoding): (bytes: Uint8Array, last: boolean) => string {
  const decoder = new TextDecoder(encoding);
  return (bytes, last) => decoder.decode(bytes, { stream: !last });
}

/** Hears a file's bytes and says whether they are UTF-8 so far. */
export function utf8Watch(): (bytes: Uint8Array) => boolean {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let valid = true;
  return (bytes) => {
    try {
      if (valid) decoder.decode(bytes, { stream: true });
    } catch {
      valid = false;
    }
    return valid;
  };
}

/** What speaks against reading it at all, or null. */
export function unreadableHead(head: Uint8Array, text: string): Unreadable | null {
  if (head.length === 0) return 'empty';
  if (WORKBOOKS.some((magic) => startsWith(head, magic))) return 'spreadsheet';
  if (text.trim() === '') return 'empty';
  let controls = 0;
  for (let index = 0; index < text.length; index += 1)
    if (isControl(text.charCodeAt(index))) controls += 1;
  return controls > text.length * MOST_CONTROLS ? 'notText' : null;
}

function isControl(code: number): boolean {
  return (
    (code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d) ||
    (code >= 0x7f && code < 0xa0) ||
    code === 0xfffd
  );
}

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return bytes.length >= mark.length && mark.every((byte, index) => bytes[index] === byte);
}
