// The SIP account: its data in the database, its password in the vault, an account under test in
// memory only.
import type { Account, AccountInput } from '../../../preload/contract/settings.ts';
import type { Now } from '../clock.ts';
import type { SubjectHandlers } from '../connection/handlers.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import type { Publish } from '../events/event-bus.ts';
import type { NewId } from '../ids.ts';
import { badInput, Refusal } from '../refusal.ts';
import type { Vault } from '../secrets/vault.ts';

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

interface AccountRow {
  id: string;
  server: string;
  user: string;
  domain: string;
  auth_user: string | null;
  display_name: string | null;
}

interface Staged {
  account: Account;
  password: string | null;
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
    `SELECT id, server, user, domain, auth_user, display_name FROM accounts
     WHERE removed_at IS NULL ORDER BY created_at DESC LIMIT 1`,
  );
  const write = database.query(
    `INSERT INTO accounts (id, server, user, domain, auth_user, display_name, created_at, changed_at)
     VALUES ($id, $server, $user, $domain, $authUser, $displayName, $now, $now)
     ON CONFLICT (id) DO UPDATE SET server = excluded.server, user = excluded.user, domain = excluded.domain,
       auth_user = excluded.auth_user, display_name = excluded.display_name, changed_at = excluded.changed_at`,
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
    const servers = [current()?.server, staged?.account.server];
    return [...new Set(servers.flatMap((server) => (server ? [sourceOf(server)] : [])))];
  }

  function changed(): void {
    announce(connectSources());
    publish({ type: 'account.changed' });
  }

  const handlers: SubjectHandlers<'account'> = {
    get: () => current(),
    async save(input) {
      requireUsable(input);
      const id = select.get()?.id ?? staged?.account.id ?? newId();
      const password =
        input.password ?? (sameLogin(staged?.account, input) ? staged?.password : null);
      if (password) await vault.write(passwordName(id), password);
      write.run({
        id,
        server: input.server,
        user: input.user,
        domain: input.domain,
        authUser: input.authUser,
        displayName: input.displayName,
        now: now(),
      });
      hasPassword = password ? true : hasPassword;
      staged = null;
      practiceOnly = false;
      changed();
      return accountFrom(rowFrom(id, input), hasPassword);
    },
    async remove() {
      const row = select.get();
      staged = null;
      if (row) {
        remove.run(now());
        await vault.remove(passwordName(row.id));
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
      return { account, password };
    },
    stage(input) {
      requireUsable(input);
      const id = select.get()?.id ?? staged?.account.id ?? newId();
      const kept = sameLogin(staged?.account, input) ? (staged?.password ?? null) : null;
      const password = input.password ?? kept;
      const account = accountFrom(rowFrom(id, input), password !== null || hasPassword);
      staged = { account, password };
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

function rowFrom(id: string, input: AccountInput): AccountRow {
  const { server, user, domain, authUser, displayName } = input;
  return { id, server, user, domain, auth_user: authUser, display_name: displayName };
}

function accountFrom(row: AccountRow, hasPassword: boolean): Account {
  return {
    id: row.id,
    server: row.server,
    user: row.user,
    domain: row.domain,
    authUser: row.auth_user,
    displayName: row.display_name,
    hasPassword,
  };
}

/** Scheme, host and port of a WebSocket address: what a content-security policy names. */
function sourceOf(server: string): string {
  const { protocol, host } = new URL(server);
  return `${protocol}//${host}`;
}
