import type { CallEvent } from '../../../preload/contract/calls.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import { type MeasureRow, measuresOfContact, measuresOfDeal } from '../kpi/measure-rows.ts';
import { numberKeyFrom } from '../phone-numbers/number-key.ts';
import type { InsertCustomer, SampleBook, SampleCustomer } from './book-shapes.ts';

interface WriterDependencies {
  database: DeskDatabase;
  settings: () => { zone: string; country: string; currency: string };
  /** The agent at this desk, who missed the missed calls. */
  agentId: string;
  insertCustomer: InsertCustomer;
  refreshSummary: (customerId: string) => void;
  addMeasures: (rows: readonly MeasureRow[]) => void;
}

/** Stores sample facts; each function is part of the caller's transaction. */
export function bookWriter(dependencies: WriterDependencies) {
  const { database, settings, agentId, insertCustomer, refreshSummary, addMeasures } = dependencies;
  const insertAgent = database.query(
    "INSERT INTO agents (id, name, me, created_at, origin) VALUES (?, ?, 0, ?, 'sample') ON CONFLICT DO NOTHING",
  );
  const insertMatter = database.query(
    `INSERT INTO matters (id, customer_id, title, opened_at, closed_at, agent_id, contact_id, origin)
     VALUES (?, ?, ?, ?, ?, ?, ?, 'sample')`,
  );
  const insertContact = database.query(
    `INSERT INTO contacts (id, customer_id, kind, direction, at, zone, subject, note, outcome, expectation, agent_id,
       call_id, matter_id, origin) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'sample')`,
  );
  const insertFeeling = database.query(
    `INSERT INTO feelings (id, contact_id, customer_id, part, emotion, intensity, sign, at, agent_id, matter_id, origin)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'sample')`,
  );
  const insertPromise = database.query(
    `INSERT INTO promises (id, customer_id, contact_id, matter_id, agent_id, owner_id, text, made_at, due_at,
       first_due_at, state, settled_at, settled_by, origin)
     VALUES ($id, $customerId, $contactId, $matterId, $agentId, $ownerId, $text, $madeAt, $dueAt, $dueAt,
       $state, $settledAt, $settledBy, 'sample')`,
  );
  const insertQuestion = database.query(
    `INSERT INTO questions (id, customer_id, contact_id, matter_id, agent_id, text, asked_at, answered_at, origin)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'sample')`,
  );
  const insertDeal = database.query(
    `INSERT INTO deals (id, customer_id, contact_id, decided_contact_id, matter_id, agent_id, decided_by, title, state,
       value_cents, currency, created_at, decided_at, lost_reason, origin)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'sample')`,
  );
  const insertCall = database.query(
    `INSERT INTO calls (call_id, contact_id, customer_id, agent_id, direction, remote_uri, remote_number,
       remote_display, remote_anonymous, e164, number_key, internal, zone, started_at, ended_at, ring_ms, cause,
       ended_by, last_seq, last_event_at, missed, origin)
     VALUES ($callId, $contactId, $customerId, $agentId, 'inbound', $uri, $number, $display, 0, $number, $number, 0,
       $zone, $at, $endedAt, $ringMs, 'missed', 'customer', $lastSeq, $endedAt, 1, 'sample')`,
  );
  const insertEvent = database.query(
    'INSERT INTO call_events (call_id, seq, at, type, event_json) VALUES (?, ?, ?, ?, ?)',
  );

  function writeContacts(customer: SampleCustomer): void {
    const { zone } = settings();
    for (const matter of customer.matters) {
      const { id, title, openedAt, closedAt, contactId } = matter;
      insertMatter.run(id, customer.id, title, openedAt, closedAt, matter.agentId, contactId);
    }
    for (const contact of customer.contacts) {
      const { id, kind, direction, at, subject, note, outcome, expectation, matterId } = contact;
      insertContact.run(
        ...[
          id,
          customer.id,
          kind,
          direction,
          at,
          zone,
          subject,
          note,
          outcome,
          expectation,
          contact.agentId,
        ],
        ...[null, matterId],
      );
      for (const { id: feelingId, part, feeling } of contact.feelings) {
        const { emotion, intensity, sign } = feeling;
        insertFeeling.run(
          feelingId,
          id,
          customer.id,
          part,
          emotion,
          intensity,
          sign,
          at,
          contact.agentId,
          matterId,
        );
      }
    }
  }

  function writePromisesAndQuestions(customer: SampleCustomer): void {
    for (const promise of customer.promises) {
      insertPromise.run({
        ...promise,
        customerId: customer.id,
        state: promise.settledAt === null ? 'open' : 'kept',
        settledBy: promise.settledAt === null ? null : promise.ownerId,
      });
    }
    for (const {
      id,
      contactId,
      matterId,
      agentId: author,
      text,
      askedAt,
      answeredAt,
    } of customer.questions) {
      insertQuestion.run(id, customer.id, contactId, matterId, author, text, askedAt, answeredAt);
    }
  }

  function writeDeals(customer: SampleCustomer): void {
    for (const deal of customer.deals) {
      const { id, contactId, decidedContactId, matterId, decidedBy, title, state, valueCents } =
        deal;
      insertDeal.run(
        ...[
          id,
          customer.id,
          contactId,
          decidedContactId,
          matterId,
          deal.agentId,
          decidedBy,
          title,
          state,
        ],
        ...[valueCents, settings().currency, deal.createdAt, deal.decidedAt, deal.lostReason],
      );
      addMeasures(
        measuresOfDeal({
          ...{
            agentId: decidedBy ?? deal.agentId,
            listId: null,
            origin: 'sample',
            state,
            valueCents,
          },
          ...{ decidedAt: deal.decidedAt, cancelledAt: null },
        }),
      );
    }
  }

  function writeMissedCalls(customer: SampleCustomer): void {
    const { zone, country } = settings();
    const number = numberKeyFrom(customer.numbers[0] ?? null, country).e164;
    for (const { callId, contactId, at, ringMs } of customer.missedCalls) {
      const endedAt = at + ringMs;
      const uri = `sip:${number ?? 'unknown'}@example.org`;
      const events: CallEvent[] = [
        {
          ...{ callId, seq: 0, at, type: 'invited', accountId: null, origin: 'sample' },
          remote: { uri, number, display: customer.name, anonymous: false },
          ...{ calledNumber: null, divertedFrom: null, queue: null, replacesCallId: null },
        },
        {
          callId,
          seq: 1,
          at: endedAt,
          type: 'ended',
          cause: 'missed',
          sipCode: null,
          by: 'customer',
        },
      ];
      insertContact.run(
        ...[
          contactId,
          customer.id,
          'call',
          'inbound',
          at,
          zone,
          null,
          null,
          null,
          null,
          agentId,
          callId,
          null,
        ],
      );
      insertCall.run({
        ...{
          callId,
          contactId,
          customerId: customer.id,
          agentId,
          uri,
          number,
          display: customer.name,
        },
        ...{ zone, at, endedAt, ringMs, lastSeq: events.length - 1 },
      });
      for (const event of events)
        insertEvent.run(callId, event.seq, event.at, event.type, JSON.stringify(event));
      addMeasures(
        measuresOfContact([
          {
            ...{ agentId, listId: null, origin: 'sample', legKind: 'customer' },
            ...{ direction: 'inbound', internal: false, missed: true },
            ...{ startedAt: at, answeredAt: null, endedAt, talkMs: 0, holdMs: 0 },
          },
        ]),
      );
    }
  }

  return {
    agents(agents: SampleBook['agents'], at: number): void {
      for (const { id, name } of agents) insertAgent.run(id, name, at);
    },

    customer(customer: SampleCustomer): void {
      insertCustomer({ ...customer, origin: 'sample' });
      writeContacts(customer);
      writePromisesAndQuestions(customer);
      writeDeals(customer);
      writeMissedCalls(customer);
      refreshSummary(customer.id);
    },
  };
}
