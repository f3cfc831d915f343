// Browsers let a page sound only after the first key or click. This holds what waits for it.

export interface SoundGate {
  /** True while something wanted to sound and the browser forbade it. */
  blocked(): boolean;
  subscribe(listener: () => void): () => void;
  /** Runs `retry` at the next key or click, and reports sound as blocked until then. */
  waitForGesture(retry: () => void): void;
  close(): void;
}

const GESTURES = ['pointerdown', 'keydown'] as const;
/** Before any handler that might stop the event. */
const IN_CAPTURE = { capture: true };

export function createSoundGate(target: EventTarget = window): SoundGate {
  const waiting = new Set<() => void>();
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  const onGesture = () => {
    unlisten();
    const retries = [...waiting];
    waiting.clear();
    tell();
    for (const retry of retries) retry();
  };
  const unlisten = () => {
    for (const gesture of GESTURES) target.removeEventListener(gesture, onGesture, IN_CAPTURE);
  };

  return {
    blocked: () => waiting.size > 0,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    waitForGesture(retry) {
      const first = waiting.size === 0;
      waiting.add(retry);
      if (!first) return;
      for (const gesture of GESTURES) target.addEventListener(gesture, onGesture, IN_CAPTURE);
      tell();
    },
    close() {
      unlisten();
      waiting.clear();
      listeners.clear();
    },
  };
}
