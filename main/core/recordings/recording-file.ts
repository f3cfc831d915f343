// One recording's file: sealed chunks one after another. Bytes that no row names are of no account:
// the next chunk is written over them.
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  statfsSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

const ENDING = '.rec';

export interface RecordingFiles {
  /** Makes an empty file for this user only, and has its name on the disk. */
  create(recordingId: string): void;
  /** On the disk when it returns; throws the system's error, and what was there before still counts. */
  write(recordingId: string, at: number, bytes: Uint8Array): void;
  /** Null when the file does not hold all of it. */
  read(recordingId: string, at: number, length: number): Buffer | null;
  /** Takes away what lies beyond `length`. */
  cut(recordingId: string, length: number): void;
  remove(recordingId: string): void;
  /** In bytes; 0 when there is none. */
  size(recordingId: string): number;
  /** The recordings that have a file. */
  list(): string[];
  /** Bytes that this user may still write. */
  free(): number;
}

export function recordingFilesIn(folder: string): RecordingFiles {
  const fileOf = (recordingId: string) => join(folder, recordingId + ENDING);

  function withFile<Result>(
    recordingId: string,
    flags: 'r' | 'r+' | 'w',
    work: (handle: number) => Result,
  ): Result {
    const handle = openSync(fileOf(recordingId), flags, 0o600);
    try {
      return work(handle);
    } finally {
      closeSync(handle);
    }
  }

  function write(recordingId: string, at: number, bytes: Uint8Array): void {
    withFile(recordingId, 'r+', (handle) => {
      for (let done = 0; done < bytes.length; ) {
        done += writeSync(handle, bytes, done, bytes.length - done, at + done);
      }
      fdatasyncSync(handle);
    });
  }

  function read(recordingId: string, at: number, length: number): Buffer | null {
    if (!existsSync(fileOf(recordingId))) return null;
    return withFile(recordingId, 'r', (handle) => {
      const bytes = Buffer.alloc(length);
      let done = 0;
      while (done < length) {
        const count = readSync(handle, bytes, done, length - done, at + done);
        if (count === 0) return null;
        done += count;
      }
      return bytes;
    });
  }

  return {
    create(recordingId) {
      withFile(recordingId, 'w', fsyncSync);
      syncFolder(folder);
    },
    write,
    read,
    cut: (recordingId, length) =>
      withFile(recordingId, 'r+', (handle) => ftruncateSync(handle, length)),
    remove: (recordingId) => rmSync(fileOf(recordingId), { force: true }),
    size: (recordingId) => statSync(fileOf(recordingId), { throwIfNoEntry: false })?.size ?? 0,
    list: () =>
      readdirSync(folder).flatMap((name) =>
        name.endsWith(ENDING) ? [name.slice(0, -ENDING.length)] : [],
      ),
    free() {
      const { bavail, bsize } = statfsSync(folder);
      return bavail * bsize;
    },
  };
}

/** A new name is on the disk only once its folder is; Windows has no such call and needs none. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
