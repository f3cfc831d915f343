// Keeps core's secrets wrapped by the system (Keychain, DPAPI, libsecret, KWallet). Each lies in a
// file of its own, 0600, with the name of the back end that wrapped it: "the key is not available now"
// must never look like "the database is damaged".
import { constants } from 'node:fs';
import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SafeStorage } from 'electron';
import type { VaultError } from '../../preload/contract/host.ts';

interface WrappedSecret {
  version: 1;
  backend: string;
  wrapped: string;
}

export type VaultAnswer = { value: string | null } | { error: VaultError };

interface VaultOptions {
  safeStorage: Pick<
    SafeStorage,
    | 'isAsyncEncryptionAvailable'
    | 'encryptStringAsync'
    | 'decryptStringAsync'
    | 'getSelectedStorageBackend'
  >;
  platform: NodeJS.Platform;
  folder: string;
  /** By policy: accept Linux' `basic_text`, which protects nothing. */
  allowPlainText: boolean;
}

export interface KeyVault {
  read(name: string): Promise<VaultAnswer>;
  write(name: string, value: string): Promise<VaultAnswer>;
  remove(name: string): Promise<VaultAnswer>;
}

const NAME = /^[a-z0-9-]{1,80}$/;

export function createKeyVault(options: VaultOptions): KeyVault {
  const { safeStorage, folder } = options;

  function fileOf(name: string): string {
    if (!NAME.test(name)) throw new Error('refused');
    return join(folder, `${name}.json`);
  }

  function backend(): string {
    return options.platform === 'linux'
      ? safeStorage.getSelectedStorageBackend()
      : options.platform;
  }

  /** Null when the system's store can be used, else why not. */
  async function problem(): Promise<VaultError | null> {
    if (!(await safeStorage.isAsyncEncryptionAvailable())) return 'unavailable';
    if (options.platform === 'linux' && !options.allowPlainText) {
      const name = safeStorage.getSelectedStorageBackend();
      if (name === 'basic_text' || name === 'unknown') return 'refused';
    }
    return null;
  }

  async function store(name: string, value: string): Promise<void> {
    const wrapped = await safeStorage.encryptStringAsync(value);
    const content: WrappedSecret = {
      version: 1,
      backend: backend(),
      wrapped: wrapped.toString('base64'),
    };
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = fileOf(name);
    // Written beside and renamed: a crash leaves the old secret or the new one, never half of one.
    await writeFile(`${file}.new`, JSON.stringify(content), { mode: 0o600, flush: true });
    await rename(`${file}.new`, file);
  }

  async function read(name: string): Promise<VaultAnswer> {
    const file = fileOf(name);
    if (!(await exists(file))) return { value: null };
    const refused = await problem();
    if (refused) return { error: refused };
    try {
      const content = parseWrapped(await readFile(file, 'utf8'));
      const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(
        Buffer.from(content.wrapped, 'base64'),
      );
      // The system changed its key; re-wrapping may fail without harm, the old wrapping still opens.
      if (shouldReEncrypt) await store(name, result).catch(() => undefined);
      return { value: result };
    } catch {
      return { error: 'unavailable' };
    }
  }

  async function write(name: string, value: string): Promise<VaultAnswer> {
    const refused = await problem();
    if (refused) return { error: refused };
    try {
      await store(name, value);
      return { value: null };
    } catch {
      return { error: 'unavailable' };
    }
  }

  async function remove(name: string): Promise<VaultAnswer> {
    await rm(fileOf(name), { force: true });
    return { value: null };
  }

  return { read, write, remove };
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file, constants.F_OK);
    return true;
  } catch {
    return false;
  }
}

function parseWrapped(text: string): WrappedSecret {
  const content: unknown = JSON.parse(text);
  if (
    typeof content === 'object' &&
    content !== null &&
    'version' in content &&
    content.version === 1 &&
    'backend' in content &&
    typeof content.backend === 'string' &&
    'wrapped' in content &&
    typeof content.wrapped === 'string'
  ) {
    return { version: 1, backend: content.backend, wrapped: content.wrapped };
  }
  throw new Error('unreadable');
}
