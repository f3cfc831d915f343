// One host per data folder. The lock is a file with the process that holds it; what a dead host left
// behind is taken over.
import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Holder {
  pid: number;
  /** When the process began, in the kernel's own count: tells a reused pid from the holder. */
  began: string | null;
  url: string | null;
}

export interface HostLock {
  /** Lets a second start say where the desk is. */
  tellAddress(url: string): void;
  release(): void;
}

/** Takes the lock, or says who holds it. */
export function takeHostLock(folder: string): { lock: HostLock } | { holder: Holder } {
  const file = join(folder, 'host.lock');
  const own: Holder = { pid: process.pid, began: processBegan(process.pid), url: null };
  const nonce = randomUUID();
  const draft = `${file}.${nonce}`;
  writeFileSync(draft, JSON.stringify(own), { mode: 0o600 });
  try {
    while (true) {
      try {
        // A link appears whole or not at all, unlike a file that is created and then written.
        linkSync(draft, file);
        return { lock: lockOver(file, own) };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const holder = readHolder(file);
      if (holder && isAlive(holder)) return { holder };
      moveAside(file, `${file}.dead-${nonce}`, holder);
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

function lockOver(file: string, own: Holder): HostLock {
  return {
    tellAddress: (url) => {
      own.url = url;
      const draft = `${file}.${randomUUID()}`;
      writeFileSync(draft, JSON.stringify(own), { mode: 0o600 });
      renameSync(draft, file);
    },
    release: () => {
      const holder = readHolder(file);
      if (holder?.pid === own.pid && holder.began === own.began) rmSync(file, { force: true });
    },
  };
}

/** Removes a dead holder's file, but puts back what another starter has taken in between. */
function moveAside(file: string, aside: string, judged: Holder | null): void {
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const moved = readHolder(aside);
  if (JSON.stringify(moved) !== JSON.stringify(judged) && moved && isAlive(moved)) {
    try {
      linkSync(aside, file);
    } catch {
      // Someone newer has it: let the next round find out.
    }
  }
  rmSync(aside, { force: true });
}

function readHolder(file: string): Holder | null {
  try {
    const read: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof read !== 'object' || read === null) return null;
    const { pid, began, url } = read as Record<string, unknown>;
    if (typeof pid !== 'number' || !Number.isInteger(pid) || pid <= 0) return null;
    return {
      pid,
      began: typeof began === 'string' ? began : null,
      url: typeof url === 'string' ? url : null,
    };
  } catch {
    return null;
  }
}

function isAlive({ pid, began }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const now = processBegan(pid);
  return began === null || now === null || began === now;
}

/** The start time of a process where /proc tells it (field 22 of its stat), else null. */
function processBegan(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold anything, also brackets and blanks.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
