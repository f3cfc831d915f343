import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type {
  CueHistory,
  CueVerdict,
  HistoryContact,
} from '../../../main/core/cues/cue-history.ts';
import { cuesFrom, mutesItself } from '../../../main/core/cues/cues.ts';
import { startingFactFrom } from '../../../main/core/cues/starting-fact.ts';
import type { Emotion } from '../../../preload/contract/vocabulary.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Monday, 23 November 2026, 10:00 in Berlin. */
const NOW = Date.UTC(2026, 10, 23, 9);
const ME = 'me';
const COLLEAGUE = 'katrin';

function aHistory(more: Partial<CueHistory> = {}): CueHistory {
  return {
    agentId: ME,
    zone: 'Europe/Berlin',
    contacts: [],
    promises: [],
    questions: [],
    missedCalls: [],
    ...more,
  };
}

let serial = 0;
function aContact(
  at: number,
  end: Emotion | null = null,
  more: Partial<HistoryContact> = {},
): HistoryContact {
  serial += 1;
  return {
    contactId: `contact-${serial}`,
    at,
    matterId: null,
    matterClosedAt: null,
    end: end && { emotion: end, intensity: 1, sign: 1 },
    peak: null,
    agentId: ME,
    agentName: 'Jonas',
    note: 'Was nicht vergessen wird.',
    subject: 'Anruf',
    reached: true,
    live: false,
    ...more,
  };
}

function aPromise(dueAt: number, id = 'promise') {
  return { id, text: 'Angebot schicken', dueAt, madeAt: NOW - 10 * DAY, authorName: 'Jonas' };
}

const aQuestion = {
  id: 'question',
  text: 'Wie weit im Winter?',
  askedAt: NOW - DAY,
  contactId: null,
  authorName: 'Jonas',
};

const rulesOf = (history: CueHistory, now = NOW) => cuesFrom(history, now).map(({ rule }) => rule);

describe('rules 1 and 4: promises', () => {
  it.each([
    ['yesterday evening', Date.UTC(2026, 10, 22, 22, 59, 59), [1]],
    ['at the first moment of today', Date.UTC(2026, 10, 22, 23, 0), [4]],
    ['earlier today', NOW - HOUR, [4]],
    ['later today', NOW + HOUR, [4]],
    ['at the last moment of today', Date.UTC(2026, 10, 23, 22, 59, 59), [4]],
    ['tomorrow', Date.UTC(2026, 10, 23, 23, 0), []],
  ])('a promise due %s in the agent’s zone', (_when, dueAt, rules) => {
    expect(rulesOf(aHistory({ promises: [aPromise(dueAt)] }))).toEqual(rules);
  });

  it('takes the day from the agent’s zone', () => {
    const promises = [aPromise(Date.UTC(2026, 10, 22, 23, 30))];
    expect(rulesOf(aHistory({ promises, zone: 'Europe/Berlin' }))).toEqual([4]);
    expect(rulesOf(aHistory({ promises, zone: 'Europe/London' }))).toEqual([1]);
  });

  it('names the promise, its date and its author, and the oldest of several', () => {
    const promises = [aPromise(NOW - 2 * DAY, 'later'), aPromise(NOW - 5 * DAY, 'oldest')];
    const [cue] = cuesFrom(aHistory({ promises }), NOW);
    expect(cue).toMatchObject({
      rule: 1,
      subject: 'oldest',
      priority: 1,
      moment: 'before',
      facts: { text: 'Angebot schicken', dueAt: NOW - 5 * DAY, count: 2, person: 'Jonas' },
    });
    expect(cue?.evidence).toEqual([
      {
        kind: 'promise',
        id: 'oldest',
        at: NOW - 10 * DAY,
        author: 'Jonas',
        quote: 'Angebot schicken',
      },
    ]);
  });
});

describe('rule 2: the last end was anger', () => {
  const angry = aContact(NOW - 5 * DAY, 'anger', { matterId: 'm' });

  it('fires with the note as its quote', () => {
    const [cue] = cuesFrom(aHistory({ contacts: [angry] }), NOW);
    expect(cue).toMatchObject({ rule: 2, subject: angry.contactId, facts: { emotion: 'anger' } });
    expect(cue?.evidence[0]?.quote).toBe('Was nicht vergessen wird.');
  });

  it('goes when a later end was another feeling, but not by a neutral one while the matter is open', () => {
    expect(rulesOf(aHistory({ contacts: [angry, aContact(NOW - DAY, 'joy')] }))).toEqual([]);
    expect(
      rulesOf(aHistory({ contacts: [angry, aContact(NOW - DAY, 'neutral', { matterId: 'm' })] })),
    ).toEqual([2]);
    expect(rulesOf(aHistory({ contacts: [angry, aContact(NOW - DAY, null)] }))).toEqual([2]);
  });

  it('goes when it is made good: a neutral end on the same matter, which is closed', () => {
    const closed = { matterId: 'm', matterClosedAt: NOW - DAY };
    const contacts = [{ ...angry, ...closed }, aContact(NOW - DAY, 'neutral', closed)];
    expect(rulesOf(aHistory({ contacts }))).toEqual([]);
  });

  it('expires after 180 days', () => {
    expect(rulesOf(aHistory({ contacts: [aContact(NOW - 180 * DAY, 'anger')] }))).toEqual([2]);
    expect(rulesOf(aHistory({ contacts: [aContact(NOW - 180 * DAY - 1, 'anger')] }))).toEqual([]);
  });

  it('is about anger only, and not about the call that is going on', () => {
    expect(rulesOf(aHistory({ contacts: [aContact(NOW - DAY, 'disappointment')] }))).toEqual([]);
    expect(rulesOf(aHistory({ contacts: [aContact(NOW, 'anger', { live: true })] }))).toEqual([]);
  });
});

