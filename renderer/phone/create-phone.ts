// The telephone: the desk's calls on whatever line is in use, its settings, and its commands. All
// decisions about calls are in call.ts and desk-calls.ts.
import type { CallEvent } from '../../preload/contract/calls.ts';
import type { Origin } from '../../preload/contract/vocabulary.ts';
import type { CallInput } from './call-state.ts';
import { createCallRecordings, type RecordingStore } from './call-recording.ts';
import { shownCalls } from './call-snapshot.ts';
import { createCallTones } from './call-tones.ts';
import { type Clock, systemClock } from './clock.ts';
import { conferenceOf } from './conference.ts';
import { createDeskRunner } from './desk-runner.ts';
import { takeIncomingCalls } from './incoming-calls.ts';
import type { Line, LineListener } from './line.ts';
import type { MediaPort } from './media-port.ts';
import { createOutgoingCalls } from './outgoing-calls.ts';
import { partyCommands } from './party-commands.ts';
import type { ConnectionSnapshot, Phone, PhoneProblem, PhoneSnapshot } from './phone.ts';

export interface LineInUse {
  mode: 'practice' | 'account';
  origin: Origin;
  accountId: string | null;
  /** What one dials to hear the mailbox. */
  mailbox?: string | null;
  /** Loads and makes the line; nothing is sent before `start`. */
  open(listener: LineListener): Promise<Line>;
}

/** What the agent and the organisation have chosen. */
export interface PhonePreferences {
  /** A second call waits, or its caller hears busy. */
  callWaiting: 'wait' | 'busy';
  /** Seconds after which a call is answered by itself, unless another one is going on. */
  autoAnswerSeconds: number | null;
  recordingAllowed: boolean;
  colleagues: readonly { target: string; name: string }[];
}

export interface SwitchablePhone extends Phone {
  /** Ends the calls of the line in use, closes it, and goes on with this one; null is none. */
  useLine(line: LineInUse | null): Promise<void>;
  usePreferences(preferences: Partial<PhonePreferences>): void;
  /** The network changed or the machine woke: connect, register or ask the server at once. */
  networkChanged(): void;
}

export interface PhoneOptions {
  media: MediaPort;
  /** A UUIDv7. */
  newId: () => string;
  /** Without it nothing is recorded. */
  recordings?: RecordingStore;
  clock?: Clock;
}

const DISCONNECTED: ConnectionSnapshot = {
  mode: 'none',
  transport: 'down',
  registration: 'unregistered',
  problem: null,
  sipCode: null,
  retryAt: null,
};
const NOTHING: PhoneSnapshot = {
  connection: DISCONNECTED,
  calls: [],
  conference: null,
  doNotDisturb: false,
  messages: null,
  lineStates: [],
  lastDialled: null,
};

