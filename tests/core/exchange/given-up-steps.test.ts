// Steps of an import that are taken back because core waits: the rows come again, once.
import { expect, test } from 'vitest';
import { BETWEEN_CALLS, LEAST_ROWS } from '../../../main/core/database/paced-rows.ts';
import { noWriteBack } from '../../../main/core/database/write-back.ts';
import type { StartImportBeside } from '../../../main/core/exchange/import-beside.ts';
import { createImportStore } from '../../../main/core/exchange/import-store.ts';
import { importWork } from '../../../main/core/exchange/import-work.ts';
import { uploadedFiles } from '../../../main/core/exchange/uploaded-files.ts';
import { newId } from '../../../main/core/ids.ts';
import { anExchange } from './an-exchange.ts';

const ROWS = 3_000;
const file = [
  'Kundennummer;Name;Telefon',
  // Every tenth row is about somebody whom the file told of before; every hundredth says nothing useful.
  ...Array.from({ length: ROWS }, (_, at) => {
    if (at % 100 === 50) return `K-${at};;abc`;
    return `K-${at % 10 === 9 ? at - 1 : at};Kunde ${at};030 ${7_000_000 + at}`;
  }),
].join('\n');

test('what was taken back comes again: nothing is lost, nothing is there twice, and undo takes all of it', async () => {
  let steps = 0;
  let asked = 0;
  let shortSteps = 0;
  const beside: StartImportBeside = (importId, task) => {
    const { desk, folder, wrappingKey } = made;
    const { database, agentId } = desk;
    const store = createImportStore(database);
    const { work } = importWork({
      ...{ database, store, agentId, newId: () => newId(), customers: desk.customers },
      uploads: uploadedFiles({ store, folder, wrappingKey }),
      settings: () => ({ zone: 'Europe/Berlin', country: 'DE', currency: 'EUR' }),
      now: () => desk.clock.now,
      elapsed: () => performance.now(),
      log: { error: () => undefined },
      changed: () => undefined,
      writeBack: noWriteBack,
      pace: {
        ...{ ...BETWEEN_CALLS, stepMs: 10_000, keptMs: 0 },
        // Core asks now and then: steps end there, in vain, and the next ones are short.
        givesWay: () => {
          asked += 1;
          if (asked % 997 === 0) shortSteps = 3;
          return asked % 997 < 2 && asked > 2;
        },
        get rowsMs() {
          return shortSteps > 0 ? 0 : 10_000;
        },
      },
    });
    const stored = store.one(importId);
    if (!stored) throw new Error('there is no such import');
    const told = database.bulkTransaction.bind(database);
    database.bulkTransaction = (step) => {
      steps += 1;
      shortSteps -= 1;
      return told(step);
    };
    return { end: () => undefined, done: work(stored, task, () => null).then(() => true) };
  };
  const made = anExchange({ beside });
  const { importFile, undo, desk } = made;
  const result = await importFile(file, { policy: 'overwrite' });
  expect(result).toMatchObject({ state: 'done', rows: ROWS });
  expect(result.created).toBe(ROWS * 0.89);
  expect(result.updated).toBe(ROWS / 10);
  const count = (sql: string) => (desk.raw.prepare(sql).get() as { n: number }).n;
  expect(count("SELECT count(*) AS n FROM customers WHERE origin = 'imported'")).toBe(ROWS * 0.89);
  const batches = count('SELECT count(*) AS n FROM import_batches');
  expect(count('SELECT max(position) + 1 AS n FROM import_batches')).toBe(batches);
  // Otherwise nothing was taken back.
  expect(steps).toBeGreaterThan(batches + 1);
  expect(batches).toBeGreaterThan(1);
  expect(LEAST_ROWS).toBeLessThan(ROWS / batches);

  const undone = await undo(result.id);
  expect(undone.undone?.removed).toBe(ROWS * 0.89);
  expect(count("SELECT count(*) AS n FROM customers WHERE origin = 'imported'")).toBe(0);
});