describe('rule 9: worry and an open question', () => {
  it('fires when the question was asked in worry, or the last end was worry', () => {
    const asked = aContact(NOW - 9 * DAY, 'worry', { contactId: 'asked' });
    const since = aContact(NOW - DAY, 'joy');
    const questions = [{ ...aQuestion, contactId: 'asked' }];
    expect(rulesOf(aHistory({ contacts: [asked, since], questions }))).toEqual([9]);
    expect(
      rulesOf(aHistory({ contacts: [aContact(NOW - DAY, 'worry')], questions: [aQuestion] })),
    ).toEqual([9]);
  });

  it('takes a worried peak too', () => {
    const peak = { emotion: 'worry', intensity: 1, sign: 1 } as const;
    const contacts = [aContact(NOW - DAY, 'neutral', { contactId: 'asked', peak })];
    expect(
      rulesOf(aHistory({ contacts, questions: [{ ...aQuestion, contactId: 'asked' }] })),
    ).toEqual([9]);
  });

  it('needs both', () => {
    expect(rulesOf(aHistory({ contacts: [aContact(NOW - DAY, 'worry')] }))).toEqual([]);
    expect(
      rulesOf(aHistory({ contacts: [aContact(NOW - DAY, 'hope')], questions: [aQuestion] })),
    ).toEqual([]);
  });

  it('shows question and feeling as evidence', () => {
    const contacts = [aContact(NOW - DAY, 'worry')];
    const [cue] = cuesFrom(aHistory({ contacts, questions: [aQuestion] }), NOW);
    expect(cue?.evidence.map(({ kind }) => kind)).toEqual(['question', 'feeling']);
    expect(cue).toMatchObject({
      priority: 2,
      subject: 'question',
      facts: { text: 'Wie weit im Winter?' },
    });
  });
});

describe('rule 13: a missed call that nobody returned', () => {
  it.each([
    [4 * HOUR - 1, []],
    [4 * HOUR, [13]],
    [3 * DAY, [13]],
  ])('after %i ms', (ago, rules) => {
    expect(rulesOf(aHistory({ missedCalls: [{ callId: 'call', at: NOW - ago }] }))).toEqual(rules);
  });

  it('counts several as one, about the first', () => {
    const missedCalls = [5, 9, 7, 1].map((hours) => ({
      callId: `call-${hours}`,
      at: NOW - hours * HOUR,
    }));
    const cues = cuesFrom(aHistory({ missedCalls }), NOW);
    expect(cues).toHaveLength(1);
    expect(cues[0]).toMatchObject({ subject: 'call-9', facts: { count: 3, at: NOW - 9 * HOUR } });
  });
});

describe('rule 22: five contacts, none with this agent', () => {
  const with5 = [1, 2, 3, 4, 5].map((days) =>
    aContact(NOW - days * DAY, null, { agentId: COLLEAGUE, agentName: 'Katrin' }),
  );

  it('fires with the last colleague and the count', () => {
    const [cue] = cuesFrom(aHistory({ contacts: with5 }), NOW);
    expect(cue).toMatchObject({
      rule: 22,
      subject: COLLEAGUE,
      facts: { count: 5, person: 'Katrin' },
    });
  });

  it('does not with four, with one’s own contact, or with calls that reached nobody', () => {
    expect(rulesOf(aHistory({ contacts: with5.slice(1) }))).toEqual([]);
    expect(rulesOf(aHistory({ contacts: [...with5, aContact(NOW - 9 * DAY)] }))).toEqual([]);
    const unreached = with5.map((contact, index) =>
      index === 0 ? { ...contact, reached: false } : contact,
    );
    expect(rulesOf(aHistory({ contacts: unreached }))).toEqual([]);
  });

  it('stays while the agent’s first call is going on, and goes with its end', () => {
    const mine = aContact(NOW, null, { live: true });
    expect(rulesOf(aHistory({ contacts: [...with5, mine] }))).toEqual([22]);
    expect(rulesOf(aHistory({ contacts: [...with5, { ...mine, live: false }] }))).toEqual([]);
  });
});

