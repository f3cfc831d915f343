// A WebSocket that ends in a scripted server of the same process.

export type ServerMood =
  | 'open'
  /** Refuses the connection. */
  | 'refuse'
  /** Never answers the connection. */
  | 'silent';

export class FakeServer {
  mood: ServerMood = 'open';
  /** Accepts frames and delivers none: a half-open connection. */
  deaf = false;
  attempts = 0;
  /** Where each attempt went. */
  readonly urls: string[] = [];
  /** Refuses connections to these addresses. */
  refusing: (url: string) => boolean = () => false;
  socket: FakeWebSocket | null = null;
  onFrame: (frame: string) => void = () => undefined;
  onOpen: () => void = () => undefined;

  send(frame: string | ArrayBuffer): void {
    if (this.deaf) return;
    const { socket } = this;
    queueMicrotask(() => socket?.deliver(frame));
  }

  close(code = 1006): void {
    this.socket?.serverCloses(code);
  }
}

export class FakeWebSocket extends EventTarget {
  static server: FakeServer;
  readonly url: string;
  readonly protocol: string;
  binaryType = 'blob';
  readyState = 0;
  readonly #server = FakeWebSocket.server;

  constructor(url: string, protocol: string) {
    super();
    this.url = url;
    this.protocol = protocol;
    const server = this.#server;
    server.attempts += 1;
    server.urls.push(url);
    if (server.mood === 'silent') return;
    queueMicrotask(() => {
      if (this.readyState !== 0) return;
      if (server.mood === 'refuse' || server.refusing(url)) return this.serverCloses(1006);
      this.readyState = 1;
      server.socket = this;
      server.onOpen();
      this.dispatchEvent(new Event('open'));
    });
  }

  send(frame: string): void {
    if (this.readyState !== 1) throw new Error('not open');
    if (!this.#server.deaf) this.#server.onFrame(frame);
  }

  deliver(data: string | ArrayBuffer): void {
    if (this.readyState === 1) this.dispatchEvent(new MessageEvent('message', { data }));
  }

  close(): void {
    if (this.readyState === 3) return;
    // A half-open socket never finishes closing; the page must not wait for it.
    this.readyState = 3;
    if (!this.#server.deaf) queueMicrotask(() => this.dispatchEvent(closeEvent(1000)));
  }

  serverCloses(code: number): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.dispatchEvent(closeEvent(code));
  }
}

function closeEvent(code: number): Event {
  return Object.assign(new Event('close'), { code });
}
