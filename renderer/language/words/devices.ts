import type { I18n } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { DeviceNotice } from '../../phone/media/device-notices.ts';

/** What the agent has to know about a device that went away. */
export function deviceNoticeInWords(i18n: I18n, notice: DeviceNotice): string {
  if (notice.state === 'gone') {
    return i18n._(
      msg`The microphone is gone and there is no other: you cannot be heard. Plug one in.`,
    );
  }
  switch (notice.device) {
    case 'microphone':
      return notice.using === null
        ? i18n._(msg`Your microphone was unplugged. Another one is in use until it is back.`)
        : i18n._(msg`Your microphone was unplugged. ${notice.using} is in use until it is back.`);
    case 'speaker':
      return i18n._(
        msg`Your speaker was unplugged. You hear through the system’s until it is back.`,
      );
    case 'ringer':
      return i18n._(
        msg`Your ringer was unplugged. It rings on the system’s speaker until it is back.`,
      );
  }
}
