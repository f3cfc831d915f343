// Tells core how many new messages the telephone system's mailbox holds: they are work to be done.
import type { CoreClient } from '../core-client/core-client.ts';
import type { Core } from '../core-client/core.ts';
import type { Phone } from '../phone/phone.ts';

/** Reports each change, and again on each new link. Returns how to stop. */
export function reportMailbox(
  phone: Pick<Phone, 'snapshot' | 'subscribe'>,
  client: Pick<CoreClient, 'onEvent'> & { core: Pick<Core, 'work'> },
): () => void {
  let reported: number | null = null;
  const report = () => {
    const fresh = phone.snapshot().messages?.fresh ?? null;
    // Nothing heard of the mailbox says nothing about it.
    if (fresh === null || fresh === reported) return;
    reported = fresh;
    client.core.work.reportMailbox({ messages: fresh }).catch(() => {
      // The next link reports again.
      reported = null;
    });
  };
  const stops = [
    phone.subscribe(report),
    client.onEvent((event) => {
      if (event.type !== 'linked') return;
      reported = null;
      report();
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
