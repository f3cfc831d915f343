// Who is calling: what an agent's choice teaches and how it is taken back, and a company's range.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { anInboundCall } from '../support/call-events.ts';
import { aCore, type DeskClient, MORNING, type TestCore } from '../support/test-core.ts';

let core: TestCore;
let client: DeskClient;

beforeEach(async () => {
  core = await aCore();
  client = (await core.open()).client;
});
afterEach(() => core.stop());

const contextOf = (number: string) => client.customers.contextOf({ number });

async function ringsFrom(number: string) {
  const log = anInboundCall(MORNING, { number });
  const { context } = await client.calls.append({ events: log.events });
  return { callId: log.callId, context };
}

describe('a choice that was learnt', () => {
  test('is taken back with the number that it had added', async () => {
    const { id } = await client.customers.create({ name: 'Anna Müller' });
    const { callId } = await ringsFrom('+493023125042');
    const chosen = await client.calls.assignCustomer({ callId, customerId: id, confirm: true });
    expect(chosen.match).toMatchObject({ kind: 'known', learnt: true });
    expect((await contextOf('030 23125042')).match).toMatchObject({ kind: 'known' });
    const forgotten = await client.calls.forgetNumber({ callId, customerId: id });
    expect(forgotten.match).toMatchObject({ kind: 'unknown' });
    expect((await client.customers.story({ customerId: id })).customer.numbers).toEqual([]);
    expect(await client.customers.search({ query: '23125042' })).toEqual([]);
    expect(await client.calls.get({ callId })).toMatchObject({ customerId: null });
  });

  test('leaves a number that the record had before, unconfirmed as it was', async () => {
    const numbers = ['+493023125042'];
    const { id } = await client.customers.create({ name: 'Anna Müller', numbers });
    const { callId } = await ringsFrom('+493023125042');
    await client.calls.assignCustomer({ callId, customerId: id, confirm: true });
    expect((await contextOf('+493023125042')).match).toMatchObject({ reason: 'confirmedNumber' });
    await client.calls.forgetNumber({ callId, customerId: id });
    expect((await contextOf('+493023125042')).match).toMatchObject({
      ...{ kind: 'known', reason: 'ownNumber', learnt: false },
    });
  });

  test('among several on one number comes first, until it is forgotten', async () => {
    const numbers = ['+493023125042'];
    const paul = await client.customers.create({ name: 'Paul Weiß', numbers });
    const anna = await client.customers.create({ name: 'Anna Weiß', numbers });
    const { callId, context } = await ringsFrom('+493023125042');
    expect(context?.match).toMatchObject({ kind: 'several' });
    await client.calls.assignCustomer({ callId, customerId: anna.id, confirm: false });
    const order = async () => {
      const { match } = await contextOf('+493023125042');
      return match.kind === 'several' ? match.candidates.map(({ id, reason }) => [id, reason]) : [];
    };
    expect(await order()).toEqual([
      [anna.id, 'chosenByAgent'],
      [paul.id, 'sharedNumber'],
    ]);
    await client.calls.forgetNumber({ callId, customerId: anna.id });
    expect((await order()).map(([, reason]) => reason)).toEqual(['sharedNumber', 'sharedNumber']);
  });
});

describe('an unknown landline number', () => {
  const colleague = (name: string, number: string, company: string | null) =>
    client.customers.create({ name, company, numbers: [number] });

  test('in one company’s range is said to be theirs', async () => {
    await colleague('Anna Müller', '+49 30 23125 0', 'Vogt GmbH');
    await colleague('Paul Weiß', '+49 30 23125 12', 'vogt gmbh');
    const { match } = await contextOf('+49 30 23125 47');
    expect(match).toMatchObject({
      ...{ kind: 'unknown', company: { name: 'Vogt GmbH' } },
    });
    expect(match.kind === 'unknown' && match.company?.candidates).toHaveLength(2);
  });

  test('is nobody’s when the range belongs to several, or to private people', async () => {
    await colleague('Anna Müller', '+49 30 23125012', 'Vogt GmbH');
    await colleague('Paul Weiß', '+49 30 23125013', 'Weiß KG');
    expect((await contextOf('+49 30 23125047')).match).toMatchObject({ company: null });
    await colleague('Ida Kern', '+49 40 23125012', null);
    expect((await contextOf('+49 40 23125047')).match).toMatchObject({ company: null });
  });

  test('of a mobile telephone says nothing about a company', async () => {
    await colleague('Anna Müller', '+49 171 2384551', 'Vogt GmbH');
    expect((await contextOf('+49 171 2384552')).match).toMatchObject({
      ...{ kind: 'unknown', company: null },
    });
  });
});

test('short internal numbers are compared as dialled', async () => {
  const { id } = await client.customers.create({ name: 'Werkstatt', numbers: ['4711'] });
  expect((await contextOf('sip:4711@pbx.test')).story?.customer.id).toBe(id);
});
