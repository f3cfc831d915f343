// The desk's conference: calls that are open together. What it means to hold, resume or mute one of
// them is in desk-calls.ts; here they come together and go apart.
import type { CallMoment, CallState } from './call-state.ts';
import { isUp } from './call-draft.ts';
import { isReferring } from './call-transfer.ts';
import {
  type DeskCalls,
  type DeskDraft,
  type DeskStep,
  fulfil,
  occupiesAgent,
  step,
  wish,
} from './desk-calls.ts';
import type { ConferenceSnapshot } from './phone.ts';

/** The conference there is, or null. */
export function conferenceOf(desk: DeskCalls): ConferenceSnapshot | null {
  const members = desk.calls.filter((call) => call.conferenceId !== null && isUp(call));
  return members.length < 2 ? null : { callIds: members.map((call) => call.callId) };
}

function mayJoin(call: CallState | undefined): call is CallState {
  return (
    call !== undefined &&
    call.phase === 'confirmed' &&
    call.conferenceId === null &&
    !isReferring(call.transfer)
  );
}

/** Whom this call would be joined with: the conference, or else the one that has the agent's ear. */
function partnerOf(desk: DeskCalls, callId: string): CallState | null {
  const candidates = desk.calls.filter(
    (call) => call.callId !== callId && (call.conferenceId !== null ? isUp(call) : mayJoin(call)),
  );
  return (
    candidates.find((call) => call.conferenceId !== null) ??
    candidates.find(occupiesAgent) ??
    (candidates.length === 1 ? (candidates[0] ?? null) : null)
  );
}

export function mayJoinConference(desk: DeskCalls, callId: string): boolean {
  const call = desk.calls.find((each) => each.callId === callId);
  return mayJoin(call) && partnerOf(desk, callId) !== null;
}

/** Joins the call, and opens everybody's ears; `newId` names the conference if it is a new one. */
export function joinConference(
  desk: DeskCalls,
  callId: string,
  newId: string,
  moment: CallMoment,
): DeskStep {
  const draft: DeskDraft = { desk, effects: [], moment };
  const partner = partnerOf(desk, callId);
  if (!partner || !mayJoinConference(desk, callId)) return draft;
  const conferenceId = partner.conferenceId ?? newId;
  for (const member of [partner.callId, callId]) {
    step(draft, member, { type: 'joinConference', conferenceId });
  }
  wish(draft, callId, 'resume');
  fulfil(draft);
  return draft;
}
