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
  // The form of σ at the end of a word.
  ς: 'σ',
};
/** What most letters become, by their code: null divides words. Every find that is shown is folded so. */
const ASCII: readonly (string | null)[] = Array.from({ length: 128 }, (_, code) => {
  const letter = String.fromCharCode(code).toLowerCase();
  return /[a-z0-9]/.test(letter) ? letter : null;
});
const NEEDS_FOLDING = /[^ -~]/;

/** Folded words of a text, in order. */
export function foldedWords(text: string): string[] {
  return (plainLetters(text).match(/[\p{L}\p{N}]+/gu) ?? []).map(withoutUmlautSpelling);
}

/** A text as it is written into the search index. */
export function foldText(text: string): string {
  return foldedWords(text).join(' ');
}

const LONGEST_SORT_NAME = 40;

/** Names in the order of their folded letters, so that Müller stands with Mueller. */
export function sortNameFrom(name: string): string {
  return foldText(name).slice(0, LONGEST_SORT_NAME);
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
      .replace(/[ßæœøđðłþıς]/g, (letter) => SPECIAL[letter] ?? letter)
  );
}

/** "ae" is another spelling of "ä", and "ä" has become "a". */
function withoutUmlautSpelling(word: string): string {
  return word.replace(/([aou])e/g, '$1');
}

/** Digits of a typed part of a number, without the zeros that stand for "national" or "abroad". */
export function searchedDigits(text: string): string {
  return text
    .replace(/\(0\)/g, '')
    .replace(/\D/g, '')
    .replace(/^0+(?=\d)/, '');
}

export interface FoldedText {
  /** Folded words with one space between them, as foldText gives them. */
  text: string;
  /** Where each letter of it stands in the original, [start, end) in UTF-16 units. */
  places: readonly (readonly [number, number])[];
}

/** Folds letter by letter, so that what is found in the folded text can be shown in the original. */
export function foldedWithPlaces(original: string): FoldedText {
  let text = '';
  const places: [number, number][] = [];
  let inWord = false;
  // Whether the last letter may swallow an "e": it does so once.
  let takesE = false;
  let start = 0;
  /** `plain` is null for what divides words. */
  const add = (plain: string | null, end: number) => {
    if (plain === null) {
      inWord = false;
      return;
    }
    const last = places.at(-1);
    if (inWord && takesE && plain === 'e' && last) {
      last[1] = end;
      takesE = false;
      return;
    }
    if (!inWord && text !== '') {
      text += ' ';
      places.push([start, start]);
    }
    for (let unit = 0; unit < plain.length; unit += 1) places.push([start, end]);
    text += plain;
    inWord = true;
    takesE = plain === 'a' || plain === 'o' || plain === 'u';
  };
  for (const letter of original) {
    const end = start + letter.length;
    const simple = ASCII[letter.charCodeAt(0)];
    if (simple !== undefined) add(simple, end);
    else
      for (const plain of plainLetters(letter))
        add(/[\p{L}\p{N}]/u.test(plain) ? plain : null, end);
    start = end;
  }
  return { text, places };
}
