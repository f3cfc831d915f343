// What the law gives the customer: notice, objection, disagreement, access, erasure, limits of time;
// and what proves a consent. Also the copies of the data, and bringing one back.
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { ERRORS } from './errors.ts';
import { feeling, id, instant, shortText } from './shapes.ts';
import {
  CONSENT_MANNERS,
  CONSENT_PURPOSES,
  OBJECTION_KINDS,
  RETENTION_CLASSES,
} from './vocabulary.ts';

const procedure = oc.errors(ERRORS);
const nothing = z.object({});
const ofCustomer = z.object({ customerId: id });
const manner = z.enum(CONSENT_MANNERS);
const count = z.int().min(0);

export const objection = z.object({
  id,
  kind: z.enum(OBJECTION_KINDS),
  /** When the customer said so. */
  at: instant,
  manner,
  note: z.string().nullable(),
  agentName: z.string().nullable(),
  withdrawnAt: instant.nullable(),
});
export type Objection = z.output<typeof objection>;

/** What a consent covers, as it was given: it does not change with the customer's record. */
export const consentInput = z.object({
  customerId: id,
  purpose: z.enum(CONSENT_PURPOSES),
  /** The words that were agreed to. */
  scope: z.string().trim().min(1).max(2_000),
  manner,
  name: z.string().trim().min(1).max(200),
  number: z.string().trim().min(1).max(100),
  givenAt: instant,
});
export type ConsentInput = z.output<typeof consentInput>;

export const consent = consentInput.omit({ customerId: true }).extend({
  proofId: id,
  agentName: z.string().nullable(),
  revokedAt: instant.nullable(),
});
export type Consent = z.output<typeof consent>;

/** A tag that the customer does not agree with; it counts nowhere until that is taken back. */
export const disputedFeeling = z.object({
  contactId: id,
  part: z.enum(['end', 'peak']),
  feeling,
  disputedAt: instant,
});
export type DisputedFeeling = z.output<typeof disputedFeeling>;

export const customerRights = z.object({
  objections: z.array(objection).max(100),
  consents: z.array(consent).max(100),
  disputed: z.array(disputedFeeling).max(400),
});
export type CustomerRights = z.output<typeof customerRights>;

const cell = z.union([z.string(), z.number(), z.null()]);

export const accessReportHead = z.object({
  customerId: id,
  madeAt: instant,
  name: z.string(),
  consents: z.array(consent),
  /** Recordings that can still be heard; they lie in files of their own. */
  recordings: count,
});
export type AccessReportHead = z.output<typeof accessReportHead>;

const reportSection = z.object({
  table: z.string(),
  rows: z.array(z.record(z.string(), cell)),
});

/** Everything that is stored about one customer: every table that names the person, row by row. */
export const accessReport = accessReportHead.extend({ sections: z.array(reportSection) });
export type AccessReport = z.output<typeof accessReport>;

/** What erasing would take and leave: counts of rows. */
export const erasurePreview = z.object({
  name: z.string(),
  contacts: count,
  calls: count,
  recordings: count,
  /** Consent proofs that stay, sealed. */
  proofs: count,
  /** Copies that are written anew without this person. */
  copies: count,
  onTheLine: z.boolean(),
});
export type ErasurePreview = z.output<typeof erasurePreview>;

export const erased = z.object({
  /** Rows taken or emptied, by table. */
  rows: z.record(z.string(), count),
  recordings: count,
  proofsKept: count,
  /** Copies that are being written anew; `data.work` says when that is done. */
  copies: count,
});
export type Erased = z.output<typeof erased>;

/** Months after which each class goes; null keeps it. */
export const retentionMonths = z.record(
  z.enum(RETENTION_CLASSES),
  z.int().min(1).max(1_200).nullable(),
);
export type RetentionMonths = z.output<typeof retentionMonths>;

/** The part of an organisation's policy that concerns retention; a class it leaves out may be set here. */
export const retentionPolicy = z.object({
  on: z.boolean().optional(),
  months: z
    .partialRecord(z.enum(RETENTION_CLASSES), z.int().min(1).max(1_200).nullable())
    .optional(),
});
export type RetentionPolicy = z.output<typeof retentionPolicy>;

export const retentionPreview = z.array(
  z.object({
    kind: z.enum(RETENTION_CLASSES),
    count,
    /** The oldest of them. */
    oldestAt: instant.nullable(),
  }),
);
export type RetentionPreview = z.output<typeof retentionPreview>;

