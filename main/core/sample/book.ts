import type { SampleBook, SampleCustomer } from './book-shapes.ts';
import { GERMAN } from './sentences-de.ts';
import { ENGLISH } from './sentences-en.ts';
import type { PromiseId, Sentences, StepId } from './sentences.ts';
import { type OfficeHours, officeHours } from './office-hours.ts';
import { peopleMaker } from './people.ts';
import { type Random, randomFrom, seededId } from './random.ts';
import { STORIES, type StoryId } from './stories.ts';
import { type Setting, tellStory } from './tell-story.ts';

interface BookRequest {
  seed: number;
  now: number;
  zone: string;
  language: 'de' | 'en';
  /** The agent at this desk, who is one of the authors. */
  agentId: string;
  customers?: number;
}

const COLLEAGUES = ['Katrin Vogel', 'Deniz Arslan', 'Jonas Petersen', 'Miriam Engel'];
const OLDEST_DAYS = 730;
const HOUR = 3_600_000;
const DAY = 86_400_000;

/** Cars of no real maker, with their prices in euros. */
const CARS = [
  ['Aurel Kombi', 34_900],
  ['Linnea E', 38_400],
  ['Marlo', 19_800],
  ['Tessin', 27_500],
  ['Corvin SUV', 41_200],
  ['Vela', 23_900],
  ['Linnea E Kombi', 43_600],
] as const;
const VANS = [
  ['Kargo L', 36_700],
  ['Kargo E', 44_900],
  ['Aurel Kombi', 34_900],
  ['Kargo S', 24_300],
] as const;

/** How a customer's newest story stands today. */
interface Ending {
  story: StoryId;
  until?: StepId;
  endDaysAgo: readonly [number, number];
  promise?: { id: PromiseId; dueInDays: readonly [number, number]; mine: number };
  missedCallHours?: number;
}

const OVERDUE = { dueInDays: [-5, -1], mine: 0.75 } as const;
const TODAY = { dueInDays: [0, 0], mine: 0.85 } as const;
const SOON = { dueInDays: [1, 9], mine: 0.6 } as const;

/** So many customers stand so: each rule in force has something to say about someone. */
const PRIVATE_ENDINGS: readonly (readonly [number, Ending])[] = [
  [
    5,
    {
      story: 'purchase',
      until: 'offer',
      endDaysAgo: [6, 12],
      promise: { id: 'offer', ...OVERDUE },
    },
  ],
  [
    3,
    {
      story: 'invoice',
      until: 'invoiceChecked',
      endDaysAgo: [6, 10],
      promise: { id: 'invoice', ...OVERDUE },
    },
  ],
  [
    3,
    {
      story: 'defect',
      until: 'defectTried',
      endDaysAgo: [6, 14],
      promise: { id: 'workshop', ...OVERDUE },
    },
  ],
  [
    4,
    {
      story: 'purchase',
      until: 'enquiry',
      endDaysAgo: [1, 3],
      promise: { id: 'callBack', ...TODAY },
    },
  ],
  [
    3,
    { story: 'purchase', until: 'offer', endDaysAgo: [1, 4], promise: { id: 'offer', ...TODAY } },
  ],
  [
    2,
    {
      story: 'purchaseDelayed',
      until: 'delayTold',
      endDaysAgo: [2, 5],
      promise: { id: 'date', ...TODAY },
    },
  ],
  [
    9,
    { story: 'purchase', until: 'offer', endDaysAgo: [1, 6], promise: { id: 'callBack', ...SOON } },
  ],
  [
    6,
    { story: 'purchase', until: 'ordered', endDaysAgo: [2, 9], promise: { id: 'papers', ...SOON } },
  ],
  [
    4,
    {
      story: 'defect',
      until: 'defectReported',
      endDaysAgo: [1, 4],
      promise: { id: 'workshop', ...SOON },
    },
  ],
  [
    5,
    {
      story: 'purchaseDelayed',
      until: 'delayAngry',
      endDaysAgo: [2, 20],
      promise: { id: 'date', ...SOON },
    },
  ],
  [6, { story: 'invoice', until: 'invoiceComplaint', endDaysAgo: [2, 45] }],
  [8, { story: 'leasing', until: 'leasingWorry', endDaysAgo: [1, 12] }],
  [6, { story: 'charging', until: 'chargingWorry', endDaysAgo: [1, 10] }],
  [
    3,
    {
      story: 'leasing',
      until: 'leasingWorry',
      endDaysAgo: [1, 5],
      promise: { id: 'leasing', ...SOON },
    },
  ],
  [1, { story: 'service', endDaysAgo: [9, 30], missedCallHours: 4.6 }],
  [1, { story: 'purchase', until: 'offer', endDaysAgo: [3, 8], missedCallHours: 6.2 }],
  [1, { story: 'checkIn', endDaysAgo: [20, 60], missedCallHours: 0.7 }],
  [14, { story: 'referral', endDaysAgo: [1, 13] }],
  [40, { story: 'purchase', endDaysAgo: [185, 420] }],
  [25, { story: 'service', endDaysAgo: [185, 380] }],
  [20, { story: 'lost', endDaysAgo: [30, 300] }],
  [12, { story: 'lostElsewhere', endDaysAgo: [20, 260] }],
  [10, { story: 'lostLater', endDaysAgo: [15, 200] }],
  [12, { story: 'purchase', until: 'testDrive', endDaysAgo: [1, 10] }],
  [14, { story: 'purchase', until: 'ordered', endDaysAgo: [3, 30] }],
];
const PRIVATE_REST: readonly StoryId[] = [
  'purchase',
  'service',
  'tyres',
  'checkIn',
  'service',
  'accident',
  'defect',
  'invoice',
  'purchaseDelayed',
  'leasing',
  'charging',
];
const FIRM_ENDINGS: readonly (readonly [number, Ending])[] = [
  [
    2,
    {
      story: 'fleet',
      until: 'fleetOffer',
      endDaysAgo: [5, 12],
      promise: { id: 'fleet', ...OVERDUE },
    },
  ],
  [
    2,
    { story: 'fleet', until: 'fleetOffer', endDaysAgo: [1, 5], promise: { id: 'fleet', ...TODAY } },
  ],
  [
    6,
    { story: 'fleet', until: 'fleetOffer', endDaysAgo: [1, 8], promise: { id: 'fleet', ...SOON } },
  ],
  [2, { story: 'invoice', until: 'invoiceComplaint', endDaysAgo: [3, 25] }],
  [1, { story: 'fleet', endDaysAgo: [12, 40], missedCallHours: 5.1 }],
  [10, { story: 'fleetLost', endDaysAgo: [20, 240] }],
  [16, { story: 'fleet', endDaysAgo: [190, 330] }],
];
const FIRM_REST: readonly StoryId[] = ['fleet', 'service', 'tyres', 'checkIn', 'fleet', 'invoice'];

