// Which line the telephone uses: the stored account's, or the practice line while there is none.
import type { Credentials } from '../../preload/contract/settings.ts';
import type { CoreClient } from '../core-client/core-client.ts';
import { refusalOf } from '../core-client/core-error.ts';
import type { Phone } from '../phone/phone.ts';
import type { PagePolicy } from './page-policy.ts';
import { liveCalls } from './presence.ts';

export interface LineChoice {
  useAccount(credentials: Credentials): void;
  usePractice(): void;
}

/**
 * Follows the stored account for as long as the page lives: at once after it was saved or removed,
 * unless a call is up, which is never cut; and unmoved by a restart of core.
 */
export function followAccount(
  client: Pick<CoreClient, 'core' | 'onEvent'>,
  phone: Pick<Phone, 'snapshot' | 'subscribe'>,
  line: LineChoice,
  policy: Pick<PagePolicy, 'allows' | 'reloadWhenIdle'>,
): () => void {
  let inUse: string | null = null;
  let asking = 0;
  let change: (() => void) | null = null;

  const changeWhenIdle = () => {
    if (change === null || liveCalls(phone.snapshot()).length > 0) return;
    const now = change;
    change = null;
    now();
  };

  const follow = async () => {
    asking += 1;
    const question = asking;
    const credentials = await credentialsOrNone(client);
    if (credentials === 'unknown' || question !== asking) return;
    const wanted = JSON.stringify(credentials);
    if (wanted === inUse) return;
    inUse = wanted;
    change = () => {
      if (credentials === null) line.usePractice();
      else if (policy.allows(credentials.account)) line.useAccount(credentials);
      else policy.reloadWhenIdle();
    };
    changeWhenIdle();
  };

  const stops = [
    phone.subscribe(changeWhenIdle),
    client.onEvent((event) => {
      if (event.type === 'linked' || event.type === 'account.changed') void follow();
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

async function credentialsOrNone(
  client: Pick<CoreClient, 'core'>,
): Promise<Credentials | null | 'unknown'> {
  try {
    return await client.core.account.credentials({});
  } catch (thrown) {
    // Anything but a plain no is asked again with the next link.
    return refusalOf(thrown, 'NO_ACCOUNT') ? null : 'unknown';
  }
}
