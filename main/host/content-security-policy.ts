// The policy of the desk's one page: the same in Electron and outside it. Nothing is allowed that the
// page does not use, and the only foreign addresses are those of the configured account.

/** Stands in the built index.html (the build puts it there) where the nonce of the answer belongs. */
export const NONCE_PLACEHOLDER = '__CSP_NONCE__';

interface PagePolicy {
  /** Fresh for every page, react-aria's style element carries it; null for what is no page. */
  nonce: string | null;
  /** Where the page may connect to besides its own origin: origins such as `wss://pbx.example:7443`. */
  connectSources: readonly string[];
}

const ORIGIN = /^(wss?|https?):\/\/(\[[0-9a-f:]+\]|[a-z0-9._-]+)(:\d{1,5})?$/i;

/** The value of the Content-Security-Policy header. A source that is not an origin is left out. */
function contentSecurityPolicy({ nonce, connectSources }: PagePolicy): string {
  const connect = ["'self'", ...connectSources.filter((source) => ORIGIN.test(source))];
  return [
    "default-src 'none'",
    // RNNoise is WebAssembly: a worklet has its page's policy. JavaScript from text stays forbidden.
    "script-src 'self' 'wasm-unsafe-eval'",
    nonce === null ? "style-src 'self'" : `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "font-src 'self'",
    "worker-src 'self' blob:",
    `connect-src ${connect.join(' ')}`,
    "manifest-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

const FIXED_HEADERS = {
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'permissions-policy': [
    'microphone=(self)',
    'speaker-selection=(self)',
    'autoplay=(self)',
    'camera=()',
    'geolocation=()',
    'display-capture=()',
    'usb=()',
    'serial=()',
    'midi=()',
    'payment=()',
  ].join(', '),
};

/** The headers of the page and of each of its files, the policy among them. */
export function pageHeaders(policy: PagePolicy): Record<string, string> {
  return { 'content-security-policy': contentSecurityPolicy(policy), ...FIXED_HEADERS };
}
