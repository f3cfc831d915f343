// Missed calls, callbacks and voicemails as one list of work, and numbers that are ignored.
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { remoteParty } from './calls.ts';
import { ERRORS } from './errors.ts';
import { e164, id, instant, longText, name, origin, shortText } from './shapes.ts';
import { IGNORE_ACTIONS, WORK_KINDS, WORK_STATES } from './vocabulary.ts';

const procedure = oc.errors(ERRORS);
const nothing = z.object({});

/** One thing to do: ring back somebody who was missed, keep a callback, listen to a voicemail. */
export const workItem = z.object({
  /** Null for missed calls that nobody has planned yet: `callId` names them. */
  workId: id.nullable(),
  kind: z.enum(WORK_KINDS),
  /** The newest of the missed calls. */
  callId: id.nullable(),
  customerId: id.nullable(),
  customerName: z.string().nullable(),
  /** Null when the work says no number, as a mailbox does. */
  remote: remoteParty.nullable(),
  e164: e164.nullable(),
  at: instant,
  dueAt: instant.nullable(),
  /** Null = anyone. */
  ownerId: id.nullable(),
  ownerName: z.string().nullable(),
  note: z.string().nullable(),
  /** How often they tried; 1 for what is no missed call. */
  attempts: z.int().min(1),
  /** New messages in the telephone system's mailbox. */
  messages: z.int().nullable(),
  audio: z.object({ type: z.string(), bytes: z.int() }).nullable(),
  state: z.enum(WORK_STATES),
  result: z.string().nullable(),
  settledAt: instant.nullable(),
  settledByName: z.string().nullable(),
  origin,
});
export type WorkItem = z.output<typeof workItem>;

/** Which work: its own id, or for unplanned missed calls the newest call's. */
export const workRef = z.union([z.object({ workId: id }), z.object({ callId: id })]);
export type WorkRef = z.output<typeof workRef>;

export const ignoredNumber = z.object({
  number: z.string(),
  e164: e164.nullable(),
  action: z.enum(IGNORE_ACTIONS),
  note: z.string().nullable(),
  at: instant,
  agentName: z.string().nullable(),
});
export type IgnoredNumber = z.output<typeof ignoredNumber>;

export const work = {
  /** Open work by when it is due, at most 500; settled work newest first, older than `before`. */
  list: procedure
    .input(
      z.object({
        state: z.enum(['open', 'settled']).default('open'),
        owner: z.enum(['any', 'me', 'nobody']).default('any'),
        before: instant.optional(),
      }),
    )
    .output(z.object({ items: z.array(workItem).max(500), total: z.int() })),
  /** A callback for a customer, or for a number that nobody has yet. */
  addCallback: procedure
    .input(
      z.object({
        customerId: id.nullable().default(null),
        number: z.string().trim().min(1).max(100).nullable().default(null),
        note: longText.nullable().default(null),
        dueAt: instant,
        ownerId: id.nullable().default(null),
      }),
    )
    .output(workItem),
  /** Who cares for it and by when; what is left out stays. */
  plan: procedure
    .input(
      z.object({
        ref: workRef,
        ownerId: id.nullable().optional(),
        dueAt: instant.nullable().optional(),
        note: longText.nullable().optional(),
      }),
    )
    .output(workItem),
  settle: procedure
    .input(
      z.object({
        ref: workRef,
        state: z.enum(['done', 'cancelled']),
        result: shortText.nullable().default(null),
      }),
    )
    .output(nothing),
  reopen: procedure.input(z.object({ ref: workRef })).output(nothing),
  /** Bytes of a voicemail from `offset`, at most 256 KiB, in base64; `next` is null at the end. */
  audio: procedure
    .input(z.object({ workId: id, offset: z.int().min(0) }))
    .output(z.object({ type: z.string(), chunk: z.base64(), next: z.int().nullable() })),
  /** The window says how many new messages the telephone system's mailbox holds. */
  reportMailbox: procedure
    .input(z.object({ messages: z.int().min(0).max(10_000) }))
    .output(nothing),
  ignored: procedure.input(nothing.default({})).output(z.array(ignoredNumber).max(1_000)),
  ignore: procedure
    .input(
      z.object({
        number: z.string().trim().min(1).max(100),
        action: z.enum(IGNORE_ACTIONS),
        note: name.nullable().default(null),
      }),
    )
    .output(nothing),
  unignore: procedure.input(z.object({ number: z.string().min(1).max(100) })).output(nothing),
};
