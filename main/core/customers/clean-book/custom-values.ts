// What a custom field takes, and the key that a new one is stored under.
import type { CustomField } from '../../../../preload/contract/clean-book.ts';
import { foldText } from '../folding.ts';

/** Why a value does not fit its field. */
export type CustomProblem =
  | 'unknownField'
  | 'fieldRemoved'
  | 'notAText'
  | 'notANumber'
  | 'notADate'
  | 'notAChoice'
  | 'notALink';

type Definition = Pick<CustomField, 'kind' | 'choices' | 'removedAt'>;

const LINK_SCHEMES = new Set(['https:', 'http:', 'mailto:', 'tel:']);
const LONGEST_KEY = 40;

/** null when the value may be stored; taking a value away (null) always may. */
export function customProblem(
  field: Definition | undefined,
  value: string | number | null,
): CustomProblem | null {
  if (value === null) return null;
  if (!field) return 'unknownField';
  if (field.removedAt !== null) return 'fieldRemoved';
  if (field.kind === 'number') return typeof value === 'number' ? null : 'notANumber';
  if (typeof value !== 'string') return 'notAText';
  switch (field.kind) {
    case 'text':
      return null;
    case 'date':
      return isDay(value) ? null : 'notADate';
    case 'choice':
      return field.choices.includes(value) ? null : 'notAChoice';
    case 'link':
      return isLink(value) ? null : 'notALink';
  }
}

/** An address that the desk opens: https, http, mailto or tel, without a password in it. */
export function isLink(text: string): boolean {
  if (/[\s\p{Cc}]/u.test(text)) return false;
  try {
    const url = new URL(text);
    return LINK_SCHEMES.has(url.protocol) && url.username === '' && url.password === '';
  } catch {
    return false;
  }
}

/** A day that exists, as YYYY-MM-DD. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

/** A key from a label, unlike all in `taken`: "Umsatz (Jahr)" becomes "umsatz_jahr". */
export function keyFrom(label: string, taken: ReadonlySet<string>): string {
  const slug = foldText(label)
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, LONGEST_KEY);
  const base = slug === '' ? 'field' : slug;
  let key = base;
  for (let number = 2; taken.has(key); number += 1) key = `${base}_${number}`;
  return key;
}
