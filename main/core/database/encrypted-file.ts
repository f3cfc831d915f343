// Opens one encrypted SQLite file. Its cipher is AEGIS-256, which authenticates every page as SQLCipher does
// and reads one in a tenth of the time on processors with AES; files of earlier versions are in SQLCipher's
// format. The cipher is named, because the library's default is another one.
import { closeSync, openSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { isSqlCipherFile } from './sqlcipher-page.ts';
import { isDamage } from './storage-problem.ts';

/** 32 random bytes as 64 hexadecimal digits; a passphrase would cost 140 ms at every open. */
export type DatabaseKey = string;

/** Opens or creates `file`, mode 0600; whether the key fits shows at the first read. */
export function openEncrypted(file: string, key: DatabaseKey): Sqlite.Database {
  // SQLite gives its -wal and -shm the mode of the database file.
  closeSync(openSync(file, 'a', 0o600));
  // Never by trial: with a wrong cipher the log beside the file would be taken for an empty one.
  const earlier = isSqlCipherFile(file, key);
  const raw = new Sqlite(file, { timeout: 2_000 });
  try {
    if (earlier) {
      raw.pragma("cipher = 'sqlcipher'");
      raw.pragma('legacy = 4');
      raw.pragma(`key = "x'${key}'"`);
    } else {
      raw.pragma("cipher = 'aegis'");
      raw.pragma(`key = 'raw:${key}'`);
    }
    // Temporary files would not be encrypted.
    raw.pragma('temp_store = MEMORY');
  } catch (error) {
    raw.close();
    throw error;
  }
  return raw;
}

/** Writes a file of an earlier version anew in the present cipher; nobody else has it open. */
export function renewCipher(file: string, key: DatabaseKey): void {
  const raw = openEncrypted(file, key);
  try {
    // Should it be broken off, the file is thrown away; whoever keeps it brings it to the disk.
    raw.pragma('synchronous = OFF');
    raw.pragma("cipher = 'aegis'");
    raw.pragma(`rekey = 'raw:${key}'`);
  } finally {
    raw.close();
  }
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
