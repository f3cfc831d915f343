import type { I18n, MessageDescriptor } from '@lingui/core';
import { msg, plural } from '@lingui/core/macro';
import type { DuplicateReason } from '../../../preload/contract/clean-book.ts';
import type {
  ChangeSource,
  CustomFieldKind,
  DuplicateReasonId,
} from '../../../preload/contract/vocabulary.ts';

const REASON_WORDS: Record<DuplicateReasonId, MessageDescriptor> = {
  number: msg({ message: 'Same number', comment: 'Why two records may be one person' }),
  email: msg({ message: 'Same e-mail', comment: 'Why two records may be one person' }),
  externalId: msg({
    message: 'Same external number',
    comment: 'Why two records may be one person: the same customer number in another system',
  }),
  nameAndAddress: msg`Same name and address`,
  nameAndPlace: msg`Same name in the same place`,
  nameAndCompany: msg`Same name in the same company`,
  similarNameAndPlace: msg`Names one letter apart in the same place`,
  similarNameAndCompany: msg`Names one letter apart in the same company`,
  address: msg({ message: 'Same address', comment: 'Why two people may be a household' }),
};

/** Why two records are alike, with what both have. */
export function duplicateReasonInWords(i18n: I18n, { reason, evidence }: DuplicateReason): string {
  return `${i18n._(REASON_WORDS[reason])}: ${evidence}`;
}

const FIELD_WORDS: Record<string, MessageDescriptor> = {
  name: msg`Name`,
  company: msg`Company`,
  street: msg({ message: 'Street', comment: 'Of an address, with the house number' }),
  postalCode: msg`Postal code`,
  city: msg({ message: 'Place', comment: 'Town of a customer: Ort' }),
  country: msg({ message: 'Country', comment: 'Of an address' }),
  emails: msg`E-mail addresses`,
  numbers: msg`Numbers`,
  tags: msg`Tags`,
  preferredTime: msg`Likes to be called`,
  preferred_time: msg`Likes to be called`,
  customerSince: msg`Since`,
  customer_since: msg`Since`,
  externalId: msg({
    message: 'External number',
    comment: 'The customer’s number in another system: Fremdnummer',
  }),
  organisationId: msg`Organisation`,
  householdId: msg`Household`,
};
/** The columns of the store, where an undone merge names what stays. */
const SAME_FIELD: Record<string, string> = {
  postal_code: 'postalCode',
  external_id: 'externalId',
  organisation_id: 'organisationId',
  household_id: 'householdId',
};

/** The name of a field of a customer's record; own fields by their label. */
export function customerFieldInWords(
  i18n: I18n,
  field: string,
  own: readonly { key: string; label: string }[],
): string {
  const key = /^custom\.(.+)$/.exec(field)?.[1];
  if (key !== undefined) return own.find((each) => each.key === key)?.label ?? key;
  const words = FIELD_WORDS[SAME_FIELD[field] ?? field];
  return words ? i18n._(words) : field;
}

const KIND_WORDS: Record<CustomFieldKind, MessageDescriptor> = {
  text: msg({ message: 'Text', comment: 'Kind of a custom field' }),
  number: msg({ message: 'Number', comment: 'Kind of a custom field: Zahl' }),
  date: msg({ message: 'Date', comment: 'Kind of a custom field' }),
  choice: msg({ message: 'Choice', comment: 'Kind of a custom field: one of several' }),
  link: msg({ message: 'Link', comment: 'Kind of a custom field: web or e-mail address' }),
};

export function fieldKindInWords(i18n: I18n, kind: CustomFieldKind): string {
  return i18n._(KIND_WORDS[kind]);
}

const CUSTOM_PROBLEMS: Record<string, MessageDescriptor> = {
  unknownField: msg`There is no such field any more.`,
  fieldRemoved: msg`This field was removed in the settings.`,
  notAText: msg`This field takes text.`,
  notANumber: msg`Enter a number, for example 1250.5.`,
  notADate: msg`Enter a day that exists.`,
  notAChoice: msg`Choose one of the values of this field.`,
  notALink: msg`Enter an address that begins with https://, http://, mailto: or tel:.`,
};

/** Why core did not take a value; null for another reason. */
export function valueProblemInWords(i18n: I18n, code: string | undefined): string | null {
  const words = code === undefined ? undefined : CUSTOM_PROBLEMS[code];
  return words ? i18n._(words) : null;
}

const SOURCE_WORDS: Record<ChangeSource, MessageDescriptor | null> = {
  agent: null,
  api: msg({ message: 'by another program', comment: 'Who changed a field' }),
  import: msg({ message: 'by an import', comment: 'Who changed a field' }),
  merge: msg({ message: 'by a merge', comment: 'Who changed a field' }),
};

/** What changed a field, where it was not an agent by hand. */
export function changeSourceInWords(i18n: I18n, source: ChangeSource): string | null {
  const words = SOURCE_WORDS[source];
  return words === null ? null : i18n._(words);
}

/** What came after a merge and stays with the survivor. */
export function stayedInWords(
  i18n: I18n,
  { kind, count }: { kind: string; count: number },
): string {
  switch (kind) {
    case 'contacts':
      return i18n._(msg`${plural(count, { one: '# contact', other: '# contacts' })}`);
    case 'promises':
      return i18n._(msg`${plural(count, { one: '# promise', other: '# promises' })}`);
    case 'questions':
      return i18n._(msg`${plural(count, { one: '# question', other: '# questions' })}`);
    case 'deals':
      return i18n._(msg`${plural(count, { one: '# deal', other: '# deals' })}`);
    case 'matters':
      return i18n._(msg`${plural(count, { one: '# matter', other: '# matters' })}`);
    case 'customer_numbers':
      return i18n._(msg`${plural(count, { one: '# number', other: '# numbers' })}`);
    default:
      return `${count} ${kind}`;
  }
}
