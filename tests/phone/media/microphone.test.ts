import { afterEach, describe, expect, test, vi } from 'vitest';
import { microphoneProblemFrom, openMicrophone } from '../../../renderer/phone/media/microphone.ts';
import type { MicrophoneSource, MicrophoneWish } from '../../../renderer/phone/media/microphone.ts';
import type { CleanedSound } from '../../../renderer/phone/media/noise-suppressor.ts';
import { ALL_PROCESSING } from '../../../renderer/phone/media/sound-processing.ts';

class FakeTrack extends EventTarget {
  enabled = true;
  readyState: 'live' | 'ended' = 'live';
  readonly label: string;
  constructor(label: string) {
    super();
    this.label = label;
  }
  getSettings() {
    return { deviceId: this.label };
  }
  stop() {
    this.readyState = 'ended';
  }
  unplug() {
    this.readyState = 'ended';
    this.dispatchEvent(new Event('ended'));
  }
}

/** A browser with the named microphones; each opening gives a new track. */
function withMicrophones(...ids: string[]) {
  const available = new Set(ids);
  const opened: { id: string; track: FakeTrack; audio: MediaTrackConstraints }[] = [];
  vi.stubGlobal('navigator', {
    mediaDevices: {
      getUserMedia({ audio }: { audio: MediaTrackConstraints & { deviceId?: { exact: string } } }) {
        const id = audio.deviceId?.exact ?? [...available][0];
        if (id === undefined || !available.has(id)) {
          return Promise.reject(new DOMException('', 'NotFoundError'));
        }
        const track = new FakeTrack(id);
        opened.push({ id, track, audio });
        return Promise.resolve({ getTracks: () => [track], getAudioTracks: () => [track] });
      },
    },
  });
  return { available, opened };
}

