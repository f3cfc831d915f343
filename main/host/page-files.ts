// Finds the file of the built page that an address names, and never one outside its folder. Shared by
// the app: scheme and the loopback host.
import { isAbsolute, join, relative, resolve } from 'node:path';

const MEDIA_TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  map: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
  wasm: 'application/wasm',
  ogg: 'audio/ogg',
  wav: 'audio/wav',
};

export interface PageFile {
  path: string;
  mediaType: string;
  /** The page itself, which carries the nonce; everything else is the same for ever. */
  isPage: boolean;
}

/**
 * @param folder absolute folder of the built page
 * @param pathname the path part of the address, still percent-encoded
 * @returns null for what is malformed, outside the folder or of no served kind
 */
export function pageFileFor(folder: string, pathname: string): PageFile | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  if (decoded.includes('\0') || decoded.includes('\\')) return null;
  const wanted = decoded === '/' || decoded === '' ? 'index.html' : decoded.replace(/^\/+/, '');
  const path = resolve(join(folder, wanted));
  const inside = relative(folder, path);
  if (inside === '' || inside.startsWith('..') || isAbsolute(inside)) return null;
  const ending = /\.([a-z0-9]+)$/.exec(path)?.[1] ?? '';
  const mediaType = MEDIA_TYPES[ending];
  return mediaType === undefined ? null : { path, mediaType, isPage: inside === 'index.html' };
}
