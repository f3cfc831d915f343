import {
  type CountryCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';

/**
 * What a dialled, typed or received number is.
 * `e164` only for numbers of the public network; `digits` is what a search or a comparison may use
 * (without +, separators and URI parts); `country` is ISO 3166 where the number says one.
 */
export interface NumberKey {
  kind: 'e164' | 'service' | 'internal' | 'uri' | 'anonymous' | 'other';
  e164: string | null;
  digits: string;
  country: string | null;
}

/** Emergency and directory codes that are dialled alone and never belong to a customer. */
const SERVICE_CODES: Readonly<Record<string, RegExp>> = {
  AT: /^(112|122|133|140|141|142|144|147|118\d{3})$/,
  CH: /^(112|117|118|140|143|144|145|147|1414|1811)$/,
  DE: /^(110|112|115|116\d{3}|118\d{2,3}|19222)$/,
  GB: /^(112|999|101|105|111|118\d{3})$/,
  US: /^(112|211|311|411|511|611|711|811|911|988)$/,
};
const SERVICE_CODES_ELSEWHERE = /^(112|116\d{3})$/;

/** Countries whose national numbers are dialled with a leading 0: without it they are local or internal. */
const DIALLED_WITH_ZERO: ReadonlySet<string> = new Set([
  'AT',
  'BE',
  'CH',
  'DE',
  'FR',
  'GB',
  'NL',
  'SE',
]);

const ANONYMOUS =
  /^(anonymous|anonym|unknown|unbekannt|restricted|private|privat|withheld|unavailable)$/i;
const E164 = /^\+[1-9]\d{3,14}$/;
const LONGEST_INTERNAL = 4;

/**
 * The key of a number as typed or received: SIP and tel URIs are taken apart (RFC 3261, RFC 3966),
 * service codes are recognised before anything is parsed, and national numbers belong to `country`.
 */
export function numberKeyFrom(raw: string | null, country: string): NumberKey {
  const asked = `${country} ${raw ?? ''}`;
  const known = newer.get(asked) ?? older.get(asked);
  if (known) return known;
  const made = Object.freeze(keyOfText(raw, country));
  remember(asked, made);
  return made;
}

/** A key that another thread has made of the number, so that this one need not for a while. */
export function recallNumberKey(raw: string, country: string, key: NumberKey): void {
  remember(`${country} ${raw}`, key);
}

function remember(asked: string, key: NumberKey): void {
  if (newer.size >= MOST_REMEMBERED) {
    older = newer;
    newer = new Map();
  }
  newer.set(asked, key);
}

// Whoever stores a number asks for its key several times in a row, and an import does so all the time:
// taking a number apart is far dearer than remembering the last ones.
const MOST_REMEMBERED = 500;
let newer = new Map<string, NumberKey>();
let older = new Map<string, NumberKey>();

function keyOfText(raw: string | null, country: string): NumberKey {
  const text = (raw ?? '').trim();
  if (text === '') return keyOf('anonymous', '');
  const dialled = dialledPartOf(text);
  if (dialled.kind === 'anonymous') return keyOf('anonymous', '');
  if (dialled.kind === 'name') return keyOf('uri', '');
  return keyOfDialled(dialled.text, country);
}

function keyOf(kind: NumberKey['kind'], digits: string): NumberKey {
  return { kind, e164: null, digits, country: null };
}

type DialledPart = { kind: 'anonymous' } | { kind: 'name' } | { kind: 'digits'; text: string };

function dialledPartOf(text: string): DialledPart {
  const address = /<([^<>]*)>/.exec(text)?.[1] ?? text;
  const scheme = /^(sips?|tel|callto):(?:\/\/)?/i.exec(address);
  const rest = scheme ? address.slice(scheme[0].length) : address;
  if (scheme?.[1]?.toLowerCase() === 'tel' || !rest.includes('@')) return telPartOf(rest);
  const at = rest.lastIndexOf('@');
  const host = rest.slice(at + 1).split(/[;?:]/)[0] ?? '';
  const user = (rest.slice(0, at).split(':')[0] ?? '').trim();
  if (/(^|\.)anonymous\.invalid$/i.test(host)) return { kind: 'anonymous' };
  return telPartOf(user);
}

/** The part before any `;parameter`, with a global `phone-context` put in front of a local number. */
function telPartOf(text: string): DialledPart {
  const [head = '', ...parameters] = text.split(/[;?]/);
  const number = withoutEscapes(head).trim();
  if (number === '' || ANONYMOUS.test(number)) return { kind: 'anonymous' };
  const context = parameters
    .map((parameter) => /^phone-context=(\+[\d\-.()]+)$/i.exec(parameter.trim())?.[1])
    .find((found) => found !== undefined);
  const bare = withoutExtension(number);
  if (!/^[+\d*#\s().\-/\u00a0\u2010-\u2015\u202a-\u202e]+$/.test(bare) || !/[\d*#]/.test(bare)) {
    return { kind: 'name' };
  }
  return { kind: 'digits', text: context && !bare.startsWith('+') ? context + bare : bare };
}

function withoutEscapes(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function withoutExtension(text: string): string {
  return text.replace(/(?<=\d)[\s,.]*(ext\.?|extension|durchwahl|dw\.?|x)\s*:?\s*\d{1,7}$/i, '');
}

function keyOfDialled(text: string, country: string): NumberKey {
  // "+49 (0)30 …": the bracketed zero is dialled inside the country only.
  const compact = text
    .replace(/^(\s*(?:\+|00)[\d\s]*)\(0\)/, '$1')
    .replace(/[^\d+*#]/g, '')
    .replace(/(?!^)\+/g, '');
  const digits = compact.replace(/\D/g, '');
  if (/[*#]/.test(compact)) return keyOf('service', compact);
  if ((SERVICE_CODES[country] ?? SERVICE_CODES_ELSEWHERE).test(compact))
    return keyOf('service', digits);
  if (!compact.startsWith('+') && digits.length <= LONGEST_INTERNAL)
    return keyOf('internal', digits);
  return publicKey(compact, country) ?? keyOf('other', digits);
}

function publicKey(compact: string, country: string): NumberKey | null {
  const home: CountryCode = isSupportedCountry(country) ? country : 'DE';
  const parsed = parsePhoneNumberFromString(compact, { defaultCountry: home, extract: false });
  if (!parsed?.isPossible() || !E164.test(parsed.number)) return null;
  if (isLocalNumber(compact, home, parsed.countryCallingCode)) {
    // Neither "+" nor a leading zero: only a mobile number, or one that begins with its own country
    // code, can be told from a local number whose area is not known.
    if (parsed.country !== home || parsed.getType() !== 'MOBILE')
      return internationalKey(compact, home);
  }
  return {
    kind: 'e164',
    e164: parsed.number,
    digits: parsed.number.slice(1),
    country: parsed.country ?? null,
  };
}

function isLocalNumber(compact: string, home: CountryCode, callingCode: string): boolean {
  if (!DIALLED_WITH_ZERO.has(home) || /^[+0]/.test(compact)) return false;
  return !compact.startsWith(callingCode) || compact.length < 11;
}

/** Exchanges often leave out the "+": such a number counts only when it is valid as a whole. */
function internationalKey(compact: string, home: CountryCode): NumberKey | null {
  if (compact.length < 11) return null;
  const parsed = parsePhoneNumberFromString(`+${compact}`, {
    defaultCountry: home,
    extract: false,
  });
  if (!parsed?.isValid() || !E164.test(parsed.number)) return null;
  return {
    kind: 'e164',
    e164: parsed.number,
    digits: parsed.number.slice(1),
    country: parsed.country ?? null,
  };
}

/**
 * What two numbers are compared by, and what is stored as `number_key`: E.164, else the dialled
 * digits, else the address in lower case; null for an anonymous caller.
 */
export function comparableNumber(raw: string | null, country: string): string | null {
  return comparableFrom(numberKeyFrom(raw, country), raw);
}

/** The same for a number whose key is known already. */
export function comparableFrom(key: NumberKey, raw: string | null): string | null {
  if (key.kind === 'anonymous') return null;
  return key.e164 ?? (key.digits || addressOf(raw ?? ''));
}

/** What is stored as `number_key` of a number whose key is known: whatever was typed, if nothing else. */
export function storedKeyFrom(key: NumberKey, raw: string): string {
  return comparableFrom(key, raw) ?? raw.toLowerCase();
}

function addressOf(text: string): string {
  const address = /<([^<>]*)>/.exec(text)?.[1] ?? text;
  return address
    .trim()
    .toLowerCase()
    .replace(/^(sips?|tel|callto):(\/\/)?/, '')
    .replace(/[;?].*$/, '');
}
