import { foldedWords, searchedDigits } from './folding.ts';

/** What was typed, taken apart: folded words, and runs of digits that may be part of a number. */
export interface SearchQuery {
  words: string[];
  numbers: { digits: string; typed: string }[];
}

const NUMBER_RUN = /(?<![\p{L}\p{N}])\+?[\d(][\d\s()/.\-\u2010-\u2015]*\d(?![\p{L}\p{N}])/gu;
const MOST_TERMS = 8;
const SHORTEST_NUMBER = 3;

/** Takes a typed text apart; at most eight terms count. */
export function searchQueryFrom(text: string): SearchQuery {
  const numbers: SearchQuery['numbers'] = [];
  const rest = text.replace(NUMBER_RUN, (run) => {
    const typed = run.replace(/\D/g, '');
    if (typed.length < SHORTEST_NUMBER) return run;
    numbers.push({ digits: searchedDigits(run), typed });
    return ' ';
  });
  const words = foldedWords(rest);
  return {
    words: words.slice(0, MOST_TERMS),
    numbers: numbers.slice(0, MOST_TERMS - Math.min(words.length, 7)),
  };
}

/**
 * The FTS5 expression for a query, or null when there is nothing to look for. Each word must begin
 * a word of the customer; each run of digits must be part of a number, or begin a word as typed.
 */
export function matchExpressionFrom(query: SearchQuery): string | null {
  const terms = [
    ...query.words.map((word) => `"${word}"*`),
    ...query.numbers.map(({ digits, typed }) =>
      digits === typed ? `"${digits}"*` : `("${digits}"* OR "${typed}"*)`,
    ),
  ];
  return terms.length === 0 ? null : terms.join(' AND ');
}
