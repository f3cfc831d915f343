// A small book of invented people for looking at the desk.
import type { Recording } from '../../../preload/contract/calls.ts';
import type { Figure } from '../../../preload/contract/contract.ts';
import type {
  CallerContext,
  CustomerHit,
  CustomerStory,
  ContactEntry,
} from '../../../preload/contract/customers.ts';
import type { Settings } from '../../../preload/contract/settings.ts';
import type { Opening, CoreOutput } from '../../../renderer/core-client/core.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
export const now = Date.now();

/** A well-formed UUIDv7 for a small number. */
export const idOf = (number: number) =>
  `01930000-0000-7000-8000-${String(number).padStart(12, '0')}`;

const ME = { id: idOf(1), name: 'Anna Krüger', me: true };
export const agents = [ME, { id: idOf(2), name: 'Jonas Weber', me: false }];
const VOGT = idOf(10);

const plain = {
  customerId: VOGT,
  matterId: null,
  matterTitle: null,
  origin: 'sample',
  type: 'contact',
  direction: null,
  subject: null,
  note: null,
  outcome: null,
  expectation: null,
  end: null,
  peak: null,
  openQuestion: null,
  call: null,
  promise: null,
  deal: null,
  amountCents: null,
  currency: null,
  externalId: null,
} as const;

const talked = (callId: number, minutes: number): NonNullable<ContactEntry['call']> => ({
  callId: idOf(callId),
  remote: {
    uri: 'sip:+49561499021@example.test',
    number: '+49 561 4990 21',
    display: null,
    anonymous: false,
  },
  answered: true,
  talkMs: minutes * 60_000,
  holdMs: 0,
  cause: 'completed',
  quality: { mos: 4.3, lossPercent: 0, jitterMs: 3, rttMs: 20 },
  wrapUpOpen: false,
  transfer: null,
  legs: [],
  recordings: 0,
});

const contacts: ContactEntry[] = [
  {
    ...plain,
    id: idOf(100),
    at: now - 26 * HOUR,
    agentName: 'Jonas Weber',
    kind: 'call',
    direction: 'inbound',
    subject: 'Third call about the delivery date',
    matterId: idOf(50),
    matterTitle: 'Delivery of the Kombi',
    note: '“Nobody called me back.” Was promised an answer by noon today.',
    outcome: 'reached',
    expectation: 'missed',
    end: { emotion: 'anger', intensity: 0.75, sign: 1 },
    peak: { emotion: 'disappointment', intensity: 1, sign: 1 },
    call: talked(200, 7),
    promise: { id: idOf(60), text: 'the new delivery date', dueAt: now - 2 * HOUR, state: 'open' },
  },
  {
    ...plain,
    id: idOf(101),
    at: now - 4 * DAY,
    agentName: 'Jonas Weber',
    kind: 'call',
    direction: 'inbound',
    subject: 'Asked for the delivery date again',
    note: 'Worried about the season’s start. Was promised a call by Friday.',
    outcome: 'callback',
    end: { emotion: 'worry', intensity: 0.5, sign: 1 },
    openQuestion: 'When exactly does the Kombi arrive?',
    call: talked(201, 4),
  },
  {
    ...plain,
    id: idOf(102),
    at: now - 14 * DAY,
    agentName: null,
    kind: 'delivery',
    subject: 'Delivery moved by the works: 27 Nov → 11 Dec',
    note: 'Customer not told.',
  },
  {
    ...plain,
    id: idOf(103),
    at: now - 103 * DAY,
    agentName: 'Anna Krüger',
    kind: 'call',
    direction: 'outbound',
    subject: 'Test drive brought to the yard',
    outcome: 'reached',
    expectation: 'exceeded',
    end: { emotion: 'delight', intensity: 1, sign: 1 },
    call: {
      ...talked(203, 12),
      transfer: { kind: 'attended', target: 'Jonas Weber', state: 'done', sipCode: 200 },
      legs: [
        {
          callId: idOf(213),
          kind: 'consultation',
          direction: 'outbound',
          remote: {
            uri: 'sip:22@example.test',
            number: '22',
            display: 'Jonas Weber',
            anonymous: false,
          },
          startedAt: now - 103 * DAY,
          answered: true,
          talkMs: 40_000,
          holdMs: 0,
          cause: 'completed',
        },
      ],
      recordings: 1,
    },
    deal: { id: idOf(70), state: 'won', valueCents: 3_140_000 },
  },
  {
    ...plain,
    id: idOf(104),
    at: now - 204 * DAY,
    agentName: 'Anna Krüger',
    kind: 'call',
    direction: 'outbound',
    subject: 'First talk about replacing the old van',
    note: 'Daughter starts in the firm in spring.',
    outcome: 'reached',
    end: { emotion: 'trust', intensity: 0.5, sign: 1 },
    call: talked(204, 9),
  },
];

