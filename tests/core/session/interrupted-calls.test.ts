import { rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '../../../main/core/ids.ts';
import { wrapUpDraft } from '../../../preload/contract/wrap-ups.ts';
import { anInboundCall, anOutboundCall, completed } from '../support/call-events.ts';
import { aCore, aFolder, MORNING, type TestCore } from '../support/test-core.ts';

let folder: string;
let core: TestCore;
beforeEach(async () => {
  folder = aFolder();
  core = await aCore({ folder });
});
afterEach(async () => {
  await core.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function restart(at: number): Promise<void> {
  await core.stop();
  core = await aCore({ folder, at });
}

test('a call that no window claims within ten seconds is interrupted; its wrap-up is offered', async () => {
  const first = await core.open();
  const call = anInboundCall(MORNING).next(2_000, { type: 'answered' });
  await first.client.calls.append({ events: call.events });
  core.clock.advance(40_000);
  await restart(MORNING + 3_600_000);

  core.clock.advance(9_999);
  const { client } = await core.link();
  expect((await client.calls.get({ callId: call.callId })).endedAt).toBeNull();
  core.clock.advance(1);
  const record = await client.calls.get({ callId: call.callId });
  // It counts as far as the heartbeat vouched for it, not for the hour in between.
  expect(record).toMatchObject({ cause: 'interrupted', endedBy: 'system', talkMs: 38_000 });
  const opened = await client.session.open({ windowId: newId() });
  expect(opened.interruptedCalls).toBe(1);
  expect((await client.wrapUps.open({})).map((open) => open.call.callId)).toEqual([call.callId]);
  expect(await client.kpi.rebuild({})).toMatchObject({ differing: 0 });
});

test('a window that comes back with its calls keeps them, and sends again what was not acknowledged', async () => {
  const windowId = newId();
  const first = await core.open({ windowId });
  const call = anInboundCall(MORNING).next(2_000, { type: 'answered' });
  await first.client.calls.append({ events: call.events });
  const lost = anOutboundCall(MORNING + 1_000);
  await first.client.calls.append({ events: lost.events });

  await restart(MORNING + 5_000);
  const { client } = await core.open({ windowId, liveCalls: [call.callId] });
  expect((await client.calls.get({ callId: lost.callId })).cause).toBe('interrupted');
  core.clock.advance(60_000);
  call
    .next(5_000, { type: 'held', by: 'agent' })
    .next(1_000, { type: 'resumed', by: 'agent' })
    .next(9_000, completed);
  await client.calls.append({ events: call.events });
  expect(await client.calls.get({ callId: call.callId })).toMatchObject({
    cause: 'completed',
    talkMs: 14_000,
    holdMs: 1_000,
  });
});

test('a window that turns out to be alive goes on with its call where core had closed it', async () => {
  const windowId = newId();
  const first = await core.open({ windowId });
  const call = anInboundCall(MORNING).next(2_000, { type: 'answered' });
  await first.client.calls.append({ events: call.events });
  await first.cut();
  core.clock.advance(10_000);
  const late = await core.open({ windowId, liveCalls: [call.callId] });
  expect((await late.client.calls.get({ callId: call.callId })).cause).toBe('interrupted');
  expect((await late.client.kpi.day({})).figures[0]?.value).toBe(1);

  call.next(28_000, completed);
  await late.client.calls.append({ events: call.events.slice(2) });
  const record = await late.client.calls.get({ callId: call.callId });
  expect(record).toMatchObject({ cause: 'completed', endedBy: 'customer', talkMs: 28_000 });
  expect((await late.client.kpi.day({})).figures[0]?.value).toBe(1);
  expect(await late.client.kpi.rebuild({})).toMatchObject({ differing: 0 });
});

test('what was typed survives, and so does an attempt that nobody answered with a note', async () => {
  const first = await core.open();
  const silent = anOutboundCall(MORNING);
  const noted = anOutboundCall(MORNING + 1_000);
  await first.client.calls.append({ events: [...silent.events, ...noted.events] });
  const wrapUps = await first.client.wrapUps.open({});
  const wrapUpId = wrapUps.find(({ call }) => call.callId === noted.callId)?.wrapUpId ?? '';
  const draft = wrapUpDraft.parse({ note: 'Zwischenruf' });
  await first.client.wrapUps.saveDraft({ wrapUpId, revision: 0, draft });

  await restart(MORNING + 60_000);
  const { client } = await core.open();
  const open = await client.wrapUps.open({});
  expect(open.map(({ call, draft: kept }) => [call.callId, kept.note])).toEqual([
    [noted.callId, 'Zwischenruf'],
  ]);
});
