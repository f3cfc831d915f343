// The telephone as screens see it: they hear of a change one task later. What matters to the call and
// to core (an INVITE, a call's first event) is then on its way before the screen is painted anew.
import type { Phone } from '../phone/phone.ts';

/** The same telephone, whose listeners are told in a task of their own, once for all that happened. */
export function shownPhone<Some extends Phone>(phone: Some): Some {
  const listeners = new Set<() => void>();
  const { port1, port2 } = new MessageChannel();
  let waiting = false;
  port1.addEventListener('message', () => {
    waiting = false;
    for (const listener of [...listeners]) listener();
  });
  port1.start();
  phone.subscribe(() => {
    if (waiting) return;
    waiting = true;
    port2.postMessage(null);
  });
  return {
    ...phone,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
