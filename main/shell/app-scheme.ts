// Serves the built page from app://anklang, with the same policy as every other host.
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Protocol } from 'electron';
import { NONCE_PLACEHOLDER, pageHeaders } from '../host/content-security-policy.ts';
import { pageFileFor } from '../host/page-files.ts';
import { APP_HOST, APP_SCHEME } from './origin.ts';

/** Must be called before the app is ready. */
export function registerAppScheme(protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
}

interface AppSchemeOptions {
  protocol: Pick<Protocol, 'handle'>;
  /** Absolute folder of the built page. */
  folder: string;
  /** Origins that the page may connect to, asked for at each page load. */
  connectSources: () => readonly string[];
}

export function setUpAppScheme(options: AppSchemeOptions): void {
  options.protocol.handle(APP_SCHEME, (request) => answerTo(request, options));
}

async function answerTo(request: Request, options: AppSchemeOptions): Promise<Response> {
  const url = URL.parse(request.url);
  if (!url || url.host !== APP_HOST) return new Response(null, { status: 404 });
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return new Response(null, { status: 405 });
  }
  const file = pageFileFor(options.folder, url.pathname);
  if (!file) return new Response(null, { status: 404 });
  let content: Buffer;
  try {
    content = await readFile(file.path);
  } catch {
    return new Response(null, { status: 404 });
  }
  const nonce = file.isPage ? randomBytes(16).toString('base64url') : null;
  const body =
    nonce === null
      ? new Uint8Array(content)
      : content.toString('utf8').replaceAll(NONCE_PLACEHOLDER, nonce);
  return new Response(body, {
    headers: {
      ...pageHeaders({ nonce, connectSources: options.connectSources() }),
      'content-type': file.mediaType,
      ...(nonce === null ? {} : { 'cache-control': 'no-store' }),
    },
  });
}
