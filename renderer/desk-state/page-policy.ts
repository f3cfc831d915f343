// The page may connect only to addresses that its host released when it was loaded. A new address
// needs a reload, which must never take a call or typed words with it.
import type { Account } from '../../preload/contract/settings.ts';
import type { CoreClient } from '../core-client/core-client.ts';
import type { Phone } from '../phone/phone.ts';
import { liveCalls } from './presence.ts';

/** Where an account may register. */
export type AccountAddresses = Pick<Account, 'server' | 'furtherServers'>;

export interface PagePolicy {
  /** Whether this page may open a WebSocket to each of the account's servers. */
  allows(account: AccountAddresses): boolean;
  /** Takes note of an account that the host knew when it gave out this page. */
  knows(account: AccountAddresses): void;
  /** Reloads as soon as no call is up and what was typed has had time to be stored. */
  reloadWhenIdle(): void;
  /** Whether such a reload is under way, so that leaving needs no warning. */
  reloading(): boolean;
}

/** Longer than any field waits before it stores what was typed. */
const SETTLE_MS = 500;

function originOf(server: string): string | null {
  try {
    const address = new URL(server);
    return `${address.protocol}//${address.host}`.toLowerCase();
  } catch {
    return null;
  }
}

function serversOf({ server, furtherServers }: AccountAddresses): string[] {
  return [server, ...furtherServers];
}

export function createPagePolicy(
  phone: Pick<Phone, 'snapshot' | 'subscribe'>,
  reload: () => void,
): PagePolicy {
  const origins = new Set<string>();
  let wanted = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const whenIdle = () => {
    clearTimeout(timer);
    if (!wanted || liveCalls(phone.snapshot()).length > 0) return;
    timer = setTimeout(reload, SETTLE_MS);
  };
  phone.subscribe(whenIdle);

  return {
    allows: (account) =>
      serversOf(account).every((server) => {
        const origin = originOf(server);
        return origin !== null && origins.has(origin);
      }),
    knows: (account) => {
      for (const server of serversOf(account)) {
        const origin = originOf(server);
        if (origin !== null) origins.add(origin);
      }
    },
    reloadWhenIdle: () => {
      wanted = true;
      whenIdle();
    },
    reloading: () => wanted,
  };
}

/** What core has at the first link is what the host knew when it gave out this page. */
export function knowFirstAddresses(
  client: Pick<CoreClient, 'core' | 'onEvent' | 'state'>,
  policy: Pick<PagePolicy, 'knows'>,
): void {
  const stop = client.onEvent((event) => {
    const state = client.state();
    if (event.type !== 'linked' || state.phase !== 'ready') return;
    stop();
    if (state.opening.account) policy.knows(state.opening.account);
    client.core.account.staged().then(
      (staged) => staged && policy.knows(staged),
      () => undefined,
    );
  });
}
