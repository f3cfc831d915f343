import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKeyVault, type KeyVault } from '../../main/shell/key-vault.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'anklang-vault-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface FakeStore {
  available: boolean;
  backend: 'gnome_libsecret' | 'basic_text';
  reEncrypt: boolean;
  /** What the system's key is; another key cannot unwrap. */
  key: number;
}

function vaultOn(store: FakeStore, allowPlainText = false): KeyVault {
  return createKeyVault({
    folder,
    platform: 'linux',
    allowPlainText,
    safeStorage: {
      isAsyncEncryptionAvailable: () => Promise.resolve(store.available),
      getSelectedStorageBackend: () => store.backend,
      encryptStringAsync: (text) =>
        Promise.resolve(
          Buffer.from([store.key, ...Buffer.from(text).map((byte) => byte ^ store.key)]),
        ),
      decryptStringAsync: (wrapped) => {
        const [key, ...bytes] = wrapped;
        if (key !== store.key && !store.reEncrypt) return Promise.reject(new Error('wrong key'));
        const result = Buffer.from(bytes.map((byte) => byte ^ (key ?? 0))).toString();
        return Promise.resolve({ result, shouldReEncrypt: store.reEncrypt });
      },
    },
  });
}

const good = (): FakeStore => ({
  available: true,
  backend: 'gnome_libsecret',
  reEncrypt: false,
  key: 7,
});

describe('key vault', () => {
  it('gives back what it was given, and nothing for what it never had', async () => {
    const vault = vaultOn(good());
    expect(await vault.read('database-key')).toEqual({ value: null });
    expect(await vault.write('database-key', 'abc')).toEqual({ value: null });
    expect(await vault.read('database-key')).toEqual({ value: 'abc' });
    await vault.remove('database-key');
    expect(await vault.read('database-key')).toEqual({ value: null });
  });

  it('writes no secret in the clear, for the owner only, with the back end beside it', async () => {
    await vaultOn(good()).write('sip-password-1', 'hunter2hunter2');
    const file = join(folder, 'sip-password-1.json');
    expect(readFileSync(file, 'utf8')).not.toContain('hunter2');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ backend: 'gnome_libsecret' });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['sip-password-1.json']);
  });

  it('refuses the plain-text back end unless policy allows it', async () => {
    const plain: FakeStore = { ...good(), backend: 'basic_text' };
    expect(await vaultOn(plain).write('database-key', 'abc')).toEqual({ error: 'refused' });
    expect(await vaultOn(plain, true).write('database-key', 'abc')).toEqual({ value: null });
  });

  it('says that the key is unavailable, not that there is none', async () => {
    const store = good();
    const vault = vaultOn(store);
    await vault.write('database-key', 'abc');
    store.available = false;
    expect(await vault.read('database-key')).toEqual({ error: 'unavailable' });
    store.available = true;
    store.key = 8;
    expect(await vault.read('database-key')).toEqual({ error: 'unavailable' });
    store.key = 7;
    expect(await vault.read('database-key')).toEqual({ value: 'abc' });
  });

  it('answers for a damaged file without touching it', async () => {
    writeFileSync(join(folder, 'database-key.json'), '{"half":');
    expect(await vaultOn(good()).read('database-key')).toEqual({ error: 'unavailable' });
    expect(readFileSync(join(folder, 'database-key.json'), 'utf8')).toBe('{"half":');
  });

  it('wraps again when the system asks for it', async () => {
    const store = good();
    const vault = vaultOn(store);
    await vault.write('database-key', 'abc');
    store.key = 9;
    store.reEncrypt = true;
    expect(await vault.read('database-key')).toEqual({ value: 'abc' });
    store.reEncrypt = false;
    expect(await vault.read('database-key')).toEqual({ value: 'abc' });
  });

  it('takes no name that could leave its folder', async () => {
    await expect(vaultOn(good()).write('../x', 'abc')).resolves.toEqual({ error: 'unavailable' });
    await expect(vaultOn(good()).read('../x')).rejects.toThrow();
  });
});
