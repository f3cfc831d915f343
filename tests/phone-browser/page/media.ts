// The product's media with customers made of plain peer connections: who hears whom in a conference,
// and what is in a recording.
import type { CallRecorder, Microphone } from '../../../renderer/phone/media-port.ts';
import { createMedia } from '../../../renderer/phone/media/create-media.ts';

const RATE = 16_000;
const media = createMedia({ microphone: null, speaker: null, ringer: null, ringVolume: 0.5 });
const decoder = new AudioContext({ sampleRate: RATE });

/** One call: the desk's end and a customer who speaks one tone and listens. */
interface Call {
  desk: RTCPeerConnection;
  customer: RTCPeerConnection;
  microphone: Microphone;
  ear: Ear;
  voice: OscillatorNode;
}

interface Ear {
  analyser: AnalyserNode;
  remove: () => void;
}

const calls = new Map<string, Call>();

async function connect(desk: RTCPeerConnection, customer: RTCPeerConnection): Promise<void> {
  desk.addEventListener(
    'icecandidate',
    ({ candidate }) => void customer.addIceCandidate(candidate),
  );
  customer.addEventListener(
    'icecandidate',
    ({ candidate }) => void desk.addIceCandidate(candidate),
  );
  await desk.setLocalDescription();
  const offer = desk.localDescription;
  if (offer) await customer.setRemoteDescription(offer);
  await customer.setLocalDescription();
  const answer = customer.localDescription;
  if (answer) await desk.setRemoteDescription(answer);
}

/** An ear that Chromium really feeds: remote audio flows only where an element plays it. */
function earAt(stream: MediaStream, outside: AudioContext): Ear {
  const puller = new Audio();
  puller.muted = true;
  puller.srcObject = stream;
  puller.play().catch(() => undefined);
  const analyser = new AnalyserNode(outside, { fftSize: 16_384 });
  const source = new MediaStreamAudioSourceNode(outside, { mediaStream: stream });
  source.connect(analyser);
  return {
    analyser,
    remove() {
      source.disconnect();
      puller.pause();
      puller.srcObject = null;
      // A context that runs keeps the nodes of past calls.
      void outside.close();
    },
  };
}

// A device that is pulled out, as the browser shows it: it leaves the list, its tracks end, and opening
// it by name fails. Everything else is the browser's own.
const unplugged = new Set<string>();
const live = new Set<MediaStreamTrack>();
const { mediaDevices } = navigator;
const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
const enumerateDevices = mediaDevices.enumerateDevices.bind(mediaDevices);
mediaDevices.enumerateDevices = async () =>
  (await enumerateDevices()).filter(({ deviceId }) => !unplugged.has(deviceId));
mediaDevices.getUserMedia = async (constraints) => {
  const audio = typeof constraints?.audio === 'object' ? constraints.audio : {};
  const wanted = (audio.deviceId as { exact?: string } | undefined)?.exact;
  if (wanted !== undefined && unplugged.has(wanted)) throw new DOMException('', 'NotFoundError');
  const stream = await getUserMedia(constraints);
  for (const track of live) if (track.readyState === 'ended') live.delete(track);
  for (const track of stream.getAudioTracks()) live.add(track);
  return stream;
};

const recorded: Uint8Array<ArrayBuffer>[] = [];
let indexes: number[] = [];
let recorder: CallRecorder | null = null;

