// Sends a file to core piece by piece, so that neither side ever holds the whole of it.
import type { Core } from '../../core-client/core.ts';
import { base64From } from '../../phone/recording/recording-keeper.ts';

/** Core takes chunks of exactly this length; only the last may be shorter. */
const CHUNK_BYTES = 512 * 1024;

/** Answers the file's id in core, or null when `signal` was aborted. Rejects with a CoreError. */
export async function sendFile(
  core: Core,
  file: File,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<string | null> {
  const { fileId } = await core.exchange.begin({
    fileName: file.name || 'import',
    bytes: file.size,
  });
  try {
    for (let index = 0; index * CHUNK_BYTES < file.size; index += 1) {
      if (signal.aborted) break;
      const piece = file.slice(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES);
      const chunk = base64From(new Uint8Array(await piece.arrayBuffer()));
      await core.exchange.append({ fileId, index, chunk });
      onProgress(Math.min(1, ((index + 1) * CHUNK_BYTES) / file.size));
    }
    if (!signal.aborted) return fileId;
    await core.exchange.discard({ fileId });
    return null;
  } catch (error) {
    // What is left of it goes at core's next start at the latest.
    void core.exchange.discard({ fileId }).catch(() => undefined);
    throw error;
  }
}
