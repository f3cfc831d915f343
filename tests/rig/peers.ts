// Starts real programs beside a test, keeps their output and ends them, whatever becomes of the test.
import { type ChildProcess, spawn } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { createSocket } from 'node:dgram';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export interface Peer {
  name: string;
  pid: number;
  running(): boolean;
  /** Everything it printed so far. */
  log(): string;
  kill(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

export interface StartOptions {
  env?: Readonly<Record<string, string>>;
  /** Commands are written to its standard input. */
  takesInput?: boolean;
}

export interface PeerGroup {
  folder: string;
  start(
    name: string,
    command: string,
    args: string[],
    options?: StartOptions,
  ): Peer & { write(text: string): void };
  /** Commands that the warden runs should this process die; an empty list once they are done. */
  undoIfOrphaned(commands: readonly (readonly string[])[]): void;
  /** Ends every peer; the folder stays when `keep` is set, so that the logs can be read. */
  stop(keep?: boolean): Promise<void>;
}

/** A folder of its own, and a warden that clears up should this process die. */
export function openPeerGroup(): PeerGroup {
  const folder = mkdtempSync(join(tmpdir(), 'anklang-rig-'));
  const peers: Peer[] = [];
  let undo: readonly (readonly string[])[] = [];
  const writeFile = () => writePidFile(folder, peers, undo);
  writeFile();
  const wardenScript = fileURLToPath(new URL('./warden.mjs', import.meta.url));
  const warden = spawn(process.execPath, [wardenScript, folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  warden.unref();

  return {
    folder,
    start(name, command, args, options = {}) {
      const peer = startPeer(folder, name, command, args, options);
      peers.push(peer);
      writeFile();
      return peer;
    },
    undoIfOrphaned(commands) {
      undo = commands;
      writeFile();
    },
    async stop(keep = false) {
      await Promise.all(peers.map((peer) => peer.kill('SIGTERM')));
      warden.kill('SIGKILL');
      if (!keep) rmSync(folder, { recursive: true, force: true });
    },
  };
}

function writePidFile(
  folder: string,
  peers: readonly Peer[],
  undo: readonly (readonly string[])[],
): void {
  const rows = peers.filter((peer) => peer.running()).map(({ name, pid }) => ({ name, pid }));
  const state = { owner: process.pid, peers: rows, undo };
  writeFileSync(join(folder, 'peers.json'), JSON.stringify(state));
}

function startPeer(
  folder: string,
  name: string,
  command: string,
  args: string[],
  { env = {}, takesInput = false }: StartOptions,
): Peer & { write(text: string): void } {
  mkdirSync(join(folder, 'logs'), { recursive: true });
  const logPath = join(folder, 'logs', `${name}.log`);
  const log = openSync(logPath, 'a');
  // A process group of its own, so that its children end with it.
  const child = spawn(command, args, {
    cwd: folder,
    detached: true,
    stdio: [takesInput ? 'pipe' : 'ignore', log, log],
    env: { ...process.env, ...env },
  });
  closeSync(log);
  if (child.pid === undefined) throw new Error(`${command} could not be started`);
  const pid = child.pid;
  child.on('error', () => {});
  child.stdin?.on('error', () => {});
  return {
    name,
    pid,
    running: () => child.exitCode === null && child.signalCode === null,
    log: () => readFileSync(logPath, 'utf8'),
    kill: (signal) => endGroup(child, pid, signal),
    write: (text) => void child.stdin?.write(text),
  };
}

async function endGroup(
  child: ChildProcess,
  pid: number,
  signal: 'SIGTERM' | 'SIGKILL',
): Promise<void> {
  const ended = () => child.exitCode !== null || child.signalCode !== null;
  signalGroup(pid, signal);
  for (let turn = 0; turn < 60 && !ended(); turn += 1) await wait(25);
  // The rest of the group too, even when its first process went at once.
  signalGroup(pid, 'SIGKILL');
  for (let turn = 0; turn < 40 && !ended(); turn += 1) await wait(25);
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone.
  }
}

/** A port that nobody uses on 127.0.0.1 at this moment, for both UDP and TCP. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const port = await freeTcpPort();
    if (await udpPortIsFree(port)) return port;
  }
  throw new Error('no free port on 127.0.0.1');
}

function freeTcpPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address && typeof address === 'object') resolve(address.port);
        else reject(new Error('no port'));
      });
    });
  });
}

function udpPortIsFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', () => resolve(false));
    socket.bind(port, '127.0.0.1', () => socket.close(() => resolve(true)));
  });
}

/** Waits until `ready` holds; says what was awaited when it does not within `ms`. */
export async function until(
  what: string,
  ready: () => boolean | Promise<boolean>,
  ms = 10_000,
): Promise<void> {
  const end = Date.now() + ms;
  while (!(await ready())) {
    if (Date.now() > end) throw new Error(`${what}: not within ${ms} ms`);
    await wait(25);
  }
}
