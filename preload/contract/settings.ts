import { z } from 'zod';
import { changesOf, id, name, shortText, zone } from './shapes.ts';
import { LANGUAGES, RETENTION_CLASSES, THEMES } from './vocabulary.ts';
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
  /** A second call: it waits, or the caller hears busy. */
  callWaiting: z.enum(['wait', 'busy']).default('wait'),
  /** Seconds after which a call is answered by itself; null = never. */
  autoAnswerSeconds: z.int().min(0).max(60).nullable().default(null),
  echoCancellation: z.boolean().default(true),
  autoGain: z.boolean().default(true),
  noiseSuppression: z.enum(['off', 'browser', 'strong']).default('browser'),
  /** The organisation allows recording; the agent still needs both consents in each call. */
  recordingAllowed: z.boolean().default(false),
  recordingDays: z.int().min(1).max(3_650).default(90),
  /** A ring comes up in front of other windows; and also over programs that fill the screen. */
  ringInFront: z.boolean().default(true),
  ringOverFullScreen: z.boolean().default(false),
  /** Keys that work while another program has the keyboard, in Electron's accelerator form; null = off. */
  globalKeys: z
    .object({
      answer: z.string().max(50).nullable(),
      hangUp: z.string().max(50).nullable(),
      mute: z.string().max(50).nullable(),
      dialClipboard: z.string().max(50).nullable(),
    })
    .default({ answer: null, hangUp: null, mute: null, dialClipboard: null }),
  headset: z.boolean().default(false),
  /** What customers are told about their data, in each language; empty means the words that come along. */
  noticeTexts: z
    .object({ de: z.string().max(5_000), en: z.string().max(5_000) })
    .default({ de: '', en: '' }),
  /** Whether old personal data go by themselves, and after how many months each class does. */
  retentionOn: z.boolean().default(false),
  retentionMonths: z
    .record(z.enum(RETENTION_CLASSES), z.int().min(1).max(1_200).nullable())
    .default({
      feelings: 24,
      notes: 36,
      callDetails: 36,
      changes: 36,
      webhookLog: 3,
      importReports: 6,
      accessLog: 36,
    }),
  /** How much room the copies of the data may take, in GB. */
  backupGigabytes: z.int().min(1).max(10_000).default(20),
  /** Other programs of this machine may use the local API; its port (0 = any); who decides on a call. */
  apiEnabled: z.boolean().default(false),
  apiPort: z.int().min(0).max(65_535).default(0),
  apiDialling: z.enum(['ask', 'direct', 'off']).default('ask'),
  /** Colleagues whose line state is shown: what one would dial, and the name to show. */
  colleagues: z
    .array(z.object({ target: z.string().trim().min(1).max(200), name }))
    .max(50)
    .default([]),
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

/** A server that helps media through firewalls; the credentials are for TURN. */
export const iceServer = z.object({
  url: z
    .string()
    .trim()
    .max(300)
    .regex(/^(stun|stuns|turn|turns):[a-z0-9._[\]:-]+(\?transport=(udp|tcp))?$/i),
  user: shortText.nullable().default(null),
  password: shortText.nullable().default(null),
});
export type IceServer = z.output<typeof iceServer>;

/** A SIP account as it is entered; `password` is left out to keep the stored one. */
export const accountInput = z.object({
  server: webSocketAddress,
  user: sipUser,
  domain: sipDomain,
  /** User name for digest authentication where it differs. */
  authUser: shortText.nullable().default(null),
  displayName: shortText.nullable().default(null),
  password: z.string().min(1).max(500).optional(),
  /** Tried in this order when the first address fails. */
  furtherServers: z.array(webSocketAddress).max(5).default([]),
  /** STUN and TURN servers, as in `stun:host:port` or `turn:host:port?transport=udp`. */
  iceServers: z.array(iceServer).max(5).default([]),
  dtmf: z.enum(['rfc4733', 'info']).default('rfc4733'),
  /** Play what is heard before the other side answers (183 with media). */
  earlyMedia: z.boolean().default(false),
  /** What one dials to hear the mailbox. */
  mailbox: shortText.nullable().default(null),
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
  furtherServers: z.array(z.string()),
  /** Without their passwords. */
  iceServers: z.array(z.object({ url: z.string(), user: z.string().nullable() })),
  dtmf: z.enum(['rfc4733', 'info']),
  earlyMedia: z.boolean(),
  mailbox: z.string().nullable(),
});
export type Account = z.output<typeof account>;

/** What the window needs to register; held in memory only. */
export const credentials = z.object({
  account,
  password: z.string(),
  iceServers: z.array(iceServer),
});
export type Credentials = z.output<typeof credentials>;