export const story: CustomerStory = {
  customer: {
    id: VOGT,
    name: 'Matthias Vogt',
    company: 'Vogt Gartenbau',
    city: 'Kassel',
    emails: ['m.vogt@vogt-gartenbau.example'],
    numbers: [
      {
        id: idOf(11),
        raw: '+49 561 4990 21',
        e164: '+49561499021',
        label: 'Office',
        confirmedAt: now - 200 * DAY,
      },
      {
        id: idOf(12),
        raw: '+49 171 2384 551',
        e164: '+491712384551',
        label: 'Mobile',
        confirmedAt: null,
      },
    ],
    tags: ['Business', 'Prefers mornings', 'Dialogue'],
    preferredTime: 'mornings before nine',
    customerSince: now - 2400 * DAY,
    street: 'Holländische Straße 74',
    postalCode: '34127',
    country: 'DE',
    externalId: 'K-20417',
    organisationId: null,
    householdId: null,
    custom: {},
    origin: 'sample',
  },
  contacts,
  contactCount: 9,
  feelings: {
    last: {
      contactId: idOf(100),
      at: now - 26 * HOUR,
      feeling: { emotion: 'anger', intensity: 0.75, sign: 1 },
    },
    peak: {
      contactId: idOf(103),
      at: now - 103 * DAY,
      feeling: { emotion: 'delight', intensity: 1, sign: 1 },
    },
    trend: 'falling',
    score: -0.31,
    effectiveN: 3.4,
    contributions: [
      { contactId: idOf(100), at: now - 26 * HOUR, emotion: 'anger', term: -0.34 },
      { contactId: idOf(103), at: now - 103 * DAY, emotion: 'delight', term: 0.14 },
      { contactId: idOf(101), at: now - 4 * DAY, emotion: 'worry', term: -0.09 },
    ],
    course: [
      { contactId: idOf(104), at: now - 204 * DAY, emotion: 'trust', value: 0.35 },
      { contactId: idOf(105), at: now - 160 * DAY, emotion: 'hope', value: 0.4 },
      { contactId: idOf(103), at: now - 103 * DAY, emotion: 'delight', value: 1 },
      { contactId: idOf(106), at: now - 40 * DAY, emotion: 'neutral', value: 0 },
      { contactId: idOf(101), at: now - 4 * DAY, emotion: 'worry', value: -0.2 },
      { contactId: idOf(100), at: now - 26 * HOUR, emotion: 'anger', value: -0.72 },
    ],
  },
  questions: [
    { id: idOf(70), text: 'When exactly does the Kombi arrive?', askedAt: now - 4 * DAY },
  ],
  promises: [
    {
      id: idOf(60),
      customerId: VOGT,
      customerName: 'Matthias Vogt',
      text: 'the new delivery date',
      dueAt: now - 2 * HOUR,
      ownerId: ME.id,
      ownerName: ME.name,
      authorName: 'Jonas Weber',
      madeAt: now - 26 * HOUR,
      state: 'open',
      settledAt: null,
      contactId: idOf(100),
    },
  ],
  matters: [
    { id: idOf(50), title: 'Delivery of the Kombi', openedAt: now - 14 * DAY, closedAt: null },
    {
      id: idOf(51),
      title: 'Replacing the old van',
      openedAt: now - 204 * DAY,
      closedAt: now - 103 * DAY,
    },
  ],
  deals: [
    { id: idOf(70), state: 'won', valueCents: 3_140_000, at: now - 103 * DAY, title: 'Kombi 2.0' },
  ],
  cues: [
    {
      rule: 1,
      subject: idOf(60),
      moment: 'before',
      priority: 1,
      facts: {
        text: 'the new delivery date',
        at: now - 26 * HOUR,
        dueAt: now - 2 * HOUR,
        count: null,
        emotion: null,
        person: 'Jonas Weber',
      },
      evidence: [
        {
          kind: 'promise',
          id: idOf(60),
          at: now - 26 * HOUR,
          author: 'Jonas Weber',
          quote: 'the new delivery date',
        },
      ],
    },
    {
      rule: 2,
      subject: idOf(100),
      moment: 'before',
      priority: 1,
      facts: {
        text: null,
        at: now - 26 * HOUR,
        dueAt: null,
        count: null,
        emotion: 'anger',
        person: 'Jonas Weber',
      },
      evidence: [
        {
          kind: 'feeling',
          id: idOf(100),
          at: now - 26 * HOUR,
          author: 'Jonas Weber',
          quote: 'Nobody called me back.',
        },
      ],
    },
    {
      rule: 9,
      subject: idOf(101),
      moment: 'before',
      priority: 2,
      facts: {
        text: 'When exactly does the Kombi arrive?',
        at: now - 4 * DAY,
        dueAt: null,
        count: null,
        emotion: 'worry',
        person: null,
      },
      evidence: [
        {
          kind: 'question',
          id: idOf(70),
          at: now - 4 * DAY,
          author: 'Jonas Weber',
          quote: 'When exactly does the Kombi arrive?',
        },
      ],
    },
  ],
  startWith: {
    kind: 'promise',
    text: 'the new delivery date, 11 December',
    at: now - 26 * HOUR,
    dueAt: now - 2 * HOUR,
    emotion: null,
  },
};

