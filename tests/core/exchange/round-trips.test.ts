// What is written is read again as it was, whatever the bytes: rows, cards, the whole book.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvReader } from '../../../main/core/exchange/csv-reader.ts';
import { csvRow, guardedCell, unguardedCell } from '../../../main/core/exchange/csv-writer.ts';
import { cardReader } from '../../../main/core/exchange/vcard-reader.ts';
import { createKeySet } from '../../../main/core/exchange/key-set.ts';
import { amountFrom, countryFrom } from '../../../main/core/exchange/value-words.ts';
import { dateFrom, instantOf } from '../../../main/core/exchange/dates.ts';
import { customerInput } from '../../../preload/contract/customers.ts';
import { anExchange } from './an-exchange.ts';

const RUNS = Number(process.env['EXCHANGE_RUNS'] ?? 300);
const cell = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({
    unit: fc.constantFrom('"', ',', ';', '\n', '\r', "'", '=', '+', '-', '@', '\t', ' ', 'a', '1'),
    maxLength: 8,
  }),
);
const anyRows = fc.array(fc.array(cell, { minLength: 1, maxLength: 6 }), { maxLength: 12 });
const delimiters = fc.constantFrom(',', ';', '\t', '|');

/** The text in pieces of any size. */
function piecesOf(text: string, sizes: readonly number[]): string[] {
  const pieces: string[] = [];
  let at = 0;
  for (let index = 0; at < text.length; index += 1) {
    const size = sizes[index % sizes.length] ?? 1;
    pieces.push(text.slice(at, at + size));
    at += size;
  }
  return pieces;
}

function parsed(text: string, delimiter: string, sizes: readonly number[]): string[][] {
  const reader = csvReader(delimiter);
  const rows = piecesOf(text, sizes).flatMap((piece) => reader.push(piece));
  return [...rows, ...reader.end()].map(({ cells }) => cells);
}

const anySizes = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 5 });

describe('CSV', () => {
  test('parse(print(rows)) = rows, in pieces of any size', () => {
    fc.assert(
      fc.property(anyRows, delimiters, anySizes, (rows, delimiter, sizes) => {
        const text = rows.map((row) => csvRow(row, delimiter)).join('');
        const read = parsed(text, delimiter, sizes).map((cells) => cells.map(unguardedCell));
        expect(read).toEqual(rows);
      }),
      { numRuns: RUNS },
    );
  });

  test('any text in any pieces is read as in one, never crashes and loses no letter', () => {
    const text = fc.string({
      unit: fc.constantFrom('"', ',', '\n', '\r', 'a', 'ü'),
      maxLength: 60,
    });
    fc.assert(
      fc.property(text, anySizes, (given, sizes) => {
        const read = parsed(given, ',', sizes);
        expect(read).toEqual(parsed(given, ',', [given.length + 1]));
        const letters = (all: string) => all.replace(/[^aü]/g, '').length;
        expect(letters(read.flat().join(''))).toBe(letters(given));
      }),
      { numRuns: RUNS * 3 },
    );
  });

  test('lines are counted, within cells too', () => {
    const reader = csvReader(',');
    const rows = [...reader.push('a,b\r\n"x\ny",1\r\n\r\nlast'), ...reader.end()];
    expect(rows.map(({ line, cells }) => [line, cells[0]])).toEqual([
      [1, 'a'],
      [2, 'x\ny'],
      [4, ''],
      [5, 'last'],
    ]);
  });

  test('formulas are kept from working, numbers and E.164 stay as they are', () => {
    for (const formula of [
      '=1+1',
      '@SUM(A1)',
      '+cmd|x',
      '-A1',
      '\t=x',
      ' =HYPERLINK("x")',
      "'=x",
      '＝1',
      '-',
    ])
      expect(guardedCell(formula)).toBe(`'${formula}`);
    for (const plain of [
      '+49 30 2312-5001',
      '+4930231250',
      '-12.50',
      '+1 (212) 555/0100',
      'a=b',
      "o'clock",
      '',
    ])
      expect(guardedCell(plain)).toBe(plain);
    fc.assert(
      fc.property(cell, (text) => {
        expect(unguardedCell(guardedCell(text))).toBe(text);
        const written = guardedCell(text);
        // Nothing that begins like a formula holds a letter.
        if (/^\s*[=+\-@]/.test(written)) expect(written).not.toMatch(/\p{L}/u);
      }),
      { numRuns: RUNS * 3 },
    );
  });

  test('garbage without an end is bounded: memory and time', () => {
    const reader = csvReader(',');
    const open = `"${'x'.repeat(99)}`;
    const piece = open.repeat(5_000);
    const began = performance.now();
    let rows = 0;
    for (let index = 0; index < 200; index += 1) rows += reader.push(piece).length;
    rows += reader.end().length;
    expect(rows).toBeGreaterThan(0);
    const lines = csvReader(',');
    for (let index = 0; index < 40; index += 1)
      rows += lines.push(`"${'y'.repeat(98)}\n`.repeat(5_000)).length;
    expect(performance.now() - began).toBeLessThan(12_000);
  });
});

