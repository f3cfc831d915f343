import { z } from 'zod';
import { duration, e164, id, instant, origin, shortText } from './shapes.ts';
import { CALL_PARTIES, DIRECTIONS, END_CAUSES, LEG_KINDS, TRANSFER_STATES } from './vocabulary.ts';

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
    /** The queue that the call came through, when signalled. */
    queue: z.string().max(100).nullable().default(null),
    /** The call that this one takes over (Replaces): a further leg of the same contact. */
    replacesCallId: id.nullable().default(null),
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
    /** The call that this one consults about, or that was referred here: a further leg of its contact. */
    legOfCallId: id.nullable().default(null),
    /** What a further leg is; left out, it is a consultation. */
    legKind: z.enum(LEG_KINDS).optional(),
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
  /** We asked the other side to call `target` (REFER); `withCallId` when it takes over that call. */
  z.object({
    ...eventHead,
    type: z.literal('transferAsked'),
    kind: z.enum(['blind', 'attended']),
    target: z.string().max(500),
    withCallId: id.nullable(),
  }),
  z.object({ ...eventHead, type: z.literal('transferDone') }),
  z.object({
    ...eventHead,
    type: z.literal('transferFailed'),
    sipCode: z.int().min(100).max(699).nullable(),
  }),
  z.object({ ...eventHead, type: z.literal('conferenceJoined'), conferenceId: id }),
  z.object({ ...eventHead, type: z.literal('conferenceLeft'), conferenceId: id }),
  z.object({ ...eventHead, type: z.literal('recordingStarted'), recordingId: id }),
  z.object({ ...eventHead, type: z.literal('recordingPaused'), recordingId: id }),
  z.object({ ...eventHead, type: z.literal('recordingResumed'), recordingId: id }),
  z.object({ ...eventHead, type: z.literal('recordingStopped'), recordingId: id }),
  z.object({
    ...eventHead,
    type: z.literal('ended'),
    cause: z.enum(END_CAUSES),
    sipCode: z.int().min(100).max(699).nullable(),
    by: z.enum(CALL_PARTIES),
  }),
]);
export type CallEvent = z.output<typeof callEvent>;

/** Where a call was to be passed on, and what became of it. `sipCode` is the target's final answer. */
export const transfer = z.object({
  kind: z.enum(['blind', 'attended']),
  target: z.string(),
  state: z.enum(TRANSFER_STATES),
  sipCode: z.int().nullable(),
});
export type Transfer = z.output<typeof transfer>;

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
  queue: z.string().nullable(),
  divertedFrom: z.string().nullable(),
  transfer: transfer.nullable(),
  /** The call whose contact this one is a further leg of; null for the leg that began the contact. */
  legOfCallId: id.nullable(),
  legKind: z.enum(LEG_KINDS),
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

/** A stored recording. Chunks are WebM/Opus, left the agent, right the customer. */
export const recording = z.object({
  recordingId: id,
  callId: id,
  startedAt: instant,
  endedAt: instant.nullable(),
  durationMs: duration,
  bytes: z.int().min(0),
  state: z.enum(['open', 'finished', 'interrupted', 'erased']),
  /** When each side agreed, as the agent ticked it. */
  agentAnnouncedAt: instant,
  customerAgreedAt: instant,
  /** When retention takes it. */
  keptUntil: instant.nullable(),
});
export type Recording = z.output<typeof recording>;
