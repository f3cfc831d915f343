import type { FeelingSummary } from '../../../preload/contract/customers.ts';
import type { Emotion } from '../../../preload/contract/vocabulary.ts';
import { type FeltContact, contactValue, feelingValue } from './contact-feeling.ts';
import { openRecoveries } from './recovery.ts';

const DAY = 86_400_000;

/** Design values of this product, kept together so that they can be changed. */
const PRIORS = {
  /** Half-life of a contact's weight. */
  halfLifeDays: 90,
  /** Half-life of a negative contact that was not made good. */
  unrecoveredHalfLifeDays: 180,
  /** Below this effective number of contacts no score is shown. */
  leastEffectiveN: 2,
  /** The last 90 days are compared with the 180 before them. */
  trendDays: 90,
  trendBaseDays: 180,
  trendLeastContacts: 2,
  /** Difference of the two means from which it is called a trend. */
  trendStep: 0.2,
} as const;

const LONGEST_COURSE = 50;
const MOST_CONTRIBUTIONS = 3;

interface WeighedContact {
  contactId: string;
  at: number;
  emotion: Emotion;
  value: number;
  weight: number;
}

/** Weight 2^(−Δt/H) of a contact `age` ms ago; a contact in the future weighs 1. */
export function contactWeight(age: number, madeGood: boolean): number {
  const halfLife = madeGood ? PRIORS.halfLifeDays : PRIORS.unrecoveredHalfLifeDays;
  return 2 ** (-Math.max(0, age) / (halfLife * DAY));
}

/**
 * Feeling over a customer's contacts, in any order. S = Σwc/(Σw+1), n_eff = (Σw)²/Σw²; the terms
 * wc/(Σw+1) of all contacts add up to S.
 */
export function feelingSummaryFrom(contacts: readonly FeltContact[], now: number): FeelingSummary {
  const weighed = weighedContacts(contacts, now);
  const sum = weighed.reduce((total, { weight }) => total + weight, 0);
  const squares = weighed.reduce((total, { weight }) => total + weight * weight, 0);
  const effectiveN = squares === 0 ? 0 : (sum * sum) / squares;
  const terms = weighed.map(({ contactId, at, emotion, value, weight }) => ({
    contactId,
    at,
    emotion,
    term: (weight * value) / (sum + 1),
  }));
  const enough = effectiveN >= PRIORS.leastEffectiveN - 1e-9;
  return {
    last: lastFeeling(contacts),
    peak: strongestFeeling(contacts),
    trend: trendOf(weighed, now),
    score: enough ? terms.reduce((total, { term }) => total + term, 0) : null,
    effectiveN,
    contributions: terms
      .filter(({ term }) => term !== 0)
      .sort((one, other) => Math.abs(other.term) - Math.abs(one.term) || other.at - one.at)
      .slice(0, MOST_CONTRIBUTIONS),
    course: weighed
      .slice(-LONGEST_COURSE)
      .map(({ contactId, at, emotion, value }) => ({ contactId, at, emotion, value })),
  };
}

/** Oldest first; contacts in which nothing was tagged are left out. */
function weighedContacts(contacts: readonly FeltContact[], now: number): WeighedContact[] {
  const open = new Set(openRecoveries(contacts).map(({ contactId }) => contactId));
  const weighed: WeighedContact[] = [];
  for (const contact of contacts) {
    const value = contactValue(contact);
    const shown = contact.end ?? contact.peak;
    if (value === null || !shown) continue;
    const { contactId, at } = contact;
    const weight = contactWeight(now - at, !(value < 0 && open.has(contactId)));
    weighed.push({ contactId, at, emotion: shown.emotion, value, weight });
  }
  return weighed.sort(
    (one, other) => one.at - other.at || (one.contactId < other.contactId ? -1 : 1),
  );
}

function lastFeeling(contacts: readonly FeltContact[]): FeelingSummary['last'] {
  let last: FeelingSummary['last'] = null;
  for (const { contactId, at, end } of contacts) {
    if (end && (last === null || at > last.at)) last = { contactId, at, feeling: end };
  }
  return last;
}

/** The feeling with the largest |m·v|; among equals the newest. */
function strongestFeeling(contacts: readonly FeltContact[]): FeelingSummary['peak'] {
  let strongest: FeelingSummary['peak'] = null;
  let most = 0;
  for (const { contactId, at, end, peak } of contacts) {
    for (const feeling of [peak, end]) {
      if (!feeling) continue;
      const strength = Math.abs(feelingValue(feeling));
      if (strength === 0 || strength < most) continue;
      if (strength === most && strongest !== null && at <= strongest.at) continue;
      strongest = { contactId, at, feeling };
      most = strength;
    }
  }
  return strongest;
}

function trendOf(weighed: readonly WeighedContact[], now: number): FeelingSummary['trend'] {
  const edge = now - PRIORS.trendDays * DAY;
  const recent = weighed.filter(({ at }) => at > edge);
  const before = weighed.filter(({ at }) => at <= edge && at > edge - PRIORS.trendBaseDays * DAY);
  if (recent.length < PRIORS.trendLeastContacts || before.length < PRIORS.trendLeastContacts)
    return null;
  const step = meanValue(recent) - meanValue(before);
  if (Math.abs(step) < PRIORS.trendStep) return 'steady';
  return step > 0 ? 'rising' : 'falling';
}

function meanValue(weighed: readonly WeighedContact[]): number {
  return weighed.reduce((total, { value }) => total + value, 0) / weighed.length;
}
