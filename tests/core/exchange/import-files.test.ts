import { describe, expect, test } from 'vitest';
import { anExchange } from './an-exchange.ts';
import {
  ACTIVITIES,
  GOOGLE,
  HUBSPOT,
  OUTLOOK_DE,
  OUTLOOK_UTF16,
  SALESFORCE,
  SHOP_ORDERS,
  utf16,
  VCARD_21,
  VCARD_30,
  VCARD_40,
} from './file-samples.ts';

const nothing = {
  ...{
    company: null,
    street: null,
    postalCode: null,
    city: null,
    country: null,
    emails: [],
    numbers: [],
    tags: [],
  },
  ...{
    preferredTime: null,
    customerSince: null,
    externalId: null,
    organisationId: null,
    householdId: null,
    custom: {},
  },
};

function contactsOf({ desk }: ReturnType<typeof anExchange>) {
  return desk.raw
    .prepare(
      `SELECT u.name, c.kind, c.at, c.subject, c.note, c.outcome, c.direction, c.amount_cents, c.currency, c.external_id,
         f.emotion FROM contacts c JOIN customers u ON u.id = c.customer_id LEFT JOIN feelings f ON f.contact_id = c.id
       ORDER BY c.at, c.id`,
    )
    .all() as Record<string, unknown>[];
}

