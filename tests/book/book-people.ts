// Who is in the large book. Everybody is made from the seed and an index alone, so that nothing has to
// be remembered: whoever needs a customer again makes the same one.
import {
  FIRM_FORMS,
  FIRM_KINDS,
  FIRST_NAMES,
  LAST_NAMES,
  NAME_PREFIXES,
  PREFERRED_TIMES,
  STREETS,
  TAGS,
  TOWNS,
  type Town,
} from './book-names.ts';
import { type Chance, chanceOf, mixed } from './chance.ts';

export interface BookNumber {
  raw: string;
  e164: string;
}

export interface BookCustomer {
  name: string;
  company: string | null;
  street: string;
  postalCode: string;
  city: string;
  country: string;
  emails: string[];
  numbers: BookNumber[];
  tags: string[];
  preferredTime: string | null;
  externalId: string | null;
}

const MOBILE_PREFIXES = [
  '151',
  '152',
  '157',
  '160',
  '162',
  '163',
  '170',
  '171',
  '172',
  '175',
  '176',
];
/** Prime to the sizes of the number ranges: every customer's own number is another one. */
const STEP = 7919;
const HOUSEHOLD_EVERY = 30;
const SWITCHBOARD_EVERY = 25;

/** The number that only this customer has, E.164. */
export function ownNumberOf(seed: number, index: number): string {
  return ownNumber(seed, index, townOf(seed, index)).e164;
}

function ownNumber(seed: number, index: number, town: Town): BookNumber {
  const kind = mixed(seed, index, 3);
  if (town.country === 'DE' && kind % 5 < 3) {
    const prefix = MOBILE_PREFIXES[index % MOBILE_PREFIXES.length] ?? '170';
    const own =
      (Math.floor(index / MOBILE_PREFIXES.length) * STEP + (seed % 10_000_000)) % 10_000_000;
    const subscriber = String(own).padStart(7, '0');
    const e164 = `+49${prefix}${subscriber}`;
    return { e164, raw: written(kind, '49', prefix, subscriber) };
  }
  const subscriber = String(2_000_000 + ((index * STEP + seed) % 8_000_000));
  const e164 = `+${town.calling}${town.area}${subscriber}`;
  return { e164, raw: written(kind, town.calling, town.area, subscriber) };
}

/** A number as people write it; abroad always with the country. */
function written(kind: number, calling: string, area: string, subscriber: string): string {
  const grouped = `${subscriber.slice(0, 3)} ${subscriber.slice(3, 5)} ${subscriber.slice(5)}`;
  const international = [
    `+${calling} ${area} ${subscriber}`,
    `+${calling} ${area} ${grouped}`,
    `00${calling} ${area} ${subscriber}`,
    `+${calling}${area}${subscriber}`,
  ];
  if (calling !== '49') return international[kind % 4] ?? '';
  const forms = [
    ...international,
    `0${area} ${subscriber}`,
    `0${area}/${subscriber}`,
    `(0${area}) ${grouped}`,
    `0${area} ${subscriber.slice(0, -2)}-${subscriber.slice(-2)}`,
    `+49 (0)${area} ${subscriber}`,
  ];
  return forms[kind % forms.length] ?? '';
}

function townOf(seed: number, index: number): Town {
  // Large towns have more customers.
  const place = mixed(seed, index, 1) / 2 ** 32;
  return TOWNS[Math.floor(place ** 1.6 * TOWNS.length)] ?? TOWNS[0] ?? fail();
}

function fail(): never {
  throw new Error('the book has no towns');
}

/** A household's line or a firm's switchboard: the same for neighbours in the book. */
function sharedNumber(seed: number, group: number, town: Town, ending: string): BookNumber {
  // With its ending never as long as anybody's own number.
  const base = String((ending === '0' ? 20_000 : 200_000) + (mixed(seed, group, 7) % 70_000));
  return {
    e164: `+${town.calling}${town.area}${base}${ending}`,
    raw:
      town.calling === '49'
        ? `0${town.area} ${base}${ending === '' ? '' : `-${ending}`}`
        : `+${town.calling} ${town.area} ${base}${ending}`,
  };
}

