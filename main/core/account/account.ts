// The SIP account: its data in the database, its passwords in the vault, an account under test in
// memory only.
import {
  type Account,
  type AccountInput,
  type IceServer,
  iceServer,
} from '../../../preload/contract/settings.ts';
import type { Now } from '../clock.ts';
import type { SubjectHandlers } from '../connection/handlers.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import type { Publish } from '../events/event-bus.ts';
import type { NewId } from '../ids.ts';
import { badInput, Refusal } from '../refusal.ts';
import type { Vault } from '../secrets/vault.ts';
import {
  ACCOUNT_COLUMNS,
  accountFrom,
  type AccountRow,
  rowFrom,
  withKeptPasswords,
} from './account-rows.ts';

interface AccountDependencies {
  database: DeskDatabase;
  vault: Vault;
  now: Now;
  newId: NewId;
  publish: Publish;
  /** Tells the host which origins the page may connect to. */
  announce: (connectSources: string[]) => void;
  /** Act as if there were no account, until one is saved. */
  practiceOnly: boolean;
}

interface Staged {
  account: Account;
  password: string | null;
  iceServers: IceServer[];
}

export interface AccountService {
  current(): Account | null;
  /** Practice and sample facts count while this is false. */
  exists(): boolean;
  connectSources(): string[];
  handlers: SubjectHandlers<'account'>;
}

