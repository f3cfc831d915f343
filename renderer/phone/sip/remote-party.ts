// Who is on the other side: what a person typed as a SIP target, and what an INVITE says of its caller
// (RFC 3261 section 20.20, RFC 3325, RFC 3323, RFC 5806 and the older Remote-Party-ID).
import type { RemoteParty } from '../../../preload/contract/calls.ts';

const DIALLED = /^[+0-9()\s./\-–*#]+$/;
const USER = /^[A-Za-z0-9._~!$&'=-]{1,100}$/;
const HOST = /^(?:\[[0-9a-f:]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/i;
const TELEPHONE = /^\+?[0-9*#]{1,40}$/;

/** What was typed as the other side of a call over `domain`, or null when nobody can be called by it. */
export function remotePartyOf(
  typed: string,
  display: string | null,
  domain: string,
): RemoteParty | null {
  const text = typed.trim();
  if (text.length === 0 || text.length > 200) return null;
  const shown = display === null || display.trim() === '' ? null : display.trim().slice(0, 200);
  const withoutScheme = text.replace(/^(?:sips?|tel|callto):(?:\/\/)?/i, '');
  if (DIALLED.test(withoutScheme)) {
    const number = dialString(withoutScheme);
    if (number === null) return null;
    return { uri: `sip:${escapeUser(number)}@${domain}`, number, display: shown, anonymous: false };
  }
  const [user = '', host = domain, ...more] = withoutScheme.split(';')[0]?.split('@') ?? [];
  if (more.length > 0 || !HOST.test(host)) return null;
  const number = DIALLED.test(user) ? dialString(user) : null;
  if (number === null && !USER.test(user)) return null;
  return {
    uri: `sip:${escapeUser(number ?? user)}@${host}`,
    number,
    display: shown,
    anonymous: false,
  };
}

/** Digits, +, * and # of what was typed; the (0) of "+49 (0)30" is not dialled. */
function dialString(text: string): string | null {
  const trimmed = text.trim();
  const international = trimmed.startsWith('+') || trimmed.startsWith('00');
  const number = (international ? trimmed.replace(/\(0\)/g, '') : trimmed).replace(
    /[^+0-9*#]/g,
    '',
  );
  return TELEPHONE.test(number) ? number : null;
}

function escapeUser(user: string): string {
  return user.replace(/#/g, '%23');
}

/** Reads one header of a received request; null when it is absent. */
export type ReadHeader = (name: string) => string | null;

/** The caller as signalled: P-Asserted-Identity of our own server first, then Remote-Party-ID, then From. */
export function callerFrom(header: ReadHeader): RemoteParty {
  const asserted = addressFrom(header('p-asserted-identity'));
  const older = addressFrom(header('remote-party-id'));
  const from = addressFrom(header('from'));
  const address = asserted ??
    older ??
    from ?? { uri: 'sip:anonymous@anonymous.invalid', display: null };
  const wantsPrivacy =
    /\b(?:id|user|header)\b/i.test(header('privacy') ?? '') ||
    /;\s*privacy\s*=\s*"?(?:full|uri)/i.test(header('remote-party-id') ?? '');
  const anonymous =
    wantsPrivacy ||
    /@anonymous\.invalid\b|^sips?:anonymous@/i.test(address.uri) ||
    (asserted === null && older === null && /^anonymous$/i.test(from?.display ?? ''));
  return anonymous
    ? { uri: 'sip:anonymous@anonymous.invalid', number: null, display: null, anonymous: true }
    : {
        uri: address.uri.slice(0, 500),
        number: numberOf(address.uri),
        display: address.display,
        anonymous: false,
      };
}

/** The number or name in an address header such as To or Diversion. */
export function dialledNumberIn(value: string | null): string | null {
  const address = addressFrom(value);
  return address ? numberOf(address.uri) : null;
}

/** The telephone number in a sip: or tel: URI; null where the user part is a name. */
export function numberOf(uri: string): string | null {
  const user = /^(?:sips?|tel):([^@;?>]+)/i.exec(uri)?.[1];
  if (user === undefined) return null;
  const number = unescape(user).replace(/[\s().-]/g, '');
  return TELEPHONE.test(number) ? number : null;
}

function unescape(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const NAME_ADDR = /^\s*(?:"((?:[^"\\]|\\.)*)"|([^<"]*?))\s*<([^<>\s]{1,500})>/;
const ADDR_SPEC = /^\s*((?:sips?|tel):[^\s;,<>]{1,500})/i;

/** The first name-addr or addr-spec of a header. */
function addressFrom(value: string | null): { uri: string; display: string | null } | null {
  if (value === null || value.length > 4_000) return null;
  const named = NAME_ADDR.exec(value);
  const uri = named?.[3] ?? ADDR_SPEC.exec(value)?.[1];
  if (uri === undefined || !/^(?:sips?|tel):/i.test(uri)) return null;
  const display = (named?.[1]?.replace(/\\(.)/g, '$1') ?? named?.[2] ?? '').trim().slice(0, 200);
  return { uri, display: display === '' ? null : display };
}

const QUEUE_HEADERS = ['queue', 'x-queue', 'x-queue-name', 'p-queue', 'x-call-queue'] as const;

/** The queue that a call came through; no RFC has a header for it, these are the ones in use. */
export function queueFrom(header: ReadHeader): string | null {
  for (const name of QUEUE_HEADERS) {
    const text = unescape(header(name) ?? '')
      .replace(/^\s*"(.*)"\s*$/s, '$1')
      .replace(/\p{Cc}+/gu, ' ')
      .trim();
    if (text !== '') return text.slice(0, 100);
  }
  return null;
}

/**
 * Who passed the call on: Diversion (RFC 5806), else History-Info (RFC 7044), where the entry that a
 * later one names in `mp`, or the last one with a reason, has sent the call away.
 */
export function diversionFrom(diversion: string | null, history: readonly string[]): string | null {
  const named = addressFrom(diversion);
  if (named) return shownAs(named.uri);
  const entries = history
    .flatMap((line) => line.slice(0, 4_000).split(/,(?=\s*(?:"[^"]*"\s*)?<)/))
    .flatMap((entry) => {
      const uri = /<([^<>\s]{1,500})>/.exec(entry)?.[1];
      const parameter = (name: string): string | null =>
        new RegExp(`>[^<]*;\\s*${name}\\s*=\\s*([\\d.]+)`, 'i').exec(entry)?.[1] ?? null;
      return uri === undefined ? [] : [{ uri, index: parameter('index'), mp: parameter('mp') }];
    });
  const mapped = entries.findLast(({ mp }) => mp !== null)?.mp;
  const sender =
    entries.find(({ index }) => mapped !== undefined && mapped !== null && index === mapped) ??
    entries.slice(0, -1).findLast(({ uri }) => /[?&]reason=/i.test(uri));
  return sender ? shownAs(sender.uri.split('?')[0] ?? '') : null;
}

/** The number where there is one, else the user name. */
function shownAs(uri: string): string | null {
  const number = numberOf(uri);
  if (number !== null) return number;
  const user = /^sips?:([^@;?>]+)@/i.exec(uri)?.[1];
  return user === undefined
    ? null
    : unescape(user)
        .replace(/\p{Cc}+/gu, '')
        .slice(0, 100);
}
