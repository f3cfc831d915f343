// What a row says about a customer, or why it cannot be taken. Rules only.
import type { CustomValues } from '../../../preload/contract/customers.ts';
import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { regexes } from 'zod';
import { numberKeyFrom } from '../phone-numbers/number-key.ts';
import { dateFrom, instantOf, isoDay } from './dates.ts';
import { Rejection, type RowValues } from './row-values.ts';
import { countryFrom } from './value-words.ts';

/** One of the organisation's own fields, as far as reading a cell needs it. */
export interface OwnField {
  kind: 'text' | 'number' | 'date' | 'choice' | 'link';
  choices: readonly string[];
}

export interface ReadingContext {
  /** Country that national numbers belong to, where the row names none. */
  home: string;
  zone: string;
  dayFirst: boolean;
  /** By key. */
  ownFields: ReadonlyMap<string, OwnField>;
}

/** A customer as the row tells it; null and empty lists where it says nothing. */
export interface CustomerDraft {
  name: string;
  company: string | null;
  street: string | null;
  postalCode: string | null;
  city: string | null;
  country: string | null;
  emails: string[];
  numbers: string[];
  tags: string[];
  preferredTime: string | null;
  externalId: string | null;
  custom: CustomValues;
  customerSince: number | null;
  note: string | null;
}

/** Where a birthday is kept: among the own fields. */
export const BIRTHDAY_KEY = 'birthday';

const MOST_VALUES = 20;
const MOST_TAGS = 50;
const LONGEST_NOTE = 20_000;
/** What people write where there is nothing. */
const NOTHING = /^(?:[-–—/.]+|n\/?a|k\.? ?a\.?|none|keine?|null|unbekannt|unknown)$/i;

/** Throws a Rejection. */
export function customerFromRow(values: RowValues, context: ReadingContext): CustomerDraft {
  const company = values.text('company');
  const country = countryOf(values);
  const { custom, leftOver } = customOf(values, context);
  const note = values.longText('note', LONGEST_NOTE);
  return {
    name: nameOf(values, company),
    company,
    street: values.text('street'),
    postalCode: values.text('postalCode', 20),
    city: values.text('city'),
    country,
    emails: emailsOf(values),
    numbers: numbersOf(values, country, context.home),
    tags: tagsOf(values),
    preferredTime: values.text('preferredTime'),
    externalId: values.text('externalId'),
    custom,
    customerSince: dateIn(values, context),
    note: leftOver === null ? note : [note, leftOver].filter((part) => part !== null).join('\n'),
  };
}

function nameOf(values: RowValues, company: string | null): string {
  const whole = values.text('name');
  if (whole !== null) return whole;
  const parts = [values.text('firstName'), values.text('lastName')].filter((part) => part !== null);
  const name = parts.length > 0 ? parts.join(' ') : company;
  if (name === null) throw new Rejection('nameMissing', 'name');
  if (name.length > 200) throw new Rejection('tooLong', 'name');
  return name;
}

function countryOf(values: RowValues): string | null {
  const text = values.text('country');
  if (text === null || NOTHING.test(text)) return null;
  const country = countryFrom(text) ?? (/^[A-Z]{2}$/.test(text) ? text : null);
  if (country === null) throw new Rejection('countryUnknown', 'country');
  return country;
}

