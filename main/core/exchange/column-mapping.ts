// Which column becomes what: by the columns' names, by what stands in them, or as it was for such a
// file before.
import { createHash } from 'node:crypto';
import type { ImportMapping, ImportTarget } from '../../../preload/contract/exchange.ts';
import type { ImportField, ImportKind } from '../../../preload/contract/exchange-words.ts';
import { fieldNamed, isReasonHeader, ownFieldNamed } from './header-words.ts';

/** A mapping as it is stored: the target of each column by its name and place. */
export interface StoredTargets {
  names: string[];
  targets: ImportMapping;
}

/** By the names of the columns. `ownFields` are keys of the organisation's own fields by their label. */
export function mappingFromNames(
  names: readonly string[],
  kind: ImportKind,
  ownFields: ReadonlyMap<string, string>,
): ImportMapping {
  const targets = names.map((name): ImportTarget | null => {
    if (isReasonHeader(name)) return null;
    const own = ownFieldNamed(name) ?? ownFields.get(name.trim().toLowerCase());
    if (own !== undefined) return `custom.${own}`;
    return fieldNamed(name, kind);
  });
  // "Name; Vorname": there the name is the family's.
  if (targets.includes('firstName') && !targets.includes('lastName')) {
    const name = targets.indexOf('name');
    if (name >= 0) targets[name] = 'lastName';
  }
  return targets;
}

/** By what stands in the first rows, where no row names the columns. */
export function mappingFromCells(
  rows: readonly (readonly string[])[],
  kind: ImportKind,
): ImportMapping {
  const width = Math.max(0, ...rows.map((row) => row.length));
  let named = false;
  return Array.from({ length: width }, (_, column): ImportTarget | null => {
    const cells = rows.map((row) => row[column]?.trim() ?? '').filter((cell) => cell !== '');
    const most = (pattern: RegExp) =>
      cells.length > 0 && cells.filter((cell) => pattern.test(cell)).length >= cells.length / 2;
    if (most(/^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i)) return 'email';
    if (kind !== 'customers' && most(/^\d{1,4}[./-]\d{1,2}[./-]\d{2,4}/)) return 'at';
    if (most(/^(\+|00|0)[\d\s()./-]{5,}$/)) return 'number';
    if (kind === 'customers' && !named && most(/^\p{L}[\p{L}\p{M} .,'’-]+$/u)) {
      named = true;
      return 'name';
    }
    return null;
  });
}

/** The stored targets for a file whose columns may stand in another order; null where there is none. */
export function mappingFromStored(
  stored: StoredTargets,
  names: readonly string[],
  header: boolean,
): ImportMapping {
  if (!header) return names.map((_, column) => stored.targets[column] ?? null);
  const left = new Map<string, (ImportTarget | null)[]>();
  for (const [column, name] of stored.names.entries()) {
    const targets = left.get(key(name)) ?? [];
    targets.push(stored.targets[column] ?? null);
    left.set(key(name), targets);
  }
  return names.map((name) => left.get(key(name))?.shift() ?? null);
}

/** What files with the same columns have in common; a report of rejected rows has it of its original. */
export function signatureOf(names: readonly string[], header: boolean): string {
  const said = names.filter((name) => !isReasonHeader(name)).map(key);
  const text = header ? JSON.stringify(said) : `${said.length} columns`;
  return createHash('sha256').update(text).digest('hex');
}

/** Names for the columns of a file that names none, such that they are recognised again. */
export function namesForReport(targets: ImportMapping): string[] {
  return targets.map((target, column) => {
    if (target === null) return `Column ${column + 1}`;
    return target.startsWith('custom.')
      ? `[${target.slice('custom.'.length)}]`
      : REPORT_NAMES[target as ImportField];
  });
}

const REPORT_NAMES: Readonly<Record<ImportField, string>> = {
  externalId: 'Customer number',
  name: 'Full name',
  firstName: 'First name',
  lastName: 'Last name',
  company: 'Company',
  number: 'Phone',
  email: 'Email',
  street: 'Street',
  postalCode: 'Postal code',
  city: 'City',
  country: 'Country',
  tags: 'Tags',
  preferredTime: 'Likes to be called',
  customerSince: 'Customer since',
  birthday: 'Birthday',
  note: 'Note',
  contactKind: 'Kind',
  contactExternalId: 'Order number',
  at: 'Date',
  time: 'Time',
  subject: 'Subject',
  direction: 'Direction',
  outcome: 'Outcome',
  feeling: 'Feeling',
  amount: 'Amount',
  currency: 'Currency',
};

/** Of each list any one is needed; the answer names those that no column becomes. */
export function missingTargets(mapping: ImportMapping, kind: ImportKind): ImportField[][] {
  const needed: ImportField[][] =
    kind === 'customers'
      ? [['name', 'firstName', 'lastName', 'company']]
      : [['at'], ['externalId', 'number', 'email']];
  return needed.filter((fields) => !fields.some((field) => mapping.includes(field)));
}

function key(name: string): string {
  return name.trim().toLowerCase();
}
