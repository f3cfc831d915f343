// Where a call goes after a 3xx (RFC 3261 section 8.1.3.4). Whoever redirects may not make the desk call
// anywhere: only the account's own domain and those it trusts, never from sips to sip, never in circles.

/** How often one call may be redirected. */
const REDIRECT_LIMIT = 5;

export interface RedirectPolicy {
  /** The account's domain and others that may be called after a redirect. */
  domains: readonly string[];
}

/**
 * The URI to call next, or null when the call ends with its 3xx.
 * @param tried every URI called so far, the first one first
 */
export function nextRedirect(
  contacts: readonly string[],
  tried: readonly string[],
  policy: RedirectPolicy,
): string | null {
  if (tried.length > REDIRECT_LIMIT) return null;
  const secure = /^sips:/i.test(tried.at(-1) ?? '');
  const known = new Set(tried.map(plain));
  const usable = contacts
    .flatMap(addressesIn)
    .filter(({ uri }) => {
      const parts = /^(sips?):(?:[^@\s<>]{1,200}@)?([^;?@\s<>]+)/i.exec(uri);
      if (!parts || known.has(plain(uri))) return false;
      if (secure && parts[1]?.toLowerCase() !== 'sips') return false;
      return policy.domains.some((domain) => hostOf(domain) === hostOf(parts[2] ?? ''));
    })
    .sort((a, b) => b.q - a.q);
  return usable[0]?.uri ?? null;
}

/** The addresses of one Contact header; headers asked for in a URI are not followed. */
function addressesIn(contact: string): { uri: string; q: number }[] {
  return contact
    .slice(0, 4_000)
    .split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)
    .flatMap((entry) => {
      const uri = /<([^<>\s]+)>/.exec(entry)?.[1] ?? /^\s*(sips?:[^\s;<>]+)/i.exec(entry)?.[1];
      const q = Number(/;\s*q\s*=\s*([01](?:\.\d{0,3})?)/i.exec(entry)?.[1] ?? 1);
      return uri === undefined ? [] : [{ uri: uri.split('?')[0] ?? uri, q }];
    });
}

function plain(uri: string): string {
  const [scheme = '', rest = ''] = (uri.split(/[;?]/)[0] ?? '').split(/:(.*)/s);
  const at = rest.lastIndexOf('@');
  return `${scheme.toLowerCase()}:${rest.slice(0, at + 1)}${rest.slice(at + 1).toLowerCase()}`;
}

/** Host without its port. */
function hostOf(host: string): string {
  return host.toLowerCase().replace(/:\d{1,5}$/, '');
}
