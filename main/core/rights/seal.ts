// What is kept for the law lies sealed (AES-256-GCM): search finds nothing in it, and a copy of the
// pages shows nothing.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** nonce | ciphertext | tag, bound to its place. */
export function sealed(text: string, key: Uint8Array, place: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(place));
  return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}

/** Null when it is not what was sealed with this key for this place. */
export function unsealed(bytes: Uint8Array, key: Uint8Array, place: string): string | null {
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return null;
  const tag = bytes.subarray(bytes.length - TAG_BYTES);
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  })
    .setAAD(Buffer.from(place))
    .setAuthTag(tag);
  try {
    const middle = bytes.subarray(NONCE_BYTES, bytes.length - TAG_BYTES);
    return Buffer.concat([decipher.update(middle), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}

/** What an entry of the chain says besides its body. */
export interface ChainedEntry {
  seq: number;
  proofId: string;
  kind: string;
  at: number;
  recordedAt: number;
  agentId: string;
  bodyHash: Uint8Array;
}

export const CHAIN_BEGIN: Uint8Array = new Uint8Array(32);

/** SHA-256 over the sum before and all that never changes in an entry. */
export function chainedHash(before: Uint8Array, entry: ChainedEntry): Buffer {
  const { seq, proofId, kind, at, recordedAt, agentId, bodyHash } = entry;
  return createHash('sha256')
    .update(before)
    .update(JSON.stringify([seq, proofId, kind, at, recordedAt, agentId]))
    .update(bodyHash)
    .digest();
}

export function hashOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
