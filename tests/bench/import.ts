// A whole file into the empty book and back out of it, beside the sqlite3 shell in the same run: it reads
// the same file into one table, builds an index over each column that ours has one for, and a search
// index of beginnings. It knows no numbers, no duplicates, no encryption and nobody who waits meanwhile.
// Ready rows through prepared statements into our own tables show what of it is the tables' own cost.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { insertBare } from './bare-inserts.ts';
import { COLUMNS, writeImportFile } from './import-file.ts';
import type { ImportTimes } from './import-process.ts';
import type { Section } from './section.ts';

export interface ImportFigures {
  rows: number;
  megabytes: number;
  /** Null where it is not installed. */
  shell: { ms: number; cpuMs: number } | null;
  /** Ready rows through prepared statements into the desk's own tables. */
  bareMs: number;
  times: ImportTimes;
}

const SHELL = '/usr/bin/sqlite3';
const run = promisify(execFile);

export const importing: Section<ImportFigures> = {
  name: 'import',
  title: 'A file into the book',
  async measure({ importRows, say }) {
    const folder = mkdtempSync(join(tmpdir(), 'anklang-import-'));
    try {
      const file = join(folder, 'book.csv');
      say(`writing a file of ${importRows} rows`);
      const bytes = writeImportFile(file, importRows);
      say('the sqlite3 shell imports it');
      const shell = existsSync(SHELL) ? await byShell(file, join(folder, 'shell.db')) : null;
      say('ready rows are inserted');
      const bare = join(folder, 'bare');
      mkdirSync(bare);
      const bareMs = await insertBare(bare, importRows);
      rmSync(bare, { recursive: true });
      say('core imports it');
      const data = join(folder, 'desk');
      mkdirSync(data);
      const program = fileURLToPath(new URL('import-process.ts', import.meta.url));
      const { stdout } = await run(process.execPath, [program, data, file]);
      const times = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as ImportTimes;
      return { rows: importRows, megabytes: Math.round(bytes / 1e6), shell, bareMs, times };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
  rows({ rows, megabytes, shell, bareMs, times }) {
    const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
    const timesShell = (ms: number) =>
      shell === null ? '' : ` · ${(ms / shell.ms).toFixed(1)} × the shell`;
    const rate = Math.round(rows / (times.import / 1000));
    return [
      { name: 'rows, MB', words: `${rows} · ${megabytes}` },
      {
        name: '  sqlite3 shell: .import, indexes, FTS rebuild',
        words: shell === null ? 'not installed' : seconds(shell.ms),
      },
      {
        name: '  ready rows into our tables, encrypted',
        words: seconds(bareMs) + timesShell(bareMs),
      },
      {
        name: 'imported, with numbers and duplicates',
        words: `${seconds(times.import)} (${rate}/s)${timesShell(times.import)}`,
        budget: '≤ 3 × the shell',
      },
      { name: '  times the ready rows', words: (times.import / bareMs).toFixed(1) },
      {
        name: '  and everyone found by the search',
        words: seconds(times.searchable) + timesShell(times.searchable),
        budget: '≤ 3 × the shell',
      },
      {
        // On a busy machine this says more than the time by the clock.
        name: '  processor time of core, of the shell',
        words: `${seconds(times.cpu)} · ${shell === null ? '–' : seconds(shell.cpuMs)}`,
      },
      { name: '  before it: file handed over', words: seconds(times.upload) },
      { name: 'taken back', words: seconds(times.undo) },
      ...(['import', 'undo'] as const).map((part) => ({
        name: `core deaf during ${part}, p99 · longest`,
        words: `${times.blocks[part].p99} · ${times.blocks[part].max}`,
        budget: 'longest ≤ 50',
      })),
      { name: 'peak memory of core (MB)', words: String(Math.round(times.peakRssBytes / 1e6)) },
    ];
  },
};

/** With the same durability as the desk's database. */
async function byShell(file: string, database: string): Promise<{ ms: number; cpuMs: number }> {
  const columns = COLUMNS.map((name) => `"${name}"`).join(', ');
  const indexes = [
    ...['"Customer number"', '"Name"', '"Postal code", "Street"', '"Phone"', '"Phone 2"'],
    ...['"E-mail"', '"Tags"'],
  ];
  const script = [
    'PRAGMA journal_mode = WAL;',
    'PRAGMA synchronous = FULL;',
    `CREATE TABLE book (${columns});`,
    '.mode csv',
    `.import --skip 1 ${file} book`,
    ...indexes.map((on, at) => `CREATE INDEX book_${at} ON book (${on});`),
    // Its version knows no contentless_delete; a table of its own is what it reads when it rebuilds.
    `CREATE VIRTUAL TABLE search USING fts5 ("Name", "Company", "City", "Phone", "Phone 2", "E-mail", "Tags",
       content = 'book', prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 2');`,
    "INSERT INTO search (search) VALUES ('rebuild');",
  ];
  const began = performance.now();
  const child = run('/bin/sh', ['-c', `${SHELL} -bail "$0" && times`, database]);
  child.child.stdin?.end(script.join('\n'));
  const { stdout } = await child;
  const ms = Math.round(performance.now() - began);
  // The last line: user and system time of what the shell has started, as 0m1.50s.
  const spent = [...(stdout.trim().split('\n').at(-1) ?? '').matchAll(/(\d+)m([\d.]+)s/g)];
  const cpuMs = spent.reduce((sum, [, m, s]) => sum + Number(m) * 60_000 + Number(s) * 1000, 0);
  return { ms, cpuMs: Math.round(cpuMs) };
}
