import type { Cue } from '../../../preload/contract/customers.ts';
import type { CueRule } from '../../../preload/contract/vocabulary.ts';
import { feelingValue } from '../emotions/contact-feeling.ts';
import { openRecoveries } from '../emotions/recovery.ts';
import type { CueHistory, HistoryContact, HistoryPromise } from './cue-history.ts';
import { zonedDay } from './zoned-day.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Design values of the rules in force. */
const PRIORS = {
  angerHoldsDays: 180,
  missedCallHours: 4,
  handoverContacts: 5,
} as const;

/** One rule: which cues a history gives at a time, the most pressing first. */
type Rule = (history: CueHistory, now: number) => Cue[];

/**
 * The rules in force, by their numbers in the rule table. None of them suggests a sale, so the
 * suppressors (1–3 silence every sales cue, 5 silences 11, 12, 14 and 17–20) have nothing to silence
 * here: they belong in `cuesFrom` with the first sales rule.
 */
export const CUE_RULE_TABLE: Readonly<Record<CueRule, Rule>> = {
  1: overduePromises,
  2: lastEndAnger,
  4: promisesDueToday,
  9: worryWithOpenQuestion,
  13: missedCallsNotReturned,
  22: handover,
};

const NO_FACTS: Cue['facts'] = {
  text: null,
  at: null,
  dueAt: null,
  count: null,
  emotion: null,
  person: null,
};

/** Rule 1: a promise whose day has passed in the agent's zone. Apologise, give a new date. */
function overduePromises(history: CueHistory, now: number): Cue[] {
  const today = zonedDay(now, history.zone);
  return promiseCues(1, history, (promise) => zonedDay(promise.dueAt, history.zone) < today);
}

/** Rule 4: a promise due today in the agent's zone, whatever the hour. */
function promisesDueToday(history: CueHistory, now: number): Cue[] {
  const today = zonedDay(now, history.zone);
  return promiseCues(4, history, (promise) => zonedDay(promise.dueAt, history.zone) === today);
}

function promiseCues(
  rule: 1 | 4,
  history: CueHistory,
  holds: (promise: HistoryPromise) => boolean,
): Cue[] {
  return history.promises
    .filter(holds)
    .sort((one, other) => one.dueAt - other.dueAt)
    .map((promise) => ({
      rule,
      subject: promise.id,
      moment: 'before',
      priority: 1,
      facts: {
        ...NO_FACTS,
        text: promise.text,
        at: promise.madeAt,
        dueAt: promise.dueAt,
        person: promise.authorName,
      },
      evidence: [
        {
          kind: 'promise',
          id: promise.id,
          at: promise.madeAt,
          author: promise.authorName,
          quote: promise.text,
        },
      ],
    }));
}

/**
 * Rule 2: the last end that was not merely neutral was anger, and it is not made good. Listen first,
 * no pitch; for 180 days.
 */
function lastEndAnger(history: CueHistory, now: number): Cue[] {
  const last = newest(past(history).filter(({ end }) => end !== null && feelingValue(end) !== 0));
  if (last?.end?.emotion !== 'anger') return [];
  if (now - last.at > PRIORS.angerHoldsDays * DAY) return [];
  if (!openRecoveries(past(history)).includes(last)) return [];
  return [
    {
      rule: 2,
      subject: last.contactId,
      moment: 'before',
      priority: 1,
      facts: {
        ...NO_FACTS,
        text: last.note ?? last.subject,
        at: last.at,
        emotion: 'anger',
        person: last.agentName,
      },
      evidence: [feelingEvidence(last)],
    },
  ];
}

/**
 * Rule 9: the customer worried and a question is open. Answer first. The worry is that of the contact
 * in which the question was asked, or of the last tagged one.
 */
function worryWithOpenQuestion(history: CueHistory): Cue[] {
  const last = lastTagged(history);
  const cues: Cue[] = [];
  for (const question of [...history.questions].sort((one, other) => one.askedAt - other.askedAt)) {
    const asked = past(history).find(({ contactId }) => contactId === question.contactId);
    const worried = [asked, last].find((contact) => contact && isWorried(contact));
    if (!worried) continue;
    cues.push({
      rule: 9,
      subject: question.id,
      moment: 'before',
      priority: 2,
      facts: {
        ...NO_FACTS,
        text: question.text,
        at: question.askedAt,
        emotion: 'worry',
        person: question.authorName,
      },
      evidence: [
        {
          kind: 'question',
          id: question.id,
          at: question.askedAt,
          author: question.authorName,
          quote: question.text,
        },
        feelingEvidence(worried),
      ],
    });
  }
  return cues;
}

function isWorried(contact: HistoryContact): boolean {
  return contact.end?.emotion === 'worry' || contact.peak?.emotion === 'worry';
}

/** Rule 13: a missed call that nobody returned within four hours. All such calls are one cue. */
function missedCallsNotReturned(history: CueHistory, now: number): Cue[] {
  const waiting = history.missedCalls
    .filter(({ at }) => now - at >= PRIORS.missedCallHours * HOUR)
    .sort((one, other) => one.at - other.at);
  const [first] = waiting;
  if (!first) return [];
  return [
    {
      rule: 13,
      subject: first.callId,
      moment: 'before',
      priority: 2,
      facts: { ...NO_FACTS, at: first.at, count: waiting.length },
      evidence: waiting
        .slice(0, 3)
        .map(({ callId, at }) => ({ kind: 'call', id: callId, at, author: null, quote: null })),
    },
  ];
}

/** Rule 22: five or more contacts, none of them with the agent at the desk. Hand over. */
function handover(history: CueHistory): Cue[] {
  const before = past(history).filter(({ reached }) => reached);
  if (before.length < PRIORS.handoverContacts) return [];
  if (before.some(({ agentId }) => agentId === history.agentId)) return [];
  const last = newest(before);
  if (!last) return [];
  return [
    {
      rule: 22,
      subject: last.agentId,
      moment: 'before',
      priority: 2,
      facts: {
        ...NO_FACTS,
        text: last.note ?? last.subject,
        at: last.at,
        count: before.length,
        person: last.agentName,
      },
      evidence: [
        { kind: 'agent', id: last.agentId, at: last.at, author: last.agentName, quote: null },
        {
          kind: 'contact',
          id: last.contactId,
          at: last.at,
          author: last.agentName,
          quote: last.note,
        },
      ],
    },
  ];
}

function feelingEvidence(contact: HistoryContact): Cue['evidence'][number] {
  const { contactId, at, agentName, note } = contact;
  return { kind: 'feeling', id: contactId, at, author: agentName, quote: note };
}

function past(history: CueHistory): HistoryContact[] {
  return history.contacts.filter(({ live }) => !live);
}

function lastTagged(history: CueHistory): HistoryContact | undefined {
  return newest(past(history).filter(({ end }) => end !== null));
}

function newest(contacts: readonly HistoryContact[]): HistoryContact | undefined {
  return contacts.reduce<HistoryContact | undefined>(
    (latest, contact) => (latest && latest.at >= contact.at ? latest : contact),
    undefined,
  );
}
