import { z } from 'zod';
import { duration, e164, id, instant, origin, shortText } from './shapes.ts';
import { CALL_PARTIES, DIRECTIONS, END_CAUSES } from './vocabulary.ts';

/** The other side of a call as signalling shows it; `number` is what a person would dial, typed or received. */
export const remoteParty = z.object({
  uri: z.string().max(500),
  number: z.string().max(100).nullable(),
  display: shortText.nullable(),
  anonymous: z.boolean().default(false),
});
export type RemoteParty = z.output<typeof remoteParty>;

const eventHead = {
  callId: id,
  /** 0 for a call's first event, then rising by one: (callId, seq) is stored once, so that a retry is harmless. */
  seq: z.int().min(0).max(1_000_000),
  at: instant,
};

/** Call quality over the call so far; `mos` is the G.107 estimate in 1–4.5. */
export const quality = z.object({
  mos: z.number().min(1).max(5).nullable(),
  lossPercent: z.number().min(0).max(100).nullable(),
  jitterMs: z.number().min(0).nullable(),
  rttMs: z.number().min(0).nullable(),
});
export type Quality = z.output<typeof quality>;

/** What happened to a call, as the window saw it. An inbound call begins with `invited`, an outbound one with `placed`. */
export const callEvent = z.discriminatedUnion('type', [
  z.object({
    ...eventHead,
    type: z.literal('invited'),
    remote: remoteParty,
    accountId: id.nullable(),
    origin,
    /** The number that was dialled, and who passed the call on (Diversion, RFC 5806), when signalled. */
    calledNumber: z.string().max(100).nullable().default(null),
    divertedFrom: z.string().max(100).nullable().default(null),
  }),
  z.object({
    ...eventHead,
    type: z.literal('placed'),
    remote: remoteParty,
    accountId: id.nullable(),
    origin,
    /** Set when the agent dialled from a customer's card. */
    customerId: id.nullable().default(null),
    /** Set when this call returns a missed one. */
    returnsCallId: id.nullable().default(null),
  }),
  z.object({ ...eventHead, type: z.literal('ringing') }),
  z.object({ ...eventHead, type: z.literal('answered') }),
  z.object({ ...eventHead, type: z.literal('held'), by: z.enum(['agent', 'customer']) }),
  z.object({ ...eventHead, type: z.literal('resumed'), by: z.enum(['agent', 'customer']) }),
  z.object({ ...eventHead, type: z.literal('muted') }),
  z.object({ ...eventHead, type: z.literal('unmuted') }),
  /** How many tones were sent; never which, because they may be a secret. */
  z.object({ ...eventHead, type: z.literal('dtmf'), count: z.int().min(1).max(100) }),
  z.object({ ...eventHead, type: z.literal('quality'), quality }),
  z.object({
    ...eventHead,
    type: z.literal('ended'),
    cause: z.enum(END_CAUSES),
    sipCode: z.int().min(100).max(699).nullable(),
    by: z.enum(CALL_PARTIES),
  }),
]);
export type CallEvent = z.output<typeof callEvent>;

/** A call folded from its events. Durations come from the events' times; holds are apart from talk. */
export const callRecord = z.object({
  callId: id,
  contactId: id,
  customerId: id.nullable(),
  customerName: z.string().nullable(),
  agentId: id,
  accountId: id.nullable(),
  origin,
  direction: z.enum(DIRECTIONS),
  remote: remoteParty,
  e164: e164.nullable(),
  internal: z.boolean(),
  startedAt: instant,
  answeredAt: instant.nullable(),
  endedAt: instant.nullable(),
  ringMs: duration,
  talkMs: duration,
  holdMs: duration,
  cause: z.enum(END_CAUSES).nullable(),
  sipCode: z.int().nullable(),
  endedBy: z.enum(CALL_PARTIES).nullable(),
  quality: quality.nullable(),
});
export type CallRecord = z.output<typeof callRecord>;

/** A missed call that still wants an answer; several from one number are one row. */
export const missedCall = z.object({
  /** The newest of the calls. */
  callId: id,
  customerId: id.nullable(),
  customerName: z.string().nullable(),
  remote: remoteParty,
  e164: e164.nullable(),
  at: instant,
  attempts: z.int().min(1),
});
export type MissedCall = z.output<typeof missedCall>;
