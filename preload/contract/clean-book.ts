// The clean book: probable duplicates, merges and their undoing, custom fields, tags, organisations,
// households, and the history of each field of a customer's record.
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { customer, customerHit, customValues } from './customers.ts';
import { ERRORS } from './errors.ts';
import { cursor, id, instant, name, pageLimit, shortText } from './shapes.ts';
import { CHANGE_SOURCES, CUSTOM_FIELD_KINDS, DUPLICATE_REASONS } from './vocabulary.ts';

const procedure = oc.errors(ERRORS);
const nothing = z.object({});

/** Why two records may be one person; `evidence` is what both have, as it is written in the first. */
export const duplicateReason = z.object({
  reason: z.enum(DUPLICATE_REASONS),
  evidence: z.string(),
});
export type DuplicateReason = z.output<typeof duplicateReason>;

/** `household`: they share something, but the names differ clearly. */
export const likenessKind = z.enum(['duplicate', 'household']);
export type LikenessKind = z.output<typeof likenessKind>;

export const duplicatePair = z.object({
  one: customerHit,
  other: customerHit,
  kind: likenessKind,
  /** 0 to 100: how sure the rules are; for sorting, not for showing. */
  score: z.int().min(0).max(100),
  reasons: z.array(duplicateReason),
});
export type DuplicatePair = z.output<typeof duplicatePair>;

/** How far the search through the whole book has come. */
export const duplicateScan = z.object({
  state: z.enum(['never', 'running', 'done', 'cancelled', 'failed']),
  /** Rows looked at, of about so many. */
  done: z.int().min(0),
  total: z.int().min(0),
  finishedAt: instant.nullable(),
  /** Customers who came into the book since, other than by hand: they were not compared. */
  newSince: z.int().min(0),
});
export type DuplicateScan = z.output<typeof duplicateScan>;

/** What is about to be stored, compared with the book before it is. */
export const likenessQuestion = z.object({
  /** The record at hand, when it is in the book already. */
  customerId: id.nullable().default(null),
  name: z.string().max(200).default(''),
  company: shortText.nullable().default(null),
  street: shortText.nullable().default(null),
  postalCode: z.string().max(20).nullable().default(null),
  city: shortText.nullable().default(null),
  externalId: shortText.nullable().default(null),
  emails: z.array(z.string().max(254)).max(20).default([]),
  numbers: z.array(z.string().max(100)).max(20).default([]),
});
export type LikenessQuestion = z.output<typeof likenessQuestion>;

const duplicates = {
  list: procedure
    .input(z.object({ kind: likenessKind, cursor: cursor.optional(), limit: pageLimit }))
    .output(
      z.object({
        pairs: z.array(duplicatePair).max(100),
        next: cursor.nullable(),
        /** At most 10,000 are counted. */
        total: z.int().min(0),
      }),
    ),
  /** Who in the book is like what is about to be stored; the most likely five. */
  check: procedure.input(likenessQuestion).output(
    z
      .array(
        z.object({
          hit: customerHit,
          kind: likenessKind,
          reasons: z.array(duplicateReason),
        }),
      )
      .max(5),
  ),
  /** Compares the whole book in the background; one that runs goes on. */
  scan: procedure.input(nothing.default({})).output(duplicateScan),
  cancelScan: procedure.input(nothing.default({})).output(duplicateScan),
  scanState: procedure.input(nothing.default({})).output(duplicateScan),
  /** The two are not one person; remembered until it is taken back. */
  dismiss: procedure.input(z.object({ oneId: id, otherId: id })).output(nothing),
  takeBack: procedure.input(z.object({ oneId: id, otherId: id })).output(nothing),
  /** Newest first. */
  dismissed: procedure.input(z.object({ cursor: cursor.optional(), limit: pageLimit })).output(
    z.object({
      pairs: z.array(z.object({ one: customerHit, other: customerHit, at: instant })).max(100),
      next: cursor.nullable(),
    }),
  ),
};

/** One side of a comparison. */
export const mergeSide = z.object({
  customer,
  organisationName: z.string().nullable(),
  householdName: z.string().nullable(),
  contacts: z.int().min(0),
  openPromises: z.int().min(0),
  lastContactAt: instant.nullable(),
});
export type MergeSide = z.output<typeof mergeSide>;

