// Where a find fits what was typed, in the spelling of the record. Rules only.
import type { FoundCustomer, Marks } from '../../../preload/contract/customer-search.ts';
import { foldedWithPlaces, type FoldedText } from './folding.ts';
import type { Phrase, SearchQuery } from './search-query.ts';
import { digitsOfKey } from './search-terms.ts';

/** All of a record that can fit a query. */
export interface MatchedRecord {
  name: string;
  company: string | null;
  city: string | null;
  emails: readonly string[];
  tags: readonly string[];
  numbers: readonly { raw: string; key: string }[];
}

type Matches = Pick<FoundCustomer, 'marks' | 'found'>;

/** One thing that must be found: a word, words in a row, or digits. */
interface Sought {
  text: string;
  /** Only where a word begins, and for a closed phrase only where one ends. */
  phrase: Phrase | null;
}

const SNIPPET = 110;
const BEFORE_MATCH = 30;

/**
 * What to mark of a record, or null when it does not fit after all: the index looks words up by their
 * parts, which may stand in different words.
 */
export function matchesOf(query: SearchQuery, record: MatchedRecord): Matches | null {
  const texts = {
    name: foldedWithPlaces(record.name),
    company: foldedWithPlaces(record.company ?? ''),
    city: foldedWithPlaces(record.city ?? ''),
  };
  // Most words stand in the name, the company or the city: the others are folded when they are needed.
  const emails = once(() => record.emails.map(foldedValue));
  const tags = once(() => record.tags.map(foldedValue));
  const marks = { name: [] as Marks, company: [] as Marks, city: [] as Marks };
  let found: Matches['found'] = null;
  const take = (field: 'number' | 'email' | 'tag', text: string, places: Marks) => {
    if (found === null) found = { field, text, marks: places };
    else if (found.field === field && found.text === text)
      found.marks = joined([...found.marks, ...places]);
  };

  const findWord = (sought: Sought, onlyBeginnings = false): boolean => {
    let anywhere = false;
    for (const field of ['name', 'company', 'city'] as const) {
      const places = placesOf(texts[field], sought, onlyBeginnings);
      if (places.length === 0) continue;
      marks[field] = joined([...marks[field], ...places]);
      anywhere = true;
    }
    if (anywhere) return true;
    for (const [field, values] of [
      ['email', emails],
      ['tag', tags],
    ] as const) {
      for (const { text, folded } of values()) {
        const places = placesOf(folded, sought, onlyBeginnings);
        if (places.length === 0) continue;
        take(field, text, places);
        return true;
      }
    }
    return false;
  };

  const everyNumber = query.numbers.every(({ digits, typed }) => {
    for (const { raw, key } of record.numbers) {
      const place = digitsIn(raw, key, digits);
      if (place === null) continue;
      take('number', place.text, [place.mark]);
      return true;
    }
    return findWord({ text: typed, phrase: null }, true);
  });
  if (!everyNumber) return null;
  const sought: Sought[] = [
    ...query.words.map((text) => ({ text, phrase: null })),
    ...query.phrases.map((phrase) => ({ text: phrase.words.join(' '), phrase })),
  ];
  if (!sought.every((one) => findWord(one))) return null;
  for (const text of query.cities)
    marks.city = joined([...marks.city, ...placesOf(texts.city, { text, phrase: null }, true)]);
  for (const word of query.tags) {
    const tag = tags().find(
      ({ folded }) => placesOf(folded, { text: word, phrase: null }, true).length > 0,
    );
    if (tag) take('tag', tag.text, placesOf(tag.folded, { text: word, phrase: null }, true));
  }
  return { marks, found };
}

/** The piece of a note that fits, with what to mark in it; null when not everything is in it. */
export function noteMatch(
  query: SearchQuery,
  words: readonly string[],
  note: string,
): Matches['found'] {
  const folded = foldedWithPlaces(note);
  const sought: Sought[] = [
    ...words.map((text) => ({ text, phrase: null })),
    ...query.phrases.map((phrase) => ({ text: phrase.words.join(' '), phrase })),
  ];
  const each = sought.map((one) => placesOf(folded, one, true));
  if (each.some((places) => places.length === 0)) return null;
  const all = joined(each.flat());
  const start = snippetStart(note, all[0]?.[0] ?? 0);
  const end = Math.min(note.length, start + SNIPPET);
  const lead = start === 0 ? '' : '… ';
  const shift = lead.length - start;
  return {
    field: 'note',
    text: `${lead}${note.slice(start, end)}${end < note.length ? ' …' : ''}`.replace(/\s/g, ' '),
    marks: all
      .filter(([from, to]) => from >= start && to <= end)
      .map(([from, to]) => [from + shift, to + shift]),
  };
}

/** A little before the match, where a word begins. */
function snippetStart(note: string, match: number): number {
  if (match <= BEFORE_MATCH) return 0;
  const space = note.indexOf(' ', match - BEFORE_MATCH);
  return space < 0 || space >= match ? match : space + 1;
}

/** All places of a word; where it begins words, those alone, because that is what was meant. */
function placesOf(
  { text, places }: FoldedText,
  { text: sought, phrase }: Sought,
  onlyBeginnings: boolean,
): Marks {
  if (sought === '') return [];
  const beginnings: Marks = [];
  const others: Marks = [];
  for (let at = text.indexOf(sought); at >= 0; at = text.indexOf(sought, at + 1)) {
    const first = places[at];
    const last = places[at + sought.length - 1];
    if (!first || !last) continue;
    const begins = at === 0 || text[at - 1] === ' ';
    const after = text[at + sought.length];
    if (phrase && (!begins || (!phrase.open && after !== undefined && after !== ' '))) continue;
    (begins ? beginnings : others).push([first[0], last[1]]);
  }
  return joined(beginnings.length > 0 || onlyBeginnings ? beginnings : others).slice(0, 20);
}

/** Where digits stand in a number as it is stored, or in its E.164 form when only that holds them. */
function digitsIn(
  raw: string,
  key: string,
  digits: string,
): { text: string; mark: Marks[number] } | null {
  if (digits === '' || !digitsOfKey(key).includes(digits)) return null;
  for (const text of [raw, key]) {
    const places = [...text.matchAll(/\d/g)].map(({ index }) => index);
    const at = places
      .map((place) => text[place])
      .join('')
      .indexOf(digits);
    const first = places[at];
    const last = places[at + digits.length - 1];
    if (at >= 0 && first !== undefined && last !== undefined)
      return { text, mark: [first, last + 1] };
  }
  return null;
}

function foldedValue(text: string): { text: string; folded: FoldedText } {
  return { text, folded: foldedWithPlaces(text) };
}

function once<Made>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => (made ??= make());
}

/** In rising order, and one where they touch. */
function joined(marks: Marks): Marks {
  const result: Marks = [];
  for (const [start, end] of [...marks].sort(
    (one, other) => one[0] - other[0] || one[1] - other[1],
  )) {
    const last = result.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else result.push([start, end]);
  }
  return result;
}
