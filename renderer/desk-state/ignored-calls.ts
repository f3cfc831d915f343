// What happens to a call whose number is ignored, as soon as core has said so.
import type { CallerContext } from '../../preload/contract/customers.ts';
import type { Phone } from '../phone/phone.ts';

/** Declines or silences an incoming call that is still ringing, by what core says of its number. */
export function heedIgnored(
  phone: Pick<Phone, 'decline' | 'silence'>,
  callId: string,
  { ignored }: Pick<CallerContext, 'ignored'>,
): void {
  if (ignored === 'reject') phone.decline(callId);
  else if (ignored === 'quiet') phone.silence(callId);
}
