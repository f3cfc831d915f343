// Strong noise suppression: cleans microphones, and knows when that cannot be done here.
import type { SoundGate } from './sound-gate.ts';

/** A microphone's sound without its noise. */
export interface CleanedSound {
  /** One audio track. */
  readonly stream: MediaStream;
  stop(): void;
}

export interface NoiseSuppressor {
  /** null when it cannot be done; `failed` is then true. */
  clean(stream: MediaStream): Promise<CleanedSound | null>;
  failed(): boolean;
  /** The agent wants it once more: it may work now. */
  tryAgain(): void;
  /** Hears when `failed` becomes true. */
  subscribe(listener: () => void): () => void;
}

type Clean = (stream: MediaStream, gate: SoundGate, onFailure: () => void) => Promise<CleanedSound>;

/** Fetched when it is wanted for the first time. */
const rnnoise: Clean = async (...given) =>
  (await import('./rnnoise.ts')).cleanWithRnnoise(...given);

export function createNoiseSuppressor(gate: SoundGate, clean: Clean = rnnoise): NoiseSuppressor {
  const listeners = new Set<() => void>();
  let failed = false;
  const fail = () => {
    if (failed) return;
    failed = true;
    for (const listener of [...listeners]) listener();
  };
  return {
    clean: async (stream) => {
      if (failed) return null;
      try {
        return await clean(stream, gate, fail);
      } catch {
        fail();
        return null;
      }
    },
    failed: () => failed,
    tryAgain: () => {
      failed = false;
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
