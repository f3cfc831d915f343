// Digest authentication (RFC 3261 section 22, RFC 7616, RFC 8760): MD5 and SHA-256 with their -sess
// forms, qop none, auth and auth-int, and a nonce count that really counts.
import { md5 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

export interface DigestChallenge {
  realm: string;
  nonce: string;
  opaque: string | null;
  algorithm: DigestAlgorithm;
  qop: 'auth' | 'auth-int' | null;
}

export type DigestAlgorithm = 'MD5' | 'MD5-SESS' | 'SHA-256' | 'SHA-256-SESS';
/** Strongest first. */
const ALGORITHMS: readonly DigestAlgorithm[] = ['SHA-256', 'SHA-256-SESS', 'MD5', 'MD5-SESS'];

export interface DigestCredentials {
  user: string;
  password: string;
}

export interface DigestRequest {
  method: string;
  uri: string;
  body: string;
}

export function digestAlgorithm(name: string | undefined): DigestAlgorithm | null {
  const wanted = (name ?? 'MD5').toUpperCase();
  return ALGORITHMS.find((algorithm) => algorithm === wanted) ?? null;
}

/** The challenges of one header's value; several may stand in it, separated by commas (RFC 9110, 11.6.1). */
export function challengesIn(value: string): string[] {
  const scheme = /(?:^|,)\s*(?=[A-Za-z][\w-]*[ \t]+[\w-]+\s*=)/g;
  const bare = value.replace(/"(?:[^"\\]|\\.)*"/g, (quotedText) => '"'.repeat(quotedText.length));
  const starts = [...bare.matchAll(scheme)].map((match) => match.index + match[0].length);
  if (starts.length < 2) return [value.trim()];
  return starts.map((start, index) =>
    value
      .slice(start, starts[index + 1] ?? value.length)
      .replace(/[,\s]+$/, '')
      .trim(),
  );
}

/** Of several challenge header lines the one to answer; the first when none is understood. */
export function strongestChallenge(lines: readonly string[]): string | undefined {
  const ranked = lines
    .map((line) => {
      const name = /[\s,]algorithm\s*=\s*"?([A-Za-z0-9-]+)"?/i.exec(line)?.[1];
      const algorithm = digestAlgorithm(name);
      return { line, rank: algorithm === null ? ALGORITHMS.length : ALGORITHMS.indexOf(algorithm) };
    })
    .sort((a, b) => a.rank - b.rank);
  return ranked[0]?.line;
}

/** auth where it is offered, else auth-int, none for old servers; undefined when only unknown ones are. */
export function chooseQop(
  offered: readonly string[] | undefined,
): 'auth' | 'auth-int' | null | undefined {
  if (!offered || offered.length === 0) return null;
  const names = offered.flatMap((entry) => entry.toLowerCase().split(/[\s,]+/));
  if (names.includes('auth')) return 'auth';
  if (names.includes('auth-int')) return 'auth-int';
  return undefined;
}

/** The value of an Authorization header. `count` is how often this nonce has been used, from 1. */
export function digestAuthorization(
  challenge: DigestChallenge,
  credentials: DigestCredentials,
  request: DigestRequest,
  use: { count: number; cnonce: string },
): string {
  const { algorithm, realm, nonce, qop } = challenge;
  const hash = (text: string): string =>
    bytesToHex((algorithm.startsWith('MD5') ? md5 : sha256)(utf8ToBytes(text)));
  const nc = use.count.toString(16).padStart(8, '0');
  const plainHa1 = hash(`${credentials.user}:${realm}:${credentials.password}`);
  const ha1 = algorithm.endsWith('-SESS') ? hash(`${plainHa1}:${nonce}:${use.cnonce}`) : plainHa1;
  const ha2 = hash(
    qop === 'auth-int'
      ? `${request.method}:${request.uri}:${hash(request.body)}`
      : `${request.method}:${request.uri}`,
  );
  const response = hash(
    qop ? `${ha1}:${nonce}:${nc}:${use.cnonce}:${qop}:${ha2}` : `${ha1}:${nonce}:${ha2}`,
  );
  const named = algorithm.replace('SESS', 'sess');
  const parts = [
    `username=${quoted(credentials.user)}`,
    `realm=${quoted(realm)}`,
    `nonce=${quoted(nonce)}`,
    `uri=${quoted(request.uri)}`,
    `response="${response}"`,
    `algorithm=${named}`,
  ];
  if (challenge.opaque !== null) parts.push(`opaque=${quoted(challenge.opaque)}`);
  if (qop) parts.push(`qop=${qop}`, `nc=${nc}`);
  if (qop || algorithm.endsWith('-SESS')) parts.push(`cnonce="${use.cnonce}"`);
  return `Digest ${parts.join(', ')}`;
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
