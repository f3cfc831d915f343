// A transport for sip.js that reaches another user agent of the same page instead of a server.
import { EmitterImpl, TransportState } from 'sip.js';
import type { Emitter, Transport } from 'sip.js';

/** One end of a line: messages written here come out at the other end. */
export interface Wire {
  /** From now on `receive` gets what the other end sends; a later attachment takes the wire over. */
  attach(receive: (message: string) => void): void;
  detach(receive: (message: string) => void): void;
  send(message: string): void;
}

export type MemoryTransportConstructor = new (logger: unknown, options: unknown) => Transport;

/** The class that sip.js wants as `transportConstructor`; each instance attaches to the same wire. */
export function memoryTransportOn(wire: Wire): MemoryTransportConstructor {
  return class MemoryTransport implements Transport {
    readonly protocol = 'WS';
    onConnect: (() => void) | undefined;
    onDisconnect: ((error?: Error) => void) | undefined;
    onMessage: ((message: string) => void) | undefined;
    readonly #emitter = new EmitterImpl<TransportState>();
    #state = TransportState.Disconnected;

    readonly #receive = (message: string) => {
      if (this.#state === TransportState.Connected) this.onMessage?.(message);
    };

    get state(): TransportState {
      return this.#state;
    }

    get stateChange(): Emitter<TransportState> {
      return this.#emitter;
    }

    isConnected(): boolean {
      return this.#state === TransportState.Connected;
    }

    async connect(): Promise<void> {
      if (this.isConnected()) return;
      this.#enter(TransportState.Connecting);
      // The state must not be Connected before the caller has its promise.
      await Promise.resolve();
      if (this.#state !== TransportState.Connecting)
        throw new Error('Disconnected while connecting.');
      wire.attach(this.#receive);
      this.#enter(TransportState.Connected);
      this.onConnect?.();
    }

    async disconnect(): Promise<void> {
      if (this.#state === TransportState.Disconnected) return;
      const wasConnected = this.isConnected();
      wire.detach(this.#receive);
      this.#enter(TransportState.Disconnecting);
      await Promise.resolve();
      this.#enter(TransportState.Disconnected);
      if (wasConnected) this.onDisconnect?.();
    }

    dispose(): Promise<void> {
      return this.disconnect();
    }

    send(message: string): Promise<void> {
      if (!this.isConnected()) return Promise.reject(new Error('Not connected.'));
      wire.send(message);
      return Promise.resolve();
    }

    #enter(state: TransportState): void {
      if (this.#state === state) return;
      this.#state = state;
      this.#emitter.emit(state);
    }
  };
}