export const known: CallerContext = {
  number: '+49 561 4990 21',
  e164: '+49561499021',
  country: 'DE',
  match: { kind: 'known', reason: 'ownNumber', confirmedAt: null, learnt: false },
  story,
  ignored: null,
};

export const unknown: CallerContext = {
  number: '+49 30 555 0199',
  e164: '+49305550199',
  country: 'DE',
  match: { kind: 'unknown', earlierCalls: 2, lastCallAt: now - 3 * DAY, company: null },
  story: null,
  ignored: null,
};

const hit = (number: number, name: string, company: string | null): CustomerHit => ({
  id: idOf(number),
  name,
  company,
  city: 'Kassel',
  number: '+49 561 4990 21',
  lastContactAt: now - 26 * HOUR,
  lastFeeling: number === 10 ? 'anger' : 'trust',
});

export const hits: CustomerHit[] = [
  hit(10, 'Matthias Vogt', 'Vogt Gartenbau'),
  hit(20, 'Sabine Vogtländer', null),
];

export const several: CallerContext = {
  ...known,
  match: {
    kind: 'several',
    candidates: hits.map((candidate) => ({ ...candidate, reason: 'sharedNumber' as const })),
  },
  story: null,
};

export const recording: Recording = {
  recordingId: idOf(800),
  callId: idOf(203),
  startedAt: now - 103 * DAY,
  endedAt: now - 103 * DAY + 720_000,
  durationMs: 720_000,
  bytes: 5_760_000,
  state: 'finished',
  agentAnnouncedAt: now - 103 * DAY,
  customerAgreedAt: now - 103 * DAY,
  keptUntil: now + 7 * DAY,
};

const remoteOf = (number: string) => ({
  uri: `sip:${number}@example.test`,
  number,
  display: null,
  anonymous: false,
});

