// Takes calls and writes their results down, without end; what was acknowledged is kept here.
import type Sqlite from 'better-sqlite3';
import type { Random } from '../../../main/core/sample/random.ts';
import { type CallEvent, callEvent } from '../../../preload/contract/calls.ts';
import type { Customer } from '../../../preload/contract/customers.ts';
import { type WrapUpDraft, wrapUpDraft } from '../../../preload/contract/wrap-ups.ts';
import { anInboundCall, completed } from '../support/call-events.ts';
import type { DeskClient } from '../support/test-core.ts';
import type { Driver } from './driver.ts';

const CUSTOMERS = 6;

interface WrapUpRow {
  contact_id: string;
  customer_id: string | null;
  state: 'open' | 'saved';
  draft_json: string;
  outcome: string | null;
  note: string | null;
}

export function wrapUpDriver(random: Random): Driver {
  const customers: Customer[] = [];
  const events = new Map<string, CallEvent[]>();
  const drafts = new Map<string, { revision: number; draft: WrapUpDraft }>();
  const saved = new Map<string, WrapUpDraft>();
  let number = 0;
  let myself: string | null = null;

  async function append(client: DeskClient, some: readonly CallEvent[]): Promise<void> {
    await client.calls.append({ events: [...some] });
    for (const event of some)
      events.set(event.callId, [...(events.get(event.callId) ?? []), event]);
  }

  function aResult(customerId: string, ownerId: string, words: string): WrapUpDraft {
    return wrapUpDraft.parse({
      ...{ customerId, outcome: 'reached', note: `Notiz ${words}` },
      end: random.pick([{ emotion: 'joy', intensity: 1 }, 'unknown', null]),
      peak: random.pick([{ emotion: 'anger', intensity: 0.5 }, null]),
      promise: random.pick([
        null,
        { text: `Schickt ${words}`, dueAt: Date.now() + 86_400_000, ownerId },
      ]),
      deal: random.pick([
        null,
        { state: 'won', valueCents: 10_000, title: `Kauf ${words}`, lostReason: null },
        // An open one would be decided by the next call.
        { state: 'lost', valueCents: 5_000, title: `Angebot ${words}`, lostReason: words },
      ]),
      openQuestion: random.pick([null, `Wann ${words}?`]),
      matter: random.pick([null, { id: null, title: `Sache ${words}`, closed: false }]),
    });
  }

  async function aCall(client: DeskClient, customer: Customer): Promise<void> {
    number += 1;
    const log = anInboundCall(Date.now() - 30_000, {
      ...{ origin: 'real', number: customer.numbers[0]?.e164 ?? null },
    });
    await append(client, log.events);
    log.next(2_000, { type: 'answered' });
    await append(client, log.events.slice(-1));
    log.next(5_000, { type: 'held', by: 'agent' }).next(3_000, { type: 'resumed', by: 'agent' });
    await append(client, log.events.slice(-2));
    log.next(9_000, completed);
    await append(client, log.events.slice(-1));
    const open = (await client.wrapUps.open({})).find(({ call }) => call.callId === log.callId);
    if (!open) throw new Error('an answered call without a wrap-up');
    const { wrapUpId } = open;
    myself ??= (await client.agents.list({})).find(({ me }) => me)?.id ?? null;
    const result = aResult(customer.id, myself ?? '', String(number));
    const typed = wrapUpDraft.parse({ ...result, note: result.note.slice(0, 4) });
    const { revision } = await client.wrapUps.saveDraft({
      ...{ wrapUpId, revision: open.revision, draft: typed },
    });
    drafts.set(wrapUpId, { revision, draft: typed });
    if (random.chance(0.1)) return;
    await client.wrapUps.save({ wrapUpId, result });
    saved.set(wrapUpId, result);
  }

  return {
    name: 'wrap-ups',
    acknowledged: () =>
      drafts.size + saved.size + [...events.values()].reduce((sum, some) => sum + some.length, 0),

    async work(client) {
      while (customers.length < CUSTOMERS) {
        const at = customers.length;
        customers.push(
          await client.customers.create({
            ...{ name: `Anruferin ${at}`, numbers: [`+49 89 ${3_000_000 + at}`] },
          }),
        );
      }
      for (;;) await aCall(client, random.pick(customers));
    },

    faults(raw) {
      const faults: string[] = [];
      const there = raw.prepare('SELECT 1 FROM customers WHERE id = ?');
      for (const { id, name } of customers) if (!there.get(id)) faults.push(`${name} is gone`);
      const stored = raw.prepare(
        'SELECT event_json FROM call_events WHERE call_id = ? AND seq = ?',
      );
      for (const event of [...events.values()].flat()) {
        const json = stored.pluck().get(event.callId, event.seq);
        if (json !== JSON.stringify(callEvent.parse(event)))
          faults.push(`event ${event.seq} of ${event.callId}: ${String(json)}`);
      }
      const draftOf = raw.prepare('SELECT state, revision, draft_json FROM wrap_ups WHERE id = ?');
      for (const [id, { revision, draft }] of drafts) {
        const row = draftOf.get(id) as
          | { state: string; revision: number; draft_json: string }
          | undefined;
        const kept =
          row?.state === 'saved' ||
          (row?.revision === revision && row.draft_json === JSON.stringify(draft));
        if (!kept) faults.push(`the draft ${id} is gone`);
      }
      for (const [id, result] of saved) {
        const row = draftOf.get(id) as { state: string; draft_json: string } | undefined;
        if (row?.state !== 'saved' || row.draft_json !== JSON.stringify(result))
          faults.push(`the wrap-up ${id} is ${row?.state ?? 'gone'}`);
      }
      return [...faults, ...halfWrapUps(raw), ...halfCalls(raw)];
    },
  };
}

