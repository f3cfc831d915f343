// The API's HTTP server. Every program of the machine can reach the port, and so can every web page in
// a browser: each request must name the right host, come from no page, and carry a token. Headers,
// bodies, time and frequency are limited before anything of the desk is touched.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { z } from 'zod';
import { typedErrorFrom } from '../connection/typed-errors.ts';
import type { Now } from '../clock.ts';
import type { CoreLog } from '../log/core-log.ts';
import type { Bearer } from './api-tokens.ts';
import {
  ApiProblem,
  pathInWords,
  PROBLEM_TYPE,
  problemDocument,
  problemFromCode,
  PROBLEMS,
} from './problem.ts';
import { rateLimit } from './rate-limit.ts';
import { jsonFrom, mediaTypeOf, readBody } from './request-body.ts';
import { type Answer, findRoute, type JsonAnswer, type Route, type TextAnswer } from './route.ts';
import { tooMany } from './routes/calls-routes.ts';

export interface ApiServerOptions {
  routes: () => readonly Route[];
  bearerOf: (secret: string) => Bearer | null;
  now: Now;
  log: CoreLog;
  /** What a request has to wait for that names this; null when nothing. */
  settled?: (named: unknown) => Promise<void> | null;
  /** How long a JSON body may take to arrive, and headers, ms. */
  bodyWithinMs?: number;
  headersWithinMs?: number;
}

export interface ApiServer {
  /** Answers the port; throws what the system says when it is not free. */
  listen(port: number): Promise<number>;
  close(): Promise<void>;
}

const LARGEST_HEADERS_BYTES = 16 * 1024;
const LARGEST_BODY_BYTES = 1024 * 1024;
const MOST_CONNECTIONS = 100;
const JSON_TYPES = ['application/json', 'application/merge-patch+json'];

export function createApiServer(options: ApiServerOptions): ApiServer {
  const { routes, bearerOf, now, log, bodyWithinMs = 10_000, headersWithinMs = 10_000 } = options;
  const asked = rateLimit({ burst: 200, perSecond: 50 });
  const failed = rateLimit({ burst: 30, perSecond: 5 });
  let port = 0;

  const server: Server = createServer({
    maxHeaderSize: LARGEST_HEADERS_BYTES,
    headersTimeout: headersWithinMs,
    // A large file may take its time; each body has limits of its own.
    requestTimeout: 0,
    connectionsCheckingInterval: Math.min(1_000, headersWithinMs),
    keepAliveTimeout: 5_000,
  });
  server.maxConnections = MOST_CONNECTIONS;
  server.maxHeadersCount = 100;
  server.on('request', (request, response) => void answer(request, response));
  // Without this Node would ask for the body before we know who sends it.
  server.on('checkContinue', (request, response) => void answer(request, response));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) =>
    refuseBroken(error, socket as Socket),
  );
  server.on('connect', (_request, socket) => socket.destroy());

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    try {
      const found = await answerOf(request, response, gone.signal);
      if ('json' in found) await sendPieces(response, found.json, gone.signal);
      else send(response, found);
    } catch (error) {
      // Who has gone gets no answer.
      if (!gone.signal.aborted) refuse(request, response, problemOf(error, request));
    }
  }

  async function answerOf(
    request: IncomingMessage,
    response: ServerResponse,
    gone: AbortSignal,
  ): Promise<Answer> {
    requireOurHost(request, port);
    requireNoPage(request, port);
    const target = request.url ?? '';
    if (!target.startsWith('/')) throw new ApiProblem('bad-request');
    const cut = target.indexOf('?');
    const path = cut < 0 ? target : target.slice(0, cut);
    const method = request.method === 'HEAD' ? 'GET' : (request.method ?? '');
    const { found, allowed } = findRoute(routes(), method, path);
    if (!found) {
      if (allowed.length === 0) throw new ApiProblem('not-found');
      throw new ApiProblem('method-not-allowed', { headers: { allow: allowed.join(', ') } });
    }
    const { route } = found;
    const bearer = route.scope === null ? NOBODY : authenticated(request);
    if (route.scope !== null && !bearer.scopes.has(route.scope)) {
      throw new ApiProblem('forbidden', {
        detail: `The scope ${route.scope} is missing.`,
        headers: {
          'www-authenticate': `Bearer realm="Anklang", error="insufficient_scope", scope="${route.scope}"`,
        },
      });
    }
    const wait = asked.take(bearer.key, now());
    if (wait > 0) throw tooMany(wait);
    const params = parsed(route.params, found.params, 'not-found');
    const query = parsed(
      route.query,
      queryOf(cut < 0 ? '' : target.slice(cut + 1)),
      'invalid-input',
    );
    const body = await bodyFor(route, request, response);
    await options.settled?.([params, route.body === undefined ? null : body]);
    return route.handle({ params, query, body, bearer, gone, request } as never);
  }

  function authenticated(request: IncomingMessage): Bearer {
    const header = request.headers.authorization;
    const secret = header === undefined ? undefined : /^Bearer ([^\s]+)$/iu.exec(header)?.[1];
    const bearer = secret === undefined ? null : bearerOf(secret);
    if (bearer) return bearer;
    // Who guesses is slowed down; who knows a token never is.
    const wait = failed.take('all', now());
    if (wait > 0) throw tooMany(wait);
    const error = header === undefined ? '' : ', error="invalid_token"';
    throw new ApiProblem('unauthorized', {
      headers: { 'www-authenticate': `Bearer realm="Anklang"${error}` },
    });
  }

  async function bodyFor(
    route: Route,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<unknown> {
    if (route.body === undefined && route.stream === undefined) return undefined;
    const type = mediaTypeOf(request);
    const wanted = route.stream ?? JSON_TYPES;
    const encoding = request.headers['content-encoding'] ?? 'identity';
    if (!wanted.includes(type) || encoding !== 'identity') {
      throw new ApiProblem('unsupported-media-type', {
        detail: `Accepted here: ${wanted.join(', ')}.`,
        headers: { accept: wanted.join(', ') },
      });
    }
    const largestBytes = route.largestBytes ?? LARGEST_BODY_BYTES;
    if (Number(request.headers['content-length'] ?? 0) > largestBytes) {
      throw new ApiProblem('body-too-large');
    }
    if (request.headers.expect !== undefined) response.writeContinue();
    if (route.body === undefined) return undefined;
    const bytes = await readBody(request, { largestBytes, withinMs: bodyWithinMs });
    return parsed(route.body, jsonFrom(bytes), 'invalid-input');
  }

  function problemOf(error: unknown, request: IncomingMessage): ApiProblem {
    if (error instanceof ApiProblem) return error;
    // The path alone: a query may name a person.
    const where = `api ${request.method ?? ''} ${(request.url ?? '').split('?')[0] ?? ''}`;
    return problemFromCode(typedErrorFrom(error, where.slice(0, 100), log));
  }

  return {
    listen: (wanted) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(wanted, '127.0.0.1', () => {
          server.off('error', reject);
          ({ port } = server.address() as AddressInfo);
          resolve(port);
        });
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const NOBODY: Bearer = { key: 'nobody', name: '', scopes: new Set(), dialsDirectly: false };

/** A foreign name that resolves to 127.0.0.1 (DNS rebinding) comes with its own Host. */
function requireOurHost({ headers, headersDistinct }: IncomingMessage, port: number): void {
  if ((headersDistinct['host']?.length ?? 0) > 1) throw new ApiProblem('bad-request');
  if (headers.host !== `127.0.0.1:${port}` && headers.host !== `localhost:${port}`) {
    throw new ApiProblem('wrong-host');
  }
}

/** Browsers name the page that asks; only our own readable page may come from one. */
function requireNoPage({ headers }: IncomingMessage, port: number): void {
  const own = [`http://127.0.0.1:${port}`, `http://localhost:${port}`];
  const site = headers['sec-fetch-site'];
  const foreignOrigin = headers.origin !== undefined && !own.includes(headers.origin);
  if (foreignOrigin || site === 'cross-site' || site === 'same-site') {
    throw new ApiProblem('foreign-origin');
  }
}

/** Each name once. */
function queryOf(text: string): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    if (Object.hasOwn(query, name)) {
      throw new ApiProblem('invalid-input', {
        errors: [{ path: name.slice(0, 100), code: 'repeated' }],
      });
    }
    Object.defineProperty(query, name, { value, enumerable: true });
  }
  return query;
}

