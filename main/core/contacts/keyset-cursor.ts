import { badInput } from '../refusal.ts';

/** Where the next page begins: a sort key and a row number that makes it unique. */
export interface KeysetPosition {
  key: number | string;
  row: number;
}

/** A position as opaque text; `list` keeps cursors of different lists apart. */
export function cursorFrom(list: string, position: KeysetPosition): string {
  return Buffer.from(JSON.stringify([list, position.key, position.row])).toString('base64url');
}

/** The position in a cursor; refused with BAD_INPUT when it is not one of this list's. */
export function positionFrom(
  list: string,
  keyType: 'number' | 'string',
  cursor: string,
): KeysetPosition {
  const parts = cursorParts(cursor);
  if (Array.isArray(parts) && parts.length === 3 && parts[0] === list) {
    const [, key, row] = parts as unknown[];
    const fits = keyType === 'number' ? Number.isFinite(key) : typeof key === 'string';
    if (fits && typeof row === 'number' && Number.isSafeInteger(row) && row >= 0) {
      return { key: key as number | string, row };
    }
  }
  throw invalidCursor();
}

/** What a cursor was made of; null when it is no cursor at all. */
export function cursorParts(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}

export const invalidCursor = () => badInput(['cursor'], 'invalid_cursor');
