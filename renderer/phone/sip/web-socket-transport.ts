// SIP over one WebSocket (RFC 7118), in place of sip.js' own transport, which cannot drop a socket
// without waiting for the other side and lets exceptions out of its handlers.
import { type Transport, TransportState } from 'sip.js';
import { EmitterImpl } from 'sip.js/lib/api/emitter.js';
import type { Clock } from '../clock.ts';

export interface WebSocketTransportOptions {
  server: string;
  clock: Clock;
  /** Give up on a connection that is not open after this, ms. */
  connectTimeout: number;
}

/** Why a socket was closed before or after it opened; browsers tell no more than this. */
export class SocketClosed extends Error {
  readonly code: number;
  /** Whether this socket had ever been open. */
  readonly wasOpen: boolean;
  readonly timedOut: boolean;
  /** The page's content-security policy forbids this server. */
  blocked = false;
  constructor(code: number, wasOpen: boolean, timedOut: boolean) {
    super(`WebSocket closed (${code})`);
    this.code = code;
    this.wasOpen = wasOpen;
    this.timedOut = timedOut;
  }
}

const PONG = /^(\r\n)+$/;

export class WebSocketTransport implements Transport {
  readonly #options: WebSocketTransportOptions;
  #server: string;
  readonly #changes = new EmitterImpl<TransportState>();
  #state: TransportState = TransportState.Disconnected;
  #socket: WebSocket | null = null;
  #connecting: { resolve: () => void; reject: (error: Error) => void; stop: () => void } | null =
    null;
  onConnect: (() => void) | undefined;
  onDisconnect: ((error?: Error) => void) | undefined;
  onMessage: ((message: string) => void) | undefined;
  /** Something arrived, a message or only a keep-alive's answer. */
  onAlive: (() => void) | undefined;

  constructor(_logger: unknown, options: unknown) {
    this.#options = options as WebSocketTransportOptions;
    this.#server = this.#options.server;
  }

  get protocol(): string {
    return this.#server.toLowerCase().startsWith('wss:') ? 'WSS' : 'WS';
  }

  /** Where the next connection goes; the one that stands is left alone. */
  useServer(server: string): void {
    this.#server = server;
  }

  get state(): TransportState {
    return this.#state;
  }

  get stateChange(): Transport['stateChange'] {
    return this.#changes;
  }

  isConnected(): boolean {
    return this.#state === TransportState.Connected;
  }

  connect(): Promise<void> {
    if (this.isConnected()) return Promise.resolve();
    this.#drop();
    return new Promise((resolve, reject) => {
      let socket: WebSocket;
      try {
        socket = new WebSocket(this.#server, 'sip');
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
        return;
      }
      socket.binaryType = 'arraybuffer';
      this.#socket = socket;
      this.#become(TransportState.Connecting);
      const stopTimer = this.#options.clock.after(this.#options.connectTimeout, () => {
        this.#closed(socket, new SocketClosed(1006, false, true));
      });
      const stopWatching = watchPolicy(this.#server, () => {
        const error = new SocketClosed(1006, false, false);
        error.blocked = true;
        this.#closed(socket, error);
      });
      const stop = (): void => {
        stopTimer();
        stopWatching();
      };
      this.#connecting = { resolve, reject, stop };
      socket.addEventListener('open', () => this.#opened(socket));
      socket.addEventListener('message', (event) => this.#received(socket, event.data));
      socket.addEventListener('close', (event) => {
        this.#closed(socket, new SocketClosed(event.code, this.isConnected(), false));
      });
    });
  }

  disconnect(): Promise<void> {
    this.#closed(this.#socket, undefined);
    return Promise.resolve();
  }

  dispose(): Promise<void> {
    return this.disconnect();
  }

  /** Takes the connection for dead at once; a half-open one would never answer a close. */
  abandon(): void {
    this.#closed(this.#socket, new SocketClosed(1006, this.isConnected(), true));
  }

  send(message: string): Promise<void> {
    if (!this.isConnected() || !this.#socket) return Promise.reject(new Error('Not connected.'));
    try {
      this.#socket.send(message);
      return Promise.resolve();
    } catch (error) {
      return Promise.reject(error instanceof Error ? error : new Error(String(error)));
    }
  }

  #become(state: TransportState): void {
    this.#state = state;
    this.#changes.emit(state);
  }

  #opened(socket: WebSocket): void {
    if (socket !== this.#socket) return;
    const connecting = this.#connecting;
    this.#connecting = null;
    connecting?.stop();
    this.#become(TransportState.Connected);
    this.onConnect?.();
    connecting?.resolve();
  }

  #received(socket: WebSocket, data: unknown): void {
    if (socket !== this.#socket || !this.isConnected()) return;
    this.onAlive?.();
    const text =
      typeof data === 'string'
        ? data
        : data instanceof ArrayBuffer
          ? new TextDecoder().decode(data)
          : '';
    if (text === '' || PONG.test(text)) return;
    this.onMessage?.(text);
  }

  #closed(socket: WebSocket | null, error: Error | undefined): void {
    if (!socket || socket !== this.#socket) return;
    const wasConnected = this.isConnected();
    const connecting = this.#connecting;
    this.#connecting = null;
    connecting?.stop();
    this.#drop();
    this.#become(TransportState.Disconnected);
    if (wasConnected) this.onDisconnect?.(error);
    connecting?.reject(error ?? new Error('Connection given up.'));
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = null;
    if (!socket) return;
    try {
      socket.close(1000);
    } catch {
      // A socket that cannot be closed is of no further interest.
    }
  }
}

/** A socket that the page's policy forbids fails like any other; only the document is told why. */
function watchPolicy(server: string, onBlocked: () => void): () => void {
  if (typeof document === 'undefined') return () => undefined;
  const origin = /^wss?:\/\/[^/?#]+/i.exec(server)?.[0].toLowerCase() ?? server;
  const listener = (event: SecurityPolicyViolationEvent): void => {
    const about = event.blockedURI.toLowerCase();
    if (event.effectiveDirective === 'connect-src' && about.startsWith(origin)) onBlocked();
  };
  document.addEventListener('securitypolicyviolation', listener);
  return () => document.removeEventListener('securitypolicyviolation', listener);
}
