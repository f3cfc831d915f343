// What an import's thread enters into the search index together with the rows is what anyone would make of
// the stored records afterwards.
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { searchIndex } from '../../../main/core/customers/search-index.ts';
import type { DeskDatabase } from '../../../main/core/database/desk-database.ts';
import { openDatabase } from '../../../main/core/database/open-database.ts';
import { filesVault } from '../../../main/core/secrets/vault.ts';
import { aCore, aFolderForThisTest } from '../support/test-core.ts';

/** Two threads at work want more than their time on a machine with other work. */
vi.setConfig({ testTimeout: 60_000 });

const ROWS = [
  'K1;Jürgen Müller-Lüdenscheidt;Straßenbau Gößwein & Co.;Köln;030 7000001;juergen@bau.example;Stammkunde',
  'K2;René Çelik;;Zürich;+41 44 668 18 00;"rene@x.example; celik@y.example";"VIP; Messe"',
  'K3;Ωmega Ανδρέας;ΩΜΕΓΑ;Αθήνα;+30 21 0123 4567;;',
  'K4;Nebenstelle Empfang;Haus;Berlin;4711;;',
  'K5;Ada Sip;;Kiel;sip:Ada@Beispiel.example;ada@beispiel.example;',
  'K6;Zwei Nummern;;Ulm;"030 7000002, 0171 1234567";;',
  // The same customer once more, with words that the first row had not.
  'K1;Jürgen Müller-Lüdenscheidt;Straßenbau Gößwein & Co.;Köln;030 7000009;neu@bau.example;Nachtrag',
];

/** Every term with the number of customers who have it. */
function termsIn(database: DeskDatabase): { term: string; doc: number }[] {
  return database.query<{ term: string; doc: number }>('SELECT term, doc FROM temp.words').all();
}

test('terms of the file and terms of the stored records are the same', async () => {
  const folder = aFolderForThisTest();
  const core = await aCore({ folder });
  const { client } = await core.open();
  const file = Buffer.from(
    `Kundennummer;Name;Firma;Ort;Telefon;E-Mail;Schlagworte\n${ROWS.join('\n')}\n`,
  );
  const { fileId } = await client.exchange.begin({ fileName: 'k.csv', bytes: file.length });
  await client.exchange.append({ fileId, index: 0, chunk: file.toString('base64') });
  const reading = { kind: 'customers' } as const;
  const started = await client.exchange.start({ fileId, reading, policy: 'fill', dryRun: false });
  const status = () => client.exchange.status({ importId: started.id });
  while ((await status()).state === 'running') await wait(10);
  expect(await status()).toMatchObject({ state: 'done', created: 6, updated: 1 });
  await core.stop();

  const opened = await openDatabase({
    ...{ folder, vault: filesVault(join(folder, 'secrets')), now: Date.now() },
  });
  const { database } = opened;
  try {
    expect(database.query('SELECT row FROM customer_search_waiting').all()).toEqual([]);
    database
      .query('CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, customer_search, row)')
      .run();
    const entered = termsIn(database);
    expect(entered.length).toBeGreaterThan(200);
    expect(entered).toContainEqual({ term: 't.nachtr', doc: 1 });
    database.query('INSERT INTO customer_search_waiting (row) SELECT row FROM customers').run();
    searchIndex(database).finish();
    await searchIndex(database).purge();
    expect(termsIn(database)).toEqual(entered);
  } finally {
    opened.close();
  }
});
