// The telephone: runs the desk's calls on whatever line is in use, and shows them as snapshots. All
// decisions are in call.ts and desk-calls.ts; this only carries inputs in and effects out.
import type { CallEvent } from '../../preload/contract/calls.ts';
import type { Origin } from '../../preload/contract/vocabulary.ts';
import type { CallEffect, CallInput, CallState, CallTimer } from './call-state.ts';
import { isUp } from './call-draft.ts';
import { offerCall, placeCall } from './call.ts';
import { type Clock, systemClock } from './clock.ts';
import {
  addCall,
  type DeskCalls,
  type DeskStep,
  giveUpWish,
  isFree,
  isOver,
  NO_CALLS,
  nextDeskState,
} from './desk-calls.ts';
import type { IncomingCall, Leg, LegListener, Line, LineListener } from './line.ts';
import type { CallTone, MediaPort, Microphone } from './media-port.ts';
import type {
  CallSnapshot,
  ConnectionSnapshot,
  Phone,
  PhoneProblem,
  PhoneSnapshot,
} from './phone.ts';

export interface LineInUse {
  mode: 'practice' | 'account';
  origin: Origin;
  accountId: string | null;
  /** Loads and makes the line; nothing is sent before `start`. */
  open(listener: LineListener): Promise<Line>;
}

export interface SwitchablePhone extends Phone {
  /** Ends the calls of the line in use, closes it, and goes on with this one; null is none. */
  useLine(line: LineInUse | null): Promise<void>;
  /** The network changed or the machine woke: connect, register or ask the server at once. */
  networkChanged(): void;
}

export interface PhoneOptions {
  media: MediaPort;
  /** A UUIDv7. */
  newId: () => string;
  clock?: Clock;
}

interface LiveCall {
  leg: Leg | null;
  microphone: Microphone | null;
  timers: Map<CallTimer, () => void>;
  connection: RTCPeerConnection | null;
  stopMeasuring: (() => void) | null;
}

const DISCONNECTED: ConnectionSnapshot = {
  mode: 'none',
  transport: 'down',
  registration: 'unregistered',
  problem: null,
  sipCode: null,
  retryAt: null,
};
const BUSY_TONE = 3_000;
const BUSY_HERE = 486;

