// Core as a process of its own: ready, killed in mid-call, started again.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '../../main/core/ids.ts';
import type { FromCore } from '../../preload/contract/host.ts';
import { anInboundCall, completed } from './support/call-events.ts';
import { aFolder, socketLink } from './support/test-core.ts';

const entry = fileURLToPath(new URL('../../main/core/start.ts', import.meta.url));
let folder: string;
let children: ChildProcess[];

beforeEach(() => {
  folder = aFolder();
  children = [];
});
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

async function started(): Promise<{ child: ChildProcess; first: FromCore }> {
  const child = fork(entry, [], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  children.push(child);
  const answer = new Promise<FromCore>((resolve) => {
    child.on('message', (message: FromCore) => {
      if (message.type === 'ready' || message.type === 'failed') resolve(message);
    });
  });
  child.send({
    type: 'start',
    dataFolder: folder,
    keyStore: 'files',
    version: '0.0.0-test',
    socket: join(folder, 's'),
    sample: false,
    language: 'de',
    practice: false,
  });
  return { child, first: await answer };
}

test('killed in mid-call, it comes back and the call’s record is complete', async () => {
  const windowId = newId();
  const { child } = await started();
  const before = await socketLink(join(folder, 's'));
  await before.client.session.open({ windowId });
  const now = Date.now();
  const call = anInboundCall(now - 60_000).next(5_000, { type: 'answered' });
  await before.client.calls.append({ events: call.events });
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;

  const again = await started();
  expect(again.first).toEqual({ type: 'ready' });
  const after = await socketLink(join(folder, 's'));
  const opened = await after.client.session.open({ windowId, liveCalls: [call.callId] });
  expect(opened).toMatchObject({ interruptedCalls: 0, recovery: null });
  call.next(40_000, completed);
  await after.client.calls.append({ events: call.events });
  expect(await after.client.calls.get({ callId: call.callId })).toMatchObject({
    cause: 'completed',
    ringMs: 5_000,
    talkMs: 40_000,
  });
  expect(await after.client.wrapUps.open({})).toHaveLength(1);
});

test('killed while a call is recorded, every acknowledged chunk is there and the recording goes on', async () => {
  const windowId = newId();
  const { child } = await started();
  const before = await socketLink(join(folder, 's'));
  await before.client.session.open({ windowId });
  await before.client.settings.change({ recordingAllowed: true });
  const now = Date.now();
  const { callId, events } = anInboundCall(now - 60_000).next(5_000, { type: 'answered' });
  await before.client.calls.append({ events });
  const recordingId = newId();
  const consents = { agentAnnouncedAt: now - 50_000, customerAgreedAt: now - 49_000 };
  await before.client.recordings.begin({ callId, recordingId, ...consents });
  const chunks = [1, 2, 3].map((salt) => Buffer.alloc(9_000, salt));
  for (const [index, chunk] of chunks.slice(0, 2).entries())
    await before.client.recordings.append({ recordingId, index, chunk: chunk.toString('base64') });
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;

  await started();
  const { client } = await socketLink(join(folder, 's'));
  await client.session.open({ windowId, liveCalls: [callId] });
  const chunk = chunks[2]?.toString('base64') ?? '';
  expect(await client.recordings.append({ recordingId, index: 2, chunk })).toEqual({
    bytes: 27_000,
  });
  expect((await client.recordings.finish({ recordingId })).state).toBe('finished');
  const played = await client.recordings.read({ recordingId, offset: 0 });
  expect(Buffer.from(played.chunk, 'base64').equals(Buffer.concat(chunks))).toBe(true);
});

test('a second core on the same folder is told why it cannot work', async () => {
  await started();
  const { child, first } = await started();
  expect(first).toMatchObject({ type: 'failed', reason: 'alreadyRunning' });
  if (child.exitCode === null) await once(child, 'exit');
});

test('it ends when its host is gone', async () => {
  const { child } = await started();
  const gone = once(child, 'exit');
  child.disconnect();
  expect((await gone)[0]).toBe(0);
});
