// Where secrets are kept: wrapped by the system through the host, or in files of the data folder.
import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FromCore, VaultError } from '../../../preload/contract/host.ts';

export interface Vault {
  kind: 'system' | 'files';
  /** Null when there is no such secret; throws VaultUnavailable when that cannot be known now. */
  read(name: string): Promise<string | null>;
  write(name: string, value: string): Promise<void>;
  remove(name: string): Promise<void>;
}

/** The store cannot be used now; that says nothing about what is in it. */
export class VaultUnavailable extends Error {
  readonly reason: VaultError;

  constructor(reason: VaultError) {
    super(`key store ${reason}`);
    this.name = 'VaultUnavailable';
    this.reason = reason;
  }
}

const NAME = /^[a-z0-9-]{1,80}$/;

/** One file a secret, mode 0600, in a folder of mode 0700; a write replaces the file as a whole. */
export function filesVault(folder: string): Vault {
  const fileOf = (name: string): string => {
    if (!NAME.test(name)) throw new VaultUnavailable('refused');
    return join(folder, name);
  };
  return {
    kind: 'files',
    async read(name) {
      try {
        return await readFile(fileOf(name), 'utf8');
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
        throw new VaultUnavailable('unavailable');
      }
    },
    async write(name, value) {
      const file = fileOf(name);
      const part = `${file}.${randomBytes(4).toString('hex')}.part`;
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const handle = await open(part, 'wx', 0o600);
      try {
        await handle.writeFile(value);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(part, file);
    },
    async remove(name) {
      await rm(fileOf(name), { force: true });
    },
  };
}

type VaultRequest = Extract<FromCore, { request: number }>;
type Request =
  | { type: 'vault.read' | 'vault.remove'; name: string }
  | { type: 'vault.write'; name: string; value: string };

export interface VaultAnswer {
  request: number;
  value: string | null;
  error: VaultError | null;
}

const ANSWER_WITHIN_MS = 60_000;

/** Asks the host, which may in turn ask the user to unlock a key ring: hence the long time-out. */
export function hostVault(send: (message: VaultRequest) => void): {
  vault: Vault;
  answered(answer: VaultAnswer): void;
} {
  const open = new Map<number, (answer: VaultAnswer) => void>();
  let last = 0;

  function ask(message: Request): Promise<string | null> {
    last += 1;
    const request = last;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        open.delete(request);
        reject(new VaultUnavailable('unavailable'));
      }, ANSWER_WITHIN_MS);
      open.set(request, ({ value, error }) => {
        clearTimeout(timer);
        open.delete(request);
        if (error) reject(new VaultUnavailable(error));
        else resolve(value);
      });
      send({ ...message, request });
    });
  }

  return {
    vault: {
      kind: 'system',
      read: (name) => ask({ type: 'vault.read', name }),
      write: async (name, value) => void (await ask({ type: 'vault.write', name, value })),
      remove: async (name) => void (await ask({ type: 'vault.remove', name })),
    },
    answered: (answer) => open.get(answer.request)?.(answer),
  };
}
