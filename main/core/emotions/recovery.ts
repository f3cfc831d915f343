import { type FeltContact, feelingValue } from './contact-feeling.ts';

/** m·v(end) at or below this opens a recovery. A design value of this product. */
const OPENS_AT = -0.5;

/** Whether a contact ended so badly that it must be made good. */
export function opensRecovery(contact: FeltContact): boolean {
  return contact.end !== null && feelingValue(contact.end) <= OPENS_AT;
}

/**
 * Contacts that ended badly and were not made good, in the order given. A recovery ends with a later
 * contact on the same matter whose end was not negative, once that matter is closed. A contact
 * without a matter has nothing that could be closed: there a later contact that ended pleasantly,
 * on whatever matter, ends it.
 */
export function openRecoveries<Contact extends FeltContact>(
  contacts: readonly Contact[],
): Contact[] {
  return contacts.filter(
    (bad) => opensRecovery(bad) && !contacts.some((later) => endsRecovery(bad, later)),
  );
}

function endsRecovery(bad: FeltContact, later: FeltContact): boolean {
  if (later.at <= bad.at || later.end === null) return false;
  const value = feelingValue(later.end);
  if (bad.matterId === null) return value > 0;
  return later.matterId === bad.matterId && value >= 0 && later.matterClosedAt !== null;
}
