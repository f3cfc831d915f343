// Everything the desk does with sound: implements the telephone's media port, and offers what the
// settings page needs to choose and try devices.
import type { CallTone, MediaPort, Microphone, MicrophoneProblem } from '../media-port.ts';
import { measureCall } from './call-measuring.ts';
import { deviceNoticesFrom, outputFor } from './device-notices.ts';
import type { DeviceNotice } from './device-notices.ts';
import { watchDevices } from './devices.ts';
import type { DeviceList } from './devices.ts';
import { meterStream } from './level-meter.ts';
import { recordCall } from '../recording/call-recorder.ts';
import { createConferenceMix } from './conference-mix.ts';
import { watchMicrophoneAccess } from './microphone-access.ts';
import { openMicrophone, openStream, stopTracks } from './microphone.ts';
import type { MicrophoneWish, OpenedMicrophone } from './microphone.ts';
import { createNoiseSuppressor } from './noise-suppressor.ts';
import { createRemoteStreams } from './remote-streams.ts';
import { createRemoteAudio } from './remote-audio.ts';
import { echoOf } from './self-echo.ts';
import { createSoundGate } from './sound-gate.ts';
import { createTonePlayer } from './tone-player.ts';
import { busyTone, keyTone, ringbackTone, ringTone, testTone, waitingTone } from './tones.ts';
import type { Tone } from './tones.ts';

/** After the first paint, before the first call. */
const PREPARE_AFTER_MS = 1500;

/** Device ids as in the settings; null is the system's choice. */
export interface DeviceChoice {
  microphone: string | null;
  speaker: string | null;
  ringer: string | null;
  /** 0–1. */
  ringVolume: number;
  /** What is done to the microphone's sound; all that the browser can unless said otherwise. */
  echoCancellation?: boolean;
  autoGain?: boolean;
  noiseSuppression?: 'off' | 'browser' | 'strong';
}

export interface Media extends MediaPort {
  /** Takes effect at once, also in mid-call. */
  useDevices(choice: DeviceChoice): void;
  devices(): DeviceList;
  /** What the agent has to know about devices that went away; empty when all is as chosen. */
  notices(): readonly DeviceNotice[];
  /** Tells that the list of devices, notices, or whether sound is blocked, may have changed. */
  subscribe(listener: () => void): () => void;
  /** True while the browser forbids sound until the next key or click, and something waits to sound. */
  soundBlocked(): boolean;
  /** Two notes on the chosen speaker or ringer. */
  playTestTone(output: 'speaker' | 'ringer'): void;
  /**
   * Opens the chosen microphone and reports its level (0–1, ≤ 60 times a second) until the returned
   * function is called. Asks for the permission if need be, after which devices have names.
   */
  meterMicrophone(
    listener: (level: number) => void,
  ): Promise<(() => void) | { problem: MicrophoneProblem }>;
  /** Plays the agent's own voice on the chosen speaker, a second late, until the function is called. */
  hearOneself(): Promise<(() => void) | { problem: MicrophoneProblem }>;
  /** Silences everything and lets go of all devices. */
  close(): void;
}

const CALL_TONES: Record<CallTone, () => Tone> = {
  ring: ringTone,
  ringback: ringbackTone,
  busy: busyTone,
  waiting: waitingTone,
};

