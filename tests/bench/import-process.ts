// Core in a process of its own that takes one file in and takes it back again: for the bench of the
// import, which asks how long that lasts, how long core is deaf meanwhile, and what memory it takes.
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { startCore } from '../../main/core/core.ts';
import { newId } from '../../main/core/ids.ts';
import { filesVault } from '../../main/core/secrets/vault.ts';
import type { Contract } from '../../preload/contract/contract.ts';

/** Milliseconds; blocks are of core's event loop, in the same unit. */
export interface ImportTimes {
  upload: number;
  /** From the start until core says that it is done. */
  import: number;
  /** The same until everyone is found by the search, too. */
  searchable: number;
  undo: number;
  /** Of all threads, from the start until everyone is found. */
  cpu: number;
  rows: number;
  created: number;
  blocks: { import: Blocks; undo: Blocks };
  peakRssBytes: number;
}

interface Blocks {
  p99: number;
  max: number;
}

const PIECE = 512 * 1024;
const [folder = '', path = ''] = process.argv.slice(2);
const core = await startCore({
  start: {
    ...{ type: 'start', dataFolder: folder, keyStore: 'files', version: '0.0.0-bench' },
    ...{ socket: null, sample: false, language: null, practice: false },
  },
  vault: filesVault(join(folder, 'secrets')),
  send: () => undefined,
});
const { port1, port2 } = new MessageChannel();
core.servePort(port1);
const client = createORPCClient<ContractRouterClient<Contract>>(new RPCLink({ port: port2 }));
port2.start();
await client.session.open({ windowId: newId(), liveCalls: [] });

async function upload(): Promise<string> {
  const bytes = statSync(path).size;
  const { fileId } = await client.exchange.begin({ fileName: 'book.csv', bytes });
  const file = openSync(path, 'r');
  const piece = Buffer.alloc(PIECE);
  for (let index = 0; index * PIECE < bytes; index += 1) {
    const length = readSync(file, piece, 0, PIECE, index * PIECE);
    const chunk = piece.subarray(0, length).toString('base64');
    await client.exchange.append({ fileId, index, chunk });
  }
  closeSync(file);
  return fileId;
}

async function ended(importId: string): Promise<{ rows: number; created: number; state: string }> {
  for (;;) {
    const status = await client.exchange.status({ importId });
    if (status.state !== 'running' && status.state !== 'undoing') return status;
    await wait(20);
  }
}

async function indexed(): Promise<void> {
  while ((await client.customers.list({ query: 'zzzz', limit: 1 })).indexing !== null)
    await wait(20);
}

async function watched(work: () => Promise<void>): Promise<Blocks> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await work();
  delay.disable();
  const ms = (nanoseconds: number) => Math.round(nanoseconds / 1e4) / 100;
  return { p99: ms(delay.percentile(99)), max: ms(delay.max) };
}

const since = (began: number) => Math.round(performance.now() - began);
let began = performance.now();
const fileId = await upload();
const uploadMs = since(began);
began = performance.now();
const times = { upload: uploadMs, import: 0, searchable: 0, undo: 0, cpu: 0, rows: 0, created: 0 };
let importId = '';
const cpuBefore = process.cpuUsage();
const importBlocks = await watched(async () => {
  const reading = { kind: 'customers' } as const;
  const started = await client.exchange.start({ fileId, reading, policy: 'skip', dryRun: false });
  importId = started.id;
  const { rows, created, state } = await ended(importId);
  if (state !== 'done') throw new Error(`the import ended as ${state}`);
  Object.assign(times, { rows, created, import: since(began) });
  await indexed();
  times.searchable = since(began);
  const { user, system } = process.cpuUsage(cpuBefore);
  times.cpu = Math.round((user + system) / 1000);
});
began = performance.now();
const undoBlocks = await watched(async () => {
  await client.exchange.undo({ importId });
  const { state } = await ended(importId);
  if (state !== 'undone') throw new Error(`the undoing ended as ${state}`);
});
times.undo = since(began);
const { maxRSS } = process.resourceUsage();
await core.stop();
const result: ImportTimes = {
  ...times,
  blocks: { import: importBlocks, undo: undoBlocks },
  peakRssBytes: maxRSS * 1024,
};
process.stdout.write(`${JSON.stringify(result)}\n`);
process.exit(0);
