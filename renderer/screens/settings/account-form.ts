// What is typed about the account, and what is wrong with it before core is asked.
import type { Account } from '../../../preload/contract/settings.ts';
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
}
export type AccountField = keyof AccountForm;

export type AccountFieldProblem =
  | WebSocketAddressProblem
  | 'missing'
  | 'userMalformed'
  | 'domainMalformed'
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
}

export function accountFormFrom(account: Account | null): AccountForm {
  return {
    server: account?.server ?? '',
    user: account?.user ?? '',
    authUser: account?.authUser ?? '',
    domain: account?.domain ?? '',
    password: '',
    displayName: account?.displayName ?? '',
  };
}

export function accountEntryFrom(form: AccountForm): AccountEntry {
  return {
    server: form.server.trim(),
    user: form.user.trim(),
    domain: form.domain.trim(),
    authUser: form.authUser.trim() || null,
    displayName: form.displayName.trim() || null,
    ...(form.password === '' ? {} : { password: form.password }),
  };
}

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
