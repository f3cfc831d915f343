import { expect, test, vi } from 'vitest';
import { watchMicrophoneAccess } from '../../../renderer/phone/media/microphone-access.ts';

class FakePermission extends EventTarget {
  state: PermissionState;
  constructor(state: PermissionState) {
    super();
    this.state = state;
  }
  become(state: PermissionState) {
    this.state = state;
    this.dispatchEvent(new Event('change'));
  }
}

/** A browser with so many microphones and this permission; null is one that does not tell. */
async function aBrowser(microphones: number, state: PermissionState | null) {
  const plugged = { microphones };
  const permission = new FakePermission(state ?? 'prompt');
  const enumerateDevices = async () =>
    Array.from({ length: plugged.microphones }, () => ({ kind: 'audioinput' }) as MediaDeviceInfo);
  const query = async () => {
    if (state === null) throw new TypeError('microphone is no permission');
    return permission as unknown as PermissionStatus;
  };
  const access = watchMicrophoneAccess({ enumerateDevices }, { query });
  const changes = vi.fn();
  access.subscribe(changes);
  await settled();
  return { access, plugged, permission, changes };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('allowed and plugged in: at hand without being opened', async () => {
  const { access, changes } = await aBrowser(1, 'granted');
  expect(access.atHand()).toBe(true);
  expect(changes).toHaveBeenCalledOnce();
});

test.each([
  [0, 'granted'],
  [1, 'prompt'],
  [1, 'denied'],
  [1, null],
] as const)('%d microphones, %s: not at hand', async (microphones, state) => {
  const { access } = await aBrowser(microphones, state);
  expect(access.atHand()).toBe(false);
});

test('what was opened once is at hand, also where the browser does not tell or would ask again', async () => {
  for (const state of ['prompt', null] as const) {
    const { access } = await aBrowser(1, state);
    access.opened(null);
    expect(access.atHand()).toBe(true);
  }
});

test('after a refusal it is not, until it opens, devices change or the permission does', async () => {
  const { access, permission } = await aBrowser(1, 'granted');
  access.opened('microphoneInUse');
  expect(access.atHand()).toBe(false);
  access.devicesChanged();
  await settled();
  expect(access.atHand()).toBe(true);
  permission.become('denied');
  expect(access.atHand()).toBe(false);
  permission.become('granted');
  expect(access.atHand()).toBe(true);
});

test('the last microphone is pulled out: no longer at hand, though it had worked', async () => {
  const { access, plugged, changes } = await aBrowser(1, 'granted');
  access.opened(null);
  plugged.microphones = 0;
  access.devicesChanged();
  await settled();
  expect(access.atHand()).toBe(false);
  expect(changes).toHaveBeenCalledTimes(2);
});

test('without a secure context there is none', async () => {
  const access = watchMicrophoneAccess(undefined, undefined);
  await settled();
  expect(access.atHand()).toBe(false);
});
