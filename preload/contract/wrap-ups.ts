import { z } from 'zod';
import { callRecord } from './calls.ts';
import { cents, expectation, feeling, id, instant, longText, shortText } from './shapes.ts';
import { DEAL_STATES, OUTCOMES } from './vocabulary.ts';

/** What the agent has entered so far; every part may be missing while it is a draft. */
export const wrapUpDraft = z.object({
  customerId: id.nullable().default(null),
  outcome: z.enum(OUTCOMES).nullable().default(null),
  /** `unknown` is the agent's "don't know", which is not the same as neutral. */
  end: z
    .union([feeling, z.literal('unknown')])
    .nullable()
    .default(null),
  peak: feeling.nullable().default(null),
  expectation: expectation.nullable().default(null),
  promise: z
    .object({ text: z.string().max(500), dueAt: instant.nullable(), ownerId: id.nullable() })
    .nullable()
    .default(null),
  deal: z
    .object({
      state: z.enum(DEAL_STATES),
      valueCents: cents.min(0).nullable(),
      title: shortText.nullable(),
      lostReason: shortText.nullable(),
    })
    .nullable()
    .default(null),
  openQuestion: z.string().max(500).nullable().default(null),
  /** The concern this contact belongs to: an existing one, a new one by title, or none. */
  matter: z
    .object({ id: id.nullable(), title: shortText.nullable(), closed: z.boolean() })
    .nullable()
    .default(null),
  note: longText.default(''),
});
export type WrapUpDraft = z.output<typeof wrapUpDraft>;

/** What can be missing or wrong when a wrap-up is to be saved. */
export const wrapUpProblem = z.enum([
  'outcomeMissing',
  'promiseTextMissing',
  'promiseDueMissing',
  'promiseOwnerMissing',
  'dealValueMissing',
]);
export type WrapUpProblem = z.output<typeof wrapUpProblem>;

/** One handled call that waits for its result. `revision` rises with each stored draft. */
export const openWrapUp = z.object({
  wrapUpId: id,
  revision: z.int().min(0),
  openedAt: instant,
  draft: wrapUpDraft,
  call: callRecord,
});
export type OpenWrapUp = z.output<typeof openWrapUp>;
