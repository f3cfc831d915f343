// Two records side by side: what is to be chosen, what is chosen, and the record that comes of it.
import type { MergedRecord, MergeSide } from '../../../../preload/contract/clean-book.ts';
import type { Customer, CustomValues } from '../../../../preload/contract/customers.ts';

export type Side = 'one' | 'other';
export interface BothSides {
  one: MergeSide;
  other: MergeSide;
}

const SINGLE = [
  ...(['name', 'company', 'street', 'postalCode', 'city', 'country'] as const),
  ...(['preferredTime', 'externalId', 'organisationId', 'householdId', 'customerSince'] as const),
];
type SingleField = (typeof SINGLE)[number];

/** One field with one value in each record; `field` is a custom one when it begins with "custom.". */
export interface FieldPair {
  field: string;
  one: string | number | null;
  other: string | number | null;
}

/** Every field that at least one of the two holds. */
const DAY_MS = 86_400_000;

/** Two moments of one day are shown alike: there is nothing to choose. */
export function differs({ field, one, other }: FieldPair): boolean {
  if (field !== 'customerSince' || one === null || other === null) return one !== other;
  return Math.floor(Number(one) / DAY_MS) !== Math.floor(Number(other) / DAY_MS);
}

export function fieldPairs({ one, other }: BothSides): FieldPair[] {
  const plain = SINGLE.map(
    (field: SingleField): FieldPair => ({
      field,
      one: one.customer[field],
      other: other.customer[field],
    }),
  );
  const keys = new Set([
    ...Object.keys(one.customer.custom),
    ...Object.keys(other.customer.custom),
  ]);
  const custom = [...keys].map(
    (key): FieldPair => ({
      field: `custom.${key}`,
      one: one.customer.custom[key] ?? null,
      other: other.customer.custom[key] ?? null,
    }),
  );
  return [...plain, ...custom].filter((pair) => pair.one !== null || pair.other !== null);
}

/** Which record stays: the one of which more is known, the first when it is the same. */
export function suggestedSurvivor({ one, other }: BothSides): Side {
  return other.contacts > one.contacts ? 'other' : 'one';
}

/** The survivor's values, the other's where the survivor has none; the earlier day of becoming a customer. */
export function suggestedChoices(sides: BothSides, survivor: Side): Record<string, Side> {
  const second: Side = survivor === 'one' ? 'other' : 'one';
  return Object.fromEntries(
    fieldPairs(sides).map((pair): [string, Side] => {
      if (pair.field === 'customerSince' && pair.one !== null && pair.other !== null) {
        return [pair.field, pair.one <= pair.other ? 'one' : 'other'];
      }
      return [pair.field, pair[survivor] === null ? second : survivor];
    }),
  );
}

export interface NumberChoice {
  id: string;
  raw: string;
  e164: string | null;
}

/** The numbers of both, each once: a confirmed one before its twin. */
export function unitedNumbers({ one, other }: BothSides, survivor: Side): NumberChoice[] {
  const [first, second] = survivor === 'one' ? [one, other] : [other, one];
  const numbers = [...first.customer.numbers, ...second.customer.numbers];
  const seen = new Set<string>();
  return numbers.filter(({ e164, raw }) => {
    const key = e164 ?? raw.toLowerCase();
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Texts of both, each once whatever its capitals. */
export function unitedTexts(
  { one, other }: BothSides,
  survivor: Side,
  list: 'emails' | 'tags',
): string[] {
  const [first, second] = survivor === 'one' ? [one, other] : [other, one];
  const seen = new Set<string>();
  return [...first.customer[list], ...second.customer[list]].filter((text) => {
    const key = text.trim().toLowerCase();
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

interface Chosen {
  survivor: Side;
  choices: Readonly<Record<string, Side>>;
  /** Numbers by id, e-mails and tags as written, that are not to be taken along. */
  leftOut: ReadonlySet<string>;
}

/** The record as it is to be. */
export function mergedRecordFrom(sides: BothSides, chosen: Chosen): MergedRecord {
  const { survivor, choices, leftOut } = chosen;
  const pick = <Field extends SingleField>(field: Field): Customer[Field] =>
    sides[choices[field] ?? survivor].customer[field];
  const custom: CustomValues = {};
  for (const { field } of fieldPairs(sides)) {
    const key = /^custom\.(.+)$/.exec(field)?.[1];
    if (key === undefined) continue;
    custom[key] = sides[choices[field] ?? survivor].customer.custom[key] ?? null;
  }
  const kept = (text: string) => !leftOut.has(text);
  return {
    name: pick('name'),
    company: pick('company'),
    street: pick('street'),
    postalCode: pick('postalCode'),
    city: pick('city'),
    country: pick('country'),
    preferredTime: pick('preferredTime'),
    customerSince: pick('customerSince'),
    externalId: pick('externalId'),
    organisationId: pick('organisationId'),
    householdId: pick('householdId'),
    emails: unitedTexts(sides, survivor, 'emails').filter(kept),
    tags: unitedTexts(sides, survivor, 'tags').filter(kept),
    numberIds: unitedNumbers(sides, survivor)
      .map(({ id }) => id)
      .filter(kept),
    custom,
  };
}

/** How many may be taken along at most; more are refused. */
export const MOST = { numbers: 20, emails: 20, tags: 50 } as const;
