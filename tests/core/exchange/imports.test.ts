import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { aMemoryDesk } from '../support/memory-desk.ts';
import { anExchange } from './an-exchange.ts';

const people = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => {
    const n = from + index;
    return `K-${n};Kunde ${n};+49 30 ${5_000_000 + n};k${n}@firma.example;Berlin`;
  });
const file = (rows: readonly string[]) =>
  `Kundennummer;Name;Telefon;E-Mail;Ort\n${rows.join('\n')}\n`;

describe('duplicates', () => {
  test('by external id, by number and name, by e-mail; each with its reason', async () => {
    const it = anExchange();
    it.desk.aCustomer({ name: 'Anna Müller', externalId: 'K-1' });
    it.desk.aCustomer({ name: 'Bert Groß', numbers: ['030 5550100'] });
    it.desk.aCustomer({ name: 'Carla', emails: ['carla@firma.example'] });
    const csv = file([
      'K-1;Ganz anders;;;',
      ';BERT GROSS;+49 30 5550100;;',
      ';Berta Groß;+49 30 5550100;;',
      ';C.;;Carla@Firma.example;',
      'K-9;Doris;;carla@firma.example;',
      'K-8;Doris;;;',
      'K-8;Doris;;;',
    ]);
    for (const dryRun of [true, false]) {
      const status = await it.importFile(csv, { dryRun });
      expect(status).toMatchObject({
        ...{ rows: 7, accepted: 7, rejected: 0 },
        // Two people may share a number; carla@ is Carla's, who has no number in the other system.
        ...{ created: 2, skipped: 5 },
        skippedFor: { sameExternalId: 1, sameNumberAndName: 1, sameEmail: 2, sameInFile: 1 },
      });
      expect(it.book()).toHaveLength(dryRun ? 3 : 5);
    }
  });

  test('however many share an address: who has a number of the other system is another one', async () => {
    const it = anExchange();
    const shared = { emails: ['info@firma.example'] };
    for (let n = 0; n < 60; n += 1)
      it.desk.aCustomer({ name: 'Empfang', externalId: `K-${n}`, ...shared });
    const csv = file(['K-100;Zentrale;;info@firma.example;']);
    expect(await it.importFile(csv, { dryRun: true })).toMatchObject({ created: 1, skipped: 0 });
    it.desk.aCustomer({ name: 'Zentrale', ...shared });
    expect(await it.importFile(csv, { dryRun: true })).toMatchObject({
      ...{ created: 0, skipped: 1 },
      skippedFor: { sameEmail: 1 },
    });
    it.desk.raw.exec("UPDATE customers SET external_id = 'K-60' WHERE name = 'Zentrale'");
    expect(await it.importFile(csv, { dryRun: true })).toMatchObject({ created: 1, skipped: 0 });
  });

  test('the sample book is nobody', async () => {
    const it = anExchange();
    it.desk.aCustomer({ name: 'Anna', emails: ['anna@firma.example'] });
    it.desk.raw.exec("UPDATE customers SET origin = 'sample'");
    expect(await it.importFile('Name,E-Mail\nAnna,anna@firma.example\n')).toMatchObject({
      created: 1,
    });
  });

  test('fill adds what is missing, overwrite replaces, and both keep the history', async () => {
    const csv =
      'Kundennummer;Name;Ort;Telefon;E-Mail;Schlagworte;Notiz\nK-1;Anna Neu;Bonn;+49 30 5550100, 0171 5550101;;neu;ruft an\n';
    const given = {
      externalId: 'K-1',
      name: 'Anna Alt',
      city: 'Köln',
      numbers: ['030/5550100'],
      tags: ['alt'],
      company: 'Firma',
    };
    const fill = anExchange();
    fill.desk.aCustomer(given);
    expect(await fill.importFile(csv, { policy: 'fill' })).toMatchObject({
      updated: 1,
      created: 0,
    });
    expect(fill.book()[0]).toMatchObject({
      ...{ name: 'Anna Alt', city: 'Köln', company: 'Firma', tags: ['alt', 'neu'] },
      numbers: ['030/5550100', '0171 5550101'],
    });
    expect(await fill.importFile(csv, { policy: 'fill' })).toMatchObject({
      updated: 0,
      skippedFor: { unchanged: 1 },
    });
    const over = anExchange();
    const { id } = over.desk.aCustomer(given);
    expect(await over.importFile(csv, { policy: 'overwrite' })).toMatchObject({ updated: 1 });
    expect(over.book()[0]).toMatchObject({
      name: 'Anna Neu',
      city: 'Bonn',
      company: 'Firma',
      tags: ['neu'],
    });
    const history = over.desk.raw
      .prepare('SELECT field, source FROM customer_changes WHERE customer_id = ?')
      .all(id);
    expect(history).toContainEqual({ field: 'city', source: 'import' });
  });
});

