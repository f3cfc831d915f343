import fc from 'fast-check';
import { expect, test } from 'vitest';
import { id } from '../../../preload/contract/shapes.ts';
import { uuidV7From, windowIdOf } from '../../../renderer/core-client/window-identity.ts';

test('ids are UUIDv7 for every time and all random bytes, and begin with the time', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2 ** 48 - 1 }),
      fc.uint8Array({ minLength: 16, maxLength: 16 }),
      (now, random) => {
        const made = uuidV7From(now, random);
        expect(id.parse(made)).toBe(made);
        expect(Number.parseInt(made.replaceAll('-', '').slice(0, 12), 16)).toBe(now);
      },
    ),
  );
});

test('a window keeps its id over reloads', () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  } as unknown as Storage;
  const first = windowIdOf(storage);
  expect(windowIdOf(storage)).toBe(first);
  kept.clear();
  expect(windowIdOf(storage)).not.toBe(first);
});
