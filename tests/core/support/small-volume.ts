// A file system of a few megabytes that can be filled and parts of which can be made read-only, where
// this user may mount one (Linux, as root or with sudo that asks for nothing).
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statfsSync,
  writeSync,
  openSync,
  closeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SmallVolume {
  folder: string;
  /** Leaves so many bytes. */
  fill(left: number): void;
  /** Gives the room back. */
  makeRoom(): void;
  /** Nothing below this path can be written until the answer is called. */
  protect(path: string): () => void;
  close(): void;
}

const PREFIX = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
const FILLER = 'filler';

function ran(...command: string[]): boolean {
  const [program = '', ...rest] = [...PREFIX, ...command];
  return spawnSync(program, rest, { stdio: 'ignore' }).status === 0;
}

/** Null where no file system can be mounted: the tests then say that they were skipped. */
export function aSmallVolume(megabytes: number): SmallVolume | null {
  if (process.platform !== 'linux') return null;
  const root = mkdtempSync(join(tmpdir(), 'anklang-volume-'));
  const uid = process.getuid?.() ?? 0;
  const how = `size=${megabytes}m,mode=0700,uid=${uid}`;
  if (!ran('mount', '-t', 'tmpfs', '-o', how, 'tmpfs', root)) {
    rmSync(root, { recursive: true, force: true });
    return null;
  }
  const folder = join(root, 'data');
  mkdirSync(folder);
  chmodSync(folder, 0o700);
  const filler = join(root, FILLER);
  const protectedPaths = new Set<string>();
  const unprotect = (path: string) => {
    if (protectedPaths.delete(path)) must('umount', path);
  };
  return {
    folder,
    fill(left) {
      const { bavail, bsize } = statfsSync(root);
      const zeros = Buffer.alloc(bsize);
      const file = openSync(filler, 'a');
      try {
        for (let pages = bavail - Math.ceil(left / bsize); pages > 0; pages -= 1)
          writeSync(file, zeros);
      } finally {
        closeSync(file);
      }
    },
    makeRoom: () => rmSync(filler, { force: true }),
    protect(path) {
      must('mount', '--bind', path, path);
      protectedPaths.add(path);
      must('mount', '-o', 'remount,ro,bind', path);
      return () => unprotect(path);
    },
    close() {
      for (const path of protectedPaths) unprotect(path);
      must('umount', root);
      rmSync(root, { recursive: true, force: true });
    },
  };
}

function must(...command: string[]): void {
  if (!ran(...command)) throw new Error(`${command.join(' ')} failed`);
}
