// What a final SIP response means for the call's record (RFC 3261 section 21, RFC 8197, RFC 8688).
import type { CallParty, EndCause } from '../../preload/contract/vocabulary.ts';

const CAUSES: Readonly<Record<number, EndCause>> = {
  401: 'forbidden',
  403: 'forbidden',
  404: 'notFound',
  407: 'forbidden',
  408: 'timeout',
  410: 'notFound',
  415: 'notAcceptable',
  433: 'forbidden',
  480: 'unavailable',
  481: 'failed',
  484: 'notFound',
  485: 'notFound',
  486: 'busy',
  487: 'cancelled',
  488: 'notAcceptable',
  491: 'failed',
  600: 'busy',
  603: 'declined',
  604: 'notFound',
  606: 'notAcceptable',
  607: 'declined',
  608: 'declined',
};

/**
 * The cause of a call that was refused with this final response. Once it has rung, servers and
 * telephones say with 408 or 480 that nobody answered.
 */
export function endCauseOfSipCode(sipCode: number, hasRung: boolean): EndCause {
  if (hasRung && (sipCode === 408 || sipCode === 480)) return 'noAnswer';
  const known = CAUSES[sipCode];
  if (known) return known;
  if (sipCode >= 500 && sipCode < 600) return 'serverError';
  return 'rejected';
}

/** Who is behind this final response: the person called, or something on the way. */
export function partyOfSipCode(sipCode: number): CallParty {
  return [480, 486, 600, 603, 607].includes(sipCode) ? 'customer' : 'network';
}
