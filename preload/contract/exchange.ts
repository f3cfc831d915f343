// Import and export: what is brought into the book from files, and what is given back.
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { ERRORS } from './errors.ts';
import { cursor, id, instant, shortText } from './shapes.ts';
import {
  EXCHANGE_FORMATS,
  IMPORT_FIELDS,
  IMPORT_KINDS,
  IMPORT_POLICIES,
  IMPORT_STATES,
  REJECT_REASONS,
  SKIP_REASONS,
  TEXT_ENCODINGS,
} from './exchange-words.ts';

const procedure = oc.errors(ERRORS);
const nothing = z.object({});

/** What a column becomes: a field, a field of one's own as `custom.<key>`, or null for nothing. */
export const importTarget = z.union([
  z.enum(IMPORT_FIELDS),
  z.custom<`custom.${string}`>(
    (text) => typeof text === 'string' && /^custom\.[a-z][a-z0-9_]{0,49}$/.test(text),
    'target',
  ),
]);
export type ImportTarget = z.output<typeof importTarget>;

/** One target for each column of the file, in the file's order. */
export const importMapping = z.array(importTarget.nullable()).max(1_000);
export type ImportMapping = z.output<typeof importMapping>;

/** How a file is read; what is left out is found out from the file. */
export const importReading = z.object({
  kind: z.enum(IMPORT_KINDS).default('customers'),
  format: z.enum(EXCHANGE_FORMATS).optional(),
  encoding: z.enum(TEXT_ENCODINGS).optional(),
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
  /** Whether the first row names the columns. */
  header: z.boolean().optional(),
  mapping: importMapping.optional(),
  /** Name of a stored mapping that is to be used. */
  mappingName: z.string().trim().min(1).max(100).optional(),
  /** Which of 03/04/2026 is the day. */
  dayFirst: z.boolean().optional(),
});
export type ImportReading = Partial<z.output<typeof importReading>>;

export const importColumn = z.object({
  /** As the header says, or empty. */
  name: z.string(),
  target: importTarget.nullable(),
  /** Of the first rows, shortened. */
  samples: z.array(z.string()).max(3),
});

/** What one of the first rows would become. */
export const previewRow = z.object({
  line: z.int(),
  outcome: z.enum(['created', 'updated', 'skipped', 'rejected']),
  reason: z.enum([...REJECT_REASONS, ...SKIP_REASONS]).nullable(),
  field: z.string().nullable(),
  /** Name of the customer; for what happened, of whom it is about, as far as the row says. */
  name: z.string().nullable(),
  company: z.string().nullable(),
  numbers: z.array(z.string()).max(20),
  emails: z.array(z.string()).max(20),
  at: instant.nullable(),
  text: z.string().nullable(),
});
export type PreviewRow = z.output<typeof previewRow>;

export const importPreview = z.object({
  fileId: id,
  fileName: z.string(),
  bytes: z.int(),
  /** Set when the file cannot be imported at all. */
  unreadable: z.enum(['empty', 'notText', 'spreadsheet', 'noCards', 'noRows']).nullable(),
  kind: z.enum(IMPORT_KINDS),
  format: z.enum(EXCHANGE_FORMATS),
  encoding: z.enum(TEXT_ENCODINGS),
  delimiter: z.enum([',', ';', '\t', '|']),
  header: z.boolean(),
  dayFirst: z.boolean(),
  columns: z.array(importColumn).max(1_000),
  /** Where the mapping comes from: one stored for such a file, or the names of the columns. */
  mappedBy: z.enum(['stored', 'names', 'hand']),
  mappingName: z.string().nullable(),
  rows: z.array(previewRow).max(20),
  /** Targets that the kind needs and that no column becomes; any one of each list will do. */
  missing: z.array(z.array(z.enum(IMPORT_FIELDS))).max(5),
});
export type ImportPreview = z.output<typeof importPreview>;

