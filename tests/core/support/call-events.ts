import { newId } from '../../../main/core/ids.ts';
import type { CallEvent } from '../../../preload/contract/calls.ts';
import type { LegKind, Origin } from '../../../preload/contract/vocabulary.ts';
import type { DeskClient } from './test-core.ts';

/** Leaves out what the log fills in. */
type Happening = CallEvent extends infer E
  ? E extends CallEvent
    ? Omit<E, 'callId' | 'seq' | 'at'>
    : never
  : never;

export interface CallLog {
  callId: string;
  events: CallEvent[];
  /** Adds what happened `afterMs` after the event before. */
  next(afterMs: number, happening: Happening): CallLog;
}

interface CallOptions {
  number?: string | null;
  origin?: Origin;
  callId?: string;
  customerId?: string | null;
  returnsCallId?: string | null;
  /** The call that this one consults about, or takes over. */
  legOfCallId?: string | null;
  legKind?: LegKind;
  queue?: string | null;
}

export function anInboundCall(at: number, options: CallOptions = {}): CallLog {
  const { number = '+493023125042', origin = 'practice' } = options;
  const remote = {
    uri: `sip:${number ?? 'anonymous'}@pbx.test`,
    number,
    display: null,
    anonymous: number === null,
  };
  return aLog(at, options, {
    type: 'invited',
    remote,
    accountId: null,
    origin,
    calledNumber: null,
    divertedFrom: null,
    queue: options.queue ?? null,
    replacesCallId: options.legOfCallId ?? null,
  });
}

export function anOutboundCall(at: number, options: CallOptions = {}): CallLog {
  const {
    number = '+493023125042',
    origin = 'practice',
    customerId = null,
    returnsCallId = null,
    legOfCallId = null,
  } = options;
  const remote = { uri: `sip:${number ?? 'x'}@pbx.test`, number, display: null, anonymous: false };
  return aLog(at, options, {
    type: 'placed',
    remote,
    accountId: null,
    origin,
    customerId,
    returnsCallId,
    legOfCallId,
    ...(options.legKind && { legKind: options.legKind }),
  });
}

function aLog(at: number, options: CallOptions, first: Happening): CallLog {
  const callId = options.callId ?? newId();
  const events = [{ callId, seq: 0, at, ...first } as CallEvent];
  const log: CallLog = {
    callId,
    events,
    next(afterMs, happening) {
      const last = events.at(-1);
      events.push({
        callId,
        seq: events.length,
        at: (last?.at ?? at) + afterMs,
        ...happening,
      } as CallEvent);
      return log;
    },
  };
  return log;
}

export const completed = {
  type: 'ended',
  cause: 'completed',
  sipCode: null,
  by: 'customer',
} as const;
export const unanswered = {
  type: 'ended',
  cause: 'noAnswer',
  sipCode: 480,
  by: 'network',
} as const;
export const givenUp = { type: 'ended', cause: 'missed', sipCode: 487, by: 'customer' } as const;

/** An answered inbound call of `talkMs` that is over, with its wrap-up. */
export async function aHandledCall(
  client: DeskClient,
  at: number,
  talkMs: number,
  options: CallOptions = {},
) {
  const log = anInboundCall(at, options).next(4_000, { type: 'answered' }).next(talkMs, completed);
  await client.calls.append({ events: log.events });
  const wrapUp = (await client.wrapUps.open({})).find(({ call }) => call.callId === log.callId);
  if (!wrapUp) throw new Error('an answered call without a wrap-up');
  return { ...log, wrapUp };
}