export function createMedia(initial: DeviceChoice): Media {
  const gate = createSoundGate();
  const devices = watchDevices();
  const access = watchMicrophoneAccess(navigator.mediaDevices, navigator.permissions);
  const remote = createRemoteAudio(gate);
  const speakerTones = createTonePlayer(gate);
  const ringer = createTonePlayer(gate);
  const suppressor = createNoiseSuppressor(gate);
  const choiceListeners = new Set<() => void>();
  let choice = initial;
  let notices: readonly DeviceNotice[] = [];

  const made = new Map<CallTone, Tone>();
  const callTone = (name: CallTone): Tone => {
    const known = made.get(name) ?? CALL_TONES[name]();
    made.set(name, known);
    return known;
  };
  // The ring must not cost the moment in which the caller's card is painted, nor the ringback the one
  // in which somebody answers at once.
  const preparing = setTimeout(() => {
    ringer.prepare(callTone('ring'));
    speakerTones.prepare(callTone('ringback'));
  }, PREPARE_AFTER_MS);

  const applyOutputs = () => {
    const speaker = outputFor(choice.speaker, devices.list());
    remote.useDevice(speaker);
    speakerTones.useDevice(speaker);
    ringer.useDevice(outputFor(choice.ringer, devices.list()));
    ringer.setVolume(choice.ringVolume);
  };
  applyOutputs();
  devices.subscribe(applyOutputs);
  devices.subscribe(access.devicesChanged);

  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of [...listeners]) listener();
  };
  const remoteStreams = createRemoteStreams();
  const mix = createConferenceMix(remoteStreams, gate);
  const openMicrophones = new Map<Microphone, OpenedMicrophone>();

  const microphoneWish = (): MicrophoneWish => {
    const { noiseSuppression = 'browser' } = choice;
    return {
      deviceId: choice.microphone,
      echoCancellation: choice.echoCancellation ?? true,
      autoGain: choice.autoGain ?? true,
      noiseSuppression:
        noiseSuppression === 'strong' && suppressor.failed() ? 'browser' : noiseSuppression,
    };
  };
  const tellChoice = () => {
    for (const listener of [...choiceListeners]) listener();
    tell();
  };
  suppressor.subscribe(tellChoice);
  const microphoneSource = {
    wish: microphoneWish,
    clean: suppressor.clean,
    isThere: (deviceId: string) =>
      devices.list().microphones.some((device) => device.deviceId === deviceId),
    onChange(listener: () => void) {
      choiceListeners.add(listener);
      const forget = devices.subscribe(listener);
      return () => {
        choiceListeners.delete(listener);
        forget();
      };
    },
  };

  return {
    microphoneAtHand: access.atHand,
    onMicrophoneAtHand: access.subscribe,
    async openMicrophone() {
      const microphone = await openMicrophone({
        ...microphoneSource,
        onDevice: tell,
        onRelease() {
          if ('problem' in microphone) return;
          openMicrophones.delete(microphone);
          tell();
        },
      });
      access.opened('problem' in microphone ? microphone.problem : null);
      // Names of devices are known only from now on.
      if (!devices.list().named) void devices.refresh();
      if (!('problem' in microphone)) openMicrophones.set(microphone, microphone);
      return microphone;
    },
    playRemote(callId, stream) {
      // An element has to play it, or the browser gives neither mix nor recording any sound.
      remote.play(callId, stream);
      remoteStreams.set(callId, stream);
    },
    stopRemote(callId) {
      remoteStreams.delete(callId);
      remote.stop(callId);
    },
    mix(members) {
      mix.use(
        members.flatMap(({ callId, microphone }) => {
          const opened = openMicrophones.get(microphone);
          return opened ? [{ callId, microphone: opened }] : [];
        }),
      );
    },
    record({ callId, microphone }, sink) {
      const opened = openMicrophones.get(microphone);
      if (!opened) throw new Error('This microphone was not opened here.');
      return recordCall({ callId, microphone: opened }, sink, remoteStreams, gate);
    },
    playTone(tone) {
      if (tone !== 'ring') ringer.stop();
      if (tone === 'ring' || tone === null) speakerTones.stop();
      if (tone !== null) (tone === 'ring' ? ringer : speakerTones).play(callTone(tone));
    },
    playKey(digit) {
      const tone = keyTone(digit);
      if (tone) speakerTones.play(tone);
    },
    measure: measureCall,
    useDevices(next) {
      if (choice.noiseSuppression !== 'strong') suppressor.tryAgain();
      choice = next;
      applyOutputs();
      tellChoice();
    },
    devices: () => devices.list(),
    notices() {
      const inUse = [...openMicrophones.values()].map((microphone) => microphone.device());
      const next = deviceNoticesFrom(choice, devices.list(), inUse);
      if (choice.noiseSuppression === 'strong' && suppressor.failed()) {
        next.push({ device: 'microphone', state: 'notCleaned' });
      }
      // The same notices are the same object, as snapshots are compared.
      if (JSON.stringify(next) !== JSON.stringify(notices)) notices = next;
      return notices;
    },
    subscribe(listener) {
      listeners.add(listener);
      const forget = [devices.subscribe(listener), gate.subscribe(listener)];
      return () => {
        listeners.delete(listener);
        for (const stop of forget) stop();
      };
    },
    soundBlocked: () => gate.blocked(),
    playTestTone(output) {
      (output === 'ringer' ? ringer : speakerTones).play(testTone());
    },
    async meterMicrophone(listener) {
      const stream = await openStream(microphoneWish());
      if ('problem' in stream) return stream;
      if (!devices.list().named) void devices.refresh();
      const stop = meterStream(stream, listener);
      return () => {
        stop();
        stopTracks(stream);
      };
    },
    async hearOneself() {
      // With all that is done to it, as customers hear it.
      const microphone = await openMicrophone(microphoneSource);
      if ('problem' in microphone) return microphone;
      const stop = echoOf(microphone, outputFor(choice.speaker, devices.list()));
      return () => {
        stop();
        microphone.release();
      };
    },
    close() {
      clearTimeout(preparing);
      gate.close();
      access.close();
      devices.close();
      mix.close();
      remote.close();
      for (const player of [speakerTones, ringer]) player.close();
    },
  };
}
