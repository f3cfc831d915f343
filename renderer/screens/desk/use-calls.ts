import { useDesk, usePhoneSnapshot } from '../../desk-state/desk-context.ts';
import { currentCall, liveCalls, ringingCall } from '../../desk-state/presence.ts';
import type { CallSnapshot, Phone, PhoneProblem, PlaceCall } from '../../phone/phone.ts';
import { useDeskStore } from './desk-store.ts';

/** As many as the telephone has line keys. */
const LINES = 6;

export interface DeskCalls {
  /** Rings here and waits for the agent. */
  ringing: CallSnapshot | null;
  /** The call that the desk is about just now. */
  current: CallSnapshot | null;
  /** Ids of all calls that were answered and are not over: their results are noted while they last. */
  liveIds: ReadonlySet<string>;
  /** Whether another call could be dialled now. */
  mayDial: boolean;
  /** The call that ended last, until the next one begins. */
  ended: CallSnapshot | null;
}

export function useCalls(): DeskCalls {
  const snapshot = usePhoneSnapshot();
  const ringing = ringingCall(snapshot);
  const current = currentCall(snapshot);
  const over = snapshot.calls.findLast((call) => call.phase === 'terminated') ?? null;
  const live = liveCalls(snapshot);
  return {
    ringing,
    current,
    liveIds: new Set(
      live.filter(({ answeredAt }) => answeredAt !== null).map(({ callId }) => callId),
    ),
    // Whoever talks is held first; a call that is only being set up cannot be.
    mayDial:
      ringing === null &&
      live.length < LINES &&
      (current === null || (current.phase === 'confirmed' && !current.inConference)),
    ended: ringing === null && current === null ? over : null,
  };
}

type Answered = PhoneProblem | null | { callId: string } | { problem: PhoneProblem };

/** Carries out a command of the telephone; why it did not work is kept for the desk to show. */
export function usePhoneCommand(): (command: (phone: Phone) => Promise<Answered>) => void {
  const { phone } = useDesk();
  const setPhoneProblem = useDeskStore((state) => state.setPhoneProblem);
  return (command) => {
    const answered = command(phone);
    setPhoneProblem(null);
    void answered.then((answer) => {
      if (typeof answer === 'string') setPhoneProblem(answer);
      else if (answer !== null && 'problem' in answer) setPhoneProblem(answer.problem);
    });
  };
}

/** For what is shown because of a command: painting it would hold up what the command sends. */
export function afterSending(show: () => void): void {
  setTimeout(show);
}

export function useDial(): (call: PlaceCall) => void {
  const run = usePhoneCommand();
  return (call) => run((phone) => phone.place(call));
}

export function useAnswer(): (callId: string) => void {
  const run = usePhoneCommand();
  return (callId) => run((phone) => phone.answer(callId));
}
