// What every screen may use beside core's answers: the telephone, sound, and the calls' contexts.
import { createContext, useContext } from 'react';
import type { CallerContext } from '../../preload/contract/customers.ts';
import type { Headset } from '../phone/headset/create-headset.ts';
import type { Media } from '../phone/media/create-media.ts';
import type { Phone, PhoneSnapshot } from '../phone/phone.ts';
import type { CallContexts } from './call-contexts.ts';
import type { PagePolicy } from './page-policy.ts';
import type { RecordingTrouble } from './recordings.ts';
import type { ShellKeys } from './shell-keys.ts';

export interface Desk {
  phone: Phone;
  media: Media;
  headset: Headset;
  contexts: CallContexts;
  policy: PagePolicy;
  recordingTrouble: RecordingTrouble;
  shellKeys: ShellKeys;
  /** Makes someone from the book ring on the practice line. */
  letCustomerRing: () => Promise<void>;
}

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('no desk above this component');
  return desk;
}

/** The telephone and who calls, as the picture shows them: made anew with every change of either. */
export interface ShownCalls {
  snapshot: PhoneSnapshot;
  contexts: Pick<CallContexts, 'get'>;
}

export const ShownCallsContext = createContext<ShownCalls | null>(null);

function useShownCalls(): ShownCalls {
  const shown = useContext(ShownCallsContext);
  if (!shown) throw new Error('no desk above this component');
  return shown;
}

export function usePhoneSnapshot(): PhoneSnapshot {
  return useShownCalls().snapshot;
}

/** Who is calling and why we think so; null until core has answered the call's first event. */
export function useCallContext(callId: string | null): CallerContext | null {
  const { contexts } = useShownCalls();
  return callId === null ? null : contexts.get(callId);
}
