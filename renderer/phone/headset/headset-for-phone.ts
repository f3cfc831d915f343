// What a headset shows of the telephone, and what its keys do there.
import { currentCall, pressCallKey, ringingCalls } from '../call-choice.ts';
import type { Phone, PhoneSnapshot } from '../phone.ts';
import type { Headset, HeadsetShown } from './create-headset.ts';

export function headsetShows(snapshot: PhoneSnapshot): HeadsetShown {
  const call = currentCall(snapshot);
  return {
    ringing: ringingCalls(snapshot).length > 0,
    inCall: call !== null,
    muted: call?.muted ?? false,
    held: call?.localHold ?? false,
  };
}

/** Returns the way to part them. */
export function joinHeadset(headset: Headset, phone: Phone): () => void {
  const show = () => headset.show(headsetShows(phone.snapshot()));
  show();
  const stops = [phone.subscribe(show), headset.onKey((key) => pressCallKey(phone, key))];
  return () => {
    for (const stop of stops) stop();
  };
}
