// Missed calls, callbacks and voicemails as one list of work, with owner, due time and result.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  anInboundCall,
  anOutboundCall,
  completed,
  givenUp,
  unanswered,
} from '../support/call-events.ts';
import { aCore, type DeskClient, MORNING, type TestCore } from '../support/test-core.ts';

const HOUR = 3_600_000;
const NUMBER = '+493023125042';
let core: TestCore;
let client: DeskClient;
let me: string;

beforeEach(async () => {
  core = await aCore();
  client = (await core.open()).client;
  me = (await client.agents.list({})).find((agent) => agent.me)?.id ?? '';
});
afterEach(() => core.stop());

const open = async () => (await client.work.list({})).items;
const settled = async () => (await client.work.list({ state: 'settled' })).items;

async function aMissedCall(at = MORNING, number: string | null = NUMBER): Promise<string> {
  const log = anInboundCall(at, { number }).next(9_000, givenUp);
  await client.calls.append({ events: log.events });
  return log.callId;
}

async function ringBack(at: number, answered: boolean, number = NUMBER): Promise<string> {
  const log = anOutboundCall(at, { number });
  if (answered) log.next(4_000, { type: 'answered' }).next(60_000, completed);
  else log.next(20_000, unanswered);
  await client.calls.append({ events: log.events });
  return log.callId;
}

test('missed calls of one number are one piece of work, with who cares for it and by when', async () => {
  await aMissedCall(MORNING - HOUR);
  const callId = await aMissedCall();
  expect(await open()).toMatchObject([
    { kind: 'missedCall', callId, workId: null, attempts: 2, ownerId: null, dueAt: null },
  ]);
  const planned = await client.work.plan({
    ref: { callId },
    ownerId: me,
    dueAt: MORNING + HOUR,
    note: 'Wollte das Angebot',
  });
  expect(planned).toMatchObject({ kind: 'missedCall', ownerId: me, attempts: 2 });
  expect(await open()).toMatchObject([
    { workId: planned.workId, ownerId: me, dueAt: MORNING + HOUR, note: 'Wollte das Angebot' },
  ]);
  expect((await client.work.list({ owner: 'me' })).total).toBe(1);
  expect((await client.work.list({ owner: 'nobody' })).total).toBe(0);
  expect(await client.calls.missed({})).toHaveLength(1);
});

test('ringing back settles it, its plan with it; nobody reached opens it again', async () => {
  const callId = await aMissedCall();
  await client.work.plan({ ref: { callId }, ownerId: me });
  const reached = await ringBack(MORNING + HOUR, true);
  expect(await open()).toEqual([]);
  expect(await settled()).toMatchObject([{ kind: 'missedCall', callId, state: 'done' }]);
  const [wrapUp] = await client.wrapUps.open({});
  await client.wrapUps.save({
    wrapUpId: wrapUp?.wrapUpId ?? '',
    result: { ...(wrapUp?.draft ?? ({} as never)), outcome: 'voicemail' },
  });
  expect(reached).not.toBe('');
  expect(await open()).toMatchObject([{ callId, ownerId: me, state: 'open' }]);
});

test('settled by hand with a result it leaves the list of missed calls, and comes back', async () => {
  const callId = await aMissedCall();
  await client.work.settle({ ref: { callId }, state: 'done', result: 'Hat gemailt' });
  expect(await client.calls.missed({})).toEqual([]);
  const [done] = await settled();
  expect(done).toMatchObject({ state: 'done', result: 'Hat gemailt', kind: 'missedCall' });
  expect(await settled()).toHaveLength(1);
  await client.work.reopen({ ref: { workId: done?.workId ?? '' } });
  expect(await client.calls.missed({})).toHaveLength(1);
  expect(await open()).toMatchObject([{ callId, result: null, state: 'open' }]);
});

test('taken off the list in the old way, it is settled too', async () => {
  const callId = await aMissedCall();
  await client.work.plan({ ref: { callId }, ownerId: me });
  await client.calls.dismissMissed({ callId });
  expect(await open()).toEqual([]);
  expect(await settled()).toHaveLength(1);
});

describe('callbacks', () => {
  test('belong to the one customer who has the number, and are due in order', async () => {
    const { id } = await client.customers.create({ name: 'Anna Müller', numbers: [NUMBER] });
    await client.work.addCallback({ number: '030 23125042', dueAt: MORNING + 2 * HOUR });
    await client.work.addCallback({ customerId: id, dueAt: MORNING + HOUR, note: 'Leasing' });
    expect(await open()).toMatchObject([
      { customerId: id, customerName: 'Anna Müller', note: 'Leasing', remote: null },
      { customerId: id, e164: NUMBER, dueAt: MORNING + 2 * HOUR },
    ]);
    const { entries } = await client.customers.timeline({ customerId: id });
    expect(entries.map(({ type }) => type)).toEqual(['work', 'work']);
  });

  test('a talk settles those of today, not those of next week', async () => {
    await client.work.addCallback({ number: NUMBER, dueAt: MORNING + HOUR });
    await client.work.addCallback({ number: NUMBER, dueAt: MORNING + 7 * 24 * HOUR });
    await client.work.addCallback({ number: '+4940123456', dueAt: MORNING + HOUR });
    core.clock.advance(HOUR);
    await ringBack(MORNING + HOUR, false);
    expect(await open()).toHaveLength(3);
    await ringBack(MORNING + HOUR, true);
    expect((await open()).map(({ dueAt }) => dueAt)).toEqual([
      MORNING + HOUR,
      MORNING + 7 * 24 * HOUR,
    ]);
  });

  test('without customer and number, or for nobody there is, they are refused', async () => {
    await expect(client.work.addCallback({ dueAt: MORNING })).rejects.toMatchObject({
      code: 'BAD_INPUT',
    });
    await expect(client.work.addCallback({ customerId: me, dueAt: MORNING })).rejects.toMatchObject(
      { code: 'NOT_FOUND' },
    );
    await expect(client.work.settle({ ref: { workId: me }, state: 'done' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

test('new messages in the mailbox are one piece of work until they are heard', async () => {
  await client.work.reportMailbox({ messages: 2 });
  await client.work.reportMailbox({ messages: 3 });
  expect(await open()).toMatchObject([{ kind: 'voicemail', messages: 3, remote: null }]);
  await client.work.reportMailbox({ messages: 0 });
  expect(await open()).toEqual([]);
  expect(await settled()).toHaveLength(1);
});

describe('ignored numbers', () => {
  test('say what their calls may do, and missed ones are no work', async () => {
    await client.work.ignore({ number: '030 23125042', action: 'reject' });
    const log = anInboundCall(MORNING);
    const { context } = await client.calls.append({ events: log.events });
    expect(context).toMatchObject({ ignored: 'reject', match: { kind: 'unknown' } });
    await client.calls.append({ events: log.next(9_000, givenUp).events.slice(1) });
    expect(await open()).toEqual([]);
    expect(await client.work.ignored({})).toMatchObject([
      { number: '030 23125042', e164: NUMBER, action: 'reject' },
    ]);
    await client.work.unignore({ number: NUMBER });
    expect(await client.work.ignored({})).toEqual([]);
    await aMissedCall(MORNING + HOUR);
    expect(await open()).toHaveLength(1);
  });

  test('emergency numbers and withheld ones cannot be ignored', async () => {
    for (const number of ['112', 'anonymous']) {
      await expect(client.work.ignore({ number, action: 'quiet' })).rejects.toMatchObject({
        code: 'BAD_INPUT',
      });
    }
  });
});
