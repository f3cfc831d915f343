// Keeps every window on our own page: no navigation, no new windows, no webviews. What belongs to the
// outside goes to the system's own programs, and only three kinds of it.
import type { App, Shell, WebContents } from 'electron';
import { isOwnPage } from './origin.ts';

const OUTSIDE_PROTOCOLS = new Set(['https:', 'mailto:', 'tel:']);

/** The address to hand to the system, or null when it must not leave the desk. */
export function outsideAddress(address: string): string | null {
  const url = URL.parse(address);
  if (!url || !OUTSIDE_PROTOCOLS.has(url.protocol)) return null;
  // Credentials inside a link are a way to disguise its target.
  if (url.username !== '' || url.password !== '') return null;
  return url.href;
}

export function setUpNavigation(app: Pick<App, 'on'>, shell: Pick<Shell, 'openExternal'>): void {
  app.on('web-contents-created', (_event, contents) => guardNavigation(contents, shell));
}

function guardNavigation(contents: WebContents, shell: Pick<Shell, 'openExternal'>): void {
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('will-navigate', (details) => {
    if (!isOwnPage(details.url)) details.preventDefault();
  });
  contents.on('will-redirect', (details) => {
    if (!isOwnPage(details.url)) details.preventDefault();
  });
  contents.on('will-frame-navigate', (details) => {
    if (!isOwnPage(details.url)) details.preventDefault();
  });
  contents.setWindowOpenHandler(({ url }) => {
    const outside = outsideAddress(url);
    if (outside !== null) void shell.openExternal(outside);
    return { action: 'deny' };
  });
}
