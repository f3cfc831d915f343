// A practice customer who is passed on. Nobody is called: the dialled number says how it goes, as it
// does for a call, and the desk hears it in NOTIFYs (RFC 3515) as from any telephone.
import type { Referral, Session } from 'sip.js';
import { customerBehaviour } from './customer-behaviour.ts';

const REASONS = {
  404: 'Not Found',
  480: 'Temporarily Unavailable',
  486: 'Busy Here',
  603: 'Decline',
};

/** `later` runs something after so many ms unless the call is over by then. */
export function followReferral(
  session: Session,
  referral: Referral,
  random: () => number,
  later: (ms: number, run: () => void) => void,
): void {
  const { uri } = referral.referTo;
  const notify = (fragment: string, over: boolean): void => {
    session.dialog?.notify(undefined, {
      extraHeaders: [
        'Event: refer',
        `Subscription-State: ${over ? 'terminated;reason=noresource' : 'active;expires=60'}`,
      ],
      body: {
        contentDisposition: 'render',
        contentType: 'message/sipfrag;version=2.0',
        content: `SIP/2.0 ${fragment}\r\n`,
      },
    });
  };
  referral.accept({ statusCode: 202 }).catch(() => undefined);
  notify('100 Trying', false);
  // The target of an attended transfer is on the telephone already.
  if (uri.hasHeader('Replaces')) return later(500, () => notify('200 OK', true));
  const behaviour = customerBehaviour(decodeURIComponent(uri.user ?? ''), random);
  if (behaviour.ringMs > 0) notify('180 Ringing', false);
  later(behaviour.ringMs, () =>
    behaviour.kind === 'answers'
      ? notify('200 OK', true)
      : notify(`${behaviour.sipCode} ${REASONS[behaviour.sipCode]}`, true),
  );
}
