import { foldedWords, searchedDigits } from './folding.ts';

/** What was typed, taken apart: folded words, and runs of digits that may be part of a number. */
export interface SearchQuery {
  words: string[];
  numbers: string[];
}

const NUMBER_RUN = /(?<![\p{L}\p{N}])\+?[\d(][\d\s()/.\-\u2010-\u2015]*\d(?![\p{L}\p{N}])/gu;
const MOST_TERMS = 8;

/** Takes a typed text apart; at most eight terms count. */
export function searchQueryFrom(text: string): SearchQuery {
  const numbers: string[] = [];
  const rest = text.replace(NUMBER_RUN, (run) => {
    const digits = searchedDigits(run);
    if (digits.length < 3) return run;
    numbers.push(digits);
    return ' ';
  });
  const words = foldedWords(rest);
  return { words: words.slice(0, MOST_TERMS), numbers: numbers.slice(0, MOST_TERMS - Math.min(words.length, 7)) };
}

/**
 * The FTS5 expression for a query, or null when there is nothing to look for. Each word must begin
 * a word of the customer; each run of digits must be part of a number, or stand in the other text.
 */
export function matchExpressionFrom(query: SearchQuery): string | null {
  const terms = [
    ...query.words.map((word) => `"${word}"*`),
    ...query.numbers.map((digits) => `"${digits}"*`),
  ];
  return terms.length === 0 ? null : terms.join(' AND ');
}
