// An import in a thread of its own, beside a core that goes on serving calls.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { ImportStatus } from '../../../preload/contract/exchange.ts';
import { aCore, aFolderForThisTest, type DeskClient, type TestCore } from '../support/test-core.ts';
import { anExchange } from './an-exchange.ts';

/** Two threads at work want more than their time on a machine with other work. */
vi.setConfig({ testTimeout: 60_000 });
const PIECE = 512 * 1024;
const ROWS = 2_500;

/** Everyone has a number, an address and a note. */
function aFile(rows: number): Buffer {
  const lines = Array.from(
    { length: rows },
    (_, at) =>
      `K-${at};Kunde Nummer${at};+49 30 ${7_000_000 + at};k${at}@firma.example;ruft an ${at}`,
  );
  return Buffer.from(`Kundennummer;Name;Telefon;E-Mail;Notiz\n${lines.join('\n')}\n`);
}

async function begun(client: DeskClient, bytes: Buffer, dryRun = false): Promise<ImportStatus> {
  const { fileId } = await client.exchange.begin({ fileName: 'k.csv', bytes: bytes.length });
  for (let index = 0; index * PIECE < bytes.length; index += 1) {
    const chunk = bytes.subarray(index * PIECE, (index + 1) * PIECE).toString('base64');
    await client.exchange.append({ fileId, index, chunk });
  }
  const reading = { kind: 'customers' } as const;
  return client.exchange.start({ fileId, reading, policy: 'skip', dryRun });
}

async function until(
  client: DeskClient,
  importId: string,
  enough: (status: ImportStatus) => boolean,
): Promise<ImportStatus> {
  for (let waited = 0; waited < 60_000; waited += 5) {
    const status = await client.exchange.status({ importId });
    if (enough(status)) return status;
    await wait(5);
  }
  throw new Error('the import does not come so far');
}

const over = ({ state }: ImportStatus) => state !== 'running' && state !== 'undoing';
const found = (client: DeskClient, query: string) => client.customers.search({ query, limit: 5 });

async function aCoreIn(folder: string): Promise<{ core: TestCore; client: DeskClient }> {
  const core = await aCore({ folder });
  const { client } = await core.open();
  return { core, client };
}

async function aClient(): Promise<DeskClient> {
  const { core, client } = await aCoreIn(aFolderForThisTest());
  onTestFinished(() => core.stop());
  return client;
}

const aNewcomer = (at: number) => ({
  ...{ name: `Zwischendurch ${at}`, company: null, city: null, emails: [] },
  ...{ numbers: [`+49 40 ${8_000_000 + at}`], tags: [], preferredTime: null },
});

test('while a file comes in, core writes what agents do and answers them; then all is found', async () => {
  const client = await aClient();
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const { id } = await begun(client, aFile(ROWS));
  delay.enable();
  let made = 0;
  for (; !over(await client.exchange.status({ importId: id })); made += 1) {
    await client.customers.create(aNewcomer(made));
    await wait(20);
  }
  delay.disable();
  const { state, created } = await client.exchange.status({ importId: id });
  expect({ state, created }).toEqual({ state: 'done', created: ROWS });
  expect(made).toBeGreaterThan(3);
  // By far most of the time core is there for its callers, however busy the machine is.
  expect(delay.percentile(50) / 1e6).toBeLessThan(25);
  expect(await found(client, `Nummer${ROWS - 1}`)).toHaveLength(1);
  expect(await found(client, `ruft an ${ROWS - 2}`)).not.toHaveLength(0);
  expect(await found(client, `8000000`)).toHaveLength(1);

  await client.exchange.undo({ importId: id });
  const { undone } = await until(client, id, over);
  expect(undone?.removed).toBe(ROWS);
  expect(await found(client, `Nummer${ROWS - 1}`)).toEqual([]);
  expect((await client.customers.list({ query: 'Zwischendurch', limit: 100 })).total).toBe(made);
});

test('cancelled, whole batches stay; a dry run writes nothing', async () => {
  const client = await aClient();
  const dry = await begun(client, aFile(500), true);
  expect(await until(client, dry.id, over)).toMatchObject({ state: 'done', created: 500 });
  expect(await found(client, 'Nummer1')).toEqual([]);

  const { id } = await begun(client, aFile(ROWS));
  await until(client, id, ({ rows }) => rows > 0);
  const { state, created, rows } = await client.exchange.cancel({ importId: id });
  expect(state).toBe('cancelled');
  expect(created).toBe(rows);
  expect(rows).toBeLessThan(ROWS);
  expect((await client.customers.list({ query: 'Kunde', limit: 1 })).total).toBe(created);
});

test('core that stops in the middle finds it interrupted, and goes on where it was', async () => {
  const folder = aFolderForThisTest();
  const first = await aCoreIn(folder);
  const { id } = await begun(first.client, aFile(ROWS));
  await until(first.client, id, ({ rows }) => rows > 0);
  await first.core.stop();
  const next = await aCoreIn(folder);
  onTestFinished(() => next.core.stop());
  const again = next.client;
  const left = await again.exchange.status({ importId: id });
  expect(left.state).toBe('interrupted');
  expect(left.rows).toBeGreaterThan(0);
  expect(left.rows).toBeLessThan(ROWS);
  await again.exchange.resume({ importId: id });
  expect(await until(again, id, over)).toMatchObject({ state: 'done', created: ROWS });
  expect(await found(again, `Nummer${ROWS - 1}`)).toHaveLength(1);
});

test('where no thread can be had, core does it itself', async () => {
  const { importFile, desk } = anExchange({
    beside: () => ({ end: () => undefined, done: Promise.resolve(false) }),
  });
  expect(await importFile(aFile(20))).toMatchObject({ state: 'done', created: 20 });
  expect(desk.customers.handlers.search({ query: 'Nummer19', limit: 5 })).toHaveLength(1);
});

test('a thread that ends without a word leaves an import that can be gone on with', async () => {
  let threads = 0;
  const { importFile, handlers, settled, link } = anExchange({
    beside() {
      threads += 1;
      const done = threads === 1 ? Promise.reject(new Error('gone')) : Promise.resolve(false);
      return { end: () => undefined, done };
    },
  });
  const { id, state } = await importFile(aFile(20));
  expect(state).toBe('interrupted');
  await handlers.resume({ importId: id }, link);
  expect(await settled(id)).toMatchObject({ state: 'done', created: 20 });
});
