// Who is calling, per call: what core answered to a call's first event, or a newer answer.
import type { CallerContext } from '../../preload/contract/customers.ts';

export interface CallContexts {
  get(callId: string): CallerContext | null;
  set(callId: string, context: CallerContext): void;
  subscribe(listener: () => void): () => void;
}

/** All line keys twice over: the screen shows calls that are going on and the one that ended last. */
const KEPT = 12;

export function createCallContexts(): CallContexts {
  const contexts = new Map<string, CallerContext>();
  const listeners = new Set<() => void>();
  return {
    get: (callId) => contexts.get(callId) ?? null,
    set: (callId, context) => {
      contexts.delete(callId);
      contexts.set(callId, context);
      const oldest = contexts.keys().next();
      if (contexts.size > KEPT && !oldest.done) contexts.delete(oldest.value);
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
