import { afterEach, describe, expect, test, vi } from 'vitest';
import { microphoneProblemFrom, openMicrophone } from '../../../renderer/phone/media/microphone.ts';
import type { MicrophoneSource, MicrophoneWish } from '../../../renderer/phone/media/microphone.ts';
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
  const source = {
    listeners,
    wish: () => wish,
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
