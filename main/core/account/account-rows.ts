import type { Account, AccountInput, IceServer } from '../../../preload/contract/settings.ts';

export interface AccountRow {
  id: string;
  server: string;
  user: string;
  domain: string;
  auth_user: string | null;
  display_name: string | null;
  further_servers_json: string;
  ice_servers_json: string;
  dtmf: Account['dtmf'];
  early_media: number;
  mailbox: string | null;
}

export const ACCOUNT_COLUMNS = `id, server, user, domain, auth_user, display_name, further_servers_json,
  ice_servers_json, dtmf, early_media, mailbox`;

export function rowFrom(id: string, input: AccountInput): AccountRow {
  return {
    id,
    server: input.server,
    user: input.user,
    domain: input.domain,
    auth_user: input.authUser,
    display_name: input.displayName,
    further_servers_json: JSON.stringify(input.furtherServers),
    ice_servers_json: JSON.stringify(input.iceServers.map(({ url, user }) => ({ url, user }))),
    dtmf: input.dtmf,
    early_media: input.earlyMedia ? 1 : 0,
    mailbox: input.mailbox,
  };
}

export function accountFrom(row: AccountRow, hasPassword: boolean): Account {
  return {
    id: row.id,
    server: row.server,
    user: row.user,
    domain: row.domain,
    authUser: row.auth_user,
    displayName: row.display_name,
    hasPassword,
    furtherServers: JSON.parse(row.further_servers_json) as string[],
    iceServers: JSON.parse(row.ice_servers_json) as Account['iceServers'],
    dtmf: row.dtmf,
    earlyMedia: row.early_media === 1,
    mailbox: row.mailbox,
  };
}

/**
 * The servers as they were entered, each with its password: one that was left out is kept for the
 * same address and user. A server without a user has none.
 */
export function withKeptPasswords(
  entered: readonly IceServer[],
  known: readonly IceServer[],
): IceServer[] {
  return entered.map((server) => {
    if (server.user === null) return { ...server, password: null };
    if (server.password !== null) return server;
    const same = known.find(({ url, user }) => url === server.url && user === server.user);
    return { ...server, password: same?.password ?? null };
  });
}
