// Runs the steps of the desk's calls: one input at a time, and what each effect asks for. Decides
// nothing; call.ts and desk-calls.ts do.
import type { CallEvent } from '../../preload/contract/calls.ts';
import type { CallEffect, CallInput, CallMoment, CallState, CallTimer } from './call-state.ts';
import { isUp } from './call-draft.ts';
import type { Clock } from './clock.ts';
import { conferenceOf } from './conference.ts';
import {
  type DeskCalls,
  type DeskStep,
  giveUpWish,
  NO_CALLS,
  nextDeskState,
} from './desk-calls.ts';
import type { Leg, LegListener, ReferTarget } from './line.ts';
import type { CallRecorder, MediaPort, Microphone } from './media-port.ts';

/** What a call that is not over holds. */
export interface LiveCall {
  leg: Leg | null;
  microphone: Microphone | null;
  timers: Map<CallTimer, () => void>;
  connection: RTCPeerConnection | null;
  stopMeasuring: (() => void) | null;
  recorder: CallRecorder | null;
}

export interface DeskRunnerOptions {
  media: MediaPort;
  clock: Clock;
  onEvent(event: CallEvent): void;
  /** Something that is shown may have changed. */
  onChange(): void;
  /** The agent agreed to a REFER of this call. */
  onReferred(callId: string, target: ReferTarget): void;
  onOver(call: CallState): void;
}

export interface DeskRunner {
  desk(): DeskCalls;
  stateOf(callId: string): CallState | undefined;
  live(callId: string): LiveCall | undefined;
  liveIds(): string[];
  moment(): CallMoment;
  run(next: () => DeskStep): void;
  input(callId: string, input: CallInput): void;
  /** Makes room for a call's leg, microphone and timers before the call itself begins. */
  open(callId: string): { call: LiveCall; listener: LegListener };
  /** Gives back what a call holds. */
  release(callId: string): void;
  /** Resolves once the step in which the desk answered the wish for this call has been run. */
  dialAnswered(callId: string, ask: () => DeskStep): Promise<boolean>;
}

export function createDeskRunner(options: DeskRunnerOptions): DeskRunner {
  const { media, clock } = options;
  const lives = new Map<string, LiveCall>();
  const dials = new Map<string, (granted: boolean) => void>();
  let desk: DeskCalls = NO_CALLS;
  let stopWish: (() => void) | null = null;
  let mixed = '';

  // What an effect reports is taken only when all effects before it have run.
  const queue: (() => DeskStep)[] = [];
  let running = false;

  const moment = (): CallMoment => ({ at: clock.now(), random: clock.random() });
  const stateOf = (callId: string): CallState | undefined =>
    desk.calls.find((call) => call.callId === callId);

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
          else if ('dialGranted' in effect) answerDial(effect.dialGranted, true);
          else giveUp(effect.wishGivenUp);
        }
        mixConference();
        pauseRecordings();
      }
    } finally {
      running = false;
    }
    options.onChange();
  };

  const input = (callId: string, what: CallInput): void =>
    run(() => nextDeskState(desk, callId, what, moment()));

  const setWishTimer = (ms: number | null): void => {
    stopWish?.();
    stopWish = ms === null ? null : clock.after(ms, () => run(() => giveUpWish(desk)));
  };

  const answerDial = (callId: string, granted: boolean): void => {
    dials.get(callId)?.(granted);
    dials.delete(callId);
  };

  const giveUp = (callId: string): void => {
    answerDial(callId, false);
    const call = lives.get(callId);
    if (!call || stateOf(callId)?.phase !== 'alerting') return;
    call.microphone?.release();
    call.microphone = null;
  };

  const mixConference = (): void => {
    const members = (conferenceOf(desk)?.callIds ?? []).flatMap((callId) => {
      const microphone = lives.get(callId)?.microphone;
      return microphone ? [{ callId, microphone }] : [];
    });
    const now = members.map(({ callId }) => callId).join(' ');
    if (now === mixed) return;
    mixed = now;
    media.mix(members);
  };

  /** Nobody is recorded while on hold. */
  const pauseRecordings = (): void => {
    for (const { callId, recording, localHold, remoteHold } of desk.calls) {
      if (recording === null || recording.state === 'closing') continue;
      const paused = recording.state === 'paused' || localHold || remoteHold;
      lives.get(callId)?.recorder?.setPaused(paused);
    }
  };

  const startTimer = (callId: string, timer: CallTimer, ms: number): void => {
    const call = lives.get(callId);
    call?.timers.get(timer)?.();
    call?.timers.set(
      timer,
      clock.after(ms, () => input(callId, { type: 'timer', timer })),
    );
  };

  const runEffect = (callId: string, effect: CallEffect): void => {
    const call = lives.get(callId);
    switch (effect.type) {
      case 'emit':
        return options.onEvent(effect.event);
      case 'startTimer':
        return startTimer(callId, effect.timer, effect.ms);
      case 'stopTimer':
        call?.timers.get(effect.timer)?.();
        call?.timers.delete(effect.timer);
        return;
      case 'sendInvite':
        return call?.leg?.invite(call.microphone);
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
      case 'refer':
        return call?.leg?.refer(effect.uri);
      case 'referReplacing': {
        const consultation = lives.get(effect.callId)?.leg;
        if (consultation) call?.leg?.referReplacing(consultation);
        else input(callId, { type: 'referRejected', sipCode: 481 });
        return;
      }
      case 'answerRefer': {
        const target = call?.leg?.answerRefer(effect.accept);
        if (target) options.onReferred(callId, target);
        return;
      }
      case 'notifyRefer':
        return call?.leg?.notifyRefer(effect.sipCode);
      case 'microphone':
        call?.leg?.openMicrophone(effect.open);
        if (call) measure(callId, call);
        return;
      case 'release': {
        const state = stateOf(callId);
        if (state) options.onOver(state);
        return release(callId);
      }
      case 'retrieve':
        // The desk's own rules have dealt with it.
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

  const release = (callId: string): void => {
    const call = lives.get(callId);
    if (!call) return;
    lives.delete(callId);
    call.stopMeasuring?.();
    for (const stop of call.timers.values()) stop();
    void call.recorder?.stop();
    media.stopRemote(callId);
    call.leg?.release();
    call.microphone?.release();
  };

  return {
    desk: () => desk,
    stateOf,
    live: (callId) => lives.get(callId),
    liveIds: () => [...lives.keys()],
    moment,
    run,
    input,
    open: (callId) => {
      const call: LiveCall = {
        leg: null,
        microphone: null,
        timers: new Map(),
        connection: null,
        stopMeasuring: null,
        recorder: null,
      };
      lives.set(callId, call);
      const listener: LegListener = {
        input: (what) => input(callId, what),
        remoteStream: (stream) => {
          if (lives.has(callId)) media.playRemote(callId, stream);
        },
        connection: (peer) => {
          call.connection = peer;
        },
      };
      return { call, listener };
    },
    release,
    dialAnswered: (callId, ask) =>
      new Promise((resolve) => {
        dials.set(callId, resolve);
        run(ask);
      }),
  };
}
