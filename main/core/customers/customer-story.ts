import type { CustomerStory } from '../../../preload/contract/customers.ts';
import type { Feeling } from '../../../preload/contract/shapes.ts';
import type {
  ContactKind,
  CueRule,
  Emotion,
  Outcome,
} from '../../../preload/contract/vocabulary.ts';
import { type TimelineRow, feelingFrom, timelineEntryFrom } from '../contacts/timeline-rows.ts';
import type { CueHistory, CueVerdict, HistoryContact } from '../cues/cue-history.ts';
import { cuesFrom } from '../cues/cues.ts';
import { startingFactFrom } from '../cues/starting-fact.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import { feelingSummaryFrom } from '../emotions/feeling-summary.ts';
import type { CustomerStore } from './customer-store.ts';
import { customerFactsReader } from './customer-facts.ts';
import { promiseFrom } from './customer-rows.ts';

interface StoryDependencies {
  database: DeskDatabase;
  customers: CustomerStore;
  verdictsOn: (customerId: string) => CueVerdict[];
  mutedRules: () => ReadonlySet<CueRule>;
  agentId: () => string;
  zone: () => string;
}

/** What is read of contacts that the card does not show, for feelings and cues. */
interface EarlierRow {
  id: string;
  at: number;
  kind: ContactKind;
  outcome: Outcome | null;
  agent_id: string;
  agent_name: string | null;
  matter_id: string | null;
  matter_closed_at: number | null;
  subject: string | null;
  note: string | null;
  end_emotion: Emotion | null;
  end_intensity: Feeling['intensity'];
  end_sign: Feeling['sign'];
  peak_emotion: Emotion | null;
  peak_intensity: Feeling['intensity'];
  peak_sign: Feeling['sign'];
  call_id: string | null;
  answered_at: number | null;
  ended_at: number | null;
}

const SHOWN_CONTACTS = 20;
/** Feelings and cues look at so many contacts at most. */
const KNOWN_CONTACTS = 200;

/** Reads all that a card shows about one customer, by prepared statements with bounded reads. */
export function storyReader(dependencies: StoryDependencies) {
  const { database, customers, verdictsOn, mutedRules, agentId, zone } = dependencies;
  const factsOf = customerFactsReader(database);
  const contactCount = database.query<{ n: number }>(
    'SELECT contact_count AS n FROM customer_summary WHERE customer_id = ?',
  );
  const earlier = database.query<EarlierRow>(
    `SELECT c.id, c.at, c.kind, c.outcome, c.agent_id, a.name AS agent_name, c.matter_id,
       m.closed_at AS matter_closed_at, c.subject, c.note,
       e.emotion AS end_emotion, e.intensity AS end_intensity, e.sign AS end_sign,
       k.emotion AS peak_emotion, k.intensity AS peak_intensity, k.sign AS peak_sign,
       l.call_id, l.answered_at, l.ended_at
     FROM contacts c
     LEFT JOIN agents a ON a.id = c.agent_id
     LEFT JOIN matters m ON m.id = c.matter_id
     LEFT JOIN feelings e ON e.contact_id = c.id AND e.part = 'end' AND e.disputed_at IS NULL
     LEFT JOIN feelings k ON k.contact_id = c.id AND k.part = 'peak' AND k.disputed_at IS NULL
     LEFT JOIN calls l ON l.call_id = c.call_id
     WHERE c.customer_id = ? AND (c.at, c.row) < (?, ?)
     ORDER BY c.at DESC, c.row DESC LIMIT ${KNOWN_CONTACTS - SHOWN_CONTACTS}`,
  );
  function historyContacts(customerId: string, shown: readonly TimelineRow[]): HistoryContact[] {
    const oldest = shown.length < SHOWN_CONTACTS ? undefined : shown.at(-1);
    const rest = oldest ? earlier.all(customerId, oldest.at, oldest.row) : [];
    return [...shown, ...rest].map(historyContactFrom);
  }

  /** The story of a customer; refused with NOT_FOUND when there is none. */
  return function storyOf(customerId: string, now: number): CustomerStory {
    const customer = customers.find(customerId);
    const facts = factsOf(customerId, customer.name, SHOWN_CONTACTS);
    const contacts = facts.contacts.map(timelineEntryFrom);
    const known = historyContacts(customerId, facts.contacts);
    const open = facts.openPromises.map(promiseFrom);
    const history: CueHistory = {
      agentId: agentId(),
      zone: zone(),
      contacts: known,
      promises: open,
      questions: facts.questions.map((row) => ({
        id: row.id,
        text: row.text,
        askedAt: row.asked_at,
        contactId: row.contact_id,
        authorName: row.author_name,
      })),
      missedCalls: facts.missedCalls,
    };
    const story = {
      customer,
      contacts,
      contactCount: contactCount.get(customerId)?.n ?? 0,
      feelings: feelingSummaryFrom(known, now),
      promises: open,
      questions: history.questions.map(({ id, text, askedAt }) => ({ id, text, askedAt })),
      matters: facts.matters.map(({ id, title, opened_at, closed_at }) => ({
        id,
        title,
        openedAt: opened_at,
        closedAt: closed_at,
      })),
      deals: facts.deals.map(({ id, state, value_cents, created_at, decided_at, title }) => ({
        id,
        state,
        valueCents: value_cents,
        at: decided_at ?? created_at,
        title,
      })),
      cues: cuesFrom(history, now, verdictsOn(customerId), mutedRules()),
    };
    const startWith = startingFactFrom(
      history,
      { ...story, preferredTime: customer.preferredTime },
      now,
    );
    return { ...story, startWith };
  };
}
export type StoryOf = ReturnType<typeof storyReader>;

function historyContactFrom(row: EarlierRow): HistoryContact {
  return {
    contactId: row.id,
    at: row.at,
    matterId: row.matter_id,
    matterClosedAt: row.matter_closed_at,
    end: feelingFrom(row.end_emotion, row.end_intensity, row.end_sign),
    peak: feelingFrom(row.peak_emotion, row.peak_intensity, row.peak_sign),
    agentId: row.agent_id,
    agentName: row.agent_name,
    note: row.note || null,
    subject: row.subject,
    reached: wasReached(row),
    live: row.call_id !== null && row.ended_at === null,
  };
}

/** Customer and agent heard from each other: notes, orders and deliveries are events without talk. */
function wasReached({ kind, outcome, call_id, answered_at }: EarlierRow): boolean {
  if (kind === 'note' || kind === 'order' || kind === 'delivery') return false;
  if (kind !== 'call') return true;
  if (outcome === 'noAnswer' || outcome === 'voicemail' || outcome === 'wrongNumber') return false;
  return call_id === null || answered_at !== null;
}
