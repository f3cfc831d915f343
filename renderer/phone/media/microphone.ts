// The agent's microphone: opened for one call, changed in mid-call, given back at its end.
import type { Microphone, MicrophoneProblem } from '../media-port.ts';

/** `deviceId` null is the system's choice. */
export interface MicrophoneSource {
  deviceId(): string | null;
  /** Called when the chosen device changed or the list of devices did. */
  onChange(listener: () => void): () => void;
}

function constraintsFor(deviceId: string | null): MediaStreamConstraints {
  return {
    audio: {
      echoCancellation: true,
      noiseSuppression: true,
      autoGainControl: true,
      ...(deviceId === null ? {} : { deviceId: { exact: deviceId } }),
    },
  };
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
  deviceId: string | null,
): Promise<MediaStream | { problem: MicrophoneProblem }> {
  // Outside a secure context there are no devices at all.
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  if (!devices) return { problem: 'noMicrophone' };
  try {
    return await devices.getUserMedia(constraintsFor(deviceId));
  } catch (error) {
    const problem = microphoneProblemFrom(error);
    if (deviceId !== null && problem === 'noMicrophone') return openStream(null);
    return { problem };
  }
}

export function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

export async function openMicrophone(
  source: MicrophoneSource,
): Promise<Microphone | { problem: MicrophoneProblem }> {
  const opened = await openStream(source.deviceId());
  if ('problem' in opened) return opened;

  let stream = opened;
  let openedFor = source.deviceId();
  let released = false;
  let changing = false;
  const listeners = new Set<(stream: MediaStream) => void>();

  const change = async () => {
    if (changing || released) return;
    changing = true;
    const wanted = source.deviceId();
    const substitute = await openStream(wanted);
    changing = false;
    // With no substitute the old stream stays: a silent call is better than a torn one.
    if ('problem' in substitute) return;
    if (released) {
      stopTracks(substitute);
      return;
    }
    const old = stream;
    const enabled = old.getAudioTracks()[0]?.enabled ?? true;
    // A muted agent stays muted on the new device.
    for (const track of substitute.getAudioTracks()) track.enabled = enabled;
    stream = substitute;
    openedFor = wanted;
    watchEnd();
    for (const listener of listeners) listener(stream);
    stopTracks(old);
    if (source.deviceId() !== openedFor) await change();
  };

  /** A device that is pulled out ends its track; stop() of our own does not fire this. */
  const watchEnd = () => {
    const track = stream.getAudioTracks()[0];
    track?.addEventListener('ended', () => void change(), { once: true });
  };
  watchEnd();

  const forget = source.onChange(() => {
    const ended = stream.getAudioTracks().every((track) => track.readyState === 'ended');
    if (ended || source.deviceId() !== openedFor) void change();
  });

  return {
    get stream() {
      return stream;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    release() {
      if (released) return;
      released = true;
      forget();
      listeners.clear();
      stopTracks(stream);
    },
  };
}
