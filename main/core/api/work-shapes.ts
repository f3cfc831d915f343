// Callbacks and voicemails in the API's bodies and answers. Fields are added, never renamed.
import { z } from 'zod';
import { e164, id, instant, longText } from '../../../preload/contract/shapes.ts';
import { WORK_STATES } from '../../../preload/contract/vocabulary.ts';

/** UTC epoch milliseconds, or a moment with its zone as in RFC 3339. */
export const moment = z.union([
  instant,
  z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
]);

/** The same in a query or a form, where everything is text. */
const momentAsText = z
  .union([
    z
      .string()
      .regex(/^\d{1,16}$/)
      .transform(Number)
      .pipe(instant),
    z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
  ])
  .meta({ description: 'UTC epoch milliseconds, or a moment as in RFC 3339' });

const number = z.string().trim().min(1).max(100);
const externalId = z.string().trim().min(1).max(200);

const asked = {
  /** What is to be called back; left out, the customer's first number. */
  number: number.nullable().default(null),
  note: longText.nullable().default(null),
  /** By when. */
  dueAt: moment.nullable().default(null),
  /** Who cares for it, an id of `GET /v1/agents`; null: anyone. */
  ownerId: id.nullable().default(null),
  /** When it was asked for or left; now when left out. */
  at: moment.optional(),
  /** The number in the other system; the same one again is no second piece of work. */
  externalId: externalId.nullable().default(null),
};

/** Of a customer, as an entry of theirs. */
export const callbackEntry = z.strictObject({ kind: z.literal('callback'), ...asked });
/** A message without its sound, such as one that was written down. */
export const voicemailEntry = z.strictObject({
  kind: z.literal('voicemail'),
  ...asked,
  note: longText.min(1),
});
export type WorkEntry = z.output<typeof callbackEntry> | z.output<typeof voicemailEntry>;

/** Of anybody: the desk finds out whose number it is. */
export const newCallback = z.strictObject({
  customerId: id.nullable().default(null),
  ...asked,
});

/** What is said of a sound that is sent; in the query, or as the form's other fields. */
export const voicemailWords = z.strictObject({
  customerId: id.optional(),
  number: number.optional(),
  note: longText.optional(),
  dueAt: momentAsText.optional(),
  ownerId: id.optional(),
  at: momentAsText.optional(),
  externalId: externalId.optional(),
});
export type VoicemailWords = z.output<typeof voicemailWords>;

export const workItem = z.object({
  id,
  kind: z.enum(['missedCall', 'callback', 'voicemail']),
  customerId: id.nullable(),
  number: z.string().nullable(),
  e164: e164.nullable(),
  note: z.string().nullable(),
  at: instant,
  dueAt: instant.nullable(),
  ownerId: id.nullable(),
  state: z.enum(WORK_STATES),
  result: z.string().nullable(),
  settledAt: instant.nullable(),
  /** The sound of a voicemail: its media type as found out, and its length in bytes. */
  audio: z.object({ type: z.string(), bytes: z.int() }).nullable(),
});
export type PublicWorkItem = z.output<typeof workItem>;

export const agents = z.array(
  z.object({ id, name: z.string(), /** The agent of this desk. */ me: z.boolean() }),
);
