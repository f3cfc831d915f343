// Whether a database is sound and all that is derived in it is what would be made anew from its facts.
import { createHash } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type Sqlite from 'better-sqlite3';
import { customerSummary } from '../../../main/core/customers/customer-summary.ts';
import { searchIndex } from '../../../main/core/customers/search-index.ts';
import { deskDatabaseOver } from '../../../main/core/database/desk-database.ts';
import { openEncrypted } from '../../../main/core/database/encrypted-file.ts';
import { databaseKeyIn } from '../support/table-digest.ts';

const DERIVED = {
  customer_emails: [
    'SELECT email_key, customer_id FROM customer_emails',
    'SELECT DISTINCT lower(trim(e.value)), u.id FROM customers u, json_each(u.emails_json) e',
  ],
  customer_tags: [
    'SELECT tag, customer_id FROM customer_tags',
    'SELECT DISTINCT t.value, u.id FROM customers u, json_each(u.tags_json) t',
  ],
  tag_counts: [
    'SELECT tag, customers FROM tag_counts WHERE customers > 0',
    'SELECT tag, count(*) FROM customer_tags GROUP BY tag',
  ],
  customer_rank: ['SELECT row FROM customer_rank', 'SELECT row FROM customers'],
  customer_search: ['SELECT rowid FROM customer_search', 'SELECT row FROM customers'],
  contact_search: [
    'SELECT rowid FROM contact_search',
    'SELECT row FROM contacts WHERE note IS NOT NULL OR subject IS NOT NULL',
  ],
} as const;

/** Whose summaries are made anew where it is not thorough: the newest. */
const NEWEST = 200;

/** What is wrong; empty when nothing is. `thorough` makes all summaries and the whole search index anew. */
export function bookFaults(raw: Sqlite.Database, folder: string, thorough: boolean): string[] {
  const faults: string[] = [];
  const check = raw.pragma('integrity_check', { simple: true });
  if (check !== 'ok') faults.push(`integrity: ${String(check)}`);
  const orphans = raw.pragma('foreign_key_check') as unknown[];
  if (orphans.length > 0) faults.push(`${orphans.length} rows refer to nothing`);
  for (const search of ['customer_search', 'contact_search'])
    raw.exec(`INSERT INTO ${search} (${search}) VALUES ('integrity-check')`);
  for (const [table, [is, ought]] of Object.entries(DERIVED)) {
    const differing = raw
      .prepare(
        `SELECT count(*) FROM (SELECT * FROM (${is} EXCEPT ${ought}) UNION ALL SELECT * FROM (${ought} EXCEPT ${is}))`,
      )
      .pluck()
      .get();
    if (differing !== 0) faults.push(`${table}: ${String(differing)} rows differ`);
  }
  return [...faults, ...madeAnewIn(raw, folder, thorough)];
}

/** In a copy, so that a core that runs on the database never waits for it. */
function madeAnewIn(raw: Sqlite.Database, folder: string, thorough: boolean): string[] {
  const file = join(folder, 'looked-over.db');
  rmSync(file, { force: true });
  writeFileSync(file, '', { mode: 0o600 });
  raw.prepare('VACUUM INTO ?').run(file);
  const copy = openEncrypted(file, databaseKeyIn(folder));
  try {
    copy.pragma('synchronous = OFF');
    return madeAnew(copy, thorough);
  } finally {
    copy.close();
    rmSync(file, { force: true });
  }
}

/** How many rows wait to be taken into the search index. */
export function waitingForSearch(raw: Sqlite.Database): number {
  return Number(
    raw
      .prepare(
        `SELECT (SELECT count(*) FROM customer_search_waiting) + (SELECT count(*) FROM contact_search_waiting)`,
      )
      .pluck()
      .get(),
  );
}

/** Makes summaries and, when `thorough`, search terms once more. */
function madeAnew(raw: Sqlite.Database, thorough: boolean): string[] {
  const database = deskDatabaseOver(raw);
  const summaries = () => digestOf(raw, 'SELECT * FROM customer_summary ORDER BY customer_id');
  for (const part of ['customer', 'contact'])
    raw.exec(
      `CREATE VIRTUAL TABLE temp.${part}_terms USING fts5vocab (main, ${part}_search, instance)`,
    );
  const terms = () =>
    ['customer', 'contact']
      .map((part) => digestOf(raw, `SELECT doc, term FROM ${part}_terms ORDER BY doc, term`))
      .join(' ');
  const faults: string[] = [];
  raw.exec('BEGIN');
  try {
    const [summariesBefore, termsBefore] = [summaries(), thorough ? terms() : ''];
    const summary = customerSummary(database);
    const ids = raw
      .prepare('SELECT id FROM customers ORDER BY row DESC LIMIT ?')
      .pluck()
      .all(thorough ? -1 : NEWEST) as string[];
    for (const id of ids) summary.refresh(id);
    if (summaries() !== summariesBefore) faults.push('summaries differ from the facts');
    if (!thorough) return faults;
    raw.exec(`INSERT OR IGNORE INTO customer_search_waiting SELECT row FROM customers;
      INSERT OR IGNORE INTO contact_search_waiting SELECT row FROM contacts;`);
    searchIndex(database).finish();
    if (terms() !== termsBefore) faults.push('the search index differs from the facts');
  } finally {
    raw.exec('ROLLBACK; DROP TABLE temp.customer_terms; DROP TABLE temp.contact_terms;');
  }
  return faults;
}

function digestOf(raw: Sqlite.Database, sql: string): string {
  const hash = createHash('sha256');
  for (const row of raw.prepare(sql).raw().iterate()) hash.update(JSON.stringify(row));
  return hash.digest('hex');
}
