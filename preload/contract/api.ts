// Connections to other programs as the window administers them: the local API's tokens, webhooks,
// links, and connection files that set all of it in one step.
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { ERRORS } from './errors.ts';
import { linkTemplateProblem } from './link-template.ts';
import { changesOf, cursor, id, instant, name, pageLimit } from './shapes.ts';

const procedure = oc.errors(ERRORS);
const nothing = z.object({});

/** What a token may do. */
export const API_SCOPES = [
  'customers:read',
  'customers:write',
  'calls:read',
  'calls:dial',
  'imports',
  'rights',
] as const;
export type ApiScope = (typeof API_SCOPES)[number];

/** What a webhook may be told of. */
export const WEBHOOK_EVENTS = [
  'call.ringing',
  'call.ended',
  'wrapup.saved',
  'customer.changed',
  'promise.due',
] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

const scopes = z.array(z.enum(API_SCOPES)).min(1).max(API_SCOPES.length);
const events = z.array(z.enum(WEBHOOK_EVENTS)).min(1).max(WEBHOOK_EVENTS.length);

/** Where a webhook is sent: https, or http where the policy allows it; no credentials, no fragment. */
export const webhookAddress = z
  .url({ protocol: /^https?$/u })
  .trim()
  .max(1_000)
  .regex(/^[^@#\s]+$/u);

/** A page of another system, with places such as `{externalId}`. */
export const linkTemplate = z
  .string()
  .trim()
  .max(1_000)
  .refine((text) => linkTemplateProblem(text) === null, { error: 'linkTemplate' });

export const apiToken = z.object({
  /** null for the token of this start (`--api-token-file`): it ends with the desk and is not stored. */
  tokenId: id.nullable(),
  name: z.string(),
  scopes: z.array(z.enum(API_SCOPES)),
  dialsDirectly: z.boolean(),
  connectionId: id.nullable(),
  createdAt: instant,
  expiresAt: instant.nullable(),
  lastUsedAt: instant.nullable(),
  revokedAt: instant.nullable(),
});
export type ApiToken = z.output<typeof apiToken>;

export const webhook = z.object({
  webhookId: id,
  name: z.string(),
  url: z.string(),
  events: z.array(z.enum(WEBHOOK_EVENTS)),
  connectionId: id.nullable(),
  createdAt: instant,
  state: z.enum(['active', 'paused']),
  pausedAt: instant.nullable(),
  /** `failing`: nothing arrived for a day; `gone`: the receiver answered 410. */
  pausedReason: z.enum(['agent', 'failing', 'gone', 'tooManyWaiting']).nullable(),
  waiting: z.int().min(0),
  lastDeliveredAt: instant.nullable(),
});
export type Webhook = z.output<typeof webhook>;

/** Why an attempt did not arrive; beside it stands the receiver's HTTP status where there was one. */
export const DELIVERY_PROBLEMS = [
  'status',
  'redirect',
  'unreachable',
  'timeout',
  'tls',
  'nameUnknown',
  'targetRefused',
  'answerTooLarge',
] as const;
export type DeliveryProblem = (typeof DELIVERY_PROBLEMS)[number];

export const delivery = z.object({
  deliveryId: id,
  type: z.enum([...WEBHOOK_EVENTS, 'test']),
  at: instant,
  state: z.enum(['waiting', 'delivered', 'failed']),
  attempts: z.int().min(0),
  nextAt: instant.nullable(),
  lastAt: instant.nullable(),
  status: z.int().nullable(),
  problem: z.enum(DELIVERY_PROBLEMS).nullable(),
});
export type Delivery = z.output<typeof delivery>;

export const outsideLink = z.object({
  linkId: id,
  label: z.string(),
  url: z.string(),
  openOnAnswer: z.boolean(),
  connectionId: id.nullable(),
});
export type OutsideLink = z.output<typeof outsideLink>;

/** A table of the import: which column of a file becomes which field. */
export const importMapping = z.object({
  name,
  kind: z.enum(['customers', 'orders', 'contacts']),
  columns: z.record(z.string().min(1).max(200), z.string().min(1).max(100)),
});
export type ImportMapping = z.output<typeof importMapping>;

/**
 * A connection file, or what a connection link carries. The other program makes its token itself and
 * names only its SHA-256; without one the desk makes a token and shows it once.
 */
export const connectionFile = z.strictObject({
  anklangConnection: z.literal(1),
  name,
  description: z.string().max(500).optional(),
  token: z
    .strictObject({
      scopes,
      sha256: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .optional(),
      expiresInDays: z.int().min(1).max(3_650).optional(),
    })
    .optional(),
  webhook: z
    .strictObject({
      url: webhookAddress,
      events,
      /** For signing; left out, the desk makes one and shows it once. */
      secret: z.string().min(24).max(200).optional(),
    })
    .optional(),
  links: z
    .array(
      z.strictObject({
        label: z.string().trim().min(1).max(60),
        url: linkTemplate,
        openOnAnswer: z.boolean().default(false),
      }),
    )
    .max(10)
    .default([]),
  imports: z.array(importMapping).max(10).default([]),
});
export type ConnectionFile = z.output<typeof connectionFile>;

export const connection = z.object({
  connectionId: id,
  name: z.string(),
  createdAt: instant,
  mappings: z.array(z.string()),
});
export type Connection = z.output<typeof connection>;

/** What the organisation has laid down in its policy file. */
export const policyState = z.object({
  /** Whether there is one. */
  present: z.boolean(),
  /** Names of the values in force, for example `api.enabled`. */
  managed: z.array(z.string()),
  /** Names of values that could not be understood and were passed over. */
  ignored: z.array(z.string()),
  privateTargets: z.boolean(),
});
export type PolicyState = z.output<typeof policyState>;

export const apiState = z.object({
  enabled: z.boolean(),
  /** Where it listens, for example `http://127.0.0.1:41234`; null while it does not. */
  address: z.string().nullable(),
  problem: z.enum(['portTaken', 'cannotListen']).nullable(),
  /** 0 = any free one. */
  port: z.int(),
  dialling: z.enum(['ask', 'direct', 'off']),
});
export type ApiState = z.output<typeof apiState>;

/** A number that another program wants dialled. */
export const dialRequest = z.object({
  requestId: id,
  number: z.string(),
  customerId: id.nullable(),
  customerName: z.string().nullable(),
  /** Name of the token. */
  askedBy: z.string(),
  /** The agent has to say yes first. */
  ask: z.boolean(),
  at: instant,
});
export type DialRequest = z.output<typeof dialRequest>;

export const webhookInput = z.object({ name, url: webhookAddress, events });
export const linkInput = z.object({
  label: z.string().trim().min(1).max(60),
  url: linkTemplate,
  openOnAnswer: z.boolean().default(false),
});

const webhookId = z.object({ webhookId: id });

export const connections = {
  state: procedure.input(nothing.default({})).output(
    z.object({
      api: apiState,
      tokens: z.array(apiToken),
      webhooks: z.array(webhook),
      links: z.array(outsideLink),
      connections: z.array(connection),
      policy: policyState,
      /** Descriptions that come with the program, ready to be used. */
      ready: z.array(z.object({ name: z.string(), description: z.string(), text: z.string() })),
    }),
  ),
  setApi: procedure
    .input(
      z.object({
        enabled: z.boolean().optional(),
        port: z.int().min(0).max(65_535).optional(),
        dialling: z.enum(['ask', 'direct', 'off']).optional(),
      }),
    )
    .output(apiState),
  /** The secret is in this answer and nowhere else. */
  createToken: procedure
    .input(
      z.object({
        name,
        scopes,
        dialsDirectly: z.boolean().default(false),
        expiresAt: instant.nullable().default(null),
      }),
    )
    .output(z.object({ token: apiToken, secret: z.string() })),
  revokeToken: procedure.input(z.object({ tokenId: id })).output(nothing),
  /** The signing secret is in this answer and nowhere else. */
  addWebhook: procedure.input(webhookInput).output(z.object({ webhook, secret: z.string() })),
  removeWebhook: procedure.input(webhookId).output(nothing),
  setWebhookState: procedure
    .input(webhookId.extend({ state: z.enum(['active', 'paused']) }))
    .output(webhook),
  /** Sends one event of type `test` at once and answers what became of it. */
  testWebhook: procedure.input(webhookId).output(delivery),
  /** Newest first. */
  deliveries: procedure
    .input(webhookId.extend({ cursor: cursor.optional(), limit: pageLimit }))
    .output(z.object({ rows: z.array(delivery).max(100), next: cursor.nullable() })),
  links: procedure.input(nothing.default({})).output(z.array(outsideLink).max(100)),
  addLink: procedure.input(linkInput).output(outsideLink),
  changeLink: procedure.input(changesOf(linkInput).extend({ linkId: id })).output(outsideLink),
  removeLink: procedure.input(z.object({ linkId: id })).output(nothing),
  /** Reads a connection file, or a link of the form `anklang://connect?data=…`; nothing is changed. */
  preview: procedure.input(z.object({ text: z.string().max(200_000) })).output(
    z.discriminatedUnion('fits', [
      z.object({ fits: z.literal(true), file: connectionFile }),
      z.object({
        fits: z.literal(false),
        reason: z.enum(['notJson', 'newerVersion', 'badShape', 'empty']),
        /** Where it does not fit, for example `webhook.url`. */
        paths: z.array(z.string()),
      }),
    ]),
  ),
  /** Secrets that the desk made are in this answer and nowhere else. */
  connect: procedure.input(z.object({ text: z.string().max(200_000) })).output(
    z.object({
      connection,
      tokenSecret: z.string().nullable(),
      webhookSecret: z.string().nullable(),
    }),
  ),
  /** Takes token, webhook, links and mappings away with it. */
  disconnect: procedure.input(z.object({ connectionId: id })).output(nothing),
  /** What other programs want dialled now. */
  dialRequests: procedure.input(nothing.default({})).output(z.array(dialRequest).max(20)),
  /** Before dialling: refused with NOT_FOUND when the other program has given up. */
  claimDial: procedure.input(z.object({ requestId: id })).output(nothing),
  answerDial: procedure
    .input(
      z.object({
        requestId: id,
        result: z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('placed'), callId: id }),
          z.object({ kind: z.literal('declined') }),
          z.object({ kind: z.literal('failed'), problem: z.string().max(50) }),
        ]),
      }),
    )
    .output(nothing),
};
