// A telephone in memory: carries out every command at once and remembers what it was asked.
import type {
  CallSnapshot,
  Phone,
  PhoneProblem,
  PhoneSnapshot,
} from '../../../renderer/phone/phone.ts';
import * as book from './book.ts';

export interface StandInPhone {
  phone: Phone;
  setCalls: (calls: CallSnapshot[]) => void;
  /** What else the telephone shows. */
  setPhone: (changes: Partial<PhoneSnapshot>) => void;
  changeCall: (callId: string, changes: Partial<CallSnapshot>) => void;
}

/** A call as it rings, on line 1; the number makes its id. */
export function aRingingCall(number: number): CallSnapshot {
  return {
    callId: book.idOf(number),
    direction: 'inbound',
    origin: 'practice',
    remote: {
      uri: 'sip:+49561499021@example.test',
      number: '+49 561 4990 21',
      display: 'M. Vogt',
      anonymous: false,
    },
    phase: 'alerting',
    startedAt: Date.now(),
    answeredAt: null,
    endedAt: null,
    cause: null,
    sipCode: null,
    localHold: false,
    remoteHold: false,
    negotiating: false,
    holdRefused: false,
    muted: false,
    media: 'new',
    quality: { mos: 4.38, lossPercent: 0, jitterMs: 2, rttMs: 12 },
    oneWay: null,
    digits: '',
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

export function standInPhone(
  asked: unknown[][],
  onAnswered: (callId: string) => void,
): StandInPhone {
  let snapshot: PhoneSnapshot = {
    connection: {
      mode: 'practice',
      transport: 'up',
      registration: 'registered',
      problem: null,
      sipCode: null,
      retryAt: null,
    },
    calls: [],
    conference: null,
    doNotDisturb: false,
    messages: null,
    lineStates: [],
    lastDialled: null,
  };
  let placed = 0;
  const listeners = new Set<() => void>();
  const setPhone = (changes: Partial<PhoneSnapshot>) => {
    snapshot = { ...snapshot, ...changes };
    for (const listener of listeners) listener();
  };
  const setCalls = (calls: CallSnapshot[]) => setPhone({ calls });
  const changeCall = (callId: string, changes: Partial<CallSnapshot>) =>
    setCalls(
      snapshot.calls.map((call) => (call.callId === callId ? { ...call, ...changes } : call)),
    );
  const callOf = (callId: string) => snapshot.calls.find((known) => known.callId === callId);
  const command = (name: string, changes: () => Partial<CallSnapshot>) => (callId: string) => {
    asked.push([`phone.${name}`, callId]);
    changeCall(callId, changes());
  };
  const holdOthers = (callId: string) =>
    setCalls(
      snapshot.calls.map((call) =>
        call.phase === 'confirmed' && call.callId !== callId ? { ...call, localHold: true } : call,
      ),
    );
  const over = { phase: 'terminated', cause: 'completed' } as const;
  const refuse = (): { problem: PhoneProblem } => ({ problem: 'notRegistered' });

  const phone: Phone = {
    snapshot: () => snapshot,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    onCallEvent: () => () => undefined,
    place: async (call) => {
      asked.push(['phone.place', call]);
      return refuse();
    },
    answer: async (callId) => {
      asked.push(['phone.answer', callId]);
      holdOthers(callId);
      changeCall(callId, {
        phase: 'confirmed',
        answeredAt: Date.now(),
        media: 'connected',
        waiting: false,
      });
      onAnswered(callId);
      return null;
    },
    decline: command('decline', () => ({ phase: 'terminated', cause: 'declined' })),
    silence: command('silence', () => ({ silent: true })),
    hangUp: command('hangUp', () => ({ ...over, endedAt: Date.now() })),
    hold: command('hold', () => ({ localHold: true })),
    resume: (callId) => {
      asked.push(['phone.resume', callId]);
      holdOthers(callId);
      changeCall(callId, { localHold: false });
    },
    mute: command('mute', () => ({ muted: true })),
    unmute: command('unmute', () => ({ muted: false })),
    sendDtmf: (callId, digit) => {
      asked.push(['phone.sendDtmf', digit]);
      changeCall(callId, { digits: `${callOf(callId)?.digits ?? ''}${digit}` });
    },
    redial: async () => {
      asked.push(['phone.redial', snapshot.lastDialled]);
      return refuse();
    },
    transfer: async (callId, target) => {
      asked.push(['phone.transfer', { callId, target }]);
      changeCall(callId, {
        localHold: true,
        transfer: { state: 'progress', target, sipCode: null },
      });
      return null;
    },
    consult: async (callId, target) => {
      asked.push(['phone.consult', { callId, target }]);
      changeCall(callId, {
        localHold: true,
        transfer: { state: 'consulting', target, sipCode: null },
      });
      placed += 1;
      const consultation: CallSnapshot = {
        ...aRingingCall(700 + placed),
        direction: 'outbound',
        remote: { uri: target, number: target, display: 'Jonas Weber', anonymous: false },
        phase: 'confirmed',
        answeredAt: Date.now(),
        media: 'connected',
        lineNumber: 2,
        consultationFor: callId,
      };
      setCalls([...snapshot.calls, consultation]);
      return { callId: consultation.callId };
    },
    completeTransfer: async (callId) => {
      asked.push(['phone.completeTransfer', callId]);
      setCalls(snapshot.calls.map((call) => ({ ...call, ...over })));
      return null;
    },
    cancelTransfer: (callId) => {
      asked.push(['phone.cancelTransfer', callId]);
      setCalls(
        snapshot.calls.map((call) =>
          call.callId === callId
            ? { ...call, localHold: false, transfer: aRingingCall(0).transfer }
            : call.consultationFor === callId
              ? { ...call, ...over }
              : call,
        ),
      );
    },
    swap: () => {
      asked.push(['phone.swap', null]);
      setCalls(
        snapshot.calls.map((call) =>
          call.phase === 'confirmed' ? { ...call, localHold: !call.localHold } : call,
        ),
      );
    },
    addToConference: async (callId) => {
      asked.push(['phone.addToConference', callId]);
      const calls = snapshot.calls.map((call) =>
        call.phase === 'confirmed' ? { ...call, localHold: false, inConference: true } : call,
      );
      setPhone({
        calls,
        conference: {
          callIds: calls.filter((call) => call.inConference).map((call) => call.callId),
        },
      });
      return null;
    },
    removeFromConference: (callId) => {
      asked.push(['phone.removeFromConference', callId]);
      changeCall(callId, { ...over, inConference: false });
      setPhone({ conference: null });
    },
    endConference: () => {
      asked.push(['phone.endConference', null]);
      setPhone({
        conference: null,
        calls: snapshot.calls.map((call) => ({ ...call, ...over, inConference: false })),
      });
    },
    startRecording: async (callId, consents) => {
      asked.push(['phone.startRecording', { callId, consents }]);
      if (!consents.agentAnnounced || !consents.customerAgreed) return 'consentMissing';
      changeCall(callId, { recording: 'on' });
      return null;
    },
    pauseRecording: command('pauseRecording', () => ({ recording: 'paused' })),
    resumeRecording: command('resumeRecording', () => ({ recording: 'on' })),
    stopRecording: command('stopRecording', () => ({ recording: 'off' })),
    answerRefer: (callId, accept) => {
      asked.push(['phone.answerRefer', { callId, accept }]);
      changeCall(callId, { referRequest: null });
    },
    setDoNotDisturb: (on) => {
      asked.push(['phone.setDoNotDisturb', on]);
      setPhone({ doNotDisturb: on });
    },
    callMailbox: async () => {
      asked.push(['phone.callMailbox', null]);
      return refuse();
    },
    sipLog: () => [],
    close: async () => undefined,
  };
  return { phone, setCalls, setPhone, changeCall };
}
