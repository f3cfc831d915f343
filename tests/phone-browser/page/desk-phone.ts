// The product's telephone on the product's practice line.
import { Core } from 'sip.js';
import { heardAt, heardNext } from './ears.ts';
import type { CallEvent } from '../../../preload/contract/calls.ts';
import { createPhone } from '../../../renderer/phone/create-phone.ts';
import { createMedia } from '../../../renderer/phone/media/create-media.ts';
import type { Line } from '../../../renderer/phone/line.ts';
import { createPracticeLine } from '../../../renderer/phone/practice/practice-line.ts';
import type { PracticeLine } from '../../../renderer/phone/practice/practice-line.ts';
import { createSipLine } from '../../../renderer/phone/sip/sip-line.ts';

// Where resources are counted: sip.js remembers a call for 32 s (RFC 6026, timers L and M) in case its
// messages come again, which over a WebSocket they never do.
if (new URLSearchParams(location.search).has('deaf')) {
  Object.assign(Core.Timers, { TIMER_L: 2_000, TIMER_M: 2_000 });
}

const media = createMedia({ microphone: null, speaker: null, ringer: null, ringVolume: 0.5 });
const events: CallEvent[] = [];
let ids = 0;
let practice: PracticeLine | null = null;
const deskConnections = new WeakSet<RTCPeerConnection>();
let measured: RTCPeerConnection | null = null;

const phone = createPhone({
  media: {
    ...media,
    // The telephone measures its own connection, which tells it from the customer's.
    measure(connection, held, listener) {
      measured = connection;
      deskConnections.add(connection);
      return media.measure(connection, held, listener);
    },
  },
  newId: () => `call-${(ids += 1)}`,
});
phone.onCallEvent((event) => events.push(event));

const current = () => phone.snapshot().calls.at(-1) ?? null;
const callId = () => current()?.callId ?? '';

const telephone = {
  usePractice: () =>
    phone.useLine({
      mode: 'practice',
      origin: 'practice',
      accountId: null,
      async open(listener): Promise<Line> {
        const network = createPracticeLine({ voice: 'tone' });
        practice = network;
        const line = createSipLine({
          account: {
            ...network.account,
            server: 'ws://practice.invalid',
            authUser: null,
            displayName: null,
          },
          password: '',
          instanceId: '00000000-0000-4000-8000-000000000001',
          listener,
          transport: { constructor: network.transportConstructor },
        });
        return {
          ...line,
          async close() {
            await line.close();
            await network.close();
          },
        };
      },
    }),
  connection: () => phone.snapshot().connection,
  call: () => current(),
  events: () => events,
  types: () => events.map((event) => event.type),
  place: (target: string) => phone.place({ target }),
  ring: (number: string, display: string | null) => practice?.letACustomerRing({ number, display }),
  customerHangsUp: () => practice?.customerHangsUp(),
  answer: () => phone.answer(callId()),
  decline: () => phone.decline(callId()),
  hangUp: () => phone.hangUp(callId()),
  hold: () => phone.hold(callId()),
  resume: () => phone.resume(callId()),
  mute: () => phone.mute(callId()),
  unmute: () => phone.unmute(callId()),
  async heardAfterDigit(digit: string): Promise<number[]> {
    phone.sendDtmf(callId(), digit);
    return heardNext(telephone.heardByCustomer);
  },
  heardByDesk: (): number[] => heardAt((connection) => connection === measured),
  heardByCustomer: (): number[] => heardAt((connection) => !deskConnections.has(connection)),
  /** Device id and state of the microphone that the call sends, or null when there is none. */
  microphoneInUse() {
    const track = measured?.getSenders()[0]?.track;
    return track?.readyState === 'live' ? (track.getSettings().deviceId ?? '') : null;
  },
  useOtherDevices() {
    const used = telephone.microphoneInUse();
    const { microphones, speakers } = media.devices();
    const microphone = microphones.find((device) => device.deviceId !== used)?.deviceId ?? null;
    const speaker = speakers.at(-1)?.deviceId ?? null;
    media.useDevices({ microphone, speaker, ringer: speaker, ringVolume: 0.2 });
  },
  calls: () => phone.snapshot().calls,
  transfer: (id: string, target: string) => phone.transfer(id, target),
  consult: (id: string, target: string) => phone.consult(id, target),
  completeTransfer: (id: string) => phone.completeTransfer(id),
  addToConference: (id: string) => phone.addToConference(id),
  swap: () => phone.swap(),
  conference: () => phone.snapshot().conference,
  close: () => phone.close(),
};

declare global {
  interface Window {
    telephone: typeof telephone;
  }
}
window.telephone = telephone;
