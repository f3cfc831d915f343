// Core's process: takes its orders from the host that forked it, Electron's shell over its parent port
// or the loopback host over the channel between Node processes.
import { join } from 'node:path';
import type { CoreStart, FromCore, ToCore } from '../../preload/contract/host.ts';
import { type Core, startCore } from './core.ts';
import type { DeskPort } from './connection/connections.ts';
import { startFailureFrom } from './database/storage-problem.ts';
import { filesVault, hostVault, VaultUnavailable } from './secrets/vault.ts';

/** Electron's `process.parentPort`, as far as core needs it. */
interface ParentPort {
  postMessage(message: FromCore): void;
  on(event: 'message', listener: (event: { data: ToCore; ports: DeskPort[] }) => void): void;
}

const { parentPort } = process as unknown as { parentPort?: ParentPort };
const fromHost = hostVault(send);
const early: DeskPort[] = [];
let core: Core | null = null;
let stopping = false;

// Files that SQLite makes beside the database are this user's only.
process.umask(0o077);
// Ctrl-C reaches every process of the terminal; the host says when to stop.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => void stop());
if (parentPort) {
  parentPort.on('message', ({ data, ports }) => take(data, ports));
} else {
  process.on('message', (message: ToCore) => take(message, []));
  process.on('disconnect', () => void stop());
}

function send(message: FromCore): void {
  if (parentPort) parentPort.postMessage(message);
  else if (process.connected) process.send?.(message);
}

function take(message: ToCore, ports: DeskPort[]): void {
  if (message.type === 'start') void begin(message);
  else if (message.type === 'vault.answer') fromHost.answered(message);
  else if (message.type === 'stop') void stop();
  else for (const port of ports) link(port);
}

function link(port: DeskPort): void {
  if (core) core.servePort(port);
  else early.push(port);
}

async function begin(start: CoreStart): Promise<void> {
  try {
    const vault =
      start.keyStore === 'system' ? fromHost.vault : filesVault(join(start.dataFolder, 'secrets'));
    core = await startCore({ start, vault, send, restart });
  } catch (error) {
    const { reason, message } = startFailureFrom(error);
    send({
      type: 'failed',
      reason: error instanceof VaultUnavailable ? 'keyUnavailable' : reason,
      detail: message,
    });
    // Long enough for the message to leave.
    setTimeout(() => process.exit(1), 100);
    return;
  }
  for (const port of early.splice(0)) core.servePort(port);
  send({ type: 'ready' });
}

/** The host starts the next one, as after a crash; the answer that is on its way leaves first. */
function restart(): void {
  setTimeout(() => void stop(), 200);
}

async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await core?.stop();
  send({ type: 'stopped' });
  setTimeout(() => process.exit(0), 20);
}
