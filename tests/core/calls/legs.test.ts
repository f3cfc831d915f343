// One contact of several legs, through the contract: consultation, transfer, and a call that is taken
// over by another.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../../main/core/ids.ts';
import type { KpiId } from '../../../preload/contract/kpi-catalogue.ts';
import { wrapUpDraft } from '../../../preload/contract/wrap-ups.ts';
import {
  anInboundCall,
  anOutboundCall,
  type CallLog,
  completed,
  unanswered,
} from '../support/call-events.ts';
import { rawDatabaseIn } from '../support/table-digest.ts';
import { aCore, type DeskClient, MORNING, type TestCore } from '../support/test-core.ts';
import { contactsOf } from '../support/contacts-of.ts';

const MINUTE = 60_000;
const COLLEAGUE = '23';
const CUSTOMER = '+493023125042';

let core: TestCore;
let client: DeskClient;
let customerId: string;
beforeEach(async () => {
  core = await aCore();
  ({ client } = await core.open());
  customerId = (await client.customers.create({ name: 'Anna', numbers: [CUSTOMER] })).id;
});
afterEach(async () => {
  // Whatever happened, counting again comes out equal.
  expect(await client.kpi.rebuild({})).toMatchObject({ differing: 0 });
  await core.stop();
});

const tell = (...calls: CallLog[]) =>
  client.calls.append({ events: calls.flatMap(({ events }) => events) });

async function figure(kpi: KpiId): Promise<number | null> {
  const { figures } = await client.kpi.day({});
  return figures.find((one) => one.kpi === kpi)?.value ?? null;
}

function consultMs(): number {
  const raw = rawDatabaseIn(core.folder);
  const row = raw
    .prepare(`SELECT sum(value) AS ms FROM kpi_measures WHERE measure = 'consultMs'`)
    .get() as { ms: number | null };
  raw.close();
  return row.ms ?? 0;
}

/** A minute with the customer, hold, and a consultation of 30 s that is still going on. */
async function consulting(): Promise<{ customer: CallLog; colleague: CallLog }> {
  const customer = anInboundCall(MORNING, { queue: 'Reklamation' })
    .next(5_000, { type: 'answered' })
    .next(MINUTE, { type: 'held', by: 'agent' });
  await tell(customer);
  const colleague = anOutboundCall(MORNING + 66_000, {
    number: COLLEAGUE,
    legOfCallId: customer.callId,
  }).next(4_000, { type: 'answered' });
  await tell(colleague);
  return { customer, colleague };
}

