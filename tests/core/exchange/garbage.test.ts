import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { anExchange } from './an-exchange.ts';

const MEGABYTE = 1024 * 1024;
const FILE_BYTES = 100 * MEGABYTE;
/** What core warms up by and a few chunks; whoever held the file as text would need more than 300. */
const MOST_GROWTH = 170 * MEGABYTE;

/** The same bytes for the same seed, over and over. */
async function* garbage(head: string, byteOf: (random: number) => number) {
  yield Buffer.from(head);
  const piece = Buffer.alloc(MEGABYTE / 4);
  let state = 20_261_125;
  for (let at = 0; at < piece.length; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    piece[at] = byteOf(state >>> 8);
  }
  for (let made = 0; made < FILE_BYTES; made += piece.length) {
    await turn();
    yield piece;
  }
}

const PRINTABLE = (random: number) => (random % 41 === 0 ? 0x0a : 0x3c + (random % 60));
const request = {
  kind: 'customers',
  format: 'csv',
  fileName: 'x.csv',
  mapping: null,
  dryRun: false,
} as const;

test('bytes that are no text: refused, and nothing is left of the file', async () => {
  const it = anExchange();
  const chunks = garbage('', (random) => random & 0xff);
  await expect(it.exchange.startImport({ ...request, chunks })).rejects.toMatchObject({
    code: 'EXCHANGE_REFUSED',
  });
  expect(it.book()).toEqual([]);
  expect(it.desk.raw.prepare('SELECT count(*) FROM import_files').pluck().get()).toBe(0);
}, 60_000);

test('a good head and garbage behind it: given up with a reason, in bounded memory', async () => {
  const it = anExchange();
  const before = process.memoryUsage().rss;
  const chunks = garbage('Kundennummer;Name;Telefon;E-Mail\n', PRINTABLE);
  const { importId } = await it.exchange.startImport({ ...request, chunks });
  const status = await it.settled(importId);
  expect(status).toMatchObject({ state: 'failed', problem: 'nothingFits' });
  expect(status.rejected + status.skipped + status.created).toBe(status.rows);
  expect(process.memoryUsage().rss - before).toBeLessThan(MOST_GROWTH);
  expect(it.book()).toHaveLength(status.created);
  // What slipped in is taken back as a whole.
  expect(await it.undo(importId)).toMatchObject({ undone: { removed: status.created } });
  expect(it.book()).toEqual([]);
}, 60_000);