test('any text read as cards never crashes', () => {
  const line = fc.oneof(
    fc.constantFrom(
      'BEGIN:VCARD',
      'END:VCARD',
      'FN:x',
      ' y',
      'NOTE;ENCODING=QUOTED-PRINTABLE:=C3=',
      'N:a\\;b;c',
      ':',
      ';:',
    ),
    fc.string({ maxLength: 10 }),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), anySizes, (lines, sizes) => {
      const text = lines.join('\r\n');
      const reader = cardReader();
      const cards = [
        ...piecesOf(text, sizes).flatMap((piece) => reader.push(piece)),
        ...reader.end(),
      ];
      const whole = cardReader();
      expect(cards).toEqual([...whole.push(text), ...whole.end()]);
    }),
    { numRuns: RUNS },
  );
});

test('what was met is met again, and nothing else', () => {
  const set = createKeySet();
  for (let index = 0; index < 50_000; index += 1) set.add(`key ${index}`);
  for (let index = 0; index < 50_000; index += 7) expect(set.has(`key ${index}`)).toBe(true);
  for (let index = 50_000; index < 100_000; index += 7) expect(set.has(`key ${index}`)).toBe(false);
});

const said = (longest: number) =>
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: longest })
    // oxlint-disable-next-line no-control-regex -- these no contract lets in from a form
    .map((text) => text.replace(/[\u0000-\u001f\u007f-\u009f\ufffd\s]+/g, ' ').trim())
    .filter(
      (text) =>
        text !== '' &&
        !/^(?:[-–—/.]+|n\/?a|k\.? ?a\.?|none|keine?|null|unbekannt|unknown)$/i.test(text),
    );
const aNumber = fc
  .tuple(
    fc.constantFrom('+49 30 ', '030/', '+43 (0)664 ', '(040) '),
    fc.integer({ min: 100_000, max: 9_999_999 }),
  )
  .map(([area, rest]) => `${area}${rest}`);
const anEmail = fc
  .tuple(fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/), fc.constantFrom('a.example', 'firma.example'))
  .map(([name, host]) => `${name}@${host}`);
const orNull = <Value>(one: fc.Arbitrary<Value>) => fc.option(one, { nil: null });
const aCustomer = fc.record({
  name: said(20),
  company: orNull(said(20)),
  street: orNull(said(20)),
  postalCode: orNull(fc.stringMatching(/^\d{5}$/)),
  city: orNull(said(12)),
  country: orNull(fc.constantFrom('DE', 'AT', 'CH', 'FR')),
  emails: fc.uniqueArray(anEmail, { maxLength: 5 }),
  numbers: fc.uniqueArray(aNumber, { maxLength: 5 }),
  tags: fc.uniqueArray(
    said(10).filter((tag) => !/^\* |^(myContacts|starred)$/.test(tag)),
    { maxLength: 5 },
  ),
  preferredTime: orNull(said(20)),
});

/** Its tags come as one cell that begins as a guarded one does. */
const APOSTROPHE_FIRST = {
  ...{
    name: 'Anna Kern',
    company: null,
    street: null,
    postalCode: null,
    city: null,
    country: null,
  },
  ...{ emails: [], numbers: [], tags: ["'", 'Neukunde'], preferredTime: null },
};

