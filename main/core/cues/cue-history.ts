import type { FeltContact } from '../emotions/contact-feeling.ts';
import type { CueRule } from '../../../preload/contract/vocabulary.ts';

/** One contact as the cue rules see it. */
export interface HistoryContact extends FeltContact {
  agentId: string;
  agentName: string | null;
  note: string | null;
  subject: string | null;
  /** The customer and an agent spoke or wrote to each other; false for an unanswered call. */
  reached: boolean;
  /** A call that is still going on: it is not yet history. */
  live: boolean;
}

export interface HistoryPromise {
  id: string;
  text: string;
  dueAt: number;
  madeAt: number;
  authorName: string | null;
}

export interface HistoryQuestion {
  id: string;
  text: string;
  askedAt: number;
  contactId: string | null;
  authorName: string | null;
}

export interface HistoryMissedCall {
  callId: string;
  at: number;
}

/** All that the cue rules know about a customer. Only open promises and unanswered questions are given. */
export interface CueHistory {
  /** Who is at the desk now, and in which IANA zone a day begins. */
  agentId: string;
  zone: string;
  contacts: readonly HistoryContact[];
  promises: readonly HistoryPromise[];
  questions: readonly HistoryQuestion[];
  missedCalls: readonly HistoryMissedCall[];
}

/** What an agent said about a cue: "not true" holds for good, a snooze up to `until`. */
export interface CueVerdict {
  rule: CueRule;
  subject: string;
  kind: 'notTrue' | 'snooze';
  until: number | null;
}
