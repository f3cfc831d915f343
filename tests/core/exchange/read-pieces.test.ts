// The rows of a file, read here and ahead in another thread.
import { expect, test } from 'vitest';
import {
  inPairs,
  piecesBeside,
  piecesHere,
  type ReadPiece,
} from '../../../main/core/exchange/read-pieces.ts';
import type { HowRead } from '../../../main/core/exchange/row-reader.ts';

const ROWS = 400;
const how: HowRead = {
  reading: {
    ...{ kind: 'customers', format: 'csv', encoding: 'utf-8', delimiter: ';', header: true },
    ...{ dayFirst: true, mapping: ['name', 'number', 'email', 'custom.farbe'] },
  },
  context: {
    ...{ home: 'DE', zone: 'Europe/Berlin', dayFirst: true },
    ownFields: new Map([['farbe', { kind: 'choice', choices: ['Rot', 'Blau'] }]]),
  },
  withTerms: true,
};

const line = (at: number) => {
  if (at % 50 === 7) return ';;;';
  if (at % 50 === 9) return `Kunde ${at};1,5E+11;;`;
  return `"Käthe; Nummer ${at}";030 ${7_000_000 + at};k${at}@firma.example;${at % 2 ? 'rot' : ''}`;
};

/** Cut anywhere, also within letters of two bytes. */
function* chunks(fault?: { after: number; error: Error }): Generator<Uint8Array> {
  const lines = Array.from({ length: ROWS }, (_, at) => line(at));
  const bytes = Buffer.from(`Name;Telefon;E-Mail;Farbe\n${lines.join('\n')}\n`);
  for (let at = 0; at < bytes.length; at += 1_001) {
    if (fault && at / 1_001 >= fault.after) throw fault.error;
    yield bytes.subarray(at, at + 1_001);
  }
}

async function all(pieces: Iterable<ReadPiece> | AsyncIterable<ReadPiece>): Promise<ReadPiece[]> {
  const found: ReadPiece[] = [];
  for await (const piece of pieces) found.push(piece);
  return found;
}

test('a thread reads the same rows in the same pieces', async () => {
  const here = await all(piecesHere(chunks(), how));
  expect(await all(piecesBeside(chunks(), how))).toEqual(here);
  const rows = here.flatMap((piece) => piece.rows);
  expect(rows).toHaveLength(ROWS);
  expect(rows.map(({ line: at }) => at)).toEqual(Array.from({ length: ROWS }, (_, at) => at + 2));
  expect(rows[0]).toMatchObject({
    kind: 'customer',
    draft: { name: 'Käthe; Nummer 0', numbers: ['030 7000000'], emails: ['k0@firma.example'] },
    keys: [{ kind: 'e164', e164: '+49307000000' }],
  });
  expect(rows[1]).toMatchObject({ draft: { custom: { farbe: 'Rot' } } });
  expect(rows[7]).toEqual({ kind: 'empty', line: 9 });
  expect(rows[9]).toMatchObject({ kind: 'rejected', reason: 'numberMangled', field: 'number' });
});

test('a file that breaks off is told of behind the pieces before it', async () => {
  const fault = { after: 4, error: new Error('the file is gone') };
  const before: ReadPiece[] = [];
  const reading = async () => {
    for await (const piece of piecesBeside(chunks(fault), how)) before.push(piece);
  };
  await expect(reading()).rejects.toBe(fault.error);
  expect(before).toEqual((await all(piecesHere(chunks(), how))).slice(0, 4));
});

test('chunks in pairs are the same bytes, up to the one that breaks off', () => {
  const bytes = [1, 2, 3, 4, 5].map((byte) => Uint8Array.of(byte));
  const lists = (chunks: Iterable<Uint8Array>) => [...inPairs(chunks)].map((chunk) => [...chunk]);
  expect(lists(bytes)).toEqual([[1, 2], [3, 4], [5]]);
  expect(lists([])).toEqual([]);
  const given: number[][] = [];
  const broken = function* () {
    yield* bytes.slice(0, 3);
    throw new Error('gone');
  };
  expect(() => {
    for (const chunk of inPairs(broken())) given.push([...chunk]);
  }).toThrow('gone');
  expect(given).toEqual([[1, 2], [3]]);
});

test('whoever has enough reads no further', async () => {
  let read = 0;
  function* counted() {
    for (const chunk of chunks()) {
      read += 1;
      yield chunk;
    }
  }
  for await (const piece of piecesBeside(counted(), how)) {
    expect(piece.rows.length).toBeGreaterThan(0);
    break;
  }
  expect(read).toBeLessThanOrEqual(3);
});
