import type { FoundCustomer, SearchHint } from '../../../preload/contract/customer-search.ts';
import { cursorFrom, positionFrom } from '../contacts/keyset-cursor.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import { HIT_COLUMNS, HIT_TABLES, type HitRow, customerHitFrom } from './customer-rows.ts';
import { candidateSearch, MOST_FOUND, type Place } from './search-candidates.ts';
import type { IndexProgress, SearchIndex } from './search-index.ts';
import { matchesOf } from './search-matches.ts';
import { operatorFrom } from './search-operators.ts';
import { type SearchQuery, searchQueryFrom } from './search-query.ts';

export interface CustomerPage {
  rows: FoundCustomer[];
  next: string | null;
  /** All customers; with a query, those that fit it, of which at most 2,000 are counted. */
  total: number;
  hints: SearchHint[];
  indexing: IndexProgress;
}

interface FoundRow extends HitRow {
  emails_json: string;
  tags_json: string;
  sort_name: string;
}

const ROW_COLUMNS = `${HIT_COLUMNS}, u.emails_json, u.tags_json, u.sort_name`;
const NO_MATCHES = { marks: { name: [], company: [], city: [] }, found: null };

/** More than are shown, for what the index found by mistake. */
const SPARE = 8;

/** Search as you type and the list of customers. */
export function customerSearch(database: DeskDatabase, index: SearchIndex, now: () => number) {
  const candidates = candidateSearch(database);
  const rowOf = database.query<FoundRow>(
    `SELECT ${ROW_COLUMNS} FROM ${HIT_TABLES} WHERE u.row = ?`,
  );
  const numbersOf = database.query<{ raw: string; key: string }>(
    'SELECT raw, coalesce(e164, number_key) AS key FROM customer_numbers WHERE customer_id = ? ORDER BY position LIMIT 20',
  );
  const listFirst = database.query<FoundRow>(
    `SELECT ${ROW_COLUMNS} FROM ${HIT_TABLES} ORDER BY u.sort_name, u.row LIMIT ?`,
  );
  const listAfter = database.query<FoundRow>(
    `SELECT ${ROW_COLUMNS} FROM ${HIT_TABLES} WHERE (u.sort_name, u.row) > (?, ?)
     ORDER BY u.sort_name, u.row LIMIT ?`,
  );
  // The smallest table that has a row for each.
  const countAll = database.query<{ n: number }>('SELECT count(*) AS n FROM customer_rank');
  let allCustomers: number | null = null;

  /** Finds as they are shown, the best first; what the index found by mistake is left out. */
  function* shownFrom(query: SearchQuery, wanted: number, after: Place | null = null) {
    for (const place of candidates.find({ query, now: now(), wanted, after })) {
      const row = rowOf.get(place.row);
      if (!row) continue;
      const matches = place.note
        ? { ...NO_MATCHES, found: place.note }
        : matchesOf(query, {
            name: row.name,
            company: row.company,
            city: row.city,
            get emails() {
              return JSON.parse(row.emails_json) as string[];
            },
            get tags() {
              return JSON.parse(row.tags_json) as string[];
            },
            numbers: query.numbers.length === 0 ? [] : numbersOf.all(row.id),
          });
      if (matches) yield { place, hit: { ...customerHitFrom(row), ...matches } };
    }
  }

  function allPage(
    cursor: string | undefined,
    limit: number,
  ): Omit<CustomerPage, 'hints' | 'indexing'> {
    const position = cursor === undefined ? null : positionFrom('customers', 'string', cursor);
    const rows = position
      ? listAfter.all(String(position.key), position.row, limit + 1)
      : listFirst.all(limit + 1);
    allCustomers ??= countAll.get()?.n ?? 0;
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    const more = rows.length > limit && last;
    return {
      rows: shown.map((row) => ({ ...customerHitFrom(row), ...NO_MATCHES })),
      next: more ? cursorFrom('customers', { key: last.sort_name, row: last.row }) : null,
      total: allCustomers,
    };
  }

  function searchPage(
    query: SearchQuery,
    cursor: string | undefined,
    limit: number,
  ): Omit<CustomerPage, 'hints' | 'indexing'> {
    // Tier, key and row of the last one shown: the ranking is the same as long as they stay.
    const position = cursor === undefined ? null : positionFrom('found', 'string', cursor);
    const [tier = 0, key = 0] = position ? String(position.key).split(':').map(Number) : [];
    const after = position ? { tier, key, row: position.row } : null;
    const rows: FoundCustomer[] = [];
    let last: Place | null = null;
    let more = false;
    // After a place, those before it are read as well.
    const wanted = after === null ? limit + SPARE : MOST_FOUND;
    for (const { place, hit } of shownFrom(query, wanted, after)) {
      if (rows.length === limit) {
        more = true;
        break;
      }
      rows.push(hit);
      last = place;
    }
    const whole = !more && after === null;
    return {
      rows,
      next:
        more && last
          ? cursorFrom('found', { key: `${last.tier}:${last.key}`, row: last.row })
          : null,
      total: whole ? rows.length : countOf(query),
    };
  }

  function firstFinds(query: SearchQuery, limit: number): FoundCustomer[] {
    const hits: FoundCustomer[] = [];
    for (const { hit } of shownFrom(query, limit + SPARE)) {
      hits.push(hit);
      if (hits.length === limit) break;
    }
    return hits;
  }

  /** Searches as of one moment, at which the index holds what was changed before. */
  function caughtUp<Result>(search: () => Result): Result {
    const found = database.reading(() => (index.isBehind() ? null : { result: search() }));
    if (found !== null) return found.result;
    index.catchUp();
    return database.reading(search);
  }

  function countOf(query: SearchQuery): number {
    if (query.phrases.length === 0) return Math.max(candidates.count(query, now()), 0);
    // Whether words stand together only the records say.
    return [...shownFrom(query, MOST_FOUND)].length;
  }

  return {
    search(text: string, limit: number): FoundCustomer[] {
      const query = searchQueryFrom(text);
      return caughtUp(() => firstFinds(query, limit));
    },

    list(text: string, cursor: string | undefined, limit: number): CustomerPage {
      const query = searchQueryFrom(text);
      const page = caughtUp(() =>
        text.trim() === '' ? allPage(cursor, limit) : searchPage(query, cursor, limit),
      );
      const hints = query.hints.map((hint) => ({ ...hint, means: operatorFrom(hint.operator) }));
      return { ...page, hints, indexing: index.progress() };
    },

    /** How many fit, of which at most 2,000 are counted. */
    count(text: string): number {
      const query = searchQueryFrom(text);
      return caughtUp(() => Math.min(MOST_FOUND, countOf(query)));
    },

    /** The number of customers is counted again when it is next asked for. */
    forgetCount(): void {
      allCustomers = null;
    },
  };
}
