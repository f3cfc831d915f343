// What cells say in words: countries, kinds of contact, outcomes, feelings, amounts of money.
import { getCountries } from 'libphonenumber-js/max';
import {
  CONTACT_KINDS,
  type ContactKind,
  type Direction,
  DIRECTIONS,
  type Emotion,
  EMOTION_IDS,
  type Outcome,
  OUTCOMES,
} from '../../../preload/contract/vocabulary.ts';
import { foldText } from '../customers/folding.ts';

const said = (text: string) => foldText(text).replaceAll(' ', '');

/** Signs of number plates, and what is written besides the full names. */
const MORE_COUNTRIES: Readonly<Record<string, string>> = {
  D: 'DE',
  A: 'AT',
  I: 'IT',
  F: 'FR',
  B: 'BE',
  L: 'LU',
  E: 'ES',
  P: 'PT',
  UK: 'GB',
  USA: 'US',
  'United States of America': 'US',
  'Great Britain': 'GB',
  England: 'GB',
  Holland: 'NL',
  Czechia: 'CZ',
  'Czech Republic': 'CZ',
  Tschechien: 'CZ',
  'Bundesrepublik Deutschland': 'DE',
  Switzerland: 'CH',
  Turkey: 'TR',
  Türkei: 'TR',
};

let countries: Map<string, string> | null = null;

/** ISO 3166 of a country's code or German or English name; null when nobody calls one so. */
export function countryFrom(text: string): string | null {
  countries ??= countryTable();
  return countries.get(said(text)) ?? null;
}

function countryTable(): Map<string, string> {
  const table = new Map<string, string>();
  for (const language of ['de', 'en']) {
    const names = new Intl.DisplayNames(language, { type: 'region' });
    for (const code of getCountries()) table.set(said(names.of(code) ?? code), code);
  }
  for (const [name, code] of Object.entries(MORE_COUNTRIES)) table.set(said(name), code);
  for (const code of getCountries()) table.set(said(code), code);
  return table;
}

const KINDS: Readonly<Record<ContactKind, string>> = {
  call: 'Anruf, Telefonat, Gespräch, Phone call, Telefon',
  note: 'Notiz, Notizen, Comment, Kommentar, Vermerk, Task, Aufgabe',
  order: 'Bestellung, Auftrag, Kauf, Purchase, Rechnung, Invoice',
  delivery: 'Lieferung, Versand, Shipment, Zustellung',
  complaint: 'Beschwerde, Reklamation',
  email: 'E-Mail, Mail',
  visit: 'Besuch, Termin, Meeting, Vor Ort, Appointment',
};

const RESULTS: Readonly<Record<Outcome, string>> = {
  reached: 'Erreicht, Connected, Gesprochen, Completed, Erledigt, Answered',
  callback: 'Rückruf, Call back, Wiedervorlage, Zurückrufen',
  notInterested: 'Kein Interesse, Not interested, Abgelehnt',
  wrongNumber: 'Falsche Nummer, Wrong number',
  voicemail: 'Mailbox, Anrufbeantworter, Left voicemail, AB',
  noAnswer: 'Nicht erreicht, No answer, Keine Antwort, Busy, Besetzt, Not reached',
};

const FEELINGS: Readonly<Record<Emotion, string>> = {
  delight: 'Begeisterung, Begeistert, Delighted',
  pride: 'Stolz, Proud',
  joy: 'Freude, Happy, Froh, Erfreut',
  trust: 'Vertrauen',
  relief: 'Erleichterung, Erleichtert, Relieved',
  hope: 'Hoffnung, Hopeful',
  surprise: 'Überraschung, Überrascht, Surprised',
  neutral: 'Neutral, Sachlich',
  worry: 'Sorge, Besorgt, Worried',
  fear: 'Angst, Ängstlich, Afraid',
  disappointment: 'Enttäuschung, Enttäuscht, Disappointed',
  anger: 'Ärger, Wut, Verärgert, Wütend, Angry',
};

const WAYS: Readonly<Record<Direction, string>> = {
  inbound: 'Eingehend, Incoming, In, Ein, Eingang',
  outbound: 'Ausgehend, Outgoing, Out, Aus, Ausgang',
};

function tableFrom<Value extends string>(
  values: readonly Value[],
  words: Readonly<Record<Value, string>>,
): (text: string) => Value | null {
  const table = new Map<string, Value>();
  for (const value of values) {
    table.set(said(value), value);
    for (const word of words[value].split(',')) table.set(said(word), value);
  }
  return (text) => table.get(said(text)) ?? null;
}

export const kindFrom = tableFrom(CONTACT_KINDS, KINDS);
export const outcomeFrom = tableFrom(OUTCOMES, RESULTS);
export const feelingFrom = tableFrom(EMOTION_IDS, FEELINGS);
export const directionFrom = tableFrom(DIRECTIONS, WAYS);

const SIGNS: ReadonlyMap<string, string> = new Map([
  ['€', 'EUR'],
  ['$', 'USD'],
  ['£', 'GBP'],
  ['¥', 'JPY'],
  ['Fr', 'CHF'],
  ['SFr', 'CHF'],
]);

/** Money in integer cents with the currency that is written beside it; null when it is no amount. */
export function amountFrom(text: string): { cents: number; currency: string | null } | null {
  const match = /^([^\d+-]*?)\s*([+-]?)\s*([\d.,'’ \u00a0]*\d)(?:,-|,–|\.-)?\s*(\D*)$/.exec(
    text.trim(),
  );
  if (!match) return null;
  const [, before = '', sign, digits = '', after = ''] = match;
  const mark = (before || after).trim().replace(/\.$/, '');
  const currency =
    mark === ''
      ? null
      : (SIGNS.get(mark) ?? (/^[A-Za-z]{3}$/.test(mark) ? mark.toUpperCase() : undefined));
  if (currency === undefined || (before.trim() !== '' && after.trim() !== '')) return null;
  const plain = digits.replace(/['’ \u00a0]/g, '');
  // The last separator parts the cents when one or two digits stand behind it, or when the other one came before.
  const last = Math.max(plain.lastIndexOf('.'), plain.lastIndexOf(','));
  const behind = last < 0 ? 0 : plain.length - last - 1;
  const mixed = plain.includes('.') && plain.includes(',');
  const parted = last >= 0 && (behind <= 2 || (mixed && behind !== 3));
  const whole = (parted ? plain.slice(0, last) : plain).replace(/[.,]/g, '');
  const fraction = parted ? plain.slice(last + 1).padEnd(2, '0') : '00';
  if (!/^\d{1,10}$/.test(whole || '0') || !/^\d{2}$/.test(fraction)) return null;
  const cents = Number(whole || '0') * 100 + Number(fraction);
  return { cents: sign === '-' ? -cents : cents, currency };
}

/** ISO 4217 of a code or a sign. */
export function currencyFrom(text: string): string | null {
  const mark = text.trim();
  const code = SIGNS.get(mark) ?? mark.toUpperCase();
  return /^[A-Z]{3}$/.test(code) ? code : null;
}
