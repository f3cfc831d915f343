// One card: its properties taken apart, and what they say as a row of columns.
import type { ImportMapping } from '../../../preload/contract/exchange.ts';

export interface CardProperty {
  name: string;
  /** By name in lower case; those without a name, as 2.1 has them, are types. */
  types: string[];
  parameters: Map<string, string>;
  value: string;
}

export const VCARD_COLUMNS = [
  'Customer number',
  'Full name',
  'First name',
  'Last name',
  'Company',
  'Phone',
  'Email',
  'Street',
  'Postal code',
  'City',
  'Country',
  'Tags',
  'Likes to be called',
  'Customer since',
  'Birthday',
  'Note',
] as const;

export const VCARD_MAPPING: ImportMapping = [
  'externalId',
  'name',
  'firstName',
  'lastName',
  'company',
  'number',
  'email',
  'street',
  'postalCode',
  'city',
  'country',
  'tags',
  'preferredTime',
  'customerSince',
  'birthday',
  'note',
];

/** Null when the line is no property. */
export function cardProperty(line: string): CardProperty | null {
  const colon = colonOf(line);
  if (colon < 1) return null;
  const [head = '', ...rest] = line.slice(0, colon).split(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/);
  const name = head
    .slice(head.indexOf('.') + 1)
    .trim()
    .toUpperCase();
  if (!/^[A-Z0-9-]+$/.test(name)) return null;
  const parameters = new Map<string, string>();
  const types: string[] = [];
  for (const parameter of rest) {
    const equals = parameter.indexOf('=');
    const key = equals < 0 ? '' : parameter.slice(0, equals).trim().toLowerCase();
    const value = parameter
      .slice(equals + 1)
      .replace(/^"|"$/g, '')
      .trim();
    if (/^quoted-printable$/i.test(value) && (key === '' || key === 'encoding')) {
      parameters.set('encoding', 'quoted-printable');
    } else if (key === '' || key === 'type') types.push(...value.toLowerCase().split(','));
    else parameters.set(key, value);
  }
  const raw = line.slice(colon + 1);
  const value =
    parameters.get('encoding') === 'quoted-printable'
      ? fromQuotedPrintable(raw, parameters.get('charset'))
      : raw;
  return { name, types, parameters, value };
}

/** The first colon outside of quotation marks. */
function colonOf(line: string): number {
  let quoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const code = line.charCodeAt(at);
    if (code === 0x22) quoted = !quoted;
    else if (code === 0x3a && !quoted) return at;
  }
  return line.indexOf(':');
}

function fromQuotedPrintable(text: string, charset: string | undefined): string {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const hex =
      text[at] === '=' ? /^[0-9a-f]{2}/i.exec(text.slice(at + 1, at + 3))?.[0] : undefined;
    if (hex !== undefined) {
      bytes.push(Number.parseInt(hex, 16));
      at += 2;
    } else bytes.push(...Buffer.from(text[at] ?? '', 'utf8'));
  }
  const all = Uint8Array.from(bytes);
  for (const encoding of [charset, 'utf-8', 'windows-1252']) {
    try {
      if (encoding !== undefined) return new TextDecoder(encoding, { fatal: true }).decode(all);
    } catch {
      // An unknown name, or bytes that do not fit: the next one.
    }
  }
  return text;
}

/** The card's properties as the row of VCARD_COLUMNS. */
export function rowFromCard(properties: readonly CardProperty[]): {
  cells: string[];
  own: Record<string, string>;
} {
  const all = (name: string) =>
    properties
      .filter((property) => property.name === name)
      .sort((one, other) => order(one) - order(other));
  const first = (name: string) => {
    const found = all(name)[0];
    return found ? unescaped(found.value).trim() : '';
  };
  const [lastName = '', firstName = '', middleName = ''] = parts(all('N')[0]?.value ?? '', ';');
  const organisation = parts(all('ORG')[0]?.value ?? '', ';').filter((part) => part !== '');
  const address = parts(all('ADR')[0]?.value ?? '', ';');
  const street = [address[2], address[1], address[0]].filter(Boolean).join(', ');
  const numbers = all('TEL').map(({ value }) => unescaped(value).replace(/^tel:/i, '').trim());
  const isOurs = first('PRODID').includes('//Anklang//');
  const own: Record<string, string> = {};
  for (const { parameters, value } of all('X-ANKLANG-FIELD')) {
    const key = parameters.get('x-key');
    if (key !== undefined && /^[a-z][a-z0-9_]{0,49}$/.test(key)) own[key] = unescaped(value);
  }
  const cells = [
    first('UID'),
    first('FN'),
    [firstName, middleName].filter(Boolean).join(' '),
    lastName,
    organisation.join(', '),
    isOurs ? lines(numbers) : numbers.filter(Boolean).join(' ::: '),
    lines(all('EMAIL').map(({ value }) => unescaped(value).trim())),
    street,
    address[5] ?? '',
    address[3] ?? '',
    address[6] ?? '',
    lines(all('CATEGORIES').flatMap(({ value }) => parts(value, ','))),
    first('X-ANKLANG-PREFERRED-TIME'),
    first('X-ANKLANG-CUSTOMER-SINCE'),
    birthdayFrom(all('BDAY')[0]),
    all('NOTE')
      .map(({ value }) => unescaped(value))
      .join('\n'),
  ];
  return { cells, own };
}

/** One value a line; the break at the end says that a single value is not to be parted. */
function lines(values: readonly string[]): string {
  const said = values.filter((value) => value !== '');
  return said.length === 0 ? '' : `${said.join('\n')}\n`;
}

/** The preferred one first, fax numbers last. */
function order({ types, parameters }: CardProperty): number {
  const preference = Number(parameters.get('pref') ?? (types.includes('pref') ? 1 : 101));
  return types.includes('fax') ? 1_000 : preference;
}

function birthdayFrom(property: CardProperty | undefined): string {
  const value = property?.value.trim() ?? '';
  // iCloud writes 1604 for a year that is not known.
  if (value.startsWith('1604') || property?.parameters.has('x-apple-omit-year')) {
    return value.replace(/^\d{4}-?/, '--');
  }
  return value.replace(/T.*$/, '');
}

/** Components of a structured value, unescaped; none has its separator in it. */
function parts(value: string, separator: ';' | ','): string[] {
  const found: string[] = [];
  let start = 0;
  for (let at = 0; at < value.length; at += 1) {
    if (value[at] === '\\') at += 1;
    else if (value[at] === separator) {
      found.push(unescaped(value.slice(start, at)).trim());
      start = at + 1;
    }
  }
  found.push(unescaped(value.slice(start)).trim());
  return found;
}

function unescaped(text: string): string {
  return text.replace(/\\([\\;,:nN])/g, (_, letter: string) => (/n/i.test(letter) ? '\n' : letter));
}
