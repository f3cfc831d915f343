// What goes on within a call, beside where it stands: hold and ICE restarts, one re-INVITE at a time,
// and what to make of lost media and a lost connection.
import type { CallIntent, CallMoment, CallState } from './call-state.ts';
import { beginEnd, type Draft, emit, ending, isUp, leave } from './call-draft.ts';

const NEGOTIATION_LIMIT = 35_000;
const GLARE_ATTEMPTS = 5;
/** A call that is not yet up survives this long without the signalling connection. */
const LINK_GRACE = 8_000;
/** A call in progress is kept this long without signalling, then as long as its audio lasts. */
const LINK_LIMIT = 120_000;
const MEDIA_GRACE = 4_000;
const MEDIA_LIMIT = 20_000;

/** A call that has just been confirmed. */
export function watchConfirmed(draft: Draft): void {
  const { state, effects } = draft;
  if (state.media !== 'connected') {
    effects.push({ type: 'startTimer', timer: 'media', ms: MEDIA_LIMIT });
  }
  if (!state.linked) effects.push({ type: 'startTimer', timer: 'link', ms: LINK_LIMIT });
  negotiateNext(draft);
}

/** The agent wants to hold or to resume; the newest wish counts. */
export function wantHold(draft: Draft, intent: 'hold' | 'resume'): void {
  const { state } = draft;
  if (!isUp(state)) return;
  state.holdRefused = false;
  state.intents = [
    ...state.intents.filter((waiting) => waiting === 'iceRestart' || waiting === 'refresh'),
    intent,
  ];
  negotiateNext(draft);
}

function wantIceRestart(draft: Draft): void {
  const { state } = draft;
  if (!state.intents.includes('iceRestart')) state.intents = ['iceRestart', ...state.intents];
  negotiateNext(draft);
}

/** RFC 4028: shows that the call lives, by a re-INVITE that changes nothing. Any other does as well. */
export function wantRefresh(draft: Draft): void {
  const { state } = draft;
  if (!isUp(state) || state.intents.length > 0) return;
  state.intents = ['refresh'];
  negotiateNext(draft);
}

/** RFC 4028: the other side has not shown in time that the call lives. */
export function sessionExpired(draft: Draft): void {
  // Without a connection nothing can be shown; once it is back, an ICE restart asks.
  if (draft.state.phase !== 'confirmed' || !draft.state.linked) return;
  leave(draft, ending('networkLost', 'network', 408), 480);
}

/** Starts what waits, if the call is free for it. */
function negotiateNext(draft: Draft): void {
  const { state } = draft;
  if (state.phase !== 'confirmed' || state.negotiation.kind !== 'stable' || !state.linked) return;
  const [intent, ...rest] = state.intents;
  if (!intent) return;
  state.intents = rest;
  const pointless =
    (intent === 'hold' && state.localHold) || (intent === 'resume' && !state.localHold);
  if (pointless) return negotiateNext(draft);
  sendReinvite(draft, intent, 1);
}

function sendReinvite(draft: Draft, intent: CallIntent, attempt: number): void {
  const { state, effects } = draft;
  state.negotiation = { kind: 'localPending', intent, attempt };
  effects.push(
    { type: 'startTimer', timer: 'negotiation', ms: NEGOTIATION_LIMIT },
    {
      type: 'reinvite',
      hold: intent === 'hold' || (intent !== 'resume' && state.localHold),
      iceRestart: intent === 'iceRestart',
    },
  );
}

/** Our re-INVITE was agreed to. */
export function reinviteAccepted(draft: Draft): void {
  const { state, effects } = draft;
  if (state.negotiation.kind !== 'localPending') return;
  const { intent } = state.negotiation;
  state.negotiation = { kind: 'stable' };
  effects.push({ type: 'stopTimer', timer: 'negotiation' });
  if (intent === 'hold' || intent === 'resume') {
    state.localHold = intent === 'hold';
    state.holdRefused = false;
    emit(draft, { type: intent === 'hold' ? 'held' : 'resumed', by: 'agent' });
  }
  negotiateNext(draft);
}

/** Our re-INVITE got a final refusal. */
export function reinviteRejected(draft: Draft, sipCode: number): void {
  const { state, effects } = draft;
  if (state.negotiation.kind !== 'localPending') return;
  const { intent, attempt } = state.negotiation;
  if (!state.linked) {
    // Not an answer: the connection went. It is asked for again once the connection is back.
    state.negotiation = { kind: 'stable' };
    state.intents = [intent, ...state.intents];
    effects.push({ type: 'stopTimer', timer: 'negotiation' });
    return;
  }
  if (sipCode === 408 || sipCode === 481) {
    return beginEnd(draft, 'terminating', ending('networkLost', 'network', sipCode));
  }
  if (sipCode === 491 && attempt < GLARE_ATTEMPTS) {
    state.negotiation = { kind: 'glareBackoff', intent, attempt };
    effects.push({ type: 'startTimer', timer: 'negotiation', ms: glareDelay(state, draft.moment) });
    return;
  }
  state.negotiation = { kind: 'stable' };
  effects.push({ type: 'stopTimer', timer: 'negotiation' });
  if (intent === 'hold' || intent === 'resume') state.holdRefused = true;
  negotiateNext(draft);
}

