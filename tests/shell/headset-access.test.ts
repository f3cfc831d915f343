import { describe, expect, it } from 'vitest';
import { setUpHeadsetAccess } from '../../main/shell/headset-access.ts';

const keyboard = { deviceId: 'keyboard', collections: [{ usagePage: 0x01 }] };
const phones = { deviceId: 'headset', collections: [{ usagePage: 0x0c }, { usagePage: 0x0b }] };

function machine() {
  let select = (_event: object, _details: object, _callback: (id: string | null) => void) => {};
  let permits = (_details: object): boolean => true;
  const access = setUpHeadsetAccess({
    on: (_name: string, listener: never) => void (select = listener),
    setDevicePermissionHandler: (handler: never) => void (permits = handler),
  } as never);
  const chosen = (deviceList: object[], url = 'app://anklang/'): string | null => {
    let answer: string | null = 'none';
    select({ preventDefault: () => undefined }, { deviceList, frame: { url } }, (id) => {
      answer = id;
    });
    return answer;
  };
  return { access, chosen, permits: (details: object) => permits(details) };
}

describe('access to headsets', () => {
  it('is refused until the setting allows it, and again when it no longer does', () => {
    const { access, chosen, permits } = machine();
    const asked = { deviceType: 'hid', origin: 'app://anklang', device: phones };
    expect([chosen([phones]), permits(asked)]).toEqual([null, false]);
    access.allow(true);
    expect([chosen([keyboard, phones]), permits(asked)]).toEqual(['headset', true]);
    access.allow(false);
    expect([chosen([phones]), permits(asked)]).toEqual([null, false]);
  });

  it('is never given for other devices, other kinds or other pages', () => {
    const { access, chosen, permits } = machine();
    access.allow(true);
    expect(chosen([keyboard])).toBe(null);
    expect(chosen([phones], 'https://example.org/')).toBe(null);
    const asked = { deviceType: 'hid', origin: 'app://anklang', device: phones };
    expect(permits({ ...asked, device: keyboard })).toBe(false);
    expect(permits({ ...asked, deviceType: 'usb' })).toBe(false);
    expect(permits({ ...asked, origin: 'https://example.org' })).toBe(false);
  });
});
