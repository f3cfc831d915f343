// kill -9 in the middle of imports; for the tests and, at many more moments, for the soak.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { rawDatabaseIn } from './table-digest.ts';

export interface KilledImports {
  /** Answers about imports and undoings that were heard before the end. */
  acknowledged: number;
  /** What is wrong with the data afterwards; empty when nothing is. */
  faults: string[];
}

interface ImportRow {
  id: string;
  state: string;
  rows: number;
  created: number;
  counted: number;
  removed: number;
  there: number;
  rejects: number;
  rejected: number;
}

/**
 * Imports in a process of its own over `folder`, kills it `ms` after the first sign of work, and looks at
 * what it left. What an earlier call left half done is continued or taken back first.
 */
export async function killImportsAfter(
  folder: string,
  agentId: string,
  ms: number,
): Promise<KilledImports> {
  const { child, ended, told } = importing(folder, agentId);
  while (!/running|undoing/.test(told()) && child.exitCode === null) await wait(20);
  await wait(ms);
  child.kill('SIGKILL');
  await ended;
  const lines = told().split('\n').slice(1, -1);
  return { acknowledged: lines.length, faults: faultsIn(folder, lines) };
}

/** Continues or takes back what was interrupted, and looks at what there is then. */
export async function finishImports(folder: string, agentId: string): Promise<string[]> {
  const { ended, told, complaint } = importing(folder, agentId, 'finish');
  const [code] = (await ended) as [number | null];
  const faults = faultsIn(folder, told().split('\n').slice(1, -1));
  if (code !== 0) faults.push(`finishing ended with ${String(code)}: ${complaint()}`);
  const raw = rawDatabaseIn(folder);
  try {
    const open = raw.prepare("SELECT id, state FROM imports WHERE state NOT IN ('done', 'undone')");
    for (const row of open.all()) faults.push(`not finished: ${JSON.stringify(row)}`);
    const waiting = raw.prepare('SELECT count(*) FROM customer_search_waiting').pluck().get();
    if (waiting !== 0) faults.push(`${String(waiting)} customers are not in the index`);
  } finally {
    raw.close();
  }
  return faults;
}

function importing(folder: string, agentId: string, wish = '') {
  const child = fork(
    fileURLToPath(new URL('import-until-killed.ts', import.meta.url)),
    [folder, agentId, wish],
    { silent: true },
  );
  let text = '';
  let complaint = '';
  child.stdout?.setEncoding('utf8').on('data', (more: string) => (text += more));
  child.stderr?.setEncoding('utf8').on('data', (more: string) => (complaint += more));
  return { child, ended: once(child, 'exit'), told: () => text, complaint: () => complaint };
}

function faultsIn(folder: string, lines: readonly string[]): string[] {
  const raw = rawDatabaseIn(folder);
  const faults: string[] = [];
  const numberOf = (sql: string) => raw.prepare(sql).pluck().get() as number;
  try {
    const check = raw.pragma('integrity_check', { simple: true });
    if (check !== 'ok') faults.push(`integrity: ${String(check)}`);
    const orphans = raw.pragma('foreign_key_check') as unknown[];
    if (orphans.length > 0) faults.push(`${orphans.length} rows refer to nothing`);
    const imports = raw.prepare(IMPORTS).all() as ImportRow[];
    for (const one of imports) {
      // Nobody works with these customers: whoever came is there or was taken back.
      const { id, state, rows, created, counted, removed, there, rejects, rejected } = one;
      if (created !== removed + there || counted !== rows || rejects !== rejected)
        faults.push(JSON.stringify(one));
      if (state === 'undone' && there > 0) faults.push(`${id} is undone, and ${there} are left`);
    }
    const total = imports.reduce((sum, { there }) => sum + there, 0);
    const book = numberOf("SELECT count(*) FROM customers WHERE origin = 'imported'");
    if (book !== total) faults.push(`${book} in the book, ${total} of them came with an import`);
    for (const [what, sql] of Object.entries(NONE_OF)) {
      const count = numberOf(sql);
      if (count > 0) faults.push(`${count} ${what}`);
    }
    const stored = new Map(imports.map((one) => [one.id, one]));
    for (const line of lines) {
      const [state = '', id = '', said = '0'] = line.split(' ');
      const found = stored.get(id);
      const enough = state === 'undoing' ? found?.removed : found?.rows;
      if (!found || (enough ?? 0) < Number(said)) faults.push(`lost what was said: ${line}`);
      if (state === 'undone' && found?.state !== 'undone') faults.push(`came back: ${line}`);
    }
  } finally {
    raw.close();
  }
  return faults;
}

const IMPORTS = `
  SELECT i.id, i.state, i.rows, i.created,
    i.created + i.updated + coalesce((SELECT sum(value) FROM json_each(i.skipped_json)), 0)
      + coalesce((SELECT sum(value) FROM json_each(i.rejected_json)), 0) AS counted,
    coalesce(json_extract(i.undone_json, '$.removed'), 0) AS removed,
    (SELECT count(*) FROM import_batches b JOIN customers u ON u.row > b.first_row AND u.row <= b.last_row
     WHERE b.import_id = i.id) AS there,
    (SELECT count(*) FROM import_rejects r WHERE r.import_id = i.id) AS rejects,
    coalesce((SELECT sum(value) FROM json_each(i.rejected_json)), 0) AS rejected
  FROM imports i WHERE i.dry_run = 0`;

/** What there must be none of. */
const NONE_OF: Readonly<Record<string, string>> = {
  'customers without all of their record': `SELECT count(*) FROM customers u WHERE u.origin = 'imported' AND (
    (SELECT count(*) FROM customer_numbers WHERE customer_id = u.id) <> 1
    OR (SELECT count(*) FROM customer_emails WHERE customer_id = u.id) <> 1
    OR (SELECT count(*) FROM customer_tags WHERE customer_id = u.id) <> 1
    OR (SELECT count(*) FROM customer_rank WHERE row = u.row) <> 1
    OR (SELECT contact_count FROM customer_summary WHERE customer_id = u.id)
      IS NOT (SELECT count(*) FROM contacts WHERE customer_id = u.id))`,
  'customers neither in the index nor waiting for it': `SELECT count(*) FROM customers u WHERE u.origin = 'imported'
    AND NOT EXISTS (SELECT 1 FROM customer_search_docsize WHERE id = u.row)
    AND NOT EXISTS (SELECT 1 FROM customer_search_waiting WHERE row = u.row)`,
  'index entries of nobody': `SELECT count(*) FROM customer_search_docsize d
    WHERE NOT EXISTS (SELECT 1 FROM customers WHERE row = d.id)`,
  'ranks of nobody': `SELECT count(*) FROM customer_rank r WHERE NOT EXISTS (SELECT 1 FROM customers WHERE row = r.row)`,
  'tags counted wrongly': `SELECT count(*) FROM tag_counts t
    WHERE t.customers <> (SELECT count(*) FROM customer_tags c WHERE c.tag = t.tag)`,
};