/** What may lie before a story: nothing is reported about a car before it was bought. */
const BEFORE_PURCHASE: readonly StoryId[] = ['service', 'tyres', 'checkIn', 'leasing', 'lostLater'];
const AFTER_PURCHASE: readonly StoryId[] = [
  'service',
  'tyres',
  'checkIn',
  'service',
  'defect',
  'invoice',
  'referral',
  'purchase',
  'purchase',
  'purchaseDelayed',
];
const BEFORE_FLEET: readonly StoryId[] = ['service', 'tyres', 'checkIn', 'invoice'];

/** Stories about a car that the customer did not have before. */
const BEFORE_A_CHANGE: ReadonlySet<StoryId> = new Set<StoryId>([
  'purchase',
  'purchaseDelayed',
  'lost',
  'lostElsewhere',
  'lostLater',
  'leasing',
  'charging',
  'fleet',
  'fleetLost',
]);

/** A fictional book of a car dealer: the same from the same seed, always ending at `now`. */
export function sampleBookFrom(request: BookRequest): SampleBook {
  const random = randomFrom(request.seed);
  const sentences = request.language === 'de' ? GERMAN : ENGLISH;
  const hours = officeHours(request.now, request.zone);
  const agents = COLLEAGUES.map((name) => ({
    id: seededId(request.now - OLDEST_DAYS * DAY, random),
    name,
  }));
  const person = peopleMaker(random);
  const writer = customerWriter({ ...request, random, sentences, hours, agents });
  const customers: SampleCustomer[] = [];
  for (const { firm, ending } of plans(random, request.customers ?? 500)) {
    customers.push(writer(person(firm), firm, ending));
  }
  return { agents, customers };
}

interface Plan {
  firm: boolean;
  ending: Ending;
}

/** The endings that must occur, then ordinary ones, in mixed order. */
function plans(random: Random, count: number): Plan[] {
  const fixed: Plan[] = [];
  for (const [times, ending] of PRIVATE_ENDINGS)
    for (let n = 0; n < times; n += 1) fixed.push({ firm: false, ending });
  for (const [times, ending] of FIRM_ENDINGS)
    for (let n = 0; n < times; n += 1) fixed.push({ firm: true, ending });
  while (fixed.length < count) {
    const firm = random.chance(0.22);
    fixed.push({
      firm,
      ending: { story: random.pick(firm ? FIRM_REST : PRIVATE_REST), endDaysAgo: [2, 150] },
    });
  }
  return fixed
    .slice(0, count)
    .map((plan) => ({ plan, place: random.next() }))
    .sort((one, other) => one.place - other.place)
    .map(({ plan }) => plan);
}