describe('mappings', () => {
  test('are remembered for files with the same columns, and by name for any order', async () => {
    const it = anExchange();
    const csv = 'Wer;Wo;Wie\nAnna;Bonn;030 5550100\n';
    const mapping = ['name', 'city', 'number'] as const;
    expect((await it.preview(csv)).missing).not.toEqual([]);
    await it.importFile(csv, { reading: { mapping: [...mapping] }, saveAs: 'Verein' });
    expect(await it.preview(csv)).toMatchObject({ mappedBy: 'stored', missing: [] });
    const turned = 'Wie;Wer;Wo\n030 5550101;Bert;Köln\n';
    await it.importFile(turned, { reading: { mappingName: 'Verein' } });
    expect(it.book()).toMatchObject([
      { city: 'Bonn' },
      { name: 'Bert', city: 'Köln', numbers: ['030 5550101'] },
    ]);
    expect(await it.handlers.mappings({}, it.link)).toEqual([
      { name: 'Verein', kind: 'customers' },
    ]);
    await expect(it.importFile(csv, { reading: { mappingName: 'Nie' } })).rejects.toMatchObject({
      data: { reason: 'mappingUnknown' },
    });
  });
});

describe('rejected rows', () => {
  test('come back as a file that is mended and imported again, until nothing is left', async () => {
    const it = anExchange();
    const csv = `Vorname;Nachname;Telefon;E-Mail;Extra\nAnna;Alt;030 5550100;anna@alt;=1+1\nBert;;"030 ""5550101""";;\n;;bitte;;\nCarla;C;030 5550102;;ok\n`;
    const first = await it.importFile(csv);
    expect(first).toMatchObject({ created: 1, rejected: 3 });
    const { rows } = await it.handlers.rejected({ importId: first.id, cursor: 0 }, it.link);
    expect(rows).toMatchObject([
      { line: 2, reason: 'emailMalformed', field: 'email' },
      { line: 3, reason: 'numberMalformed', field: 'number' },
      { line: 4, reason: 'nameMissing' },
    ]);
    const report = await it.rejectFile(first.id);
    expect(report).toContain('\ufeffVorname;Nachname;Telefon;E-Mail;Extra;Grund (Anklang)\r\n');
    expect(report).toContain("Anna;Alt;030 5550100;anna@alt;'=1+1;emailMalformed (E-Mail) [2]\r\n");
    const mended = report
      .replace('anna@alt;', 'anna@alt.example;')
      .replace('"030 ""5550101"""', '030 5550101')
      .replace(';;bitte;;', 'Dora;;;;');
    const second = await it.importFile(mended);
    expect(second).toMatchObject({ created: 3, rejected: 0, skipped: 0 });
    expect(it.book().map(({ name }) => name)).toEqual(['Anna Alt', 'Bert', 'Carla C', 'Dora']);
  });

  test('of a file without names of columns and of cards: the report names them', async () => {
    const it = anExchange();
    const bare = await it.importFile(
      'Anna Alt,anna@alt.example,030 5550100\nBert,bert@firma.example,nie\n',
    );
    expect(bare).toMatchObject({ created: 1, rejected: 1 });
    const mended = (await it.rejectFile(bare.id)).replace('nie', '030 5550101');
    expect(await it.importFile(mended)).toMatchObject({ created: 1, rejected: 0 });
    const cards = await it.importFile(
      'BEGIN:VCARD\nFN:Dora\nEMAIL:kein at\nEND:VCARD\nBEGIN:VCARD\nFN:Emil\nEND:VCARD\n',
    );
    expect(cards).toMatchObject({ created: 1, rejected: 1 });
    const card = (await it.rejectFile(cards.id)).replace('kein at', 'dora@firma.example');
    expect(await it.importFile(card)).toMatchObject({ created: 1, rejected: 0 });
    expect(it.book().map(({ name }) => name)).toEqual(['Anna Alt', 'Bert', 'Dora', 'Emil']);
  });
});