export function createPhone(options: PhoneOptions): SwitchablePhone {
  const { media, newId } = options;
  const clock = options.clock ?? systemClock;
  const listeners = new Set<() => void>();
  const eventListeners = new Set<(event: CallEvent) => void>();
  const live = new Map<string, LiveCall>();
  let desk: DeskCalls = NO_CALLS;
  let stopWish: (() => void) | null = null;
  let connection = DISCONNECTED;
  let inUse: { line: Line; use: LineInUse } | null = null;
  let generation = 0;
  let placing = false;
  let microphoneGranted = false;
  let tone: CallTone | null = null;
  let stopBusyTone: (() => void) | null = null;
  let snapshot: PhoneSnapshot = {
    connection,
    calls: [],
    conference: null,
    doNotDisturb: false,
    messages: null,
    lineStates: [],
    lastDialled: null,
  };

  // One input at a time: what an effect reports is taken only when all effects before it have run.
  const queue: (() => DeskStep)[] = [];
  let running = false;

  const moment = (): { at: number; random: number } => ({
    at: clock.now(),
    random: clock.random(),
  });

  const run = (next: () => DeskStep): void => {
    queue.push(next);
    if (running) return;
    running = true;
    try {
      for (let job = queue.shift(); job; job = queue.shift()) {
        const step = job();
        desk = step.desk;
        for (const effect of step.effects) {
          if ('effect' in effect) runEffect(effect.callId, effect.effect);
          else if ('wishTimer' in effect) setWishTimer(effect.wishTimer);
          else if ('wishGivenUp' in effect) giveBackMicrophone(effect.wishGivenUp);
        }
      }
    } finally {
      running = false;
    }
    publish();
  };

  const input = (callId: string, what: CallInput): void => {
    run(() => nextDeskState(desk, callId, what, moment()));
  };

  const setWishTimer = (ms: number | null): void => {
    stopWish?.();
    stopWish = ms === null ? null : clock.after(ms, () => run(() => giveUpWish(desk)));
  };

  const giveBackMicrophone = (callId: string): void => {
    const call = live.get(callId);
    if (!call || stateOf(callId)?.phase !== 'alerting') return;
    call.microphone?.release();
    call.microphone = null;
  };

  const stateOf = (callId: string): CallState | undefined =>
    desk.calls.find((call) => call.callId === callId);

  const publish = (): void => {
    updateTone();
    snapshot = { ...snapshot, connection, calls: desk.calls.map(shown) };
    for (const listener of [...listeners]) listener();
  };

  const updateTone = (): void => {
    const phases = desk.calls.filter((call) => !isOver(call));
    const ringing = phases.some((call) => call.phase === 'alerting' || call.phase === 'offered');
    const ringback = phases.some(
      // Early media brings its own.
      ({ phase, media }) => phase === 'ringing' || (phase === 'early' && media !== 'connected'),
    );
    playTone(ringing ? 'ring' : ringback ? 'ringback' : stopBusyTone ? 'busy' : null);
  };

  const playTone = (next: CallTone | null): void => {
    if (tone === next) return;
    tone = next;
    media.playTone(next);
  };

  const soundBusy = (callId: string): void => {
    const ended = stateOf(callId);
    if (ended?.direction !== 'outbound' || ended.end?.by === 'agent' || ended.answeredAt !== null)
      return;
    stopBusyTone?.();
    stopBusyTone = clock.after(BUSY_TONE, () => {
      stopBusyTone = null;
      updateTone();
    });
  };

  const runEffect = (callId: string, effect: CallEffect): void => {
    const call = live.get(callId);
    switch (effect.type) {
      case 'emit':
        for (const listener of [...eventListeners]) listener(effect.event);
        return;
      case 'startTimer':
        call?.timers.get(effect.timer)?.();
        call?.timers.set(
          effect.timer,
          clock.after(effect.ms, () => input(callId, { type: 'timer', timer: effect.timer })),
        );
        return;
      case 'stopTimer':
        call?.timers.get(effect.timer)?.();
        call?.timers.delete(effect.timer);
        return;
      case 'sendInvite':
        if (call?.microphone) call.leg?.invite(call.microphone);
        return;
      case 'sendProgress':
        return call?.leg?.progress();
      case 'sendOk':
        if (call?.microphone) call.leg?.accept(call.microphone);
        return;
      case 'sendReject':
        return call?.leg?.reject(effect.sipCode);
      case 'sendCancel':
        return call?.leg?.cancel();
      case 'sendBye':
        return call?.leg?.bye();
      case 'reinvite':
        return call?.leg?.reinvite({ hold: effect.hold, iceRestart: effect.iceRestart });
      case 'sendDtmf':
        media.playKey(effect.digit);
        return call?.leg?.sendDtmf(effect.digit);
      case 'microphone':
        call?.leg?.openMicrophone(effect.open);
        if (call) measure(callId, call);
        return;
      case 'release':
        soundBusy(callId);
        if (call) release(callId, call);
        return;
    }
  };

  const measure = (callId: string, call: LiveCall): void => {
    const state = stateOf(callId);
    if (call.stopMeasuring || !call.connection || !state || !isUp(state)) return;
    call.stopMeasuring = media.measure(
      call.connection,
      () => {
        const state = stateOf(callId);
        return !state || state.localHold || state.remoteHold || state.muted;
      },
      ({ quality, now, oneWay }) => input(callId, { type: 'quality', now, total: quality, oneWay }),
    );
  };

  const release = (callId: string, call: LiveCall): void => {
    live.delete(callId);
    call.stopMeasuring?.();
    for (const stop of call.timers.values()) stop();
    media.stopRemote(callId);
    call.leg?.release();
    call.microphone?.release();
  };

  const legListener = (callId: string, call: LiveCall): LegListener => ({
    input: (what) => input(callId, what),
    remoteStream: (stream) => {
      if (live.has(callId)) media.playRemote(callId, stream);
    },
    connection: (peer) => {
      call.connection = peer;
    },
  });

  const newLiveCall = (callId: string, microphone: Microphone | null): LiveCall => {
    const call: LiveCall = {
      leg: null,
      microphone,
      timers: new Map(),
      connection: null,
      stopMeasuring: null,
    };
    live.set(callId, call);
    return call;
  };

  const incoming = (use: LineInUse, offer: IncomingCall): void => {
    if (desk.calls.some((call) => !isOver(call))) {
      offer.refuse(BUSY_HERE);
      return;
    }
    const callId = newId();
    const call = newLiveCall(callId, null);
    call.leg = offer.take(legListener(callId, call));
    run(() =>
      addCall(
        desk,
        offerCall(
          {
            callId,
            remote: offer.remote,
            origin: use.origin,
            accountId: use.accountId,
            calledNumber: offer.calledNumber,
            divertedFrom: offer.divertedFrom,
            queue: offer.queue,
            replacesCallId: null,
          },
          moment(),
        ),
      ),
    );
  };

  const lineListener = (use: LineInUse, mine: number): LineListener => ({
    connection: (next) => {
      if (mine !== generation) return;
      connection = { mode: use.mode, ...next };
      publish();
    },
    incoming: (offer) => {
      if (mine === generation) incoming(use, offer);
      else offer.refuse(480);
    },
    linkDown: () => {
      if (mine === generation) forAll({ type: 'linkDown' });
    },
    linkUp: () => {
      if (mine === generation) forAll({ type: 'linkUp' });
    },
    messages: (messages) => {
      if (mine !== generation) return;
      snapshot = { ...snapshot, messages };
      publish();
    },
    lineStates: (lineStates) => {
      if (mine !== generation) return;
      snapshot = { ...snapshot, lineStates };
      publish();
    },
  });

  const forAll = (what: CallInput): void => {
    for (const callId of [...live.keys()]) input(callId, what);
  };

  /** What has come between the agent's click and the microphone. */
  const placingProblem = (
    microphone: Awaited<ReturnType<MediaPort['openMicrophone']>>,
    chosen: typeof inUse,
  ): PhoneProblem | null => {
    if ('problem' in microphone) return microphone.problem;
    if (inUse !== chosen) return 'notRegistered';
    return isFree(desk) ? null : 'callInProgress';
  };

  const registered = (): boolean =>
    connection.registration === 'registered' || connection.registration === 'refreshing';

  const leaveLine = async (): Promise<void> => {
    forAll({ type: 'hangUp' });
    const leaving = inUse;
    inUse = null;
    await leaving?.line.close();
  };

  return {
    snapshot: () => snapshot,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onCallEvent: (listener) => {
      eventListeners.add(listener);
      return () => eventListeners.delete(listener);
    },
    place: async ({ target, display = null, customerId = null, returnsCallId = null }) => {
      const chosen = inUse;
      if (!chosen || !registered()) return { problem: 'notRegistered' };
      const remote = chosen.line.remoteOf(target, display);
      if (!remote) return { problem: 'badTarget' };
      if (placing || !isFree(desk)) return { problem: 'callInProgress' };
      placing = true;
      const callId = newId();
      const call = newLiveCall(callId, null);
      const leg = chosen.line.dial(remote, legListener(callId, call));
      call.leg = leg;
      // The offer is made beside the microphone; before the first permission it would name no address.
      if (microphoneGranted) leg.prepare();
      const microphone = await media.openMicrophone().finally(() => {
        placing = false;
      });
      const problem = placingProblem(microphone, chosen);
      if (problem) {
        if (!('problem' in microphone)) microphone.release();
        leg.cancel();
        release(callId, call);
        return { problem };
      }
      if ('problem' in microphone) return microphone;
      microphoneGranted = true;
      call.microphone = microphone;
      const { origin, accountId } = chosen.use;
      run(() =>
        addCall(
          desk,
          placeCall({ callId, remote, origin, accountId, customerId, returnsCallId, legOfCallId: null, consultationFor: null, referredByCallId: null }, moment()),
        ),
      );
      return { callId };
    },
    answer: async (callId) => {
      const call = live.get(callId);
      if (!call) return 'noSuchCall';
      if (call.microphone) return null;
      const microphone = await media.openMicrophone();
      if ('problem' in microphone) return microphone.problem;
      if (!live.has(callId) || call.microphone) {
        microphone.release();
        return live.has(callId) ? null : 'noSuchCall';
      }
      microphoneGranted = true;
      call.microphone = microphone;
      input(callId, { type: 'answer' });
      return null;
    },
    decline: (callId) => input(callId, { type: 'decline' }),
    hangUp: (callId) => input(callId, { type: 'hangUp' }),
    hold: (callId) => input(callId, { type: 'hold' }),
    resume: (callId) => input(callId, { type: 'resume' }),
    mute: (callId) => input(callId, { type: 'mute' }),
    unmute: (callId) => input(callId, { type: 'unmute' }),
    sendDtmf: (callId, digit) => input(callId, { type: 'dtmf', digit }),
    redial: async () => ({ problem: 'notPossibleNow' }),
    transfer: async () => 'notPossibleNow',
    consult: async () => ({ problem: 'notPossibleNow' }),
    completeTransfer: async () => 'notPossibleNow',
    cancelTransfer: () => undefined,
    swap: () => undefined,
    addToConference: async () => 'notPossibleNow',
    removeFromConference: () => undefined,
    endConference: () => undefined,
    startRecording: async () => 'recordingNotAllowed',
    pauseRecording: () => undefined,
    resumeRecording: () => undefined,
    stopRecording: () => undefined,
    answerRefer: () => undefined,
    setDoNotDisturb: () => undefined,
    callMailbox: async () => ({ problem: 'noMailbox' }),
    sipLog: () => inUse?.line.log() ?? [],
    networkChanged: () => inUse?.line.retryNow(),
    useLine: async (use) => {
      generation += 1;
      const mine = generation;
      const left = leaveLine();
      connection = { ...DISCONNECTED, mode: use?.mode ?? 'none' };
      publish();
      if (use) {
        const line = await use.open(lineListener(use, mine));
        if (mine === generation) {
          inUse = { line, use };
          line.start();
        } else await line.close();
      }
      await left;
    },
    close: async () => {
      generation += 1;
      const left = leaveLine();
      connection = DISCONNECTED;
      publish();
      await left;
    },
  };
}

function shown(call: CallState): CallSnapshot {
  return {
    callId: call.callId,
    direction: call.direction,
    origin: call.origin,
    remote: call.remote,
    phase: call.phase,
    startedAt: call.startedAt,
    answeredAt: call.answeredAt,
    endedAt: call.endedAt,
    cause: call.phase === 'terminated' ? (call.end?.cause ?? null) : null,
    sipCode: call.phase === 'terminated' ? (call.end?.sipCode ?? null) : null,
    localHold: call.localHold,
    remoteHold: call.remoteHold,
    negotiating: call.negotiation.kind !== 'stable' || call.intents.some((i) => i === 'hold' || i === 'resume'),
    holdRefused: call.holdRefused,
    muted: call.muted,
    media: call.media,
    quality: call.quality?.now ?? null,
    oneWay: call.oneWay,
    digits: call.digits,
    receivedDigits: call.receivedDigits,
    lineNumber: 1,
    waiting: false,
    transfer: { state: 'none', target: null, sipCode: null },
    consultationFor: null,
    inConference: false,
    recording: 'off',
    referRequest: null,
    divertedFrom: null,
    queue: null,
  };
}
