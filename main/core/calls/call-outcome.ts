// What a call that nobody answered means. Rules only.
import type { EndCause, Outcome } from '../../../preload/contract/vocabulary.ts';
import type { FoldedCall } from './call-fold.ts';

/** An inbound call that ended without an answer here, which the agent did not decline. */
export function isMissed(call: FoldedCall): boolean {
  return (
    call.direction === 'inbound' &&
    call.endedAt !== null &&
    call.answeredAt === null &&
    call.cause !== 'declined' &&
    call.cause !== 'answeredElsewhere'
  );
}

const OUTCOME_OF_CAUSE: Partial<Record<EndCause, Outcome>> = {
  noAnswer: 'noAnswer',
  busy: 'noAnswer',
  cancelled: 'noAnswer',
  declined: 'noAnswer',
  rejected: 'noAnswer',
  unavailable: 'noAnswer',
  timeout: 'noAnswer',
  notFound: 'wrongNumber',
};

/** What an unanswered outbound call says about the attempt; null where the network was at fault. */
export function outcomeOfUnanswered(call: FoldedCall): Outcome | null {
  if (call.direction === 'inbound' || call.cause === null) return null;
  return OUTCOME_OF_CAUSE[call.cause] ?? null;
}
