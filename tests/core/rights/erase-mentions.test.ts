// An erased person is named in what belongs to others no more: their calls, notes, reports, searches.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { deskDatabaseOver } from '../../../main/core/database/desk-database.ts';
import { unnamed } from '../../../main/core/database/person/naming.ts';
import { schemaOf } from '../../../main/core/database/person/schema.ts';
import { TEXT_COLUMNS, textKindOf } from '../../../main/core/database/person/text-columns.ts';
import { aHandledCall, anInboundCall, completed } from '../support/call-events.ts';
import { aMemoryDesk } from '../support/memory-desk.ts';
import { filesWith } from '../support/plain-data.ts';
import { rawDatabaseIn } from '../support/table-digest.ts';
import { aCore, aFolderForThisTest, type DeskClient, type TestCore } from '../support/test-core.ts';

const NUMBER = '+49 171 5559876';
const WORDS = ['1715559876', '0171/55 59 876', 'Zarah Quxotenbaum', 'zarah@quxobaum.test'];

async function started() {
  const folder = aFolderForThisTest();
  const core = await aCore({ folder });
  let running = true;
  const stop = async () => {
    if (running) await core.stop();
    running = false;
  };
  onTestFinished(stop);
  const { client } = await core.open();
  return { core, client, folder, stop };
}

const zarah = (client: DeskClient) =>
  client.customers.create({
    ...{ name: 'Zarah Quxotenbaum', numbers: [NUMBER], emails: ['zarah@quxobaum.test'] },
  });
const bernd = (client: DeskClient) =>
  client.customers.create({ name: 'Bernd Bleibt', numbers: ['+49 30 1234567'] });

/** Erases and lets the steps of cleaning go by. */
async function erased(core: TestCore, client: DeskClient, customerId: string): Promise<void> {
  await client.rights.erase({ customerId });
  core.clock.advance(120_000);
}

test('every text column of every table is declared, and nothing else is', () => {
  const desk = aMemoryDesk();
  onTestFinished(desk.close);
  const { tables } = schemaOf(desk.database);
  const isText = (type: string) => /^(TEXT|ANY|BLOB)$/i.test(type);
  const there = tables.flatMap(({ name, columns }) =>
    columns.filter(({ type }) => isText(type)).map((column) => `${name}.${column.name}`),
  );
  const declared = Object.entries(TEXT_COLUMNS).flatMap(([table, columns]) =>
    Object.keys(columns).map((column) => `${table}.${column}`),
  );
  expect(
    there.filter((column) => !declared.includes(column)),
    'not declared',
  ).toEqual([]);
  // A column that all facts have in common may be missing in one of them.
  const common = /\.(id|agent_id|contact_id|customer_id|call_id|matter_id|list_id|origin)$/;
  expect(declared.filter((column) => !there.includes(column) && !common.test(column))).toEqual([]);
  expect(tables.map(({ name }) => name).filter((name) => !TEXT_COLUMNS[name])).toEqual([]);
});

test('whatever table of others names the person: nothing of it is left in any page', async () => {
  const { core, client, folder } = await started();
  const { id: customerId } = await zarah(client);
  const { id: otherId } = await bernd(client);
  const raw = rawDatabaseIn(folder);
  raw.pragma('foreign_keys = OFF');
  raw.pragma('ignore_check_constraints = ON');
  // A table of a version to come.
  raw.exec('CREATE TABLE shelf (id TEXT PRIMARY KEY, of TEXT, line TEXT, row_json TEXT) STRICT');
  const text = `ruft an: Zarah  Quxotenbaum; ${WORDS.join(', ')}`;
  const filled = schemaOf(deskDatabaseOver(raw)).tables.flatMap(({ name, columns }) => {
    if (!columns.some((column) => textKindOf(name, column) === 'words')) return [];
    const values = columns.map((column) => {
      if (textKindOf(name, column) === 'words')
        return column.name.endsWith('_json') ? JSON.stringify({ deep: [{ text }] }) : text;
      if (column.name.endsWith('customer_id')) return otherId;
      if (/^INT/i.test(column.type)) return 900_001;
      if (/^REAL/i.test(column.type)) return 1;
      if (/^BLOB/i.test(column.type)) return Buffer.alloc(32, 1);
      return column.name.endsWith('_json') ? '{}' : `other.${column.name}`;
    });
    raw
      .prepare(`INSERT INTO "${name}" VALUES (${values.map(() => '?').join(', ')})`)
      .run(...values);
    return [name];
  });
  expect(filled.length).toBeGreaterThan(20);
  expect(filled).toContain('shelf');
  raw.close();
  await erased(core, client, customerId);
  expect(filesWith(folder, [...WORDS, 'Quxotenbaum'])).toEqual([]);
  const after = rawDatabaseIn(folder);
  expect(after.prepare('SELECT name FROM customers WHERE id = ?').pluck().get(otherId)).toBe(
    'Bernd Bleibt',
  );
  // Rows stay, but for those whose key named the person, and those that go as a whole.
  const gone = filled.filter((name) => !after.prepare(`SELECT 1 FROM "${name}"`).get());
  after.close();
  // The checks of two tables refuse what was made up here, so that their rows go as well.
  const refused = ['customer_merges', 'work_items'];
  const keyed = ['ignored_numbers', 'number_choices', 'shelf'];
  const whole = ['import_files', 'import_rejects', 'lists'];
  expect(gone.sort()).toEqual([...refused, ...keyed, ...whole].sort());
});

