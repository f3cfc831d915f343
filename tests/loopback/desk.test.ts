// The host with the real core, started as `npm start` does it.
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import WebSocket from 'ws';
import type { contract } from '../../preload/contract/contract.ts';
import { type Desk, startDesk } from '../support/desk.ts';

const desks: Desk[] = [];
vi.setConfig({ testTimeout: 60_000 });

afterEach(async () => {
  await Promise.all(desks.splice(0).map((desk) => desk.stop()));
});

async function aDesk(choice: Parameters<typeof startDesk>[0] = {}): Promise<Desk> {
  const desk = await startDesk(choice);
  desks.push(desk);
  return desk;
}

type Client = ContractRouterClient<typeof contract>;

async function linkTo(desk: Desk): Promise<{ client: Client; lost: Promise<unknown> }> {
  const { origin, host, search } = new URL(desk.url);
  const socket = new WebSocket(`ws://${host}/core${search}`, { origin });
  const lost = new Promise((resolve) => socket.on('close', resolve));
  await new Promise((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('error', reject);
  });
  const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket });
  return { client: createORPCClient<Client>(link), lost };
}

/** A UUIDv7, as windows give themselves one. */
function anId(): string {
  const hex = Date.now().toString(16).padStart(12, '0') + randomBytes(10).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const stateOf = async (desk: Desk) => {
  const address = new URL(desk.url);
  address.pathname = '/host';
  return (await (await fetch(address)).json()) as { pid: number; corePid: number; core: string };
};

test('the page relinks within 2 s after core was killed, to the same data', async () => {
  const desk = await aDesk();
  const windowId = anId();
  const first = await linkTo(desk);
  const opened = await first.client.session.open({ windowId, liveCalls: [] });
  await first.client.settings.change({ agentName: 'Ada' });

  process.kill(desk.corePid, 'SIGKILL');
  const killed = performance.now();
  await first.lost;
  let second: Awaited<ReturnType<typeof linkTo>> | null = null;
  while (!second) {
    second = await linkTo(desk).catch(() => null);
    if (!second) await pause(20);
    expect(performance.now() - killed).toBeLessThan(2_000);
  }
  const again = await second.client.session.open({ windowId, liveCalls: [] });
  expect(performance.now() - killed).toBeLessThan(2_000);
  expect(again.settings.agentName).toBe('Ada');
  expect(again.agent.id).toBe(opened.agent.id);
  const state = await stateOf(desk);
  expect(state).toMatchObject({ pid: desk.pid, core: 'ready' });
  expect(state.corePid).not.toBe(desk.corePid);
});

test('after kill -9 of host and core the next start finds the data', async () => {
  const first = await aDesk();
  const link = await linkTo(first);
  await link.client.session.open({ windowId: anId(), liveCalls: [] });
  await link.client.settings.change({ agentName: 'Grace' });
  await first.killEverything();
  const second = await aDesk({ dataFolder: first.dataFolder });
  const { client } = await linkTo(second);
  const opened = await client.session.open({ windowId: anId(), liveCalls: [] });
  expect(opened.settings.agentName).toBe('Grace');
});

test('the options reach core', async () => {
  const desk = await aDesk({ language: 'de', practice: true });
  const { client } = await linkTo(desk);
  const opened = await client.session.open({ windowId: anId(), liveCalls: [] });
  expect(opened.keyStore).toBe('files');
  expect(opened.account).toBeNull();
  expect(opened.settings.language).toBe('de');
});
