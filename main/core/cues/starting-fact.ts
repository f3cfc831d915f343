import type {
  CustomerStory,
  StartingFact,
  ContactEntry,
} from '../../../preload/contract/customers.ts';
import type { CueHistory } from './cue-history.ts';
import { openRecoveries } from '../emotions/recovery.ts';

type Known = Pick<CustomerStory, 'matters' | 'deals' | 'contacts'> & {
  preferredTime: string | null;
};

const LONGEST_TEXT = 240;

/**
 * The one fact to begin the talk with, or null when nothing is known: what is owed first (promise due
 * or overdue, open question, a contact that ended badly), then what is under way (later promise, open
 * deal, open matter), then the last contact, then a wish about when to be called.
 */
export function startingFactFrom(
  history: CueHistory,
  known: Known,
  now: number,
): StartingFact | null {
  const promises = [...history.promises].sort((one, other) => one.dueAt - other.dueAt);
  const soonest = promises[0];
  const question = history.questions[0];
  const bad = openRecoveries(history.contacts).sort((one, other) => other.at - one.at)[0];
  const deal = known.deals.find(({ state, title }) => state === 'open' && title);
  const matter = known.matters.find(({ closedAt }) => closedAt === null);
  const last = known.contacts.find(hasWords);
  if (soonest && soonest.dueAt <= now + 86_400_000) return promiseFact(soonest);
  if (question)
    return { ...NOTHING, kind: 'question', text: shortened(question.text), at: question.askedAt };
  if (bad?.end && (bad.note ?? bad.subject)) {
    const text = shortened(bad.note ?? bad.subject ?? '');
    return { ...NOTHING, kind: 'feeling', text, at: bad.at, emotion: bad.end.emotion };
  }
  if (soonest) return promiseFact(soonest);
  if (deal?.title) return { ...NOTHING, kind: 'deal', text: shortened(deal.title), at: deal.at };
  if (matter)
    return { ...NOTHING, kind: 'matter', text: shortened(matter.title), at: matter.openedAt };
  if (last) {
    const text = shortened(last.note || last.subject || '');
    return {
      ...NOTHING,
      kind: 'lastContact',
      text,
      at: last.at,
      emotion: last.end?.emotion ?? null,
    };
  }
  if (known.preferredTime)
    return { ...NOTHING, kind: 'preference', text: shortened(known.preferredTime) };
  return null;
}

const NOTHING = { at: null, dueAt: null, emotion: null } as const;

function promiseFact(promise: CueHistory['promises'][number]): StartingFact {
  const { text, madeAt, dueAt } = promise;
  return { kind: 'promise', text: shortened(text), at: madeAt, dueAt, emotion: null };
}

function hasWords(entry: ContactEntry): boolean {
  return Boolean(entry.note || entry.subject);
}

/** Cut at a word's end, so that a long note stays one line. */
function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= LONGEST_TEXT) return line;
  return `${line.slice(0, LONGEST_TEXT).replace(/\s+\S*$/, '')} …`;
}
