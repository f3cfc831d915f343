import type { CustomerHit } from '../../../preload/contract/customers.ts';
import { cursorFrom, positionFrom } from '../contacts/keyset-cursor.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import { HIT_COLUMNS, HIT_TABLES, type HitRow, customerHitFrom } from './customer-rows.ts';
import { foldedWords } from './folding.ts';
import { type SearchQuery, matchExpressionFrom, searchQueryFrom } from './search-query.ts';

export interface CustomerPage {
  rows: CustomerHit[];
  next: string | null;
  /** All customers; with a query, those that fit it, of which at most 2,000 are counted. */
  total: number;
}

/** Ranking more than the newest 2,000 candidates of a short beginning would take too long. */
const MOST_CANDIDATES = 2000;

interface Candidate {
  row: number;
  id: string;
  name: string;
  company: string | null;
  last_contact_at: number | null;
}

interface Ranked extends Candidate {
  /** Lower is better. */
  rank: number;
}

/** Search as you type and the list of customers. */
export function customerSearch(database: DeskDatabase) {
  const candidates = database.query<Candidate>(
    `SELECT u.row, u.id, u.name, u.company, s.last_contact_at
     FROM (SELECT rowid FROM customer_search WHERE customer_search MATCH ?
           ORDER BY rowid DESC LIMIT ${MOST_CANDIDATES}) f
     CROSS JOIN customers u ON u.row = f.rowid
     LEFT JOIN customer_summary s ON s.customer_id = u.id`,
  );
  const hit = database.query<HitRow>(`SELECT ${HIT_COLUMNS} FROM ${HIT_TABLES} WHERE u.row = ?`);
  const listFirst = database.query<HitRow & { sort_name: string }>(
    `SELECT ${HIT_COLUMNS}, u.sort_name FROM ${HIT_TABLES} ORDER BY u.sort_name, u.row LIMIT ?`,
  );
  const listAfter = database.query<HitRow & { sort_name: string }>(
    `SELECT ${HIT_COLUMNS}, u.sort_name FROM ${HIT_TABLES} WHERE (u.sort_name, u.row) > (?, ?)
     ORDER BY u.sort_name, u.row LIMIT ?`,
  );
  const countAll = database.query<{ n: number }>('SELECT count(*) AS n FROM customers');
  let allCustomers: number | null = null;

  function ranked(text: string): Ranked[] {
    const query = searchQueryFrom(text);
    const expression = matchExpressionFrom(query);
    if (expression === null) return [];
    return candidates
      .all(expression)
      .map((candidate) => ({ ...candidate, rank: rankOf(candidate, query) }))
      .sort(bestFirst);
  }

  function hitsOf(rows: readonly Candidate[]): CustomerHit[] {
    return rows.flatMap(({ row }) => {
      const found = hit.get(row);
      return found ? [customerHitFrom(found)] : [];
    });
  }

  function allPage(cursor: string | undefined, limit: number): CustomerPage {
    const position = cursor === undefined ? null : positionFrom('customers', 'string', cursor);
    const rows = position
      ? listAfter.all(String(position.key), position.row, limit + 1)
      : listFirst.all(limit + 1);
    allCustomers ??= countAll.get()?.n ?? 0;
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    const more = rows.length > limit && last;
    return {
      rows: shown.map(customerHitFrom),
      next: more ? cursorFrom('customers', { key: last.sort_name, row: last.row }) : null,
      total: allCustomers,
    };
  }

  function searchPage(query: string, cursor: string | undefined, limit: number): CustomerPage {
    // Rank, last contact and row of the last one shown: the ranking is the same as long as they stay.
    const position = cursor === undefined ? null : positionFrom('found', 'string', cursor);
    const found = ranked(query);
    const start = position
      ? found.findIndex((one) => comesAfter(one, String(position.key), position.row))
      : 0;
    const rest = start < 0 ? [] : found.slice(start);
    const shown = rest.slice(0, limit);
    const last = shown.at(-1);
    return {
      rows: hitsOf(shown),
      next:
        rest.length > limit && last
          ? cursorFrom('found', { key: placeOf(last), row: last.row })
          : null,
      total: found.length,
    };
  }

  return {
    search: (query: string, limit: number): CustomerHit[] => hitsOf(ranked(query).slice(0, limit)),

    list: (query: string, cursor: string | undefined, limit: number): CustomerPage =>
      query.trim() === '' ? allPage(cursor, limit) : searchPage(query, cursor, limit),

    /** The number of customers is counted again when it is next asked for. */
    forgetCount(): void {
      allCustomers = null;
    },
  };
}

/** 0: the name begins as typed; 1: every word begins one of the name's; 2: of name or company; 3: elsewhere. */
function rankOf(candidate: Candidate, { words, numbers }: SearchQuery): number {
  if (words.length === 0) return numbers.length > 0 ? 0 : 3;
  const name = foldedWords(candidate.name);
  if (words.every((word, index) => name[index]?.startsWith(word))) return 0;
  if (allBegin(words, name)) return 1;
  return candidate.company && allBegin(words, [...name, ...foldedWords(candidate.company)]) ? 2 : 3;
}

function allBegin(words: readonly string[], of: readonly string[]): boolean {
  return words.every((word) => of.some((other) => other.startsWith(word)));
}

function bestFirst(one: Ranked, other: Ranked): number {
  return (
    one.rank - other.rank ||
    (other.last_contact_at ?? 0) - (one.last_contact_at ?? 0) ||
    other.row - one.row
  );
}

function placeOf({ rank, last_contact_at }: Ranked): string {
  return `${rank}:${last_contact_at ?? 0}`;
}

function comesAfter(one: Ranked, place: string, row: number): boolean {
  const [rank = 0, lastContactAt = 0] = place.split(':').map(Number);
  return bestFirst(one, { ...one, rank, last_contact_at: lastContactAt, row }) > 0;
}
