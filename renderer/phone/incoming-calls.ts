// What becomes of a call that comes in: it rings, waits beside another, is turned away, takes over
// another one, or is answered by itself after a while.
import type { CallEvent } from '../../preload/contract/calls.ts';
import { nextCallState, offerCall } from './call.ts';
import type { NewInboundCall } from './call-state.ts';
import type { Clock } from './clock.ts';
import { addCall, freeLine, isFree, isOver, occupiesAgent } from './desk-calls.ts';
import type { DeskRunner } from './desk-runner.ts';
import type { IncomingCall } from './line.ts';
import type { PhonePreferences } from './create-phone.ts';

const BUSY_HERE = 486;
const TEMPORARILY_UNAVAILABLE = 480;
/** Once the card is painted, before a hand can have answered, ms. */
const PREPARE_AFTER = 250;

export interface IncomingCallsOptions {
  runner: DeskRunner;
  clock: Clock;
  newId: () => string;
  preferences(): PhonePreferences & { doNotDisturb: boolean };
  onEvent(event: CallEvent): void;
  answer(callId: string): void;
}

export type TakeIncoming = (
  offer: IncomingCall,
  line: Pick<NewInboundCall, 'origin' | 'accountId'>,
) => void;

export function takeIncomingCalls(options: IncomingCallsOptions): TakeIncoming {
  const { runner, clock } = options;

  /** The code to turn a call away with; null lets it ring. */
  const refusal = (takesOver: string | null): number | null => {
    const { doNotDisturb, callWaiting } = options.preferences();
    // It goes on with somebody whom the agent is speaking to already.
    if (takesOver !== null) return null;
    if (doNotDisturb) return TEMPORARILY_UNAVAILABLE;
    const desk = runner.desk();
    if (freeLine(desk) === null) return BUSY_HERE;
    return callWaiting === 'busy' && desk.calls.some((call) => !isOver(call)) ? BUSY_HERE : null;
  };

  /** The caller hears why; the agent finds a missed call. */
  const turnAway = (offer: IncomingCall, call: NewInboundCall, sipCode: number): void => {
    const begun = offerCall(call, runner.moment());
    const ended = nextCallState(begun.state, { type: 'turnAway', sipCode }, runner.moment());
    for (const effect of [...begun.effects, ...ended.effects]) {
      if (effect.type === 'emit') options.onEvent(effect.event);
    }
    offer.refuse(sipCode);
  };

  const answerLater = (callId: string): void => {
    const { autoAnswerSeconds } = options.preferences();
    if (autoAnswerSeconds === null || !isFree(runner.desk())) return;
    clock.after(autoAnswerSeconds * 1_000, () => {
      const call = runner.stateOf(callId);
      const rings = call?.phase === 'offered' || call?.phase === 'alerting';
      if (rings && !call.silent && isFree(runner.desk())) options.answer(callId);
    });
  };

  return (offer, line) => {
    const replacesCallId =
      runner.liveIds().find((callId) => runner.live(callId)?.leg === offer.replaces) ?? null;
    const takesOver = offer.replaces === null ? null : replacesCallId;
    const callId = options.newId();
    const call: NewInboundCall = {
      callId,
      ...line,
      remote: offer.remote,
      calledNumber: offer.calledNumber,
      divertedFrom: offer.divertedFrom,
      queue: offer.queue,
      replacesCallId: takesOver,
    };
    const sipCode = refusal(takesOver);
    if (sipCode !== null) return turnAway(offer, call, sipCode);
    const { call: live, listener } = runner.open(callId);
    const leg = offer.take(listener);
    live.leg = leg;
    runner.run(() => addCall(runner.desk(), offerCall(call, runner.moment())));
    if (takesOver === null) {
      clock.after(PREPARE_AFTER, () => {
        if (runner.stateOf(callId)?.phase === 'alerting') leg.prepare();
      });
      return answerLater(callId);
    }
    // RFC 3891 section 3: taken at once, unless the agent is with somebody else by now.
    const busy = runner
      .desk()
      .calls.some((each) => each.callId !== takesOver && occupiesAgent(each));
    if (!busy) options.answer(callId);
  };
}
