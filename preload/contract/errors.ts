import { z } from 'zod';
import { wrapUpProblem } from './wrap-ups.ts';

/** Every way a procedure may refuse. Codes and data only: words are made where they are read. */
export const ERRORS = {
  /** The input does not fit its schema; nothing was changed. `path` names the fields. */
  BAD_INPUT: {
    data: z.object({
      issues: z.array(
        z.object({ path: z.array(z.union([z.string(), z.number()])), code: z.string() }),
      ),
    }),
  },
  NOT_FOUND: { data: z.object({ what: z.string(), id: z.string() }) },
  /** Somebody stored a newer draft; `revision` is the one in force. */
  STALE: { data: z.object({ revision: z.int() }) },
  /** An event of this call arrived out of order, or contradicts what is stored. */
  CALL_EVENT_REFUSED: {
    data: z.object({
      callId: z.string(),
      seq: z.int(),
      reason: z.enum(['gap', 'contradiction', 'callEnded', 'noBeginning']),
    }),
  },
  WRAP_UP_INCOMPLETE: { data: z.object({ problems: z.array(wrapUpProblem) }) },
  RECORDING_REFUSED: {
    data: z.object({
      reason: z.enum(['notAllowed', 'consentMissing', 'callOver', 'closed', 'gap']),
    }),
  },
  /** Two records cannot be merged, or a merge cannot be undone now; nothing was changed. */
  MERGE_REFUSED: {
    data: z.object({ reason: z.enum(['sameRecord', 'undoneAlready', 'laterMerge']) }),
  },
  /** A file or an import that cannot be done as asked; nothing was changed. */
  EXCHANGE_REFUSED: {
    data: z.object({
      reason: z.enum([
        'unreadable',
        'incomplete',
        'gap',
        'tooLarge',
        'mappingMissing',
        'mappingUnknown',
        'alreadyRunning',
        'fileGone',
        'nothingToUndo',
      ]),
    }),
  },
  /** The customer was not erased; nothing was changed. */
  ERASE_REFUSED: { data: z.object({ reason: z.enum(['onTheLine']) }) },
  DESK_OPEN_ELSEWHERE: { data: z.object({ since: z.int() }) },
  NO_ACCOUNT: { data: z.object({}) },
  BUSY: { data: z.object({ with: z.string() }) },
  /** The disk is full or the folder cannot be written; nothing was changed. */
  STORAGE: {
    data: z.object({
      reason: z.enum(['diskFull', 'readOnly', 'keyUnavailable', 'damaged', 'other']),
    }),
  },
} as const;
export type ErrorCode = keyof typeof ERRORS;
