import { z } from 'zod';
import { quality, remoteParty, transfer } from './calls.ts';
import {
  cents,
  changesOf,
  duration,
  e164,
  emotion,
  expectation,
  feeling,
  id,
  instant,
  name,
  origin,
  shortText,
} from './shapes.ts';
import {
  CONTACT_KINDS,
  CUE_MOMENTS,
  CUE_RULES,
  DEAL_STATES,
  DIRECTIONS,
  END_CAUSES,
  IGNORE_ACTIONS,
  LEG_KINDS,
  MATCH_REASONS,
  OUTCOMES,
  TIMELINE_PARTS,
  WORK_STATES,
} from './vocabulary.ts';

export const customerNumber = z.object({
  id,
  raw: z.string(),
  e164: e164.nullable(),
  label: shortText.nullable(),
  /** When an agent confirmed that this number is this person's. */
  confirmedAt: instant.nullable(),
});

/** Values of custom fields by their key: text, number, ISO date, one choice, or an address. */
export const customValues = z
  .record(
    z.string().regex(/^[a-z][a-z0-9_]{0,49}$/),
    z.union([z.string().max(2_000), z.number(), z.null()]),
  )
  .refine((values) => Object.keys(values).length <= 200, { error: 'tooManyFields' });
export type CustomValues = z.output<typeof customValues>;

export const customer = z.object({
  id,
  name: z.string(),
  company: z.string().nullable(),
  street: z.string().nullable(),
  postalCode: z.string().nullable(),
  city: z.string().nullable(),
  /** ISO 3166 country of the address. */
  country: z.string().nullable(),
  emails: z.array(z.string()),
  numbers: z.array(customerNumber),
  tags: z.array(z.string()),
  /** Free words on when the customer likes to be called. */
  preferredTime: z.string().nullable(),
  customerSince: instant.nullable(),
  /** The customer's number in another system. */
  externalId: z.string().nullable(),
  organisationId: id.nullable(),
  householdId: id.nullable(),
  custom: customValues,
  origin,
});
export type Customer = z.output<typeof customer>;

/** What the agent may enter; numbers are kept as typed, with E.164 beside them where they have one. */
export const customerInput = z.object({
  name,
  company: shortText.nullable().default(null),
  city: shortText.nullable().default(null),
  emails: z.array(z.email().max(254)).max(20).default([]),
  numbers: z.array(z.string().trim().min(1).max(100)).max(20).default([]),
  tags: z.array(z.string().trim().min(1).max(50)).max(50).default([]),
  preferredTime: shortText.nullable().default(null),
  street: shortText.nullable().default(null),
  postalCode: z.string().trim().max(20).nullable().default(null),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullable()
    .default(null),
  externalId: z.string().trim().min(1).max(200).nullable().default(null),
  organisationId: id.nullable().default(null),
  householdId: id.nullable().default(null),
  /** In a change only the named fields are set; null takes one away. */
  custom: customValues.default({}),
});
export type CustomerInput = z.output<typeof customerInput>;
export const customerChanges = changesOf(customerInput);
export type CustomerChanges = z.output<typeof customerChanges>;

export const customerHit = z.object({
  id,
  name: z.string(),
  company: z.string().nullable(),
  city: z.string().nullable(),
  number: z.string().nullable(),
  lastContactAt: instant.nullable(),
  lastFeeling: emotion.nullable(),
});
export type CustomerHit = z.output<typeof customerHit>;

/** A further leg of a contact: a consultation, or the call that took over from an earlier one. */
export const callLeg = z.object({
  callId: id,
  kind: z.enum(LEG_KINDS),
  direction: z.enum(DIRECTIONS),
  remote: remoteParty,
  startedAt: instant,
  answered: z.boolean(),
  talkMs: duration,
  holdMs: duration,
  cause: z.enum(END_CAUSES).nullable(),
});
export type CallLeg = z.output<typeof callLeg>;

const timelineHead = {
  id,
  customerId: id.nullable(),
  at: instant,
  agentName: z.string().nullable(),
  matterId: id.nullable(),
  matterTitle: z.string().nullable(),
  origin,
};