/** RFC 3261 section 14.1: 2.1–4 s for the one who chose the Call-ID, 0–2 s otherwise, in steps of 10 ms. */
function glareDelay(state: CallState, moment: CallMoment): number {
  return state.direction === 'outbound'
    ? 2_100 + Math.floor(moment.random * 190) * 10
    : Math.floor(moment.random * 200) * 10;
}

/** The other side sent a re-INVITE. */
export function peerOffers(draft: Draft): void {
  const { state, effects } = draft;
  if (!isUp(state)) return;
  if (state.negotiation.kind === 'localPending') return;
  if (state.negotiation.kind === 'glareBackoff') {
    state.intents = [state.negotiation.intent, ...state.intents];
  }
  state.negotiation = { kind: 'remotePending' };
  effects.push({ type: 'startTimer', timer: 'negotiation', ms: NEGOTIATION_LIMIT });
}

/** Its re-INVITE has been settled. */
export function peerOfferDone(draft: Draft): void {
  if (draft.state.negotiation.kind !== 'remotePending') return;
  draft.state.negotiation = { kind: 'stable' };
  draft.effects.push({ type: 'stopTimer', timer: 'negotiation' });
  negotiateNext(draft);
}

/** ICE and DTLS came up, wavered or failed. */
export function mediaChanged(draft: Draft, media: CallState['media']): void {
  const { state, effects } = draft;
  const before = state.media;
  if (before === media) return;
  state.media = media;
  if (state.phase !== 'confirmed') return;
  if (media === 'connected') effects.push({ type: 'stopTimer', timer: 'media' });
  else if (media === 'disconnected')
    effects.push({ type: 'startTimer', timer: 'media', ms: MEDIA_GRACE });
  else if (media === 'failed') restartMedia(draft);
  else if (before === 'connected')
    effects.push({ type: 'startTimer', timer: 'media', ms: MEDIA_LIMIT });
}

function restartMedia(draft: Draft): void {
  draft.state.media = 'restarting';
  draft.effects.push({ type: 'startTimer', timer: 'media', ms: MEDIA_LIMIT });
  wantIceRestart(draft);
}

/** The signalling connection is gone. */
export function linkDown(draft: Draft): void {
  const { state, effects } = draft;
  if (!state.linked) return;
  state.linked = false;
  if (state.phase === 'canceling' || state.phase === 'terminating') return;
  if (state.negotiation.kind === 'remotePending') {
    // Whatever was still to come of it does not come any more.
    state.negotiation = { kind: 'stable' };
    effects.push({ type: 'stopTimer', timer: 'negotiation' });
  }
  effects.push({
    type: 'startTimer',
    timer: 'link',
    ms: state.phase === 'confirmed' ? LINK_LIMIT : LINK_GRACE,
  });
}

/** It is back, and the desk is registered. */
export function linkUp(draft: Draft): void {
  const { state, effects } = draft;
  if (state.linked) return;
  state.linked = true;
  if (state.phase === 'confirmed') {
    effects.push({ type: 'stopTimer', timer: 'link' });
    // It also tells the other side and the proxies where we are now.
    wantIceRestart(draft);
  } else if (state.direction === 'inbound') {
    effects.push({ type: 'stopTimer', timer: 'link' });
  }
  // An outbound call that still rings must show a sign of life over the new connection in time.
}

/** The other side was heard: the wait for it after a lost connection begins anew, or is over. */
export function signOfLife(draft: Draft): void {
  draft.effects.push(
    draft.state.linked
      ? { type: 'stopTimer', timer: 'link' }
      : { type: 'startTimer', timer: 'link', ms: LINK_GRACE },
  );
}

/** A timer other than the phase's went off. */
export function sideTimeOut(draft: Draft, timer: 'negotiation' | 'media' | 'link'): void {
  const { state, effects } = draft;
  if (timer === 'link') {
    if (state.linked && (state.phase === 'confirmed' || state.direction === 'inbound')) return;
    if (state.phase === 'confirmed' && state.media === 'connected') {
      effects.push({ type: 'startTimer', timer: 'link', ms: LINK_LIMIT });
      return;
    }
    return leave(draft, ending('networkLost', 'network'), 480);
  }
  if (timer === 'media') {
    if (state.phase !== 'confirmed' || state.media === 'connected') return;
    if (state.media === 'disconnected') return restartMedia(draft);
    if (!state.linked) {
      effects.push({ type: 'startTimer', timer: 'media', ms: MEDIA_LIMIT });
      return;
    }
    return leave(draft, ending('mediaFailed', 'network'), 480);
  }
  switch (state.negotiation.kind) {
    case 'stable':
      return;
    case 'glareBackoff':
      return sendReinvite(draft, state.negotiation.intent, state.negotiation.attempt + 1);
    case 'remotePending':
      // Our 2xx was never acknowledged (RFC 3261 section 13.3.1.4).
      if (state.linked) return leave(draft, ending('networkLost', 'network', 408), 480);
      state.negotiation = { kind: 'stable' };
      return;
    case 'localPending':
      return reinviteRejected(draft, 408);
  }
}
