import { describe, expect, test } from 'vitest';
import { deviceListFrom } from '../../../renderer/phone/media/devices.ts';

describe('the list of devices', () => {
  test('before the permission: nothing can be chosen, and it says so', () => {
    const list = deviceListFrom([
      { kind: 'audioinput', deviceId: '', label: '' },
      { kind: 'audiooutput', deviceId: '', label: '' },
    ]);
    expect(list).toEqual({ microphones: [], speakers: [], named: false });
  });

  test('after it: real devices by kind, without the aliases and cameras', () => {
    const list = deviceListFrom([
      { kind: 'audioinput', deviceId: 'default', label: 'Default – Headset' },
      { kind: 'audioinput', deviceId: 'a', label: 'Headset' },
      { kind: 'audiooutput', deviceId: 'communications', label: 'Communications – Headset' },
      { kind: 'audiooutput', deviceId: 'b', label: 'Headset' },
      { kind: 'videoinput', deviceId: 'c', label: 'Camera' },
    ]);
    expect(list).toEqual({
      microphones: [{ deviceId: 'a', label: 'Headset' }],
      speakers: [{ deviceId: 'b', label: 'Headset' }],
      named: true,
    });
  });
});