/** A contact; a call carries all that its wrap-up said. */
export const contactEntry = z.object({
  ...timelineHead,
  type: z.literal('contact'),
  kind: z.enum(CONTACT_KINDS),
  direction: z.enum(DIRECTIONS).nullable(),
  subject: z.string().nullable(),
  note: z.string().nullable(),
  outcome: z.enum(OUTCOMES).nullable(),
  expectation: expectation.nullable(),
  end: feeling.nullable(),
  peak: feeling.nullable(),
  openQuestion: z.string().nullable(),
  /** The leg that began the contact; its durations are those of all legs with the customer. */
  call: z
    .object({
      callId: id,
      remote: remoteParty,
      answered: z.boolean(),
      talkMs: duration,
      holdMs: duration,
      cause: z.enum(END_CAUSES).nullable(),
      quality: quality.nullable(),
      wrapUpOpen: z.boolean(),
      /** The last one that was asked for in any leg. */
      transfer: transfer.nullable(),
      /** In the order in which they began. */
      legs: z.array(callLeg),
      /** How many recordings there are to hear, over all legs. */
      recordings: z.int().min(0),
    })
    .nullable(),
  promise: z
    .object({
      id,
      text: z.string(),
      dueAt: instant,
      state: z.enum(['open', 'kept', 'cancelled']),
    })
    .nullable(),
  deal: z.object({ id, state: z.enum(DEAL_STATES), valueCents: cents.nullable() }).nullable(),
  /** What an order or a delivery came to, and its number in another system. */
  amountCents: cents.nullable(),
  currency: z.string().nullable(),
  externalId: z.string().nullable(),
});
export type ContactEntry = z.output<typeof contactEntry>;

/** One entry of a customer's timeline, newest first. */
export const timelineEntry = z.discriminatedUnion('type', [
  contactEntry,
  /** A deal that belongs to no contact, as another system told it. */
  z.object({
    ...timelineHead,
    type: z.literal('deal'),
    title: z.string().nullable(),
    state: z.enum(DEAL_STATES),
    valueCents: cents.nullable(),
    currency: z.string(),
    lostReason: z.string().nullable(),
  }),
  /** A promise that was made outside any contact. */
  z.object({
    ...timelineHead,
    type: z.literal('promise'),
    text: z.string(),
    dueAt: instant,
    state: z.enum(['open', 'kept', 'cancelled']),
  }),
  /** A callback that was asked for, or a voicemail. */
  z.object({
    ...timelineHead,
    type: z.literal('work'),
    kind: z.enum(['callback', 'voicemail']),
    workId: id,
    note: z.string().nullable(),
    dueAt: instant.nullable(),
    state: z.enum(WORK_STATES),
    result: z.string().nullable(),
    audio: z.object({ type: z.string(), bytes: z.int() }).nullable(),
  }),
]);
export type TimelineEntry = z.output<typeof timelineEntry>;

/** What of a timeline is wanted. `only` empty = everything; `matterId` null = what has no matter. */
export const timelineChoice = z.object({
  customerId: id,
  only: z.array(z.enum(TIMELINE_PARTS)).max(TIMELINE_PARTS.length).default([]),
  matterId: id.nullable().optional(),
});
export type TimelineChoice = z.output<typeof timelineChoice>;

export const promise = z.object({
  id,
  customerId: id.nullable(),
  customerName: z.string().nullable(),
  text: z.string(),
  dueAt: instant,
  ownerId: id,
  ownerName: z.string(),
  authorName: z.string(),
  madeAt: instant,
  state: z.enum(['open', 'kept', 'cancelled']),
  settledAt: instant.nullable(),
  contactId: id.nullable(),
});
export type CustomerPromise = z.output<typeof promise>;

/**
 * Feeling over all contacts. `score` S = Σwc/(Σw+1) lies in −1…+1 and is null while too little is
 * known (n_eff < 2); `contributions` are its largest terms.
 */
