import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { deskDatabaseOver } from '../../../main/core/database/desk-database.ts';
import { openEncrypted } from '../../../main/core/database/encrypted-file.ts';
import { writeBackBeside } from '../../../main/core/database/write-back.ts';
import { aFolderForThisTest } from '../support/test-core.ts';

const KEY = 'ab'.repeat(32);

function aDatabase() {
  const file = join(aFolderForThisTest(), 'x.db');
  const raw = openEncrypted(file, KEY);
  raw.pragma('journal_mode = WAL');
  raw.pragma('synchronous = FULL');
  raw.exec('CREATE TABLE pages (body BLOB)');
  const database = deskDatabaseOver(raw);
  const insert = database.query('INSERT INTO pages VALUES (zeroblob(4000))');
  let runs = 0;
  const writeBack = writeBackBeside({
    database,
    logFile: `${file}-wal`,
    run() {
      runs += 1;
      const other = openEncrypted(file, KEY);
      other.pragma('wal_checkpoint(PASSIVE)');
      other.close();
      return Promise.resolve();
    },
  });
  return {
    ...{ raw, database, writeBack, file, runs: () => runs },
    fill: (pages: number) =>
      database.bulkTransaction(() => {
        for (let at = 0; at < pages; at += 1) insert.run();
      }),
  };
}

test('while much is written the log stays within bounds, and nothing is left to others', async () => {
  const it = aDatabase();
  await it.writeBack.during(async (breathe) => {
    for (let step = 0; step < 40; step += 1) {
      it.fill(1_000);
      await breathe();
      expect(it.raw.pragma('wal_autocheckpoint', { simple: true })).toBe(0);
    }
  });
  expect(it.runs()).toBeGreaterThan(1);
  expect(statSync(`${it.file}-wal`).size).toBeLessThan(20_000 * 4_096);
  const [log] = it.raw.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[];
  expect((log?.log ?? 0) - (log?.checkpointed ?? 0)).toBeLessThan(1_000);
  expect(it.raw.pragma('wal_autocheckpoint', { simple: true })).toBe(1_000);
  it.database.close();
}, 60_000);

test('a bulk transaction is all or nothing, and leaves the usual care behind', () => {
  const it = aDatabase();
  expect(() =>
    it.database.bulkTransaction(() => {
      it.fill(3);
      throw new Error('no');
    }),
  ).toThrow('no');
  expect(it.raw.prepare('SELECT count(*) FROM pages').pluck().get()).toBe(0);
  const during = it.database.bulkTransaction(() => it.raw.pragma('synchronous', { simple: true }));
  expect([during, it.raw.pragma('synchronous', { simple: true })]).toEqual([1, 2]);
  it.database.close();
});
