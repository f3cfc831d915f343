// Files that were taken in, for those who read them.
import { Refusal } from '../refusal.ts';
import { unwrappedKey } from '../recordings/chunk-cipher.ts';
import type { FileRow, ImportStore } from './import-store.ts';
import { uploadFilesIn } from './upload-files.ts';

export interface UploadedFilesDependencies {
  store: ImportStore;
  /** Folder of the sealed files. */
  folder: string;
  wrappingKey: Uint8Array;
}

export interface UploadedFile {
  id: string;
  name: string;
  bytes: number;
  /** Whether all of it is UTF-8. */
  utf8: boolean;
  /** Read when asked for. Throws EXCHANGE_REFUSED when the file is damaged or gone. */
  chunks(): Iterable<Uint8Array>;
}

export function uploadedFiles({ store, folder, wrappingKey }: UploadedFilesDependencies) {
  const files = uploadFilesIn(folder);

  function found(fileId: string): FileRow {
    const row = store.file(fileId);
    if (!row) throw new Refusal('NOT_FOUND', { what: 'file', id: fileId });
    return row;
  }

  function keyOf(row: FileRow): Uint8Array {
    const key = unwrappedKey(row.wrapped_key, wrappingKey, row.id);
    if (!key) throw new Refusal('EXCHANGE_REFUSED', { reason: 'fileGone' });
    return key;
  }

  return {
    ...{ found, keyOf },

    /** Refused while the file is not all there. */
    open(fileId: string): UploadedFile {
      const row = found(fileId);
      if (row.bytes !== row.expected_bytes)
        throw new Refusal('EXCHANGE_REFUSED', { reason: 'incomplete' });
      const key = keyOf(row);
      return {
        id: fileId,
        name: row.name,
        bytes: row.bytes,
        utf8: row.utf8 === 1,
        *chunks() {
          for (let position = 0; position < row.chunk_count; position += 1) {
            const chunk = files.read(fileId, key, position);
            if (!chunk) throw new Refusal('EXCHANGE_REFUSED', { reason: 'fileGone' });
            yield chunk;
          }
        },
      };
    },

    remove(fileId: string): void {
      store.removeFile(fileId);
      files.remove(fileId);
    },
  };
}
