// Tells core whether the telephone is registered, and the shell what the telephone is doing.
import type { AnklangBridge } from '../core-client/bridge.ts';
import type { Core } from '../core-client/core.ts';
import type { CoreClient } from '../core-client/core-client.ts';
import { liveCalls, ringingCalls } from '../phone/call-choice.ts';
import type { CallSnapshot, Phone, PhoneSnapshot } from '../phone/phone.ts';

export { currentCall, liveCalls, ringingCall, waitingCalls } from '../phone/call-choice.ts';

/** As the shell takes it. */
const LONGEST_NAME = 200;

export function isRegistered({ connection }: PhoneSnapshot): boolean {
  return (
    connection.transport === 'up' &&
    (connection.registration === 'registered' || connection.registration === 'refreshing')
  );
}

/** Reports registration at each change and again on each new link. Returns how to stop. */
export function reportPresence(
  phone: Phone,
  client: Pick<CoreClient, 'onEvent'> & { core: Pick<Core, 'agents'> },
  now: () => number,
): () => void {
  let reported: boolean | null = null;
  const report = () => {
    const registered = isRegistered(phone.snapshot());
    if (registered === reported) return;
    reported = registered;
    client.core.agents.reportRegistered({ registered, at: now() }).catch(() => {
      // The next link reports again.
      reported = null;
    });
  };
  const stops = [
    phone.subscribe(report),
    client.onEvent((event) => {
      if (event.type !== 'linked') return;
      reported = null;
      report();
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Who is calling, as the agent should read it; what is known of a caller may grow while it rings. */
export interface CallerNames {
  of(call: CallSnapshot): string;
  subscribe(listener: () => void): () => void;
}

/**
 * Keeps the shell informed: each call that begins to ring, also beside another one, brings the desk to
 * the front; a call makes closing ask first. Returns how to stop.
 */
export function informShell(
  phone: Pick<Phone, 'snapshot' | 'subscribe'>,
  bridge: Pick<AnklangBridge, 'ringing' | 'inCall'>,
  names: CallerNames,
): () => void {
  let told: { callId: string; caller: string } | null = null;
  let inCall = false;
  const tellRing = () => {
    // The one that began last is what the agent does not know of yet.
    const newest = ringingCalls(phone.snapshot()).findLast(({ silent }) => silent !== true);
    if (!newest) {
      if (told !== null) bridge.ringing(null);
      told = null;
      return;
    }
    const { callId } = newest;
    const caller = names.of(newest).slice(0, LONGEST_NAME);
    if (told?.callId === callId && told.caller === caller) return;
    told = { callId, caller };
    bridge.ringing(told);
  };
  const stops = [
    phone.subscribe(() => {
      tellRing();
      const up = liveCalls(phone.snapshot()).length > 0;
      if (up !== inCall) {
        inCall = up;
        bridge.inCall(up);
      }
    }),
    names.subscribe(tellRing),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