describe('exports as other programs write them', () => {
  test('Outlook in German, windows-1252', async () => {
    const it = anExchange();
    const preview = await it.preview(OUTLOOK_DE);
    expect(preview).toMatchObject({
      encoding: 'windows-1252',
      delimiter: ',',
      header: true,
      dayFirst: true,
      missing: [],
    });
    // A birthday that is no day is for the agent to mend.
    expect(preview.rows[1]).toMatchObject({
      outcome: 'rejected',
      reason: 'dateMalformed',
      field: 'birthday',
    });
    const status = await it.importFile(
      OUTLOOK_DE.toString('latin1').replace('0.0.00', '') as string,
      {
        reading: { encoding: 'utf-8' },
      },
    );
    expect(status).toMatchObject({ state: 'done', rows: 2, created: 2, rejected: 0, accepted: 2 });
    expect(it.book()[1]).toEqual({
      ...nothing,
      name: 'Jürgen Groß',
      company: 'Bäckerei Groß & Söhne',
      street: 'Lange Straße 5',
      city: 'Köln',
      postalCode: '50667',
      country: 'DE',
      numbers: ['+49 (0)221 5550100', '0171 5550101'],
      emails: ['juergen@gross.example'],
      tags: ['Stammkunde', 'Büro'],
      custom: { birthday: '1971-05-03' },
    });
    // A national number belongs to the country of the row.
    expect(it.book()[0]).toMatchObject({
      name: 'Añe Østby',
      country: 'AT',
      numbers: ['+43 664 5550102'],
    });
    expect(contactsOf(it)).toMatchObject([
      { kind: 'note', note: 'Ruft lieber zurück.\nNicht vor 9 Uhr.' },
    ]);
  });

  test('UTF-16 of either order, tabs, line breaks in cells', async () => {
    for (const file of [OUTLOOK_UTF16, Buffer.from(OUTLOOK_UTF16).swap16()]) {
      const it = anExchange();
      const preview = await it.preview(file);
      expect(preview).toMatchObject({ delimiter: '\t', header: true });
      const status = await it.importFile(file);
      expect(status).toMatchObject({ state: 'done', created: 2, rejected: 0 });
      expect(it.book().map(({ name }) => name)).toEqual(['Ivan Петров', 'Zoë Müller']);
    }
    const it = anExchange();
    // Without a mark it shows by its zeros.
    expect(
      await it.preview(utf16('Name;Telefon\nA B;030 555010\n', true).subarray(2)),
    ).toMatchObject({
      encoding: 'utf-16le',
      delimiter: ';',
    });
  });

  test('Google Contacts, HubSpot and Salesforce', async () => {
    const it = anExchange();
    expect(await it.importFile(GOOGLE)).toMatchObject({ state: 'done', created: 2, rejected: 0 });
    expect(await it.importFile(HUBSPOT)).toMatchObject({ state: 'done', created: 2, rejected: 0 });
    expect(await it.importFile(SALESFORCE)).toMatchObject({
      state: 'done',
      created: 1,
      rejected: 0,
    });
    const book = new Map(it.book().map((customer) => [customer.name, customer]));
    expect(book.get('Björn Ærø')).toMatchObject({
      numbers: ['+49 171 5550120', '+49 30 5550121'],
      emails: ['bjorn@aero.example', 'bjorn2@aero.example'],
      street: 'Weg 3 Hinterhaus',
      tags: ['Friends'],
      custom: { birthday: '1980-02-29' },
    });
    expect(book.get('Ærø ApS')).toMatchObject({
      company: 'Ærø ApS',
      emails: ['info@aero.example'],
    });
    // Two records of the other system stay two, although they share address and number.
    expect(book.get('Ada Beispiel')).toMatchObject({
      externalId: '90001',
      // 02:30 does not exist on that day; an hour later does.
      customerSince: Date.parse('2024-03-31T01:30:00Z'),
    });
    expect(book.get('Ben Beispiel')).toMatchObject({ externalId: '90002', country: 'DE' });
    expect(book.get('Carla Muster')).toMatchObject({
      numbers: ['(030) 5550140'],
      custom: { birthday: '1975-12-31' },
    });
    const fields = it.desk.raw.prepare('SELECT key, kind, label FROM custom_fields').all();
    expect(fields).toEqual([{ key: 'birthday', kind: 'date', label: 'Geburtstag' }]);
  });

  test('orders and activities find their customers', async () => {
    const it = anExchange();
    await it.importFile(HUBSPOT);
    await it.importFile(SALESFORCE);
    const orders = await it.importFile(SHOP_ORDERS, { reading: { kind: 'orders' } });
    expect(orders).toMatchObject({
      state: 'done',
      created: 2,
      rejected: 2,
      rejectedFor: { customerUnknown: 1, dateMalformed: 1 },
    });
    const activities = await it.importFile(ACTIVITIES, { reading: { kind: 'contacts' } });
    expect(activities).toMatchObject({ created: 2, rejected: 1, rejectedFor: { kindUnknown: 1 } });
    const contacts = contactsOf(it).filter(({ kind }) => kind !== 'note');
    expect(contacts).toEqual([
      expect.objectContaining({
        ...{ name: 'Ada Beispiel', kind: 'order', external_id: 'B-1', subject: 'Winterreifen' },
        ...{ at: Date.parse('2026-03-31T08:15:00Z'), amount_cents: 123_450, currency: 'EUR' },
      }),
      expect.objectContaining({ name: 'Ben Beispiel', kind: 'delivery', amount_cents: 8_990 }),
      expect.objectContaining({
        ...{
          name: 'Carla Muster',
          kind: 'call',
          at: Date.parse('2026-04-13T12:30:00Z'),
          outcome: 'reached',
        },
        ...{ direction: 'outbound', emotion: 'joy', note: 'Wants it by Friday' },
      }),
      expect.objectContaining({ kind: 'visit', subject: 'Visit' }),
    ]);
    // The same once more is known already.
    const again = await it.importFile(ACTIVITIES, { reading: { kind: 'contacts' } });
    expect(again).toMatchObject({ created: 0, skipped: 2, skippedFor: { sameContact: 2 } });
    const summary = it.desk.raw
      .prepare(
        "SELECT contact_count, last_emotion FROM customer_summary s JOIN customers u ON u.id = s.customer_id WHERE name = 'Carla Muster'",
      )
      .get();
    expect(summary).toEqual({ contact_count: 3, last_emotion: 'joy' });
  });

  test('vCards of Outlook, iCloud and others', async () => {
    const it = anExchange();
    const all = Buffer.concat([VCARD_21, Buffer.from(VCARD_30), Buffer.from(VCARD_40)]);
    expect(await it.preview(all)).toMatchObject({ format: 'vcard', unreadable: null, missing: [] });
    expect(await it.importFile(all, { fileName: 'x.vcf' })).toMatchObject({
      state: 'done',
      created: 4,
      rejected: 0,
    });
    const book = new Map(it.book().map((customer) => [customer.name, customer]));
    expect(book.get('Jürgen Größer')).toMatchObject({
      company: 'Werft, Dock 3',
      numbers: ['0171 5550151', '+49 (40) 5550150', '+49 (40) 5550159'],
      street: 'Kai 7 Tor 2',
      emails: ['juergen@werft.example'],
      custom: { birthday: '1971-05-03' },
    });
    expect(book.get('Dr. Eva Maria Sommer')).toMatchObject({
      street: 'Am Bach 1, Haus B',
      tags: ['Stamm', 'VIP, alt'],
      externalId: '5550160-ABCD',
      country: 'DE',
    });
    expect(book.get('Sommer GmbH')).toMatchObject({ company: 'Sommer GmbH' });
    expect(book.get("Finn O'Hara")).toMatchObject({ numbers: ['+353-87-555-0170'] });
    const notes = contactsOf(it).map(({ note }) => note);
    expect(notes).toContain('Mag Schönes; lang und breit');
    expect(notes).toContain(
      'Zeile eins\nZeile zwei; mit Strich und einem langen Text der gefaltet wurde\nBDAY --12-24',
    );
    expect(notes).toContain('BDAY --0229');
  });
});

