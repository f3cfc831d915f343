// The desk without Electron: starts core and keeps it alive, serves the built page on 127.0.0.1 and
// relays the page's WebSocket to core.
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import type { CoreFailure, CoreStart } from '../../preload/contract/host.ts';
import { keepCore } from '../host/core-keeper.ts';
import { comesFromThisPage, namesThisHost, newAccess, sameSecret } from './access.ts';
import { forkCore } from './core-process.ts';
import { refuseUpgrade, relayToCore } from './core-relay.ts';
import { coreSocketFor } from './core-socket.ts';
import { answerPages } from './page-server.ts';

export interface HostOptions {
  dataFolder: string;
  coreProgram: string;
  pageFolder: string;
  version: string;
  /** 0 = any, null = the one that this folder had last, if it is free. */
  port: number | null;
  practice: boolean;
  sample: boolean;
  language: 'de' | 'en' | null;
  /** What this start wants of the local API; null = as the settings say. */
  api: NonNullable<CoreStart['api']> | null;
  policyFile: string | null;
}

export interface CoreTrouble {
  reason: CoreFailure;
  detail: string;
}

export interface Host {
  /** With the token; answers 200. */
  url: string;
  corePid(): number | undefined;
  /** Where the local API listens, or null. */
  apiAddress(): string | null;
  /** Resolves when core is ready for the first time, or with why it cannot work. */
  started: Promise<CoreTrouble | null>;
  /** An address that leads to the page once, and can be shown to other programs. */
  singleUseAddress(): string;
  stop(): Promise<void>;
}

export class PortTaken extends Error {
  readonly port: number;
  constructor(port: number) {
    super(`port ${port} is taken`);
    this.port = port;
  }
}

/** Starts the host. Throws PortTaken when the wanted port is not free. */
export async function startHost(options: HostOptions): Promise<Host> {
  const access = newAccess();
  const coreSocket = coreSocketFor(options.dataFolder);
  const tickets = new Set<string>();
  let ready = false;
  let trouble: CoreTrouble | null = null;
  let connectSources: readonly string[] = [];
  let apiAddress: string | null = null;
  let announce: (trouble: CoreTrouble | null) => void = () => undefined;
  const started = new Promise<CoreTrouble | null>((resolve) => (announce = resolve));
  // Sockets that left HTTP are not the server's any more; it would wait for them for ever.
  const relayed = new Set<Duplex>();
  // A page that asks while core starts, or comes back, is let through in the moment when it can be: one
  // that is sent away would try again too late or too often.
  let waiting: (() => void)[] = [];
  const letThrough = () => {
    const all = waiting;
    waiting = [];
    for (const go of all) go();
  };

  const server = createServer(
    answerPages({
      access,
      pageFolder: options.pageFolder,
      port: () => port,
      connectSources: () => connectSources,
      state: () => ({
        pid: process.pid,
        corePid: keeper.pid() ?? null,
        core: trouble ? 'failed' : ready ? 'ready' : 'starting',
        failure: trouble,
      }),
      redeem: (ticket) => (tickets.delete(ticket) ? pageAddress() : null),
    }),
  );
  server.on('upgrade', (request, socket, head) => {
    relayed.add(socket);
    socket.on('close', () => relayed.delete(socket));
    if (!mayReachCore(request)) return refuseUpgrade(socket, 403);
    const go = () => {
      if (socket.destroyed) return;
      if (ready) relayToCore(request, socket, head, coreSocket.path);
      else refuseUpgrade(socket, 503);
    };
    if (ready || trouble !== null) return go();
    // One that breaks off while nobody else listens to it must not end the host.
    socket.on('error', () => socket.destroy());
    waiting.push(go);
  });
  const port = await listen(server, options);

  const start: CoreStart = {
    type: 'start',
    dataFolder: options.dataFolder,
    keyStore: 'files',
    version: options.version,
    socket: coreSocket.path,
    sample: options.sample,
    language: options.language,
    practice: options.practice,
    ...(options.api === null ? {} : { api: options.api }),
    ...(options.policyFile === null ? {} : { policyFile: options.policyFile }),
  };
  const keeper = keepCore({
    fork: () => {
      ready = false;
      coreSocket.clear();
      return forkCore(options.coreProgram);
    },
    start,
    onReady: () => {
      ready = true;
      letThrough();
      announce(null);
    },
    onLost: () => {
      ready = false;
      apiAddress = null;
    },
    onFailed: (reason, detail) => {
      ready = false;
      trouble = { reason, detail };
      letThrough();
      announce(trouble);
    },
    onMessage: (message, child) => {
      if (message.type === 'connectSources') connectSources = message.sources;
      if (message.type === 'api') apiAddress = message.address;
      // Outside Electron there is no vault; core keeps its keys in files and does not ask.
      if (
        message.type === 'vault.read' ||
        message.type === 'vault.write' ||
        message.type === 'vault.remove'
      ) {
        child.send({
          type: 'vault.answer',
          request: message.request,
          value: null,
          error: 'unavailable',
        });
      }
    },
  });

  return {
    url: pageAddress(),
    corePid: () => keeper.pid(),
    apiAddress: () => apiAddress,
    started,
    singleUseAddress: () => {
      const ticket = randomBytes(32).toString('base64url');
      tickets.add(ticket);
      return `http://127.0.0.1:${port}/open?ticket=${ticket}`;
    },
    stop: async () => {
      ready = false;
      for (const socket of relayed) socket.destroy();
      server.close();
      server.closeAllConnections();
      await keeper.stop();
      coreSocket.dispose();
    },
  };

  function mayReachCore(request: IncomingMessage): boolean {
    const url = URL.parse(request.url ?? '', 'http://127.0.0.1');
    return (
      namesThisHost(request.headers, port) &&
      comesFromThisPage(request.headers, port) &&
      url?.pathname === '/core' &&
      sameSecret(url.searchParams.get('token'), access.token)
    );
  }

  function pageAddress(): string {
    const language = options.language ? `&language=${options.language}` : '';
    return `http://127.0.0.1:${port}/?token=${access.token}${language}`;
  }
}

/**
 * Listens on the wanted port. The last port is kept, because a browser gives the microphone to an
 * origin, and the port is part of it.
 */
async function listen(server: Server, { port, dataFolder }: HostOptions): Promise<number> {
  const remembered = join(dataFolder, 'loopback-port');
  const wanted = port ?? portIn(remembered);
  try {
    await listenOn(server, wanted);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' && !isForbidden(error)) throw error;
    if (port !== null) throw new PortTaken(port);
    await listenOn(server, 0);
  }
  const actual = (server.address() as AddressInfo).port;
  if (port === null) writeFileSync(remembered, String(actual), { mode: 0o600 });
  return actual;
}

const isForbidden = (error: unknown) => (error as NodeJS.ErrnoException).code === 'EACCES';

function listenOn(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function portIn(file: string): number {
  try {
    const port = Number(readFileSync(file, 'utf8'));
    return Number.isInteger(port) && port > 0 && port < 65_536 ? port : 0;
  } catch {
    return 0;
  }
}
