// How alike two people's names are. German and English names; titles and legal forms count for nothing.
import { foldedWords } from '../folding.ts';

export type NameLikeness = 'same' | 'close' | 'different';

const TITLES = new Set([
  ...[
    'herr',
    'frau',
    'familie',
    'fam',
    'mr',
    'mrs',
    'ms',
    'dr',
    'prof',
    'professor',
    'dipl',
    'ing',
    'med',
    'mag',
  ],
]);
const LEGAL_FORMS = new Set([
  ...[
    'gmbh',
    'mbh',
    'ag',
    'kg',
    'ohg',
    'gbr',
    'ug',
    'ev',
    'co',
    'ltd',
    'inc',
    'llc',
    'se',
    'und',
    'and',
  ],
]);
/** Words that tell two people of one name apart. */
const GENERATIONS = new Map([
  ...['jun', 'jr', 'junior'].map((word): [string, string] => [word, 'junior']),
  ...['sen', 'sr', 'senior'].map((word): [string, string] => [word, 'senior']),
]);
const SHORTEST_WITH_TYPO = 4;

/** Folded words of a name without titles, in the order in which they sort. */
export function nameWords(name: string): string[] {
  const words = foldedWords(name).filter((word) => !TITLES.has(word) && !GENERATIONS.has(word));
  return words.sort();
}

/** Folded words of a company without its legal form, as one text. */
export function companyKey(company: string | null): string {
  return foldedWords(company ?? '')
    .filter((word) => !LEGAL_FORMS.has(word) && word.length > 1)
    .join(' ');
}

/**
 * `same`: the same words in any order. `close`: one has more given names, an initial, or a slip of the
 * pen in one word. Paul and Paula, Christian and Christiane are different.
 */
export function nameLikeness(one: string, other: string): NameLikeness {
  if (generationOf(one) !== generationOf(other)) return 'different';
  const [a, b] = [nameWords(one), nameWords(other)];
  if (a.length === 0 || b.length === 0) return 'different';
  if (a.join(' ') === b.join(' ')) return 'same';
  return isClose(a, b) ? 'close' : 'different';
}

/** Whether the names are the same but for one slip of the pen in one word. */
export function isOneSlipApart(one: string, other: string): boolean {
  const [a, b] = [nameWords(one), nameWords(other)];
  if (a.length !== b.length || generationOf(one) !== generationOf(other)) return false;
  const own = a.filter((word) => !b.includes(word));
  const others = b.filter((word) => !a.includes(word));
  const [left = '', right = ''] = [own[0], others[0]];
  return own.length === 1 && others.length === 1 && a.length > 1 && isSlip(left, right);
}

function generationOf(name: string): string {
  const word = foldedWords(name).find((each) => GENERATIONS.has(each));
  return GENERATIONS.get(word ?? '') ?? '';
}

/** Every word of the shorter name has its own in the longer one, and at least two agree, one of them fully. */
function isClose(one: readonly string[], other: readonly string[]): boolean {
  const [short, long] = one.length <= other.length ? [one, [...other]] : [other, [...one]];
  if (short.length < 2) return false;
  let exact = 0;
  let slips = 0;
  const rest: string[] = [];
  for (const word of short) {
    const place = long.indexOf(word);
    if (place < 0) rest.push(word);
    else {
      long.splice(place, 1);
      if (word.length > 1) exact += 1;
    }
  }
  for (const word of rest) {
    const place = long.findIndex((each) => isInitialOf(word, each) || isSlip(word, each));
    if (place < 0) return false;
    long.splice(place, 1);
    slips += 1;
  }
  return exact >= 1 && slips <= 1;
}

function isInitialOf(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  return short.length === 1 && long.startsWith(short);
}

/** One letter more, less, changed or swapped with its neighbour, but not an ending that another name has. */
export function isSlip(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (short.length < SHORTEST_WITH_TYPO || long.length - short.length > 1) return false;
  if (long.startsWith(short)) return false;
  let start = 0;
  while (start < short.length && short[start] === long[start]) start += 1;
  let end = 0;
  while (end < short.length - start && short.at(-1 - end) === long.at(-1 - end)) end += 1;
  const left = short.length - start - end;
  if (long.length > short.length) return left === 0;
  const swapped = short[start] === long[start + 1] && short[start + 1] === long[start];
  if (left === 2 && swapped) return true;
  // Maria and Mario: another last letter makes another name.
  return left <= 1 && end > 0;
}
