// What the shell must know of the settings, and what its global keys do.
import type { Settings } from '../../preload/contract/settings.ts';
import type { AnklangBridge } from '../core-client/bridge.ts';
import type { HeadsetKey } from '../phone/headset/create-headset.ts';
import { headsetShows } from '../phone/headset/headset-for-phone.ts';
import type { PhoneSnapshot } from '../phone/phone.ts';

/** One key turns the microphone off and on again. */
export function keyFor(key: 'answer' | 'hangUp' | 'mute', snapshot: PhoneSnapshot): HeadsetKey {
  return key === 'mute' && headsetShows(snapshot).muted ? 'unmute' : key;
}

/** Without a shell, and when it cannot be reached, the page goes on. */
export async function tellShell(
  bridge: AnklangBridge | undefined,
  { ringInFront, ringOverFullScreen, headset, globalKeys }: Settings,
): Promise<void> {
  if (!bridge) return;
  await Promise.allSettled([
    bridge.preferences({ ringInFront, ringOverFullScreen, headset }),
    bridge.globalKeys(globalKeys),
  ]);
}
