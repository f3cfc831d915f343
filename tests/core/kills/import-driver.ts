// Imports customers without end, as the window does; what was acknowledged is kept here, outside core.
import { setTimeout as wait } from 'node:timers/promises';
import type Sqlite from 'better-sqlite3';
import type { Random } from '../../../main/core/sample/random.ts';
import type { ImportStatus } from '../../../preload/contract/exchange.ts';
import type { DeskClient } from '../support/test-core.ts';
import type { Driver } from './driver.ts';

const LINES = 500;
/** Every so many lines there is one that cannot be imported. */
const BAD_EVERY = 17;

interface Acknowledged {
  rows: number;
  done: boolean;
  undoBegun: boolean;
  undone: boolean;
}

interface ImportRow {
  id: string;
  file_name: string;
  state: ImportStatus['state'];
  rows: number;
  created: number;
  rejected_json: string;
  rejects: number;
}

const isBad = (line: number) => line % BAD_EVERY === 0;
const externalId = (file: number, line: number) => `I${file}-${line}`;

function fileOf(file: number): string {
  const lines = Array.from({ length: LINES }, (_, at) => {
    const line = at + 1;
    const name = isBad(line) ? '' : `Import ${file} Zeile ${line}`;
    return `${externalId(file, line)};${name};+49 30 ${1_000_000 + file * 2_000 + line};i${file}.${line}@firma.example;neu;Notiz ${file} ${line}`;
  });
  return `Kundennummer;Name;Telefon;E-Mail;Schlagworte;Notiz\n${lines.join('\n')}\n`;
}

export function importDriver(random: Random): Driver {
  const acknowledged = new Map<string, Acknowledged>();
  let file = 0;

  function heard(status: ImportStatus): ImportStatus {
    const known = acknowledged.get(status.id);
    acknowledged.set(status.id, {
      rows: Math.max(known?.rows ?? 0, status.rows),
      done: known?.done === true || status.state === 'done',
      undoBegun: known?.undoBegun === true || status.state === 'undoing',
      undone: known?.undone === true || status.state === 'undone',
    });
    return status;
  }

  async function toItsEnd(client: DeskClient, begun: ImportStatus): Promise<ImportStatus> {
    let status = heard(begun);
    while (status.state === 'running' || status.state === 'undoing') {
      await wait(4);
      status = heard(await client.exchange.status({ importId: begun.id }));
    }
    return status;
  }

  async function finishInterrupted(client: DeskClient): Promise<void> {
    for (const { id: importId, state } of await client.exchange.imports({})) {
      if (state === 'interrupted' || state === 'undoInterrupted')
        await toItsEnd(client, await client.exchange.resume({ importId }));
    }
  }

  return {
    name: 'imports',
    acknowledged: () =>
      [...acknowledged.values()].reduce((sum, { rows, undone }) => sum + rows + Number(undone), 0),

    async work(client) {
      await finishInterrupted(client);
      for (;;) {
        file += 1;
        const bytes = Buffer.from(fileOf(file));
        const { fileId } = await client.exchange.begin({
          ...{ fileName: `people-${file}.csv`, bytes: bytes.length },
        });
        await client.exchange.append({ fileId, index: 0, chunk: bytes.toString('base64') });
        const { id: importId } = await toItsEnd(client, await client.exchange.start({ fileId }));
        if (random.chance(0.6)) await toItsEnd(client, await client.exchange.undo({ importId }));
      }
    },

    finish: finishInterrupted,

    faults(raw) {
      const imports = raw
        .prepare(
          `SELECT i.*, (SELECT count(*) FROM import_rejects r WHERE r.import_id = i.id) AS rejects FROM imports i`,
        )
        .all() as ImportRow[];
      const byId = new Map(imports.map((row) => [row.id, row]));
      const lost = [...acknowledged].flatMap(([id, was]) => {
        const row = byId.get(id);
        if (!row) return [`import ${id} is gone`];
        const { state } = row;
        if (row.rows < was.rows) return [`${row.file_name}: ${row.rows} of ${was.rows} rows`];
        if (was.undone && state !== 'undone')
          return [`${row.file_name} was undone and is ${state}`];
        if (was.undoBegun && !state.startsWith('und'))
          return [`the undoing of ${row.file_name} had begun, and it is ${state}`];
        if (was.done && !was.undoBegun && (state === 'interrupted' || state === 'running'))
          return [`${row.file_name} was done and is ${state}`];
        return [];
      });
      return [...lost, ...imports.flatMap((row) => halfIn(raw, row)), ...strayFiles(raw)];
    },
  };
}

/** What an import left that is neither all nor nothing of a row, or not what it counts. */
function halfIn(raw: Sqlite.Database, row: ImportRow): string[] {
  const file = Number(/people-(\d+)/.exec(row.file_name)?.[1]);
  const found = raw
    .prepare(
      `SELECT u.external_id AS externalId,
         (SELECT count(*) FROM customer_numbers n WHERE n.customer_id = u.id) AS numbers,
         (SELECT count(*) FROM customer_emails e WHERE e.customer_id = u.id) AS emails,
         (SELECT count(*) FROM customer_tags t WHERE t.customer_id = u.id) AS tags,
         (SELECT count(*) FROM contacts c WHERE c.customer_id = u.id) AS notes
       FROM customers u WHERE u.external_id GLOB ?`,
    )
    .all(`I${file}-*`) as Record<'externalId' | 'numbers' | 'emails' | 'tags' | 'notes', unknown>[];
  const undoing = row.state.startsWith('und');
  const half = found.filter(
    ({ numbers, emails, tags, notes }) =>
      numbers !== 1 || emails !== 1 || tags !== 1 || (notes !== 1 && !undoing),
  );
  const faults = half.slice(0, 3).map((one) => `half a row: ${JSON.stringify(one)}`);
  const say = (what: string) => faults.push(`${row.file_name} (${row.state}): ${what}`);
  const ids = new Set(found.map((one) => one.externalId));
  const lines = Array.from({ length: row.rows }, (_, at) => at + 1);
  const good = lines.filter((line) => !isBad(line));
  if (row.created !== good.length) say(`${row.created} created of ${row.rows} rows`);
  if (row.rejects !== lines.length - good.length) say(`${row.rejects} rejected`);
  if (row.state === 'undone' && ids.size > 0) say(`${ids.size} are left`);
  if (undoing) return faults;
  const missing = good.filter((line) => !ids.has(externalId(file, line)));
  if (missing.length > 0) say(`${missing.length} of ${good.length} are missing`);
  if (ids.size > good.length) say(`${ids.size} are there, of ${good.length}`);
  if (row.state === 'done' && row.rows !== LINES) say(`done after ${row.rows} rows`);
  return faults;
}

/** Files that nothing goes on with, and imports to go on with whose file is gone. */
function strayFiles(raw: Sqlite.Database): string[] {
  const faults: string[] = [];
  const stray = raw
    .prepare(
      `SELECT count(*) FROM import_files f WHERE NOT EXISTS (SELECT 1 FROM imports i WHERE i.file_id = f.id)`,
    )
    .pluck()
    .get();
  if (stray !== 0) faults.push(`${String(stray)} files of no import`);
  const without = raw
    .prepare(`SELECT count(*) FROM imports WHERE state = 'interrupted' AND file_id IS NULL`)
    .pluck()
    .get();
  if (without !== 0) faults.push(`${String(without)} interrupted imports without their file`);
  return faults;
}
