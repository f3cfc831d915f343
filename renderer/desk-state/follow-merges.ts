// A record that was merged into another goes on as that one: on the desk, and in the calls that are up.
import type { CoreClient } from '../core-client/core-client.ts';
import { useDeskStore } from '../screens/desk/desk-store.ts';
import type { CallContexts } from './call-contexts.ts';

/** Follows merges for as long as the page lives; `liveCalls` are the calls that the window holds. */
export function followMerges(
  client: Pick<CoreClient, 'core' | 'onEvent'>,
  contexts: CallContexts,
  liveCalls: () => readonly string[],
): () => void {
  return client.onEvent((event) => {
    if (event.type !== 'customers.merged') return;
    const { from, into } = event;
    const { customerId, showCustomer } = useDeskStore.getState();
    if (customerId === from) showCustomer(into);
    const calls = liveCalls().filter((callId) => contexts.get(callId)?.story?.customer.id === from);
    if (calls.length === 0) return;
    client.core.customers.story({ customerId: into }).then(
      (story) => {
        for (const callId of calls) {
          const context = contexts.get(callId);
          if (context) contexts.set(callId, { ...context, story });
        }
      },
      // The next event of the call asks again.
      () => undefined,
    );
  });
}
