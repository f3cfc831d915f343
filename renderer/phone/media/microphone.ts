// The agent's microphone: opened for one call, changed in mid-call, given back at its end.
import type { Microphone, MicrophoneProblem } from '../media-port.ts';
import type { CleanedSound } from './noise-suppressor.ts';
import type { SoundProcessing } from './sound-processing.ts';
import { processingConstraints, sameProcessing } from './sound-processing.ts';

/** Which device, null being the system's choice, and what is done to its sound. */
export interface MicrophoneWish extends SoundProcessing {
  deviceId: string | null;
}

export interface MicrophoneSource {
  wish(): MicrophoneWish;
  /** Strong noise suppression; null when it cannot be done, and `wish` then asks for something else. */
  clean(stream: MediaStream): Promise<CleanedSound | null>;
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
  /** What the agent says, with all that is done to it, whatever is sent. */
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

  let device = opened;
  /** The device's sound without its noise, where that is wanted and done. */
  let cleaned: CleanedSound | null = null;
  let instead: MediaStream | null = null;
  let openedFor = first;
  let open = true;
  let released = false;
  let changing = false;
  const listeners = new Set<(stream: MediaStream) => void>();
  const rawListeners = new Set<() => void>();

  const raw = () => cleaned?.stream ?? device;
  const ended = () => device.getAudioTracks().every((track) => track.readyState === 'ended');
  const settings = () => device.getAudioTracks()[0]?.getSettings().deviceId;
  /** Nothing of a muted agent enters the graph, and nothing that is still in it leaves. */
  const applyOpen = () => {
    for (const stream of [device, raw()]) {
      for (const track of stream.getAudioTracks()) track.enabled = open;
    }
  };
  /** A substitute gives way as soon as the chosen device is there again. */
  const maySwitchBack = () => {
    const { deviceId } = source.wish();
    return deviceId !== null && settings() !== deviceId && source.isThere(deviceId);
  };
  const isDue = () => ended() || !sameWish(source.wish(), openedFor) || maySwitchBack();

  const tellRaw = () => {
    applyOpen();
    for (const listener of [...rawListeners]) listener();
    if (instead === null) for (const listener of [...listeners]) listener(raw());
  };

  const change = async () => {
    if (changing || released) return;
    changing = true;
    const wanted = source.wish();
    const substitute = await openStream(wanted);
    // With no substitute the old stream stays: a silent call is better than a torn one.
    if ('problem' in substitute) {
      changing = false;
      source.onDevice?.();
      return;
    }
    // The old device speaks until the new one does so without noise.
    const clean = wanted.noiseSuppression === 'strong' ? await source.clean(substitute) : null;
    changing = false;
    const outdated = !sameWish(source.wish(), wanted);
    if (released || (outdated && !ended())) {
      clean?.stop();
      stopTracks(substitute);
      return await change();
    }
    const old = { device, cleaned };
    device = substitute;
    cleaned = clean;
    openedFor = wanted;
    watchEnd();
    // A muted agent stays muted on the new device.
    tellRaw();
    old.cleaned?.stop();
    stopTracks(old.device);
    source.onDevice?.();
    if (outdated) await change();
  };

  /** A call must not wait for it: noise is heard for the moment until it is loaded. */
  const cleanFirst = async () => {
    const dirty = device;
    const clean = await source.clean(dirty);
    if (!clean) return;
    if (released || device !== dirty) {
      clean.stop();
      return;
    }
    cleaned = clean;
    tellRaw();
  };

  /** A device that is pulled out ends its track; stop() of our own does not fire this. */
  const watchEnd = () => {
    const track = device.getAudioTracks()[0];
    track?.addEventListener('ended', () => void change(), { once: true });
  };
  watchEnd();

  const forget = source.onChange(() => {
    if (isDue()) void change();
  });
  if (first.noiseSuppression === 'strong') void cleanFirst();

  return {
    get stream() {
      return instead ?? raw();
    },
    get raw() {
      return raw();
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
      applyOpen();
    },
    sendInstead(stream) {
      if (stream === instead || released) return;
      instead = stream;
      for (const listener of listeners) listener(instead ?? raw());
    },
    device() {
      const track = device.getAudioTracks()[0];
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
      cleaned?.stop();
      stopTracks(device);
      source.onRelease?.();
    },
  };
}