test('calls of others lose the number and keep the rest', async () => {
  const { core, client, folder } = await started();
  const { id: customerId } = await zarah(client);
  const { id: otherId } = await bernd(client);
  const at = core.clock.now() - 600_000;
  const log = anInboundCall(at, { number: '+49301234567', origin: 'real' });
  const [first] = log.events;
  if (first?.type === 'invited')
    Object.assign(first, { divertedFrom: NUMBER, calledNumber: '+4940777' });
  log
    .next(2_000, { type: 'answered' })
    .next(9_000, {
      ...{ type: 'transferAsked', kind: 'blind', target: 'sip:+491715559876@pbx.test' },
      withCallId: null,
    })
    .next(500, { type: 'transferDone' })
    .next(0, completed);
  await client.calls.append({ events: log.events });
  const { wrapUp } = await aHandledCall(client, at + 60_000, 10_000, {
    ...{ number: '+49301234567', origin: 'real' },
  });
  await client.wrapUps.save({
    wrapUpId: wrapUp.wrapUpId,
    result: {
      ...{ customerId: otherId, outcome: 'reached' },
      note: `Kollegin Zarah Quxotenbaum (0171/55 59 876), am 24.11.2026 um 10:15 wieder, 030 1234567`,
    },
  });
  await erased(core, client, customerId);
  expect(filesWith(folder, [...WORDS, 'Quxotenbaum'])).toEqual([]);
  const call = await client.calls.get({ callId: log.callId });
  expect(call).toMatchObject({ customerId: otherId, divertedFrom: null, e164: '+49301234567' });
  expect(call.transfer).toMatchObject({ kind: 'blind', state: 'done' });
  const [entry] = (await client.customers.timeline({ customerId: otherId })).entries;
  expect(entry).toMatchObject({
    note: 'Kollegin … (…), am 24.11.2026 um 10:15 wieder, 030 1234567',
  });
  expect(await client.kpi.rebuild({})).toMatchObject({ differing: 0 });
});

test('whoever bears the same name or shares the number keeps both', async () => {
  const { core, client } = await started();
  const { id: customerId } = await zarah(client);
  const { id: otherId } = await client.customers.create({
    ...{ name: 'Zarah Quxotenbaum', numbers: [NUMBER], emails: ['zarah@quxobaum.test'] },
    preferredTime: `Zarah Quxotenbaum, ${NUMBER}`,
  });
  await erased(core, client, customerId);
  const { customer } = await client.customers.story({ customerId: otherId });
  expect(customer).toMatchObject({
    ...{ name: 'Zarah Quxotenbaum', emails: ['zarah@quxobaum.test'] },
    preferredTime: `Zarah Quxotenbaum, ${NUMBER}`,
  });
  expect(customer.numbers).toHaveLength(1);
});

