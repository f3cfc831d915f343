// Whether a customer of a file is in the book already: by the number of another system, by telephone
// number and name, or by e-mail address.
import type { SkipReason } from '../../../preload/contract/exchange-words.ts';
import { foldText } from '../customers/folding.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import { numberKeyFrom } from '../phone-numbers/number-key.ts';
import type { KeySet } from './key-set.ts';

export interface Known {
  customerId: string;
  /** Rowid in customers; those of this import are its newest. */
  row: number;
  reason: Extract<SkipReason, 'sameExternalId' | 'sameNumberAndName' | 'sameEmail'>;
}

interface FoundRow {
  row: number;
  id: string;
  name: string;
}

export interface Identity {
  name: string | null;
  externalId: string | null;
  numbers: readonly string[];
  emails: readonly string[];
}

/** The sample book and practice are nobody. */
const COUNTED = "origin IN ('real', 'imported')";

export type KnownCustomers = ReturnType<typeof knownCustomers>;

export function knownCustomers(database: DeskDatabase, home: () => string) {
  const byExternalId = database.query<FoundRow>(
    `SELECT row, id, name FROM customers WHERE external_id = ? AND ${COUNTED} ORDER BY row LIMIT 2`,
  );
  const holders = {
    number: holdersOf('customer_numbers', 'number_key', 50),
    email: holdersOf('customer_emails', 'email_key', 20),
  };

  function holdersOf(table: string, key: string, most: number) {
    const among = (customers: string, condition: string) =>
      database.query<FoundRow>(
        `SELECT u.row, u.id, u.name FROM ${table} h CROSS JOIN customers u ${customers} ON u.id = h.customer_id
         WHERE h.${key} = ? AND u.${COUNTED} ${condition} ORDER BY u.row LIMIT ${most}`,
      );
    return {
      any: among('', ''),
      // An address may have many holders: this index says of most that they are not among them.
      withoutExternalId: among(
        'INDEXED BY customers_without_external',
        'AND u.external_id IS NULL',
      ),
    };
  }

  // Most rows are about somebody new: that is one look-up instead of one for each number and address.
  const anyone = database.query(
    `SELECT 1 WHERE EXISTS (SELECT 1 FROM customers WHERE external_id = ?)
       OR EXISTS (SELECT 1 FROM customer_numbers WHERE number_key IN (?, ?))
       OR EXISTS (SELECT 1 FROM customer_emails WHERE email_key = ?)`,
  );

  /** Whether nobody in the book has any of it; false where that takes more than one look-up. */
  function isNew({ externalId, numbers, emails }: Identity): boolean {
    const [one = null, other = null, ...furtherNumbers] = numbers.map(
      (number) => numberKeyFrom(number, home()).e164,
    );
    const [email, ...furtherEmails] = emails;
    if (furtherNumbers.length + furtherEmails.length > 0) return false;
    const key = email === undefined ? null : emailKey(email);
    return anyone.get(externalId, one, other, key) === undefined;
  }

  return {
    /** The customer that the row means, or null for a new one. */
    find(identity: Identity): Known | null {
      if (isNew(identity)) return null;
      const { name, externalId, numbers, emails } = identity;
      const external = externalId === null ? undefined : byExternalId.get(externalId);
      if (external) return { customerId: external.id, row: external.row, reason: 'sameExternalId' };
      // Who has another number in the other system is another one, whatever else is alike.
      const among = externalId === null ? 'any' : 'withoutExternalId';
      let folded: string | null = null;
      for (const number of numbers) {
        const { e164 } = numberKeyFrom(number, home());
        if (e164 === null) continue;
        for (const found of holders.number[among].all(e164)) {
          folded ??= foldText(name ?? '');
          if (foldText(found.name) === folded) {
            return { customerId: found.id, row: found.row, reason: 'sameNumberAndName' };
          }
        }
      }
      for (const email of emails) {
        const found = holders.email[among].get(emailKey(email));
        if (found) return { customerId: found.id, row: found.row, reason: 'sameEmail' };
      }
      return null;
    },

    /**
     * Everyone whom an order or a contact may be about, at most two: by external id alone where there
     * is one, else by number (narrowed by name where several have it), else by e-mail.
     */
    candidates({ name, externalId, numbers, emails }: Identity): string[] {
      if (externalId !== null) {
        const found = byExternalId.all(externalId);
        if (found.length > 0 || numbers.length + emails.length === 0) return idsOf(found);
      }
      const calling = numbers.flatMap((number) => {
        const { e164 } = numberKeyFrom(number, home());
        return e164 === null ? [] : holders.number.any.all(e164);
      });
      if (calling.length > 0) return idsOf(narrowed(calling, name));
      return idsOf(
        narrowed(
          emails.flatMap((email) => holders.email.any.all(emailKey(email))),
          name,
        ),
      );
    },

    /**
     * Whether the file has told of this customer before, by the same rules as `find`, without the book;
     * `seen` remembers this one.
     */
    metBefore(seen: KeySet, { name, externalId, numbers, emails }: Identity): boolean {
      const folded = foldText(name ?? '');
      const weak = [
        ...numbers.flatMap((number) => {
          const { e164 } = numberKeyFrom(number, home());
          return e164 === null ? [] : [`n ${e164} ${folded}`];
        }),
        ...emails.map((email) => `e ${emailKey(email)}`),
      ];
      const asked = [
        ...(externalId === null ? [] : [`x ${externalId}`]),
        ...weak.flatMap((key) => [
          `${key} none`,
          externalId === null ? `${key} any` : `${key} #${externalId}`,
        ]),
      ];
      const told = [
        ...(externalId === null ? [] : [`x ${externalId}`]),
        ...weak.flatMap((key) =>
          externalId === null ? [`${key} none`] : [`${key} any`, `${key} #${externalId}`],
        ),
      ];
      const met = asked.some((key) => seen.has(key));
      for (const key of told) seen.add(key);
      return met;
    },
  };
}

/** As customer_emails holds them. */
function emailKey(email: string): string {
  return email.trim().toLowerCase();
}

function narrowed(found: readonly FoundRow[], name: string | null): FoundRow[] {
  const ids = new Set(found.map(({ id }) => id));
  if (ids.size < 2 || name === null) return [...found];
  const folded = foldText(name);
  return found.filter((one) => foldText(one.name) === folded);
}

function idsOf(found: readonly FoundRow[]): string[] {
  return [...new Set(found.map(({ id }) => id))].slice(0, 2);
}
