import { z } from 'zod';
import type { CallRecord } from '../../../../preload/contract/calls.ts';
import { id } from '../../../../preload/contract/shapes.ts';
import type { DialOrder } from '../dialling.ts';
import { ApiProblem } from '../problem.ts';
import * as shapes from '../public-shapes.ts';
import { rateLimit } from '../rate-limit.ts';
import { route, type Route } from '../route.ts';

interface CallRoutesDependencies {
  now: () => number;
  /** The newest call that is not over. */
  live: () => CallRecord | null;
  record: (callId: string) => CallRecord | null;
  recent: (limit: number) => CallRecord[];
  /** Refuses with NOT_FOUND. */
  nameOf: (customerId: string) => string;
  dial: (order: DialOrder) => Promise<{ callId: string }>;
}

const none = z.object({});

export function callRoutes(dependencies: CallRoutesDependencies): Route[] {
  // Other programs must not make the agent's telephone ring people without end.
  const dialled = rateLimit({ burst: 5, perSecond: 0.5 });
  return [
    route({
      ...{ method: 'POST', path: '/v1/calls', scope: 'calls:dial', tag: 'Calls' },
      operationId: 'dial',
      summary: 'Dials a number on the desk',
      description:
        'The open desk dials. Unless the setting or the token allows dialling directly, the agent is asked first; the answer comes when the call is placed, after 30 seconds at the latest.',
      params: none,
      query: none,
      body: shapes.dial,
      answer: { status: 202, description: 'The call was placed', schema: shapes.placedCall },
      problems: [
        ...(['no-window', 'phone-not-ready', 'dialling-off', 'dialling-declined'] as const),
        'dialling-unanswered',
      ],
      async handle({ body, bearer, gone }) {
        const wait = dialled.take(bearer.key, dependencies.now());
        if (wait > 0) throw tooMany(wait);
        const { number, customerId } = body;
        const { callId } = await dependencies.dial({
          ...{ number, customerId, gone, askedBy: bearer.name },
          customerName: customerId === null ? null : dependencies.nameOf(customerId),
          dialsDirectly: bearer.dialsDirectly,
        });
        return {
          status: 202,
          body: { id: callId, number, customerId },
          headers: { location: `/v1/calls/${callId}` },
        };
      },
    }),
    route({
      ...{ method: 'GET', path: '/v1/calls', scope: 'calls:read', tag: 'Calls' },
      operationId: 'listCalls',
      summary: 'The newest calls of this desk',
      params: none,
      query: z.object({ limit: z.coerce.number().int().min(1).max(100).default(50) }),
      answer: {
        ...{ status: 200, description: 'Newest first' },
        schema: z.object({ calls: z.array(shapes.call) }),
      },
      handle: ({ query }) => ({
        status: 200,
        body: { calls: dependencies.recent(query.limit).map(publicCall) },
      }),
    }),
    route({
      ...{ method: 'GET', path: '/v1/calls/current', scope: 'calls:read', tag: 'Calls' },
      operationId: 'getCurrentCall',
      summary: 'The call that is going on, or null',
      params: none,
      query: none,
      answer: { status: 200, description: 'The call', schema: shapes.call.nullable() },
      handle() {
        const live = dependencies.live();
        return { status: 200, body: live === null ? null : publicCall(live) };
      },
    }),
    route({
      ...{ method: 'GET', path: '/v1/calls/{id}', scope: 'calls:read', tag: 'Calls' },
      operationId: 'getCall',
      summary: 'One call',
      params: z.object({ id }),
      query: none,
      answer: { status: 200, description: 'The call', schema: shapes.call },
      handle({ params }) {
        const record = dependencies.record(params.id);
        if (!record) throw new ApiProblem('not-found');
        return { status: 200, body: publicCall(record) };
      },
    }),
  ];
}

export function tooMany(waitMs: number): ApiProblem {
  const seconds = String(Math.max(1, Math.ceil(waitMs / 1_000)));
  return new ApiProblem('too-many-requests', { headers: { 'retry-after': seconds } });
}

function publicCall(record: CallRecord): shapes.PublicCall {
  const { callId, contactId, customerId, customerName, direction, remote, e164 } = record;
  const { startedAt, answeredAt, endedAt, talkMs, holdMs, cause } = record;
  return {
    ...{ id: callId, contactId, customerId, customerName, direction, e164 },
    state: endedAt !== null ? 'ended' : answeredAt !== null ? 'talking' : 'ringing',
    number: remote.anonymous ? null : remote.number,
    ...{ startedAt, answeredAt, endedAt, talkMs, holdMs, cause },
  };
}
