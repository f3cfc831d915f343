// A desk of nothing but sip.js on the practice line, with the product's sound: shows that the practice
// line is a telephone network for any user agent.
import { heardAt, heardNext } from './ears.ts';
import { Inviter, Registerer, SessionState, UserAgent, Web } from 'sip.js';
import type { Invitation, Session } from 'sip.js';
import { createMedia } from '../../../renderer/phone/media/create-media.ts';
import type { CallMeasurement, Microphone } from '../../../renderer/phone/media-port.ts';
import { createPracticeLine } from '../../../renderer/phone/practice/practice-line.ts';

const REAL_TIME = {
  now: () => Date.now(),
  after(ms: number, run: () => void) {
    planned.push(ms);
    const timer = setTimeout(run, ms / speed);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};
const query = new URLSearchParams(location.search);
const speed = Number(query.get('speed') ?? '1');
const planned: number[] = [];
const events: string[] = [];
const callers = [{ number: '+49 30 5550101', display: 'Ruth "Ruthi" Adler' }];

const practice = createPracticeLine({
  voice: query.get('voice') === 'babble' ? 'babble' : 'tone',
  clock: REAL_TIME,
  nextCustomer: () => Promise.resolve(callers[0] ?? null),
});
const media = createMedia({ microphone: null, speaker: null, ringer: null, ringVolume: 0.5 });

let session: Session | null = null;
let microphone: Microphone | null = null;
let measurement: CallMeasurement | null = null;
let stopMeasuring: () => void = () => undefined;

const handlerOf = (of: Session): Web.SessionDescriptionHandler | null =>
  of.sessionDescriptionHandler instanceof Web.SessionDescriptionHandler
    ? of.sessionDescriptionHandler
    : null;
const connectionOf = (of: Session | null) => (of && handlerOf(of)?.peerConnection) ?? null;

const uri = UserAgent.makeURI(`sip:${practice.account.user}@${practice.account.domain}`);
if (!uri) throw new Error('no address');
const userAgent = new UserAgent({
  uri,
  transportConstructor: practice.transportConstructor,
  logBuiltinEnabled: false,
  sessionDescriptionHandlerFactory: (of) =>
    new Web.SessionDescriptionHandler(of.userAgent.getLogger('desk'), microphoneStream, {
      iceGatheringTimeout: 500,
      peerConnectionConfiguration: { iceServers: [] },
    }),
  delegate: {
    onInvite(invitation: Invitation) {
      const { displayName, uri: from } = invitation.remoteIdentity;
      events.push(`invited ${displayName} ${from.user ?? ''}`);
      media.playTone('ring');
      follow(invitation);
    },
  },
});
const registerer = new Registerer(userAgent);

async function microphoneStream(): Promise<MediaStream> {
  if (microphone) return microphone.stream;
  const opened = await media.openMicrophone();
  if ('problem' in opened) throw new Error(opened.problem);
  microphone = opened;
  return opened.stream;
}

function follow(of: Session): void {
  session = of;
  of.stateChange.addListener((state) => {
    events.push(state);
    if (state === SessionState.Established) {
      media.playTone(null);
      const handler = handlerOf(of);
      const connection = connectionOf(of);
      if (!handler || !connection) return;
      media.playRemote(of.id, handler.remoteMediaStream);
      stopMeasuring = media.measure(
        connection,
        () => false,
        (latest) => {
          measurement = latest;
        },
      );
    }
    if (state === SessionState.Terminated) {
      media.playTone(null);
      media.stopRemote(of.id);
      stopMeasuring();
      microphone?.release();
      microphone = null;
    }
  });
}

async function hold(on: boolean): Promise<string> {
  const current = session;
  if (!current) return 'no call';
  return new Promise((resolve) => {
    void current.invite({
      sessionDescriptionHandlerOptions: { hold: on } as Web.SessionDescriptionHandlerOptions,
      requestDelegate: {
        onAccept: () => resolve('accepted'),
        onReject: ({ message }) => resolve(`rejected ${message.statusCode}`),
      },
    });
  });
}

const desk = {
  async register(): Promise<void> {
    await userAgent.start();
    await registerer.register({ requestDelegate: { onAccept: () => events.push('registered') } });
  },
  place(number: string) {
    const target = UserAgent.makeURI(`sip:${number}@${practice.account.domain}`);
    if (!target) throw new Error('no address');
    const inviter = new Inviter(userAgent, target);
    follow(inviter);
    void inviter.invite({
      requestDelegate: {
        onProgress: ({ message }) => events.push(`progress ${message.statusCode}`),
        onReject: ({ message }) => events.push(`rejected ${message.statusCode}`),
        onAccept: ({ message }) => events.push(`accepted ${message.statusCode}`),
      },
    });
  },
  answer: () => (session as Invitation).accept(),
  hangUp: () => void session?.bye(),
  ring: () => practice.letACustomerRing(callers[0] ?? { number: '1', display: null }),
  customerHangsUp: () => practice.customerHangsUp(),
  ringsByThemselves: (on: boolean) => practice.setRingsByThemselves(on),
  hold,
  /** What the customer heard in the second that ends half a second after the key. */
  async heardAfterDigit(digit: string): Promise<number[]> {
    const handler = session && handlerOf(session);
    if (!handler?.sendDtmf(digit)) throw new Error('no DTMF');
    return heardNext(desk.heardByCustomer);
  },
  mute(muted: boolean) {
    microphone?.setOpen(!muted);
  },
  testTone: () => media.playTestTone('speaker'),
  meter: async (ms: number) => {
    let highest = 0;
    const stop = await media.meterMicrophone((level) => {
      highest = Math.max(highest, level);
    });
    if ('problem' in stop) throw new Error(stop.problem);
    await new Promise((resolve) => setTimeout(resolve, ms));
    stop();
    return highest;
  },
  events: () => events,
  planned: () => planned,
  measurement: () => measurement,
  microphone: () => microphone?.stream.getAudioTracks().map((track) => track.readyState) ?? [],
  devices: () => media.devices(),
  soundBlocked: () => media.soundBlocked(),
  heardByDesk: () => heardAt((connection) => connection === connectionOf(session)),
  heardByCustomer: (): number[] => heardAt((connection) => connection !== connectionOf(session)),
  async close() {
    await registerer.unregister();
    await practice.close();
    await userAgent.stop();
    media.close();
  },
};

declare global {
  interface Window {
    desk: typeof desk;
  }
}
window.desk = desk;

media.subscribe(() => console.log(media.soundBlocked() ? 'sound is blocked' : 'sound is free'));
// Whoever evaluates in the page gives it a gesture; this rings without one.
if (query.has('rings')) {
  desk
    .register()
    .then(() => setTimeout(desk.ring, 300))
    .catch((error: unknown) => console.error(error));
}
