// All that lies in a data folder, as whoever has its key could read it: every page of every database
// decrypted as it is, free space and all, and every other file.
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { hkdfSync } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { openEncrypted } from '../../../main/core/database/encrypted-file.ts';

export interface PlainFile {
  name: string;
  bytes: Buffer;
}

const DATABASE = /\.(db|erasures)$/;

export function plainData(folder: string): PlainFile[] {
  const key = readFileSync(join(folder, 'secrets', 'database-key'), 'utf8');
  const erasuresKey = Buffer.from(
    hkdfSync('sha256', Buffer.from(key, 'hex'), '', 'anklang erasures', 32),
  ).toString('hex');
  const work = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'anklang-plain-'));
  try {
    return filesIn(folder).flatMap((file) => {
      const name = relative(folder, file);
      if (!DATABASE.test(file)) return [{ name, bytes: readFileSync(file) }];
      return [{ name, bytes: decrypted(file, work, file.endsWith('.db') ? key : erasuresKey) }];
    });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** The files in which one of these texts stands, in UTF-8, with the text. */
export function filesWith(folder: string, texts: readonly string[]): string[] {
  return plainData(folder).flatMap(({ name, bytes }) =>
    texts.filter((text) => bytes.includes(text)).map((text) => `${name}: ${text}`),
  );
}

function decrypted(file: string, work: string, key: string): Buffer {
  const copy = join(work, 'copy.db');
  for (const ending of ['', '-wal']) {
    rmSync(copy + ending, { force: true });
    if (existsSync(file + ending)) copyFileSync(file + ending, copy + ending);
  }
  const raw = openEncrypted(copy, key);
  raw.pragma('journal_mode = DELETE');
  // Page by page, as they are: nothing is tidied up on the way.
  raw.pragma("rekey = ''");
  raw.close();
  const bytes = readFileSync(copy);
  if (!bytes.subarray(0, 15).equals(Buffer.from('SQLite format 3')))
    throw new Error(`${file} was not decrypted`);
  return bytes;
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !/-(wal|shm)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}