/** The customer with that index, always the same for a seed. */
export function customerOf(seed: number, index: number): BookCustomer {
  const chance = chanceOf(mixed(seed, index, 0));
  const household = index % HOUSEHOLD_EVERY <= 1 ? Math.floor(index / HOUSEHOLD_EVERY) : null;
  const inFirm = index % SWITCHBOARD_EVERY;
  const firm =
    household === null && inFirm >= 10 && inFirm <= 13
      ? Math.floor(index / SWITCHBOARD_EVERY)
      : null;
  // Who shares a line shares name or firm, and the place.
  const group = chanceOf(mixed(seed, household ?? firm ?? index, household === null ? 5 : 6));
  const last = lastName(household === null ? chance : group);
  const name = nameOf(chance, last);
  const town =
    household === null && firm === null ? townOf(seed, index) : townOf(seed, group.below(2 ** 31));
  const company =
    firm === null
      ? chance.one(0.22)
        ? firmOf(chance, last)
        : null
      : firmOf(group, lastName(group));
  const own = ownNumber(seed, index, townOf(seed, index));
  const numbers: BookNumber[] = [{ raw: own.raw, e164: own.e164 }];
  if (household !== null) numbers.push(sharedNumber(seed, household, town, ''));
  else if (firm !== null) numbers.push(sharedNumber(seed, firm, town, '0'));
  else if (chance.one(0.35))
    numbers.push(sharedNumber(seed, index + 2 ** 24, town, chance.one(0.5) ? '42' : ''));
  const tags: string[] = [];
  if (chance.one(0.3)) {
    for (let count = 1 + chance.below(3); count > 0; count -= 1) {
      const tag = chance.pick(TAGS);
      if (!tags.includes(tag)) tags.push(tag);
    }
  }
  return {
    name,
    company,
    street: `${chance.pick(STREETS)} ${1 + chance.below(180)}`,
    postalCode: town.postal,
    city: town.name,
    country: town.country,
    emails: chance.one(0.6) ? [emailOf(chance, name, company, index)] : [],
    // Made up so short they are numbers in Germany only.
    numbers: town.country === 'DE' ? numbers : numbers.slice(0, 1),
    tags,
    preferredTime: chance.one(0.1) ? chance.pick(PREFERRED_TIMES) : null,
    externalId: chance.one(0.4) ? `K-${100_000 + index}` : null,
  };
}

function lastName(chance: Chance): string {
  const first = chance.skewed(LAST_NAMES);
  if (chance.one(0.05)) return `${first}-${chance.pick(LAST_NAMES)}`;
  return chance.one(0.015) ? `${chance.pick(NAME_PREFIXES)} ${first}` : first;
}

function nameOf(chance: Chance, last: string): string {
  const first = chance.pick(FIRST_NAMES);
  const kind = chance.next();
  if (kind < 0.08) return `${last}, ${first}`;
  if (kind < 0.12) return `Dr. ${first} ${last}`;
  return `${first} ${last}`;
}

function firmOf(chance: Chance, last: string): string {
  const kind = chance.pick(FIRM_KINDS);
  const form = chance.pick(FIRM_FORMS);
  const way = chance.next();
  if (way < 0.4) return `${kind} ${last} ${form}`;
  return way < 0.7
    ? `${last}-${kind.replace(' & ', '-')} ${form}`
    : `${last} & Söhne ${kind} ${form}`;
}

function emailOf(chance: Chance, name: string, company: string | null, index: number): string {
  const person = plain(name.replace(/^(.*), (.*)$/, '$2 $1').replace('Dr. ', '')).replace(
    /-+/g,
    '.',
  );
  if (company === null || chance.one(0.3))
    return `${person}${index % 3 ? '' : index % 1000}@example.org`;
  return `${chance.one(0.5) ? person : 'info'}@${plain(company).replace(/\./g, '-').slice(0, 40)}.example`;
}

/** Small letters without accents, as addresses are made of. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[äöü]/g, (letter) => ({ ä: 'ae', ö: 'oe', ü: 'ue' })[letter] ?? letter)
    .replace(/ß/g, 'ss')
    .normalize('NFD')
    .replace(/[^a-z0-9]+/g, (other) => (/[\u0300-\u036f]/.test(other) ? '' : '.'))
    .replace(/^\.+|\.+$/g, '');
}
