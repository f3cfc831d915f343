import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isEmptyDraft, wrapUpProblemsOf } from '../../../main/core/wrap-ups/wrap-up-problems.ts';
import { wrapUpDraft } from '../../../preload/contract/wrap-ups.ts';
import {
  aHandledCall,
  anInboundCall,
  anOutboundCall,
  completed,
  givenUp,
  unanswered,
} from '../support/call-events.ts';
import { aCore, type DeskClient, MORNING, type TestCore } from '../support/test-core.ts';

const anyAgent = () => true;

describe('what a wrap-up lacks', () => {
  test('an outcome is all that it must have', () => {
    expect(wrapUpProblemsOf(wrapUpDraft.parse({}), anyAgent)).toEqual(['outcomeMissing']);
    expect(wrapUpProblemsOf(wrapUpDraft.parse({ outcome: 'reached' }), anyAgent)).toEqual([]);
  });

  test('a won deal needs a value, an open or lost one does not', () => {
    const withDeal = (state: string) =>
      wrapUpProblemsOf(
        wrapUpDraft.parse({
          outcome: 'reached',
          deal: { state, valueCents: null, title: null, lostReason: null },
        }),
        anyAgent,
      );
    expect(withDeal('won')).toEqual(['dealValueMissing']);
    expect(withDeal('lost')).toEqual([]);
    expect(withDeal('open')).toEqual([]);
  });

  test('whom the call belongs to is no entry of the agent', () => {
    expect(isEmptyDraft(wrapUpDraft.parse({ note: '  ' }))).toBe(true);
    expect(isEmptyDraft(wrapUpDraft.parse({ end: 'unknown' }))).toBe(false);
    expect(isEmptyDraft(wrapUpDraft.parse({ note: 'x' }))).toBe(false);
  });
});

