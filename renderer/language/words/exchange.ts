import type { I18n, MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { ImportPreview, ImportStatus } from '../../../preload/contract/exchange.ts';
import type {
  ImportField,
  ImportKind,
  ImportPolicy,
  RejectReason,
  SkipReason,
  TextEncoding,
} from '../../../preload/contract/exchange-words.ts';
import type { Refusal } from '../../core-client/core-error.ts';

type RefusedFor = Extract<Refusal, { code: 'EXCHANGE_REFUSED' }>['data']['reason'];

const REFUSED: Record<RefusedFor, MessageDescriptor> = {
  unreadable: msg`This file cannot be imported as it is. Nothing was changed.`,
  incomplete: msg`The file has not arrived completely. Choose it again.`,
  gap: msg`A part of the file did not arrive. Choose it again.`,
  tooLarge: msg`This file is too large. Split it into smaller ones.`,
  mappingMissing: msg`Say first which column holds the name, or how the customer is found.`,
  mappingUnknown: msg`There is no stored mapping of that name.`,
  alreadyRunning: msg`Another import is running. Wait for it, or cancel it.`,
  fileGone: msg`The file is no longer there. Choose it again.`,
  nothingToUndo: msg`There is nothing of this import to undo.`,
};

export function exchangeRefusedInWords(i18n: I18n, reason: RefusedFor): string {
  return i18n._(REFUSED[reason]);
}

const FIELDS: Record<ImportField, MessageDescriptor> = {
  externalId: msg`Customer number`,
  name: msg`Name`,
  firstName: msg`First name`,
  lastName: msg`Last name`,
  company: msg`Company`,
  number: msg`Telephone number`,
  email: msg`E-mail address`,
  street: msg`Street`,
  postalCode: msg`Postal code`,
  city: msg({ message: 'Place', comment: 'Town of a customer: Ort' }),
  country: msg`Country`,
  tags: msg`Tags`,
  preferredTime: msg`Likes to be called`,
  customerSince: msg`Customer since`,
  birthday: msg`Birthday`,
  note: msg`Note`,
  contactKind: msg`Kind of contact`,
  contactExternalId: msg`Number of the order or contact`,
  at: msg`Date`,
  time: msg`Time of day`,
  subject: msg`Subject`,
  direction: msg`Direction`,
  outcome: msg`Outcome`,
  feeling: msg`Feeling`,
  amount: msg`Amount`,
  currency: msg`Currency`,
};

export function importFieldInWords(i18n: I18n, field: ImportField): string {
  return i18n._(FIELDS[field]);
}

/** A field as refusals name it: also an own one, by its key. */
export function refusedFieldInWords(i18n: I18n, field: string): string {
  return Object.hasOwn(FIELDS, field)
    ? importFieldInWords(i18n, field as ImportField)
    : field.replace(/^custom\./, '');
}

const KINDS: Record<ImportKind, MessageDescriptor> = {
  customers: msg`Customers`,
  orders: msg`Orders and deliveries`,
  contacts: msg`Calls, notes, e-mails, visits`,
};

export function importKindInWords(i18n: I18n, kind: ImportKind): string {
  return i18n._(KINDS[kind]);
}

const POLICIES: Record<ImportPolicy, { name: MessageDescriptor; what: MessageDescriptor }> = {
  skip: {
    name: msg`Leave them as they are`,
    what: msg`Rows of known customers are skipped and counted.`,
  },
  fill: {
    name: msg`Fill what is empty`,
    what: msg`Nothing that is there changes; new numbers and tags are added.`,
  },
  overwrite: {
    name: msg`Replace by the file`,
    what: msg`Empty cells take nothing away; each change stays in the history.`,
  },
};

export function importPolicyInWords(
  i18n: I18n,
  policy: ImportPolicy,
): { name: string; what: string } {
  return { name: i18n._(POLICIES[policy].name), what: i18n._(POLICIES[policy].what) };
}

const ENCODINGS: Record<TextEncoding, MessageDescriptor> = {
  'utf-8': msg`UTF-8 (Unicode)`,
  'utf-16le': msg`UTF-16 (Unicode, little endian)`,
  'utf-16be': msg`UTF-16 (Unicode, big endian)`,
  'windows-1252': msg`Windows-1252 (Western European)`,
};

export function encodingInWords(i18n: I18n, encoding: TextEncoding): string {
  return i18n._(ENCODINGS[encoding]);
}

const DELIMITERS: Record<ImportPreview['delimiter'], MessageDescriptor> = {
  ',': msg`Comma`,
  ';': msg`Semicolon`,
  '\t': msg`Tab`,
  '|': msg`Bar`,
};

export function delimiterInWords(i18n: I18n, delimiter: ImportPreview['delimiter']): string {
  return i18n._(DELIMITERS[delimiter]);
}

const UNREADABLE: Record<NonNullable<ImportPreview['unreadable']>, MessageDescriptor> = {
  empty: msg`The file is empty. Choose another one.`,
  notText: msg`This is neither CSV nor vCard: the file holds no text. Export it again as CSV.`,
  spreadsheet: msg`This is a spreadsheet. Save it there as CSV and choose that file.`,
  noCards: msg`There is no complete card in this file. Export it again as vCard.`,
  noRows: msg`There is no row in this file besides its heading. Choose another one.`,
};

export function unreadableInWords(
  i18n: I18n,
  unreadable: NonNullable<ImportPreview['unreadable']>,
): string {
  return i18n._(UNREADABLE[unreadable]);
}

const REJECTED: Record<RejectReason, MessageDescriptor> = {
  nameMissing: msg`no name and no company`,
  tooLong: msg`too long`,
  tooManyValues: msg`too many values`,
  numberMalformed: msg`not a telephone number`,
  numberMangled: msg`number destroyed by a spreadsheet`,
  emailMalformed: msg`not an e-mail address`,
  countryUnknown: msg`country not known`,
  dateMissing: msg`no date`,
  dateMalformed: msg`not a date`,
  amountMalformed: msg`not an amount`,
  valueMalformed: msg`value does not fit`,
  kindUnknown: msg`kind not known`,
  outcomeUnknown: msg`outcome not known`,
  feelingUnknown: msg`feeling not known`,
  customerMissing: msg`says of no customer`,
  customerUnknown: msg`no such customer`,
  customerAmbiguous: msg`several customers fit`,
  tooManyCells: msg`more cells than columns`,
  quoteUnclosed: msg`quotation mark not closed`,
  cutOff: msg`cut off`,
  rowTooLong: msg`row too long`,
  cardMalformed: msg`no complete card`,
};

export function rejectReasonInWords(i18n: I18n, reason: RejectReason): string {
  return i18n._(REJECTED[reason]);
}

/** All of them, for a report that core writes. */
export function rejectWords(i18n: I18n): Record<RejectReason, string> {
  const words = Object.entries(REJECTED).map(([reason, word]) => [reason, i18n._(word)]);
  return Object.fromEntries(words) as Record<RejectReason, string>;
}

const SKIPPED: Record<SkipReason, MessageDescriptor> = {
  empty: msg`empty row`,
  sameExternalId: msg`same customer number`,
  sameNumberAndName: msg`same telephone number and name`,
  sameEmail: msg`same e-mail address`,
  sameInFile: msg`twice in this file`,
  unchanged: msg`nothing new in it`,
  sameContact: msg`in the timeline already`,
};

export function skipReasonInWords(i18n: I18n, reason: SkipReason): string {
  return i18n._(SKIPPED[reason]);
}

const STATES: Record<ImportStatus['state'], MessageDescriptor> = {
  running: msg`running`,
  done: msg`done`,
  cancelled: msg`cancelled`,
  failed: msg`stopped`,
  interrupted: msg`interrupted`,
  undoing: msg`being undone`,
  undoInterrupted: msg`undo interrupted`,
  undone: msg`undone`,
};

export function importStateInWords(i18n: I18n, state: ImportStatus['state']): string {
  return i18n._(STATES[state]);
}

const PROBLEMS: Record<NonNullable<ImportStatus['problem']>, MessageDescriptor> = {
  nothingFits: msg`Stopped, because nearly every row was rejected. Check encoding, delimiter and columns, then import again.`,
  storage: msg`Stopped, because the data could not be stored. Make room on the disk, then go on.`,
  fileGone: msg`Stopped, because the file could no longer be read. Choose it again.`,
  failed: msg`Stopped by an error inside the desk. What was imported until then is kept and can be undone.`,
};

export function importProblemInWords(
  i18n: I18n,
  problem: NonNullable<ImportStatus['problem']>,
): string {
  return i18n._(PROBLEMS[problem]);
}