const page = {
  /** A customer who speaks this tone is on the line. */
  async call(callId: string, hertz: number) {
    const microphone = await media.openMicrophone();
    if ('problem' in microphone) throw new Error(microphone.problem);
    const desk = new RTCPeerConnection();
    const customer = new RTCPeerConnection();
    const [track] = microphone.stream.getAudioTracks();
    if (!track) throw new Error('no track');
    const sender = desk.addTrack(track, microphone.stream);
    microphone.onChange((stream) => void sender.replaceTrack(stream.getAudioTracks()[0] ?? null));
    const outside = new AudioContext({ sampleRate: RATE });
    const mouth = new MediaStreamAudioDestinationNode(outside, { channelCount: 1 });
    const voice = new OscillatorNode(outside, { frequency: hertz });
    voice.connect(new GainNode(outside, { gain: 0.2 })).connect(mouth);
    voice.start();
    for (const each of mouth.stream.getTracks()) customer.addTrack(each, mouth.stream);
    desk.addEventListener('track', ({ streams: [stream] }) => {
      if (stream) media.playRemote(callId, stream);
    });
    const heard = new Promise<Ear>((resolve) => {
      customer.addEventListener('track', ({ track: theirs }) =>
        resolve(earAt(new MediaStream([theirs]), outside)),
      );
    });
    await connect(desk, customer);
    calls.set(callId, { desk, customer, microphone, ear: await heard, voice });
  },
  hangUp(callId: string) {
    const call = calls.get(callId);
    calls.delete(callId);
    media.stopRemote(callId);
    call?.desk.close();
    call?.customer.close();
    call?.voice.stop();
    call?.ear.remove();
    call?.microphone.release();
  },
  mix(callIds: readonly string[]) {
    media.mix(
      callIds.flatMap((callId) => {
        const call = calls.get(callId);
        return call ? [{ callId, microphone: call.microphone }] : [];
      }),
    );
  },
  mute(callId: string, muted: boolean) {
    calls.get(callId)?.microphone.setOpen(!muted);
  },
  /** What the customer of this call heard in the last second. */
  heardBy(callId: string): number[] {
    const samples = new Float32Array(16_384);
    calls.get(callId)?.ear.analyser.getFloatTimeDomainData(samples);
    return Array.from(samples);
  },
  customerSays(callId: string, hertz: number) {
    const voice = calls.get(callId)?.voice;
    if (voice) voice.frequency.value = hertz;
  },
  record(callId: string) {
    const call = calls.get(callId);
    if (!call) throw new Error('no such call');
    recorded.length = 0;
    indexes = [];
    recorder = media.record(
      { callId, microphone: call.microphone },
      {
        append(index, chunk) {
          indexes.push(index);
          recorded.push(chunk);
        },
        failed() {
          throw new Error('recorder failed');
        },
      },
    );
  },
  pause: (paused: boolean) => recorder?.setPaused(paused),
  stopRecording: async () => {
    await recorder?.stop();
    await recorder?.stop();
    return indexes;
  },
  /** Both channels of the file's first bytes (all unless said otherwise) at 16 kHz. */
  async decoded(share = 1): Promise<{ agent: number[]; customer: number[] }> {
    const file = await new Blob(recorded).arrayBuffer();
    const part = file.slice(0, Math.floor(file.byteLength * share));
    const buffer = await decoder.decodeAudioData(part);
    return {
      agent: Array.from(buffer.getChannelData(0)),
      customer: Array.from(buffer.getChannelData(1)),
    };
  },
  devices: () => media.devices(),
  notices: () => media.notices(),
  unplug(deviceId: string) {
    unplugged.add(deviceId);
    for (const track of live) {
      if (track.getSettings().deviceId !== deviceId || track.readyState !== 'live') continue;
      track.stop();
      track.dispatchEvent(new Event('ended'));
    }
    mediaDevices.dispatchEvent(new Event('devicechange'));
  },
  plugIn(deviceId: string) {
    unplugged.delete(deviceId);
    mediaDevices.dispatchEvent(new Event('devicechange'));
  },
  deviceOf: (callId: string) =>
    calls.get(callId)?.microphone.stream.getAudioTracks()[0]?.getSettings().deviceId ?? null,
  processingOf(callId: string) {
    const settings = calls.get(callId)?.microphone.stream.getAudioTracks()[0]?.getSettings();
    return [settings?.echoCancellation, settings?.noiseSuppression, settings?.autoGainControl];
  },
  process: (on: boolean) =>
    media.useDevices({
      microphone: null,
      speaker: null,
      ringer: null,
      ringVolume: 0.5,
      echoCancellation: on,
      autoGain: on,
      noiseSuppression: on ? 'browser' : 'off',
    }),
  /** Only what is done against noise; echo and gain are left alone. */
  suppress: (noiseSuppression: 'off' | 'browser' | 'strong') =>
    media.useDevices({
      ...{ microphone: null, speaker: null, ringer: null, ringVolume: 0.5 },
      ...{ echoCancellation: false, autoGain: false, noiseSuppression },
    }),
  /** How many microphones are open after one has heard oneself. */
  hearOneself: async (ms: number) => {
    const stop = await media.hearOneself();
    if ('problem' in stop) throw new Error(stop.problem);
    await new Promise((resolve) => setTimeout(resolve, ms));
    stop();
    return [...live].filter((track) => track.readyState === 'live').length;
  },
  useMicrophone: (microphone: string | null, speaker: string | null = null) =>
    media.useDevices({ microphone, speaker, ringer: null, ringVolume: 0.5 }),
};

declare global {
  interface Window {
    media: typeof page;
  }
}
window.media = page;
