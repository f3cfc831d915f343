import type { Emotion } from '../../../preload/contract/vocabulary.ts';
import { foldedWords, searchedDigits } from './folding.ts';
import {
  feelingFrom,
  type Operator,
  operatorFrom,
  type PromiseState,
  promiseStateFrom,
} from './search-operators.ts';
import {
  ANYWHERE,
  beginsWith,
  holds,
  holdsDigits,
  keptBeginning,
  SHORTEST_PART,
} from './search-terms.ts';

/** Words that stand together; the last one of an open phrase is still being typed. */
export interface Phrase {
  words: string[];
  open: boolean;
}

/** Something that could not be meant as it stands; the rest is searched for all the same. */
export interface SearchHint {
  code: 'unknownOperator' | 'unknownValue' | 'missingValue';
  /** As typed. */
  operator: string;
  value: string;
}

/** What was typed, taken apart: folded words, runs of digits that may be part of a number, operators. */
export interface SearchQuery {
  words: string[];
  /** Those of the words that stand behind an @: parts of addresses that many have in common. */
  domains: string[];
  numbers: { digits: string; typed: string }[];
  phrases: Phrase[];
  tags: string[];
  cities: string[];
  promise: PromiseState | null;
  /** One of these was the last feeling; empty for any. */
  feelings: Emotion[];
  hints: SearchHint[];
}

