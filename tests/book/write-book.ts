// A data folder with a large book in it, as a desk outside Electron keeps one.
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openEncrypted } from '../../main/core/database/encrypted-file.ts';
import { openDatabase } from '../../main/core/database/open-database.ts';
import { filesVault } from '../../main/core/secrets/vault.ts';
import type { BookSize } from './book-shape.ts';
import { factId } from './book-ids.ts';
import { type BookOptions, shapeOf, writeLargeBook } from './large-book.ts';

export class FolderInUse extends Error {}

export interface WrittenBook {
  agentId: string;
  since: number;
  megabytes: number;
  seconds: number;
}

interface FolderOptions extends BookSize, Pick<BookOptions, 'seed' | 'until' | 'onProgress'> {
  folder: string;
  cancelled?: () => boolean;
}

/**
 * Writes the book into a folder that is empty or does not exist. Throws FolderInUse when something lies
 * there. Answers null when it was cancelled, and leaves nothing then.
 */
export async function writeBookFolder(options: FolderOptions): Promise<WrittenBook | null> {
  const { folder, ...book } = options;
  if (existsSync(folder) && readdirSync(folder).length > 0) throw new FolderInUse(folder);
  const began = performance.now();
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // SQLite sorts there: the folder's disk is the one that has the room.
  process.env['SQLITE_TMPDIR'] = folder;
  let complete = false;
  try {
    const vault = filesVault(join(folder, 'secrets'));
    const agentId = factId(book.until, 'agent', 100);
    const opened = await openDatabase({ folder, vault, now: book.until });
    opened.database
      .query("INSERT INTO agents (id, name, me, created_at, origin) VALUES (?, '', 1, ?, 'real')")
      .run(agentId, book.until);
    opened.close();
    const key = await vault.read('database-key');
    if (key === null) throw new Error('the folder has no key');
    const file = join(folder, 'desk.db');
    const raw = openEncrypted(file, key);
    try {
      complete = await writeLargeBook(raw, { ...book, agentId });
    } finally {
      raw.close();
    }
    if (!complete) return null;
    return {
      agentId,
      since: shapeOf({ ...book, agentId }).since,
      megabytes: Math.round(statSync(file).size / 1e6),
      seconds: Math.round((performance.now() - began) / 1000),
    };
  } finally {
    if (!complete)
      for (const name of readdirSync(folder))
        rmSync(join(folder, name), { recursive: true, force: true });
  }
}
