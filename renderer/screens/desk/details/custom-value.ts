// Custom values as they are typed and shown.
import type { CustomField } from '../../../../preload/contract/clean-book.ts';
import type { Formats } from '../../../language/formats.ts';

/** What was typed, as it is stored; null for nothing, undefined when a number is meant and is none. */
export function customValueFrom(
  kind: CustomField['kind'],
  text: string,
  decimalPoint: string,
): string | number | null | undefined {
  const typed = text.trim();
  if (typed === '') return null;
  if (kind !== 'number') return kind === 'link' ? withScheme(typed) : typed;
  return numberFrom(typed, decimalPoint);
}

/**
 * "1.250,5" and "1,250.5" say themselves which is the decimal point. One mark alone is it, unless it is
 * the language's other mark before exactly three digits: "1.250" is 1250 in German and 1.25 in English.
 */
function numberFrom(text: string, decimalPoint: string): number | undefined {
  const compact = text.replace(/\s/g, '');
  const marks = compact.match(/[.,]/g) ?? [];
  const last = Math.max(compact.lastIndexOf('.'), compact.lastIndexOf(','));
  const grouped = /^-?\d{1,3}([.,]\d{3})+$/.test(compact) && new Set(marks).size === 1;
  const isGroup = grouped && (marks.length > 1 || marks[0] !== decimalPoint);
  const point = isGroup ? -1 : last;
  const whole = (point < 0 ? compact : compact.slice(0, point)).replace(/[.,]/g, '');
  const plain = point < 0 ? whole : `${whole}.${compact.slice(point + 1)}`;
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : undefined;
}

/** "www.example.org" and "name@example.org" are meant as addresses. */
function withScheme(text: string): string {
  if (/^[a-z][a-z0-9+.-]*:/i.test(text)) return text;
  if (/^[^\s@/]+@[^\s@]+\.[^\s@]+$/.test(text)) return `mailto:${text}`;
  return /^[^\s.]+(\.[^\s.]+)+/.test(text) ? `https://${text}` : text;
}

export function shownCustomValue(
  field: Pick<CustomField, 'kind'>,
  value: string | number | null,
  formats: Pick<Formats, 'number' | 'date'>,
): string {
  if (value === null) return '';
  if (typeof value === 'number') return formats.number(value, 10);
  if (field.kind !== 'date') return value;
  const noon = Date.parse(`${value}T12:00:00Z`);
  return Number.isNaN(noon) ? value : formats.date(noon);
}

/** Whether a click leads somewhere: the desktop program opens no unencrypted pages. */
export function opensOutside(address: string, inShell: boolean): boolean {
  return (inShell ? /^(https|mailto|tel):/i : /^(https?|mailto|tel):/i).test(address);
}