interface WriterRequest extends BookRequest {
  random: Random;
  sentences: Sentences;
  hours: OfficeHours;
  agents: SampleBook['agents'];
}

function customerWriter(request: WriterRequest) {
  const { random, sentences, hours, agents, now } = request;
  const numbers = new Intl.NumberFormat(request.language === 'de' ? 'de-DE' : 'en-GB');
  const nameOf = (id: string) =>
    agents.find((agent) => agent.id === id)?.name ?? agents[0]?.name ?? '';

  return (
    person: ReturnType<ReturnType<typeof peopleMaker>>,
    firm: boolean,
    ending: Ending,
  ): SampleCustomer => {
    // A quarter of the book is the agent's own; the rest never met them, which is what a handover is for.
    const agentId = random.chance(0.25) ? request.agentId : random.pick(agents).id;
    const others = agents.filter(({ id }) => id !== agentId);
    const [car, priceEuro] = random.pick<readonly [string, number]>(firm ? VANS : CARS);
    const customer: SampleCustomer = {
      ...person,
      id: '',
      tags: random.chance(0.45)
        ? [random.pick(firm ? sentences.tags.firm : sentences.tags.private)]
        : [],
      preferredTime: random.chance(0.3) ? random.pick(sentences.preferredTimes) : null,
      customerSince: 0,
      createdAt: 0,
      agentId,
      confirmedNumbers: random.chance(0.5),
      matters: [],
      contacts: [],
      promises: [],
      questions: [],
      deals: [],
      missedCalls: [],
    };
    const setting: Setting = {
      random,
      hours,
      sentences,
      formatted: (value) => numbers.format(value),
      customer,
      agentId,
      standInId: random.pick(others).id,
      nameOf,
      car,
      priceEuro,
      fleetSize: random.between(2, 7),
      details: [random.pick(sentences.details), random.pick(sentences.details)],
    };
    tellAll(setting, firm, ending);
    dateCustomer(customer);
    return customer;
  };

  function tellAll(setting: Setting, firm: boolean, ending: Ending): void {
    const { customer } = setting;
    let daysAgo = tellNewest(setting, ending);
    let newest: StoryId = ending.story;
    let bought = BEFORE_A_CHANGE.has(newest);
    const target = random.between(2, 8);
    while (customer.contacts.length < target) {
      const endDaysAgo = daysAgo + random.between(14, 100);
      if (endDaysAgo > OLDEST_DAYS - 100) break;
      newest = random.pick(
        firm ? (bought ? BEFORE_FLEET : FIRM_REST) : bought ? BEFORE_PURCHASE : AFTER_PURCHASE,
      );
      bought ||= BEFORE_A_CHANGE.has(newest);
      daysAgo = tellStory(setting, STORIES[newest], { endDaysAgo });
    }
    if (random.chance(0.4)) {
      const endDaysAgo = random.between(
        ending.endDaysAgo[0],
        Math.max(daysAgo, ending.endDaysAgo[0] + 1),
      );
      tellStory(setting, STORIES.remark, { endDaysAgo });
    }
  }

  function tellNewest(setting: Setting, ending: Ending): number {
    const { customer } = setting;
    const endDaysAgo = random.between(...ending.endDaysAgo);
    const open = ending.promise;
    const began = tellStory(setting, STORIES[ending.story], {
      endDaysAgo,
      ...(ending.until ? { until: ending.until } : {}),
      ...(open
        ? {
            openPromise: {
              id: open.id,
              dueInDays: random.between(...open.dueInDays),
              ownerId: random.chance(open.mine) ? request.agentId : setting.agentId,
            },
          }
        : {}),
    });
    if (ending.missedCallHours !== undefined) {
      const at = hours.lastBefore(ending.missedCallHours * HOUR);
      const ringMs = random.between(12, 31) * 1000;
      customer.missedCalls.push({
        callId: seededId(at, random),
        contactId: seededId(at, random),
        at,
        ringMs,
      });
    }
    return began;
  }

  /** Oldest first; the record is made with the first contact, or the customer was known before. */
  function dateCustomer(customer: SampleCustomer): void {
    customer.contacts.sort((one, other) => one.at - other.at);
    const first = customer.contacts[0]?.at ?? now - DAY;
    customer.createdAt = first;
    customer.customerSince = random.chance(0.35) ? first - random.between(60, 2500) * DAY : first;
    customer.id = seededId(first, random);
    for (const promise of customer.promises) {
      if (promise.settledAt !== null) promise.settledAt = Math.min(promise.settledAt, now - HOUR);
    }
  }
}