export const waiting: CoreOutput<'desk', 'waiting'> = {
  due: story.promises.concat([
    {
      ...(story.promises[0] as (typeof story.promises)[number]),
      id: idOf(61),
      customerId: idOf(21),
      customerName: 'Elif Demir',
      text: 'Leasing offer, asked for quiet mornings',
      dueAt: now + 3 * HOUR,
    },
    {
      ...(story.promises[0] as (typeof story.promises)[number]),
      id: idOf(62),
      customerId: idOf(22),
      customerName: 'Autohaus Lindner & Söhne Beteiligungsgesellschaft',
      text: 'Answer on the fleet discount',
      dueAt: now + 30 * HOUR,
    },
  ]),
  dueCount: 3,
  makeGood: [
    {
      customerId: VOGT,
      name: 'Matthias Vogt',
      at: now - 26 * HOUR,
      emotion: 'anger',
      quote: 'Nobody called me back.',
    },
  ],
  makeGoodCount: 1,
  quiet: [
    {
      customerId: idOf(23),
      name: 'Gerda Albrecht',
      lastContactAt: now - 94 * DAY,
      emotion: 'delight',
    },
    {
      customerId: idOf(24),
      name: 'Bäckerei Sommer',
      lastContactAt: now - 181 * DAY,
      emotion: 'trust',
    },
  ],
  quietCount: 12,
  missed: [
    {
      callId: idOf(300),
      customerId: idOf(21),
      customerName: 'Elif Demir',
      remote: remoteOf('+49 30 1234567'),
      e164: '+49301234567',
      at: now - HOUR,
      attempts: 2,
    },
    {
      callId: idOf(301),
      customerId: null,
      customerName: null,
      remote: remoteOf('+49 40 98765'),
      e164: '+494098765',
      at: now - 3 * HOUR,
      attempts: 1,
    },
  ],
  missedCount: 2,
};

export const nothingWaiting: typeof waiting = {
  due: [],
  dueCount: 0,
  makeGood: [],
  makeGoodCount: 0,
  quiet: [],
  quietCount: 0,
  missed: [],
  missedCount: 0,
};

const figure = (
  kpi: Figure['kpi'],
  value: number,
  numerator: number,
  denominator: number | null,
  n: number,
): Figure => ({
  kpi,
  value,
  numerator,
  denominator,
  n,
  interval: kpi === 'closeRate' && n >= 10 ? { low: 0.46, high: 0.65 } : null,
});

export const day: CoreOutput<'kpi', 'day'> = {
  day: '2026-11-23',
  zone: 'Europe/Berlin',
  state: 'available',
  stateSince: now - HOUR,
  figures: [
    figure('handled', 14, 14, null, 14),
    figure('talkTime', 72 * 60_000, 72 * 60_000, null, 14),
    figure('handlingTime', 96 * 60_000, 96 * 60_000, null, 14),
    figure('averageHandlingTime', 411_000, 96 * 60_000, 14, 14),
    figure('callsPerHour', 5.2, 14, 2.7, 14),
    figure('dealsWon', 56, 56, null, 56),
    figure('dealsLost', 44, 44, null, 44),
    figure('closeRate', 0.56, 56, 100, 100),
    figure('revenue', 12_345_600, 12_345_600, null, 56),
  ],
};

const settings: Settings = {
  language: null,
  theme: 'light',
  agentName: ME.name,
  zone: 'Europe/Berlin',
  country: 'DE',
  currency: 'EUR',
  microphone: null,
  speaker: null,
  ringer: null,
  ringVolume: 0.7,
  practiceRings: false,
  callWaiting: 'wait',
  autoAnswerSeconds: null,
  echoCancellation: true,
  autoGain: true,
  noiseSuppression: 'browser',
  recordingAllowed: false,
  recordingDays: 90,
  ringInFront: true,
  ringOverFullScreen: false,
  globalKeys: { answer: null, hangUp: null, mute: null, dialClipboard: null },
  headset: false,
  apiEnabled: false,
  apiPort: 0,
  apiDialling: 'ask',
  colleagues: [],
  noticeTexts: { de: '', en: '' },
  retentionOn: false,
  retentionMonths: {
    feelings: 24,
    notes: 36,
    callDetails: 36,
    changes: 36,
    webhookLog: 3,
    importReports: 6,
    accessLog: 36,
  },
  backupGigabytes: 20,
};

export const opening: Opening = {
  version: '0.0.0',
  agent: ME,
  settings,
  account: null,
  keyStore: 'files',
  dataFolder: '/data',
  recovery: null,
  interruptedCalls: 0,
  now,
};
