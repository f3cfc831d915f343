// Who may speak to the desk on 127.0.0.1: every program of the machine and every page in the browser
// can reach the port, so each request must name the right host and know the token. There is no
// cookie, because cookies do not know ports: every other server on 127.0.0.1 would be sent it.
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

export interface Access {
  /** The page's address is `/?token=…`. */
  token: string;
  /** First step of the path to every file of the page; worth nothing elsewhere. */
  filesKey: string;
}

export function newAccess(): Access {
  const token = randomBytes(32).toString('base64url');
  const filesKey = createHmac('sha256', token).update('files').digest('base64url').slice(0, 22);
  return { token, filesKey };
}

/** Compares in a time that does not depend on where the texts differ. */
export function sameSecret(given: string | null | undefined, secret: string): boolean {
  if (given == null) return false;
  return timingSafeEqual(digest(given), digest(secret));
}

const digest = (text: string) => createHash('sha256').update(text).digest();

interface Heads {
  host?: string | undefined;
  origin?: string | undefined;
}

/** A foreign name that resolves to 127.0.0.1 (DNS rebinding) comes with its own Host. */
export function namesThisHost({ host }: Heads, port: number): boolean {
  return host === `127.0.0.1:${port}`;
}

/** Browsers put the page's origin on every WebSocket; none but our own page may open one. */
export function comesFromThisPage({ origin }: Heads, port: number): boolean {
  return origin === `http://127.0.0.1:${port}`;
}
