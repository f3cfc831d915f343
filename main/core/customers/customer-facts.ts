import type { Feeling } from '../../../preload/contract/shapes.ts';
import type { DealState, Emotion } from '../../../preload/contract/vocabulary.ts';
import { LEGS_JSON, type TimelineRow } from '../contacts/timeline-rows.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import type { PromiseRow } from './customer-rows.ts';

type ContactColumns = Pick<
  TimelineRow,
  | ('row' | 'id' | 'customer_id' | 'kind' | 'direction' | 'at' | 'subject' | 'note' | 'outcome')
  | ('expectation' | 'origin' | 'agent_id' | 'matter_id' | 'call_id')
  | ('amount_cents' | 'currency' | 'external_id')
>;

interface FeelingRow {
  contact_id: string;
  part: 'end' | 'peak';
  emotion: Emotion;
  intensity: Feeling['intensity'];
  sign: Feeling['sign'];
}

interface CallColumns {
  call_id: string;
  remote_uri: string;
  remote_number: string | null;
  remote_display: string | null;
  remote_anonymous: number;
  started_at: number;
  answered_at: number | null;
  ended_at: number | null;
  talk_ms: number;
  hold_ms: number;
  cause: TimelineRow['cause'];
  quality_json: string | null;
  transfer_kind: TimelineRow['transfer_kind'];
  transferred_to: string | null;
  transfer_state: TimelineRow['transfer_state'];
  transfer_sip_code: number | null;
  to_return: number;
}

interface MatterRow {
  id: string;
  title: string;
  opened_at: number;
  closed_at: number | null;
}

interface DealRow {
  id: string;
  state: DealState;
  value_cents: number | null;
  created_at: number;
  decided_at: number | null;
  title: string | null;
  contact_id: string | null;
  decided_contact_id: string | null;
}

interface QuestionRow {
  id: string;
  text: string;
  asked_at: number;
  contact_id: string | null;
  matter_id: string | null;
  agent_id: string;
}

interface StoredPromise extends Omit<PromiseRow, 'customer_name' | 'owner_name' | 'author_name'> {
  agent_id: string;
}

/** All that is read of one customer: each table once, by the customer's index. */
interface CustomerFacts {
  contacts: TimelineRow[];
  openPromises: PromiseRow[];
  questions: (QuestionRow & { author_name: string | null })[];
  matters: MatterRow[];
  deals: DealRow[];
  missedCalls: { callId: string; at: number }[];
}

const CALL_COLUMNS = `call_id, remote_uri, remote_number, remote_display, remote_anonymous, started_at, answered_at,
  ended_at, talk_ms, hold_ms, cause, quality_json, transfer_kind, transferred_to, transfer_state, transfer_sip_code,
  missed = 1 AND returned_at IS NULL AND dismissed_at IS NULL AS to_return`;
const MATTER_COLUMNS = 'id, title, opened_at, closed_at';

/**
 * Reads a customer's facts table by table and joins them here: for one customer that takes a third of
 * the time of a query that joins nine tables row by row.
 */
