// How a recording lies on the disk: each chunk under the recording's own key by AES-256-GCM, bound to
// its recording and its place, and chained to the one before by SHA-256.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What a chunk takes on the disk beyond what was recorded. */
export const CHUNK_OVERHEAD_BYTES = NONCE_BYTES + TAG_BYTES;

/** What the chain begins with. */
export const CHAIN_START: Uint8Array = new Uint8Array(32);

export function newRecordingKey(): Buffer {
  return randomBytes(KEY_BYTES);
}

/** nonce | ciphertext | tag */
function sealed(plain: Uint8Array, key: Uint8Array, bound: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(bound));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Null when the bytes are not what was sealed with this key for this place. */
function opened(bytes: Uint8Array, key: Uint8Array, bound: string): Buffer | null {
  if (bytes.length < CHUNK_OVERHEAD_BYTES) return null;
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const tag = bytes.subarray(bytes.length - TAG_BYTES);
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(bound))
    .setAuthTag(tag);
  try {
    const plain = decipher.update(bytes.subarray(NONCE_BYTES, bytes.length - TAG_BYTES));
    return Buffer.concat([plain, decipher.final()]);
  } catch {
    return null;
  }
}

/** Where a chunk belongs: its recording and its position, from 0. */
export interface ChunkPlace {
  recordingId: string;
  position: number;
}

const boundTo = ({ recordingId, position }: ChunkPlace) => `chunk ${recordingId} ${position}`;

export function sealedChunk(plain: Uint8Array, key: Uint8Array, place: ChunkPlace): Buffer {
  return sealed(plain, key, boundTo(place));
}

export function openedChunk(bytes: Uint8Array, key: Uint8Array, place: ChunkPlace): Buffer | null {
  return opened(bytes, key, boundTo(place));
}

/** The recording's key as it lies in the database. */
export function wrappedKey(key: Uint8Array, wrapping: Uint8Array, recordingId: string): Buffer {
  return sealed(key, wrapping, `key ${recordingId}`);
}

export function unwrappedKey(
  wrapped: Uint8Array,
  wrapping: Uint8Array,
  recordingId: string,
): Buffer | null {
  return opened(wrapped, wrapping, `key ${recordingId}`);
}

/** The chain's next sum, over the one before and the chunk as it lies on the disk. */
export function chainHash(before: Uint8Array, sealedBytes: Uint8Array): Buffer {
  return createHash('sha256').update(before).update(sealedBytes).digest();
}
