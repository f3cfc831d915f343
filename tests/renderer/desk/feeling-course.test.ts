import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  coursePath,
  coursePlaces,
  datedPoints,
} from '../../../renderer/components/feeling-course.tsx';

test('a better feeling stands higher, later contacts further right, all within the picture', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 2, maxLength: 50 }),
      (values) => {
        const places = coursePlaces(values);
        for (const [index, place] of places.entries()) {
          expect(place.y).toBeGreaterThanOrEqual(0);
          expect(place.y).toBeLessThanOrEqual(84);
          const before = places[index - 1];
          if (before === undefined) continue;
          expect(place.x).toBeGreaterThan(before.x);
          const rise = (values[index] ?? 0) - (values[index - 1] ?? 0);
          expect(Math.sign(before.y - place.y) * Math.sign(rise)).toBeGreaterThanOrEqual(0);
        }
      },
    ),
  );
});

test('the line never goes beyond the points that it joins', () => {
  const path = coursePath([
    { x: 0, y: 10 },
    { x: 10, y: 50 },
  ]);
  expect(path).toBe('M0.0 10.0C5.0 10.0 5.0 50.0 10.0 50.0');
});

test('the ends are dated, and at most five points in all', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), (count) => {
      const dated = datedPoints(count);
      expect(dated.has(0) && dated.has(count - 1)).toBe(true);
      expect(dated.size).toBeLessThanOrEqual(5);
    }),
  );
});
