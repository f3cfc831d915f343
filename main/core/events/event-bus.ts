// Tells windows that something changed. Events only say what to ask again, so equal ones that wait
// together are one.
import type { CoreEvent } from '../../../preload/contract/contract.ts';

export type Publish = (event: CoreEvent) => void;

export interface EventBus {
  publish: Publish;
  /** For core itself: hears each event at once, for as long as core runs. */
  subscribeEach(listener: (event: CoreEvent) => void): void;
  /** Every event from now on, until `signal` aborts. */
  subscribe(signal: AbortSignal): AsyncGenerator<CoreEvent, void, void>;
}

export function createEventBus(): EventBus {
  const listeners = new Set<(event: CoreEvent) => void>();

  return {
    publish(event) {
      for (const listener of listeners) listener(event);
    },
    subscribeEach(listener) {
      listeners.add(listener);
    },
    subscribe(signal) {
      // Listening begins with the call, not with the first pull: nothing between them is lost.
      const waiting = new Map<string, CoreEvent>();
      let wake: (() => void) | null = null;
      const listener = (event: CoreEvent) => {
        const key = event.type === 'sample.progress' ? event.type : JSON.stringify(event);
        waiting.delete(key);
        waiting.set(key, event);
        wake?.();
      };
      const stop = () => {
        listeners.delete(listener);
        wake?.();
      };
      listeners.add(listener);
      signal.addEventListener('abort', stop, { once: true });

      async function* deliver(): AsyncGenerator<CoreEvent, void, void> {
        try {
          while (!signal.aborted) {
            for (const [key, event] of waiting) {
              waiting.delete(key);
              yield event;
            }
            if (signal.aborted) return;
            await new Promise<void>((resolve) => {
              wake = resolve;
              if (waiting.size > 0) resolve();
            });
            wake = null;
          }
        } finally {
          stop();
          signal.removeEventListener('abort', stop);
        }
      }
      return deliver();
    },
  };
}
