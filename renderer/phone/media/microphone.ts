// The agent's microphone: opened for one call, changed in mid-call, given back at its end.
import type { Microphone, MicrophoneProblem } from '../media-port.ts';
import type { SoundProcessing } from './sound-processing.ts';
import { processingConstraints, sameProcessing } from './sound-processing.ts';

/** Which device, null being the system's choice, and what the browser does to its sound. */
export interface MicrophoneWish extends SoundProcessing {
  deviceId: string | null;
}

export interface MicrophoneSource {
  wish(): MicrophoneWish;
  /** Whether the list of devices has this one. */
  isThere(deviceId: string): boolean;
  /** Called when the wish changed or the list of devices did. */
  onChange(listener: () => void): () => void;
  /** The microphone has another device, or none any more. */
  onDevice?(): void;
  onRelease?(): void;
}

/** What a call's microphone is for the rest of media. */
export interface OpenedMicrophone extends Microphone {
  /** What the agent says, whatever is sent. */
  readonly raw: MediaStream;
  onRawChange(listener: () => void): () => void;
  /** Sends this stream in place of the agent alone; null goes back. */
  sendInstead(stream: MediaStream | null): void;
  /** The device whose sound this is; null when it went away and none took over. */
  device(): { deviceId: string | null; label: string } | null;
}

/** The code for a refusal of getUserMedia, by its name in the Media Capture specification. */
export function microphoneProblemFrom(error: unknown): MicrophoneProblem {
  const name =
    typeof error === 'object' && error !== null && 'name' in error ? error.name : undefined;
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'microphoneDenied';
  if (name === 'NotReadableError' || name === 'AbortError') return 'microphoneInUse';
  return 'noMicrophone';
}

/** Opens the device, or the system's own choice when that device is not there. */
export async function openStream(
  wish: MicrophoneWish,
): Promise<MediaStream | { problem: MicrophoneProblem }> {
  // Outside a secure context there are no devices at all.
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  if (!devices) return { problem: 'noMicrophone' };
  const { deviceId } = wish;
  try {
    return await devices.getUserMedia({
      audio: {
        ...processingConstraints(wish),
        ...(deviceId === null ? {} : { deviceId: { exact: deviceId } }),
      },
    });
  } catch (error) {
    const problem = microphoneProblemFrom(error);
    if (deviceId !== null && problem === 'noMicrophone') {
      return openStream({ ...wish, deviceId: null });
    }
    return { problem };
  }
}

export function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

function sameWish(one: MicrophoneWish, other: MicrophoneWish): boolean {
  return one.deviceId === other.deviceId && sameProcessing(one, other);
}

export async function openMicrophone(
  source: MicrophoneSource,
): Promise<OpenedMicrophone | { problem: MicrophoneProblem }> {
  const first = source.wish();
  const opened = await openStream(first);
  if ('problem' in opened) return opened;

  let raw = opened;
  let instead: MediaStream | null = null;
  let openedFor = first;
  let open = true;
  let released = false;
  let changing = false;
  const listeners = new Set<(stream: MediaStream) => void>();
  const rawListeners = new Set<() => void>();

  const ended = () => raw.getAudioTracks().every((track) => track.readyState === 'ended');
  const settings = () => raw.getAudioTracks()[0]?.getSettings().deviceId;
  /** A substitute gives way as soon as the chosen device is there again. */
  const maySwitchBack = () => {
    const { deviceId } = source.wish();
    return deviceId !== null && settings() !== deviceId && source.isThere(deviceId);
  };
  const isDue = () => ended() || !sameWish(source.wish(), openedFor) || maySwitchBack();

  const change = async () => {
    if (changing || released) return;
    changing = true;
    const wanted = source.wish();
    const substitute = await openStream(wanted);
    changing = false;
    // With no substitute the old stream stays: a silent call is better than a torn one.
    if ('problem' in substitute) {
      source.onDevice?.();
      return;
    }
    if (released) {
      stopTracks(substitute);
      return;
    }
    const old = raw;
    // A muted agent stays muted on the new device.
    for (const track of substitute.getAudioTracks()) track.enabled = open;
    raw = substitute;
    openedFor = wanted;
    watchEnd();
    for (const listener of rawListeners) listener();
    if (instead === null) for (const listener of listeners) listener(raw);
    stopTracks(old);
    source.onDevice?.();
    if (!sameWish(source.wish(), openedFor)) await change();
  };

  /** A device that is pulled out ends its track; stop() of our own does not fire this. */
  const watchEnd = () => {
    const track = raw.getAudioTracks()[0];
    track?.addEventListener('ended', () => void change(), { once: true });
  };
  watchEnd();

  const forget = source.onChange(() => {
    if (isDue()) void change();
  });

  return {
    get stream() {
      return instead ?? raw;
    },
    get raw() {
      return raw;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onRawChange(listener) {
      rawListeners.add(listener);
      return () => rawListeners.delete(listener);
    },
    setOpen(next) {
      open = next;
      for (const track of raw.getAudioTracks()) track.enabled = next;
    },
    sendInstead(stream) {
      if (stream === instead || released) return;
      instead = stream;
      for (const listener of listeners) listener(instead ?? raw);
    },
    device() {
      const track = raw.getAudioTracks()[0];
      if (!track || ended()) return null;
      return { deviceId: settings() ?? null, label: track.label };
    },
    release() {
      if (released) return;
      released = true;
      forget();
      listeners.clear();
      rawListeners.clear();
      instead = null;
      stopTracks(raw);
      source.onRelease?.();
    },
  };
}