export const feelingSummary = z.object({
  last: z.object({ contactId: id, at: instant, feeling }).nullable(),
  peak: z.object({ contactId: id, at: instant, feeling }).nullable(),
  trend: z.enum(['rising', 'steady', 'falling']).nullable(),
  score: z.number().min(-1).max(1).nullable(),
  effectiveN: z.number().min(0),
  contributions: z
    .array(z.object({ contactId: id, at: instant, emotion, term: z.number() }))
    .max(3),
  /** The curve to draw, oldest first: c of each contact. */
  course: z.array(z.object({ contactId: id, at: instant, emotion, value: z.number() })).max(50),
});
export type FeelingSummary = z.output<typeof feelingSummary>;

export const evidence = z.object({
  kind: z.enum(['promise', 'feeling', 'contact', 'call', 'question', 'agent']),
  id,
  at: instant,
  author: z.string().nullable(),
  quote: z.string().nullable(),
});

/** One cue: a fact and, by its rule, one suggestion. Words are made by the window, from `rule` and `facts`. */
export const cue = z.object({
  rule: z.literal([...CUE_RULES]),
  /** What exactly the cue is about; "not true" and snooze hold for (customer, rule, subject). */
  subject: z.string().max(100),
  moment: z.enum(CUE_MOMENTS),
  priority: z.literal([1, 2, 3]),
  facts: z.object({
    text: z.string().nullable(),
    at: instant.nullable(),
    dueAt: instant.nullable(),
    count: z.int().nullable(),
    emotion: emotion.nullable(),
    person: z.string().nullable(),
  }),
  evidence: z.array(evidence),
});
export type Cue = z.output<typeof cue>;

/** One fact to begin the talk with; never a line to recite. */
export const startingFact = z.object({
  kind: z.enum(['promise', 'question', 'feeling', 'matter', 'deal', 'lastContact', 'preference']),
  text: z.string(),
  at: instant.nullable(),
  dueAt: instant.nullable(),
  emotion: emotion.nullable(),
});
export type StartingFact = z.output<typeof startingFact>;

/** Everything the card needs about one customer, in one answer. */
export const customerStory = z.object({
  customer,
  contacts: z.array(contactEntry).max(20),
  contactCount: z.int().min(0),
  feelings: feelingSummary,
  promises: z.array(promise),
  /** What the customer asked and nobody has answered, newest first. */
  questions: z.array(z.object({ id, text: z.string(), askedAt: instant })),
  matters: z.array(
    z.object({ id, title: z.string(), openedAt: instant, closedAt: instant.nullable() }),
  ),
  deals: z.array(
    z.object({
      id,
      state: z.enum(DEAL_STATES),
      valueCents: cents.nullable(),
      at: instant,
      title: z.string().nullable(),
    }),
  ),
  cues: z.array(cue).max(3),
  startWith: startingFact.nullable(),
});
export type CustomerStory = z.output<typeof customerStory>;

/** Who is calling, and why we think so. `story` is there only when exactly one customer fits. */
export const callerContext = z.object({
  number: z.string().nullable(),
  e164: e164.nullable(),
  /** ISO 3166 country of the number, when it has one. */
  country: z.string().nullable(),
  match: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('known'),
      reason: z.enum(MATCH_REASONS),
      confirmedAt: instant.nullable(),
      /** What the agents' choice taught the desk about this number, which can be taken back. */
      learnt: z.boolean(),
    }),
    z.object({
      kind: z.literal('several'),
      candidates: z.array(customerHit.extend({ reason: z.enum(MATCH_REASONS) })).max(20),
    }),
    z.object({
      kind: z.literal('unknown'),
      earlierCalls: z.int().min(0),
      lastCallAt: instant.nullable(),
      /** Customers of the one company whose numbers begin alike, when the number is a landline's. */
      company: z
        .object({ name: z.string(), candidates: z.array(customerHit).min(1).max(5) })
        .nullable(),
    }),
    z.object({ kind: z.literal('anonymous') }),
  ]),
  story: customerStory.nullable(),
  /** Set when the number is on the list of those that are ignored. */
  ignored: z.enum(IGNORE_ACTIONS).nullable(),
});
export type CallerContext = z.output<typeof callerContext>;
