// Takes in a file whose length nobody knows before it is over.
import { CHUNK_BYTES } from './upload-files.ts';
import type { Uploads } from './uploads.ts';

export interface StreamedFile {
  fileName: string;
  chunks: AsyncIterable<Uint8Array>;
}

/** Answers the file's id; what came of one that breaks off is taken away. */
export async function takeStream(
  uploads: Uploads,
  { fileName, chunks }: StreamedFile,
): Promise<string> {
  const fileId = uploads.begin(fileName, 0);
  try {
    let index = 0;
    let waiting: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of chunks) {
      waiting.push(chunk);
      length += chunk.length;
      if (length < CHUNK_BYTES) continue;
      const all = Buffer.concat(waiting);
      let at = 0;
      for (; all.length - at >= CHUNK_BYTES; at += CHUNK_BYTES) {
        uploads.appendStreamed(fileId, index, all.subarray(at, at + CHUNK_BYTES));
        index += 1;
      }
      waiting = [all.subarray(at)];
      length = all.length - at;
    }
    if (length > 0) uploads.appendStreamed(fileId, index, Buffer.concat(waiting));
    return fileId;
  } catch (error) {
    uploads.remove(fileId);
    throw error;
  }
}