const full = aHistory({
  contacts: [
    aContact(NOW - DAY, 'anger', {
      agentId: COLLEAGUE,
      peak: { emotion: 'worry', intensity: 1, sign: 1 },
    }),
    ...[3, 4, 5, 6, 7].map((days) => aContact(NOW - days * DAY, null, { agentId: COLLEAGUE })),
  ],
  promises: [aPromise(NOW - 3 * DAY, 'overdue'), aPromise(NOW + HOUR, 'today')],
  questions: [aQuestion],
  missedCalls: [{ callId: 'call', at: NOW - 5 * HOUR }],
});

describe('what is shown', () => {
  it('is at most three, by priority and then by rule', () => {
    expect(rulesOf(full)).toEqual([1, 2, 4]);
  });

  it('lets the next one up when one is not true, for good, and when one is snoozed, until then', () => {
    const notTrue: CueVerdict = { rule: 1, subject: 'overdue', kind: 'notTrue', until: null };
    const snooze: CueVerdict = { rule: 4, subject: 'today', kind: 'snooze', until: NOW + HOUR };
    const shown = (now: number) => cuesFrom(full, now, [notTrue, snooze]).map(({ rule }) => rule);
    expect(shown(NOW)).toEqual([2, 9, 13]);
    expect(shown(NOW + HOUR - 1)).toEqual([2, 9, 13]);
    expect(shown(NOW + HOUR)).toEqual([2, 4, 9]);
  });

  it('keeps a verdict to its own subject and rule', () => {
    const other: CueVerdict = { rule: 1, subject: 'another', kind: 'notTrue', until: null };
    expect(cuesFrom(full, NOW, [other]).map(({ rule }) => rule)).toEqual([1, 2, 4]);
    const promises = [aPromise(NOW - 3 * DAY, 'one'), aPromise(NOW - 2 * DAY, 'two')];
    const notTrue: CueVerdict = { rule: 1, subject: 'one', kind: 'notTrue', until: null };
    expect(cuesFrom(aHistory({ promises }), NOW, [notTrue])).toMatchObject([
      { subject: 'two', facts: { count: null } },
    ]);
  });

  it('leaves out muted rules', () => {
    expect(cuesFrom(full, NOW, [], new Set([2, 4])).map(({ rule }) => rule)).toEqual([1, 9, 13]);
  });

  it('is the same for the same history, whatever the order of its parts', () => {
    const shuffled = fc.shuffledSubarray([...full.contacts], { minLength: full.contacts.length });
    fc.assert(
      fc.property(shuffled, (contacts) => {
        expect(
          cuesFrom({ ...full, contacts, promises: [...full.promises].reverse() }, NOW),
        ).toEqual(cuesFrom(full, NOW));
      }),
    );
  });

  it('always says why', () => {
    for (const rule of [1, 2, 4, 9, 13, 22]) {
      const muted = new Set(([1, 2, 4, 9, 13, 22] as const).filter((other) => other !== rule));
      expect(cuesFrom(full, NOW, [], muted)[0]?.evidence.length).toBeGreaterThan(0);
    }
  });
});

describe('self-muting', () => {
  it.each([
    [9, 9, false],
    [10, 4, false],
    [10, 5, true],
    [100, 40, false],
    [100, 41, true],
    [0, 0, false],
  ])('%i shown, %i dismissed: %s', (shown, dismissed, mutes) => {
    expect(mutesItself(shown, dismissed)).toBe(mutes);
  });
});

describe('the fact to start from', () => {
  const known = { matters: [], deals: [], contacts: [], preferredTime: null };

  it('is what is owed first', () => {
    expect(startingFactFrom(full, known, NOW)).toMatchObject({
      kind: 'promise',
      dueAt: NOW - 3 * DAY,
    });
    expect(startingFactFrom({ ...full, promises: [] }, known, NOW)).toMatchObject({
      kind: 'question',
    });
    expect(startingFactFrom({ ...full, promises: [], questions: [] }, known, NOW)).toMatchObject({
      kind: 'feeling',
      emotion: 'anger',
    });
  });

  it('puts a promise of next week behind an open question', () => {
    const promises = [aPromise(NOW + 7 * DAY)];
    expect(startingFactFrom(aHistory({ promises, questions: [aQuestion] }), known, NOW)?.kind).toBe(
      'question',
    );
    expect(startingFactFrom(aHistory({ promises }), known, NOW)?.kind).toBe('promise');
  });

  it('falls back to the wish, and says nothing where nothing is known', () => {
    expect(
      startingFactFrom(aHistory(), { ...known, preferredTime: 'nach 17 Uhr' }, NOW),
    ).toMatchObject({
      kind: 'preference',
      text: 'nach 17 Uhr',
    });
    expect(startingFactFrom(aHistory(), known, NOW)).toBeNull();
  });

  it('shortens a long note at a word', () => {
    const questions = [{ ...aQuestion, text: 'Wort '.repeat(100) }];
    const text = startingFactFrom(aHistory({ questions }), known, NOW)?.text ?? '';
    expect(text.length).toBeLessThan(250);
    expect(text.endsWith('Wort …')).toBe(true);
  });
});
