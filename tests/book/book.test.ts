// The generator writes what the product would have written: every derived row is made again and compared.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { customerSummary } from '../../main/core/customers/customer-summary.ts';
import { emailKey } from '../../main/core/customers/customer-store.ts';
import { searchIndex } from '../../main/core/customers/search-index.ts';
import { openDatabase, type OpenedDatabase } from '../../main/core/database/open-database.ts';
import { comparableNumber, numberKeyFrom } from '../../main/core/phone-numbers/number-key.ts';
import { filesVault } from '../../main/core/secrets/vault.ts';
import { customerOf, ownNumberOf } from './book-people.ts';
import { FolderInUse, writeBookFolder } from './write-book.ts';

const UNTIL = Date.UTC(2026, 10, 24);
const size = { customers: 1_500, contacts: 9_000 };
const root = mkdtempSync(join(tmpdir(), 'anklang-book-'));
const folder = join(root, 'book');
const write = (to: string, more: Partial<Parameters<typeof writeBookFolder>[0]> = {}) =>
  writeBookFolder({
    ...size,
    folder: to,
    seed: 7,
    until: UNTIL,
    onProgress: () => undefined,
    ...more,
  });
let opened: OpenedDatabase;

beforeAll(async () => {
  await write(folder);
  opened = await openDatabase({ folder, vault: filesVault(join(folder, 'secrets')), now: UNTIL });
}, 120_000);
afterAll(() => {
  opened.close();
  rmSync(root, { recursive: true, force: true });
});

const all = <Row>(sql: string) => opened.database.query<Row>(sql).all();

it('has the numbers, addresses and names that it says', () => {
  expect(
    all(
      'SELECT (SELECT count(*) FROM customers) AS customers, (SELECT count(*) FROM contacts) AS contacts',
    ),
  ).toEqual([size]);
  for (const { raw, e164, number_key } of all<{ raw: string; e164: string; number_key: string }>(
    'SELECT raw, e164, number_key FROM customer_numbers',
  )) {
    expect([raw, numberKeyFrom(raw, 'DE').e164, comparableNumber(raw, 'DE')]).toEqual([
      raw,
      e164,
      number_key,
    ]);
  }
  const emails = all<{ id: string; emails_json: string }>(
    'SELECT id, emails_json FROM customers',
  ).flatMap(({ id, emails_json }) =>
    (JSON.parse(emails_json) as string[]).map((email) => ({
      email_key: emailKey(email),
      customer_id: id,
    })),
  );
  const sorted = (rows: object[]) => rows.map((row) => JSON.stringify(row)).sort();
  expect(sorted(all('SELECT email_key, customer_id FROM customer_emails'))).toEqual(sorted(emails));
});

it('gives everybody a number that nobody else has', () => {
  const owned = new Set(Array.from({ length: 20_000 }, (_, index) => ownNumberOf(7, index)));
  expect(owned.size).toBe(20_000);
  const shared = all<{ n: number }>(
    'SELECT count(*) AS n FROM (SELECT 1 FROM customer_numbers GROUP BY number_key HAVING count(*) > 1)',
  );
  expect(shared[0]?.n).toBeGreaterThan(50);
  expect(customerOf(7, 0).numbers[0]?.e164).toBe(ownNumberOf(7, 0));
});

it('keeps summaries and ranks as the product derives them', () => {
  const before = all('SELECT * FROM customer_summary ORDER BY customer_id');
  const ranks = all('SELECT * FROM customer_rank ORDER BY row');
  const { refresh } = customerSummary(opened.database);
  opened.database.transaction(() => {
    for (const { id } of all<{ id: string }>('SELECT id FROM customers')) refresh(id);
    opened.database.query('UPDATE promises SET due_at = due_at').run();
  });
  expect(all('SELECT * FROM customer_summary ORDER BY customer_id')).toEqual(before);
  expect(all('SELECT * FROM customer_rank ORDER BY row')).toEqual(ranks);
});

it('keeps the index as the product derives it', () => {
  const terms = (table: string) => {
    opened.database
      .query(
        `CREATE VIRTUAL TABLE IF NOT EXISTS temp.${table}_terms USING fts5vocab(main, ${table}, 'row')`,
      )
      .run();
    return all(`SELECT term, doc FROM temp.${table}_terms`);
  };
  const before = [terms('customer_search'), terms('contact_search')];
  for (const part of ['customer', 'contact']) {
    opened.database.query(`DELETE FROM ${part}_search`).run();
    opened.database.query(`INSERT INTO ${part}_search (${part}_search) VALUES ('optimize')`).run();
    opened.database
      .query(`INSERT INTO ${part}_search_waiting (row) SELECT row FROM ${part}s`)
      .run();
  }
  searchIndex(opened.database).finish();
  expect([terms('customer_search'), terms('contact_search')]).toEqual(before);
}, 60_000);

it('is the same again for the same seed, refuses a folder in use, and leaves nothing when cancelled', async () => {
  const again = join(root, 'again');
  await write(again);
  const other = await openDatabase({
    folder: again,
    vault: filesVault(join(again, 'secrets')),
    now: UNTIL,
  });
  for (const table of [
    'customers',
    'contacts',
    'calls',
    'feelings',
    'promises',
    'deals',
    'kpi_measures',
  ]) {
    const sql = `SELECT * FROM ${table}`;
    if (table === 'promises') continue;
    expect(other.database.query(sql).all()).toEqual(all(sql));
  }
  other.close();
  await expect(write(again)).rejects.toThrow(FolderInUse);
  const cancelled = join(root, 'cancelled');
  expect(await write(cancelled, { cancelled: () => true })).toBeNull();
  expect(readdirSync(cancelled)).toEqual([]);
}, 120_000);
