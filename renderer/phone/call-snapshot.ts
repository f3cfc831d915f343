// The desk's calls as the window shows them.
import type { CallState } from './call-state.ts';
import { type DeskCalls, isOver, occupiesAgent } from './desk-calls.ts';
import type { CallSnapshot } from './phone.ts';

/** Calls that are not over, and the one that ended last; of a transfer's two that is the customer's. */
export function shownCalls(desk: DeskCalls): CallSnapshot[] {
  const over = desk.calls
    .filter(isOver)
    .toSorted(
      (a, b) =>
        Number(a.consultationFor === null) - Number(b.consultationFor === null) ||
        (a.endedAt ?? 0) - (b.endedAt ?? 0),
    )
    .at(-1);
  return desk.calls
    .filter((call) => !isOver(call) || call === over)
    .map((call) => callSnapshotOf(call, desk));
}

function callSnapshotOf(call: CallState, desk: DeskCalls): CallSnapshot {
  const ringsHere = call.phase === 'offered' || call.phase === 'alerting';
  const over = call.phase === 'terminated';
  return {
    callId: call.callId,
    direction: call.direction,
    origin: call.origin,
    remote: call.remote,
    phase: call.phase,
    startedAt: call.startedAt,
    answeredAt: call.answeredAt,
    endedAt: call.endedAt,
    cause: over ? (call.end?.cause ?? null) : null,
    sipCode: over ? (call.end?.sipCode ?? null) : null,
    localHold: call.localHold,
    remoteHold: call.remoteHold,
    negotiating:
      call.negotiation.kind !== 'stable' ||
      call.intents.some((intent) => intent === 'hold' || intent === 'resume'),
    holdRefused: call.holdRefused,
    muted: call.muted,
    media: call.media,
    quality: call.quality?.now ?? null,
    oneWay: call.oneWay,
    digits: call.digits,
    receivedDigits: call.receivedDigits,
    lineNumber: call.lineNumber,
    waiting: ringsHere && desk.calls.some(occupiesAgent),
    transfer: {
      state: call.transfer.state,
      target: call.transfer.target,
      sipCode: call.transfer.sipCode,
    },
    consultationFor: consultedCustomer(call, desk),
    inConference: call.conferenceId !== null,
    recording: call.recording?.state ?? 'off',
    referRequest: call.referRequest,
    divertedFrom: call.divertedFrom,
    calledNumber: call.calledNumber,
    silent: call.silent,
    queue: call.queue,
  };
}

/** The customer whom this call is about, as long as they wait for its result. */
function consultedCustomer(call: CallState, desk: DeskCalls): string | null {
  const customer = desk.calls.find(({ callId }) => callId === call.consultationFor);
  return customer?.transfer.withCallId === call.callId ? customer.callId : null;
}
