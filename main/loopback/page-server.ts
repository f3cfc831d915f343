// Answers the browser: the page for who knows the token, its files for who has the page, the state of
// the host, and 403 for everyone else.
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { NONCE_PLACEHOLDER, pageHeaders } from '../host/content-security-policy.ts';
import { pageFileFor } from '../host/page-files.ts';
import { type Access, namesThisHost, sameSecret } from './access.ts';
import { bothLanguages, notBuilt } from './words.ts';

export interface PageServerOptions {
  access: Access;
  /** Folder of the built page. */
  pageFolder: string;
  port: () => number;
  connectSources: () => readonly string[];
  /** What `/host` answers. */
  state: () => object;
  /** Redeems a ticket for the page's address, once. */
  redeem: (ticket: string) => string | null;
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export function answerPages(options: PageServerOptions): Answer {
  return (request, response) => {
    answer(options, request, response).catch(() => {
      if (!response.headersSent) plain(response, 500, 'The desk cannot answer this.');
      else response.destroy();
    });
  };
}

async function answer(
  options: PageServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!namesThisHost(request.headers, options.port())) return refuse(response);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    return plain(response, 405, 'Only GET and HEAD.');
  }
  const [path, query] = splitQuery(request.url ?? '/');
  const asked = new URLSearchParams(query);
  if (path === '/favicon.ico') return empty(response, 204);
  if (path === '/open') {
    const url = options.redeem(asked.get('ticket') ?? '');
    if (url === null) return refuse(response);
    response.setHeader('Location', url);
    return empty(response, 303);
  }
  if (path === '/' || path === '/host') {
    if (!sameSecret(asked.get('token'), options.access.token)) return refuse(response);
    return path === '/' ? sendPage(options, response) : sendState(options, response);
  }
  const step = path.indexOf('/', 1);
  if (step < 0 || !sameSecret(path.slice(1, step), options.access.filesKey)) {
    return refuse(response);
  }
  return sendFile(options, path.slice(step + 1), response);
}

async function sendPage(options: PageServerOptions, response: ServerResponse): Promise<void> {
  let page: string;
  try {
    page = await readFile(join(options.pageFolder, 'index.html'), 'utf8');
  } catch {
    return plain(response, 500, bothLanguages(notBuilt));
  }
  const nonce = randomBytes(16).toString('base64url');
  const connectSources = [`ws://127.0.0.1:${options.port()}`, ...options.connectSources()];
  setHeaders(response, pageHeaders({ nonce, connectSources }));
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  // The policy follows the account, so the page must be asked for anew each time.
  const body = page.replaceAll(NONCE_PLACEHOLDER, nonce);
  send(response, 200, pageWithFilesKey(body, options.access.filesKey));
}

/** Leads the page's relative addresses to where its files are; theirs are relative to themselves. */
function pageWithFilesKey(page: string, filesKey: string): string {
  return page.replaceAll(/(\s(?:src|href)=")\.\//g, `$1/${filesKey}/`);
}

function sendState(options: PageServerOptions, response: ServerResponse): void {
  setHeaders(response, noPage);
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  send(response, 200, JSON.stringify(options.state()));
}

async function sendFile(
  options: PageServerOptions,
  path: string,
  response: ServerResponse,
): Promise<void> {
  const file = pageFileFor(options.pageFolder, path);
  // The page itself goes out with its nonce or not at all.
  const content = file && !file.isPage ? await readFile(file.path).catch(() => null) : null;
  if (!file || !content) return plain(response, 404, 'There is no such file.');
  // A worker is governed by the policy of its own script.
  setHeaders(response, pageHeaders({ nonce: null, connectSources: options.connectSources() }));
  response.setHeader('Content-Type', file.mediaType);
  // Names of built files carry a digest of their contents.
  const lasting = path.startsWith('assets/');
  response.setHeader(
    'Cache-Control',
    lasting ? 'private, max-age=31536000, immutable' : 'private, no-cache',
  );
  response.end(content);
}

function refuse(response: ServerResponse): void {
  plain(
    response,
    403,
    'This address needs the token that the start of the desk printed.\n' +
      'Zu dieser Adresse gehört das Token, das beim Start des Arbeitsplatzes ausgegeben wurde.\n',
  );
}

const noPage = pageHeaders({ nonce: null, connectSources: [] });

function plain(response: ServerResponse, status: number, text: string): void {
  setHeaders(response, noPage);
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  send(response, status, text);
}

function empty(response: ServerResponse, status: number): void {
  setHeaders(response, noPage);
  send(response, status, '');
}

function send(response: ServerResponse, status: number, body: string): void {
  response.setHeader('Cache-Control', 'no-store');
  response.statusCode = status;
  // Node leaves the body of an answer to HEAD out by itself.
  response.end(body);
}

function setHeaders(response: ServerResponse, headers: Record<string, string>): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

function splitQuery(address: string): [string, string] {
  const at = address.indexOf('?');
  return at < 0 ? [address, ''] : [address.slice(0, at), address.slice(at + 1)];
}
