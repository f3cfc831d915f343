// Tells core whether the telephone is registered, and the shell what the telephone is doing.
import type { AnklangBridge } from '../core-client/bridge.ts';
import type { Core } from '../core-client/core.ts';
import type { CoreClient } from '../core-client/core-client.ts';
import type { CallSnapshot, Phone, PhoneSnapshot } from '../phone/phone.ts';

export function isRegistered({ connection }: PhoneSnapshot): boolean {
  return (
    connection.transport === 'up' &&
    (connection.registration === 'registered' || connection.registration === 'refreshing')
  );
}

function rings({ direction, phase }: CallSnapshot): boolean {
  return direction === 'inbound' && (phase === 'offered' || phase === 'alerting');
}

/** A call that rings here while the agent has no other, or null. */
export function ringingCall({ calls }: PhoneSnapshot): CallSnapshot | null {
  return calls.find((call) => rings(call) && !call.waiting) ?? null;
}

/** Calls that ring softly while the agent has another, oldest first. */
export function waitingCalls({ calls }: PhoneSnapshot): CallSnapshot[] {
  return calls.filter((call) => rings(call) && call.waiting);
}

/**
 * The call that the desk is about: the one between the agent's ears, the conference's first member,
 * or, with all on hold, the newest. Calls that ring are not it.
 */
export function currentCall(snapshot: PhoneSnapshot): CallSnapshot | null {
  const known = liveCalls(snapshot).filter((call) => !rings(call));
  const member = known.find((call) => call.callId === snapshot.conference?.callIds[0]);
  const open = known.findLast((call) => !call.localHold);
  if (member && (open === undefined || open.inConference)) return member;
  return open ?? known.at(-1) ?? null;
}

/** Calls that are not over. */
export function liveCalls({ calls }: PhoneSnapshot): CallSnapshot[] {
  return calls.filter((call) => call.phase !== 'terminated');
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

/** Keeps the shell informed: a ring brings the desk to the front, a call makes closing ask first. */
export function informShell(
  phone: Phone,
  bridge: AnklangBridge,
  nameOf: (call: CallSnapshot) => string,
): () => void {
  let ringing: string | null = null;
  let inCall = false;
  return phone.subscribe(() => {
    const snapshot = phone.snapshot();
    const ringsHere = ringingCall(snapshot);
    const caller = ringsHere?.silent === true ? null : ringsHere;
    if ((caller?.callId ?? null) !== ringing) {
      ringing = caller?.callId ?? null;
      bridge.ringing(caller ? { caller: nameOf(caller) } : null);
    }
    const up = liveCalls(snapshot).length > 0;
    if (up !== inCall) {
      inCall = up;
      bridge.inCall(up);
    }
  });
}
