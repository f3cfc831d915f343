import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAgentStates } from '../../../main/core/agents/agent-states.ts';
import { newId } from '../../../main/core/ids.ts';
import { wrapUpDraft } from '../../../preload/contract/wrap-ups.ts';
import { aHandledCall, anInboundCall } from '../support/call-events.ts';
import { aMemoryDesk } from '../support/memory-desk.ts';
import { aCore, type DeskClient, MORNING, testClock, type TestCore } from '../support/test-core.ts';

const MINUTE = 60_000;
let core: TestCore;
let client: DeskClient;
const windowId = newId();

beforeEach(async () => {
  core = await aCore();
  client = (await core.open({ windowId })).client;
});
afterEach(() => core.stop());

const register = (registered: boolean) =>
  client.agents.reportRegistered({ registered, at: core.clock.now() });
async function hours(): Promise<number | null> {
  const { figures } = await client.kpi.day({});
  return figures.find(({ kpi }) => kpi === 'callsPerHour')?.denominator ?? null;
}

test('the state follows registration, call and wrap-up, and runs live', async () => {
  const state = async () => (await client.kpi.day({})).state;
  expect(await state()).toBe('offline');
  await register(true);
  expect(await state()).toBe('available');
  core.clock.advance(10 * MINUTE + 3_000);
  expect(await hours()).toBe(10 * MINUTE + 3_000);

  const ringing = anInboundCall(core.clock.now());
  await client.calls.append({ events: ringing.events });
  expect(await state()).toBe('call');
  ringing
    .next(0, { type: 'answered' })
    .next(0, { type: 'ended', cause: 'completed', sipCode: null, by: 'agent' });
  await client.calls.append({ events: ringing.events });
  expect(await state()).toBe('wrapUp');
  core.clock.advance(MINUTE);
  const [open] = await client.wrapUps.open({});
  await client.wrapUps.save({
    wrapUpId: open?.wrapUpId ?? '',
    result: wrapUpDraft.parse({ outcome: 'reached' }),
  });
  expect(await state()).toBe('available');
  expect(await hours()).toBe(11 * MINUTE + 3_000);
  await register(false);
  core.clock.advance(MINUTE);
  expect(await hours()).toBe(11 * MINUTE + 3_000);
});

test('a night asleep counts no hours', async () => {
  await register(true);
  core.clock.advance(MINUTE);
  core.clock.set(core.clock.now() + 8 * 60 * MINUTE);
  core.clock.advance(5_000);
  core.clock.advance(MINUTE);
  expect(await hours()).toBeLessThanOrEqual(2 * MINUTE + 10_000);
  expect(await client.kpi.rebuild({})).toMatchObject({ differing: 0 });
});

test('practice counts while there is no account, and nowhere once there is one', async () => {
  await aHandledCall(client, MORNING, 30_000);
  await aHandledCall(client, MORNING, 30_000, { origin: 'real' });
  const handled = async () => (await client.kpi.day({})).figures[0]?.value;
  expect(await handled()).toBe(2);
  await client.account.save({ server: 'wss://pbx.test', user: '200', domain: 'pbx.test' });
  expect(await handled()).toBe(1);
  await client.account.remove({});
  expect(await handled()).toBe(2);
});

test('colleagues on short numbers are talked to, but not counted', async () => {
  const { wrapUp } = await aHandledCall(client, MORNING, 30_000, { number: '12' });
  expect(wrapUp.call.internal).toBe(true);
  expect((await client.kpi.day({})).figures[0]?.value).toBe(0);
});

test('calls over midnight count on the day they began, in the zone that is asked for', async () => {
  const beforeMidnight = Date.UTC(2026, 10, 23, 22, 50);
  await aHandledCall(client, beforeMidnight, 30 * MINUTE);
  const handled = async (day: string, zone: string) =>
    (await client.kpi.day({ day, zone })).figures[0]?.value;
  expect(await handled('2026-11-23', 'Europe/Berlin')).toBe(1);
  expect(await handled('2026-11-24', 'Europe/Berlin')).toBe(0);
  expect(await handled('2026-11-24', 'Asia/Tokyo')).toBe(1);
  const days = await client.kpi.days({ from: '2026-11-22', to: '2026-11-24' });
  expect(days.map(({ day, figures }) => [day, figures[0]?.value])).toEqual([
    ['2026-11-22', 0],
    ['2026-11-23', 1],
    ['2026-11-24', 0],
  ]);
});

test('while a thread writes, a heartbeat waits for its turn, but never so long that hours get lost', () => {
  const desk = aMemoryDesk();
  const clock = testClock(MORNING);
  let busy = false;
  let asked = 0;
  const states = createAgentStates({
    ...{ now: clock.now, newId: () => newId(), schedule: clock.schedule, agentId: desk.agentId },
    database: {
      ...desk.database,
      transactionAside: (work) => (busy ? undefined : desk.database.transactionAside(work)),
      transaction(work) {
        asked += 1;
        return desk.database.transaction(work);
      },
    },
    situation: () => ({ windowHeld: true, call: null, wrapUp: null, hasAccount: true }),
    ...{ addMeasures: () => undefined, onChange: () => undefined },
  });
  states.reportRegistered(true);
  const vouched = () =>
    (desk.raw.prepare('SELECT max(until) AS at FROM agent_states').get() as { at: number }).at -
    MORNING;
  clock.advance(10_000);
  expect(vouched()).toBe(10_000);
  asked = 0;
  busy = true;
  clock.advance(15_000);
  expect({ asked, until: vouched() }).toEqual({ asked: 0, until: 10_000 });
  clock.advance(45_000);
  expect(asked).toBe(3);
  expect(vouched()).toBe(70_000);
  expect(desk.raw.prepare('SELECT count(*) AS n FROM agent_states').get()).toEqual({ n: 1 });
  states.stop();
});
