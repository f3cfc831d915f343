import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  contactValue,
  type FeltContact,
  feelingValue,
} from '../../../main/core/emotions/contact-feeling.ts';
import { contactWeight, feelingSummaryFrom } from '../../../main/core/emotions/feeling-summary.ts';
import { openRecoveries } from '../../../main/core/emotions/recovery.ts';
import type { Feeling } from '../../../preload/contract/shapes.ts';
import { EMOTION_IDS, type Emotion, INTENSITIES } from '../../../preload/contract/vocabulary.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 23, 12);

function felt(emotion: Emotion, intensity: Feeling['intensity'] = 1, sign: 1 | -1 = 1): Feeling {
  return { emotion, intensity, sign };
}

let serial = 0;
function aContact(
  daysAgo: number,
  end: Feeling | null,
  more: Partial<FeltContact> = {},
): FeltContact {
  serial += 1;
  const contactId = `contact-${String(serial).padStart(5, '0')}`;
  return {
    contactId,
    at: NOW - daysAgo * DAY,
    matterId: null,
    matterClosedAt: null,
    end,
    peak: null,
    ...more,
  };
}

const anyFeeling = fc.record({
  emotion: fc.constantFrom(...EMOTION_IDS),
  intensity: fc.constantFrom(...INTENSITIES),
  sign: fc.constantFrom(1 as const, -1 as const),
});
const anyContact = fc
  .record({
    daysAgo: fc.integer({ min: 0, max: 900 }),
    end: fc.option(anyFeeling),
    peak: fc.option(anyFeeling),
    matter: fc.option(fc.constantFrom('a', 'b')),
  })
  .map(({ daysAgo, end, peak, matter }) =>
    aContact(daysAgo, end, {
      peak,
      matterId: matter,
      matterClosedAt: matter === 'a' ? NOW - 10 * DAY : null,
    }),
  );

describe('the value of a contact', () => {
  it('is m·v of its end, and with a peak the mean of both', () => {
    expect(contactValue({ end: felt('joy', 0.75), peak: null })).toBeCloseTo(0.6);
    expect(contactValue({ end: felt('joy'), peak: felt('anger', 0.5) })).toBeCloseTo(
      (0.8 - 0.5) / 2,
    );
    expect(contactValue({ end: null, peak: felt('relief') })).toBeCloseTo(0.6);
    expect(contactValue({ end: null, peak: null })).toBeNull();
  });

  it('takes the sign of a surprise from the agent, and no other sign', () => {
    expect(feelingValue(felt('surprise', 1, -1))).toBe(-0.5);
    expect(feelingValue(felt('joy', 1, -1))).toBe(0.8);
  });
});

