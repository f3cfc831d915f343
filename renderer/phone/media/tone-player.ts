// Plays tones on one output device. The audio context runs only while something sounds.
import type { SoundGate } from './sound-gate.ts';
import type { Tone } from './tones.ts';

export interface TonePlayer {
  /** Opens the sound card and makes this tone ahead of time, so that it is not late and holds nothing up. */
  prepare(tone: Tone): void;
  /** Replaces what sounds. */
  play(tone: Tone): void;
  stop(): void;
  /** null is the system's choice. A device that is not there leaves the sound where it was. */
  useDevice(deviceId: string | null): void;
  /** 0–1. */
  setVolume(volume: number): void;
  close(): void;
}

/** Audio Output Devices API; TypeScript's DOM library does not know it on AudioContext. */
type RoutableContext = AudioContext & { setSinkId(deviceId: string): Promise<void> };

/** Lets the fade at the end be heard before the context sleeps. */
const SLEEP_AFTER_MS = 300;
const FADE_SECONDS = 0.02;

export function createTonePlayer(gate: SoundGate): TonePlayer {
  let context: AudioContext | null = null;
  let playing: { source: AudioBufferSourceNode; gain: GainNode } | null = null;
  let device: string | null = null;
  let volume = 1;
  let sleepTimer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;
  /** The tones that were made for this context. */
  const buffers = new WeakMap<Tone, AudioBuffer>();

  const bufferOf = (tone: Tone, into: AudioContext): AudioBuffer => {
    const made = buffers.get(tone);
    if (made) return made;
    const buffer = into.createBuffer(1, tone.samples.length, tone.sampleRate);
    buffer.copyToChannel(tone.samples, 0);
    buffers.set(tone, buffer);
    return buffer;
  };

  const applyDevice = (into: AudioContext) => {
    (into as RoutableContext).setSinkId(device ?? '').catch(() => undefined);
  };

  const opened = (): AudioContext => {
    if (!context) {
      context = new AudioContext({ latencyHint: 'interactive' });
      if (device !== null) applyDevice(context);
    }
    return context;
  };

  const wake = (): AudioContext => {
    clearTimeout(sleepTimer);
    const awakened = opened();
    if (awakened.state !== 'running') {
      // resume() stays pending, without failing, for as long as the browser forbids sound.
      awakened.resume().catch(() => undefined);
      if (!navigator.userActivation.hasBeenActive && awakened.state === 'suspended') {
        setTimeout(() => {
          if (playing && context === awakened && awakened.state === 'suspended') {
            gate.waitForGesture(() => {
              if (playing) awakened.resume().catch(() => undefined);
            });
          }
        }, SLEEP_AFTER_MS);
      }
    }
    return awakened;
  };

  const sleepSoon = () => {
    clearTimeout(sleepTimer);
    sleepTimer = setTimeout(() => {
      if (!playing && !closed) context?.suspend().catch(() => undefined);
    }, SLEEP_AFTER_MS);
  };

  const stop = () => {
    if (!playing || !context) return;
    const { source, gain } = playing;
    playing = null;
    const now = context.currentTime;
    gain.gain.setTargetAtTime(0, now, FADE_SECONDS / 3);
    source.stop(now + FADE_SECONDS);
    sleepSoon();
  };

  return {
    prepare(tone) {
      if (closed) return;
      bufferOf(tone, opened());
      sleepSoon();
    },
    play(tone) {
      if (closed) return;
      stop();
      const awake = wake();
      const buffer = bufferOf(tone, awake);
      const source = new AudioBufferSourceNode(awake, { buffer, loop: tone.loop });
      const gain = new GainNode(awake, { gain: volume });
      source.connect(gain).connect(awake.destination);
      const current = { source, gain };
      playing = current;
      source.addEventListener('ended', () => {
        source.disconnect();
        gain.disconnect();
        if (playing !== current) return;
        playing = null;
        sleepSoon();
      });
      source.start();
    },
    stop,
    useDevice(deviceId) {
      if (deviceId === device) return;
      device = deviceId;
      if (context) applyDevice(context);
    },
    setVolume(next) {
      volume = Math.min(1, Math.max(0, next));
      if (playing && context) playing.gain.gain.setTargetAtTime(volume, context.currentTime, 0.01);
    },
    close() {
      closed = true;
      clearTimeout(sleepTimer);
      playing = null;
      context?.close().catch(() => undefined);
      context = null;
    },
  };
}
