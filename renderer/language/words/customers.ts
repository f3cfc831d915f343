import type { I18n, MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { StartingFact } from '../../../preload/contract/customers.ts';
import type {
  ContactKind,
  DealState,
  MatchReason,
  Origin,
  Outcome,
} from '../../../preload/contract/vocabulary.ts';
import type { Formats } from '../formats.ts';
import { emotionInWords } from './feelings.ts';

/** Why the desk believes a caller to be this customer. `confirmedAt` is epoch ms. */
export function matchReasonInWords(
  i18n: I18n,
  formats: Pick<Formats, 'date'>,
  reason: MatchReason,
  confirmedAt: number | null,
): string {
  switch (reason) {
    case 'confirmedNumber':
      return confirmedAt === null
        ? i18n._(msg`own number, confirmed by an agent`)
        : i18n._(msg`own number, confirmed on ${formats.date(confirmedAt)}`);
    case 'ownNumber':
      return i18n._(msg`this number is in the customer’s record`);
    case 'sharedNumber':
      return i18n._(msg`several customers share this number`);
    case 'chosenByAgent':
      return i18n._(msg`chosen by an agent`);
    case 'companyPrefix':
      return i18n._(msg`the number belongs to the same company’s range`);
  }
}

const OUTCOME_WORDS: Record<Outcome, MessageDescriptor> = {
  reached: msg({ message: 'Reached', comment: 'Outcome of a call: the person was reached' }),
  callback: msg({ message: 'Callback', comment: 'Outcome of a call: Rückruf vereinbart' }),
  notInterested: msg({ message: 'Not interested', comment: 'Outcome of a call' }),
  wrongNumber: msg({ message: 'Wrong number', comment: 'Outcome of a call' }),
  voicemail: msg({ message: 'Voicemail', comment: 'Outcome of a call' }),
  noAnswer: msg({ message: 'No answer', comment: 'Outcome of a call' }),
};

export function outcomeInWords(i18n: I18n, outcome: Outcome): string {
  return i18n._(OUTCOME_WORDS[outcome]);
}

const KIND_WORDS: Record<ContactKind, MessageDescriptor> = {
  call: msg({ message: 'Call', comment: 'Kind of contact: Anruf', context: 'contact' }),
  note: msg({ message: 'Note', comment: 'Kind of contact: Notiz', context: 'contact' }),
  order: msg({ message: 'Order', comment: 'Kind of contact: Bestellung', context: 'contact' }),
  delivery: msg({ message: 'Delivery', comment: 'Kind of contact', context: 'contact' }),
  complaint: msg({ message: 'Complaint', comment: 'Kind of contact', context: 'contact' }),
  email: msg({ message: 'E-mail', comment: 'Kind of contact', context: 'contact' }),
  visit: msg({ message: 'Visit', comment: 'Kind of contact: Besuch', context: 'contact' }),
};

export function contactKindInWords(i18n: I18n, kind: ContactKind): string {
  return i18n._(KIND_WORDS[kind]);
}

const DEAL_WORDS: Record<DealState, MessageDescriptor> = {
  open: msg({ message: 'Open', comment: 'State of a deal: offen', context: 'deal' }),
  won: msg({ message: 'Won', comment: 'State of a deal: gewonnen', context: 'deal' }),
  lost: msg({ message: 'Lost', comment: 'State of a deal: verloren', context: 'deal' }),
};

export function dealStateInWords(i18n: I18n, state: DealState): string {
  return i18n._(DEAL_WORDS[state]);
}

/** A deal's state in a wrap-up, where there may be none. */
export function dealChoiceInWords(i18n: I18n, choice: DealState | 'none'): string {
  return choice === 'none'
    ? i18n._(msg({ message: 'None', comment: 'No deal: kein Abschluss' }))
    : dealStateInWords(i18n, choice);
}

const PROMISE_WORDS = {
  open: msg({ message: 'open', comment: 'State of a promise: offen' }),
  kept: msg({ message: 'kept', comment: 'State of a promise: gehalten' }),
  cancelled: msg({ message: 'withdrawn', comment: 'State of a promise: zurückgenommen' }),
};

export function promiseStateInWords(i18n: I18n, state: keyof typeof PROMISE_WORDS): string {
  return i18n._(PROMISE_WORDS[state]);
}

/** Marks records that are not real; null for those that are. */
export function originInWords(i18n: I18n, origin: Origin): string | null {
  switch (origin) {
    case 'real':
      return null;
    case 'practice':
      return i18n._(msg({ message: 'Practice', comment: 'Label of a practice call: Übung' }));
    case 'sample':
      return i18n._(msg({ message: 'Sample', comment: 'Label of a record of the sample book' }));
    case 'imported':
      return i18n._(msg({ message: 'Imported', comment: 'Label of an imported record' }));
  }
}

/** The one fact to begin the talk with: what kind it is, and the fact. */
export function startingFactInWords(
  i18n: I18n,
  formats: Pick<Formats, 'moment' | 'date'>,
  fact: StartingFact,
): { kind: string; text: string; detail: string | null } {
  const at = fact.at === null ? null : formats.date(fact.at);
  switch (fact.kind) {
    case 'promise':
      return {
        kind: i18n._(msg`Promised`),
        text: fact.text,
        detail: fact.dueAt === null ? at : i18n._(msg`due ${formats.moment(fact.dueAt)}`),
      };
    case 'question':
      return { kind: i18n._(msg`Still open`), text: fact.text, detail: at };
    case 'feeling':
      return {
        kind:
          fact.emotion === null ? i18n._(msg`Last feeling`) : emotionInWords(i18n, fact.emotion),
        text: fact.text,
        detail: at,
      };
    case 'matter':
      return { kind: i18n._(msg`Open matter`), text: fact.text, detail: at };
    case 'deal':
      return { kind: i18n._(msg`Open deal`), text: fact.text, detail: at };
    case 'lastContact':
      return { kind: i18n._(msg`Last contact`), text: fact.text, detail: at };
    case 'preference':
      return { kind: i18n._(msg`Likes to be called`), text: fact.text, detail: null };
  }
}
