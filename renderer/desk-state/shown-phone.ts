// The telephone as screens see it: they hear of a change one task later. What matters to the call and
// to core (an INVITE, a call's first event) is then on its way before the screen is painted anew.
import type { CallSnapshot, Phone, PhoneSnapshot } from '../phone/phone.ts';
import type { CallContexts } from './call-contexts.ts';
import { liveCalls, ringingCall } from './presence.ts';

/**
 * How long the screen is kept from painting what is about to change again, ms. Painting takes as long as
 * the step that it would hold up.
 */
const PATIENCE = 50;

/** The same telephone, whose listeners are told in a task of their own, once for all that happened. */
export function shownPhone<Some extends Phone>(
  phone: Some,
  contexts: Pick<CallContexts, 'get' | 'subscribe'>,
): Some {
  const listeners = new Set<() => void>();
  const { port1, port2 } = new MessageChannel();
  let posted = false;
  let patience: ReturnType<typeof setTimeout> | null = null;
  /** What has been waited for as long as it may. */
  let overdue: string | null = null;

  const awaited = () => {
    const step = stepAhead(phone.snapshot(), contexts);
    return step === overdue ? null : step;
  };
  const show = () => {
    if (patience !== null) clearTimeout(patience);
    patience = null;
    for (const listener of [...listeners]) listener();
  };
  const runOut = () => {
    overdue = awaited();
    show();
  };

  port1.addEventListener('message', () => {
    posted = false;
    if (awaited() === null) show();
    else patience ??= setTimeout(runOut, PATIENCE);
  });
  port1.start();
  phone.subscribe(() => {
    if (posted) return;
    posted = true;
    port2.postMessage(null);
  });
  // In the same turn in which the context is told, so that both are painted in one.
  contexts.subscribe(() => {
    if (patience !== null && awaited() === null) show();
  });
  return {
    ...phone,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** The step that is a moment away and shall not wait for the screen; null when there is none. */
function stepAhead(snapshot: PhoneSnapshot, contexts: Pick<CallContexts, 'get'>): string | null {
  const ringing = ringingCall(snapshot);
  // A card without a name would make the one with the name late.
  if (ringing && contexts.get(ringing.callId) === null) return `who ${ringing.callId}`;
  for (const call of liveCalls(snapshot)) {
    if (call.phase === 'preparing' || call.phase === 'calling') return `dialled ${call.callId}`;
    if (isJoining(call)) return `sound ${call.callId}`;
  }
  return null;
}

/** The other side's telephone is there, and its sound is on the way. */
function isJoining({ phase, media }: CallSnapshot): boolean {
  const answered = phase === 'answering' || phase === 'awaitAck' || phase === 'connecting';
  return answered || (phase === 'confirmed' && (media === 'new' || media === 'checking'));
}