/** Wrap-ups of which some of what follows is there and some is not, whoever made them. */
function halfWrapUps(raw: Sqlite.Database): string[] {
  const rows = raw
    .prepare(
      `SELECT w.contact_id, c.customer_id, w.state, w.draft_json, c.outcome, c.note
       FROM wrap_ups w JOIN contacts c ON c.id = w.contact_id`,
    )
    .all() as WrapUpRow[];
  const counts = ['feelings', 'promises', 'questions', 'deals', 'matters'].map((table) => ({
    table,
    count: raw
      .prepare(`SELECT count(*) FROM ${table} WHERE contact_id = ? AND customer_id IS ?`)
      .pluck(),
  }));
  return rows.flatMap((row) => {
    const draft = wrapUpDraft.parse(JSON.parse(row.draft_json));
    const isSaved = row.state === 'saved';
    const felt = draft.end !== null && draft.end !== 'unknown' ? 1 : 0;
    const wanted: Record<string, number> = {
      feelings: felt + Number(draft.peak !== null),
      promises: Number(draft.promise !== null),
      questions: Number(draft.openQuestion !== null),
      deals: Number(draft.deal !== null),
      matters: Number(draft.matter !== null),
    };
    const faults = counts.flatMap(({ table, count }) => {
      const found = Number(count.get(row.contact_id, row.customer_id));
      const right = isSaved ? (wanted[table] ?? 0) : 0;
      return found === right ? [] : [`${row.state} wrap-up with ${found} ${table} of ${right}`];
    });
    if (isSaved && (row.outcome !== draft.outcome || row.note !== draft.note))
      faults.push(`saved wrap-up over the contact ${row.outcome} “${row.note}”`);
    if (!isSaved && row.note !== null) faults.push('open wrap-up whose note is written');
    return faults;
  });
}

/** Calls whose events, contact, wrap-up and message to other programs do not fit together. */
function halfCalls(raw: Sqlite.Database): string[] {
  const checks = {
    'calls with a gap in their events': `SELECT count(*) FROM calls l WHERE l.last_seq + 1 <>
      (SELECT count(*) FROM call_events e WHERE e.call_id = l.call_id)`,
    'events of no call': `SELECT count(*) FROM call_events e WHERE NOT EXISTS
      (SELECT 1 FROM calls l WHERE l.call_id = e.call_id)`,
    'calls that still go on': 'SELECT count(*) FROM calls WHERE ended_at IS NULL',
    'answered calls without a wrap-up': `SELECT count(*) FROM calls l WHERE l.answered_at IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM wrap_ups w WHERE w.call_id = l.call_id)`,
    'calls of another customer than their contact': `SELECT count(*) FROM calls l
      JOIN contacts c ON c.id = l.contact_id WHERE l.customer_id IS NOT c.customer_id`,
    'ended calls that the outbox does not hold': `SELECT count(*) FROM calls l WHERE l.ended_at IS NOT NULL
      AND l.origin = 'real' AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.fact_id = l.call_id)`,
  };
  return Object.entries(checks).flatMap(([what, sql]) => {
    const count = Number(raw.prepare(sql).pluck().get());
    return count === 0 ? [] : [`${count} ${what}`];
  });
}
