// The one origin that the window's pages come from. A scheme of its own, because file: pages share an
// origin with every file of the disk.
export const APP_SCHEME = 'app';
export const APP_HOST = 'anklang';
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;

/** Whether an address belongs to our own pages; compared parsed, never by prefix. */
export function isOwnPage(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && url.protocol === `${APP_SCHEME}:` && url.host === APP_HOST;
}
