// Core in this process, over either transport, on a folder of its own.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import type { Cancel, Schedule } from '../../../main/core/clock.ts';
import { type Core, startCore } from '../../../main/core/core.ts';
import { newId } from '../../../main/core/ids.ts';
import { filesVault } from '../../../main/core/secrets/vault.ts';
import type { Contract } from '../../../preload/contract/contract.ts';
import type { CoreStart, FromCore } from '../../../preload/contract/host.ts';

export type DeskClient = ContractRouterClient<Contract>;
export type Transport = 'port' | 'socket';

export interface TestLink {
  client: DeskClient;
  /** Cuts the connection as a closed window does. */
  cut(): Promise<void>;
  /** Sends a frame as it is. */
  sendRaw(frame: string | Uint8Array): void;
}

export interface TestCore {
  folder: string;
  core: Core;
  clock: TestClock;
  sent: FromCore[];
  link(): Promise<TestLink>;
  /** A link that holds the desk. */
  open(options?: { windowId?: string; liveCalls?: string[] }): Promise<TestLink>;
  stop(): Promise<void>;
}

/** Time that moves only when told to, with the timers that hang on it. */
export interface TestClock {
  now: () => number;
  schedule: Schedule;
  advance(ms: number): void;
  set(at: number): void;
}

export function testClock(startAt: number): TestClock {
  let at = startAt;
  const timers = new Set<{ due: number; every: number | null; action: () => void }>();
  function add(ms: number, every: number | null, action: () => void): Cancel {
    const timer = { due: at + ms, every, action };
    timers.add(timer);
    return () => void timers.delete(timer);
  }
  return {
    now: () => at,
    set(next) {
      at = next;
    },
    schedule: {
      after: (ms, action) => add(ms, null, action),
      every: (ms, action) => add(ms, ms, action),
    },
    advance(ms) {
      const until = at + ms;
      for (;;) {
        const next = [...timers]
          .filter((timer) => timer.due <= until)
          .sort((a, b) => a.due - b.due)[0];
        if (!next) break;
        at = Math.max(at, next.due);
        if (next.every === null) timers.delete(next);
        else next.due += next.every;
        next.action();
      }
      at = until;
    },
  };
}

/** A folder in memory where there is one: what is tested here is not the disk. */
export function aFolder(): string {
  return mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'anklang-core-'));
}

/** The same, gone when the test at hand is over. */
export function aFolderForThisTest(): string {
  const folder = aFolder();
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Monday, 23 November 2026, 10:00 in Berlin. */
export const MORNING = Date.UTC(2026, 10, 23, 9, 0, 0);

export async function aCore(
  options: { folder?: string; transport?: Transport; at?: number; start?: Partial<CoreStart> } = {},
): Promise<TestCore> {
  const folder = options.folder ?? aFolder();
  const transport = options.transport ?? 'port';
  const socket = transport === 'socket' ? join(folder, 's') : null;
  const clock = testClock(options.at ?? MORNING);
  const sent: FromCore[] = [];
  const core = await startCore({
    start: {
      type: 'start',
      dataFolder: folder,
      keyStore: 'files',
      version: '0.0.0-test',
      socket,
      sample: false,
      language: null,
      practice: false,
      ...options.start,
    },
    vault: filesVault(join(folder, 'secrets')),
    send: (message) => sent.push(message),
    now: clock.now,
    schedule: clock.schedule,
  });

  const link = () => (socket === null ? portLink(core) : socketLink(socket));
  return {
    folder,
    core,
    clock,
    sent,
    link,
    async open({ windowId = newId(), liveCalls = [] } = {}) {
      const made = await link();
      await made.client.session.open({ windowId, liveCalls });
      return made;
    },
    async stop() {
      await core.stop();
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

function portLink(core: Core): Promise<TestLink> {
  const { port1, port2 } = new MessageChannel();
  core.servePort(port1);
  const client = createORPCClient<DeskClient>(new PortLink({ port: port2 }));
  port2.start();
  return Promise.resolve({
    client,
    async cut() {
      const closed = new Promise((resolve) => port1.once('close', resolve));
      port2.close();
      await closed;
      await settled();
    },
    sendRaw: (frame) => port2.postMessage(frame),
  });
}

export async function socketLink(path: string): Promise<TestLink> {
  const socket = new WebSocket(`ws+unix:${path}:/core`);
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  const client = createORPCClient<DeskClient>(
    new SocketLink({ websocket: socket as unknown as globalThis.WebSocket }),
  );
  return {
    client,
    async cut() {
      const closed = new Promise((resolve) => socket.once('close', resolve));
      socket.close();
      await closed;
      await settled();
    },
    sendRaw: (frame) => socket.send(frame),
  };
}

/** Lets core see what has just happened to a connection. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 30));
}
