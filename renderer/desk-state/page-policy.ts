// The page may connect only to addresses that its host released when it was loaded. A new address
// needs a reload, which must never take a call or typed words with it.
import type { Phone } from '../phone/phone.ts';
import { liveCalls } from './presence.ts';

export interface PagePolicy {
  /** Whether this page may open a WebSocket there. */
  allows(server: string): boolean;
  /** Takes note of an address that the host knew when it gave out this page. */
  knows(server: string): void;
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
    allows: (server) => {
      const origin = originOf(server);
      return origin !== null && origins.has(origin);
    },
    knows: (server) => {
      const origin = originOf(server);
      if (origin !== null) origins.add(origin);
    },
    reloadWhenIdle: () => {
      wanted = true;
      whenIdle();
    },
    reloading: () => wanted,
  };
}
