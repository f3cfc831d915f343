// A process of its own that imports and undoes without end: it is there to be killed in the middle. It
// tells what was acknowledged, one line each. With `finish` it only ends what was interrupted before.
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createCustomers } from '../../../main/core/customers/customers.ts';
import { openDatabase } from '../../../main/core/database/open-database.ts';
import { runJob } from '../../../main/core/database/run-job.ts';
import { writeBackBeside } from '../../../main/core/database/write-back.ts';
import { createExchange } from '../../../main/core/exchange/exchange.ts';
import { importsBeside } from '../../../main/core/exchange/import-beside.ts';
import { newId } from '../../../main/core/ids.ts';
import type { CoreLog } from '../../../main/core/log/core-log.ts';
import { filesVault } from '../../../main/core/secrets/vault.ts';

const [folder = '', agentId = '', wish = ''] = process.argv.slice(2);
const ROWS = 2_500;
const PIECE = 512 * 1024;
const opened = await openDatabase({
  ...{ folder, vault: filesVault(join(folder, 'secrets')), now: Date.now() },
});
const { database } = opened;
const common = { database, now: Date.now, newId: () => newId(), publish: () => undefined };
const settings = { country: 'DE', zone: 'Europe/Berlin', currency: 'EUR', language: 'de' } as const;
const customers = createCustomers({
  ...{ ...common, agentId: () => agentId, settings: () => settings },
  ignored: () => null,
  cues: { verdictsOn: () => [], muted: () => new Set(), shown: () => undefined },
});
const jobs = { paths: opened.paths, key: opened.key, erasuresKey: '' };
const writeBack = writeBackBeside({
  database,
  logFile: `${opened.paths.database}-wal`,
  run: () => runJob({ kind: 'writeBack' }, jobs, () => undefined).result,
});
const indexing = customers.searchIndex.keep({
  writeBack,
  schedule: {
    after: () => () => undefined,
    every(ms, action) {
      const timer = setInterval(action, ms);
      return () => clearInterval(timer);
    },
  },
  changed: () => undefined,
});
const log = { info() {}, warn() {}, error() {} } as unknown as CoreLog;
const files = { folder: join(folder, 'imports'), wrappingKey: opened.deriveKey('imports') };
const { handlers, stop } = createExchange({
  ...{ ...common, ...files, agentId, customers, log, writeBack },
  settings: () => settings,
  beside: importsBeside({
    ...{ ...files, agentId, log, paths: opened.paths, key: opened.key, turns: opened.turns },
    erasuresKey: opened.key,
    now: Date.now,
    settings: () => settings,
  }),
});
const link = { id: 0, windowId: null, closed: new AbortController().signal };
const importCount = database.query<{ n: number }>('SELECT count(*) AS n FROM imports');

/** Everyone once, some with a note; every hundredth row is refused, another one repeats its neighbour. */
function aFile(number: number): Buffer {
  const rows = Array.from({ length: ROWS }, (_, at) => {
    const n = number * ROWS + at - (at % 100 === 50 ? 1 : 0);
    if (at % 100 === 10) return `K-${n};Kunde ${n};030 12;kein at;;`;
    return `K-${n};Kunde ${n};+49 30 ${5_000_000 + n};k${n}@firma.example;neu;${at % 7 === 0 ? 'ruft an' : ''}`;
  });
  return Buffer.from(`Kundennummer;Name;Telefon;E-Mail;Schlagworte;Notiz\n${rows.join('\n')}\n`);
}

function tell(text: string): void {
  process.stdout.write(`${text}\n`);
}

async function settled(importId: string): Promise<void> {
  for (;;) {
    const { state, rows, undone } = await handlers.status({ importId }, link);
    tell(`${state} ${importId} ${state === 'undoing' ? (undone?.removed ?? 0) : rows}`);
    if (state !== 'running' && state !== 'undoing') return;
    await wait(1);
  }
}

async function upload(bytes: Buffer): Promise<string> {
  const { fileId } = await handlers.begin({ fileName: 'k.csv', bytes: bytes.length }, link);
  for (let index = 0; index * PIECE < bytes.length; index += 1) {
    const chunk = bytes.subarray(index * PIECE, (index + 1) * PIECE).toString('base64');
    await handlers.append({ fileId, index, chunk }, link);
  }
  return fileId;
}

/** What the last end interrupted goes on, or is taken back, by turns. */
async function endInterrupted(): Promise<void> {
  for (const { id, state } of await handlers.imports({}, link)) {
    if (state !== 'interrupted' && state !== 'undoInterrupted') continue;
    const back = state === 'interrupted' && (importCount.get()?.n ?? 0) % 2 === 0;
    await (back ? handlers.undo({ importId: id }, link) : handlers.resume({ importId: id }, link));
    await settled(id);
  }
}

async function importWithoutEnd(): Promise<never> {
  for (;;) {
    const number = importCount.get()?.n ?? 0;
    const fileId = await upload(aFile(number));
    const { id } = await handlers.start(
      { fileId, reading: { kind: 'customers' }, policy: 'skip', dryRun: false },
      link,
    );
    await settled(id);
    if (number % 3 === 1) continue;
    await handlers.undo({ importId: id }, link);
    await settled(id);
  }
}

tell('ready');
await endInterrupted();
if (wish !== 'finish') await importWithoutEnd();
await stop();
await indexing.stop();
customers.searchIndex.finish();
opened.close();