describe('files that are not as they should be', () => {
  test('no header: columns by what stands in them', async () => {
    const it = anExchange();
    const file = 'Anna Alt,anna@alt.example,030 5550180\nBert Bau,bert@bau.example,030 5550181\n';
    const preview = await it.preview(file);
    expect(preview.header).toBe(false);
    expect(preview.columns.map(({ target }) => target)).toEqual(['name', 'email', 'number']);
    expect(await it.importFile(file)).toMatchObject({ created: 2, rejected: 0 });
  });

  test('200 columns, most of which nobody needs; a column becomes an own field', async () => {
    const it = anExchange();
    const names = Array.from({ length: 200 }, (_, column) => `Feld ${column}`);
    names[150] = 'Name';
    names[7] = 'Telefon';
    const row = names.map((_, column) =>
      column === 150 ? 'Anna' : column === 7 ? '030 5550182' : `x${column}`,
    );
    const file = `${names.join(';')}\n${row.join(';')}\n`;
    const { columns } = await it.preview(file);
    expect(columns).toHaveLength(200);
    const mapping = columns.map(({ target }, column) =>
      column === 3 ? ('custom.feld_3' as const) : target,
    );
    await it.importFile(file, { reading: { mapping } });
    expect(it.book()).toMatchObject([
      { name: 'Anna', numbers: ['030 5550182'], custom: { feld_3: 'x3' } },
    ]);
    expect(it.desk.raw.prepare('SELECT label FROM custom_fields').all()).toEqual([
      { label: 'Feld 3' },
    ]);
  });

  test('cut in mid-row, between marks or without: the row is refused, what came before is in', async () => {
    for (const end of ['Bert,"Notiz die\nnie en', 'Ber']) {
      const it = anExchange();
      const status = await it.importFile(`Name,Notiz\nAnna,ok\n${end}`);
      expect(status).toMatchObject({
        state: 'done',
        created: 1,
        rejected: 1,
        rejectedFor: { cutOff: 1 },
      });
    }
  });

  test('a mark that is never closed swallows nothing', async () => {
    const it = anExchange();
    const rows = Array.from(
      { length: 400 },
      (_, row) => `Kunde ${row},+49 30 555${1000 + row},${'ganz ohne besondere Worte '.repeat(8)}`,
    );
    const status = await it.importFile(
      `Name,Telefon,Notiz\n"Offen,030 5550190,x\n${rows.join('\n')}\n`,
    );
    expect(status).toMatchObject({ created: 400, rejected: 1, rejectedFor: { quoteUnclosed: 1 } });
  });

  test('what is no text, a workbook, nothing at all: clear words and no start', async () => {
    const it = anExchange();
    const noise = Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7919) % 256));
    expect(await it.preview(noise)).toMatchObject({ unreadable: 'notText', rows: [] });
    expect(await it.preview(Buffer.from([0x50, 0x4b, 3, 4, 20, 0]))).toMatchObject({
      unreadable: 'spreadsheet',
    });
    expect(await it.preview('')).toMatchObject({ unreadable: 'empty' });
    expect(await it.preview('BEGIN:VCARD\nFN:x')).toMatchObject({ unreadable: 'noCards' });
    expect(await it.preview('Name,Telefon\n')).toMatchObject({ unreadable: 'noRows' });
    await expect(it.importFile(noise)).rejects.toMatchObject({ data: { reason: 'unreadable' } });
    await expect(it.importFile('Farbe;Form\nrot;rund\nblau;eckig\n')).rejects.toMatchObject({
      data: { reason: 'mappingMissing' },
    });
  });

  test('numbers that a spreadsheet destroyed, and other things that cannot be meant', async () => {
    const it = anExchange();
    const status = await it.importFile(
      [
        'Name;Telefon;E-Mail;Land',
        'A;4,93012E+11;;',
        'B;030 555;kein at;',
        'C;;;Atlantis',
        ';;;',
        ';030 5550191;;',
        'D;bitte fragen;;',
        'E;k.A.;-;',
      ].join('\n'),
    );
    expect(status).toMatchObject({
      created: 1,
      rejectedFor: {
        numberMangled: 1,
        emailMalformed: 1,
        countryUnknown: 1,
        nameMissing: 1,
        numberMalformed: 1,
      },
      skippedFor: { empty: 1 },
      rows: 7,
    });
  });
});
