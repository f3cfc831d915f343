// Dials what other programs want dialled: at once where nobody has to be asked, else when the agent
// has said yes (see the notice in the frame).
import type { DialRequest } from '../../preload/contract/api.ts';
import type { Core } from '../core-client/core.ts';
import type { CoreClient } from '../core-client/core-client.ts';
import type { Phone } from '../phone/phone.ts';

/** Tells core what became of it; a request that the other program has given up is not dialled. */
export async function dialFor(
  core: Core,
  phone: Pick<Phone, 'place'>,
  request: DialRequest,
): Promise<void> {
  const { requestId, number, customerId, customerName } = request;
  try {
    await core.connections.claimDial({ requestId });
  } catch {
    return;
  }
  const placed = await phone.place({ target: number, customerId, display: customerName });
  const result =
    'callId' in placed
      ? ({ kind: 'placed', callId: placed.callId } as const)
      : ({ kind: 'failed', problem: placed.problem } as const);
  // The call stands, whether or not the other program still hears of it.
  await core.connections.answerDial({ requestId, result }).catch(() => undefined);
}

/** Follows core for as long as the page lives. */
export function dialForOthers(client: CoreClient, phone: Pick<Phone, 'place'>): void {
  const begun = new Set<string>();
  const look = async () => {
    const requests = await client.core.connections.dialRequests().catch(() => []);
    for (const request of requests) {
      if (request.ask || begun.has(request.requestId)) continue;
      begun.add(request.requestId);
      void dialFor(client.core, phone, request);
    }
  };
  client.onEvent((event) => {
    if (event.type === 'dial.asked' || event.type === 'linked') void look();
  });
}
