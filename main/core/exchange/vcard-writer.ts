// Writes vCard 4.0 (RFC 6350): lines of at most 75 bytes, folded between characters.
import type { Customer } from '../../../preload/contract/customers.ts';
import { BIRTHDAY_KEY } from './customer-from-row.ts';

const LONGEST_LINE_BYTES = 75;

/** The customer as a card. What vCard has no property for stands in X-ANKLANG properties, which reading knows. */
export function cardFrom(customer: Customer): string {
  const { street, city, postalCode, country } = customer;
  const address = [street, city, postalCode, country].some((part) => part !== null && part !== '');
  const birthday = customer.custom[BIRTHDAY_KEY];
  const { [BIRTHDAY_KEY]: _, ...custom } = customer.custom;
  const isDay = typeof birthday === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(birthday);
  const properties: string[] = [
    'BEGIN:VCARD',
    'VERSION:4.0',
    'PRODID:-//Anklang//EN',
    ...(customer.externalId ? [`UID:${escaped(customer.externalId)}`] : []),
    `FN:${escaped(customer.name)}`,
    ...(customer.company ? [`ORG:${escaped(customer.company)}`] : []),
    ...customer.numbers.map(({ raw }) => `TEL:${escaped(raw)}`),
    ...customer.emails.map((email) => `EMAIL:${escaped(email)}`),
    ...(address
      ? [
          `ADR:;;${escaped(street ?? '')};${escaped(city ?? '')};;${escaped(postalCode ?? '')};${escaped(country ?? '')}`,
        ]
      : []),
    ...(customer.tags.length > 0 ? [`CATEGORIES:${customer.tags.map(escaped).join(',')}`] : []),
    ...(isDay ? [`BDAY:${birthday.replaceAll('-', '')}`] : []),
    ...(customer.preferredTime
      ? [`X-ANKLANG-PREFERRED-TIME:${escaped(customer.preferredTime)}`]
      : []),
    ...(customer.customerSince === null
      ? []
      : [`X-ANKLANG-CUSTOMER-SINCE:${new Date(customer.customerSince).toISOString()}`]),
    ...Object.entries(isDay ? custom : customer.custom).flatMap(([key, value]) =>
      value === null ? [] : [`X-ANKLANG-FIELD;X-KEY=${key}:${escaped(String(value))}`],
    ),
    'END:VCARD',
  ];
  return properties.map((line) => `${folded(line)}\r\n`).join('');
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\r\n|\r|\n/g, '\\n');
}

function folded(line: string): string {
  if (line.length * 3 <= LONGEST_LINE_BYTES) return line;
  const parts: string[] = [];
  let part = '';
  let bytes = 0;
  for (const character of line) {
    const length = Buffer.byteLength(character);
    if (bytes + length > LONGEST_LINE_BYTES) {
      parts.push(part);
      part = '';
      // The space that begins a continued line counts.
      bytes = 1;
    }
    part += character;
    bytes += length;
  }
  return [...parts, part].join('\r\n ');
}