function aSource(first: string | null, plugged: ReadonlySet<string> = new Set()) {
  let wish: MicrophoneWish = { ...ALL_PROCESSING, deviceId: first };
  const listeners = new Set<() => void>();
  const cleaning: { done: (sound: CleanedSound | null) => void; of: MediaStream }[] = [];
  const source = {
    listeners,
    /** What is being cleaned, in order; `done` says how it went. */
    cleaning,
    wish: () => wish,
    clean: (of: MediaStream) =>
      new Promise<CleanedSound | null>((done) => cleaning.push({ done, of })),
    isThere: (deviceId: string) => plugged.has(deviceId),
    onChange(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    choose(next: string | null) {
      source.change({ deviceId: next });
    },
    change(changes: Partial<MicrophoneWish>) {
      wish = { ...wish, ...changes };
      source.tell();
    },
    /** The list of devices may have changed. */
    tell() {
      for (const listener of listeners) listener();
    },
  };
  return source;
}

async function opened(source: MicrophoneSource) {
  const microphone = await openMicrophone(source);
  if ('problem' in microphone) throw new Error(microphone.problem);
  return microphone;
}

/** What comes out of the suppressor. */
function cleanSound() {
  const track = new FakeTrack('clean');
  const sound = {
    stream: { getAudioTracks: () => [track], getTracks: () => [track] } as unknown as MediaStream,
    stop: vi.fn(),
  };
  return { sound, track };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

afterEach(() => vi.unstubAllGlobals());

describe('the microphone', () => {
  test('refusals have codes', () => {
    const problem = (name: string) => microphoneProblemFrom(new DOMException('', name));
    expect(problem('NotAllowedError')).toBe('microphoneDenied');
    expect(problem('NotReadableError')).toBe('microphoneInUse');
    expect(problem('NotFoundError')).toBe('noMicrophone');
    expect(problem('OverconstrainedError')).toBe('noMicrophone');
    expect(microphoneProblemFrom(undefined)).toBe('noMicrophone');
  });

  test('without any microphone the answer is a problem, not an exception', async () => {
    withMicrophones();
    expect(await openMicrophone(aSource(null))).toEqual({ problem: 'noMicrophone' });
    vi.stubGlobal('navigator', {});
    expect(await openMicrophone(aSource(null))).toEqual({ problem: 'noMicrophone' });
  });

  test('the chosen device, or the system’s when that one is gone', async () => {
    const browser = withMicrophones('desk', 'headset');
    await opened(aSource('headset'));
    await opened(aSource('lost'));
    expect(browser.opened.map(({ id }) => id)).toEqual(['headset', 'desk']);
  });

  test('another choice in mid-call: new stream, old device given back, still muted', async () => {
    const browser = withMicrophones('desk', 'headset');
    const source = aSource('desk');
    const microphone = await opened(source);
    const changed = vi.fn();
    microphone.onChange(changed);
    microphone.setOpen(false);
    source.choose('headset');
    await settled();
    expect(changed).toHaveBeenCalledExactlyOnceWith(microphone.stream);
    expect(browser.opened.map(({ id, track }) => [id, track.readyState, track.enabled])).toEqual([
      ['desk', 'ended', false],
      ['headset', 'live', false],
    ]);
  });

  test('a device pulled out: a substitute takes over', async () => {
    const browser = withMicrophones('headset', 'desk');
    const microphone = await opened(aSource('headset'));
    const changed = vi.fn();
    microphone.onChange(changed);
    browser.available.delete('headset');
    browser.opened[0]?.track.unplug();
    await settled();
    expect(changed).toHaveBeenCalledOnce();
    expect(browser.opened.map(({ id }) => id)).toEqual(['headset', 'desk']);
  });

  test('pulled out with no substitute, it comes back when the list of devices says so', async () => {
    const browser = withMicrophones('headset');
    const source = aSource('headset');
    const microphone = await opened(source);
    browser.available.delete('headset');
    browser.opened[0]?.track.unplug();
    await settled();
    expect(browser.opened).toHaveLength(1);
    browser.available.add('headset');
    source.tell();
    await settled();
    expect(browser.opened).toHaveLength(2);
    expect(microphone.stream.getAudioTracks()[0]?.readyState).toBe('live');
  });

  test('the chosen device plugged in again takes over from its substitute, once', async () => {
    const browser = withMicrophones('headset', 'desk');
    const source = aSource('headset', browser.available);
    const microphone = await opened(source);
    browser.available.delete('headset');
    browser.opened[0]?.track.unplug();
    await settled();
    expect(microphone.device()).toEqual({ deviceId: 'desk', label: 'desk' });
    source.tell();
    await settled();
    expect(browser.opened).toHaveLength(2);
    browser.available.add('headset');
    source.tell();
    await settled();
    source.tell();
    await settled();
    expect(browser.opened.map(({ id, track }) => [id, track.readyState])).toEqual([
      ['headset', 'ended'],
      ['desk', 'ended'],
      ['headset', 'live'],
    ]);
    expect(microphone.device()).toEqual({ deviceId: 'headset', label: 'headset' });
  });

  test('pulled out with no substitute: no device is in use, and whoever listens hears of it', async () => {
    const browser = withMicrophones('headset');
    const told = vi.fn();
    const microphone = await opened({ ...aSource('headset'), onDevice: told });
    browser.available.delete('headset');
    browser.opened[0]?.track.unplug();
    await settled();
    expect(told).toHaveBeenCalledOnce();
    expect(microphone.device()).toBe(null);
  });

  test('a switch for echo, gain or noise takes effect in mid-call', async () => {
    const browser = withMicrophones('desk');
    const source = aSource('desk');
    const microphone = await opened(source);
    expect(browser.opened[0]?.audio).toMatchObject({
      echoCancellation: true,
      noiseSuppression: true,
      autoGainControl: true,
    });
    source.change({ echoCancellation: false, autoGain: false });
    await settled();
    expect(browser.opened.map(({ track }) => track.readyState)).toEqual(['ended', 'live']);
    expect(browser.opened[1]?.audio).toMatchObject({
      echoCancellation: false,
      noiseSuppression: true,
      autoGainControl: false,
    });
    expect(microphone.stream.getAudioTracks()[0]?.readyState).toBe('live');
  });

  test('in a conference another stream is sent; the device may change behind it', async () => {
    withMicrophones('desk', 'headset');
    const source = aSource('desk');
    const microphone = await opened(source);
    const sent: MediaStream[] = [];
    const rawChanged = vi.fn();
    microphone.onChange((stream) => sent.push(stream));
    microphone.onRawChange(rawChanged);
    const mixed = { getAudioTracks: () => [] } as unknown as MediaStream;
    microphone.sendInstead(mixed);
    source.choose('headset');
    await settled();
    expect(sent).toEqual([mixed]);
    expect(rawChanged).toHaveBeenCalledOnce();
    expect(microphone.stream).toBe(mixed);
    microphone.sendInstead(null);
    expect(sent).toEqual([mixed, microphone.raw]);
    expect(microphone.device()?.deviceId).toBe('headset');
  });

  test('released: the device is free, nothing listens any more, twice does no harm', async () => {
    const browser = withMicrophones('desk', 'headset');
    const source = aSource('desk');
    const microphone = await opened(source);
    microphone.release();
    microphone.release();
    expect(source.listeners.size).toBe(0);
    expect(browser.opened[0]?.track.readyState).toBe('ended');
  });

  test('released while a change is under way: the new stream is given back too', async () => {
    const browser = withMicrophones('desk', 'headset');
    const source = aSource('desk');
    const microphone = await opened(source);
    source.choose('headset');
    microphone.release();
    await settled();
    expect(browser.opened.map(({ track }) => track.readyState)).toEqual(['ended', 'ended']);
  });
});

describe('strong noise suppression', () => {
  const strong = (deviceId: string) => {
    const source = aSource(deviceId);
    source.change({ noiseSuppression: 'strong' });
    return source;
  };

  test('a call begins at once; the clean sound takes over when it is there, muted as the agent is', async () => {
    const browser = withMicrophones('desk');
    const source = strong('desk');
    const microphone = await opened(source);
    const sent: MediaStream[] = [];
    const rawChanged = vi.fn();
    microphone.onChange((stream) => sent.push(stream));
    microphone.onRawChange(rawChanged);
    expect(browser.opened[0]?.audio).toMatchObject({ noiseSuppression: false });
    expect(microphone.stream.getAudioTracks()[0]).toBe(browser.opened[0]?.track);
    microphone.setOpen(false);
    const { sound, track } = cleanSound();
    source.cleaning[0]?.done(sound);
    await settled();
    expect(sent).toEqual([sound.stream]);
    expect(rawChanged).toHaveBeenCalledOnce();
    expect(microphone.raw).toBe(sound.stream);
    expect([track.enabled, browser.opened[0]?.track.enabled]).toEqual([false, false]);
    microphone.setOpen(true);
    expect([track.enabled, browser.opened[0]?.track.enabled]).toEqual([true, true]);
    expect(microphone.device()).toEqual({ deviceId: 'desk', label: 'desk' });
    microphone.release();
    expect(sound.stop).toHaveBeenCalledOnce();
    expect(browser.opened[0]?.track.readyState).toBe('ended');
  });

  test('switched on in mid-call, the old sound stays until the clean one is there; off again', async () => {
    const browser = withMicrophones('desk');
    const source = aSource('desk');
    const microphone = await opened(source);
    const first = microphone.raw;
    source.change({ noiseSuppression: 'strong' });
    await settled();
    expect(microphone.raw).toBe(first);
    expect(browser.opened[0]?.track.readyState).toBe('live');
    const { sound } = cleanSound();
    source.cleaning[0]?.done(sound);
    await settled();
    expect(microphone.stream).toBe(sound.stream);
    expect(browser.opened.map(({ track }) => track.readyState)).toEqual(['ended', 'live']);
    source.change({ noiseSuppression: 'off' });
    await settled();
    expect(sound.stop).toHaveBeenCalledOnce();
    expect(browser.opened.map(({ track }) => track.readyState)).toEqual(['ended', 'ended', 'live']);
    expect(microphone.stream.getAudioTracks()[0]).toBe(browser.opened[2]?.track);
  });

  test('it cannot be done: the browser’s own takes its place, at the beginning and in mid-call', async () => {
    const browser = withMicrophones('desk');
    const cannot = async (source: ReturnType<typeof aSource>) => {
      const { done } = source.cleaning.at(-1) ?? {};
      // As the suppressor does it: the wish is another one before the answer is there.
      source.change({ noiseSuppression: 'browser' });
      done?.(null);
      await settled();
    };
    const source = strong('desk');
    await opened(source);
    await cannot(source);
    source.change({ noiseSuppression: 'strong' });
    await settled();
    await cannot(source);
    const live = browser.opened.filter(({ track }) => track.readyState === 'live');
    expect(live).toHaveLength(1);
    expect(live[0]?.audio).toMatchObject({ noiseSuppression: true });
  });

  test('released, or on another device, before it is there: what comes late is stopped', async () => {
    const browser = withMicrophones('desk', 'headset');
    const source = strong('desk');
    const microphone = await opened(source);
    source.choose('headset');
    await settled();
    const [early, late] = [cleanSound(), cleanSound()];
    source.cleaning[0]?.done(early.sound);
    await settled();
    // Of the desk's microphone, which is still the one in use: it is cleaned until the headset is.
    expect(microphone.stream).toBe(early.sound.stream);
    source.cleaning[1]?.done(late.sound);
    await settled();
    expect(early.sound.stop).toHaveBeenCalledOnce();
    expect(microphone.stream).toBe(late.sound.stream);
    source.choose('desk');
    await settled();
    microphone.release();
    const never = cleanSound();
    source.cleaning[2]?.done(never.sound);
    await settled();
    expect(never.sound.stop).toHaveBeenCalledOnce();
    expect(browser.opened.every(({ track }) => track.readyState === 'ended')).toBe(true);
  });
});
