// What a headset shows of the telephone, and what its keys do there.
import type { CallSnapshot, Phone, PhoneSnapshot } from '../phone.ts';
import type { Headset, HeadsetKey, HeadsetShown } from './create-headset.ts';

const rings = ({ phase }: CallSnapshot) => phase === 'alerting' || phase === 'offered';
const isOver = ({ phase }: CallSnapshot) => phase === 'terminated';

/** The call that the headset's keys are about, once it is more than a ring. */
function callOf(snapshot: PhoneSnapshot): CallSnapshot | undefined {
  const calls = snapshot.calls.filter((call) => !isOver(call) && !rings(call));
  return calls.find((call) => !call.localHold) ?? calls.at(-1);
}

export function headsetShows(snapshot: PhoneSnapshot): HeadsetShown {
  const call = callOf(snapshot);
  return {
    ringing: snapshot.calls.some(rings),
    inCall: call !== undefined,
    muted: call?.muted ?? false,
    held: call?.localHold ?? false,
  };
}

/** Carries out a key; one that fits no call does nothing. */
export function pressOn(phone: Phone, key: HeadsetKey): void {
  const snapshot = phone.snapshot();
  const call = callOf(snapshot);
  if (key === 'answer') {
    const ringing = snapshot.calls.find(rings);
    if (ringing) void phone.answer(ringing.callId);
  } else if (!call) return;
  else if (key === 'mute') phone.mute(call.callId);
  else if (key === 'unmute') phone.unmute(call.callId);
  else phone.hangUp(call.callId);
}

/** Returns the way to part them. */
export function joinHeadset(headset: Headset, phone: Phone): () => void {
  const show = () => headset.show(headsetShows(phone.snapshot()));
  show();
  const stops = [phone.subscribe(show), headset.onKey((key) => pressOn(phone, key))];
  return () => {
    for (const stop of stops) stop();
  };
}