export function customerFactsReader(database: DeskDatabase) {
  const contacts = database.query<ContactColumns>(
    `SELECT row, id, customer_id, kind, direction, at, subject, note, outcome, expectation, origin, agent_id,
       matter_id, call_id, amount_cents, currency, external_id
     FROM contacts WHERE customer_id = ? ORDER BY at DESC, row DESC LIMIT ?`,
  );
  const feelings = database.query<FeelingRow>(
    `SELECT contact_id, part, emotion, intensity, sign FROM feelings
     WHERE customer_id = ? AND disputed_at IS NULL ORDER BY at DESC LIMIT 200`,
  );
  const calls = database.query<CallColumns>(
    `SELECT ${CALL_COLUMNS} FROM calls WHERE customer_id = ? ORDER BY started_at DESC LIMIT 40`,
  );
  const call = database.query<CallColumns>(`SELECT ${CALL_COLUMNS} FROM calls WHERE call_id = ?`);
  // Few contacts have these: both are read from small indexes.
  const legs = database.query<{ contact_id: string; legs_json: string | null }>(
    `SELECT x.contact_id, ${LEGS_JSON} AS legs_json FROM calls x INDEXED BY calls_further_legs
     WHERE x.leg_of_call_id IS NOT NULL AND x.contact_id IN (SELECT value FROM json_each(?))
     GROUP BY x.contact_id`,
  );
  const recordings = database.query<{ contact_id: string; n: number }>(
    `SELECT contact_id, count(*) AS n FROM recordings
     WHERE state <> 'erased' AND contact_id IN (SELECT value FROM json_each(?)) GROUP BY contact_id`,
  );
  const promises = database.query<StoredPromise>(
    `SELECT id, customer_id, contact_id, text, due_at, owner_id, agent_id, made_at, state, settled_at
     FROM promises WHERE customer_id = ? ORDER BY due_at DESC LIMIT 200`,
  );
  const deals = database.query<DealRow>(
    `SELECT id, state, value_cents, created_at, decided_at, title, contact_id, decided_contact_id
     FROM deals WHERE customer_id = ? AND cancelled_at IS NULL ORDER BY created_at DESC LIMIT 50`,
  );
  const questions = database.query<QuestionRow>(
    `SELECT id, text, asked_at, contact_id, matter_id, agent_id FROM questions
     WHERE customer_id = ? AND answered_at IS NULL ORDER BY asked_at DESC LIMIT 20`,
  );
  const matters = database.query<MatterRow>(
    `SELECT ${MATTER_COLUMNS} FROM matters WHERE customer_id = ? ORDER BY opened_at DESC LIMIT 50`,
  );
  const matter = database.query<MatterRow>(`SELECT ${MATTER_COLUMNS} FROM matters WHERE id = ?`);
  const openWrapUps = database.query<{ contact_id: string }>(
    "SELECT contact_id FROM wrap_ups WHERE state = 'open'",
  );
  const agent = database.query<{ name: string }>('SELECT name FROM agents WHERE id = ?');

  return function factsOf(customerId: string, customerName: string, limit: number): CustomerFacts {
    const nameOf = remembering((id) => agent.get(id)?.name ?? null);
    const ownMatters = matters.all(customerId);
    const matterOf = remembering((id) => ownMatters.find((one) => one.id === id) ?? matter.get(id));
    const ownCalls = calls.all(customerId);
    const callOf = (id: string) => ownCalls.find(({ call_id }) => call_id === id) ?? call.get(id);
    const ownPromises = promises.all(customerId);
    const ownDeals = deals.all(customerId);
    const ownQuestions = questions.all(customerId);
    const ends = new Map<string, FeelingRow>();
    const peaks = new Map<string, FeelingRow>();
    for (const row of feelings.all(customerId)) {
      (row.part === 'end' ? ends : peaks).set(row.contact_id, row);
    }
    const newest = contacts.all(customerId, limit);
    const calledIds = JSON.stringify(
      newest.flatMap(({ id, call_id }) => (call_id === null ? [] : [id])),
    );
    const legsOf = new Map(
      legs.all(calledIds).map(({ contact_id, legs_json }) => [contact_id, legs_json]),
    );
    const recordedIn = new Map(
      recordings.all(calledIds).map(({ contact_id, n }) => [contact_id, n]),
    );
    const unfinished = new Set(openWrapUps.all().map(({ contact_id }) => contact_id));

    function timelineRowOf(contact: ContactColumns): TimelineRow {
      const leg = contact.call_id === null ? undefined : callOf(contact.call_id);
      const concern = contact.matter_id === null ? undefined : matterOf(contact.matter_id);
      const end = ends.get(contact.id);
      const peak = peaks.get(contact.id);
      const promise = ownPromises.findLast(({ contact_id }) => contact_id === contact.id);
      const deal =
        ownDeals.findLast(({ decided_contact_id }) => decided_contact_id === contact.id) ??
        ownDeals.findLast(({ contact_id }) => contact_id === contact.id);
      return {
        row: contact.row,
        id: contact.id,
        customer_id: contact.customer_id,
        kind: contact.kind,
        direction: contact.direction,
        at: contact.at,
        subject: contact.subject,
        note: contact.note,
        outcome: contact.outcome,
        expectation: contact.expectation,
        origin: contact.origin,
        agent_id: contact.agent_id,
        agent_name: nameOf(contact.agent_id),
        matter_id: contact.matter_id,
        matter_title: concern?.title ?? null,
        matter_closed_at: concern?.closed_at ?? null,
        end_emotion: end?.emotion ?? null,
        end_intensity: end?.intensity ?? 1,
        end_sign: end?.sign ?? 1,
        peak_emotion: peak?.emotion ?? null,
        peak_intensity: peak?.intensity ?? 1,
        peak_sign: peak?.sign ?? 1,
        question:
          ownQuestions.findLast(({ contact_id }) => contact_id === contact.id)?.text ?? null,
        call_id: leg?.call_id ?? null,
        remote_uri: leg?.remote_uri ?? '',
        remote_number: leg?.remote_number ?? null,
        remote_display: leg?.remote_display ?? null,
        remote_anonymous: leg?.remote_anonymous ?? 0,
        answered_at: leg?.answered_at ?? null,
        ended_at: leg?.ended_at ?? null,
        talk_ms: leg?.talk_ms ?? 0,
        hold_ms: leg?.hold_ms ?? 0,
        cause: leg?.cause ?? null,
        quality_json: leg?.quality_json ?? null,
        transfer_kind: leg?.transfer_kind ?? null,
        transferred_to: leg?.transferred_to ?? null,
        transfer_state: leg?.transfer_state ?? null,
        transfer_sip_code: leg?.transfer_sip_code ?? null,
        legs_json: legsOf.get(contact.id) ?? null,
        recordings: recordedIn.get(contact.id) ?? 0,
        wrap_up_open: unfinished.has(contact.id) ? 1 : 0,
        promise_id: promise?.id ?? null,
        promise_text: promise?.text ?? '',
        promise_due_at: promise?.due_at ?? 0,
        promise_state: promise?.state ?? 'open',
        deal_id: deal?.id ?? null,
        deal_state: deal?.state ?? 'open',
        deal_value_cents: deal?.value_cents ?? null,
        amount_cents: contact.amount_cents,
        currency: contact.currency,
        external_id: contact.external_id,
      };
    }

    return {
      contacts: newest.map(timelineRowOf),
      openPromises: ownPromises
        .filter(({ state }) => state === 'open')
        .reverse()
        .map((promise) => ({
          ...promise,
          customer_name: customerName,
          owner_name: nameOf(promise.owner_id),
          author_name: nameOf(promise.agent_id),
        })),
      // A question whose matter was closed since counts as answered.
      questions: ownQuestions
        .filter(({ matter_id, asked_at }) => {
          const closedAt = matter_id === null ? null : (matterOf(matter_id)?.closed_at ?? null);
          return closedAt === null || closedAt < asked_at;
        })
        .map((question) => ({ ...question, author_name: nameOf(question.agent_id) })),
      matters: ownMatters.slice(0, 20),
      deals: ownDeals.slice(0, 20),
      missedCalls: ownCalls
        .filter(({ to_return }) => to_return === 1)
        .map(({ call_id, started_at }) => ({ callId: call_id, at: started_at })),
    };
  };
}

/** Looks each id up once. */
function remembering<Found>(look: (id: string) => Found): (id: string) => Found {
  const known = new Map<string, Found>();
  return (id) => {
    const found = known.get(id);
    if (found !== undefined) return found;
    const looked = look(id);
    known.set(id, looked);
    return looked;
  };
}
