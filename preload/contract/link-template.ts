// Addresses of other systems' pages about a customer, with places to be filled: what may be entered,
// and what comes out. Pure, for core and window alike.

/** What a place in braces may be; `custom.` goes before the key of a field of the organisation's own. */
export const LINK_PLACES = ['number', 'e164', 'email', 'name', 'externalId', 'customerId'] as const;

/** What is known of a caller or customer. */
export interface LinkValues {
  number: string | null;
  e164: string | null;
  email: string | null;
  name: string | null;
  externalId: string | null;
  customerId: string | null;
  custom: Readonly<Record<string, string | number | null>>;
}

export type LinkTemplateProblem = 'notHttps' | 'placeInHost' | 'unknownPlace' | 'credentials';

const PLACE = /\{([^{}]*)\}/gu;
/** Of an address without places: a host name with an optional port, then no blank and no quote. */
const ADDRESS = /^https:\/\/[a-z0-9.-]+(:\d{1,5})?([/?#][^\s"'<>\\^`]*)?$/iu;
const CUSTOM = /^custom\.[a-z][a-z0-9_]{0,49}$/u;

/** Why a text cannot be a template, or null. A place may stand behind the host only. */
export function linkTemplateProblem(template: string): LinkTemplateProblem | null {
  const head = /^https:\/\/([^/?#]+)/u.exec(template.trim());
  if (!head) return 'notHttps';
  if (/[{}]/u.test(head[1] ?? '')) return 'placeInHost';
  if ((head[1] ?? '').includes('@')) return 'credentials';
  const places = [...template.matchAll(PLACE)].map(([, place = '']) => place);
  if (!places.every(isPlace)) return 'unknownPlace';
  if (/[{}]/u.test(template.replaceAll(PLACE, ''))) return 'unknownPlace';
  return ADDRESS.test(template.replaceAll(PLACE, 'x').trim()) ? null : 'notHttps';
}

/** The address, or null when something that it needs is not known. Values are percent-encoded. */
export function filledLink(template: string, values: LinkValues): string | null {
  if (linkTemplateProblem(template) !== null) return null;
  let complete = true;
  const address = template.trim().replaceAll(PLACE, (_, place: string) => {
    const value = valueOf(place, values);
    if (value === null || value === '') complete = false;
    // A path that is only dots would climb out of its folder.
    return encodeURIComponent(value ?? '').replace(/^\.{1,2}$/u, '');
  });
  return complete ? address : null;
}

function isPlace(place: string): boolean {
  return LINK_PLACES.some((known) => known === place) || CUSTOM.test(place);
}

function valueOf(place: string, values: LinkValues): string | null {
  if (place.startsWith('custom.')) {
    const key = place.slice('custom.'.length);
    const value = Object.hasOwn(values.custom, key) ? values.custom[key] : null;
    return value == null ? null : String(value);
  }
  const known = LINK_PLACES.find((name) => name === place);
  return known === undefined ? null : values[known];
}
