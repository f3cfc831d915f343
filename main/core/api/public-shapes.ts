// The API's bodies and answers. They are a promise to other programs: fields are added, never renamed.
import { z } from 'zod';
import {
  customer as deskCustomer,
  customerInput,
  timelineEntry,
} from '../../../preload/contract/customers.ts';
import {
  changesOf,
  cents,
  e164,
  id,
  instant,
  longText,
  shortText,
} from '../../../preload/contract/shapes.ts';
import {
  agents,
  callbackEntry,
  moment,
  newCallback,
  voicemailEntry,
  workItem,
} from './work-shapes.ts';
import {
  DEAL_STATES,
  DIRECTIONS,
  END_CAUSES,
  MATCH_REASONS,
  OUTCOMES,
} from '../../../preload/contract/vocabulary.ts';

const entered = customerInput.shape;

/** What another program may enter; numbers are kept as typed, with E.164 beside them. */
export const newCustomer = z.strictObject({
  name: entered.name,
  company: entered.company,
  numbers: entered.numbers,
  emails: entered.emails,
  tags: entered.tags,
  street: entered.street,
  postalCode: entered.postalCode,
  city: entered.city,
  country: entered.country,
  preferredTime: entered.preferredTime,
  externalId: entered.externalId,
  custom: entered.custom,
});
export const customerPatch = changesOf(newCustomer).strict();

const number = z.object({ raw: z.string(), e164: e164.nullable(), label: z.string().nullable() });

export const customer = deskCustomer
  .omit({ numbers: true, organisationId: true, householdId: true })
  .extend({ numbers: z.array(number) });
export type PublicCustomer = z.output<typeof customer>;

export const customerList = z.object({
  customers: z.array(customer),
  /** For the next page: `?cursor=`; null on the last one. */
  next: z.string().nullable(),
  /** All customers; with a query those that fit it, counted up to 2,000. */
  total: z.int(),
});

export const lookup = z.object({
  number: z.string().nullable(),
  e164: e164.nullable(),
  /** ISO 3166 country of the number, when it has one. */
  country: z.string().nullable(),
  match: z.enum(['known', 'several', 'unknown', 'anonymous']),
  customers: z.array(customer.extend({ reason: z.enum(MATCH_REASONS) })),
});

export const timeline = z.object({
  entries: z.array(timelineEntry),
  next: z.string().nullable(),
});

const contactFields = {
  at: moment.optional(),
  subject: shortText.nullable().default(null),
  note: longText.nullable().default(null),
  /** The number in the other system; the same one again changes the entry that has it. */
  externalId: z.string().trim().min(1).max(200).nullable().default(null),
};
const contactOf = <Kind extends string>(kind: Kind) =>
  z.strictObject({
    kind: z.literal(kind),
    ...contactFields,
    direction: z.enum(DIRECTIONS).nullable().default(null),
    outcome: z.enum(OUTCOMES).nullable().default(null),
  });

const orderOf = <Kind extends string>(kind: Kind) =>
  z.strictObject({
    kind: z.literal(kind),
    ...contactFields,
    amountCents: cents.nullable().default(null),
    /** ISO 4217; left out, that of the desk. */
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .optional(),
  });

/** What happened with a customer, or is to happen. */
export const newEntry = z.discriminatedUnion('kind', [
  contactOf('note'),
  contactOf('call'),
  contactOf('email'),
  contactOf('visit'),
  contactOf('complaint'),
  orderOf('order'),
  orderOf('delivery'),
  z.strictObject({
    kind: z.literal('promise'),
    text: z.string().trim().min(1).max(500),
    dueAt: moment,
  }),
  z.strictObject({
    kind: z.literal('deal'),
    state: z.enum(DEAL_STATES),
    title: shortText.nullable().default(null),
    valueCents: cents.min(0).nullable().default(null),
    lostReason: shortText.nullable().default(null),
    /** When it was made or decided. */
    at: moment.optional(),
  }),
  callbackEntry,
  voicemailEntry,
]);
export type NewEntry = z.output<typeof newEntry>;

export const storedEntry = z.object({
  id,
  customerId: id,
  kind: z.string(),
  at: instant,
});

/** A call that is not over, or was. Durations in milliseconds. */
export const call = z.object({
  id,
  contactId: id,
  customerId: id.nullable(),
  customerName: z.string().nullable(),
  direction: z.enum(DIRECTIONS),
  state: z.enum(['ringing', 'talking', 'ended']),
  number: z.string().nullable(),
  e164: e164.nullable(),
  startedAt: instant,
  answeredAt: instant.nullable(),
  endedAt: instant.nullable(),
  talkMs: z.int(),
  holdMs: z.int(),
  cause: z.enum(END_CAUSES).nullable(),
});
export type PublicCall = z.output<typeof call>;

export const dial = z.strictObject({
  /** What a person would dial: a number or a SIP address. */
  number: z.string().trim().min(1).max(200),
  customerId: id.nullable().default(null),
});

export const placedCall = z.object({ id, number: z.string(), customerId: id.nullable() });

export const importState = z.object({
  id: z.string(),
  state: z.enum([
    'running',
    'done',
    'cancelled',
    'failed',
    'interrupted',
    'undoing',
    'undoInterrupted',
    'undone',
  ]),
  dryRun: z.boolean(),
  /** Rows read so far, and what became of them. */
  rows: z.int(),
  accepted: z.int(),
  rejected: z.int(),
});
export type ImportState = z.output<typeof importState>;

export const health = z.object({
  status: z.literal('ok'),
  version: z.string(),
  api: z.literal('v1'),
});

export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), code: z.string() })).optional(),
  /** Names the entry in the desk's log. */
  reference: z.string().optional(),
});

/** Schemas that the document names; everything else is written out where it stands. */
export const NAMED_SHAPES = {
  Health: health,
  Customer: customer,
  NewCustomer: newCustomer,
  CustomerPatch: customerPatch,
  CustomerList: customerList,
  Lookup: lookup,
  TimelineEntry: timelineEntry,
  Timeline: timeline,
  NewEntry: newEntry,
  StoredEntry: storedEntry,
  NewCallback: newCallback,
  WorkItem: workItem,
  Agents: agents,
  Call: call,
  Dial: dial,
  PlacedCall: placedCall,
  ImportState: importState,
  Problem: problem,
} as const;