describe('a consultation', () => {
  test('and an attended transfer are one contact, one wrap-up and one call handled', async () => {
    const { customer, colleague } = await consulting();
    const leg = await client.calls.get({ callId: colleague.callId });
    const first = await client.calls.get({ callId: customer.callId });
    expect(leg).toMatchObject({
      ...{ contactId: first.contactId, customerId, legOfCallId: customer.callId },
      ...{ legKind: 'consultation', queue: null },
    });
    expect(first).toMatchObject({ legOfCallId: null, legKind: 'customer', queue: 'Reklamation' });

    customer.next(35_000, {
      ...{ type: 'transferAsked', kind: 'attended', target: COLLEAGUE },
      withCallId: colleague.callId,
    });
    await tell(customer);
    expect((await client.calls.get({ callId: customer.callId })).transfer).toEqual({
      ...{ kind: 'attended', target: COLLEAGUE, state: 'asked', sipCode: null },
    });
    customer.next(2_000, { type: 'transferDone' }).next(1_000, completed);
    colleague.next(33_000, completed);
    await tell(customer, colleague);

    const wrapUps = await client.wrapUps.open({});
    expect(wrapUps.map(({ call }) => call.callId)).toEqual([customer.callId]);
    expect(await figure('handled')).toBe(1);
    expect(await figure('talkTime')).toBe(MINUTE);
    expect(await figure('handlingTime')).toBe(MINUTE + 38_000);
    expect(consultMs()).toBe(33_000);

    const [entry] = contactsOf((await client.customers.timeline({ customerId })).entries);
    const [shown] = (await client.customers.story({ customerId })).contacts;
    expect(shown).toEqual(entry);
    expect(entry?.call).toMatchObject({
      ...{ callId: customer.callId, talkMs: MINUTE, holdMs: 38_000 },
      transfer: { kind: 'attended', target: COLLEAGUE, state: 'done', sipCode: null },
      legs: [
        {
          ...{ callId: colleague.callId, kind: 'consultation', direction: 'outbound' },
          ...{ answered: true, talkMs: 33_000, holdMs: 0, cause: 'completed' },
          remote: { number: COLLEAGUE },
        },
      ],
    });
    const { entries } = await client.customers.timeline({ customerId });
    expect(entries).toHaveLength(1);
  });

  test('that nobody answers leaves the contact’s wrap-up and result alone', async () => {
    const customer = anInboundCall(MORNING)
      .next(5_000, { type: 'answered' })
      .next(MINUTE, { type: 'held', by: 'agent' });
    await tell(customer);
    const [before] = await client.wrapUps.open({});
    const colleague = anOutboundCall(MORNING + 66_000, {
      number: COLLEAGUE,
      legOfCallId: customer.callId,
    }).next(20_000, unanswered);
    await tell(colleague);
    expect(await client.wrapUps.open({})).toEqual([before]);
    await tell(customer.next(30_000, { type: 'resumed', by: 'agent' }).next(MINUTE, completed));
    const [wrapUp] = await client.wrapUps.open({});
    const result = wrapUpDraft.parse({ outcome: 'reached' });
    await client.wrapUps.save({ wrapUpId: wrapUp?.wrapUpId ?? '', result });
    const [entry] = contactsOf((await client.customers.timeline({ customerId })).entries);
    expect(entry).toMatchObject({ outcome: 'reached', call: { talkMs: 2 * MINUTE } });
    expect(await figure('handled')).toBe(1);
    expect(consultMs()).toBe(0);
  });

  test('returns no missed call, teaches no number, and moves with its contact', async () => {
    const missed = anInboundCall(MORNING - MINUTE).next(20_000, {
      ...{ type: 'ended', cause: 'missed', sipCode: 487, by: 'customer' },
    });
    await tell(missed);
    const { customer, colleague } = await consulting();
    // The customer's own call returned it; now it is missed once more, and only a colleague is called.
    const again = anInboundCall(MORNING + 70_000).next(1_000, {
      ...{ type: 'ended', cause: 'busy', sipCode: 486, by: 'system' },
    });
    await tell(again);
    const later = anOutboundCall(MORNING + 80_000, {
      number: COLLEAGUE,
      legOfCallId: customer.callId,
    }).next(1_000, { type: 'answered' });
    await tell(later);
    expect((await client.calls.missed({})).map(({ callId }) => callId)).toEqual([again.callId]);

    const other = await client.customers.create({ name: 'Bernd' });
    const choice = { callId: colleague.callId, customerId: other.id, confirm: true };
    await client.calls.assignCustomer(choice);
    for (const { callId } of [customer, colleague, later])
      expect((await client.calls.get({ callId })).customerId).toBe(other.id);
    const { customer: bernd } = await client.customers.story({ customerId: other.id });
    expect(bernd.numbers).toEqual([]);
  });

  test('in a crash ends with the customer’s call, as far as core vouched for both', async () => {
    const { customer, colleague } = await consulting();
    core.clock.advance(100_000);
    const folder = core.folder;
    await core.core.stop();
    core = await aCore({ folder, at: MORNING + 3_600_000 });
    ({ client } = await core.open());
    const ends = await Promise.all(
      [customer, colleague].map(({ callId }) => client.calls.get({ callId })),
    );
    expect(ends.map(({ cause, endedAt }) => [cause, endedAt])).toEqual([
      ['interrupted', MORNING + 100_000],
      ['interrupted', MORNING + 100_000],
    ]);
    expect(await client.wrapUps.open({})).toHaveLength(1);
  });
});

