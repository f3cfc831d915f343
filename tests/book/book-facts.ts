// What happened with the customers of the large book: contacts in the order of time, so that one
// customer's rows lie scattered as in life, with calls, feelings, promises, questions, deals, matters.
import type { Database } from 'better-sqlite3';
import { contactTerms } from '../../main/core/customers/search-terms.ts';
import { feelingValue } from '../../main/core/emotions/contact-feeling.ts';
import {
  type MeasureRow,
  measuresOfContact,
  measuresOfDeal,
  summed,
} from '../../main/core/kpi/measure-rows.ts';
import type { ContactKind, Emotion } from '../../preload/contract/vocabulary.ts';
import { DAYS, MATTERS, NOTES, PRODUCTS, PROMISES, QUESTIONS } from './book-names.ts';
import type { BookShape } from './book-shape.ts';
import type { BookSummaries } from './book-summaries.ts';
import { customerId, factId } from './book-ids.ts';
import { ownNumberOf } from './book-people.ts';
import { type Chance, chanceOf, mixed } from './chance.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const ORIGIN = 'imported';

const KINDS: readonly (readonly [ContactKind, number])[] = [
  ['call', 0.64],
  ['email', 0.1],
  ['note', 0.06],
  ['order', 0.07],
  ['delivery', 0.05],
  ['complaint', 0.03],
  ['visit', 0.05],
];
const FELT: readonly (readonly [Emotion, number])[] = [
  ['joy', 0.2],
  ['trust', 0.16],
  ['neutral', 0.22],
  ['relief', 0.08],
  ['hope', 0.08],
  ['delight', 0.03],
  ['pride', 0.02],
  ['surprise', 0.03],
  ['worry', 0.07],
  ['disappointment', 0.05],
  ['anger', 0.05],
  ['fear', 0.01],
];
const SUBJECTS: Partial<Record<ContactKind, string>> = {
  order: 'Auftrag',
  delivery: 'Lieferung',
  complaint: 'Reklamation',
  email: 'Ihre Anfrage',
};

function weighted<Item>(chance: Chance, items: readonly (readonly [Item, number])[]): Item {
  let left = chance.next();
  for (const [item, weight] of items) {
    left -= weight;
    if (left < 0) return item;
  }
  const last = items.at(-1);
  if (!last) throw new Error('nothing to pick from');
  return last[0];
}

export function noteOf(chance: Chance): string {
  return chance
    .pick(NOTES)
    .replace('{p}', () => chance.pick(PRODUCTS))
    .replace('{d}', () => chance.pick(DAYS))
    .replace('{n}', () => String(10_000 + chance.below(90_000)));
}

/** Whether a customer has a matter, and whether that is closed: decided by index, so that it is known ahead. */
function matterOf(seed: number, customer: number): { closed: boolean; title: string } | null {
  const bits = mixed(seed, customer, 9);
  if (bits % 8 !== 0) return null;
  return { closed: (bits >>> 4) % 3 !== 0, title: MATTERS[(bits >>> 8) % MATTERS.length] ?? '' };
}

