// Which line the telephone uses: the stored account's, or the practice line while there is none.
import type { Credentials } from '../../preload/contract/settings.ts';
import type { CoreClient } from '../core-client/core-client.ts';
import { refusalOf } from '../core-client/core-error.ts';

export interface LineChoice {
  useAccount(credentials: Credentials): void;
  usePractice(): void;
}

/**
 * Follows the stored account for as long as the page lives: at once after it was saved or removed,
 * and unmoved by a restart of core.
 */
export function followAccount(
  client: Pick<CoreClient, 'core' | 'onEvent'>,
  line: LineChoice,
): () => void {
  let inUse: string | null = null;
  let asking = 0;
  const follow = async () => {
    asking += 1;
    const question = asking;
    const credentials = await credentialsOrNone(client);
    if (credentials === 'unknown' || question !== asking) return;
    const wanted = JSON.stringify(credentials);
    if (wanted === inUse) return;
    inUse = wanted;
    if (credentials === null) line.usePractice();
    else line.useAccount(credentials);
  };
  return client.onEvent((event) => {
    if (event.type === 'linked' || event.type === 'account.changed') void follow();
  });
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