describe('undo', () => {
  test('takes away what was created and sets back what was changed', async () => {
    const it = anExchange();
    it.desk.aCustomer({
      name: 'Kunde 5',
      externalId: 'K-5',
      city: 'Köln',
      numbers: ['030 1234567'],
      tags: ['alt'],
    });
    const before = it.book();
    const status = await it.importFile(file(people(1_100)).replace('Ort\n', 'Ort\n'), {
      policy: 'overwrite',
    });
    expect(status).toMatchObject({ created: 1_099, updated: 1 });
    expect(it.book()).not.toEqual(before);
    const undone = await it.undo(status.id);
    expect(undone).toMatchObject({
      state: 'undone',
      undone: { removed: 1_099, setBack: 1, kept: 0 },
    });
    expect(it.book()).toEqual(before);
    for (const table of ['customer_numbers', 'customer_emails', 'customer_summary']) {
      const { n } = it.desk.raw
        .prepare(`SELECT count(DISTINCT customer_id) AS n FROM ${table}`)
        .get() as { n: number };
      expect(n).toBeLessThanOrEqual(1);
    }
    expect(it.desk.customers.handlers.search({ query: 'Kunde 77', limit: 5 })).toEqual([]);
    await expect(it.undo(status.id)).rejects.toMatchObject({ data: { reason: 'nothingToUndo' } });
  });

  test('leaves whom somebody has worked with, and fields that were changed since, and says so', async () => {
    const it = anExchange();
    const known = it.desk.aCustomer({ name: 'Kunde 1', externalId: 'K-1', city: 'Köln' });
    const status = await it.importFile(file(people(4)), { policy: 'overwrite' });
    const idOf = (name: string) =>
      (it.desk.raw.prepare('SELECT id FROM customers WHERE name = ?').get(name) as { id: string })
        .id;
    it.desk.aContact(idOf('Kunde 2'), 1_000_000);
    it.desk.customers.handlers.update({ customerId: idOf('Kunde 3'), changes: { company: 'Neu' } });
    it.desk.customers.handlers.update({ customerId: known.id, changes: { city: 'Ulm' } });
    const { undone } = await it.undo(status.id);
    expect(undone).toMatchObject({ removed: 1, setBack: 1, kept: 3 });
    expect(undone?.keptExamples.map(({ name, reason }) => [name, reason]).sort()).toEqual([
      ['Kunde 1', 'changedSince'],
      ['Kunde 2', 'usedSince'],
      ['Kunde 3', 'usedSince'],
    ]);
    expect(it.book()).toMatchObject([
      { name: 'Kunde 1', city: 'Ulm', numbers: [] },
      { name: 'Kunde 2' },
      { name: 'Kunde 3' },
    ]);
  });

  test('of orders and notes: contacts go and the summaries are right again', async () => {
    const it = anExchange();
    await it.importFile(file(people(3)));
    const orders = await it.importFile(
      'Kundennummer;Datum;Gefühl\nK-1;1.2.2026;Freude\nK-2;1.2.2026;\n',
      { reading: { kind: 'orders' } },
    );
    expect(orders).toMatchObject({ created: 2 });
    expect(await it.undo(orders.id)).toMatchObject({ undone: { removed: 2, kept: 0 } });
    expect(
      it.desk.raw
        .prepare(
          'SELECT count(*) AS n, max(last_felt_at) AS felt, sum(contact_count) AS contacts FROM customer_summary',
        )
        .get(),
    ).toEqual({
      n: 3,
      felt: null,
      contacts: 0,
    });
  });
});