describe('the summary of a customer', () => {
  it('keeps the score within −1 and +1 and explains all of it', () => {
    fc.assert(
      fc.property(fc.array(anyContact, { maxLength: 60 }), (contacts) => {
        const { score, effectiveN, contributions, course } = feelingSummaryFrom(contacts, NOW);
        const tagged = contacts.filter((contact) => contactValue(contact) !== null);
        expect(effectiveN).toBeLessThanOrEqual(tagged.length + 1e-9);
        expect(score === null).toBe(effectiveN < 2 - 1e-9);
        if (score !== null) expect(Math.abs(score)).toBeLessThan(1);
        expect(contributions.length).toBeLessThanOrEqual(3);
        const sizes = contributions.map(({ term }) => Math.abs(term));
        expect(sizes).toEqual([...sizes].sort((one, other) => other - one));
        if (tagged.length <= 3 && score !== null) {
          expect(contributions.reduce((sum, { term }) => sum + term, 0)).toBeCloseTo(score, 10);
        }
        expect(course.map(({ at }) => at)).toEqual(
          course.map(({ at }) => at).sort((one, other) => one - other),
        );
      }),
    );
  });

  it('does not depend on the order of the contacts', () => {
    fc.assert(
      fc.property(fc.array(anyContact, { maxLength: 20 }), (contacts) => {
        const one = feelingSummaryFrom(contacts, NOW);
        const other = feelingSummaryFrom([...contacts].reverse(), NOW);
        expect(other.score ?? 0).toBeCloseTo(one.score ?? 0, 10);
        expect(other.trend).toBe(one.trend);
      }),
    );
  });

  it('weighs the newer more than the older: 2^(−Δt/H), H = 90 and 180 days', () => {
    expect(contactWeight(90 * DAY, true)).toBeCloseTo(0.5);
    expect(contactWeight(180 * DAY, false)).toBeCloseTo(0.5);
    expect(contactWeight(-DAY, true)).toBe(1);
    fc.assert(
      fc.property(fc.nat(2000), fc.nat(2000), (one, other) => {
        const [newer, older] = [Math.min(one, other), Math.max(one, other)];
        expect(contactWeight(newer * DAY, true)).toBeGreaterThanOrEqual(
          contactWeight(older * DAY, true),
        );
      }),
    );
  });

  it('shrinks to neutral: two joys count less than ten, and both less than joy itself', () => {
    const joys = (n: number) =>
      feelingSummaryFrom(
        Array.from({ length: n }, () => aContact(0, felt('joy'))),
        NOW,
      ).score ?? 0;
    expect(joys(2)).toBeCloseTo((2 * 0.8) / 3);
    expect(joys(10)).toBeGreaterThan(joys(2));
    expect(joys(10)).toBeLessThan(0.8);
  });

  it('shows no score while too little is known', () => {
    expect(feelingSummaryFrom([aContact(0, felt('joy'))], NOW).score).toBeNull();
    expect(feelingSummaryFrom([aContact(0, felt('joy')), aContact(0, null)], NOW).score).toBeNull();
    expect(
      feelingSummaryFrom([aContact(0, felt('joy')), aContact(0, felt('joy'))], NOW).effectiveN,
    ).toBeCloseTo(2);
  });

  it('remembers a bad contact longer until it is made good', () => {
    const bad = aContact(180, felt('anger'), { matterId: 'm', matterClosedAt: NOW - 100 * DAY });
    const calm = aContact(10, felt('neutral'), { matterId: 'other' });
    const good = aContact(150, felt('neutral'), { matterId: 'm', matterClosedAt: NOW - 100 * DAY });
    const before = feelingSummaryFrom([bad, calm], NOW);
    const after = feelingSummaryFrom([bad, calm, good], NOW);
    expect(before.contributions[0]?.contactId).toBe(bad.contactId);
    expect(Math.abs(after.contributions[0]?.term ?? 0)).toBeLessThan(
      Math.abs(before.contributions[0]?.term ?? 0),
    );
  });

  it('names last, peak and trend', () => {
    const contacts = [
      aContact(200, felt('disappointment')),
      aContact(150, felt('worry')),
      aContact(40, felt('joy')),
      aContact(5, felt('trust', 0.5)),
    ];
    const { last, peak, trend } = feelingSummaryFrom(contacts, NOW);
    expect(last?.feeling.emotion).toBe('trust');
    expect(peak?.feeling.emotion).toBe('joy');
    expect(trend).toBe('rising');
    expect(feelingSummaryFrom(contacts.slice(1), NOW).trend).toBeNull();
    expect(feelingSummaryFrom([], NOW)).toMatchObject({
      last: null,
      peak: null,
      trend: null,
      score: null,
      effectiveN: 0,
    });
  });

  it('draws at most the newest fifty', () => {
    const contacts = Array.from({ length: 70 }, (_, day) => aContact(day, felt('joy')));
    const { course } = feelingSummaryFrom(contacts, NOW);
    expect(course).toHaveLength(50);
    expect(course.at(-1)?.at).toBe(NOW);
  });
});

describe('recovery', () => {
  const bad = () => aContact(20, felt('disappointment', 0.75), { matterId: 'm' });

  it('opens at m·v = −0.5 and not above', () => {
    expect(openRecoveries([aContact(1, felt('anger', 0.5))])).toHaveLength(1);
    expect(openRecoveries([aContact(1, felt('disappointment', 0.5))])).toHaveLength(0);
    expect(openRecoveries([aContact(1, felt('worry'))])).toHaveLength(0);
  });

  it('ends with a later good contact on the same matter once that is closed, not before', () => {
    const closed = { matterId: 'm', matterClosedAt: NOW };
    expect(openRecoveries([bad(), aContact(5, felt('neutral'), closed)])).toHaveLength(0);
    expect(openRecoveries([bad(), aContact(5, felt('joy'), { matterId: 'm' })])).toHaveLength(1);
    expect(
      openRecoveries([bad(), aContact(5, felt('joy'), { ...closed, matterId: 'other' })]),
    ).toHaveLength(1);
    expect(openRecoveries([bad(), aContact(25, felt('joy'), closed)])).toHaveLength(1);
  });

  it('without a matter ends with a later pleasant contact', () => {
    expect(
      openRecoveries([aContact(9, felt('anger')), aContact(5, felt('relief'), { matterId: 'x' })]),
    ).toHaveLength(0);
    expect(openRecoveries([aContact(9, felt('anger')), aContact(5, felt('neutral'))])).toHaveLength(
      1,
    );
  });
});
