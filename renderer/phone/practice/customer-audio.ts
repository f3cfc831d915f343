// The practice customer's mouth and ear. The customer is polite: it falls silent while it hears the
// agent speak.
import { TONE_HERTZ, VOICE_SAMPLE_RATE, babble } from './voice.ts';

/** `tone` is one steady frequency instead of a voice, so that a test can tell who is heard. */
export type CustomerVoice = 'babble' | 'tone';

export interface CustomerAudio {
  /** What the customer says; one audio track. */
  readonly stream: MediaStream;
  /** What the customer hears. */
  listenTo(stream: MediaStream): void;
  close(): void;
}

export interface PracticeAudio {
  openCustomer(): CustomerAudio;
  close(): void;
}

const VOICE_SECONDS = 16;
/** Customers differ in height and pace, by so much either way. */
const VOICE_SPREAD = 0.12;
/** Making the voice takes some 50 ms, which must not fall into the moment of a call. */
const PREPARE_AFTER_MS = 2000;
const VOICE_GAIN = 0.5;
const TONE_GAIN = 0.2;
const ROOM_LEVEL = 0.0004;
const LISTEN_EVERY_MS = 100;
/** Louder than a room, quieter than speech: about −46 dBFS. */
const SPEECH_LEVEL = 0.005;
/** The agent's breath between two words is no invitation to speak. */
const RESUME_AFTER_MS = 900;

export function createPracticeAudio(voice: CustomerVoice, random: () => number): PracticeAudio {
  const open = new Set<CustomerAudio>();
  let context: AudioContext | null = null;
  let prepared: Float32Array<ArrayBuffer> | null = null;
  const spoken = () => (prepared ??= babble(VOICE_SECONDS, random));
  const preparing = voice === 'babble' ? setTimeout(spoken, PREPARE_AFTER_MS) : undefined;
  const sourceIn = (inContext: AudioContext) =>
    voice === 'tone' ? toneSource(inContext) : voiceSource(inContext, spoken(), random);

  // A context that only sleeps would keep the nodes of past calls.
  const closeContext = () => {
    context?.close().catch(() => undefined);
    context = null;
  };

  return {
    openCustomer() {
      context ??= new AudioContext();
      // Refused before the page's first key or click; answering or dialling is one.
      context.resume().catch(() => undefined);
      const inner = customerAudioIn(context, voice, sourceIn(context));
      const customer: CustomerAudio = {
        ...inner,
        close() {
          if (!open.delete(customer)) return;
          inner.close();
          if (open.size === 0) closeContext();
        },
      };
      open.add(customer);
      return customer;
    },
    close() {
      clearTimeout(preparing);
      for (const customer of open) customer.close();
    },
  };
}

function customerAudioIn(
  context: AudioContext,
  voice: CustomerVoice,
  source: AudioScheduledSourceNode,
): CustomerAudio {
  const fullGain = voice === 'tone' ? TONE_GAIN : VOICE_GAIN;
  const gain = new GainNode(context, { gain: fullGain });
  const mouth = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
  source.connect(gain).connect(mouth);
  source.start();
  const room = roomSource(context);
  room.connect(mouth);
  room.start();

  let stopListening: (() => void) | null = null;
  const speak = (aloud: boolean) =>
    gain.gain.setTargetAtTime(aloud ? fullGain : 0, context.currentTime, 0.05);

  return {
    stream: mouth.stream,
    listenTo(stream) {
      stopListening?.();
      stopListening = voice === 'tone' ? keepFlowing(stream) : listen(context, stream, speak);
    },
    close() {
      stopListening?.();
      for (const sounding of [source, room]) {
        sounding.stop();
        sounding.disconnect();
      }
      gain.disconnect();
      for (const track of mouth.stream.getTracks()) track.stop();
    },
  };
}

/** The quiet of a room, about −73 dBFS: a silent customer is not a dead line. */
function roomSource(context: AudioContext): AudioBufferSourceNode {
  const buffer = context.createBuffer(1, 2 * VOICE_SAMPLE_RATE, VOICE_SAMPLE_RATE);
  const samples = Float32Array.from(
    { length: buffer.length },
    () => ROOM_LEVEL * (2 * Math.random() - 1),
  );
  buffer.copyToChannel(samples, 0);
  return new AudioBufferSourceNode(context, { buffer, loop: true });
}

function toneSource(context: AudioContext): OscillatorNode {
  return new OscillatorNode(context, { frequency: TONE_HERTZ });
}

function voiceSource(
  context: AudioContext,
  samples: Float32Array<ArrayBuffer>,
  random: () => number,
): AudioBufferSourceNode {
  const buffer = context.createBuffer(1, samples.length, VOICE_SAMPLE_RATE);
  buffer.copyToChannel(samples, 0);
  const playbackRate = 1 + VOICE_SPREAD * (2 * random() - 1);
  return new AudioBufferSourceNode(context, { buffer, loop: true, playbackRate });
}

/** Chromium decodes a received stream only while an element plays it; muted, it makes no sound. */
function keepFlowing(stream: MediaStream): () => void {
  const element = new Audio();
  element.muted = true;
  element.srcObject = stream;
  element.play().catch(() => undefined);
  return () => {
    element.pause();
    element.srcObject = null;
  };
}

function listen(
  context: AudioContext,
  stream: MediaStream,
  speak: (aloud: boolean) => void,
): () => void {
  const stopFlow = keepFlowing(stream);
  const source = new MediaStreamAudioSourceNode(context, { mediaStream: stream });
  const ear = new AnalyserNode(context, { fftSize: 2048 });
  source.connect(ear);
  const samples = new Float32Array(ear.fftSize);
  let silentUntil = 0;
  const timer = setInterval(() => {
    ear.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    const now = context.currentTime * 1000;
    if (Math.sqrt(power) > SPEECH_LEVEL) silentUntil = now + RESUME_AFTER_MS;
    speak(now >= silentUntil);
  }, LISTEN_EVERY_MS);
  return () => {
    clearInterval(timer);
    source.disconnect();
    stopFlow();
  };
}
