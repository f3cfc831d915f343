import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../../../main/core/database/open-database.ts';
import { createAccount } from '../../../main/core/account/account.ts';
import { newId } from '../../../main/core/ids.ts';
import { filesVault, type Vault, VaultUnavailable } from '../../../main/core/secrets/vault.ts';
import { accountInput } from '../../../preload/contract/settings.ts';
import { aCore, aFolderForThisTest } from '../support/test-core.ts';

const input = {
  server: 'wss://pbx.test/ws',
  user: '200',
  domain: 'pbx.test',
  password: 'sehr-geheim',
};

test('the password lies in the vault only: not in the database, its log or the log file', async () => {
  const core = await aCore();
  const { client } = await core.open();
  const saved = await client.account.save(input);
  const secrets = readdirSync(join(core.folder, 'secrets')).sort();
  expect(secrets).toEqual(['database-key', `sip-password-${saved.id}`]);
  for (const name of ['desk.db', 'desk.db-wal', join('logs', 'core.log')]) {
    expect(readFileSync(join(core.folder, name)).includes('sehr-geheim')).toBe(false);
  }
  await client.account.remove({});
  expect(readdirSync(join(core.folder, 'secrets'))).toEqual(['database-key']);
  await core.stop();
});

test('a change without a password keeps the stored one', async () => {
  const core = await aCore();
  const { client } = await core.open();
  await client.account.save(input);
  const changed = await client.account.save({
    ...input,
    displayName: 'Vertrieb',
    password: undefined,
  });
  expect(changed).toMatchObject({ displayName: 'Vertrieb', hasPassword: true });
  expect((await client.account.credentials({})).password).toBe('sehr-geheim');
  await core.stop();
});

const turn = { url: 'turn:turn.pbx.test:3478?transport=udp', user: 'desk' };
const stun = { url: 'stun:stun.pbx.test:3478', user: null };

test('servers to fall back on, media servers and the rest of an account come back as entered', async () => {
  const folder = aFolderForThisTest();
  const first = await aCore({ folder });
  const { client } = await first.open();
  const more = {
    ...input,
    furtherServers: ['wss://b.pbx.test:8443/ws', 'wss://pbx.test/other'],
    iceServers: [{ ...turn, password: 'noch-geheimer' }, stun],
    ...{ dtmf: 'info' as const, earlyMedia: true, mailbox: '*98' },
  };
  const saved = await client.account.save(more);
  expect(saved).toMatchObject({
    ...{ furtherServers: more.furtherServers, iceServers: [turn, stun] },
    ...{ dtmf: 'info', earlyMedia: true, mailbox: '*98' },
  });
  const sources = ['wss://pbx.test', 'wss://b.pbx.test:8443'];
  expect(first.sent.at(-1)).toEqual({ type: 'connectSources', sources });
  await first.stop();

  const core = await aCore({ folder });
  expect(core.sent.at(0)).toEqual({ type: 'connectSources', sources });
  const again = (await core.open()).client;
  expect(await again.account.get({})).toEqual(saved);
  expect((await again.account.credentials({})).iceServers).toEqual([
    { ...turn, password: 'noch-geheimer' },
    { ...stun, password: null },
  ]);
  await core.stop();
});

test('a media server’s password lies in the vault only, is kept when left out, and goes with its user', async () => {
  const core = await aCore();
  const { client } = await core.open();
  const withIce = (...iceServers: (typeof turn | typeof stun | { password: string })[]) => ({
    ...input,
    iceServers: iceServers as { url: string; user: string | null }[],
  });
  const passwords = async (draft = false) =>
    (await client.account.credentials({ draft })).iceServers.map(({ password }) => password);
  const secrets = () => readdirSync(join(core.folder, 'secrets')).join(' ');

  await client.account.save(withIce({ ...turn, password: 'noch-geheimer' }));
  for (const name of ['desk.db', 'desk.db-wal', join('logs', 'core.log')])
    expect(readFileSync(join(core.folder, name)).includes('noch-geheimer')).toBe(false);
  await client.account.save(withIce(turn, stun));
  expect(await passwords()).toEqual(['noch-geheimer', null]);
  await client.account.save(withIce({ ...turn, user: 'someone-else' }));
  expect(await passwords()).toEqual([null]);

  await client.account.save(withIce({ ...turn, password: 'wieder' }));
  await client.account.stage(withIce({ ...turn, password: 'im-test' }, stun));
  expect(await passwords(true)).toEqual(['im-test', null]);
  await client.account.stage(withIce(turn));
  expect([await passwords(true), await passwords()]).toEqual([['im-test'], ['wieder']]);
  await client.account.save(withIce(turn));
  expect(await passwords()).toEqual(['im-test']);

  expect(secrets()).toContain('ice-passwords-');
  await client.account.save(withIce(stun));
  expect(secrets()).not.toContain('ice-passwords-');
  await client.account.save(withIce({ ...turn, password: 'x' }));
  await client.account.remove({});
  expect(secrets()).toBe('database-key');
  await core.stop();
});

test('with --practice there is no account, until one is saved', async () => {
  const folder = aFolderForThisTest();
  const first = await aCore({ folder });
  await (await first.open()).client.account.save(input);
  await first.stop();
  const core = await aCore({ folder, start: { practice: true } });
  const { client } = await core.open();
  expect(await client.account.get({})).toBeNull();
  await expect(client.account.credentials({})).rejects.toMatchObject({ code: 'NO_ACCOUNT' });
  expect(core.sent.at(-1)).toEqual({ type: 'connectSources', sources: [] });
  await client.account.save(input);
  expect(await client.account.get({})).toMatchObject({ user: '200' });
  await core.stop();
});

test('while the key store is locked nothing is saved, and the account is not taken for one without password', async () => {
  const folder = aFolderForThisTest();
  const { database, close } = await openDatabase({
    folder,
    vault: filesVault(join(folder, 'secrets')),
    now: 1,
  });
  const locked: Vault = {
    kind: 'system',
    read: () => Promise.reject(new VaultUnavailable('unavailable')),
    write: () => Promise.reject(new VaultUnavailable('unavailable')),
    remove: () => Promise.reject(new VaultUnavailable('unavailable')),
  };
  const rest = {
    database,
    now: () => 1,
    newId,
    publish: () => undefined,
    announce: () => undefined,
  };
  const link = { id: 1, windowId: null, closed: new AbortController().signal };
  const whole = accountInput.parse(input);
  const account = await createAccount({ ...rest, vault: locked, practiceOnly: false });
  await expect(account.handlers.save(whole, link)).rejects.toBeInstanceOf(VaultUnavailable);
  expect(account.current()).toBeNull();

  const open = await createAccount({
    ...rest,
    vault: filesVault(join(folder, 'secrets')),
    practiceOnly: false,
  });
  await open.handlers.save(whole, link);
  const later = await createAccount({ ...rest, vault: locked, practiceOnly: false });
  expect(later.current()).toMatchObject({ hasPassword: true });
  close();
});
