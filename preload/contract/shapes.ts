// Shapes that more than one subject uses. Times are UTC epoch milliseconds, durations milliseconds,
// money integer cents; an id is a UUIDv7 in its canonical lower-case form.
import { z } from 'zod';
import { EMOTION_IDS, EXPECTATIONS, INTENSITIES, ORIGINS } from './vocabulary.ts';

// A strict content-security policy forbids the code generation that zod would otherwise try.
z.config({ jitless: true });

export const id = z.uuidv7();
export const instant = z.int().min(0).max(8_640_000_000_000_000);
export const duration = z.int().min(0);
export const cents = z.int().min(-1_000_000_000_000).max(1_000_000_000_000);
/** IANA time zone, for example `Europe/Berlin`. */
export const zone = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9_+\-/]+$/);
/** Calendar day in some zone, `YYYY-MM-DD`. */
export const day = z.iso.date();
export const origin = z.enum(ORIGINS);
export const shortText = z.string().max(200);
export const longText = z.string().max(20_000);
export const name = z.string().trim().min(1).max(200);
export const e164 = z.string().regex(/^\+[1-9]\d{3,14}$/);
export const emotion = z.enum(EMOTION_IDS);
export const expectation = z.enum(EXPECTATIONS);

/** One tagged feeling; `sign` decides for `surprise` only and is ignored otherwise. */
export const feeling = z.object({
  emotion,
  intensity: z.literal([...INTENSITIES]),
  sign: z.literal([1, -1]).default(1),
});
export type Feeling = z.output<typeof feeling>;

/** A page of at most 100 rows; `next` is null on the last one. */
export const pageLimit = z.int().min(1).max(100).default(50);
export const cursor = z.string().max(200);

type WithoutDefault<Field> = Field extends z.ZodDefault<infer Inner> ? Inner : Field;

/**
 * The same fields, of which any may be left out and none is filled in. `partial()` keeps defaults:
 * a change of one field would set every other back.
 */
export function changesOf<Shape extends z.core.$ZodLooseShape>(whole: z.ZodObject<Shape>) {
  const fields = Object.entries(whole.shape).map(([field, type]): [string, z.ZodType] => [
    field,
    (type instanceof z.ZodDefault ? (type.unwrap() as z.ZodType) : (type as z.ZodType)).optional(),
  ]);
  return z.object(Object.fromEntries(fields)) as unknown as z.ZodObject<{
    [Field in keyof Shape]: z.ZodOptional<WithoutDefault<Shape[Field]>>;
  }>;
}
