// Sends one delivery: resolves, judges every address, connects to a judged one, follows no redirect,
// waits for so long and reads so much. It never throws.
import { lookup as dnsLookup } from 'node:dns';
import { type ClientRequest, request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { isIP } from 'node:net';
import type { DeliveryProblem } from '../../../../preload/contract/api.ts';
import { mayReach } from './target-guard.ts';

export interface Outgoing {
  url: string;
  body: string;
  headers: Readonly<Record<string, string>>;
}

export type Sent = { status: number; problem: DeliveryProblem | null };
export type Unsent = { status: null; problem: DeliveryProblem };
export type Send = (outgoing: Outgoing) => Promise<Sent | Unsent>;

interface Resolved {
  address: string;
  family: number;
}

interface SenderOptions {
  allowPrivate: () => boolean;
  /** All addresses of a name; throws when there is none. */
  resolve?: (host: string) => Promise<Resolved[]>;
  withinMs?: number;
}

const WITHIN_MS = 10_000;
/** Nothing of an answer is used; more than this is not even read. */
const LARGEST_ANSWER_BYTES = 64 * 1024;

export function httpSender(options: SenderOptions): Send {
  const { allowPrivate, resolve = resolveAll, withinMs = WITHIN_MS } = options;

  return async (outgoing) => {
    const url = URL.parse(outgoing.url);
    if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) return refused;
    // The URL parser has already turned 0x7f.1, 017700000001 and 2130706433 into 127.0.0.1.
    const host = url.hostname.replace(/^\[|\]$/gu, '');
    let addresses: Resolved[];
    const overdue = AbortSignal.timeout(withinMs);
    try {
      addresses = isIP(host)
        ? [{ address: host, family: isIP(host) }]
        : await inTime(resolve(host), overdue);
    } catch {
      return { status: null, problem: overdue.aborted ? 'timeout' : 'nameUnknown' };
    }
    const [first] = addresses;
    if (!first || !addresses.every(({ address }) => mayReach(address, allowPrivate()))) {
      return refused;
    }
    // In the clear only within the house, and only where the policy lets us go there at all.
    if (url.protocol === 'http:' && addresses.some(({ address }) => mayReach(address, false))) {
      return refused;
    }
    return post(url, first, outgoing, overdue);
  };
}

const refused: Unsent = { status: null, problem: 'targetRefused' };

function inTime<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return Promise.race([
    work,
    new Promise<never>((_, reject) =>
      signal.addEventListener('abort', () => reject(new Error('overdue')), { once: true }),
    ),
  ]);
}

function post(
  url: URL,
  to: Resolved,
  { body, headers }: Outgoing,
  signal: AbortSignal,
): Promise<Sent | Unsent> {
  return new Promise((resolve) => {
    const make = url.protocol === 'https:' ? requestSecure : requestPlain;
    let request: ClientRequest;
    const end = (sent: Sent | Unsent) => {
      resolve(sent);
      request.destroy();
    };
    try {
      request = make(url, {
        method: 'POST',
        agent: false,
        signal,
        maxHeaderSize: 16 * 1024,
        // The address that was judged, whatever the name says by now.
        lookup: (_host, asked, answer) => {
          if (asked.all) answer(null, [to]);
          else answer(null, to.address, to.family);
        },
        headers: {
          ...headers,
          'content-type': 'application/json; charset=utf-8',
          'content-length': String(Buffer.byteLength(body)),
        },
      });
    } catch {
      resolve(refused);
      return;
    }
    request.on('error', (error) => end({ status: null, problem: problemOf(error, signal) }));
    request.on('response', (response) => {
      const status = response.statusCode ?? 0;
      let bytes = 0;
      response.on('error', (error) => end({ status: null, problem: problemOf(error, signal) }));
      response.on('data', (part: Buffer) => {
        bytes += part.length;
        if (bytes > LARGEST_ANSWER_BYTES) end({ status, problem: 'answerTooLarge' });
      });
      response.on('end', () => end({ status, problem: problemOfStatus(status) }));
    });
    request.end(body);
  });
}

function problemOfStatus(status: number): DeliveryProblem | null {
  if (status >= 200 && status < 300) return null;
  return status >= 300 && status < 400 ? 'redirect' : 'status';
}

function problemOf(error: Error, signal: AbortSignal): DeliveryProblem {
  if (signal.aborted) return 'timeout';
  const code = 'code' in error ? String(error.code) : '';
  return /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|EPROTO)/u.test(code)
    ? 'tls'
    : 'unreachable';
}

function resolveAll(host: string): Promise<Resolved[]> {
  return new Promise((resolve, reject) => {
    dnsLookup(host, { all: true, order: 'verbatim' }, (error, addresses) => {
      if (error) reject(error);
      else resolve(addresses);
    });
  });
}
