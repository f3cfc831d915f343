// Which of several calls something is about: the screen, a key of the system's, a key of a headset.
import type { CallSnapshot, Phone, PhoneSnapshot } from './phone.ts';

function rings({ direction, phase }: CallSnapshot): boolean {
  return direction === 'inbound' && (phase === 'offered' || phase === 'alerting');
}

/** Calls that are not over. */
export function liveCalls({ calls }: PhoneSnapshot): CallSnapshot[] {
  return calls.filter((call) => call.phase !== 'terminated');
}

/** Every call that rings here, loud or soft, oldest first. */
export function ringingCalls({ calls }: PhoneSnapshot): CallSnapshot[] {
  return calls.filter(rings);
}

/** A call that rings here while the agent has no other, or null. */
export function ringingCall(snapshot: PhoneSnapshot): CallSnapshot | null {
  return ringingCalls(snapshot).find((call) => !call.waiting) ?? null;
}

/** Calls that ring softly while the agent has another, oldest first. */
export function waitingCalls(snapshot: PhoneSnapshot): CallSnapshot[] {
  return ringingCalls(snapshot).filter((call) => call.waiting);
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

/**
 * `hangUp` is for the current call alone: a headset put on its cradle must not turn a caller away.
 * `hangUpOrDecline` is a key that the agent pressed with nothing else in mind.
 */
export type CallKey = 'answer' | 'hangUp' | 'hangUpOrDecline' | 'mute' | 'unmute' | 'toggleMute';

/**
 * Carries out a key, wherever it is. Answering takes whoever has rung longest, loud or waiting; all
 * else is for the current call. A key that fits no call does nothing.
 */
export function pressCallKey(phone: Phone, key: CallKey): void {
  const snapshot = phone.snapshot();
  const [caller] = ringingCalls(snapshot);
  const current = currentCall(snapshot);
  switch (key) {
    case 'answer':
      if (caller) void phone.answer(caller.callId);
      return;
    case 'hangUp':
    case 'hangUpOrDecline':
      if (current) phone.hangUp(current.callId);
      else if (caller && key === 'hangUpOrDecline') phone.decline(caller.callId);
      return;
    case 'mute':
    case 'unmute':
    case 'toggleMute':
      // Before that, nothing of the agent can be heard.
      if (current?.phase !== 'confirmed') return;
      if (key === 'unmute' || (key === 'toggleMute' && current.muted)) phone.unmute(current.callId);
      else phone.mute(current.callId);
  }
}
