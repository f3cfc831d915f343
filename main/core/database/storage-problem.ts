// What SQLite's and the file system's errors mean for the desk.
import type { CoreFailure } from '../../../preload/contract/host.ts';
import type { RefusalData } from '../refusal.ts';

export type StorageReason = RefusalData<'STORAGE'>['reason'];

/** Core cannot start; `reason` is for the host, `message` for its log. */
export class StartFailure extends Error {
  readonly reason: CoreFailure;

  constructor(reason: CoreFailure, detail: string) {
    super(detail);
    this.name = 'StartFailure';
    this.reason = reason;
  }
}

/** The reason when `error` is one of storage, else null. */
export function storageReasonOf(error: unknown): StorageReason | null {
  const code = codeOf(error);
  if (code === null) return null;
  // Where the shared memory of the write-ahead log finds no room, the disk is full as well.
  if (/^SQLITE_(FULL|IOERR_SHMSIZE)/.test(code) || code === 'ENOSPC' || code === 'EDQUOT')
    return 'diskFull';
  if (/^SQLITE_(READONLY|CANTOPEN|PERM)/.test(code) || /^(EACCES|EPERM|EROFS)$/.test(code))
    return 'readOnly';
  if (isDamage(error)) return 'damaged';
  return /^SQLITE_(IOERR|BUSY|LOCKED|NOMEM)/.test(code) || code === 'EIO' ? 'other' : null;
}

/** The file's contents are not what SQLite wrote; with the right key that means damage. */
export function isDamage(error: unknown): boolean {
  return /^SQLITE_(CORRUPT|NOTADB)/.test(codeOf(error) ?? '');
}

/** Turns an error at start into what the host is told. */
export function startFailureFrom(error: unknown): StartFailure {
  if (error instanceof StartFailure) return error;
  const reason = storageReasonOf(error);
  const detail = error instanceof Error ? error.message : String(error);
  return new StartFailure(
    reason === 'diskFull' || reason === 'readOnly' ? reason : 'other',
    detail,
  );
}

/** SQLite's or the system's name of an error. */
export function codeOf(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' ? code : null;
}
