// What a column may become, for each kind of file.
import type { ImportTarget } from '../../../preload/contract/exchange.ts';
import type { ImportField, ImportKind } from '../../../preload/contract/exchange-words.ts';

const OF_CUSTOMERS: readonly ImportField[] = [
  ...([
    'name',
    'firstName',
    'lastName',
    'company',
    'number',
    'email',
    'street',
    'postalCode',
    'city',
  ] as const),
  ...([
    'country',
    'externalId',
    'tags',
    'preferredTime',
    'customerSince',
    'birthday',
    'note',
  ] as const),
];
const OF_EVENTS: readonly ImportField[] = [
  ...([
    'externalId',
    'number',
    'email',
    'name',
    'firstName',
    'lastName',
    'at',
    'time',
    'contactKind',
  ] as const),
  ...([
    'contactExternalId',
    'subject',
    'note',
    'direction',
    'outcome',
    'feeling',
    'amount',
    'currency',
  ] as const),
];

export function targetsOf(kind: ImportKind): readonly ImportField[] {
  return kind === 'customers' ? OF_CUSTOMERS : OF_EVENTS;
}

/** An own field that the column could become, by its name; null where the name has no letter. */
export function ownTargetOf(name: string): Extract<ImportTarget, `custom.${string}`> | null {
  const key = name
    .toLowerCase()
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[_0-9]+/, '')
    .slice(0, 50)
    .replace(/_+$/, '');
  return key === '' ? null : `custom.${key}`;
}
