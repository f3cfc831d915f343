import type { Emotion } from '../../../preload/contract/vocabulary.ts';
import { INTENSITIES } from '../../../preload/contract/vocabulary.ts';
import type { SampleContact, SampleCustomer, SampleDeal } from './book-shapes.ts';
import type { OfficeHours } from './office-hours.ts';
import { type Random, seededId } from './random.ts';
import type { PromiseId, Sentences, StepId } from './sentences.ts';
import type { Step, Story } from './stories.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** What all stories of one customer share. */
export interface Setting {
  random: Random;
  hours: OfficeHours;
  sentences: Sentences;
  /** A whole number with the language's separators. */
  formatted: (value: number) => string;
  customer: SampleCustomer;
  /** Who mostly looks after the customer, and who stands in. */
  agentId: string;
  standInId: string;
  nameOf: (agentId: string) => string;
  car: string;
  fleetSize: number;
  /** What is known of this customer as a person. */
  details: readonly string[];
  priceEuro: number;
}

/** How a story is told: it ends `endDaysAgo`, with its last step or earlier. */
interface Telling {
  endDaysAgo: number;
  until?: StepId;
  /** A promise of the last contact that is still open, due so many days from today. */
  openPromise?: { id: PromiseId; dueInDays: number; ownerId: string };
}

/** Writes a story's facts into the customer; answers how many days ago it began. */
export function tellStory(setting: Setting, story: Story, telling: Telling): number {
  const steps = toldSteps(setting.random, story, telling.until);
  const gaps = steps.map(({ gap: [low, high] }) => setting.random.between(low, high));
  const length = gaps.slice(1).reduce((total, gap) => total + Math.max(1, gap), 0);
  const teller = storyTeller(setting, story);
  let daysAgo = telling.endDaysAgo + length;
  for (const [index, step] of steps.entries()) {
    if (index > 0) daysAgo -= Math.max(1, gaps[index] ?? 1);
    const next = gaps[index + 1];
    teller.step(step, daysAgo, next === undefined ? null : Math.max(1, next), telling);
  }
  return telling.endDaysAgo + length;
}

function toldSteps(random: Random, story: Story, until: StepId | undefined): Step[] {
  const end = until ? story.steps.findIndex(({ id }) => id === until) + 1 : story.steps.length;
  return story.steps
    .slice(0, end)
    .filter(({ id, skip }) => id === until || !skip || !random.chance(skip));
}