describe('a transfer that fails', () => {
  test('says why, and the contact goes on', async () => {
    const customer = anInboundCall(MORNING)
      .next(5_000, { type: 'answered' })
      .next(MINUTE, { type: 'held', by: 'agent' })
      .next(0, { type: 'transferAsked', kind: 'blind', target: '+491701', withCallId: null })
      .next(9_000, { type: 'transferFailed', sipCode: 486 })
      .next(1_000, { type: 'resumed', by: 'agent' })
      .next(MINUTE, completed);
    await tell(customer);
    expect(await client.calls.get({ callId: customer.callId })).toMatchObject({
      ...{ talkMs: 2 * MINUTE, holdMs: 10_000 },
      transfer: { kind: 'blind', target: '+491701', state: 'failed', sipCode: 486 },
    });
    expect(await figure('handled')).toBe(1);
  });
});

describe('a call that is taken over by another', () => {
  test('goes on in the same contact; the customer who takes over makes it theirs', async () => {
    // A colleague asks, then joins the customer: for the desk that is an INVITE with Replaces.
    const asked = anInboundCall(MORNING, { number: COLLEAGUE }).next(2_000, { type: 'answered' });
    await tell(asked);
    const takenOver = anInboundCall(MORNING + MINUTE, { legOfCallId: asked.callId });
    const { context } = await tell(takenOver);
    expect(context?.story?.customer.id).toBe(customerId);
    takenOver.next(100, { type: 'answered' });
    await tell(takenOver, asked.next(58_500, completed));
    const during = await client.wrapUps.open({});
    expect(during.map(({ call }) => call.callId)).toEqual([takenOver.callId]);
    await tell(takenOver.next(3 * MINUTE, completed));

    const [first, second] = await Promise.all(
      [asked, takenOver].map(({ callId }) => client.calls.get({ callId })),
    );
    expect(second).toMatchObject({
      ...{ contactId: first?.contactId, customerId, legKind: 'customer', internal: false },
    });
    expect(first).toMatchObject({ customerId, internal: true });
    expect(await figure('handled')).toBe(1);
    expect(await figure('talkTime')).toBe(3 * MINUTE);
    const { entries } = await client.customers.timeline({ customerId });
    expect(entries).toHaveLength(1);
    expect(contactsOf(entries)[0]?.call?.legs).toMatchObject([
      { callId: takenOver.callId, kind: 'customer' },
    ]);
  });

  test('of customer legs both talk and hold are summed, and the contact is handled once', async () => {
    const first = anInboundCall(MORNING).next(1_000, { type: 'answered' }).next(MINUTE, completed);
    const second = anInboundCall(MORNING + MINUTE, {
      ...{ number: '+493023125099', legOfCallId: first.callId },
    })
      .next(0, { type: 'answered' })
      .next(2 * MINUTE, completed);
    await tell(first, second);
    expect(await figure('handled')).toBe(1);
    expect(await figure('talkTime')).toBe(3 * MINUTE);
    const { entries } = await client.customers.timeline({ customerId });
    expect(contactsOf(entries)[0]?.call).toMatchObject({
      talkMs: 3 * MINUTE,
      legs: [{ kind: 'customer' }],
    });
  });

  test('a leg of a call that core does not know begins a contact of its own', async () => {
    const call = anOutboundCall(MORNING, { number: CUSTOMER, legOfCallId: newId() });
    await tell(call.next(1_000, { type: 'answered' }).next(MINUTE, completed));
    expect(await client.calls.get({ callId: call.callId })).toMatchObject({
      ...{ legOfCallId: null, legKind: 'customer', customerId },
    });
    expect(await figure('handled')).toBe(1);
  });

  test('a call to whom the other side referred us is talk with the customer’s side', async () => {
    const customer = anInboundCall(MORNING).next(1_000, { type: 'answered' });
    const referred = anOutboundCall(MORNING + MINUTE, {
      ...{ number: '+493023125099', legOfCallId: customer.callId, legKind: 'customer' },
    }).next(2_000, { type: 'answered' });
    await tell(customer, referred);
    await tell(customer.next(MINUTE, completed), referred.next(2 * MINUTE, completed));
    expect((await client.calls.get({ callId: referred.callId })).legKind).toBe('customer');
    expect([await figure('handled'), await figure('talkTime')]).toEqual([1, 3 * MINUTE]);
    expect(consultMs()).toBe(0);
  });
});
