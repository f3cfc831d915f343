// What the other sides say, by call: for the ear, the mix and the recording alike.

export interface RemoteStreams {
  get(callId: string): MediaStream | undefined;
  set(callId: string, stream: MediaStream): void;
  delete(callId: string): void;
  /** Tells whenever a call's stream is another one. */
  subscribe(listener: () => void): () => void;
}

export function createRemoteStreams(): RemoteStreams {
  const streams = new Map<string, MediaStream>();
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of [...listeners]) listener();
  };
  return {
    get: (callId) => streams.get(callId),
    set(callId, stream) {
      if (streams.get(callId) === stream) return;
      streams.set(callId, stream);
      tell();
    },
    delete(callId) {
      if (streams.delete(callId)) tell();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