function storyTeller(setting: Setting, story: Story) {
  const { random, hours, sentences, customer, car, fleetSize, priceEuro } = setting;
  const colour = random.pick(sentences.colours);
  const tradeIn = random.pick(sentences.tradeIns);
  const thread = random.between(0, 3);
  const rate = Math.round(priceEuro / 96 / 5) * 5 - 1;
  let matterId: string | null = null;
  let deal: SampleDeal | null = null;
  let lastAt = 0;

  function filled(text: string, at: number, agentId: string): string {
    const slots: Record<string, () => string> = {
      car: () => car,
      old: () => tradeIn,
      colour: () => colour,
      price: () => `${setting.formatted(priceEuro)} €`,
      rate: () => `${rate} €`,
      km: () => setting.formatted(random.between(6, 34) * 1000),
      n: () => String(fleetSize),
      month: () => sentences.months[(hours.monthOf(at) + 2) % 12] ?? '',
      weekday: () => random.pick(sentences.weekdays),
      colleague: () =>
        setting.nameOf(agentId === setting.agentId ? setting.standInId : setting.agentId),
      detail: () => random.pick(setting.details),
    };
    const written = text.replace(/\{(\w+)\}/g, (_whole, slot: string) => slots[slot]?.() ?? '');
    return written.charAt(0).toUpperCase() + written.slice(1);
  }

  function variantOf<Text>(step: Step, variants: readonly Text[]): Text {
    const threaded = story.threaded && !step.free ? variants[thread % variants.length] : undefined;
    return threaded ?? random.pick(variants);
  }

  function contactOf(step: Step, at: number): SampleContact {
    const agentId = random.chance(0.85) ? setting.agentId : setting.standInId;
    const [subject, note] = variantOf(step, sentences.steps[step.id]);
    return {
      id: seededId(at, random),
      kind: step.kind,
      direction: step.direction,
      at,
      subject: filled(subject, at, agentId),
      note: filled(
        step.kind === 'call' && random.chance(0.12) ? `${note} {detail}` : note,
        at,
        agentId,
      ),
      outcome: step.outcome ?? null,
      expectation: step.expectation ? random.weighted(step.expectation) : null,
      agentId,
      matterId,
      feelings: feelingsOf(step, at),
    };
  }

  function feelingsOf(step: Step, at: number): SampleContact['feelings'] {
    const end = random.weighted(step.end);
    if (end === null) return [];
    const feelings: SampleContact['feelings'] = [
      { id: seededId(at, random), part: 'end', feeling: feelingOf(end) },
    ];
    if (step.peak && random.chance(0.4)) {
      const peak = random.weighted(step.peak);
      feelings.push({
        id: seededId(at, random),
        part: 'peak',
        feeling: { ...feelingOf(peak), intensity: 1 },
      });
    }
    return feelings;
  }

  function feelingOf(emotion: Emotion) {
    return { emotion, intensity: random.pick(INTENSITIES), sign: 1 as const };
  }

  function openMatter(contact: SampleContact): void {
    if (story.matter === null || matterId !== null) return;
    matterId = seededId(contact.at, random);
    contact.matterId = matterId;
    const title = filled(sentences.matters[story.matter], contact.at, contact.agentId);
    const { at, agentId, id } = contact;
    customer.matters.push({
      id: matterId,
      title,
      openedAt: at,
      closedAt: null,
      agentId,
      contactId: id,
    });
  }

  function promise(
    id: PromiseId,
    contact: SampleContact,
    dueAt: number,
    settledAt: number | null,
    ownerId: string,
  ) {
    customer.promises.push({
      id: seededId(contact.at, random),
      contactId: contact.id,
      matterId,
      agentId: contact.agentId,
      ownerId,
      text: filled(random.pick(sentences.promises[id]), contact.at, contact.agentId),
      madeAt: contact.at,
      dueAt,
      settledAt,
    });
  }

  /** Of this story only: later ones are told first. */
  function answerQuestions(at: number): void {
    for (const question of customer.questions)
      if (question.matterId === matterId) question.answeredAt ??= at;
  }

  function decide(step: Step, contact: SampleContact): void {
    if (step.deal === 'open') {
      const fleet = story.matter === 'fleet';
      deal = {
        id: seededId(contact.at, random),
        contactId: contact.id,
        decidedContactId: null,
        matterId,
        agentId: contact.agentId,
        decidedBy: null,
        title: filled(
          fleet ? sentences.deals.fleet : sentences.deals.car,
          contact.at,
          contact.agentId,
        ),
        state: 'open',
        valueCents: priceEuro * 100 * (fleet ? fleetSize : 1),
        createdAt: contact.at,
        decidedAt: null,
        lostReason: null,
      };
      customer.deals.push(deal);
    } else if (step.deal && deal) {
      deal.state = step.deal;
      deal.decidedAt = contact.at;
      deal.decidedBy = contact.agentId;
      deal.decidedContactId = contact.id;
      deal.lostReason = step.lostReason ? sentences.lostReasons[step.lostReason] : null;
    }
  }

  return {
    /** One step `daysAgo`; `gapAfter` is null for the last one. */
    step(step: Step, daysAgo: number, gapAfter: number | null, telling: Telling): void {
      const at = Math.max(
        hours.at(daysAgo, random.between(8 * 60 + 10, 17 * 60 + 40)),
        lastAt + 2 * HOUR,
      );
      lastAt = at;
      const contact = contactOf(step, at);
      openMatter(contact);
      customer.contacts.push(contact);
      decide(step, contact);
      if (step.question) {
        customer.questions.push({
          id: seededId(at, random),
          contactId: contact.id,
          matterId,
          agentId: contact.agentId,
          text: variantOf(step, sentences.questions[step.question]),
          askedAt: at,
          answeredAt: null,
        });
      }
      if (step.answers) answerQuestions(at);
      if (gapAfter === null) {
        const open = telling.openPromise;
        if (open)
          promise(open.id, contact, hours.at(-open.dueInDays, 16 * 60 + 30), null, open.ownerId);
      } else if (step.promise && step.promise !== telling.openPromise?.id && random.chance(0.75)) {
        // Most are kept in time, some a day late.
        const late = random.chance(0.15);
        const dueAt = at + gapAfter * DAY;
        promise(
          step.promise,
          contact,
          dueAt,
          late ? dueAt + 20 * HOUR : dueAt - 2 * HOUR,
          contact.agentId,
        );
      }
      if (step.closes)
        for (const matter of customer.matters) if (matter.id === matterId) matter.closedAt = at;
    },
  };
}
