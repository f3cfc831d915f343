// A recording's bytes: appended chunk by chunk, read back from any place as far as they are whole.
import {
  CHAIN_START,
  CHUNK_OVERHEAD_BYTES,
  chainHash,
  openedChunk,
  sealedChunk,
} from './chunk-cipher.ts';
import type { RecordingFiles } from './recording-file.ts';
import type { ChunkRow, RecordingRow, RecordingStore } from './recording-store.ts';

/** Base64 of this fits a frame. */
const MOST_BYTES = 512 * 1024;
const MOST_CHUNKS = 100;

/** Bytes from `offset`; `next` is null at the end of what is whole, and `whole` says where that is. */
export interface ReadBytes {
  bytes: Buffer;
  next: number | null;
  whole: number;
  damaged: boolean;
}

export function storedRecordings(store: RecordingStore, files: RecordingFiles) {
  /** The chunk's bytes when file, key and chain agree; else null. */
  function verified(row: RecordingRow, key: Uint8Array, chunk: ChunkRow): Buffer | null {
    const { position } = chunk;
    const length = chunk.bytes + CHUNK_OVERHEAD_BYTES;
    const sealed = files.read(row.id, sealedAt(chunk), length);
    if (!sealed) return null;
    const before = position === 0 ? CHAIN_START : store.chunk(row.id, position - 1)?.chain_hash;
    if (!before || !chainHash(before, sealed).equals(chunk.chain_hash)) return null;
    return openedChunk(sealed, key, { recordingId: row.id, position });
  }

  /** How many bytes the file still holds of those that were acknowledged. */
  function wholeBytes(row: RecordingRow): number {
    const size = files.size(row.id);
    if (size >= sealedBytes(row)) return row.bytes;
    const last = store
      .chunks(row.id)
      .findLast((chunk) => sealedAt(chunk) + chunk.bytes + CHUNK_OVERHEAD_BYTES <= size);
    return last ? last.first_byte + last.bytes : 0;
  }

  return {
    /** Writes the next chunk behind the others; answers the chain's next sum once it is on the disk. */
    append(row: RecordingRow, key: Uint8Array, plain: Uint8Array): Buffer {
      const position = row.chunk_count;
      const before = position === 0 ? CHAIN_START : store.chunk(row.id, position - 1)?.chain_hash;
      if (!before) throw new Error('a recording without its last chunk');
      const sealed = sealedChunk(plain, key, { recordingId: row.id, position });
      files.write(row.id, sealedBytes(row), sealed);
      return chainHash(before, sealed);
    },

    /** Whether `plain` is what is stored at `position`; null when that cannot be read. */
    holds(row: RecordingRow, key: Uint8Array, position: number, plain: Buffer): boolean | null {
      const chunk = store.chunk(row.id, position);
      const stored = chunk ? verified(row, key, chunk) : null;
      return stored && stored.equals(plain);
    },

    read(row: RecordingRow, key: Uint8Array, offset: number): ReadBytes {
      const whole = wholeBytes(row);
      const parts: Buffer[] = [];
      let length = 0;
      let damaged = whole < row.bytes;
      for (const chunk of store.chunksFrom(row.id, offset, MOST_CHUNKS)) {
        if (chunk.first_byte >= whole || length >= MOST_BYTES) break;
        const plain = verified(row, key, chunk);
        if (!plain) {
          damaged = true;
          const end = offset + length;
          return { bytes: Buffer.concat(parts), next: null, whole: Math.min(end, whole), damaged };
        }
        const from = Math.max(0, offset - chunk.first_byte);
        const part = plain.subarray(from, from + MOST_BYTES - length);
        parts.push(part);
        length += part.length;
      }
      const next = offset + length;
      return {
        bytes: Buffer.concat(parts),
        next: next < whole && length > 0 ? next : null,
        whole,
        damaged,
      };
    },

    /** Takes away what a crash left behind the last acknowledged chunk. */
    cutTail(row: RecordingRow): void {
      if (files.size(row.id) > sealedBytes(row)) files.cut(row.id, sealedBytes(row));
    },
  };
}

function sealedAt({ first_byte, position }: ChunkRow): number {
  return first_byte + position * CHUNK_OVERHEAD_BYTES;
}

function sealedBytes({ bytes, chunk_count }: RecordingRow): number {
  return bytes + chunk_count * CHUNK_OVERHEAD_BYTES;
}
