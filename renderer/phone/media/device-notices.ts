// What the agent has to know about devices that are not there: a rule over what was chosen and what is.
import type { DeviceList } from './devices.ts';

/**
 * `substituted`: the chosen device is away and another one is in use until it comes back; `using` is
 * its name, null where it is the system's choice. `gone`: nobody can hear the agent. `notCleaned`:
 * strong noise suppression does not work here, and the browser's own is in use.
 */
export type DeviceNotice =
  | { device: 'microphone' | 'speaker' | 'ringer'; state: 'substituted'; using: string | null }
  | { device: 'microphone'; state: 'gone' | 'notCleaned' };

interface Chosen {
  microphone: string | null;
  speaker: string | null;
  ringer: string | null;
}

/** The device to send sound to: the chosen one, or the system's while that one is away. */
export function outputFor(deviceId: string | null, devices: DeviceList): string | null {
  // Without names there are no ids either: what is not listed may be there all the same.
  if (deviceId === null || !devices.named) return deviceId;
  return devices.speakers.some((device) => device.deviceId === deviceId) ? deviceId : null;
}

/** `inUse` is what the open microphones hear with: null is one that lost its device. */
export function deviceNoticesFrom(
  chosen: Chosen,
  devices: DeviceList,
  inUse: readonly ({ deviceId: string | null; label: string } | null)[],
): DeviceNotice[] {
  const notices: DeviceNotice[] = [];
  const substitute = inUse.find(
    (device) => chosen.microphone !== null && device && device.deviceId !== chosen.microphone,
  );
  if (inUse.includes(null)) notices.push({ device: 'microphone', state: 'gone' });
  else if (substitute) {
    notices.push({
      device: 'microphone',
      state: 'substituted',
      using: substitute.label === '' ? null : substitute.label,
    });
  }
  for (const device of ['speaker', 'ringer'] as const) {
    if (outputFor(chosen[device], devices) !== chosen[device]) {
      notices.push({ device, state: 'substituted', using: null });
    }
  }
  return notices;
}
