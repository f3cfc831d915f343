// Takes files in piece by piece, keeps them sealed, and gives them to those who read them.
import type { DeskDatabase } from '../database/desk-database.ts';
import { badInput, Refusal } from '../refusal.ts';
import { newRecordingKey, wrappedKey } from '../recordings/chunk-cipher.ts';
import { utf8Watch } from './text-encoding.ts';
import { CHUNK_BYTES, uploadFilesIn } from './upload-files.ts';
import { uploadedFiles, type UploadedFilesDependencies } from './uploaded-files.ts';

interface UploadsDependencies extends UploadedFilesDependencies {
  database: DeskDatabase;
  now: () => number;
  newId: () => string;
}

const LARGEST_BYTES = 4 * 1024 ** 3;
/** Left free for the database, which grows by what is imported. */
const LEAST_FREE_BYTES = 64 * 1024 ** 2;
const DAY_MS = 86_400_000;

export type Uploads = ReturnType<typeof createUploads>;

export function createUploads(dependencies: UploadsDependencies) {
  const { database, store, folder, wrappingKey, now, newId } = dependencies;
  const files = uploadFilesIn(folder);
  const uploaded = uploadedFiles(dependencies);
  const { found, keyOf } = uploaded;
  const watches = new Map<string, (bytes: Uint8Array) => boolean>();

  function remove(fileId: string): void {
    watches.delete(fileId);
    uploaded.remove(fileId);
  }

  function removeLeftOver(before: number): void {
    for (const id of store.filesLeftOver(before)) remove(id);
  }

  // What no import goes on with is of no use to a new core.
  removeLeftOver(Number.MAX_SAFE_INTEGER);
  for (const id of files.list()) if (!store.file(id)) files.remove(id);

  return {
    begin(name: string, bytes: number): string {
      removeLeftOver(now() - DAY_MS);
      if (bytes > LARGEST_BYTES) throw new Refusal('EXCHANGE_REFUSED', { reason: 'tooLarge' });
      if (files.freeBytes() < bytes + LEAST_FREE_BYTES)
        throw new Refusal('STORAGE', { reason: 'diskFull' });
      const id = newId();
      files.create(id);
      const key = wrappedKey(newRecordingKey(), wrappingKey, id);
      database.transaction(() => store.addFile({ id, name, bytes, wrappedKey: key, at: now() }));
      watches.set(id, utf8Watch());
      return id;
    },

    /** Every chunk but the last has CHUNK_BYTES. Repeating one is harmless. Answers the bytes so far. */
    append(fileId: string, index: number, chunk: Uint8Array): number {
      const row = found(fileId);
      const key = keyOf(row);
      if (index < row.chunk_count) {
        const stored = files.read(fileId, key, index);
        if (stored && !stored.equals(chunk)) throw badInput(['chunk'], 'contradiction');
        return row.bytes;
      }
      const whole = row.bytes === row.chunk_count * CHUNK_BYTES;
      if (index > row.chunk_count || !whole)
        throw new Refusal('EXCHANGE_REFUSED', { reason: 'gap' });
      const bytes = row.bytes + chunk.length;
      const tooMany =
        chunk.length > CHUNK_BYTES || bytes > Math.min(row.expected_bytes, LARGEST_BYTES);
      if (tooMany) throw new Refusal('EXCHANGE_REFUSED', { reason: 'tooLarge' });
      const watch = watches.get(fileId);
      const utf8 = row.utf8 === 1 && watch !== undefined && watch(chunk);
      files.append(fileId, key, index, chunk);
      database.transaction(() => store.growFile(fileId, chunk.length, utf8));
      return bytes;
    },

    /** The same for a file whose length nobody knew before. */
    appendStreamed(fileId: string, index: number, chunk: Uint8Array): void {
      store.expectBytes(fileId, found(fileId).bytes + chunk.length);
      this.append(fileId, index, chunk);
    },

    open: uploaded.open,
    remove,
  };
}
