// Who fits a query, in the order in which they are shown, read from the index and from what ranks alone.
import type { FoundCustomer } from '../../../preload/contract/customer-search.ts';
import type { DeskDatabase, SqlValue } from '../database/desk-database.ts';
import { noteMatch } from './search-matches.ts';
import {
  hasDomains,
  isShort,
  matchExpressionsFrom,
  type PlacedWords,
  type SearchQuery,
  tellingExpressionFrom,
  tierOf,
} from './search-query.ts';
import { beginsWith, isNoteWord, noteBeginsWith } from './search-terms.ts';

/** Where a find stands: lower tiers first, then higher keys, then newer rows. */
export interface Place {
  tier: number;
  key: number;
  row: number;
  /** For who is found by a note: the piece that fits. */
  note?: FoundCustomer['found'];
}

/** Ranking more than the newest 2,000 candidates of a short beginning would take too long. */
export const MOST_FOUND = 2_000;
/** So many candidates are asked whether they have the feeling or the promise, at most. */
const MOST_ASKED = 20_000;
/** So many records are read to see where the words stand, rather than asking the index for each tier. */
const FEW = 40;
/** The same where that also spares the index what stands behind an @. */
const FEW_TOLD = 600;
const MOST_NOTES = 200;
const NOTE_TIER = 9;

interface RankedRow {
  row: number;
  key: number;
}

type RankedRecord = RankedRow & PlacedWords;

interface Asked {
  query: SearchQuery;
  now: number;
  /** So many are looked at before others, if any. */
  wanted: number;
}

interface Find extends Asked {
  after?: Omit<Place, 'note'> | null;
}

export function candidateSearch(database: DeskDatabase) {
  const note = database.query<{
    customer_id: string | null;
    subject: string | null;
    note: string | null;
  }>('SELECT customer_id, subject, note FROM contacts WHERE row = ?');
  const notes = database.query<{ rowid: number }>(
    `SELECT rowid FROM contact_search WHERE contact_search MATCH ? ORDER BY rowid DESC LIMIT ${MOST_NOTES}`,
  );
  const customerRow = database.query<{ row: number }>('SELECT row FROM customers WHERE id = ?');

  const best = database.query<RankedRow>(bestOf(MOST_FOUND, ''));
  const newest = database.query<{ rowid: number }>(
    'SELECT rowid FROM customer_search WHERE customer_search MATCH ? ORDER BY rowid DESC LIMIT ?',
  );

  /** Candidates of one expression with their rank, the best first. */
  function matching(
    expression: string,
    query: SearchQuery,
    now: number,
    most = MOST_FOUND,
  ): RankedRow[] {
    const { condition, values } = conditionOf(query, now);
    if (condition === '') return best.all(expression, most);
    return database
      .query<RankedRow>(bestOf(MOST_ASKED, `${promised(query)} ${condition}`))
      .all(expression, ...values, most);
  }

  /** All candidates when they are few, in order, from a single look into the index; null when they are more. */
  function fewOf(expression: string, query: SearchQuery, now: number): Place[] | null {
    const telling = tellingExpressionFrom(query);
    const told = telling === null ? null : rowsOfFew(telling, FEW_TOLD);
    const rows = told ?? rowsOfFew(expression, FEW);
    if (!rows) return null;
    const { condition, values } = conditionOf(query, now);
    const record = database.query<RankedRecord>(
      `SELECT r.row, r.standing AS key, u.name, u.company, u.city, u.emails_json, u.tags_json
       FROM customer_rank r CROSS JOIN customers u ON u.row = r.row WHERE r.row = ? ${condition}`,
    );
    const places: Place[] = [];
    for (const row of rows) {
      const found = record.get(row, ...values);
      if (!found || (told && !hasDomains(query, found))) continue;
      places.push({ tier: tierOf(query, found), key: found.key, row });
    }
    return places.sort(inOrder);
  }

  function rowsOfFew(expression: string, few: number): number[] | null {
    const rows = newest.all(expression, few + 1);
    return rows.length > few ? null : rows.map(({ rowid }) => rowid);
  }

  /** Candidates of one tier that none before had: first as many as are wanted, then all. */
  function* ofTier(
    tier: number,
    expression: string,
    { query, now, wanted }: Asked,
    seen: ReadonlySet<number>,
  ): Generator<Place> {
    for (const most of [Math.min(seen.size + wanted, MOST_FOUND), MOST_FOUND]) {
      const rows = matching(expression, query, now, most);
      for (const { row, key } of rows) if (!seen.has(row)) yield { tier, key, row };
      if (rows.length < most) return;
    }
  }

  /** Who has the promise or the feeling, without a word to look up. */
  function standing(query: SearchQuery, now: number): RankedRow[] {
    const { condition, values } = conditionOf(query, now);
    if (query.promise !== null) {
      // The longest due first.
      return database
        .query<RankedRow>(
          `SELECT r.row, -r.due_at AS key FROM (SELECT row, due_at, emotion FROM customer_rank
             WHERE due_at IS NOT NULL ORDER BY due_at LIMIT ${MOST_ASKED}) r
           WHERE true ${condition} ORDER BY r.due_at, r.row DESC LIMIT ${MOST_FOUND}`,
        )
        .all(...values);
    }
    return query.feelings
      .flatMap((feeling) =>
        database
          .query<RankedRow>(
            `SELECT row, standing AS key FROM customer_rank WHERE emotion = ?
             ORDER BY standing DESC, row DESC LIMIT ${MOST_FOUND}`,
          )
          .all(feeling),
      )
      .sort((one, other) => other.key - one.key || other.row - one.row)
      .slice(0, MOST_FOUND);
  }

  function fits(row: number, query: SearchQuery, now: number): boolean {
    const { condition, values } = conditionOf(query, now);
    const filters = [
      ...query.tags.map((word) => beginsWith(word, ['tag'])),
      ...query.cities.map((word) => beginsWith(word, ['city'])),
    ];
    if (condition !== '') {
      const sql = `SELECT r.row, 0 AS key FROM customer_rank r WHERE r.row = ? ${condition}`;
      if (!database.query<RankedRow>(sql).get(row, ...values)) return false;
    }
    if (filters.length === 0) return true;
    const sql = 'SELECT rowid FROM customer_search WHERE customer_search MATCH ? AND rowid = ?';
    return database.query(sql).get(filters.join(' AND '), row) !== undefined;
  }

  /** Customers by their notes, the newest first. */
  function* byNotes(query: SearchQuery, now: number): Generator<Place> {
    const typed = [...query.words, ...query.numbers.map((number) => number.typed)];
    const words = typed.filter(isNoteWord);
    const looked = [
      ...words,
      ...query.phrases.flatMap((phrase) => phrase.words.filter(isNoteWord)),
    ];
    const expression = looked.map(noteBeginsWith).join(' AND ');
    if (expression === '') return;
    for (const { rowid } of notes.all(expression)) {
      const contact = note.get(rowid);
      if (!contact || contact.customer_id === null) continue;
      const found = noteMatch(
        query,
        words,
        [contact.subject, contact.note].filter(Boolean).join(': '),
      );
      const row = found ? customerRow.get(contact.customer_id)?.row : undefined;
      if (found && row !== undefined && fits(row, query, now))
        yield { tier: NOTE_TIER, key: rowid, row, note: found };
    }
  }

  /** Candidates by their words, each once. */
  function* byTiers(expressions: readonly string[], asked: Asked): Generator<Place> {
    const { query, now } = asked;
    // Many begin with a short word: that they are not few need not be asked.
    const mayBeFew = expressions.length > 1 && !isShort(query);
    const few = mayBeFew ? fewOf(expressions.at(-1) ?? '', query, now) : null;
    if (few) {
      yield* few;
      return;
    }
    const seen = new Set<number>();
    for (const [tier, expression] of expressions.entries()) {
      for (const place of ofTier(tier, expression, asked, seen)) {
        seen.add(place.row);
        yield place;
        if (seen.size >= MOST_FOUND) return;
      }
    }
  }

  function* ranked(asked: Asked): Generator<Place> {
    const { query, now } = asked;
    const expressions = matchExpressionsFrom(query);
    const words = query.words.length + query.phrases.length + query.numbers.length;
    const seen = new Set<number>();
    if (expressions.length === 0) {
      if (words === 0) for (const { row, key } of standing(query, now)) yield { tier: 0, key, row };
      return;
    }
    for (const place of byTiers(expressions, asked)) {
      seen.add(place.row);
      yield place;
    }
    if (words === 0 || seen.size >= MOST_FOUND) return;
    for (const place of byNotes(query, now)) {
      if (seen.has(place.row)) continue;
      seen.add(place.row);
      yield place;
    }
  }

  return {
    /**
     * From after a place on, or from the best; reads on only as long as it is asked, and is quickest for
     * as many as are wanted.
     */
    *find({ after = null, ...asked }: Find): Generator<Place> {
      for (const place of ranked(asked)) {
        if (after === null || comesAfter(place, after)) yield place;
      }
    },

    /** How many candidates there are, of which at most 2,000 are counted. */
    count(query: SearchQuery, now: number): number {
      const expression = matchExpressionsFrom(query).at(-1);
      if (expression === undefined) return standing(query, now).length;
      if (query.promise !== null || query.feelings.length > 0)
        return matching(expression, query, now).length;
      return (
        database
          .query<{ n: number }>(
            `SELECT count(*) AS n FROM (SELECT rowid FROM customer_search WHERE customer_search MATCH ?
               ORDER BY rowid DESC LIMIT ${MOST_FOUND})`,
          )
          .get(expression)?.n ?? 0
      );
    },
  };
}

