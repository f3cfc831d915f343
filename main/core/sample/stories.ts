import type {
  ContactKind,
  Direction,
  Emotion,
  Expectation,
  Outcome,
} from '../../../preload/contract/vocabulary.ts';
import type { MatterId, PromiseId, QuestionId, StepId } from './sentences.ts';

type Weights<Item> = readonly (readonly [Item, number])[];

/** One contact of a story. `gap` is how many days pass since the step before. */
export interface Step {
  id: StepId;
  gap: readonly [number, number];
  kind: ContactKind;
  direction: Direction | null;
  /** What the end may feel like; null = not tagged. */
  end: Weights<Emotion | null>;
  /** A stronger moment in between, now and then. */
  peak?: Weights<Emotion>;
  expectation?: Weights<Expectation | null>;
  outcome?: Outcome;
  /** Left out so often. */
  skip?: number;
  promise?: PromiseId;
  question?: QuestionId;
  answers?: boolean;
  deal?: 'open' | 'won' | 'lost';
  lostReason?: 'price' | 'elsewhere' | 'later';
  closes?: boolean;
  /** Any variant fits, in a threaded story too. */
  free?: boolean;
}

export interface Story {
  matter: MatterId | null;
  /** The n-th variants of its steps belong together: this defect is mended like that. */
  threaded?: boolean;
  steps: readonly Step[];
}

const CALM: Weights<Emotion | null> = [
  ['neutral', 3],
  ['joy', 3],
  ['trust', 3],
  [null, 4],
];
const HOPEFUL: Weights<Emotion | null> = [
  ['hope', 4],
  ['joy', 2],
  ['neutral', 2],
  [null, 2],
];
const GLAD: Weights<Emotion | null> = [
  ['delight', 3],
  ['joy', 4],
  ['pride', 2],
  ['trust', 1],
];
const EASED: Weights<Emotion | null> = [
  ['relief', 5],
  ['trust', 3],
  ['joy', 1],
];
const ANGRY: Weights<Emotion | null> = [
  ['anger', 6],
  ['disappointment', 1],
];
const LET_DOWN: Weights<Emotion | null> = [
  ['disappointment', 5],
  ['worry', 1],
  ['anger', 1],
];
const WORRIED: Weights<Emotion | null> = [['worry', 1]];
const FLAT: Weights<Emotion | null> = [
  ['neutral', 3],
  ['disappointment', 1],
  [null, 3],
];
const UNTAGGED: Weights<Emotion | null> = [[null, 1]];

const inbound = { kind: 'call', direction: 'inbound', outcome: 'reached' } as const;
const outbound = { kind: 'call', direction: 'outbound', outcome: 'reached' } as const;

const noAnswer: Step = {
  id: 'noAnswer',
  gap: [1, 3],
  kind: 'call',
  direction: 'outbound',
  outcome: 'noAnswer',
  end: UNTAGGED,
  skip: 0.6,
};

const beforeOffer: readonly Step[] = [
  { id: 'enquiry', gap: [0, 0], ...inbound, end: HOPEFUL, promise: 'callBack' },
  { ...noAnswer, skip: 0.7 },
  { id: 'enquiryBack', gap: [1, 4], ...outbound, end: HOPEFUL, skip: 0.2 },
  {
    id: 'testDrive',
    gap: [3, 12],
    kind: 'visit',
    direction: null,
    end: [
      ['joy', 3],
      ['delight', 2],
      ['surprise', 2],
      ['neutral', 1],
    ],
    peak: [
      ['delight', 2],
      ['surprise', 1],
    ],
    skip: 0.15,
  },
  { id: 'offer', gap: [1, 4], ...outbound, end: HOPEFUL, deal: 'open', promise: 'offer' },
];
const order: readonly Step[] = [
  { id: 'negotiate', gap: [2, 7], ...inbound, end: CALM, skip: 0.35 },
  {
    id: 'won',
    gap: [2, 9],
    ...outbound,
    end: GLAD,
    deal: 'won',
    expectation: [
      ['met', 3],
      ['exceeded', 1],
    ],
  },
  { id: 'ordered', gap: [1, 2], kind: 'order', direction: null, end: UNTAGGED, promise: 'papers' },
];
const handover: readonly Step[] = [
  {
    id: 'delivered',
    gap: [18, 45],
    kind: 'delivery',
    direction: null,
    end: GLAD,
    peak: [
      ['delight', 2],
      ['pride', 1],
    ],
    expectation: [
      ['met', 2],
      ['exceeded', 2],
    ],
    closes: true,
  },
  {
    id: 'afterDelivery',
    gap: [24, 36],
    ...outbound,
    end: [
      ['joy', 3],
      ['trust', 3],
      ['delight', 1],
    ],
    expectation: [
      ['met', 3],
      ['exceeded', 1],
      [null, 2],
    ],
    skip: 0.15,
  },
];