describe('while it runs', () => {
  test('other calls come in between, batches end in time, and cancelling keeps whole batches', async () => {
    const it = anExchange();
    const fileId = await it.upload(file(people(2_500)));
    const started = await it.handlers.start(
      { fileId, reading: { kind: 'customers' }, policy: 'skip', dryRun: false },
      it.link,
    );
    await expect(async () => it.importFile(file(people(1)))).rejects.toMatchObject({
      data: { reason: 'alreadyRunning' },
    });
    let turns = 0;
    let rows = 0;
    while (rows < 1_500) {
      await turn();
      turns += 1;
      ({ rows } = await it.handlers.status({ importId: started.id }, it.link));
    }
    expect(turns).toBeGreaterThan(1);
    const cancelled = await it.handlers.cancel({ importId: started.id }, it.link);
    expect(cancelled).toMatchObject({ state: 'cancelled' });
    expect(it.book()).toHaveLength(cancelled.created);
    expect(cancelled.created).toBeLessThan(2_500);
    // The file is gone, the import can be undone.
    expect(readdirSync(it.folder)).not.toContain(`${fileId}.part`);
    expect(await it.undo(started.id)).toMatchObject({ undone: { removed: cancelled.created } });
    expect(it.book()).toEqual([]);
  });

  test('the file lies sealed while it waits, and a dry run leaves it for the import', async () => {
    const it = anExchange();
    const fileId = await it.upload(file(people(50)));
    const [name = ''] = readdirSync(it.folder);
    expect(readFileSync(join(it.folder, name)).includes('firma.example')).toBe(false);
    const dry = await it.start(fileId, { dryRun: true });
    expect(dry).toMatchObject({ dryRun: true, created: 50, state: 'done', fileId });
    expect(it.book()).toEqual([]);
    expect(await it.handlers.imports({}, it.link)).toEqual([]);
    expect(await it.start(fileId)).toMatchObject({ created: 50, fileId: null });
    expect(readdirSync(it.folder)).toEqual([]);
  });

  test('a stopped core finds it interrupted and goes on where it was', async () => {
    const desk = aMemoryDesk();
    const it = anExchange({ desk });
    const fileId = await it.upload(file(people(1_500)));
    const { id } = await it.handlers.start(
      { fileId, reading: { kind: 'customers' }, policy: 'skip', dryRun: false },
      it.link,
    );
    while ((await it.handlers.status({ importId: id }, it.link)).rows === 0) await turn();
    await it.exchange.stop();
    const after = anExchange({ desk, folder: it.folder, key: it.wrappingKey });
    const found = await after.handlers.status({ importId: id }, it.link);
    expect(found).toMatchObject({ state: 'interrupted', fileId });
    expect(after.book()).toHaveLength(found.created);
    await after.handlers.resume({ importId: id }, it.link);
    expect(await after.settled(id)).toMatchObject({
      state: 'done',
      rows: 1_500,
      created: 1_500,
      skipped: 0,
    });
    expect(await after.undo(id)).toMatchObject({ state: 'undone', undone: { removed: 1_500 } });
  });
});

test('other programs stream a file in, in pieces of any size', async () => {
  const it = anExchange();
  const bytes = Buffer.from(file(people(300)));
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += 777) {
      await turn();
      yield bytes.subarray(at, at + 777);
    }
  }
  const request = {
    kind: 'customers',
    format: 'csv',
    fileName: 'api.csv',
    mapping: null,
    dryRun: false,
  } as const;
  const { importId } = await it.exchange.startImport({ ...request, chunks: chunks() });
  expect(await it.settled(importId)).toMatchObject({ state: 'done', created: 300 });
  expect(it.exchange.importStatus(importId)).toMatchObject({ accepted: 300, rejected: 0 });
});

test('chunks are taken once and in order', async () => {
  const it = anExchange();
  const { fileId } = await it.handlers.begin({ fileName: 'x.csv', bytes: 10 }, it.link);
  const send = async (index: number, text: string) =>
    it.handlers.append({ fileId, index, chunk: Buffer.from(text).toString('base64') }, it.link);
  await expect(send(1, 'Name')).rejects.toMatchObject({ data: { reason: 'gap' } });
  expect(await send(0, 'Name\nAnna')).toEqual({ bytes: 9 });
  expect(await send(0, 'Name\nAnna')).toEqual({ bytes: 9 });
  await expect(send(0, 'Name\nBert')).rejects.toMatchObject({ code: 'BAD_INPUT' });
  await expect(async () =>
    it.handlers.preview({ fileId, reading: { kind: 'customers' }, policy: 'skip' }, it.link),
  ).rejects.toMatchObject({
    data: { reason: 'incomplete' },
  });
});