export function createPhone(options: PhoneOptions): SwitchablePhone {
  const { media, newId } = options;
  const clock = options.clock ?? systemClock;
  const listeners = new Set<() => void>();
  const eventListeners = new Set<(event: CallEvent) => void>();
  let preferences: PhonePreferences = {
    callWaiting: 'wait',
    autoAnswerSeconds: null,
    recordingAllowed: false,
    colleagues: [],
  };
  let inUse: { line: Line; use: LineInUse } | null = null;
  let generation = 0;
  let snapshot: PhoneSnapshot = NOTHING;

  const onEvent = (event: CallEvent): void => {
    for (const listener of [...eventListeners]) listener(event);
  };
  const show = (change: Partial<PhoneSnapshot>): void => {
    snapshot = { ...snapshot, ...change };
    for (const listener of [...listeners]) listener();
  };
  const tones = createCallTones(media, clock);
  const runner = createDeskRunner({
    media,
    clock,
    onEvent,
    onChange: () => {
      const desk = runner.desk();
      tones.follow(desk);
      show({
        calls: shownCalls(desk),
        conference: conferenceOf(desk),
      });
    },
    onReferred: (callId, target) => void commands.follow(callId, target),
    onOver: tones.over,
  });
  const { input } = runner;

  const registeredLine = (): typeof inUse => {
    const { registration } = snapshot.connection;
    return registration === 'registered' || registration === 'refreshing' ? inUse : null;
  };
  const outgoing = createOutgoingCalls({ runner, media, newId, line: registeredLine });
  const recordings = createCallRecordings(
    runner,
    { media, newId, store: options.recordings ?? null },
    () => preferences.recordingAllowed,
  );
  const commands = partyCommands({ runner, outgoing, newId, line: registeredLine });

  const answer = async (callId: string): Promise<PhoneProblem | null> => {
    const call = runner.live(callId);
    if (!call) return 'noSuchCall';
    if (call.microphone) return null;
    const microphone = await media.openMicrophone();
    if ('problem' in microphone) return microphone.problem;
    if (!runner.live(callId) || call.microphone) {
      microphone.release();
      return runner.live(callId) ? null : 'noSuchCall';
    }
    call.microphone = microphone;
    input(callId, { type: 'answer' });
    return null;
  };

  const incoming = takeIncomingCalls({
    runner,
    clock,
    newId,
    preferences: () => ({ ...preferences, doNotDisturb: snapshot.doNotDisturb }),
    onEvent,
    answer: (callId) => void answer(callId),
  });

  // Before the microphone is allowed, what is made in advance would name no address.
  const stopReady = media.onMicrophoneAtHand(() => inUse?.line.keepReady(media.microphoneAtHand()));

  const forAll = (what: CallInput): void => {
    for (const callId of runner.liveIds()) input(callId, what);
  };

  const listenerOf = (use: LineInUse, mine: number): LineListener => ({
    connection: (next) => {
      if (mine === generation) show({ connection: { mode: use.mode, ...next } });
    },
    incoming: (offer) => {
      if (mine === generation) incoming(offer, use);
      else offer.refuse(480);
    },
    linkDown: () => {
      if (mine === generation) forAll({ type: 'linkDown' });
    },
    linkUp: () => {
      if (mine === generation) forAll({ type: 'linkUp' });
    },
    messages: (messages) => {
      if (mine === generation) show({ messages });
    },
    lineStates: (lineStates) => {
      if (mine === generation) show({ lineStates });
    },
  });

  const leaveLine = async (): Promise<void> => {
    forAll({ type: 'hangUp' });
    const leaving = inUse;
    inUse = null;
    await leaving?.line.close();
  };

  const place: Phone['place'] = async ({ target, display = null, customerId, returnsCallId }) => {
    const remote = registeredLine()?.line.remoteOf(target, display);
    if (remote === undefined) return { problem: 'notRegistered' };
    if (remote === null) return { problem: 'badTarget' };
    const dialled = await outgoing.dial({
      to: { remote, replaces: null },
      customerId: customerId ?? null,
      returnsCallId: returnsCallId ?? null,
    });
    if ('callId' in dialled) show({ lastDialled: target });
    return dialled;
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
    place,
    answer,
    decline: (callId) => input(callId, { type: 'decline' }),
    silence: (callId) => input(callId, { type: 'silence' }),
    hangUp: (callId) => input(callId, { type: 'hangUp' }),
    hold: (callId) => input(callId, { type: 'hold' }),
    resume: (callId) => input(callId, { type: 'resume' }),
    mute: (callId) => input(callId, { type: 'mute' }),
    unmute: (callId) => input(callId, { type: 'unmute' }),
    sendDtmf: (callId, digit) => input(callId, { type: 'dtmf', digit }),
    redial: async () =>
      snapshot.lastDialled === null
        ? { problem: 'badTarget' }
        : await place({ target: snapshot.lastDialled }),
    transfer: commands.transfer,
    consult: commands.consult,
    completeTransfer: commands.completeTransfer,
    cancelTransfer: commands.cancelTransfer,
    swap: commands.swap,
    addToConference: commands.addToConference,
    removeFromConference: commands.removeFromConference,
    endConference: commands.endConference,
    startRecording: recordings.start,
    pauseRecording: (callId) => recordings.pause(callId, true),
    resumeRecording: (callId) => recordings.pause(callId, false),
    stopRecording: recordings.stop,
    answerRefer: (callId, accept) => input(callId, { type: 'answerRefer', accept }),
    setDoNotDisturb: (on) => show({ doNotDisturb: on }),
    callMailbox: async () => {
      const mailbox = inUse?.use.mailbox ?? null;
      return mailbox === null ? { problem: 'noMailbox' } : await place({ target: mailbox });
    },
    sipLog: () => inUse?.line.log() ?? [],
    usePreferences: (changes) => {
      preferences = { ...preferences, ...changes };
      if (changes.colleagues) inUse?.line.watch(changes.colleagues);
    },
    networkChanged: () => inUse?.line.retryNow(),
    useLine: async (use) => {
      generation += 1;
      const mine = generation;
      const left = leaveLine();
      show({
        connection: { ...DISCONNECTED, mode: use?.mode ?? 'none' },
        messages: null,
        lineStates: [],
      });
      if (use) {
        const line = await use.open(listenerOf(use, mine));
        if (mine === generation) {
          inUse = { line, use };
          line.keepReady(media.microphoneAtHand());
          line.watch(preferences.colleagues);
          line.start();
        } else await line.close();
      }
      await left;
    },
    close: async () => {
      generation += 1;
      stopReady();
      const left = leaveLine();
      show({ connection: DISCONNECTED });
      await left;
    },
  };
}
