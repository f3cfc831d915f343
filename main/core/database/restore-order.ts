// A copy that the agent asked for comes back at the next start, while nothing has the database open.
// The order lies beside the database until all of it is done, so that a crash repeats what is left.
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { backupsIn, faultOfFile, putBack, quarantine } from './backups.ts';
import type { DataFolder } from './data-folder.ts';
import type { DatabaseKey } from './encrypted-file.ts';

interface Order {
  /** Name of the copy. */
  name: string;
  /** When it was given; the database that is put aside is named after it. */
  at: number;
}

export interface Restored {
  /** When the copy was made. */
  at: number;
  quarantine: string;
}

export function orderRestore(paths: DataFolder, order: Order): void {
  const part = `${paths.restoreOrder}.part`;
  writeFileSync(part, JSON.stringify(order), { mode: 0o600, flush: true });
  renameSync(part, paths.restoreOrder);
}

/** Carries out the order, if there is one; null when there is none or its copy is not sound. */
export function restoreAsOrdered(paths: DataFolder, key: DatabaseKey): Restored | null {
  const order = orderIn(paths);
  if (!order) return null;
  const copy = backupsIn(paths).find(({ name }) => name === order.name);
  const place = join(paths.quarantine, `${order.at}.db`);
  const done = existsSync(place) && existsSync(paths.database);
  if (!done) {
    if (!copy || faultOfFile(copy.file, key, copy.version) !== null) {
      takeBack(paths, place);
      rmSync(paths.restoreOrder, { force: true });
      return null;
    }
    if (existsSync(paths.database)) quarantine(paths, order.at);
    putBack(paths, copy.file);
  }
  rmSync(paths.restoreOrder, { force: true });
  return { at: copy?.at ?? order.at, quarantine: place };
}

/** The copy turned out to be unusable after the database had been put aside. */
function takeBack(paths: DataFolder, place: string): void {
  if (existsSync(paths.database) || !existsSync(place)) return;
  for (const ending of ['-wal', '-shm', '']) {
    if (existsSync(place + ending)) renameSync(place + ending, paths.database + ending);
  }
}

function orderIn(paths: DataFolder): Order | null {
  if (!existsSync(paths.restoreOrder)) return null;
  try {
    const order = JSON.parse(readFileSync(paths.restoreOrder, 'utf8')) as Partial<Order>;
    if (typeof order.name === 'string' && typeof order.at === 'number')
      return { name: order.name, at: order.at };
  } catch {
    // What cannot be read orders nothing.
  }
  rmSync(paths.restoreOrder, { force: true });
  return null;
}
