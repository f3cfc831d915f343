// Dialling: from what was typed to a call under way, beside those that there are.
import { placeCall } from './call.ts';
import { addCall, freeLine, isFree, occupiesAgent, wantDial } from './desk-calls.ts';
import { isUp } from './call-draft.ts';
import type { DeskRunner } from './desk-runner.ts';
import type { Line, ReferTarget } from './line.ts';
import type { LineInUse } from './create-phone.ts';
import type { MediaPort } from './media-port.ts';
import type { PhoneProblem } from './phone.ts';

export type Dialled = { callId: string } | { problem: PhoneProblem };

export interface NewDial {
  to: ReferTarget;
  customerId?: string | null;
  returnsCallId?: string | null;
  legOfCallId?: string | null;
  consultationFor?: string | null;
  referredByCallId?: string | null;
  /** In the turn in which the call begins. */
  onPlaced?(callId: string): void;
}

export interface OutgoingCallsOptions {
  runner: DeskRunner;
  media: MediaPort;
  newId: () => string;
  /** The line that calls go over now, once it is registered. */
  line(): { line: Line; use: LineInUse } | null;
}

export interface OutgoingCalls {
  dial(call: NewDial): Promise<Dialled>;
}

export function createOutgoingCalls({
  runner,
  media,
  newId,
  line,
}: OutgoingCallsOptions): OutgoingCalls {
  let dialling = false;

  const hindrance = (): PhoneProblem | null => {
    const { calls } = runner.desk();
    const settingUp = calls.some((call) => occupiesAgent(call) && !isUp(call));
    if (dialling || settingUp) return 'callInProgress';
    return freeLine(runner.desk()) === null ? 'noFreeLine' : null;
  };

  const holdOthers = async (callId: string): Promise<boolean> =>
    isFree(runner.desk()) ||
    ((await runner.dialAnswered(callId, () => wantDial(runner.desk(), callId, runner.moment()))) &&
      isFree(runner.desk()));

  const begin = async (call: NewDial, callId: string): Promise<PhoneProblem | null> => {
    const chosen = line();
    if (!chosen) return 'notRegistered';
    const { call: live, listener } = runner.open(callId);
    const leg = chosen.line.dial(call.to.remote, listener, call.to.replaces);
    live.leg = leg;
    const atHand = media.microphoneAtHand();
    // The INVITE goes first; before it could be answered the microphone is there, or the call ends.
    const atOnce = atHand && isFree(runner.desk());
    if (atOnce) start(call, callId, chosen.use);
    // The offer is made beside the microphone; before it is allowed it would name no address.
    else if (atHand) leg.prepare();
    const microphone = await media.openMicrophone();
    if ('problem' in microphone) return microphone.problem;
    // Refused or taken back while the microphone was being opened.
    if (runner.live(callId) !== live) {
      microphone.release();
      return null;
    }
    live.microphone = microphone;
    if (atOnce) {
      leg.useMicrophone(microphone);
      return null;
    }
    if (line() !== chosen) return 'notRegistered';
    if (!(await holdOthers(callId))) return 'callInProgress';
    if (line() !== chosen) return 'notRegistered';
    start(call, callId, chosen.use);
    return null;
  };

  const start = (call: NewDial, callId: string, { origin, accountId }: LineInUse): void => {
    runner.run(() =>
      addCall(
        runner.desk(),
        placeCall(
          {
            callId,
            remote: call.to.remote,
            origin,
            accountId,
            customerId: call.customerId ?? null,
            returnsCallId: call.returnsCallId ?? null,
            legOfCallId: call.legOfCallId ?? null,
            consultationFor: call.consultationFor ?? null,
            referredByCallId: call.referredByCallId ?? null,
          },
          runner.moment(),
        ),
      ),
    );
    call.onPlaced?.(callId);
  };

  return {
    dial: async (call) => {
      const hindered = line() ? hindrance() : 'notRegistered';
      if (hindered) return { problem: hindered };
      dialling = true;
      const callId = newId();
      const talking = runner.desk().calls.find((each) => isUp(each) && occupiesAgent(each));
      const problem = await begin(call, callId).finally(() => {
        dialling = false;
      });
      if (problem === null) return { callId };
      if (runner.stateOf(callId)) {
        runner.input(callId, { type: 'microphoneFailed' });
        return { problem };
      }
      runner.live(callId)?.leg?.cancel();
      runner.release(callId);
      // Whoever was put on hold for this is taken back.
      if (talking && isFree(runner.desk())) {
        runner.input(talking.callId, { type: 'resume' });
      }
      return { problem };
    },
  };
}
