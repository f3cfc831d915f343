import type { I18n, MessageDescriptor } from '@lingui/core';
import { msg, plural } from '@lingui/core/macro';
import type { Cue } from '../../../preload/contract/customers.ts';
import type { CueRule } from '../../../preload/contract/vocabulary.ts';
import type { Formats } from '../formats.ts';

export interface CueWords {
  /** What is true. */
  fact: string;
  /** What the agent might do about it; a fact to start from, never a line to recite. */
  suggestion: string;
  /** The customer's or the promise's own words, or null. */
  quote: string | null;
}

type CueFormats = Pick<Formats, 'relative' | 'time' | 'moment'>;

/** A cue as one fact and one suggestion. */
export function cueInWords(i18n: I18n, formats: CueFormats, cue: Cue): CueWords {
  const { facts } = cue;
  return {
    fact: factInWords(i18n, formats, cue),
    suggestion: i18n._(SUGGESTIONS[cue.rule]),
    quote: facts.text,
  };
}

function factInWords(i18n: I18n, formats: CueFormats, { rule, facts }: Cue): string {
  const at = facts.at === null ? null : formats.relative(facts.at);
  switch (rule) {
    case 1:
      return facts.dueAt === null
        ? i18n._(msg`A promise is overdue`)
        : i18n._(msg`A promise is overdue: it was due ${formats.moment(facts.dueAt)}`);
    case 2:
      return at === null
        ? i18n._(msg`The last contact ended in anger, not made good yet`)
        : i18n._(msg`Ended in anger ${at}, not made good yet`);
    case 4:
      return facts.dueAt === null
        ? i18n._(msg`A promise is due today`)
        : i18n._(msg`A promise is due today at ${formats.time(facts.dueAt)}`);
    case 9:
      return i18n._(msg`Worried, with a question still open`);
    case 13: {
      const calls = facts.count ?? 1;
      if (at === null) return i18n._(msg`A missed call was not returned`);
      return i18n._(
        msg`${plural(calls, { one: '# missed call', other: '# missed calls' })} not returned, the last ${at}`,
      );
    }
    case 22: {
      const contacts = facts.count ?? 0;
      const known = i18n._(
        msg`Your first contact here, after ${plural(contacts, { one: '# contact', other: '# contacts' })} with others`,
      );
      return facts.person === null
        ? known
        : i18n._(
            msg`Your first contact here, after ${plural(contacts, { one: '# contact', other: '# contacts' })}; ${facts.person} spoke last`,
          );
    }
  }
}

const SUGGESTIONS: Record<CueRule, MessageDescriptor> = {
  1: msg`Apologise once, give a new date.`,
  2: msg`Listen first. Nothing to sell in this call.`,
  4: msg`Call back today.`,
  9: msg`Answer the question first.`,
  13: msg`Call back.`,
  22: msg`Show that you know the story; ask nothing twice.`,
};

const RULE_NAMES: Record<CueRule, MessageDescriptor> = {
  1: msg`Promise overdue`,
  2: msg`Last contact ended in anger`,
  4: msg`Promise due today`,
  9: msg`Worry with an open question`,
  13: msg`Missed call not returned within four hours`,
  22: msg`A customer whom others knew before`,
};

/** What a rule looks for, for settings. */
export function cueRuleInWords(i18n: I18n, rule: CueRule): string {
  return i18n._(RULE_NAMES[rule]);
}

const EVIDENCE_WORDS: Record<Cue['evidence'][number]['kind'], MessageDescriptor> = {
  promise: msg({ message: 'Promise', comment: 'Evidence for a cue', context: 'evidence' }),
  feeling: msg({ message: 'Feeling', comment: 'Evidence for a cue', context: 'evidence' }),
  contact: msg({ message: 'Contact', comment: 'Evidence for a cue', context: 'evidence' }),
  call: msg({ message: 'Call', comment: 'Evidence for a cue: Anruf', context: 'evidence' }),
  question: msg({ message: 'Open question', comment: 'Evidence for a cue', context: 'evidence' }),
  agent: msg({ message: 'Agent', comment: 'Evidence for a cue', context: 'evidence' }),
};

export function evidenceKindInWords(i18n: I18n, kind: Cue['evidence'][number]['kind']): string {
  return i18n._(EVIDENCE_WORDS[kind]);
}
