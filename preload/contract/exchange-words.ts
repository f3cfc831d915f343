// The words of import and export. Values are stored: they are never renamed, only added to.

/** What the rows of a file are: customers, orders and deliveries, or other contacts of the past. */
export const IMPORT_KINDS = ['customers', 'orders', 'contacts'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

export const EXCHANGE_FORMATS = ['csv', 'vcard'] as const;
export type ExchangeFormat = (typeof EXCHANGE_FORMATS)[number];

export const TEXT_ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type TextEncoding = (typeof TEXT_ENCODINGS)[number];

/**
 * What is done with a row whose customer is in the book already: nothing, only fill what is empty, or
 * replace by what the file says. Empty cells never take anything away.
 */
export const IMPORT_POLICIES = ['skip', 'fill', 'overwrite'] as const;
export type ImportPolicy = (typeof IMPORT_POLICIES)[number];

export const IMPORT_STATES = [
  'running',
  'done',
  'cancelled',
  'failed',
  /** Core ended in the middle: whole batches are in the book. */
  'interrupted',
  'undoing',
  'undoInterrupted',
  'undone',
] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** Fields that several columns may become are gathered; of the others the first that says something counts. */
export const IMPORT_FIELDS = [
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
  // Of orders and contacts; the customer is found by external id, number or e-mail.
  'contactKind',
  'contactExternalId',
  'at',
  'time',
  'subject',
  'direction',
  'outcome',
  'feeling',
  'amount',
  'currency',
] as const;
export type ImportField = (typeof IMPORT_FIELDS)[number];

export const REJECT_REASONS = [
  'nameMissing',
  'tooLong',
  'tooManyValues',
  'numberMalformed',
  'numberMangled',
  'emailMalformed',
  'countryUnknown',
  'dateMissing',
  'dateMalformed',
  'amountMalformed',
  'valueMalformed',
  'kindUnknown',
  'outcomeUnknown',
  'feelingUnknown',
  'customerMissing',
  'customerUnknown',
  'customerAmbiguous',
  'tooManyCells',
  'quoteUnclosed',
  'cutOff',
  'rowTooLong',
  'cardMalformed',
] as const;
export type RejectReason = (typeof REJECT_REASONS)[number];

export const SKIP_REASONS = [
  /** Empty rows. */
  'empty',
  'sameExternalId',
  'sameNumberAndName',
  'sameEmail',
  'sameInFile',
  /** Filling or replacing would change nothing. */
  'unchanged',
  'sameContact',
] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];