/** Reads the stored password's presence first, so that later answers need not wait for the vault. */
export async function createAccount(dependencies: AccountDependencies): Promise<AccountService> {
  const { database, vault, now, newId, publish, announce } = dependencies;
  const select = database.query<AccountRow>(
    `SELECT ${ACCOUNT_COLUMNS} FROM accounts WHERE removed_at IS NULL ORDER BY created_at DESC LIMIT 1`,
  );
  const write = database.query(
    `INSERT INTO accounts (${ACCOUNT_COLUMNS}, created_at, changed_at)
     VALUES ($id, $server, $user, $domain, $auth_user, $display_name, $further_servers_json, $ice_servers_json,
       $dtmf, $early_media, $mailbox, $now, $now)
     ON CONFLICT (id) DO UPDATE SET server = excluded.server, user = excluded.user, domain = excluded.domain,
       auth_user = excluded.auth_user, display_name = excluded.display_name,
       further_servers_json = excluded.further_servers_json, ice_servers_json = excluded.ice_servers_json,
       dtmf = excluded.dtmf, early_media = excluded.early_media, mailbox = excluded.mailbox,
       changed_at = excluded.changed_at`,
  );
  const remove = database.query('UPDATE accounts SET removed_at = ? WHERE removed_at IS NULL');

  let practiceOnly = dependencies.practiceOnly;
  let staged: Staged | null = null;
  const first = select.get();
  let hasPassword = first ? await isStored(vault, passwordName(first.id)) : false;

  function current(): Account | null {
    const row = practiceOnly ? undefined : select.get();
    return row ? accountFrom(row, hasPassword) : null;
  }

  function connectSources(): string[] {
    const accounts = [current(), staged?.account ?? null].filter((account) => account !== null);
    const servers = accounts.flatMap(({ server, furtherServers }) => [server, ...furtherServers]);
    return [...new Set(servers.map(sourceOf))];
  }

  function changed(): void {
    announce(connectSources());
    publish({ type: 'account.changed' });
  }

  /** The stored servers with their passwords; none is asked for where no server has a user. */
  async function storedIceServers(
    wanted: readonly { user: string | null }[],
  ): Promise<IceServer[]> {
    const row = select.get();
    if (!row || wanted.every(({ user }) => user === null)) return [];
    const stored = await vault.read(icePasswordsName(row.id));
    return stored === null ? [] : iceServer.array().parse(JSON.parse(stored));
  }

  async function keepIcePasswords(id: string, { iceServers }: AccountInput): Promise<void> {
    const known = [...(staged?.iceServers ?? []), ...(await storedIceServers(iceServers))];
    const secret = withKeptPasswords(iceServers, known).filter(({ password }) => password !== null);
    const before = select.get();
    if (secret.length > 0) await vault.write(icePasswordsName(id), JSON.stringify(secret));
    else if (before && hasIceUsers(before)) await vault.remove(icePasswordsName(id));
  }

  const handlers: SubjectHandlers<'account'> = {
    get: () => current(),
    async save(input) {
      requireUsable(input);
      const id = select.get()?.id ?? staged?.account.id ?? newId();
      const password =
        input.password ?? (sameLogin(staged?.account, input) ? staged?.password : null);
      if (password) await vault.write(passwordName(id), password);
      const row = rowFrom(id, input);
      await keepIcePasswords(id, input);
      write.run({ ...row, now: now() });
      hasPassword = password ? true : hasPassword;
      staged = null;
      practiceOnly = false;
      changed();
      return accountFrom(row, hasPassword);
    },
    async remove() {
      const row = select.get();
      staged = null;
      if (row) {
        remove.run(now());
        await vault.remove(passwordName(row.id));
        if (hasIceUsers(row)) await vault.remove(icePasswordsName(row.id));
      }
      hasPassword = false;
      changed();
      return {};
    },
    async credentials({ draft }) {
      const account = draft ? (staged?.account ?? null) : current();
      if (!account) throw new Refusal('NO_ACCOUNT', {});
      const own = draft ? (staged?.password ?? null) : null;
      const password = own ?? (await vault.read(passwordName(account.id)));
      if (password === null) throw new Refusal('NO_ACCOUNT', {});
      const servers = draft
        ? (staged?.iceServers ?? [])
        : account.iceServers.map((server) => ({ ...server, password: null }));
      const iceServers = withKeptPasswords(servers, await storedIceServers(servers));
      return { account, password, iceServers };
    },
    stage(input) {
      requireUsable(input);
      const id = select.get()?.id ?? staged?.account.id ?? newId();
      const kept = sameLogin(staged?.account, input) ? (staged?.password ?? null) : null;
      const password = input.password ?? kept;
      const account = accountFrom(rowFrom(id, input), password !== null || hasPassword);
      const iceServers = withKeptPasswords(input.iceServers, staged?.iceServers ?? []);
      staged = { account, password, iceServers };
      changed();
      return account;
    },
    staged: () => staged?.account ?? null,
    unstage() {
      if (staged) {
        staged = null;
        changed();
      }
      return {};
    },
  };

  return { current, exists: () => current() !== null, connectSources, handlers };
}

/** An address may look right and still be none, for example with port 99999. */
function requireUsable(input: AccountInput): void {
  if (!URL.canParse(input.server)) throw badInput(['server'], 'webSocketAddress');
  const wrong = input.furtherServers.findIndex((server) => !URL.canParse(server));
  if (wrong >= 0) throw badInput(['furtherServers', wrong], 'webSocketAddress');
}

function hasIceUsers(row: AccountRow): boolean {
  return accountFrom(row, false).iceServers.some(({ user }) => user !== null);
}

function icePasswordsName(accountId: string): string {
  return `ice-passwords-${accountId}`;
}

function passwordName(accountId: string): string {
  return `sip-password-${accountId}`;
}

/** A store that cannot be asked now says nothing about what is in it: the password is presumed. */
async function isStored(vault: Vault, name: string): Promise<boolean> {
  try {
    return (await vault.read(name)) !== null;
  } catch {
    return true;
  }
}

function sameLogin(account: Account | undefined, input: AccountInput): boolean {
  return account?.user === input.user && account.domain === input.domain;
}

/** Scheme, host and port of a WebSocket address: what a content-security policy names. */
function sourceOf(server: string): string {
  const { protocol, host } = new URL(server);
  return `${protocol}//${host}`;
}
