// Serves the contract to windows: over WebSockets on a Unix socket or named pipe that the loopback
// host relays to, and over ports that Electron's shell hands in. Both speak the same frames.
import { chmodSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { isMessageFrame } from './frame.ts';
import { createRouter, type RouterOptions } from './router.ts';
import type { Link } from './handlers.ts';

/** Frames beyond this are refused and the link is closed: 200 events are about 100 KiB. */
const LARGEST_FRAME_BYTES = 1024 * 1024;
const HEARTBEAT_MS = 15_000;

/** Either kind of port, as far as we need it; Electron's has `on`, Node's also `addEventListener`. */
export interface DeskPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
  close(): void;
}

interface Frames {
  send(frame: string | ArrayBufferLike | Uint8Array): void;
  onFrame(listener: (frame: unknown) => void): void;
  onClose(listener: () => void): void;
}

export interface Connections {
  servePort(port: DeskPort): void;
  /** Resolves once WebSockets are accepted at `path`. */
  listen(path: string): Promise<void>;
  close(): Promise<void>;
}

export interface ConnectionOptions extends RouterOptions {
  onLinkClosed: (link: Link) => void;
}

export function createConnections(options: ConnectionOptions): Connections {
  const router = createRouter(options);
  const closers = new Set<() => void>();
  let lastLink = 0;

  function serve(frames: Frames): void {
    const closed = new AbortController();
    lastLink += 1;
    const link: Link = { id: lastLink, windowId: null, closed: closed.signal };
    let ended = false;
    let told = false;
    /** What is no message changes nothing; the log says so once. */
    const isMessage = (frame: unknown): boolean => {
      const sound = isMessageFrame(frame);
      if (!sound && !told) {
        told = true;
        options.log.warn({ link: link.id }, 'a window sends frames that are no messages');
      }
      return sound;
    };
    frames.onClose(() => {
      if (ended) return;
      ended = true;
      closed.abort();
      options.onLinkClosed(link);
    });
    const socket = {
      send: (frame: string | ArrayBufferLike | Uint8Array) => {
        if (!ended) frames.send(frame);
      },
      addEventListener: (type: string, listener: (event: { data: unknown }) => void) => {
        if (type === 'message') {
          frames.onFrame((data) => {
            if (isMessage(data)) listener({ data });
          });
        }
        if (type === 'close') frames.onClose(() => listener({ data: null }));
      },
    };
    void router.upgrade(socket as unknown as Parameters<typeof router.upgrade>[0], {
      context: { link },
    });
  }

  function servePort(port: DeskPort): void {
    const close = () => port.close();
    closers.add(close);
    port.on('close', () => closers.delete(close));
    serve({
      send: (frame) => port.postMessage(frame),
      onFrame: (listener) =>
        void port.on('message', (message) => {
          const frame = payloadOf(message);
          if (sizeOf(frame) <= LARGEST_FRAME_BYTES) listener(frame);
          else port.close();
        }),
      onClose: (listener) => void port.on('close', listener),
    });
    port.start();
  }

  async function listen(path: string): Promise<void> {
    // The lock on the data folder says that nobody else listens here: what is left is of a dead core.
    if (!path.startsWith('\\\\.\\pipe\\')) rmSync(path, { force: true });
    const server = createServer((_request, response) => response.writeHead(426).end());
    const sockets = new WebSocketServer({ server, maxPayload: LARGEST_FRAME_BYTES });
    sockets.on('connection', (socket) => {
      let alive = true;
      socket.on('pong', () => {
        alive = true;
      });
      const heartbeat = setInterval(() => {
        if (!alive) socket.terminate();
        alive = false;
        socket.ping();
      }, HEARTBEAT_MS).unref();
      socket.on('close', () => clearInterval(heartbeat));
      socket.on('error', () => socket.terminate());
      serve({
        send: (frame) => socket.send(frame),
        onFrame: (listener) =>
          void socket.on('message', (data, isBinary) =>
            listener(Buffer.isBuffer(data) && !isBinary ? data.toString('utf8') : data),
          ),
        onClose: (listener) => void socket.on('close', listener),
      });
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(path, resolve);
    });
    if (!path.startsWith('\\\\.\\pipe\\')) chmodSync(path, 0o600);
    closers.add(() => {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      server.close();
    });
  }

  async function close(): Promise<void> {
    for (const closer of closers) closer();
    closers.clear();
    await new Promise((resolve) => setImmediate(resolve));
  }

  return { servePort, listen, close };
}

/** Electron wraps a port's message in an event, Node does not. */
function payloadOf(message: unknown): unknown {
  return typeof message === 'object' && message !== null && 'data' in message && 'ports' in message
    ? message.data
    : message;
}

function sizeOf(frame: unknown): number {
  if (typeof frame === 'string') return frame.length;
  if (frame instanceof ArrayBuffer || ArrayBuffer.isView(frame)) return frame.byteLength;
  return Number.POSITIVE_INFINITY;
}
