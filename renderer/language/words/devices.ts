import type { I18n } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { DeviceNotice } from '../../phone/media/device-notices.ts';

/** What the agent has to know about a device that went away, or does not do what was chosen. */
export function deviceNoticeInWords(i18n: I18n, notice: DeviceNotice): string {
  switch (notice.state) {
    case 'gone':
      return i18n._(
        msg`The microphone is gone and there is no other: you cannot be heard. Plug one in.`,
      );
    case 'notCleaned':
      return i18n._(
        msg`Strong noise suppression does not work here at the moment; the usual one is in use instead. Switch it off and on again in the settings to try once more.`,
      );
    case 'substituted':
      return substituteInWords(i18n, notice);
  }
}

function substituteInWords(
  i18n: I18n,
  notice: Extract<DeviceNotice, { state: 'substituted' }>,
): string {
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
