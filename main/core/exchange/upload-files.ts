// Files on their way in lie in the data folder, each chunk under the file's own key by AES-256-GCM, so
// that a file of customers is never readable there, and are removed when they have been imported.
import {
  appendFileSync,
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  statfsSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { CHUNK_OVERHEAD_BYTES, openedChunk, sealedChunk } from '../recordings/chunk-cipher.ts';

/** Every chunk but the last has this length before it is sealed. */
export const CHUNK_BYTES = 512 * 1024;

/** Makes the folder, for this user only. */
export function uploadFilesIn(folder: string) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const pathOf = (id: string) => join(folder, `${id}.part`);

  return {
    create: (id: string): void => writeFileSync(pathOf(id), '', { mode: 0o600 }),
    /** Takes away what a crash left behind the acknowledged chunks, and writes the next one. */
    append(id: string, key: Uint8Array, position: number, plain: Uint8Array): void {
      const start = position * (CHUNK_BYTES + CHUNK_OVERHEAD_BYTES);
      if (statSync(pathOf(id)).size > start) truncateSync(pathOf(id), start);
      appendFileSync(pathOf(id), sealedChunk(plain, key, { recordingId: id, position }));
    },
    /** The chunk as it came; null behind the last one and where the file is damaged or gone. */
    read(id: string, key: Uint8Array, position: number): Buffer | null {
      const sealed = Buffer.alloc(CHUNK_BYTES + CHUNK_OVERHEAD_BYTES);
      const file = opened(pathOf(id));
      if (file === null) return null;
      try {
        const length = readSync(file, sealed, 0, sealed.length, position * sealed.length);
        return openedChunk(sealed.subarray(0, length), key, { recordingId: id, position });
      } finally {
        closeSync(file);
      }
    },
    remove: (id: string): void => rmSync(pathOf(id), { force: true }),
    list: (): string[] =>
      readdirSync(folder).flatMap((name) => (name.endsWith('.part') ? [name.slice(0, -5)] : [])),
    freeBytes(): number {
      const { bavail, bsize } = statfsSync(folder);
      return bavail * bsize;
    },
  };
}

function opened(path: string): number | null {
  try {
    return openSync(path, 'r');
  } catch {
    return null;
  }
}
