import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { filesVault, hostVault, VaultUnavailable } from '../../../main/core/secrets/vault.ts';

describe('in files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'anklang-vault-'));
  const vault = filesVault(join(folder, 'secrets'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('keeps, replaces and removes, for this user only', async () => {
    expect(await vault.read('database-key')).toBeNull();
    await vault.write('database-key', 'one');
    await vault.write('database-key', 'two');
    expect(await vault.read('database-key')).toBe('two');
    expect(readdirSync(join(folder, 'secrets'))).toEqual(['database-key']);
    expect(statSync(join(folder, 'secrets', 'database-key')).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'secrets')).mode & 0o777).toBe(0o700);
    await vault.remove('database-key');
    expect(await vault.read('database-key')).toBeNull();
  });

  test('names stay in the folder', async () => {
    await expect(vault.read('../desk.db')).rejects.toBeInstanceOf(VaultUnavailable);
    await expect(vault.write('a/b', 'x')).rejects.toBeInstanceOf(VaultUnavailable);
  });

  test('what cannot be read now is not the same as nothing', async () => {
    // A file where the folder should be: reading fails for another reason than absence.
    writeFileSync(join(folder, 'no-folder'), '');
    const closed = filesVault(join(folder, 'no-folder'));
    await expect(closed.read('database-key')).rejects.toBeInstanceOf(VaultUnavailable);
  });
});

test('through the host: each answer finds its question, errors are typed', async () => {
  const asked: { request: number; type: string; name: string }[] = [];
  const { vault, answered } = hostVault((message) => void asked.push(message));
  const first = vault.read('a');
  const second = vault.read('b');
  const third = vault.write('c', 'secret');
  expect(asked.map(({ type, name }) => [type, name])).toEqual([
    ['vault.read', 'a'],
    ['vault.read', 'b'],
    ['vault.write', 'c'],
  ]);
  const request = (index: number) => asked[index]?.request ?? -1;
  answered({ request: request(1), value: 'B', error: null });
  answered({ request: request(0), value: null, error: null });
  answered({ request: request(2), value: null, error: 'unavailable' });
  expect(await Promise.all([first, second])).toEqual([null, 'B']);
  await expect(third).rejects.toMatchObject({ reason: 'unavailable' });
});