/** Writes contacts one by one; `write(index)` in rising order. `finish` writes what was gathered. */
export function contactWriter(database: Database, shape: BookShape, summaries: BookSummaries) {
  const { seed, customers, contacts, since, until, agents } = shape;
  const sql = statementsOf(database);
  const opened = new Uint8Array(customers);
  let bucket = -1;
  let measures: MeasureRow[] = [];

  function flushMeasures(): void {
    for (const row of summed(measures)) {
      sql.measure.run(row.agentId, row.bucket, row.measure, row.origin, row.listId, row.value);
    }
    measures = [];
  }

  function write(index: number): void {
    const chance = chanceOf(mixed(seed, index, 20));
    // Some are spoken to far more often than others; which ones is spread over the book.
    const place = Math.floor(chance.next() ** 1.3 * customers);
    const customer = (place * 7919 + 13) % customers;
    const at = since + Math.floor(((index + chance.next()) / contacts) * (until - since));
    const kind = weighted(chance, KINDS);
    const owner = customerId(since, customer);
    const agent = agents[chance.below(agents.length)] ?? '';
    const id = factId(at, 'contact', index);
    const direction = kind === 'note' ? null : chance.one(0.5) ? 'inbound' : 'outbound';
    const missed = kind === 'call' && direction === 'inbound' && chance.one(0.05);
    const unanswered = kind === 'call' && direction === 'outbound' && chance.one(0.15);
    const outcome =
      missed || kind !== 'call'
        ? null
        : unanswered
          ? chance.one(0.5)
            ? 'noAnswer'
            : 'voicemail'
          : 'reached';
    const talked = !missed && !unanswered;
    const note = talked && chance.one(0.8) ? noteOf(chance) : null;
    const subject = SUBJECTS[kind] === undefined ? null : `${SUBJECTS[kind]} ${20_000_000 + index}`;
    const matter = talked ? matterOf(seed, customer) : null;
    const matterId = matter && chance.one(0.5) ? factId(since, 'matter', customer) : null;
    if (matter && matterId !== null && !opened[customer]) {
      opened[customer] = 1;
      const closedAt = matter.closed ? Math.min(until, at + 20 * DAY) : null;
      sql.matter.run(matterId, owner, matter.title, at, closedAt, agent, id, ORIGIN);
    }
    const callId = kind === 'call' ? factId(at, 'call', index) : null;
    const expectation =
      talked && chance.one(0.2)
        ? chance.one(0.6)
          ? 'met'
          : chance.one(0.5)
            ? 'exceeded'
            : 'missed'
        : null;
    sql.contact.run(
      ...[
        index + 1,
        id,
        owner,
        kind,
        direction,
        at,
        subject,
        note,
        outcome,
        expectation,
        agent,
        callId,
        matterId,
      ],
    );
    if (note !== null || subject !== null) {
      const terms = contactTerms(subject, note);
      if (terms !== '') sql.search.run(index + 1, terms);
    }
    if (callId !== null && direction !== null) {
      writeCall({
        index,
        callId,
        id,
        owner,
        customer,
        agent,
        direction,
        at,
        talked,
        missed,
        matterId,
      });
    }
    const felt = talked && kind !== 'note' && chance.one(0.45) ? weighted(chance, FELT) : null;
    const intensity = chance.one(0.5) ? 0.75 : chance.one(0.5) ? 1 : 0.5;
    if (felt !== null) {
      sql.feeling.run(
        factId(at, 'feeling', index),
        id,
        owner,
        'end',
        felt,
        intensity,
        at,
        agent,
        callId,
        matterId,
      );
      if (chance.one(0.1)) {
        const peak = weighted(chance, FELT);
        sql.feeling.run(
          factId(at, 'peak', index),
          id,
          owner,
          'peak',
          peak,
          0.75,
          at,
          agent,
          callId,
          matterId,
        );
      }
    }
    // A note is no contact, and neither is a call that nobody took up.
    summaries.contact(customer, {
      index,
      at,
      counts: kind !== 'note' && talked,
      felt:
        felt === null
          ? null
          : {
              emotion: felt,
              intensity,
              value: feelingValue({ emotion: felt, intensity, sign: 1 }),
            },
      inMatter: matterId !== null,
      matterClosed: matter?.closed ?? false,
    });
    if (talked) writeFollowing(chance, { index, id, owner, customer, agent, at, callId, matterId });
  }

  function writeCall(call: {
    index: number;
    callId: string;
    id: string;
    owner: string;
    customer: number;
    agent: string;
    direction: 'inbound' | 'outbound';
    at: number;
    talked: boolean;
    missed: boolean;
    matterId: string | null;
  }): void {
    const { index, callId, id, owner, customer, agent, direction, at, talked, missed } = call;
    const length = mixed(seed, index, 21);
    const ringMs = 2_000 + (length % 18_000);
    const talkMs = talked ? 20_000 + (length % 600_000) : 0;
    const answeredAt = talked ? at + ringMs : null;
    const endedAt = at + ringMs + talkMs;
    const number = ownNumberOf(seed, customer);
    const cause = missed ? 'missed' : talked ? 'completed' : 'noAnswer';
    // Missed calls of long ago have been returned.
    const returnedAt = missed && endedAt < until - 3 * DAY ? endedAt + 90 * MINUTE : null;
    sql.call.run(
      ...[
        index + 1,
        callId,
        id,
        owner,
        agent,
        direction,
        `sip:${number}@pbx.example`,
        number,
        number,
        number,
      ],
      ...[
        at,
        answeredAt,
        endedAt,
        ringMs,
        talkMs,
        cause,
        missed ? 1 : 0,
        returnedAt,
        endedAt,
        call.matterId,
      ],
    );
    const begins = Math.floor(at / (15 * MINUTE));
    if (begins !== bucket) {
      flushMeasures();
      bucket = begins;
    }
    measures.push(
      ...measuresOfContact([
        {
          ...{ agentId: agent, listId: null, origin: ORIGIN, legKind: 'customer', direction },
          ...{ internal: false, missed, startedAt: at, answeredAt, endedAt, talkMs, holdMs: 0 },
        },
      ]),
    );
  }

  function writeFollowing(
    chance: Chance,
    from: {
      index: number;
      id: string;
      owner: string;
      customer: number;
      agent: string;
      at: number;
      callId: string | null;
      matterId: string | null;
    },
  ): void {
    const { index, id, owner, customer, agent, at, callId, matterId } = from;
    const common = [owner, id, callId, matterId, agent];
    if (chance.one(0.08)) {
      const dueAt = at + (1 + chance.below(14)) * DAY;
      // What was due long ago has been kept; of the rest some wait, and some are late.
      const open = dueAt > until - 6 * DAY && chance.one(dueAt > until ? 0.9 : 0.3);
      const settledAt = open ? null : Math.min(until, dueAt - chance.below(DAY));
      const state = open ? 'open' : chance.one(0.95) ? 'kept' : 'cancelled';
      sql.promise.run(
        ...[
          factId(at, 'promise', index),
          ...common,
          agent,
          chance.pick(PROMISES),
          at,
          dueAt,
          dueAt,
          state,
          settledAt,
        ],
        settledAt === null ? null : agent,
      );
      if (open) summaries.openPromise(customer, dueAt);
    }
    if (chance.one(0.03)) {
      const answeredAt = chance.one(0.9) ? Math.min(until, at + 2 * DAY) : null;
      sql.question.run(
        factId(at, 'question', index),
        ...common,
        chance.pick(QUESTIONS),
        at,
        answeredAt,
      );
    }
    if (chance.one(0.03)) {
      const fate = chance.next();
      const decided = at + (2 + chance.below(40)) * DAY;
      const state = decided > until || fate < 0.1 ? 'open' : fate < 0.6 ? 'won' : 'lost';
      const decidedAt = state === 'open' ? null : decided;
      const valueCents = (500 + chance.below(40_000)) * 100;
      const lostReason = state === 'lost' ? 'Preis' : null;
      sql.deal.run(
        ...[
          factId(at, 'deal', index),
          ...common,
          decidedAt === null ? null : agent,
          chance.pick(PRODUCTS),
          state,
        ],
        ...[valueCents, at, decidedAt, lostReason],
      );
      measures.push(
        ...measuresOfDeal({
          agentId: agent,
          listId: null,
          origin: ORIGIN,
          state,
          valueCents,
          decidedAt,
          cancelledAt: null,
        }),
      );
    }
  }

  return { write, finish: flushMeasures };
}