export const backup = z.object({
  file: shortText,
  at: instant,
  bytes: count,
  /** Every copy is opened and checked before it gets its name, and once more before it comes back. */
  schemaVersion: count,
});
export type Backup = z.output<typeof backup>;

/** What goes on in the background with copies and searches, and how it ended last time. */
export const dataWork = z.object({
  running: z
    .object({
      kind: z.enum(['backup', 'check', 'rewrite', 'verify', 'preview', 'clean']),
      done: count,
      total: count,
    })
    .nullable(),
  backups: z.array(backup).max(200),
  backupBytesLimit: z.int().min(0),
  lastCheckAt: instant.nullable(),
  /** The last check found damage: the next start restores the newest sound copy. */
  damaged: z.boolean(),
  /** Why the last copy could not be made, until one was. */
  backupProblem: z.enum(['diskFull', 'readOnly', 'damaged', 'other']).nullable(),
  /** Erasures that older copies still wait for. */
  copiesToRewrite: count,
  quarantined: count,
});
export type DataWork = z.output<typeof dataWork>;

export const sealedProof = z.object({
  proofId: id,
  kind: z.enum(['given', 'revoked']),
  at: instant,
  sealedAt: instant,
  keptUntil: instant,
});
export type SealedProof = z.output<typeof sealedProof>;

export const rightsProcedures = {
  ofCustomer: procedure.input(ofCustomer).output(customerRights),
  object: procedure
    .input(
      ofCustomer.extend({
        kind: z.enum(OBJECTION_KINDS),
        at: instant,
        manner,
        note: z.string().trim().max(1_000).nullable().default(null),
      }),
    )
    .output(objection),
  withdrawObjection: procedure.input(z.object({ objectionId: id })).output(nothing),
  /** The customer disagrees with what was tagged, or no longer does. */
  dispute: procedure
    .input(z.object({ contactId: id, part: z.enum(['end', 'peak']), disputed: z.boolean() }))
    .output(nothing),
  recordConsent: procedure.input(consentInput).output(consent),
  revokeConsent: procedure.input(z.object({ proofId: id, at: instant, manner })).output(nothing),
  /** Goes through the chain of proofs; `brokenAt` is the first entry that does not fit. */
  verifyProofs: procedure
    .input(nothing.default({}))
    .output(z.object({ count, brokenAt: z.int().nullable() })),
  sealedProofs: procedure.input(nothing.default({})).output(z.array(sealedProof).max(500)),
  /** Opens what is kept after an erasure; the reason is logged. */
  unseal: procedure
    .input(z.object({ proofId: id, reason: z.string().trim().min(5).max(500) }))
    .output(z.array(consent).max(20)),
  /**
   * Everything stored about a customer, in pieces, so that a long one keeps nobody waiting: the first call
   * begins it and answers the head; those that name it answer a section each, of which a table may have
   * several, until null.
   */
  accessReportPiece: procedure.input(ofCustomer.extend({ reportId: id.optional() })).output(
    z.object({
      reportId: id,
      head: accessReportHead.nullable(),
      section: reportSection.nullable(),
    }),
  ),
  erasurePreview: procedure.input(ofCustomer).output(erasurePreview),
  /** Cannot be undone. Refused with ERASE_REFUSED while the customer is on the line. */
  erase: procedure.input(ofCustomer).output(erased),
  retention: procedure.input(nothing.default({})).output(
    z.object({
      on: z.boolean(),
      months: retentionMonths,
      ordered: z.array(z.enum(RETENTION_CLASSES)),
      onOrdered: z.boolean(),
    }),
  ),
  previewRetention: procedure
    .input(z.object({ months: retentionMonths }))
    /** Not `ready` while a large book is still being counted: ask again. */
    .output(z.object({ ready: z.boolean(), classes: retentionPreview })),
};

export const dataProcedures = {
  work: procedure.input(nothing.default({})).output(dataWork),
  backUpNow: procedure.input(nothing.default({})).output(nothing),
  /** Looks the whole database over now. */
  check: procedure.input(nothing.default({})).output(nothing),
  /** Checks the copy, then starts the desk anew with it. Refused with BUSY in a call. */
  restore: procedure.input(z.object({ file: shortText })).output(nothing),
};