function parsed(
  schema: z.ZodType,
  value: unknown,
  otherwise: 'not-found' | 'invalid-input',
): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  if (otherwise === 'not-found') throw new ApiProblem('not-found');
  throw new ApiProblem('invalid-input', {
    errors: result.error.issues.slice(0, 50).map((issue) => ({
      path: pathInWords(issue.path),
      code: issue.code === 'custom' ? issue.message : issue.code,
    })),
  });
}

const FIXED_HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
};

const NO_PAGE = { 'content-security-policy': "default-src 'none'; frame-ancestors 'none'" };
const JSON_BODY = { 'content-type': 'application/json; charset=utf-8' };

/** Throws while nothing has left; what goes wrong later ends the connection, so that nobody takes a part for the whole. */
async function sendPieces(response: ServerResponse, json: Readable, gone: AbortSignal) {
  try {
    await once(json, 'readable', { signal: gone });
    response.writeHead(200, { ...FIXED_HEADERS, ...NO_PAGE, ...JSON_BODY });
    await pipeline(json, response);
  } finally {
    json.destroy();
  }
}

function send(response: ServerResponse, answer: JsonAnswer | TextAnswer): void {
  if (response.headersSent || response.destroyed) return;
  if ('text' in answer) {
    const style = answer.styleHash === undefined ? '' : ` style-src '${answer.styleHash}';`;
    response.writeHead(answer.status, {
      ...FIXED_HEADERS,
      'content-type': answer.mediaType,
      'content-security-policy': `default-src 'none';${style} frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
    });
    response.end(answer.text);
    return;
  }
  const { status, body, headers = {} } = answer;
  if (status === 204) {
    response.writeHead(status, { ...FIXED_HEADERS, ...NO_PAGE, ...headers }).end();
    return;
  }
  response.writeHead(status, { ...FIXED_HEADERS, ...NO_PAGE, ...JSON_BODY, ...headers });
  response.end(JSON.stringify(body));
}

function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  { problem, more }: ApiProblem,
): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  // What is left of the body is not waited for.
  const unread = !request.complete;
  response.writeHead(PROBLEMS[problem].status, {
    ...FIXED_HEADERS,
    'content-type': PROBLEM_TYPE,
    ...(unread ? { connection: 'close' } : {}),
    ...more.headers,
  });
  response.end(JSON.stringify(problemDocument(problem, more)), () => {
    if (unread) setTimeout(() => request.destroy(), 200).unref();
  });
  if (unread) request.resume();
}

/** What is no HTTP, or came too slowly, gets its answer by hand. */
function refuseBroken(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const problem =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? 'headers-too-large'
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? 'too-slow'
        : 'bad-request';
  const body = JSON.stringify(problemDocument(problem));
  const { status } = PROBLEMS[problem];
  socket.end(
    `HTTP/1.1 ${status} Refused\r\nContent-Type: ${PROBLEM_TYPE}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
    () => socket.destroy(),
  );
}
