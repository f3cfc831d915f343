// Transfers of one call (RFC 3515, RFC 5589), as part of the call reducer: ours, and what the other
// side asks of us.
//
//   blind      none → referSent (holds first) → accepted → progress → done → BYE
//   attended   none → consulting → referSent → accepted → progress → done → BYE
//   either       … → failed: the customer is back with the agent
//
// Every state but `none`, `consulting` (it ends with the consultation), `done` and `failed` has a timer.
import type { CallInput, CallState, CallTransfer } from './call-state.ts';
import { type Draft, emit, ending, leave } from './call-draft.ts';
import { wantHold } from './call-negotiation.ts';

/** Longer than hold and REFER together may take (RFC 3261 timer F is 32 s), ms. */
const REFER_LIMIT = 40_000;
/** RFC 3515 section 2.4.4: the first NOTIFY follows the 2xx at once. */
const FIRST_NOTIFY_LIMIT = 10_000;
/** As long as an outbound call may ring. */
const PROGRESS_LIMIT = 180_000;
/** How long the agent may think about a REFER; its sender gives up after 32 s. */
const CONSENT_LIMIT = 30_000;
const REQUEST_TERMINATED = 487;

export const NO_TRANSFER: CallTransfer = {
  state: 'none',
  kind: 'blind',
  target: null,
  uri: null,
  withCallId: null,
  asked: false,
  sipCode: null,
};

/** Whether the other side has been, or is about to be, asked to go elsewhere. */
export function isReferring({ state }: CallTransfer): boolean {
  return state === 'referSent' || state === 'accepted' || state === 'progress';
}

function mayBeReferred(state: CallState): boolean {
  return state.phase === 'confirmed' && state.conferenceId === null && !isReferring(state.transfer);
}

/** Whether the agent may begin a transfer of this call. */
export function mayTransfer(state: CallState): boolean {
  return mayBeReferred(state) && state.transfer.state !== 'consulting';
}

/** Blind: hold, then REFER. A consultation that is not waited for becomes one too. */
export function askTransfer(draft: Draft, to: { target: string; uri: string }): void {
  const { state } = draft;
  if (!mayBeReferred(state)) return;
  state.transfer = { ...NO_TRANSFER, state: 'referSent', target: to.target, uri: to.uri };
  wait(draft, REFER_LIMIT);
  if (!state.localHold) wantHold(draft, 'hold');
}

/** Sends a blind transfer's REFER as soon as the hold has been settled, in whatever way. */
export function referOnceHeld(draft: Draft): void {
  const { state, effects } = draft;
  const { transfer } = state;
  if (transfer.state !== 'referSent' || transfer.asked || transfer.uri === null) return;
  const settled = state.negotiation.kind === 'stable' && !state.intents.includes('hold');
  if (state.phase !== 'confirmed' || !settled || !state.linked) return;
  state.transfer = { ...transfer, asked: true };
  effects.push({ type: 'refer', uri: transfer.uri });
  const target = transfer.target ?? transfer.uri;
  emit(draft, { type: 'transferAsked', kind: 'blind', target, withCallId: null });
}

/** The target of an attended transfer is being called. */
export function beginConsultation(
  draft: Draft,
  { target, withCallId }: { target: string; withCallId: string },
): void {
  if (!mayTransfer(draft.state)) return;
  draft.state.transfer = {
    ...NO_TRANSFER,
    state: 'consulting',
    kind: 'attended',
    target,
    withCallId,
  };
}

/** The consultation ended before the transfer; `sipCode` when the target could not be spoken to. */
export function consultationOver(draft: Draft, sipCode: number | null): void {
  const { state, effects } = draft;
  if (state.transfer.state !== 'consulting') return;
  state.transfer = sipCode === null ? NO_TRANSFER : { ...state.transfer, state: 'failed', sipCode };
  effects.push({ type: 'retrieve' });
}

/** The customer is to take our place in the consultation. */
export function askAttendedTransfer(draft: Draft): void {
  const { state, effects } = draft;
  const { transfer } = state;
  if (transfer.state !== 'consulting' || transfer.withCallId === null) return;
  if (state.phase !== 'confirmed') return;
  state.transfer = { ...transfer, state: 'referSent', asked: true };
  wait(draft, REFER_LIMIT);
  effects.push({ type: 'referReplacing', callId: transfer.withCallId });
  emit(draft, {
    type: 'transferAsked',
    kind: 'attended',
    target: transfer.target ?? '',
    withCallId: transfer.withCallId,
  });
}

/** The REFER was answered with a 2xx. */
export function referAccepted(draft: Draft): void {
  const { state } = draft;
  if (state.transfer.state !== 'referSent' || !state.transfer.asked) return;
  state.transfer = { ...state.transfer, state: 'accepted' };
  wait(draft, FIRST_NOTIFY_LIMIT);
}

export function referRejected(draft: Draft, sipCode: number): void {
  if (isReferring(draft.state.transfer)) transferFailed(draft, sipCode);
}

/** A NOTIFY; it may overtake the 2xx, and there may be several. */
export function referProgress(
  draft: Draft,
  { sipCode, over }: Omit<Extract<CallInput, { type: 'referProgress' }>, 'type'>,
): void {
  const { state } = draft;
  if (!isReferring(state.transfer) || !state.transfer.asked) return;
  if (sipCode !== null && sipCode >= 300) return transferFailed(draft, sipCode);
  if (sipCode !== null && sipCode >= 200) {
    state.transfer = { ...state.transfer, state: 'done', sipCode };
    emit(draft, { type: 'transferDone' });
    return leave(draft, ending('completed', 'agent'), 480);
  }
  // It will say no more, and has not said that it got there.
  if (over) return transferFailed(draft, null);
  state.transfer = { ...state.transfer, state: 'progress' };
  wait(draft, PROGRESS_LIMIT);
}

/** The agent waits no longer. A REFER cannot be taken back; what is heard of it later is ignored. */
export function cancelTransfer(draft: Draft): void {
  if (isReferring(draft.state.transfer)) transferFailed(draft, REQUEST_TERMINATED);
}

export function transferTimeOut(draft: Draft): void {
  if (isReferring(draft.state.transfer)) transferFailed(draft, null);
}

function transferFailed(draft: Draft, sipCode: number | null): void {
  const { state, effects } = draft;
  const { asked } = state.transfer;
  state.transfer = { ...state.transfer, state: 'failed', sipCode };
  effects.push({ type: 'stopTimer', timer: 'transfer' });
  if (asked) emit(draft, { type: 'transferFailed', sipCode });
  effects.push({ type: 'retrieve' });
}

/** The other side asks us to call somebody (REFER). Nothing happens before the agent agrees. */
export function referReceived(draft: Draft, target: string): void {
  const { state, effects } = draft;
  if (state.phase !== 'confirmed' || state.referRequest) {
    effects.push({ type: 'answerRefer', accept: false });
    return;
  }
  state.referRequest = { target };
  effects.push({ type: 'startTimer', timer: 'refer', ms: CONSENT_LIMIT });
}

export function answerRefer(draft: Draft, accept: boolean): void {
  const { state, effects } = draft;
  if (!state.referRequest) return;
  state.referRequest = null;
  effects.push({ type: 'stopTimer', timer: 'refer' }, { type: 'answerRefer', accept });
}

function wait(draft: Draft, ms: number): void {
  draft.effects.push({ type: 'startTimer', timer: 'transfer', ms });
}
