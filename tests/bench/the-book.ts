// The large book of the bench: made by the generator of `npm run book`, or one that it made before.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../../main/core/database/open-database.ts';
import { filesVault } from '../../main/core/secrets/vault.ts';
import { ownNumberOf } from '../book/book-people.ts';
import type { BookSize } from '../book/book-shape.ts';
import { writeBookFolder } from '../book/write-book.ts';

/** As `npm run book` takes it when none is named. */
export const SEED = 20_261_123;

/** Who the agent is, where one has to be named. */
export const AGENT = '01900000-0000-7000-8000-000000000001';

/** The number that only this customer has, E.164. */
export const numberOf = (customer: number) => ownNumberOf(SEED, customer);

/** Opens the book's database; without a host, as core does. */
export function openBook(folder: string) {
  return openDatabase({ folder, vault: filesVault(join(folder, 'secrets')), now: Date.now() });
}

/** Writes the book into an empty folder. */
export async function writeBook(
  folder: string,
  size: BookSize,
  say: (text: string) => void,
): Promise<{ megabytes: number; seconds: number }> {
  let shown = '';
  const written = await writeBookFolder({
    ...{ ...size, folder, seed: SEED, until: Date.now() },
    onProgress(part) {
      if (part !== shown) say(`writing the book: ${part}`);
      shown = part;
    },
  });
  if (!written) throw new Error('the book was not written');
  return { megabytes: written.megabytes, seconds: written.seconds };
}

/** A book that is there already. */
export async function bookIn(folder: string): Promise<{ size: BookSize; megabytes: number }> {
  const { database, close } = await openBook(folder);
  const count = (table: string) =>
    database.query<{ n: number }>(`SELECT coalesce(max(row), 0) AS n FROM ${table}`).get()?.n ?? 0;
  const size = { customers: count('customers'), contacts: count('contacts') };
  close();
  return { size, megabytes: Math.round(statSync(join(folder, 'desk.db')).size / 1e6) };
}
