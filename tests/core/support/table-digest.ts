import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openEncrypted } from '../../../main/core/database/encrypted-file.ts';

export function databaseKeyIn(folder: string): string {
  return readFileSync(join(folder, 'secrets', 'database-key'), 'utf8');
}

/** Opens the database of a running core beside it. */
export function rawDatabaseIn(folder: string) {
  return openEncrypted(join(folder, 'desk.db'), databaseKeyIn(folder));
}

/** A digest of every row of every table; two equal ones mean that nothing was changed. */
export function tableDigest(folder: string): string {
  const raw = rawDatabaseIn(folder);
  try {
    const tables = raw
      .prepare(
        `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`,
      )
      .all() as { name: string }[];
    const hash = createHash('sha256');
    for (const { name } of tables) {
      const rows = raw.prepare(`SELECT * FROM "${name}"`).raw().all();
      hash.update(`${name} ${JSON.stringify(rows)}\n`);
    }
    return hash.digest('hex');
  } finally {
    raw.close();
  }
}
