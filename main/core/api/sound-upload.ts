// A sound that another program sends, with what it says of it: the file as the body and the words in
// the query, or both as a form (RFC 7578).
import type { IncomingMessage } from 'node:http';
import { ApiProblem } from './problem.ts';
import { mediaTypeOf, readBody } from './request-body.ts';
import { soundKindOf, type SoundType } from './sound-type.ts';

export const FORM = 'multipart/form-data';

/** Names under which sounds of the four kinds are sent; what it is, its first bytes say. */
export const SOUND_TYPES = [
  'audio/wav',
  'audio/x-wav',
  'audio/wave',
  'audio/vnd.wave',
  'audio/mpeg',
  'audio/mp3',
  'audio/ogg',
  'audio/opus',
  'application/ogg',
  'audio/webm',
  'application/octet-stream',
] as const;

/** The form's field that holds the file. */
export const SOUND_FIELD = 'audio';

export interface SentSound {
  sound: { type: SoundType; bytes: Uint8Array };
  /** The form's other fields, as they were sent. */
  fields: Record<string, string>;
}

/** What a form takes beside its file, bytes, and the parts it may have. */
export const FORM_OVERHEAD_BYTES = 128 * 1024;
const MOST_PARTS = 20;
/** A file of the largest size takes its time on a busy machine; who trickles is cut off. */
const WITHIN_MS = 30_000;
/** Files that are being read at the same time: each lies in memory. */
const MOST_AT_ONCE = 4;

/** Reads sounds of at most `largestBytes`. */
export function soundReader(largestBytes: number) {
  let reading = 0;

  /** Throws ApiProblem. */
  async function read(request: IncomingMessage): Promise<SentSound> {
    const form = mediaTypeOf(request) === FORM;
    const bytes = await readBody(request, {
      largestBytes: largestBytes + (form ? FORM_OVERHEAD_BYTES : 0),
      withinMs: WITHIN_MS,
    });
    if (!form) return { sound: sounded(bytes), fields: {} };
    const { file, fields } = await formFrom(bytes, request.headers['content-type'] ?? '');
    if (file.length > largestBytes) throw new ApiProblem('body-too-large');
    return { sound: sounded(file), fields };
  }

  return async (request: IncomingMessage): Promise<SentSound> => {
    if (reading >= MOST_AT_ONCE) {
      throw new ApiProblem('too-many-requests', {
        detail: `At most ${MOST_AT_ONCE} files are taken at the same time.`,
        headers: { 'retry-after': '1' },
      });
    }
    reading += 1;
    try {
      return await read(request);
    } finally {
      reading -= 1;
    }
  };
}

function sounded(bytes: Uint8Array): SentSound['sound'] {
  if (bytes.length === 0) {
    throw new ApiProblem('invalid-input', { errors: [{ path: SOUND_FIELD, code: 'required' }] });
  }
  const kind = soundKindOf(bytes);
  if ('type' in kind) return { type: kind.type, bytes };
  throw new ApiProblem('unsupported-media-type', {
    detail:
      kind.refused === 'coding'
        ? `The sound is coded as ${kind.coding ?? 'something'}, which the desk cannot play. Accepted: WAV (PCM, A-law, µ-law), MP3, Ogg (Opus, Vorbis), WebM.`
        : 'By its first bytes the file is no sound that the desk can play. Accepted: WAV (PCM, A-law, µ-law), MP3, Ogg (Opus, Vorbis), WebM.',
  });
}

/** Throws ApiProblem. */
async function formFrom(
  bytes: Buffer,
  contentType: string,
): Promise<{ file: Uint8Array; fields: Record<string, string> }> {
  requireFewParts(bytes, contentType);
  let form: FormData;
  try {
    const body = new Uint8Array(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength);
    form = await new Response(body, { headers: { 'content-type': contentType } }).formData();
  } catch {
    throw new ApiProblem('bad-request', { detail: 'The form cannot be read.' });
  }
  const fields: Record<string, string> = {};
  let file: Uint8Array | null = null;
  for (const [name, value] of form) {
    const repeated = name === SOUND_FIELD ? file !== null : Object.hasOwn(fields, name);
    const fits = name === SOUND_FIELD ? typeof value !== 'string' : typeof value === 'string';
    if (repeated || !fits) {
      throw new ApiProblem('invalid-input', {
        errors: [{ path: name.slice(0, 100), code: repeated ? 'repeated' : 'invalid_type' }],
      });
    }
    if (typeof value === 'string') {
      Object.defineProperty(fields, name, { value, enumerable: true });
    } else file = new Uint8Array(await value.arrayBuffer());
  }
  if (file === null) {
    throw new ApiProblem('invalid-input', { errors: [{ path: SOUND_FIELD, code: 'required' }] });
  }
  return { file, fields };
}

/** Hundreds of thousands of empty parts would keep the desk busy. */
function requireFewParts(bytes: Buffer, contentType: string): void {
  const match = /boundary\s*=\s*(?:"([^"]{1,70})"|([^\s;,"]{1,70}))/iu.exec(contentType);
  const boundary = match?.[1] ?? match?.[2];
  if (boundary === undefined) {
    throw new ApiProblem('bad-request', { detail: 'The form names no boundary.' });
  }
  const mark = `--${boundary}`;
  let count = 0;
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + mark.length)) {
    count += 1;
    if (count > MOST_PARTS + 1) {
      throw new ApiProblem('bad-request', { detail: `A form has ${MOST_PARTS} parts at most.` });
    }
  }
}
