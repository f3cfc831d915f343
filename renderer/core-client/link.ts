// One link to core: a WebSocket or a MessagePort, good for as long as it lasts and never mended.
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import { shellMessageOf, type AnklangBridge } from './bridge.ts';

export interface Link {
  call(path: readonly string[], input: unknown, signal: AbortSignal): Promise<unknown>;
  /** Calls back once when the link is dead, at once if it already is. The answer takes the wish back. */
  onDead(listener: () => void): () => void;
  close(): void;
}

/** Opens a new link, or rejects when core cannot be reached now. */
export type OpenLink = () => Promise<Link>;

interface Caller {
  call(path: readonly string[], input: unknown, options: { signal: AbortSignal }): Promise<unknown>;
}

function linkOver(caller: Caller, close: () => void): { link: Link; die: () => void } {
  const listeners = new Set<() => void>();
  let dead = false;
  const die = () => {
    if (dead) return;
    dead = true;
    for (const listener of listeners) listener();
    listeners.clear();
  };
  return {
    die,
    link: {
      call: (path, input, signal) => caller.call(path, input, { signal }),
      onDead: (listener) => {
        if (dead) listener();
        else listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      close: () => {
        close();
        die();
      },
    },
  };
}

const OPEN_WITHIN_MS = 2_000;

/** Links over a WebSocket at this address, for a desk outside Electron. */
export function openSocketLinks(address: string): OpenLink {
  return () =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(address);
      const overdue = setTimeout(() => socket.close(), OPEN_WITHIN_MS);
      const { link, die } = linkOver(
        callerOf(new SocketLink<Record<never, never>>({ websocket: socket })),
        () => socket.close(),
      );
      socket.addEventListener('open', () => {
        clearTimeout(overdue);
        resolve(link);
      });
      socket.addEventListener('close', () => {
        clearTimeout(overdue);
        die();
        reject(new Error('core is not there'));
      });
    });
}

/** Links over the ports that Electron's shell hands to the window. */
export function openPortLinks(bridge: AnklangBridge): OpenLink {
  let waiting: ((port: MessagePort) => void) | null = null;
  let lost = () => {};
  window.addEventListener('message', (event) => {
    const message = shellMessageOf(event);
    if (message === 'anklang.linkLost') lost();
    const port = event.ports[0];
    if (message !== 'anklang.link' || !port) return;
    if (waiting) waiting(port);
    else port.close();
    waiting = null;
  });
  return () =>
    new Promise((resolve, reject) => {
      const overdue = setTimeout(() => {
        waiting = null;
        reject(new Error('no port came'));
      }, OPEN_WITHIN_MS);
      waiting = (port) => {
        clearTimeout(overdue);
        const { link, die } = linkOver(
          callerOf(new PortLink<Record<never, never>>({ port })),
          () => {
            port.dispatchEvent(new Event('close'));
            port.close();
          },
        );
        port.addEventListener('close', die);
        lost = () => link.close();
        port.start();
        resolve(link);
      };
      bridge.requestLink();
    });
}

type RpcLink = SocketLink<Record<never, never>> | PortLink<Record<never, never>>;

function callerOf(rpc: RpcLink): Caller {
  return {
    call: (path, input, options) => rpc.call([...path], input, { ...options, context: {} }),
  };
}