function statementsOf(database: Database) {
  return {
    contact: database.prepare(
      `INSERT INTO contacts (row, id, customer_id, kind, direction, at, zone, subject, note, outcome, expectation,
         agent_id, call_id, matter_id, origin)
       VALUES (?, ?, ?, ?, ?, ?, 'Europe/Berlin', ?, ?, ?, ?, ?, ?, ?, '${ORIGIN}')`,
    ),
    search: database.prepare('INSERT INTO contact_search (rowid, terms) VALUES (?, ?)'),
    call: database.prepare(
      `INSERT INTO calls (row, call_id, contact_id, customer_id, agent_id, direction, remote_uri, remote_number,
         remote_anonymous, e164, number_key, internal, zone, started_at, answered_at, ended_at, ring_ms, talk_ms,
         cause, ended_by, last_seq, missed, returned_at, last_event_at, matter_id, origin)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, 0, 'Europe/Berlin', ?, ?, ?, ?, ?, ?, 'customer', 3, ?, ?, ?, ?,
         '${ORIGIN}')`,
    ),
    feeling: database.prepare(
      `INSERT INTO feelings (id, contact_id, customer_id, part, emotion, intensity, at, agent_id, call_id, matter_id,
         origin) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '${ORIGIN}')`,
    ),
    promise: database.prepare(
      `INSERT INTO promises (id, customer_id, contact_id, call_id, matter_id, agent_id, owner_id, text, made_at, due_at,
         first_due_at, state, settled_at, settled_by, origin)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '${ORIGIN}')`,
    ),
    question: database.prepare(
      `INSERT INTO questions (id, customer_id, contact_id, call_id, matter_id, agent_id, text, asked_at, answered_at,
         origin) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '${ORIGIN}')`,
    ),
    deal: database.prepare(
      `INSERT INTO deals (id, customer_id, contact_id, call_id, matter_id, agent_id, decided_by, title, state,
         value_cents, currency, created_at, decided_at, lost_reason, origin)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'EUR', ?, ?, ?, '${ORIGIN}')`,
    ),
    matter: database.prepare(
      `INSERT INTO matters (id, customer_id, title, opened_at, closed_at, agent_id, contact_id, origin)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    measure: database.prepare(
      `INSERT INTO kpi_measures (agent_id, bucket, measure, origin, list_id, value) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET value = value + excluded.value`,
    ),
  };
}
