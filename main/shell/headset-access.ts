// Which HID devices the page may reach: telephony headsets, our own page, and only by setting.
import type { Session } from 'electron';
import { isOwnPage } from './origin.ts';

/** USB HID Usage Tables, chapter 14. */
const TELEPHONY_PAGE = 0x0b;

interface Device {
  deviceId?: string;
  collections?: readonly { usagePage?: number }[];
}

const isHeadset = (device: Device): boolean =>
  device.collections?.some(({ usagePage }) => usagePage === TELEPHONY_PAGE) ?? false;

interface HeadsetAccess {
  allow(allowed: boolean): void;
  allowed(): boolean;
}

/** Refuses everything until it is allowed by the agent's setting. */
export function setUpHeadsetAccess(
  session: Pick<Session, 'on' | 'setDevicePermissionHandler'>,
): HeadsetAccess {
  let allowed = false;
  session.on('select-hid-device', (event, details, callback) => {
    event.preventDefault();
    const ours = details.frame !== null && isOwnPage(details.frame.url);
    const headset = (details.deviceList as Device[]).find((device) => isHeadset(device));
    callback(allowed && ours ? (headset?.deviceId ?? null) : null);
  });
  session.setDevicePermissionHandler(
    ({ deviceType, origin, device }) =>
      allowed && deviceType === 'hid' && isOwnPage(origin) && isHeadset(device as Device),
  );
  return {
    allow(chosen) {
      allowed = chosen;
    },
    allowed: () => allowed,
  };
}
