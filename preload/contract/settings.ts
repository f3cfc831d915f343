import { z } from 'zod';
import { changesOf, id, name, shortText, zone } from './shapes.ts';
import { LANGUAGES, THEMES } from './vocabulary.ts';
import { webSocketAddressProblem } from './web-socket-address.ts';

const device = z.string().max(200).nullable();

export const settings = z.object({
  /** null = as the system says. */
  language: z.enum(LANGUAGES).nullable().default(null),
  theme: z.enum(THEMES).default('system'),
  agentName: name.default('Agent'),
  zone: zone.default('Europe/Berlin'),
  /** ISO 3166 country that national numbers belong to. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .default('DE'),
  /** Currency of deal values, ISO 4217. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default('EUR'),
  microphone: device.default(null),
  speaker: device.default(null),
  ringer: device.default(null),
  ringVolume: z.number().min(0).max(1).default(0.7),
  /** Practice customers ring by themselves. */
  practiceRings: z.boolean().default(false),
});
export type Settings = z.output<typeof settings>;
export const settingsPatch = changesOf(settings);
export type SettingsPatch = z.output<typeof settingsPatch>;

/** A SIP-over-WebSocket address: wss anywhere, ws to this machine only. No credentials, no fragment. */
export const webSocketAddress = z
  .string()
  .trim()
  .max(500)
  .refine((text) => webSocketAddressProblem(text) === null, { error: 'webSocketAddress' });

const sipUser = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\s@:<>"]+$/);
/** Host part of the address of record, with an optional port. */
const sipDomain = z
  .string()
  .trim()
  .min(1)
  .max(253)
  .regex(/^(\[[0-9a-f:]+\]|[a-z0-9._-]+)(:\d{1,5})?$/i);

/** A SIP account as it is entered; `password` is left out to keep the stored one. */
export const accountInput = z.object({
  server: webSocketAddress,
  user: sipUser,
  domain: sipDomain,
  /** User name for digest authentication where it differs. */
  authUser: shortText.nullable().default(null),
  displayName: shortText.nullable().default(null),
  password: z.string().min(1).max(500).optional(),
});
export type AccountInput = z.output<typeof accountInput>;

/** A stored account; its password never travels with it. */
export const account = z.object({
  id,
  server: z.string(),
  user: z.string(),
  domain: z.string(),
  authUser: z.string().nullable(),
  displayName: z.string().nullable(),
  hasPassword: z.boolean(),
});
export type Account = z.output<typeof account>;

/** What the window needs to register; held in memory only. */
export const credentials = z.object({ account, password: z.string() });
export type Credentials = z.output<typeof credentials>;
