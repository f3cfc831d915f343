import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { CustomerHit } from '../../../preload/contract/customers.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import { customerHitFrom, HIT_COLUMNS, HIT_TABLES, type HitRow } from './customer-rows.ts';
import { foldText } from './folding.ts';

/** A company's extensions have at most so many digits. */
const LONGEST_EXTENSION = 4;
/** National digits that must stay: area and the head of the company's range. */
const SHORTEST_HEAD = 7;
/** More than that in one range are neighbours in a town, not colleagues. */
const MOST_NUMBERS = 40;
const SHOWN = 5;

export interface CompanyRange {
  name: string;
  candidates: CustomerHit[];
}

/**
 * Answers which company's range an unknown landline number probably belongs to: the longest head that
 * it shares with numbers in the book, when all who have such numbers work for one company.
 */
export function companyRange(database: DeskDatabase): (e164: string) => CompanyRange | null {
  const inRange = database.query<{ customer_id: string; e164: string; company: string | null }>(
    `SELECT n.customer_id, n.number_key AS e164, u.company FROM customer_numbers n JOIN customers u ON u.id = n.customer_id
     WHERE n.number_key > ? AND n.number_key < ? AND n.e164 IS NOT NULL LIMIT ${MOST_NUMBERS + 1}`,
  );
  const hit = database.query<HitRow>(`SELECT ${HIT_COLUMNS} FROM ${HIT_TABLES} WHERE u.id = ?`);

  return (e164) => {
    const national = landlineDigits(e164);
    if (national === null) return null;
    const longest = Math.min(LONGEST_EXTENSION, national.length - SHORTEST_HEAD);
    for (let cut = 1; cut <= longest; cut += 1) {
      const head = e164.slice(0, -cut);
      // ':' is the character behind '9'. Numbers of another length are of another range.
      const rows = inRange
        .all(head, `${head}:`)
        .filter((row) => Math.abs(row.e164.length - e164.length) <= 1);
      if (rows.length === 0) continue;
      if (rows.length > MOST_NUMBERS) return null;
      const names = new Set(rows.map(({ company }) => foldText(company ?? '')));
      const [name] = rows.flatMap(({ company }) => company ?? []);
      // One of another company, or a private person: whose number it is cannot be told.
      if (names.size !== 1 || !name?.trim()) return null;
      const ids = [...new Set(rows.map(({ customer_id }) => customer_id))].slice(0, SHOWN);
      return {
        name,
        candidates: ids.flatMap((id) => {
          const row = hit.get(id);
          return row ? [customerHitFrom(row)] : [];
        }),
      };
    }
    return null;
  };
}

/** National digits of a landline number; null for mobile, free-phone and other numbers. */
function landlineDigits(e164: string): string | null {
  const parsed = parsePhoneNumberFromString(e164);
  const type = parsed?.getType();
  if (!parsed || (type !== 'FIXED_LINE' && type !== 'FIXED_LINE_OR_MOBILE')) return null;
  return parsed.nationalNumber;
}
