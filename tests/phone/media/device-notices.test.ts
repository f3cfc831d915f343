import { describe, expect, test } from 'vitest';
import { deviceNoticesFrom, outputFor } from '../../../renderer/phone/media/device-notices.ts';

const device = (deviceId: string) => ({ deviceId, label: `${deviceId}’s name` });
const devices = {
  microphones: [device('desk')],
  speakers: [device('box')],
  named: true,
};
const system = { microphone: null, speaker: null, ringer: null };

describe('notices about devices', () => {
  test('all as chosen, or left to the system: nothing to say', () => {
    expect(deviceNoticesFrom(system, devices, [device('default')])).toEqual([]);
    const chosen = { microphone: 'desk', speaker: 'box', ringer: 'box' };
    expect(deviceNoticesFrom(chosen, devices, [device('desk')])).toEqual([]);
  });

  test('a substitute is named, whatever call it serves', () => {
    const chosen = { ...system, microphone: 'headset' };
    const notice = { device: 'microphone', state: 'substituted', using: 'desk’s name' };
    expect(deviceNoticesFrom(chosen, devices, [device('desk')])).toEqual([notice]);
    expect(deviceNoticesFrom(chosen, devices, [device('headset'), device('desk')])).toEqual([
      notice,
    ]);
    expect(deviceNoticesFrom(chosen, devices, [])).toEqual([]);
  });

  test('a microphone without any device is worse than a substitute', () => {
    expect(
      deviceNoticesFrom({ ...system, microphone: 'headset' }, devices, [device('desk'), null]),
    ).toEqual([{ device: 'microphone', state: 'gone' }]);
  });

  test('an absent speaker or ringer gives way to the system’s', () => {
    const chosen = { ...system, speaker: 'headset', ringer: 'headset' };
    expect(deviceNoticesFrom(chosen, devices, [])).toEqual([
      { device: 'speaker', state: 'substituted', using: null },
      { device: 'ringer', state: 'substituted', using: null },
    ]);
    expect(outputFor('headset', devices)).toBe(null);
    expect(outputFor('box', devices)).toBe('box');
  });

  test('while the browser names no devices, the choice is trusted', () => {
    const unnamed = { microphones: [], speakers: [], named: false };
    expect(outputFor('headset', unnamed)).toBe('headset');
    expect(deviceNoticesFrom({ ...system, speaker: 'headset' }, unnamed, [])).toEqual([]);
  });
});