describe('the book', () => {
  test.each(['csv', 'vcard'] as const)('as %s, read again, is the same book', async (format) => {
    await fc.assert(
      fc.asyncProperty(fc.array(aCustomer, { maxLength: 6 }), async (people) => {
        const from = anExchange();
        from.desk.raw
          .prepare(
            "INSERT INTO custom_fields (id, key, applies_to, label, kind, created_at) VALUES ('f', 'birthday', 'customer', 'Geburtstag', 'date', 0)",
          )
          .run();
        // Each has a number in the other system, so that nobody is taken for somebody else.
        for (const [index, person] of people.entries()) {
          from.desk.aCustomer(
            customerInput.parse({
              ...person,
              externalId: `K-${index}`,
              custom: { birthday: '1980-02-29' },
            }),
          );
        }
        const text = await from.exported(format);
        const to = anExchange();
        if (people.length > 0) {
          const status = await to.importFile(text);
          expect({ rejected: status.rejectedFor, created: status.created }).toEqual({
            rejected: {},
            created: people.length,
          });
        }
        expect(to.book()).toEqual(from.book());
        from.desk.close();
        to.desk.close();
      }),
      { numRuns: Math.max(5, RUNS / 30), endOnFailure: true, examples: [[[APOSTROPHE_FIRST]]] },
    );
  });

  test('as JSON is complete', async () => {
    const it = anExchange();
    const { id } = it.desk.aCustomer({
      name: 'Anna Müller',
      numbers: ['030 5550100'],
      tags: ['VIP'],
    });
    const contactId = it.desk.aContact(id, 1_000_000, { end: 'joy', note: 'war froh' });
    it.desk.aPromise(id, 2_000_000, { contactId });
    const book = JSON.parse(await it.exported('json')) as {
      customers: Record<string, unknown>[];
      format: string;
    };
    expect(book.format).toBe('anklang-book');
    expect(book.customers).toMatchObject([
      {
        ...{ name: 'Anna Müller', tags: ['VIP'], contacts: [{ id: contactId, note: 'war froh' }] },
        ...{
          feelings: [{ emotion: 'joy' }],
          promises: [{ text: 'Angebot schicken', dueAt: 2_000_000 }],
        },
      },
    ]);
  });

  test('an empty book is a whole file in every format', async () => {
    const it = anExchange();
    expect(JSON.parse(await it.exported('json'))).toMatchObject({ customers: [] });
    expect((await it.exported('csv')).split('\r\n')).toHaveLength(2);
    expect(await it.exported('vcard')).toBe('');
  });
});

test('dates and amounts as people write them', () => {
  const day = (text: string, dayFirst = true) => {
    const date = dateFrom(text, dayFirst);
    return date && new Date(instantOf(date, 'Europe/Berlin')).toISOString();
  };
  expect(day('31.03.2026 10:15')).toBe('2026-03-31T08:15:00.000Z');
  expect(day('03/04/2026 9:05 pm', false)).toBe('2026-03-04T20:05:00.000Z');
  expect(day('03/04/2026')).toBe('2026-04-03T10:00:00.000Z');
  expect(day('2026-10-25T02:30:00+02:00')).toBe('2026-10-25T00:30:00.000Z');
  expect(day('20260131')).toBe('2026-01-31T11:00:00.000Z');
  expect(day('1.2.71')).toBe('1971-02-01T11:00:00.000Z');
  for (const wrong of ['31.02.2026', '2026-13-01', 'morgen', '', '1.1.2026 25:00', '12'])
    expect(dateFrom(wrong, true)).toBeNull();
  const amounts: [string, number, string | null][] = [
    ['1.234,50 €', 123_450, 'EUR'],
    ['1,234.50', 123_450, null],
    ["CHF 1'000", 100_000, 'CHF'],
    ['-12.5', -1_250, null],
    ['1.000', 100_000, null],
    ['89,-', 8_900, null],
    ['$5', 500, 'USD'],
  ];
  for (const [text, cents, currency] of amounts)
    expect(amountFrom(text)).toEqual({ cents, currency });
  for (const wrong of ['viel', '', '€', '1 bis 2', '5 __proto__'])
    expect(amountFrom(wrong)).toBeNull();
  expect(
    ['Deutschland', 'GERMANY', 'Österreich', 'Oesterreich', 'ch', 'Atlantis'].map(countryFrom),
  ).toEqual([...['DE', 'DE', 'AT', 'AT', 'CH', null]]);
});
