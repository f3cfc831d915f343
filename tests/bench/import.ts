// A whole file into the empty book and back out of it, beside the sqlite3 shell in the same run. Ready
// rows through prepared statements into our own tables show what of it is the tables' own cost.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { insertBare } from './bare-inserts.ts';
import { writeImportFile } from './import-file.ts';
import type { ImportTimes } from './import-process.ts';
import type { Section } from './section.ts';
import {
  fileIntoOneTable,
  hasShell,
  readyFilesIntoTheTables,
  type ShellTimes,
} from './shell-import.ts';

export interface ImportFigures {
  rows: number;
  megabytes: number;
  /** The sqlite3 shell: what it makes of the file, and of rows that are ready; null where it is missing. */
  shell: { file: ShellTimes; tables: ShellTimes } | null;
  /** Ready rows through prepared statements into the desk's own tables. */
  bareMs: number;
  times: ImportTimes;
}

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
      const shell = hasShell() ? await byShell(folder, file, importRows) : null;
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
      shell === null ? '' : ` · ${(ms / shell.tables.ms).toFixed(1)} × the shell`;
    const shellSeconds = (which: 'file' | 'tables') =>
      shell === null ? 'not installed' : seconds(shell[which].ms);
    const rate = Math.round(rows / (times.import / 1000));
    return [
      { name: 'rows, MB', words: `${rows} · ${megabytes}` },
      {
        name: '  sqlite3 shell: .import, same indexes, FTS rebuild',
        words: shellSeconds('tables'),
      },
      { name: '  sqlite3 shell: the file as it is, in one table', words: shellSeconds('file') },
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
        words: `${seconds(times.cpu)} · ${shell === null ? '–' : seconds(shell.tables.cpuMs)}`,
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

async function byShell(folder: string, file: string, rows: number) {
  const place = join(folder, 'shell');
  mkdirSync(place);
  const shell = {
    file: await fileIntoOneTable(file, join(place, 'file.db')),
    tables: await readyFilesIntoTheTables(place, rows),
  };
  rmSync(place, { recursive: true });
  return shell;
}
