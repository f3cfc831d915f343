// Reads records as they are compared, and finds whom a record may be compared with, by indexes only.
import type { LikenessQuestion } from '../../../../preload/contract/clean-book.ts';
import type { DeskDatabase } from '../../database/desk-database.ts';
import { comparableNumber } from '../../phone-numbers/number-key.ts';
import { emailKey } from '../customer-store.ts';
import { sortNameFrom } from '../folding.ts';
import type { Comparable } from './likeness.ts';
import { isOneSlipApart } from './name-likeness.ts';

interface RecordRow {
  id: string;
  name: string;
  company: string | null;
  street: string | null;
  postal_code: string | null;
  city: string | null;
  external_id: string | null;
  household_id: string | null;
}

export interface Person extends Comparable {
  id: string;
}

/** Of a number or an e-mail that very many share, only so many are looked at. */
const MOST_SHARERS = 50;
const MOST_NAMESAKES = 200;

export function comparableRecords(database: DeskDatabase, country: () => string) {
  const one = database.query<RecordRow>(
    `SELECT id, name, company, street, postal_code, city, external_id, household_id
     FROM customers WHERE id = ?`,
  );
  const numbers = database.query<{ number_key: string; raw: string }>(
    'SELECT number_key, raw FROM customer_numbers WHERE customer_id = ? ORDER BY position LIMIT 20',
  );
  const emails = database.query<{ email_key: string }>(
    'SELECT email_key FROM customer_emails WHERE customer_id = ? LIMIT 20',
  );
  const byNumber = database.query<{ id: string }>(
    `SELECT DISTINCT customer_id AS id FROM customer_numbers WHERE number_key = ? LIMIT ${MOST_SHARERS}`,
  );
  const byEmail = database.query<{ id: string }>(
    `SELECT customer_id AS id FROM customer_emails WHERE email_key = ? LIMIT ${MOST_SHARERS}`,
  );
  const byExternal = database.query<{ id: string }>(
    `SELECT id FROM customers WHERE external_id = ? LIMIT ${MOST_SHARERS}`,
  );
  const byName = database.query<RecordRow>(
    `SELECT id, name, company, street, postal_code, city, external_id, household_id
     FROM customers WHERE sort_name = ? LIMIT ${MOST_NAMESAKES}`,
  );

  const namedLike = database.query<{ key: string }>(
    `SELECT DISTINCT sort_name AS key FROM customers WHERE sort_name > $from AND sort_name < $to
     ORDER BY sort_name LIMIT ${MOST_NAMESAKES}`,
  );

  /** Names in the book that are a slip away in a later letter of the last word, as an index finds them. */
  function slipsOf(sortName: string): string[] {
    const at = sortName.lastIndexOf(' ') + 1;
    if (at === 0) return [];
    const from = sortName.slice(0, at + 1);
    return namedLike
      .all({ from, to: `${from}\uffff` })
      .map(({ key }) => key)
      .filter((key) => isOneSlipApart(key, sortName));
  }

  function personFrom(row: RecordRow): Person {
    return {
      id: row.id,
      name: row.name,
      company: row.company,
      street: row.street,
      postalCode: row.postal_code,
      city: row.city,
      externalId: row.external_id,
      householdId: row.household_id,
      numbers: new Map(numbers.all(row.id).map(({ number_key, raw }) => [number_key, raw])),
      emails: new Map(emails.all(row.id).map(({ email_key }) => [email_key, email_key])),
    };
  }

  return {
    /** Null when the customer is gone. */
    person(customerId: string): Person | null {
      const row = one.get(customerId);
      return row ? personFrom(row) : null;
    },

    /** What is about to be stored, as it would be compared. */
    comparableFrom(question: LikenessQuestion): Comparable {
      const keyed = question.numbers.flatMap((raw): [string, string][] => {
        const key = comparableNumber(raw, country());
        return key === null ? [] : [[key, raw]];
      });
      return {
        name: question.name,
        company: question.company,
        street: question.street,
        postalCode: question.postalCode,
        city: question.city,
        externalId: question.externalId,
        householdId: null,
        numbers: new Map(keyed),
        emails: new Map(question.emails.map((email) => [emailKey(email), email])),
      };
    },

    /** Everybody who shares a number, an e-mail, the number in another system, or the name. */
    candidatesFor(record: Comparable, exceptId: string | null): Person[] {
      const ids = new Set<string>();
      const add = (rows: readonly { id: string }[]) => {
        for (const { id } of rows) ids.add(id);
      };
      for (const key of record.numbers.keys()) add(byNumber.all(key));
      for (const key of record.emails.keys()) add(byEmail.all(key));
      if (record.externalId !== null) add(byExternal.all(record.externalId));
      for (const name of sortNamesOf(record.name)) {
        add(byName.all(name));
        for (const other of slipsOf(name)) add(byName.all(other));
      }
      if (exceptId !== null) ids.delete(exceptId);
      return [...ids].flatMap((id) => {
        const row = one.get(id);
        return row ? [personFrom(row)] : [];
      });
    },
  };
}
export type ComparableRecords = ReturnType<typeof comparableRecords>;

/** A name as it sorts, and with its last word first: "Anna Müller" may stand as "Müller, Anna". */
export function sortNamesOf(name: string): string[] {
  const sortName = sortNameFrom(name);
  if (sortName === '') return [];
  return [...new Set([sortName, ...turnedNames(sortName)])];
}

/** A sort name with its last word first, and with its first word last. */
export function turnedNames(sortName: string): string[] {
  const words = sortName.split(' ');
  const [first = '', last = ''] = [words[0], words.at(-1)];
  if (words.length < 2) return [];
  return [[last, ...words.slice(0, -1)].join(' '), [...words.slice(1), first].join(' ')];
}