/** The record as it is to be after the merge; numbers are those of both, by their ids, in order. */
export const mergedRecord = z.object({
  name,
  company: shortText.nullable(),
  street: shortText.nullable(),
  postalCode: z.string().max(20).nullable(),
  city: shortText.nullable(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullable(),
  preferredTime: shortText.nullable(),
  customerSince: instant.nullable(),
  externalId: z.string().max(200).nullable(),
  organisationId: id.nullable(),
  householdId: id.nullable(),
  emails: z.array(z.string().max(254)).max(20),
  tags: z.array(z.string().max(50)).max(50),
  numberIds: z.array(id).max(20),
  custom: customValues,
});
export type MergedRecord = z.output<typeof mergedRecord>;

export const mergeEntry = z.object({
  id,
  at: instant,
  agentName: z.string().nullable(),
  survivorId: id,
  survivorName: z.string(),
  loserName: z.string(),
  undoneAt: instant.nullable(),
  /** A later merge took the survivor in: that one is undone first. */
  laterMergeId: id.nullable(),
});
export type MergeEntry = z.output<typeof mergeEntry>;

/** What an undone merge left with the survivor because it came or changed after the merge. */
export const undoneMerge = z.object({
  survivor: customer,
  loser: customer,
  /** Rows per table-like kind that came after the merge; they stay with the survivor. */
  stayed: z.array(z.object({ kind: z.string(), count: z.int().min(1) })),
  /** Fields of the survivor that were changed after the merge; they keep the newer value. */
  keptFields: z.array(z.string()),
});
export type UndoneMerge = z.output<typeof undoneMerge>;

const merges = {
  compare: procedure
    .input(z.object({ oneId: id, otherId: id }))
    .output(z.object({ one: mergeSide, other: mergeSide, reasons: z.array(duplicateReason) })),
  /** All that is known of the loser goes to the survivor. Refused with MERGE_REFUSED. */
  merge: procedure
    .input(z.object({ survivorId: id, loserId: id, record: mergedRecord }))
    .output(z.object({ mergeId: id, customer })),
  /** Newest first. */
  list: procedure
    .input(z.object({ cursor: cursor.optional(), limit: pageLimit }))
    .output(z.object({ merges: z.array(mergeEntry).max(100), next: cursor.nullable() })),
  undo: procedure.input(z.object({ mergeId: id })).output(undoneMerge),
};

export const customField = z.object({
  id,
  /** Stored with the values; never changes. */
  key: z.string(),
  appliesTo: z.enum(['customer', 'organisation']),
  label: z.string(),
  kind: z.enum(CUSTOM_FIELD_KINDS),
  choices: z.array(z.string()),
  /** Its values are kept until they are purged, but can no longer be entered. */
  removedAt: instant.nullable(),
});
export type CustomField = z.output<typeof customField>;

const fieldLabel = z.string().trim().min(1).max(80);
const fieldChoices = z.array(z.string().trim().min(1).max(100)).max(100);

const fields = {
  /** In order; removed ones whose values are still kept come last. */
  list: procedure.input(nothing.default({})).output(z.array(customField).max(400)),
  create: procedure
    .input(
      z.object({
        appliesTo: z.enum(['customer', 'organisation']),
        label: fieldLabel,
        kind: z.enum(CUSTOM_FIELD_KINDS),
        choices: fieldChoices.default([]),
      }),
    )
    .output(customField),
  change: procedure
    .input(
      z.object({ fieldId: id, label: fieldLabel.optional(), choices: fieldChoices.optional() }),
    )
    .output(customField),
  /** Moves a field up or down among those of its kind of record. */
  move: procedure
    .input(z.object({ fieldId: id, by: z.literal([-1, 1]) }))
    .output(z.array(customField).max(400)),
  remove: procedure.input(z.object({ fieldId: id })).output(customField),
  /** The field is there again, with its values. */
  restore: procedure.input(z.object({ fieldId: id })).output(customField),
  /** Deletes the values of a removed field everywhere, in the background; answers when it is done. */
  purge: procedure.input(z.object({ fieldId: id })).output(z.object({ records: z.int().min(0) })),
};

export const knownTag = z.object({ tag: z.string(), customers: z.int().min(0) });
export type KnownTag = z.output<typeof knownTag>;

const tag = z.string().trim().min(1).max(50);

/** A tag that is being changed for all customers; `to` is null where it is deleted. */
export const tagWork = z.object({
  tag: z.string(),
  to: z.string().nullable(),
  state: z.enum(['running', 'done', 'stopped', 'failed']),
  done: z.int().min(0),
  total: z.int().min(0),
});
export type TagWork = z.output<typeof tagWork>;

const tags = {
  /** Known tags that begin like `text`, the most used first. */
  list: procedure
    .input(z.object({ text: z.string().max(50).default(''), limit: pageLimit }))
    .output(z.array(knownTag).max(100)),
  /**
   * Gives every customer with the tag another one; one that is known already takes both together.
   * Answers at once; `work` tells how far it is. Refused with BUSY while other work of the kind goes on.
   */
  rename: procedure.input(z.object({ from: tag, to: tag })).output(tagWork.nullable()),
  remove: procedure.input(z.object({ tag })).output(tagWork.nullable()),
  /** What is under way, or what was last done since the desk began. */
  work: procedure.input(nothing.default({})).output(tagWork.nullable()),
  /** Stops after the customers at hand: who has the new tag keeps it, the others keep the old one. */
  stop: procedure.input(nothing.default({})).output(tagWork.nullable()),
};

export const organisation = z.object({
  id,
  name: z.string(),
  city: z.string().nullable(),
  website: z.string().nullable(),
  custom: customValues,
  members: z.int().min(0),
});
export type Organisation = z.output<typeof organisation>;

const organisationFields = {
  name,
  city: shortText.nullable(),
  website: z.string().max(500).nullable(),
  custom: customValues,
};

const organisations = {
  list: procedure
    .input(
      z.object({
        query: z.string().max(200).default(''),
        cursor: cursor.optional(),
        limit: pageLimit,
      }),
    )
    .output(z.object({ organisations: z.array(organisation).max(100), next: cursor.nullable() })),
  get: procedure
    .input(z.object({ organisationId: id }))
    .output(z.object({ organisation, members: z.array(customerHit).max(200) })),
  create: procedure
    .input(
      z.object({
        name,
        city: shortText.nullable().default(null),
        website: z.string().max(500).nullable().default(null),
        custom: customValues.default({}),
      }),
    )
    .output(organisation),
  update: procedure
    .input(z.object({ organisationId: id, changes: z.object(organisationFields).partial() }))
    .output(organisation),
  /** Its members stay in the book, without it. */
  remove: procedure.input(z.object({ organisationId: id })).output(nothing),
};

export const household = z.object({
  id,
  name: z.string(),
  members: z.array(customerHit).max(100),
});
export type Household = z.output<typeof household>;

const households = {
  /** The household of a customer, and who else shares a number or an address. */
  of: procedure.input(z.object({ customerId: id })).output(
    z.object({
      household: household.nullable(),
      suggestions: z
        .array(z.object({ hit: customerHit, reasons: z.array(duplicateReason) }))
        .max(20),
    }),
  ),
  /** Puts customers into one household: that of the first who has one, else a new one. */
  join: procedure
    .input(z.object({ customerIds: z.array(id).min(2).max(20), name: name.optional() }))
    .output(household),
  leave: procedure.input(z.object({ customerId: id })).output(nothing),
  rename: procedure.input(z.object({ householdId: id, name })).output(household),
};

/** One field of one edit. */
export const fieldChange = z.object({
  row: z.int().min(1),
  field: z.string(),
  before: z.json(),
  after: z.json(),
  at: instant,
  agentName: z.string().nullable(),
  source: z.enum(CHANGE_SOURCES),
  /** The name of the record that was merged into this one, when the edit was made on that. */
  mergedFrom: z.string().nullable(),
});
export type FieldChange = z.output<typeof fieldChange>;

const record = {
  /** Newest first; of one field or of all. */
  changes: procedure
    .input(
      z.object({
        customerId: id,
        field: z.string().max(60).optional(),
        cursor: cursor.optional(),
        limit: pageLimit,
      }),
    )
    .output(z.object({ changes: z.array(fieldChange).max(100), next: cursor.nullable() })),
  /** Gives the field the value it had before or after that edit. */
  setBack: procedure
    .input(z.object({ customerId: id, row: z.int().min(1), to: z.enum(['before', 'after']) }))
    .output(customer),
};

/** The subjects of the clean book, for the contract. */
export const cleanBook = {
  duplicates,
  merges,
  fields,
  tags,
  organisations,
  households,
  record,
};
