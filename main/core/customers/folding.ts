// German folding: Müller, Mueller and Muller, Straße and Strasse, René and Rene become the same word.
// It works letter by letter from the left, so that the folding of a word's beginning is the
// beginning of its folding: search as you type depends on that.

const SPECIAL: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'a',
  œ: 'o',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
};
const NEEDS_FOLDING = /[^ -~]/;

/** Folded words of a text, in order. */
export function foldedWords(text: string): string[] {
  return (plainLetters(text).match(/[\p{L}\p{N}]+/gu) ?? []).map(withoutUmlautSpelling);
}

/** A text as it is written into the search index. */
export function foldText(text: string): string {
  return foldedWords(text).join(' ');
}

function plainLetters(text: string): string {
  const lower = text.toLowerCase();
  if (!NEEDS_FOLDING.test(lower)) return lower;
  return (
    lower
      .normalize('NFKD')
      .replace(/\p{M}+/gu, '')
      // Letters of other shapes may have become plain capitals.
      .toLowerCase()
      .replace(/[ßæœøđðłþı]/g, (letter) => SPECIAL[letter] ?? letter)
  );
}

/** "ae" is another spelling of "ä", and "ä" has become "a". */
function withoutUmlautSpelling(word: string): string {
  return word.replace(/([aou])e/g, '$1');
}

const SHORTEST_NUMBER_PART = 3;

/**
 * Every ending of a number's digits, so that a prefix search finds any part of it. The endings of
 * "+49 30 23125001" are 493023125001, 93023125001, … 001.
 */
export function numberEndings(digits: string): string[] {
  const endings: string[] = [];
  for (let start = 0; start <= digits.length - SHORTEST_NUMBER_PART; start += 1) {
    endings.push(digits.slice(start));
  }
  return endings;
}

/** Digits of a typed part of a number, without the zeros that stand for "national" or "abroad". */
export function searchedDigits(text: string): string {
  return text
    .replace(/\(0\)/g, '')
    .replace(/\D/g, '')
    .replace(/^0+(?=\d)/, '');
}