/** The best of so many of the newest candidates `f`, by their ranks `r`. */
function bestOf(asked: number, condition: string): string {
  return `SELECT r.row, r.standing AS key
    FROM (SELECT rowid FROM customer_search WHERE customer_search MATCH ? ORDER BY rowid DESC LIMIT ${asked}) f
    CROSS JOIN customer_rank r ON r.row = f.rowid
    WHERE true ${condition} ORDER BY r.standing DESC, r.row DESC LIMIT ?`;
}

/** Few were promised something: who was not is left out before the ranks are looked up. */
function promised({ promise }: SearchQuery): string {
  return promise === null
    ? ''
    : 'AND f.rowid IN (SELECT row FROM customer_rank WHERE due_at IS NOT NULL)';
}

/** What the rank `r` of a find must satisfy, as SQL that begins with AND, and its values. */
function conditionOf(
  { promise, feelings }: SearchQuery,
  now: number,
): { condition: string; values: SqlValue[] } {
  const parts: string[] = [];
  const values: SqlValue[] = [];
  if (promise === 'open') parts.push('AND r.due_at IS NOT NULL');
  if (promise === 'overdue') {
    parts.push('AND r.due_at < ?');
    values.push(now);
  }
  if (feelings.length > 0) {
    parts.push('AND r.emotion IN (SELECT value FROM json_each(?))');
    values.push(JSON.stringify(feelings));
  }
  return { condition: parts.join(' '), values };
}

function comesAfter(place: Place, than: Omit<Place, 'note'>): boolean {
  return inOrder(place, than) > 0;
}

function inOrder(one: Omit<Place, 'note'>, other: Omit<Place, 'note'>): number {
  return one.tier - other.tier || other.key - one.key || other.row - one.row;
}
