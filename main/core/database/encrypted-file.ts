// Opens one encrypted SQLite file. The cipher is named, because the library's default is another one.
import { closeSync, openSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { isDamage } from './storage-problem.ts';

/** 32 random bytes as 64 hexadecimal digits; a passphrase would cost 140 ms at every open. */
export type DatabaseKey = string;

/** Opens or creates `file`, mode 0600; whether the key fits shows at the first read. */
export function openEncrypted(file: string, key: DatabaseKey): Sqlite.Database {
  // SQLite gives its -wal and -shm the mode of the database file.
  closeSync(openSync(file, 'a', 0o600));
  const raw = new Sqlite(file, { timeout: 2_000 });
  try {
    raw.pragma("cipher = 'sqlcipher'");
    raw.pragma('legacy = 4');
    raw.pragma(`key = "x'${key}'"`);
    // Temporary files would not be encrypted.
    raw.pragma('temp_store = MEMORY');
  } catch (error) {
    raw.close();
    throw error;
  }
  return raw;
}

/** Null when SQLite finds the file sound, else what it says. */
export function faultOf(raw: Sqlite.Database): string | null {
  try {
    const answer = raw.pragma('quick_check(1)', { simple: true });
    return answer === 'ok' ? null : String(answer);
  } catch (error) {
    if (isDamage(error) && error instanceof Error) return error.message;
    throw error;
  }
}

export function schemaVersionOf(raw: Sqlite.Database): number {
  return Number(raw.pragma('user_version', { simple: true }));
}
