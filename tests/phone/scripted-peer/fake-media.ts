// Media without sound: offers and answers SDP by the same rules of hold, and says what it was told.
import { vi } from 'vitest';
import type { MediaPort, Microphone, RecordingSink } from '../../../renderer/phone/media-port.ts';
import type {
  LegMedia,
  LegMediaOptions,
  MakeLegMedia,
} from '../../../renderer/phone/sip/leg-media.ts';
import {
  audioDirectionOf,
  directionToAnswer,
  directionToOffer,
  heldByAnswer,
  heldByOffer,
  type MediaDirection,
} from '../../../renderer/phone/sip/sdp-direction.ts';
import { sdp } from './scripted-peer.ts';

export interface FakeLegMedia extends LegMedia {
  signaling: 'stable' | 'have-local-offer' | 'have-remote-offer';
  microphoneOpen: boolean;
  tones: string;
  /** How many microphones it was given. */
  microphones: number;
  closed: boolean;
  iceRestarts: number;
  /** Its first offer was asked for before there was a microphone. */
  ahead: boolean;
  /** Its answer was made while it still rang. */
  answeredAhead: boolean;
  /** Answers of provisional responses that were to be heard. */
  early: string[];
  report: LegMediaOptions['listener'];
}

export interface FakeMediaControl {
  make: MakeLegMedia;
  legs: FakeLegMedia[];
  /** Offers wait for this. */
  gathering: Promise<void>;
  dtmf: boolean;
}

export function fakeLegMedia(): FakeMediaControl {
  const control: FakeMediaControl = {
    legs: [],
    gathering: Promise.resolve(),
    dtmf: true,
    make: ({ listener }) => {
      let hold = { local: false, remote: false };
      let wish = { hold: false, iceRestart: false };
      let offered: MediaDirection = 'sendrecv';
      let remote: MediaDirection = 'sendrecv';
      const leg: FakeLegMedia = {
        signaling: 'stable',
        microphoneOpen: false,
        tones: '',
        microphones: 0,
        closed: false,
        iceRestarts: 0,
        ahead: false,
        answeredAhead: false,
        early: [],
        report: listener,
        get hold() {
          return hold;
        },
        prepareOffer: (next) => {
          wish = next;
        },
        offerAhead: async () => {
          leg.ahead = true;
        },
        readyOffer: () => {
          if (!leg.ahead || leg.signaling !== 'stable') return null;
          leg.signaling = 'have-local-offer';
          return sdp('sendrecv');
        },
        answerAhead: () => {
          leg.answeredAhead = true;
        },
        useMicrophone: () => {
          leg.microphones += 1;
        },
        openMicrophone: (open) => {
          leg.microphoneOpen = open;
        },
        hearEarly: (text) => {
          leg.early.push(text);
          listener.state('connected');
        },
        hasDescription: (type) => type === 'application/sdp',
        getDescription: async () => {
          if (leg.signaling === 'have-remote-offer') {
            leg.signaling = 'stable';
            hold = { local: hold.local, remote: heldByOffer(remote) };
            listener.state('connected');
            return {
              body: sdp(directionToAnswer(remote, hold.local)),
              contentType: 'application/sdp',
            };
          }
          if (leg.signaling !== 'stable') throw new Error(`offer in ${leg.signaling}`);
          leg.signaling = 'have-local-offer';
          offered = directionToOffer({ local: wish.hold, remote: hold.remote });
          if (wish.iceRestart) leg.iceRestarts += 1;
          await control.gathering;
          return { body: sdp(offered), contentType: 'application/sdp' };
        },
        setDescription: async (text) => {
          if (text.includes('m=message')) throw new Error('nothing here can be used');
          if (leg.signaling === 'have-local-offer') {
            leg.signaling = 'stable';
            hold = {
              local: wish.hold,
              remote: heldByAnswer(offered, audioDirectionOf(text), hold.remote),
            };
            listener.state('connected');
          } else {
            leg.signaling = 'have-remote-offer';
            remote = audioDirectionOf(text);
          }
        },
        rollbackDescription: async () => {
          leg.signaling = 'stable';
          wish = { hold: hold.local, iceRestart: false };
        },
        sendDtmf: (tones) => {
          if (control.dtmf) leg.tones += tones;
          return control.dtmf;
        },
        close: () => {
          leg.closed = true;
        },
      };
      control.legs.push(leg);
      return leg;
    },
  };
  return control;
}

export interface FakeRecorder {
  sink: RecordingSink;
  paused: boolean;
  stopped: boolean;
}

export interface FakeMediaPort extends MediaPort {
  /** Microphones that have been opened and not given back. */
  openMicrophones: number;
  /** Said to be at hand; a change is told by `tellAtHand`. */
  atHand: boolean;
  tellAtHand(): void;
  problem: 'noMicrophone' | 'microphoneDenied' | null;
  tones: (string | null)[];
  /** The calls of each mix that was asked for. */
  mixes: string[][];
  recorders: FakeRecorder[];
}

export function fakeMediaPort(): FakeMediaPort {
  const listeners = new Set<() => void>();
  const port: FakeMediaPort = {
    openMicrophones: 0,
    atHand: false,
    tellAtHand: () => {
      for (const listener of listeners) listener();
    },
    microphoneAtHand: () => port.atHand,
    onMicrophoneAtHand: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    problem: null,
    tones: [],
    mixes: [],
    recorders: [],
    openMicrophone: async () => {
      if (port.problem) return { problem: port.problem };
      port.openMicrophones += 1;
      let released = false;
      const microphone: Microphone = {
        stream: {} as MediaStream,
        onChange: () => () => undefined,
        setOpen: () => undefined,
        release: () => {
          if (!released) port.openMicrophones -= 1;
          released = true;
        },
      };
      return microphone;
    },
    playRemote: vi.fn(),
    stopRemote: vi.fn(),
    playTone: (tone) => port.tones.push(tone),
    playKey: vi.fn(),
    mix: (members) => port.mixes.push(members.map(({ callId }) => callId)),
    record: (_call, sink) => {
      const recorder: FakeRecorder = { sink, paused: false, stopped: false };
      port.recorders.push(recorder);
      return {
        setPaused: (paused) => {
          recorder.paused = paused;
        },
        stop: async () => {
          recorder.stopped = true;
        },
      };
    },
    measure: () => () => undefined,
  };
  return port;
}
