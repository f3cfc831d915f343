// Whether two records are probably one person, why, and when the names say that they are a household.
import type { DuplicateReason, LikenessKind } from '../../../../preload/contract/clean-book.ts';
import { foldText } from '../folding.ts';
import { companyKey, isOneSlipApart, nameLikeness } from './name-likeness.ts';

/** A record as it is compared; keys are those that the book is searched by. */
export interface Comparable {
  name: string;
  company: string | null;
  street: string | null;
  postalCode: string | null;
  city: string | null;
  externalId: string | null;
  householdId: string | null;
  /** Written form by key. */
  emails: ReadonlyMap<string, string>;
  numbers: ReadonlyMap<string, string>;
}

export interface Likeness {
  kind: LikenessKind;
  /** 0 to 100; design values, in one place. */
  score: number;
  reasons: DuplicateReason[];
}

const SCORES = {
  externalId: 96,
  email: 94,
  number: 90,
  nameAndAddress: 85,
  nameAndCompany: 70,
  nameAndPlace: 60,
  address: 0,
  // Weakened as every close name.
  similarNameAndPlace: 60,
  similarNameAndCompany: 70,
} as const;
/** A name that is only close makes each reason weaker by so much. */
const CLOSE = 15;
const HOUSEHOLD_BY_NUMBER = 60;
const HOUSEHOLD_BY_EMAIL = 40;

/** How two records are alike; null when nothing speaks for one person or one household. */
export function likenessOf(one: Comparable, other: Comparable): Likeness | null {
  const names = nameLikeness(one.name, other.name);
  const reasons: DuplicateReason[] = [];
  const number = shared(one.numbers, other.numbers);
  const email = shared(one.emails, other.emails);
  if (number !== null) reasons.push({ reason: 'number', evidence: number });
  if (email !== null) reasons.push({ reason: 'email', evidence: email });
  if (one.externalId !== null && one.externalId === other.externalId) {
    reasons.push({ reason: 'externalId', evidence: one.externalId });
  }
  if (names === 'different') return household(one, other, reasons);
  reasons.push(...reasonsOfPlace(one, other, names === 'same'));
  if (names === 'close') reasons.push(...reasonsOfSlip(one, other, reasons));
  if (reasons.length === 0) return null;
  const strengths = reasons.map(({ reason }) => SCORES[reason]).sort((a, b) => b - a);
  // Each further reason adds a little, so that the surest pairs come first.
  const score = (strengths[0] ?? 0) + 2 * (reasons.length - 1) - (names === 'close' ? CLOSE : 0);
  return { kind: 'duplicate', score: Math.max(0, Math.min(100, score)), reasons };
}

/** Different people: together they may be a household, unless they already are, or are colleagues. */
function household(
  one: Comparable,
  other: Comparable,
  reasons: DuplicateReason[],
): Likeness | null {
  const sameNumberElsewhere = reasons.find(({ reason }) => reason === 'externalId');
  if (sameNumberElsewhere) return { kind: 'duplicate', score: SCORES.externalId - 40, reasons };
  if (reasons.length === 0) return null;
  if (one.householdId !== null && one.householdId === other.householdId) return null;
  const company = companyKey(one.company);
  if (company !== '' && company === companyKey(other.company)) return null;
  const byNumber = reasons.some(({ reason }) => reason === 'number');
  const address = sameAddress(one, other);
  if (address !== null) reasons.push({ reason: 'address', evidence: address });
  const score = (byNumber ? HOUSEHOLD_BY_NUMBER : HOUSEHOLD_BY_EMAIL) + (address === null ? 0 : 30);
  return { kind: 'household', score, reasons };
}

function reasonsOfPlace(one: Comparable, other: Comparable, sameName: boolean): DuplicateReason[] {
  const reasons: DuplicateReason[] = [];
  const address = sameAddress(one, other);
  if (address !== null) {
    reasons.push({ reason: 'nameAndAddress', evidence: `${one.name}, ${address}` });
  } else if (sameName && !contradict(one.street, other.street)) {
    const place = samePlace(one, other);
    if (place !== null) reasons.push({ reason: 'nameAndPlace', evidence: `${one.name}, ${place}` });
  }
  const company = companyKey(one.company);
  if (sameName && company !== '' && company === companyKey(other.company)) {
    reasons.push({ reason: 'nameAndCompany', evidence: `${one.name}, ${one.company ?? ''}` });
  }
  return reasons;
}

/** The names stand beside each other wherever this is shown, so only what is the same is told. */
function reasonsOfSlip(
  one: Comparable,
  other: Comparable,
  known: readonly DuplicateReason[],
): DuplicateReason[] {
  if (!isOneSlipApart(one.name, other.name)) return [];
  const reasons: DuplicateReason[] = [];
  const atAddress = known.some(({ reason }) => reason === 'nameAndAddress');
  const place = atAddress || contradict(one.street, other.street) ? null : samePlace(one, other);
  if (place !== null) reasons.push({ reason: 'similarNameAndPlace', evidence: place });
  const company = companyKey(one.company);
  if (company !== '' && company === companyKey(other.company)) {
    reasons.push({ reason: 'similarNameAndCompany', evidence: one.company ?? '' });
  }
  return reasons;
}

/** Street with postal code or city, as written in the first; null unless both agree. */
export function sameAddress(
  one: Pick<Comparable, 'street' | 'postalCode' | 'city'>,
  other: Pick<Comparable, 'street' | 'postalCode' | 'city'>,
): string | null {
  const street = streetKey(one.street);
  if (street === '' || street !== streetKey(other.street)) return null;
  if (contradict(one.postalCode, other.postalCode)) return null;
  const place = agreed(one.postalCode, other.postalCode) ?? agreed(one.city, other.city);
  return place === null ? null : [one.street, one.postalCode, one.city].filter(Boolean).join(', ');
}

/**
 * The same name in one place is much in a village and nothing in a city: it counts by postal code, or by
 * city where one of the two has nothing else to be told apart by.
 */
function samePlace(one: Comparable, other: Comparable): string | null {
  const reachable = (each: Comparable) => each.numbers.size + each.emails.size > 0;
  if (reachable(one) && reachable(other)) return null;
  if (contradict(one.postalCode, other.postalCode)) return null;
  const agree = agreed(one.postalCode, other.postalCode) ?? agreed(one.city, other.city);
  return agree === null ? null : [one.postalCode, one.city].filter(Boolean).join(' ');
}

/** Folded, and "Straße", "Strasse" and "Str." are one word. */
function streetKey(street: string | null): string {
  return foldText(street ?? '')
    .replace(/strasse(?=\s|$)/g, 'str')
    .replace(/\s+/g, '');
}

function agreed(one: string | null, other: string | null): string | null {
  const key = foldText(one ?? '');
  return key !== '' && key === foldText(other ?? '') ? one : null;
}

function contradict(one: string | null, other: string | null): boolean {
  const [a, b] = [streetKey(one), streetKey(other)];
  return a !== '' && b !== '' && a !== b;
}

function shared(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>) {
  for (const [key, written] of one) if (other.has(key)) return written;
  return null;
}
