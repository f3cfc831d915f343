// What is typed about the account, and what is wrong with it before core is asked.
import type { Account, IceServer } from '../../../preload/contract/settings.ts';
import {
  webSocketAddressProblem,
  type WebSocketAddressProblem,
} from '../../../preload/contract/web-socket-address.ts';

export interface AccountForm {
  server: string;
  user: string;
  authUser: string;
  domain: string;
  password: string;
  displayName: string;
  /** One address a line. */
  furtherServers: string;
  iceServers: readonly IceServerForm[];
  dtmf: Account['dtmf'];
  earlyMedia: boolean;
  mailbox: string;
}
/** The fields that are plain text. */
export type AccountText = Exclude<AccountField, 'iceServers' | 'dtmf' | 'earlyMedia'>;

export interface IceServerForm {
  url: string;
  user: string;
  /** Empty to keep the stored one. */
  password: string;
}
export type AccountField = keyof AccountForm;

export type AccountFieldProblem =
  | WebSocketAddressProblem
  | 'missing'
  | 'userMalformed'
  | 'domainMalformed'
  | 'iceMalformed'
  | 'tooMany'
  | 'refused';
export type AccountProblems = Partial<Record<AccountField, AccountFieldProblem>>;

export interface AccountEntry {
  server: string;
  user: string;
  domain: string;
  authUser: string | null;
  displayName: string | null;
  /** Left out to keep the stored one. */
  password?: string;
  furtherServers: string[];
  iceServers: IceServer[];
  dtmf: Account['dtmf'];
  earlyMedia: boolean;
  mailbox: string | null;
}

export function accountFormFrom(account: Account | null): AccountForm {
  return {
    server: account?.server ?? '',
    user: account?.user ?? '',
    authUser: account?.authUser ?? '',
    domain: account?.domain ?? '',
    password: '',
    displayName: account?.displayName ?? '',
    furtherServers: account?.furtherServers.join('\n') ?? '',
    iceServers: (account?.iceServers ?? []).map(({ url, user }) => ({
      url,
      user: user ?? '',
      password: '',
    })),
    dtmf: account?.dtmf ?? 'rfc4733',
    earlyMedia: account?.earlyMedia ?? false,
    mailbox: account?.mailbox ?? '',
  };
}

export function accountEntryFrom(form: AccountForm): AccountEntry {
  return {
    server: form.server.trim(),
    user: form.user.trim(),
    domain: form.domain.trim(),
    authUser: form.authUser.trim() || null,
    displayName: form.displayName.trim() || null,
    furtherServers: form.furtherServers
      .split(/\s+/u)
      .map((address) => address.trim())
      .filter((address) => address !== ''),
    iceServers: form.iceServers
      .map(({ url, user, password }) => ({
        url: url.trim(),
        user: user.trim() || null,
        password: password || null,
      }))
      .filter(({ url }) => url !== ''),
    dtmf: form.dtmf,
    earlyMedia: form.earlyMedia,
    mailbox: form.mailbox.trim() || null,
    ...(form.password === '' ? {} : { password: form.password }),
  };
}

const FURTHER_SERVERS = 5;
/** As RFC 7064 and RFC 7065 write them. */
const ICE_SERVER = /^(stun|stuns|turn|turns):[a-z0-9._[\]:-]+(\?transport=(udp|tcp))?$/iu;

/** `passwordKept`: core has one already, so that none need be typed. */
export function accountProblems(form: AccountForm, passwordKept: boolean): AccountProblems {
  const problems: AccountProblems = {};
  const entry = accountEntryFrom(form);
  const address = entry.server === '' ? 'missing' : webSocketAddressProblem(entry.server);
  if (address !== null) problems.server = address;
  if (entry.user === '') problems.user = 'missing';
  else if (/[\s@:<>"]/.test(entry.user)) problems.user = 'userMalformed';
  if (entry.domain === '') problems.domain = 'missing';
  else if (!/^(\[[0-9a-f:]+\]|[a-z0-9._-]+)(:\d{1,5})?$/i.test(entry.domain)) {
    problems.domain = 'domainMalformed';
  }
  const further = entry.furtherServers
    .map((server) => webSocketAddressProblem(server))
    .find((problem) => problem !== null);
  if (further !== undefined && further !== null) problems.furtherServers = further;
  else if (entry.furtherServers.length > FURTHER_SERVERS) problems.furtherServers = 'tooMany';
  if (entry.iceServers.some(({ url }) => !ICE_SERVER.test(url))) {
    problems.iceServers = 'iceMalformed';
  }
  if (form.password === '' && !passwordKept) problems.password = 'missing';
  return problems;
}

/** The fields that core refused, from the paths of its issues. */
export function refusedAccountFields(
  issues: readonly { path: readonly (string | number)[] }[],
): AccountProblems {
  const form = accountFormFrom(null);
  const problems: AccountProblems = {};
  for (const { path } of issues) {
    const field = path[0];
    if (typeof field === 'string' && field in form) problems[field as AccountField] = 'refused';
  }
  return problems;
}
