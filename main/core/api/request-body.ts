// Reads a request's body within limits of size and time.
import type { IncomingMessage } from 'node:http';
import { ApiProblem } from './problem.ts';

export interface BodyLimits {
  largestBytes: number;
  withinMs: number;
}

/** The media type without parameters, in lower case; a body in another character set than UTF-8 is refused. */
export function mediaTypeOf(request: IncomingMessage): string {
  const [type = '', ...parameters] = (request.headers['content-type'] ?? '').split(';');
  for (const parameter of parameters) {
    const charset = /^\s*charset\s*=\s*"?([^"\s]+)"?\s*$/iu.exec(parameter)?.[1];
    if (charset !== undefined && !/^utf-?8$/iu.test(charset)) {
      throw new ApiProblem('unsupported-media-type', { detail: 'Only UTF-8 is read.' });
    }
  }
  return type.trim().toLowerCase();
}

/** Throws ApiProblem: too large, too slow, or broken off. */
export function readBody(
  request: IncomingMessage,
  { largestBytes, withinMs }: BodyLimits,
): Promise<Buffer> {
  const told = Number(request.headers['content-length'] ?? 0);
  if (told > largestBytes) return Promise.reject(new ApiProblem('body-too-large'));
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let bytes = 0;
    const timer = setTimeout(() => end(new ApiProblem('too-slow')), withinMs);
    const end = (problem: ApiProblem | null) => {
      clearTimeout(timer);
      request.off('data', take);
      request.off('end', whole);
      request.off('close', broken);
      if (problem) reject(problem);
      else resolve(Buffer.concat(parts));
    };
    const take = (part: Buffer) => {
      bytes += part.length;
      if (bytes > largestBytes) end(new ApiProblem('body-too-large'));
      else parts.push(part);
    };
    const whole = () => end(null);
    const broken = () => end(new ApiProblem('bad-request'));
    request.on('data', take);
    request.on('end', whole);
    request.on('close', broken);
  });
}

const strictly = new TextDecoder('utf-8', { fatal: true });

/** Throws ApiProblem when the bytes are no JSON in UTF-8. */
export function jsonFrom(bytes: Buffer): unknown {
  try {
    return JSON.parse(strictly.decode(bytes)) as unknown;
  } catch {
    throw new ApiProblem('invalid-json');
  }
}

interface PartLimits {
  largestBytes: number;
  idleMs: number;
  /** Who sends less than so much, bytes a second, once `graceMs` were waited for it, is cut off. */
  leastPerSecond?: number;
  graceMs?: number;
}

/** Slower than any network; a file of the largest size would take a fortnight. */
const LEAST_PER_SECOND = 2 * 1024;
const GRACE_MS = 30_000;

/**
 * The body piece by piece for who takes it in; ends with an error when nothing comes for `idleMs`, when
 * it trickles, or when there is more than `largestBytes`.
 */
export async function* bodyParts(
  request: IncomingMessage,
  limits: PartLimits,
): AsyncGenerator<Buffer, void, void> {
  const { largestBytes, idleMs, leastPerSecond = LEAST_PER_SECOND, graceMs = GRACE_MS } = limits;
  let bytes = 0;
  let waitedMs = 0;
  let since = performance.now();
  // Counts while we wait for the sender only, not while the importer is busy.
  const late = () => request.destroy(new ApiProblem('too-slow'));
  let timer = setTimeout(late, idleMs);
  try {
    for await (const part of request as AsyncIterable<Buffer>) {
      clearTimeout(timer);
      waitedMs += performance.now() - since;
      bytes += part.length;
      if (bytes > largestBytes) throw new ApiProblem('body-too-large');
      if (waitedMs > graceMs && bytes < (waitedMs / 1_000) * leastPerSecond) {
        throw new ApiProblem('too-slow');
      }
      yield part;
      since = performance.now();
      timer = setTimeout(late, idleMs);
    }
  } finally {
    clearTimeout(timer);
  }
}
