// What webhooks are told. Ids, codes and numbers; free words such as notes stay in the desk and are
// asked for over the API, by a token that may.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { WebhookEvent } from '../../../../preload/contract/api.ts';
import {
  cents,
  e164,
  expectation,
  feeling,
  id,
  instant,
  origin,
} from '../../../../preload/contract/shapes.ts';
import {
  DEAL_STATES,
  DIRECTIONS,
  END_CAUSES,
  LEG_KINDS,
  OUTCOMES,
} from '../../../../preload/contract/vocabulary.ts';

const person = z
  .object({
    id,
    name: z.string(),
    company: z.string().nullable(),
    /** The customer's number in another system. */
    externalId: z.string().nullable(),
  })
  .nullable();

const callHead = {
  callId: id,
  contactId: id,
  legKind: z.enum(LEG_KINDS),
  direction: z.enum(DIRECTIONS),
  /** null when the caller withholds it. */
  number: z.string().nullable(),
  e164: e164.nullable(),
  calledNumber: z.string().nullable(),
  queue: z.string().nullable(),
  customer: person,
  startedAt: instant,
  origin,
};

/** The `data` of each event. */
const DATA = {
  'call.ringing': z.object(callHead),
  'call.ended': z.object({
    ...callHead,
    answeredAt: instant.nullable(),
    endedAt: instant,
    talkMs: z.int(),
    holdMs: z.int(),
    cause: z.enum(END_CAUSES),
  }),
  'wrapup.saved': z.object({
    callId: id,
    contactId: id,
    customer: person,
    outcome: z.enum(OUTCOMES).nullable(),
    end: feeling.nullable(),
    peak: feeling.nullable(),
    expectation: expectation.nullable(),
    promise: z.object({ dueAt: instant }).nullable(),
    deal: z.object({ state: z.enum(DEAL_STATES), valueCents: cents.nullable() }).nullable(),
    origin,
  }),
  'customer.changed': z.object({
    change: z.enum(['created', 'updated', 'merged', 'erased']),
    customerId: id,
    /** null once merged away or erased. */
    customer: person,
    /** Of one that was merged away: where it is now. */
    mergedInto: id.optional(),
  }),
  'promise.due': z.object({
    promiseId: id,
    customer: person,
    text: z.string(),
    dueAt: instant,
    origin,
  }),
} as const satisfies Record<WebhookEvent, z.ZodType>;

export type EventData<Type extends WebhookEvent> = z.output<(typeof DATA)[Type]>;

const eventOf = <Type extends WebhookEvent>(type: Type) =>
  z.object({
    /** The same when a delivery is repeated. */
    id,
    type: z.literal(type),
    at: instant,
    data: DATA[type],
  });

/** The whole body of each event. */
export const EVENT_SHAPES = {
  'call.ringing': eventOf('call.ringing'),
  'call.ended': eventOf('call.ended'),
  'wrapup.saved': eventOf('wrapup.saved'),
  'customer.changed': eventOf('customer.changed'),
  'promise.due': eventOf('promise.due'),
} as const;

export const SIGNATURE_HEADER = 'Anklang-Signature';

/** `t=<unix seconds>,v1=<hex>`: HMAC-SHA256 over `t.body`. */
export function signatureOf(secret: string, body: string, at: number): string {
  const seconds = Math.floor(at / 1_000);
  return `t=${seconds},v1=${macOf(secret, seconds, body)}`;
}

function macOf(secret: string, seconds: number, body: string): string {
  return createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
}

/** As a receiver checks it: right secret, untouched body, not older than `toleranceMs`. */
export function signatureFits(
  header: string,
  {
    secret,
    body,
    now,
    toleranceMs,
  }: { secret: string; body: string; now: number; toleranceMs: number },
): boolean {
  const fit = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/u.exec(header);
  if (!fit) return false;
  const seconds = Number(fit[1]);
  if (Math.abs(now - seconds * 1_000) > toleranceMs) return false;
  const wanted = Buffer.from(macOf(secret, seconds, body), 'hex');
  return timingSafeEqual(wanted, Buffer.from(fit[2] ?? '', 'hex'));
}