export const importStatus = z.object({
  id,
  kind: z.enum(IMPORT_KINDS),
  format: z.enum(EXCHANGE_FORMATS),
  fileName: z.string(),
  dryRun: z.boolean(),
  policy: z.enum(IMPORT_POLICIES),
  state: z.enum(IMPORT_STATES),
  /** Rows read so far; each was accepted or rejected. */
  rows: z.int(),
  /** Created, updated or skipped as known already. */
  accepted: z.int(),
  rejected: z.int(),
  created: z.int(),
  updated: z.int(),
  skipped: z.int(),
  /** How many were skipped for which reason. */
  skippedFor: z.partialRecord(z.enum(SKIP_REASONS), z.int()),
  rejectedFor: z.partialRecord(z.enum(REJECT_REASONS), z.int()),
  /** 0–1 of the file, or of what is to be undone. */
  progress: z.number().min(0).max(1),
  /** Why it ended early. */
  problem: z.enum(['nothingFits', 'storage', 'fileGone', 'failed']).nullable(),
  /** What an undo took back, and what it had to leave. */
  undone: z
    .object({
      removed: z.int(),
      setBack: z.int(),
      kept: z.int(),
      keptExamples: z
        .array(
          z.object({
            customerId: id,
            name: z.string(),
            reason: z.enum(['usedSince', 'changedSince']),
          }),
        )
        .max(50),
    })
    .nullable(),
  /** Whether the file is still there: for a start after a dry run, or to go on. */
  fileId: id.nullable(),
  startedAt: instant,
  endedAt: instant.nullable(),
});
export type ImportStatus = z.output<typeof importStatus>;

export const rejectedRow = z.object({
  line: z.int(),
  reason: z.enum(REJECT_REASONS),
  field: z.string().nullable(),
  /** Beginning of the row as it stands in the file. */
  text: z.string(),
});

export const skippedRow = z.object({
  line: z.int(),
  reason: z.enum(SKIP_REASONS),
  customerId: id.nullable(),
  customerName: z.string().nullable(),
});

const pages = { importId: id, cursor: z.int().min(0).default(0) };

export const exchangeProcedures = {
  /** A file comes in pieces, in order: begin, append …, then preview and start. */
  begin: procedure
    .input(z.object({ fileName: z.string().trim().min(1).max(300), bytes: z.int().min(0) }))
    .output(z.object({ fileId: id })),
  /** Appends a chunk in base64; `index` rises from 0, repeating one is harmless. */
  append: procedure
    .input(
      z.object({
        fileId: id,
        index: z.int().min(0).max(1_000_000),
        chunk: z.base64().max(700_000),
      }),
    )
    .output(z.object({ bytes: z.int() })),
  /** Takes a file away that is not imported after all. */
  discard: procedure.input(z.object({ fileId: id })).output(nothing),
  preview: procedure
    .input(
      z.object({
        fileId: id,
        reading: importReading.prefault({}),
        policy: z.enum(IMPORT_POLICIES).default('skip'),
      }),
    )
    .output(importPreview),
  /** Begins; the status tells how it goes. `saveAs` keeps the mapping under that name. */
  start: procedure
    .input(
      z.object({
        fileId: id,
        reading: importReading.prefault({}),
        policy: z.enum(IMPORT_POLICIES).default('skip'),
        dryRun: z.boolean().default(false),
        saveAs: z.string().trim().min(1).max(100).optional(),
      }),
    )
    .output(importStatus),
  status: procedure.input(z.object({ importId: id })).output(importStatus),
  /** The newest first, without dry runs. */
  imports: procedure.input(nothing.default({})).output(z.array(importStatus).max(50)),
  cancel: procedure.input(z.object({ importId: id })).output(importStatus),
  /** Goes on with one that was interrupted, or with its undoing. */
  resume: procedure.input(z.object({ importId: id })).output(importStatus),
  /** Takes back all that the import did, as far as nobody has worked with it since. */
  undo: procedure.input(z.object({ importId: id })).output(importStatus),
  rejected: procedure
    .input(z.object(pages))
    .output(z.object({ rows: z.array(rejectedRow).max(100), next: z.int().nullable() })),
  skipped: procedure
    .input(z.object(pages))
    .output(z.object({ rows: z.array(skippedRow).max(100), next: z.int().nullable() })),
  /**
   * The rejected rows as a CSV file in the columns of the original, piece by piece, with the reason in
   * a column of its own; mended, it can be imported. The words are the window's.
   */
  rejectFile: procedure
    .input(
      z.object({
        ...pages,
        reasonColumn: shortText,
        words: z.partialRecord(z.enum(REJECT_REASONS), shortText),
      }),
    )
    .output(z.object({ text: z.string(), next: z.int().nullable() })),
  mappings: procedure
    .input(nothing.default({}))
    .output(z.array(z.object({ name: z.string(), kind: z.enum(IMPORT_KINDS) })).max(200)),
  forgetMapping: procedure.input(z.object({ name: z.string().max(100) })).output(nothing),
  /** The whole book, piece by piece; `next` is null after the last. */
  exportPiece: procedure
    .input(
      z.object({
        format: z.enum(['csv', 'vcard', 'json']),
        delimiter: z.enum([',', ';', '\t']).default(','),
        cursor: cursor.optional(),
      }),
    )
    .output(
      z.object({
        text: z.string(),
        next: cursor.nullable(),
        done: z.int(),
        total: z.int(),
      }),
    ),
};