test('saved searches, refused rows of files and files that wait are forgotten', async () => {
  const { core, client, folder } = await started();
  const { id: customerId } = await zarah(client);
  await bernd(client);
  for (const query of ['quxotenbaum', 'bernd', 'zarah has:promise'])
    await client.customerLists.save({ name: `Liste ${query.slice(0, 2)}`, query });
  const file = async (name: string, text: string) => {
    const bytes = Buffer.from(text);
    const { fileId } = await client.exchange.begin({ fileName: name, bytes: bytes.length });
    await client.exchange.append({ fileId, index: 0, chunk: bytes.toString('base64') });
    return fileId;
  };
  const rejected = 'Name;Vorname;Telefon\nQuxotenbaum;Zarah;4,91716E+11\nMeier;Ina;4,91716E+11\n';
  const { id: importId } = await client.exchange.start({ fileId: await file('a.csv', rejected) });
  const state = async () => (await client.exchange.status({ importId })).state;
  await expect.poll(state).toBe('done');
  expect((await client.exchange.rejected({ importId })).rows).toHaveLength(2);
  const waiting = await file('zarah.csv', 'Name;Telefon\nZarah Quxotenbaum;0171 5559876\n');
  await erased(core, client, customerId);
  expect(filesWith(folder, [...WORDS, 'quxoten', 'Zarah'])).toEqual([]);
  expect((await client.customerLists.all({})).map(({ query }) => query)).toEqual(['bernd']);
  expect((await client.exchange.rejected({ importId })).rows).toHaveLength(1);
  expect(readdirSync(join(folder, 'imports'))).toEqual([]);
  await expect(client.exchange.preview({ fileId: waiting })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});

test('nobody is erased while an import might bring them back', async () => {
  const { core, client } = await started();
  const { id: customerId } = await zarah(client);
  const rows = Array.from({ length: 20_000 }, (_, at) => `Kunde ${at};+49 30 ${5_000_000 + at}`);
  const bytes = Buffer.from(`Name;Telefon\n${rows.join('\n')}\n`);
  const { fileId } = await client.exchange.begin({ fileName: 'a.csv', bytes: bytes.length });
  for (let at = 0, index = 0; at < bytes.length; at += 512 * 1024, index += 1) {
    const chunk = bytes.subarray(at, at + 512 * 1024).toString('base64');
    await client.exchange.append({ fileId, index, chunk });
  }
  const { id: importId } = await client.exchange.start({ fileId });
  await expect(client.rights.erase({ customerId })).rejects.toMatchObject({
    ...{ code: 'BUSY', data: { with: 'import' } },
  });
  await client.exchange.cancel({ importId });
  await erased(core, client, customerId);
});

test('a search that a crash interrupted goes on, and no copy is made before it has ended', async () => {
  const { core, client, folder, stop } = await started();
  const { id: customerId } = await zarah(client);
  const { id: otherId } = await bernd(client);
  const raw = rawDatabaseIn(folder);
  const note = raw.prepare(
    `INSERT INTO contacts (id, customer_id, kind, at, zone, note, agent_id, origin)
     VALUES (?, ?, 'note', 0, 'UTC', ?, 'a', 'real')`,
  );
  for (let at = 0; at < 3_000; at += 1) note.run(`n${at}`, otherId, `wegen ${WORDS[at % 4]}`);
  raw.close();
  await client.rights.erase({ customerId });
  await client.data.backUpNow({});
  await stop();
  expect(filesWith(folder, WORDS).length).toBeGreaterThan(0);
  expect(readdirSync(join(folder, 'backups'))).toEqual([]);
  const again = await aCore({ folder, at: core.clock.now() + 1_000 });
  onTestFinished(() => again.stop());
  const { client: later } = await again.open();
  await later.data.backUpNow({});
  for (let step = 0; step < 400; step += 1) again.clock.advance(1_000);
  await expect
    .poll(async () => (await later.data.work({})).backups.length, { timeout: 10_000 })
    .toBe(1);
  expect(filesWith(folder, [...WORDS, 'Quxotenbaum'])).toEqual([]);
}, 60_000);

describe('a text without a person', () => {
  const named = { names: ['Anna Müller'], emails: ['anna@m.test'], digits: ['715551234'] };
  const rows: [string, string | null][] = [
    ['0171 5551234', null],
    ['+49 (0) 171-555 12 34', null],
    ['ANNA  MÜLLER', null],
    ['von Anna Müller, 12', 'von …, 12'],
    ['Anna Müller-Schmidt', 'Anna Müller-Schmidt'],
    ['Hanna Müller', 'Hanna Müller'],
    ['mehr als 5 715 551 299', 'mehr als 5 715 551 299'],
    ['hanna@m.test, Anna@M.test.', 'hanna@m.test, ….'],
    ['sip:+491715551234@pbx', 'sip:…@pbx'],
  ];
  for (const [text, left] of rows) test(text, () => expect(unnamed(text, named, false)).toBe(left));

  test('JSON stays JSON, and what names nobody stays as it was', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(unnamed(text, { names: [], emails: [], digits: [] }, true)).toBe(text);
      }),
    );
    const event = { at: 1_715_551_234, remote: { number: '+491715551234' }, list: ['Anna Müller'] };
    expect(JSON.parse(unnamed(JSON.stringify(event), named, true) ?? '')).toEqual({
      ...event,
      ...{ remote: { number: '…' }, list: ['…'] },
    });
  });
});