const NUMBER_RUN = /(?<![\p{L}\p{N}])\+?[\d(][\d\s()/.\-\u2010-\u2015]*\d(?![\p{L}\p{N}])/gu;
const OPERATOR = /(?<![\p{L}\p{N}:"])(\p{L}[\p{L}\p{M}]*):("[^"]*(?:"|$)|[^\s"]*)|"([^"]*)("|$)/gu;
const DOMAIN = /@(\S+)/g;
/** Beginnings of addresses, not of operators. */
const SCHEMES: ReadonlySet<string> = new Set([
  'sip',
  'sips',
  'tel',
  'http',
  'https',
  'mailto',
  'callto',
]);
const MOST_TERMS = 8;
const SHORTEST_NUMBER = 3;

/** Takes a typed text apart; at most eight terms count. */
export function searchQueryFrom(text: string): SearchQuery {
  const query: SearchQuery = {
    ...{ words: [], domains: [], numbers: [], phrases: [], tags: [], cities: [] },
    ...{ promise: null, feelings: [], hints: [] },
  };
  const plain = text
    .replace(/[„“”«»]/g, '"')
    .replace(
      OPERATOR,
      (whole, name: string | undefined, value: string, phrase: string, end: string) => {
        if (name === undefined) {
          const words = foldedWords(phrase).slice(0, MOST_TERMS);
          if (words.length > 0) query.phrases.push({ words, open: end === '' });
          return ' ';
        }
        return takeOperator(query, name, value.replace(/"/g, '')) ? ' ' : whole.replace(':', ' ');
      },
    );
  const rest = plain.replace(NUMBER_RUN, (run) => {
    const typed = run.replace(/\D/g, '');
    if (typed.length < SHORTEST_NUMBER) return run;
    query.numbers.push({ digits: searchedDigits(run), typed });
    return ' ';
  });
  const words = foldedWords(rest);
  query.words = words.slice(0, MOST_TERMS);
  const behindAt = [...rest.matchAll(DOMAIN)].flatMap(([, domain = '']) => foldedWords(domain));
  query.domains = query.words.filter((word) => behindAt.includes(word));
  query.numbers = query.numbers.slice(0, MOST_TERMS - Math.min(words.length, 7));
  query.phrases = query.phrases.slice(0, 2);
  query.tags = query.tags.slice(0, MOST_TERMS);
  query.cities = query.cities.slice(0, MOST_TERMS);
  return query;
}

/** Whether the text before the colon is an operator; what it asks for is added to the query. */
function takeOperator(query: SearchQuery, name: string, value: string): boolean {
  const operator = operatorFrom(name);
  const hint = (code: SearchHint['code']) => query.hints.push({ code, operator: name, value });
  if (operator === null) {
    if (!SCHEMES.has(name.toLowerCase())) hint('unknownOperator');
    return false;
  }
  if (foldedWords(value).length === 0) hint('missingValue');
  else if (!addFilter(query, operator, value)) hint('unknownValue');
  return true;
}

function addFilter(query: SearchQuery, operator: Operator, value: string): boolean {
  switch (operator) {
    case 'tag':
      query.tags.push(...foldedWords(value));
      return true;
    case 'city':
      query.cities.push(...foldedWords(value));
      return true;
    case 'promise': {
      const state = promiseStateFrom(value);
      // What is overdue is open as well.
      if (query.promise !== 'overdue') query.promise = state ?? query.promise;
      return state !== null;
    }
    case 'feeling': {
      const feeling = feelingFrom(value);
      if (feeling !== null && !query.feelings.includes(feeling)) query.feelings.push(feeling);
      return feeling !== null;
    }
  }
}

/** All words that are looked for, those of phrases too. */
export function wordsOf(query: SearchQuery): string[] {
  return [...query.words, ...query.phrases.flatMap(({ words }) => words)].slice(0, MOST_TERMS);
}

/**
 * FTS5 expressions for a query, the best matches first, each with more than the one before: the name
 * begins so; every word begins one of the name's; of name or company; of any field; every word is part
 * of one. Digits are part of a number, or begin a word as typed. Empty when nothing is to be looked up.
 */
export function matchExpressionsFrom(query: SearchQuery): string[] {
  const words = wordsOf(query);
  const always = [
    ...query.numbers.map(
      ({ digits, typed }) => `((${digitsExpression(digits)}) OR (${beginsWith(typed, ANYWHERE)}))`,
    ),
    ...query.tags.map((word) => beginsWith(word, ['tag'])),
    ...query.cities.map((word) => beginsWith(word, ['city'])),
  ];
  if (words.length === 0) return always.length === 0 ? [] : [always.join(' AND ')];
  const [first = '', ...others] = words;
  const all = (parts: readonly string[]) => [...parts, ...always].join(' AND ');
  const tiers = [
    all([beginsWith(first, ['first']), ...others.map((word) => beginsWith(word, ['name']))]),
    all(words.map((word) => beginsWith(word, ['name']))),
    all(words.map((word) => beginsWith(word, ['name', 'company']))),
    all(words.map((word) => beginsWith(word, ANYWHERE))),
  ];
  const inside = words.some((word) => word.length >= SHORTEST_PART);
  return inside
    ? [
        ...tiers,
        all(
          words.map((word) =>
            word.length < SHORTEST_PART ? beginsWith(word, ANYWHERE) : holds(word),
          ),
        ),
      ]
    : tiers;
}

/**
 * The last expression without the words behind an @, which are dear to look up and tell little; null when
 * there are none, or nothing else.
 */
export function tellingExpressionFrom(query: SearchQuery): string | null {
  const { domains } = query;
  if (domains.length === 0) return null;
  const telling = { ...query, words: query.words.filter((word) => !domains.includes(word)) };
  if (wordsOf(telling).length + telling.numbers.length === 0) return null;
  return matchExpressionsFrom(telling).at(-1) ?? null;
}

/** Of a record, where words that are looked for can begin. */
export interface PlacedWords {
  name: string;
  company: string | null;
  city: string | null;
  emails_json: string;
  tags_json: string;
}

/** Whether nothing but one word of a letter or two is looked for. */
export function isShort(query: SearchQuery): boolean {
  const [word = '', ...others] = wordsOf(query);
  return others.length === 0 && word.length < SHORTEST_PART;
}

/**
 * The first of a query's expressions that a record fits which fits the last one. That one has all other
 * parts of words and numbers in it: what tells the tiers apart is where the words begin.
 */
export function tierOf(query: SearchQuery, record: PlacedWords): number {
  const beginnings = wordsOf(query).map(keptBeginning);
  const among = (words: readonly string[]) => (beginning: string) =>
    words.some((word) => word.startsWith(beginning));
  const [first = '', ...others] = beginnings;
  const name = foldedWords(record.name);
  if (beginnings.every(among(name)))
    return name[0]?.startsWith(first) && others.every(among(name)) ? 0 : 1;
  if (beginnings.every(among([...name, ...foldedWords(record.company ?? '')]))) return 2;
  return beginnings.every(among(wordsIn(record))) ? 3 : 4;
}

/** Whether a record that fits the telling expression has the words behind the @ as well. */
export function hasDomains({ domains }: SearchQuery, record: PlacedWords): boolean {
  const words = wordsIn(record);
  return domains.every((domain) =>
    words.some((word) =>
      domain.length < SHORTEST_PART ? word.startsWith(domain) : word.includes(domain),
    ),
  );
}

function wordsIn({ name, company, city, emails_json, tags_json }: PlacedWords): string[] {
  const lists = [emails_json, tags_json].flatMap((json) => JSON.parse(json) as string[]);
  return foldedWords([name, company ?? '', city ?? '', ...lists].join(' '));
}

function digitsExpression(digits: string): string {
  if (digits.length >= SHORTEST_PART) return holdsDigits(digits);
  if (digits.length < 2) return beginsWith(digits, ANYWHERE);
  // Of "030" only 30 is part of a number; it stands there after some digit.
  return Array.from({ length: 10 }, (_, before) => holdsDigits(`${before}${digits}`)).join(' OR ');
}