/** Numbers as they are written; a national number of another country than ours gets its country's code. */
export function numbersOf(values: RowValues, country: string | null, home: string): string[] {
  const numbers = values.cells('number').flatMap((cell) =>
    listIn(cell, /\s*(?:\n|:::|[;,]\s*(?=\(?[+0]\d)|\/\/|\s\/\s)\s*/)
      .filter((number) => !NOTHING.test(number))
      // What stands in lines is whole, as the desk writes it.
      .map((number) => numberFrom(number, cell.includes('\n') ? null : country, home)),
  );
  return counted([...new Set(numbers)], MOST_VALUES, 'number');
}

function numberFrom(text: string, country: string | null, home: string): string {
  if (/^\d([.,]\d+)?e\+?\d+$/i.test(text)) throw new Rejection('numberMangled', 'number');
  if (text.length > 100) throw new Rejection('tooLong', 'number');
  const abroad = country !== null && country !== home && /^\(?0(?!0)/.test(text);
  if (abroad && isSupportedCountry(country)) {
    const parsed = parsePhoneNumberFromString(text, { defaultCountry: country, extract: false });
    if (parsed?.isValid()) return parsed.formatInternational();
  }
  const key = numberKeyFrom(text, home);
  const isAddress = /^(sips?|tel|callto):/i.test(text);
  if (key.digits === '' && !isAddress) throw new Rejection('numberMalformed', 'number');
  return text;
}

export function emailsOf(values: RowValues): string[] {
  const emails = values
    .cells('email')
    .flatMap((cell) => cell.split(/[\s;,]+|:::/))
    .map((text) => text.replace(/^mailto:/i, '').replace(/^<|>$/g, ''))
    .filter((text) => text !== '' && !NOTHING.test(text));
  for (const email of emails) {
    if (email.length > 254) throw new Rejection('tooLong', 'email');
    if (!regexes.email.test(email)) throw new Rejection('emailMalformed', 'email');
  }
  return counted([...new Set(emails)], MOST_VALUES, 'email');
}

function tagsOf(values: RowValues): string[] {
  const tags = values
    .cells('tags')
    .flatMap((cell) => listIn(cell, /\s*(?:[;,\n]|:::)\s*/))
    // Google marks its own groups with an asterisk; that everyone is a contact says nothing.
    .map((tag) => tag.replace(/^\* /, ''))
    .filter((tag) => tag !== 'myContacts' && tag !== 'starred');
  for (const tag of tags) if (tag.length > 50) throw new Rejection('tooLong', 'tags');
  return counted([...new Set(tags)], MOST_TAGS, 'tags');
}

/** A cell with line breaks holds one value in each line, as the desk writes them; else they are parted. */
function listIn(cell: string, parting: RegExp): string[] {
  return cell
    .split(cell.includes('\n') ? /\r?\n/ : parting)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function counted(values: string[], most: number, field: string): string[] {
  if (values.length > most) throw new Rejection('tooManyValues', field);
  return values;
}

function dateIn(values: RowValues, { zone, dayFirst }: ReadingContext): number | null {
  const text = values.text('customerSince');
  if (text === null || NOTHING.test(text)) return null;
  const date = dateFrom(text, dayFirst);
  const at = date ? instantOf(date, zone) : -1;
  if (at < 0) throw new Rejection('dateMalformed', 'customerSince');
  return at;
}

function customOf(
  values: RowValues,
  context: ReadingContext,
): { custom: CustomValues; leftOver: string | null } {
  const custom: CustomValues = {};
  for (const [key, text] of values.own()) custom[key] = ownValue(key, text, context);
  const birthday = values.text('birthday');
  if (birthday === null || NOTHING.test(birthday)) return { custom, leftOver: null };
  // A day without its year is no date that could be kept as one.
  if (/^--\d{2}-?\d{2}$/.test(birthday)) return { custom, leftOver: `BDAY ${birthday}` };
  const date = dateFrom(birthday, context.dayFirst);
  if (!date) throw new Rejection('dateMalformed', 'birthday');
  custom[BIRTHDAY_KEY] = isoDay(date);
  return { custom, leftOver: null };
}

function ownValue(key: string, text: string, context: ReadingContext): string | number {
  const field = context.ownFields.get(key);
  const name = `custom.${key}`;
  if (text.length > 2_000) throw new Rejection('tooLong', name);
  switch (field?.kind) {
    case 'number': {
      const number = Number(text.includes('.') ? text : text.replace(',', '.'));
      if (!Number.isFinite(number)) throw new Rejection('valueMalformed', name);
      return number;
    }
    case 'date': {
      const date = dateFrom(text, context.dayFirst);
      if (!date) throw new Rejection('dateMalformed', name);
      return isoDay(date);
    }
    case 'choice': {
      const choice = field.choices.find((one) => one.toLowerCase() === text.toLowerCase());
      if (choice === undefined) throw new Rejection('valueMalformed', name);
      return choice;
    }
    default:
      return text;
  }
}