export const STORIES = {
  purchase: {
    matter: 'purchase',
    steps: [
      ...beforeOffer,
      ...order,
      { id: 'waiting', gap: [14, 30], ...inbound, end: CALM, skip: 0.4 },
      ...handover,
    ],
  },
  purchaseDelayed: {
    matter: 'purchase',
    steps: [
      ...beforeOffer,
      ...order,
      {
        id: 'delayTold',
        gap: [20, 35],
        ...outbound,
        end: LET_DOWN,
        expectation: [['missed', 1]],
        promise: 'date',
      },
      {
        id: 'delayAngry',
        gap: [6, 14],
        ...inbound,
        end: ANGRY,
        expectation: [['missed', 1]],
        promise: 'date',
        skip: 0.3,
      },
      {
        id: 'delaySolved',
        gap: [2, 8],
        ...outbound,
        end: EASED,
        expectation: [
          ['exceeded', 1],
          ['met', 2],
        ],
      },
      ...handover,
    ],
  },
  lost: {
    matter: 'purchase',
    steps: [
      ...beforeOffer,
      {
        id: 'lostPrice',
        gap: [5, 18],
        ...outbound,
        end: FLAT,
        deal: 'lost',
        lostReason: 'price',
        closes: true,
        outcome: 'notInterested',
      },
    ],
  },
  lostElsewhere: {
    matter: 'purchase',
    steps: [
      ...beforeOffer,
      noAnswer,
      {
        id: 'lostElsewhere',
        gap: [4, 14],
        ...outbound,
        end: FLAT,
        deal: 'lost',
        lostReason: 'elsewhere',
        closes: true,
        outcome: 'notInterested',
      },
    ],
  },
  lostLater: {
    matter: 'purchase',
    steps: [
      ...beforeOffer,
      {
        id: 'lostLater',
        gap: [4, 16],
        ...inbound,
        end: [
          ['neutral', 2],
          ['hope', 1],
        ],
        deal: 'lost',
        lostReason: 'later',
        closes: true,
      },
    ],
  },
  service: {
    matter: 'service',
    steps: [
      { id: 'serviceBooked', gap: [0, 0], ...inbound, end: CALM },
      {
        id: 'serviceDone',
        gap: [4, 14],
        kind: 'visit',
        direction: null,
        end: CALM,
        expectation: [
          ['met', 3],
          ['exceeded', 1],
          [null, 2],
        ],
        closes: true,
      },
      {
        id: 'serviceFollowUp',
        gap: [2, 5],
        ...outbound,
        end: [
          ['joy', 2],
          ['trust', 3],
          ['neutral', 1],
        ],
        skip: 0.35,
      },
    ],
  },
  tyres: {
    matter: 'tyres',
    steps: [
      { id: 'tyresMail', gap: [0, 0], kind: 'email', direction: 'outbound', end: UNTAGGED },
      { id: 'tyresBooked', gap: [1, 6], ...inbound, end: CALM, closes: true },
    ],
  },
  invoice: {
    matter: 'invoice',
    threaded: true,
    steps: [
      {
        id: 'invoiceComplaint',
        gap: [0, 0],
        kind: 'complaint',
        direction: 'inbound',
        end: ANGRY,
        expectation: [['missed', 1]],
        promise: 'invoice',
      },
      { id: 'invoiceChecked', gap: [1, 4], ...outbound, end: FLAT, skip: 0.4 },
      {
        id: 'invoiceSolved',
        gap: [2, 7],
        ...outbound,
        end: EASED,
        expectation: [
          ['met', 2],
          ['exceeded', 1],
        ],
        closes: true,
      },
    ],
  },
  defect: {
    matter: 'defect',
    threaded: true,
    steps: [
      {
        id: 'defectReported',
        gap: [0, 0],
        kind: 'complaint',
        direction: 'inbound',
        end: LET_DOWN,
        expectation: [['missed', 1]],
        promise: 'workshop',
      },
      {
        id: 'defectTried',
        gap: [2, 6],
        kind: 'visit',
        direction: null,
        end: [
          ['worry', 1],
          ['neutral', 2],
          ['disappointment', 1],
        ],
        skip: 0.25,
      },
      {
        id: 'defectSolved',
        gap: [5, 14],
        ...outbound,
        end: EASED,
        expectation: [
          ['met', 2],
          ['exceeded', 1],
        ],
        closes: true,
      },
    ],
  },
  leasing: {
    matter: 'leasing',
    threaded: true,
    steps: [
      { id: 'leasingEnd', gap: [0, 0], ...outbound, end: CALM, free: true },
      {
        id: 'leasingWorry',
        gap: [8, 25],
        ...inbound,
        end: WORRIED,
        question: 'leasing',
        promise: 'leasing',
      },
      { id: 'leasingAnswered', gap: [1, 6], ...outbound, end: EASED, answers: true, closes: true },
    ],
  },
  charging: {
    matter: 'charging',
    threaded: true,
    steps: [
      {
        id: 'chargingWorry',
        gap: [0, 0],
        ...inbound,
        end: WORRIED,
        question: 'charging',
        promise: 'charging',
      },
      { id: 'chargingAnswered', gap: [2, 8], ...outbound, end: EASED, answers: true, closes: true },
    ],
  },
  accident: {
    matter: 'accident',
    steps: [
      {
        id: 'accident',
        gap: [0, 0],
        ...inbound,
        end: [
          ['fear', 3],
          ['worry', 2],
        ],
        peak: [['fear', 1]],
        promise: 'callBack',
      },
      {
        id: 'accidentCar',
        gap: [1, 2],
        ...outbound,
        end: [
          ['relief', 3],
          ['hope', 1],
        ],
      },
      {
        id: 'accidentDone',
        gap: [12, 24],
        ...outbound,
        end: [
          ['trust', 3],
          ['relief', 2],
          ['delight', 1],
        ],
        expectation: [
          ['exceeded', 2],
          ['met', 1],
        ],
        closes: true,
      },
    ],
  },
  referral: {
    matter: null,
    steps: [
      {
        id: 'referral',
        gap: [0, 0],
        ...inbound,
        end: [
          ['delight', 3],
          ['joy', 1],
          ['pride', 1],
        ],
      },
    ],
  },
  checkIn: {
    matter: null,
    steps: [
      noAnswer,
      {
        id: 'checkIn',
        gap: [1, 4],
        ...outbound,
        end: [
          ['joy', 3],
          ['trust', 2],
          ['neutral', 1],
        ],
      },
    ],
  },
  remark: {
    matter: null,
    steps: [{ id: 'remark', gap: [0, 0], kind: 'note', direction: null, end: UNTAGGED }],
  },
  fleet: {
    matter: 'fleet',
    steps: [
      { id: 'fleetEnquiry', gap: [0, 0], ...inbound, end: HOPEFUL, promise: 'fleet' },
      { id: 'fleetVisit', gap: [4, 14], kind: 'visit', direction: null, end: CALM },
      { id: 'fleetOffer', gap: [3, 9], ...outbound, end: HOPEFUL, deal: 'open' },
      {
        id: 'fleetOrdered',
        gap: [8, 25],
        kind: 'order',
        direction: null,
        end: UNTAGGED,
        deal: 'won',
      },
      {
        id: 'fleetDelivered',
        gap: [35, 70],
        kind: 'delivery',
        direction: null,
        end: GLAD,
        expectation: [
          ['met', 3],
          ['exceeded', 1],
        ],
        closes: true,
      },
      { id: 'fleetInvoice', gap: [6, 14], kind: 'email', direction: 'inbound', end: UNTAGGED },
      { id: 'fleetFollowUp', gap: [30, 80], ...outbound, end: CALM },
      { id: 'fleetFollowUp', gap: [60, 100], ...outbound, end: CALM, skip: 0.4 },
    ],
  },
  fleetLost: {
    matter: 'fleet',
    steps: [
      { id: 'fleetEnquiry', gap: [0, 0], ...inbound, end: HOPEFUL, promise: 'fleet' },
      { id: 'fleetVisit', gap: [4, 14], kind: 'visit', direction: null, end: CALM },
      { id: 'fleetOffer', gap: [3, 9], ...outbound, end: HOPEFUL, deal: 'open' },
      {
        id: 'fleetLost',
        gap: [10, 30],
        ...outbound,
        end: FLAT,
        deal: 'lost',
        lostReason: 'elsewhere',
        closes: true,
        outcome: 'notInterested',
      },
    ],
  },
} as const satisfies Record<string, Story>;
export type StoryId = keyof typeof STORIES;
