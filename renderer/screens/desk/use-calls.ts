import { useDesk, usePhoneSnapshot } from '../../desk-state/desk-context.ts';
import { liveCalls, ringingCall } from '../../desk-state/presence.ts';
import type { CallSnapshot, PlaceCall } from '../../phone/phone.ts';
import { useDeskStore } from './desk-store.ts';

export interface DeskCalls {
  /** Rings here and waits for the agent. */
  ringing: CallSnapshot | null;
  /** The newest other call that is not over. */
  current: CallSnapshot | null;
  /** The call that ended last, until the next one begins. */
  ended: CallSnapshot | null;
}

export function useCalls(): DeskCalls {
  const snapshot = usePhoneSnapshot();
  const ringing = ringingCall(snapshot);
  const live = liveCalls(snapshot).filter((call) => call !== ringing);
  const current = live.at(-1) ?? null;
  const over = snapshot.calls.findLast((call) => call.phase === 'terminated') ?? null;
  return { ringing, current, ended: ringing === null && current === null ? over : null };
}

/** Places a call; why it did not begin is kept for the desk to show. */
export function useDial(): (call: PlaceCall) => void {
  const { phone } = useDesk();
  const setPhoneProblem = useDeskStore((state) => state.setPhoneProblem);
  return (call) => {
    setPhoneProblem(null);
    void phone.place(call).then((placed) => {
      if ('problem' in placed) setPhoneProblem(placed.problem);
    });
  };
}

/** Answers a call; why that did not work is kept for the desk to show. */
export function useAnswer(): (callId: string) => void {
  const { phone } = useDesk();
  const setPhoneProblem = useDeskStore((state) => state.setPhoneProblem);
  return (callId) => {
    setPhoneProblem(null);
    void phone.answer(callId).then(setPhoneProblem);
  };
}
