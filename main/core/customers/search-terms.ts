// The terms of the search index. Every word of a customer is cut into its beginnings, marked by where
// they stand, and into parts of three, four and six letters from anywhere in it; numbers into parts of
// their digits. So a typed word is the look-up of one to three whole terms, however common it is:
// nothing is gathered from ranges of terms, and nothing is read to find out where a part stands.
import { foldedWords } from './folding.ts';

/** Where a beginning stands: first word of the name, any of the name, company, city, tag, e-mail. */
const MARKS = { first: 'f', name: 'n', company: 'c', city: 'o', tag: 't', email: 'e' } as const;
export type Mark = keyof typeof MARKS;
export const ANYWHERE: readonly Mark[] = ['name', 'company', 'city', 'tag', 'email'];

const BEGINNINGS = [1, 2, 3, 4, 6];
const PARTS = [3, 4, 6];
const NOTE_BEGINNINGS = [3, 4, 5, 6, 8];
/** Shorter words are found by their beginning only. */
export const SHORTEST_PART = 3;
const NUMBER = 'd.';

/** Too frequent in notes to find anything by. */
const NOTE_STOP_WORDS: ReadonlySet<string> = new Set(
  (
    'aber als am an and are auch auf aus bei bis by das dass dem den der des die doch du ein eine einem einen ' +
    'einer er es for from fur had has hat have her his ich ihm ihn ihr im in is ist it kann mit nach nicht noch ' +
    'not nur oder of on or our out she sie sind so the their them they this to uber um und uns unter was we wer ' +
    'werden wie will wir wird with you zu zum zur'
  ).split(' '),
);

export interface SearchedCustomer {
  name: string;
  company: string | null;
  city: string | null;
  emails: readonly string[];
  tags: readonly string[];
  /** Digits of each number, in E.164 where it has one. */
  digits: readonly string[];
}

/** All terms of a customer, divided by spaces, as they are written into `customer_search`. */
export function customerTerms(customer: SearchedCustomer): string {
  const terms: string[] = [];
  const seen = new Set<string>();
  const take = (mark: Mark, words: readonly string[]) => {
    for (const word of new Set(words)) {
      pushBeginnings(terms, MARKS[mark], word);
      if (seen.has(word)) continue;
      seen.add(word);
      pushParts(terms, '', word);
    }
  };
  const name = foldedWords(customer.name);
  if (name[0] !== undefined) pushBeginnings(terms, MARKS.first, name[0]);
  take('name', name);
  if (customer.company !== null) take('company', foldedWords(customer.company));
  if (customer.city !== null) take('city', foldedWords(customer.city));
  if (customer.tags.length > 0) take('tag', foldedWords(customer.tags.join(' ')));
  if (customer.emails.length > 0) take('email', foldedWords(customer.emails.join(' ')));
  for (const digits of new Set(customer.digits)) pushParts(terms, NUMBER, digits);
  return terms.join(' ');
}

/** All terms of a contact's subject and note, or '' when there is nothing to find it by. */
export function contactTerms(subject: string | null, note: string | null): string {
  const terms: string[] = [];
  for (const word of new Set(foldedWords(`${subject ?? ''} ${note ?? ''}`))) {
    if (!isNoteWord(word)) continue;
    for (const length of NOTE_BEGINNINGS) {
      if (word.length < length) break;
      terms.push(word.slice(0, length));
    }
  }
  return terms.join(' ');
}

function pushBeginnings(terms: string[], mark: string, word: string): void {
  for (const length of BEGINNINGS) {
    if (word.length < length) return;
    terms.push(`${mark}.${word.slice(0, length)}`);
  }
}

function pushParts(terms: string[], mark: string, word: string): void {
  for (const length of PARTS) {
    for (let start = 0; start + length <= word.length; start += 1) {
      terms.push(mark + word.slice(start, start + length));
    }
  }
}

/** Whether a folded word of a note can be found: neither too short nor one of the most frequent. */
export function isNoteWord(word: string): boolean {
  return word.length >= SHORTEST_PART && !NOTE_STOP_WORDS.has(word);
}

/** The longest beginning of a word that the index has whole. */
export function keptBeginning(word: string): string {
  return word.slice(0, BEGINNINGS.findLast((one) => one <= word.length) ?? 1);
}

/** An expression for customers with a word that begins so, in one of the places. */
export function beginsWith(word: string, places: readonly Mark[]): string {
  const beginning = keptBeginning(word);
  const begins = places.map((place) => `"${MARKS[place]}.${beginning}"`).join(' OR ');
  const whole = places.length > 1 ? `(${begins})` : begins;
  // The rest of a longer word: it may stand in another word, which who reads the record finds out.
  return beginning.length === word.length ? whole : `${whole} AND ${holds(word)}`;
}

/** An expression for customers with a word that holds this one of three letters or more. */
export function holds(word: string): string {
  return partsOf('', word);
}

/** An expression for customers with a number that holds these digits, three or more. */
export function holdsDigits(digits: string): string {
  return partsOf(NUMBER, digits);
}

function partsOf(mark: string, word: string): string {
  const length = PARTS.findLast((one) => one <= word.length) ?? SHORTEST_PART;
  const parts = new Set<string>();
  for (let start = 0; start + length < word.length; start += length) {
    parts.add(word.slice(start, start + length));
  }
  parts.add(word.slice(-length));
  return [...parts].map((part) => `"${mark}${part}"`).join(' AND ');
}

/** An expression for notes with a word that begins so, by the longest beginning that is kept. */
export function noteBeginsWith(word: string): string {
  const length = NOTE_BEGINNINGS.findLast((one) => one <= word.length) ?? SHORTEST_PART;
  return `"${word.slice(0, length)}"`;
}

/** Digits of what a number is compared by; addresses have none to be found by. */
export function digitsOfKey(key: string): string {
  return /^[+\d*#]+$/.test(key) ? key.replace(/\D/g, '') : '';
}