describe('over the contract', () => {
  let core: TestCore;
  let client: DeskClient;
  beforeEach(async () => {
    core = await aCore();
    client = (await core.open()).client;
  });
  afterEach(() => core.stop());

  async function aCustomer() {
    return client.customers.create({ name: 'Anna Beispiel', numbers: ['+493023125042'] });
  }
  const newest = async (customerId: string) =>
    (await client.customers.timeline({ customerId })).entries[0];

  test('an attempt that nobody answered leaves no wrap-up, and its contact says so', async () => {
    const customer = await aCustomer();
    const call = anOutboundCall(MORNING, { customerId: customer.id });
    await client.calls.append({ events: call.events });
    expect(await client.wrapUps.open({})).toHaveLength(1);
    call.next(20_000, unanswered);
    await client.calls.append({ events: call.events });
    expect(await client.wrapUps.open({})).toEqual([]);
    expect(await newest(customer.id)).toMatchObject({
      outcome: 'noAnswer',
      call: { answered: false },
    });
  });

  test('with a note it waits, for the note is the agent’s', async () => {
    const call = anOutboundCall(MORNING);
    await client.calls.append({ events: call.events });
    const [open] = await client.wrapUps.open({});
    const draft = wrapUpDraft.parse({ note: 'Besetzt, später noch einmal' });
    await client.wrapUps.saveDraft({ wrapUpId: open?.wrapUpId ?? '', revision: 0, draft });
    call.next(20_000, unanswered);
    await client.calls.append({ events: call.events });
    expect(await client.wrapUps.open({})).toHaveLength(1);
  });

  test('"don’t know" is no neutral feeling, and a peak needs no end', async () => {
    const customer = await aCustomer();
    const first = await aHandledCall(client, MORNING, 30_000);
    await client.wrapUps.save({
      wrapUpId: first.wrapUp.wrapUpId,
      result: wrapUpDraft.parse({
        outcome: 'reached',
        end: 'unknown',
        peak: { emotion: 'surprise', intensity: 1, sign: -1 },
      }),
    });
    expect(await newest(customer.id)).toMatchObject({
      end: null,
      peak: { emotion: 'surprise', intensity: 1, sign: -1 },
    });
  });

  test('a deal is opened in one call and decided in a later one: one deal, counted once', async () => {
    const customer = await aCustomer();
    const deal = (state: 'open' | 'won', valueCents: number | null) =>
      wrapUpDraft.parse({
        outcome: 'reached',
        deal: { state, valueCents, title: null, lostReason: null },
      });
    const first = await aHandledCall(client, MORNING, 30_000);
    await client.wrapUps.save({ wrapUpId: first.wrapUp.wrapUpId, result: deal('open', 10_000) });
    const second = await aHandledCall(client, MORNING + 600_000, 30_000);
    await client.wrapUps.save({ wrapUpId: second.wrapUp.wrapUpId, result: deal('won', 12_000) });
    const { deals } = await client.customers.story({ customerId: customer.id });
    expect(deals).toHaveLength(1);
    expect(deals[0]).toMatchObject({ state: 'won', valueCents: 12_000 });
    const figures = (await client.kpi.day({})).figures;
    expect(figures.find(({ kpi }) => kpi === 'revenue')).toMatchObject({ value: 12_000, n: 1 });
  });

  test('a matter is opened, closed with what was asked in it, and is no other customer’s', async () => {
    const customer = await aCustomer();
    const first = await aHandledCall(client, MORNING, 30_000);
    await client.wrapUps.save({
      wrapUpId: first.wrapUp.wrapUpId,
      result: wrapUpDraft.parse({
        outcome: 'reached',
        openQuestion: 'Wann kommt der Wagen?',
        matter: { id: null, title: 'Lieferung', closed: false },
      }),
    });
    const [matter] = (await client.customers.story({ customerId: customer.id })).matters;
    expect(matter).toMatchObject({ title: 'Lieferung', closedAt: null });
    const id = matter?.id ?? null;
    const stranger = await aHandledCall(client, MORNING + 60_000, 30_000, {
      number: '+493023125099',
    });
    const closing = wrapUpDraft.parse({
      outcome: 'reached',
      matter: { id, title: null, closed: true },
    });
    await expect(
      client.wrapUps.save({ wrapUpId: stranger.wrapUp.wrapUpId, result: closing }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND', data: { what: 'matter' } });
    const second = await aHandledCall(client, MORNING + 120_000, 30_000);
    await client.wrapUps.save({ wrapUpId: second.wrapUp.wrapUpId, result: closing });
    const after = await client.customers.story({ customerId: customer.id });
    expect(after.matters[0]?.closedAt).not.toBeNull();
    expect(after.contacts.every((contact) => contact.openQuestion === null)).toBe(true);
  });

  test('the wrap-up may say whose call it was, with everything that came from it', async () => {
    const customer = await client.customers.create({ name: 'Bernd Muster' });
    const { wrapUp } = await aHandledCall(client, MORNING, 30_000);
    const result = wrapUpDraft.parse({
      outcome: 'reached',
      customerId: customer.id,
      end: { emotion: 'joy', intensity: 1 },
    });
    await client.wrapUps.save({ wrapUpId: wrapUp.wrapUpId, result });
    expect(await newest(customer.id)).toMatchObject({ end: { emotion: 'joy' } });
    expect((await client.customers.search({ query: 'Muster' }))[0]).toMatchObject({
      lastFeeling: 'joy',
    });
  });

  test('saving again is harmless, saving something else is refused', async () => {
    const { wrapUp } = await aHandledCall(client, MORNING, 30_000);
    const input = { wrapUpId: wrapUp.wrapUpId, result: wrapUpDraft.parse({ outcome: 'reached' }) };
    const first = await client.wrapUps.save(input);
    expect(await client.wrapUps.save(input)).toEqual(first);
    await expect(
      client.wrapUps.save({ ...input, result: wrapUpDraft.parse({ outcome: 'callback' }) }),
    ).rejects.toMatchObject({ code: 'STALE' });
  });

  test('who was only talked to by a machine is still to be called back', async () => {
    await client.calls.append({ events: anInboundCall(MORNING).next(20_000, givenUp).events });
    const back = anOutboundCall(MORNING + 60_000)
      .next(9_000, { type: 'answered' })
      .next(9_000, completed);
    await client.calls.append({ events: back.events });
    expect(await client.calls.missed({})).toEqual([]);
    const [open] = await client.wrapUps.open({});
    const result = wrapUpDraft.parse({ outcome: 'voicemail' });
    await client.wrapUps.save({ wrapUpId: open?.wrapUpId ?? '', result });
    expect(await client.calls.missed({})).toHaveLength(1);
  });
});
