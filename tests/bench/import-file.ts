// The file of the import's bench: the people of the large book as another program would write them.
import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { customerOf } from '../book/book-people.ts';
import { SEED } from './the-book.ts';

export const COLUMNS = [
  ...['Customer number', 'Name', 'Company', 'Street', 'Postal code', 'City', 'Country'],
  ...['Phone', 'Phone 2', 'E-mail', 'Tags'],
];

const ROWS_A_WRITE = 2_000;

/** Everyone has a number and an external id of their own; answers the bytes. */
export function writeImportFile(path: string, rows: number): number {
  const file = openSync(path, 'w', 0o600);
  try {
    writeSync(file, `${COLUMNS.join(',')}\n`);
    for (let from = 0; from < rows; from += ROWS_A_WRITE) {
      let text = '';
      for (let index = from; index < Math.min(rows, from + ROWS_A_WRITE); index += 1) {
        const one = customerOf(SEED, index);
        const [number, other] = one.numbers;
        const cells = [
          ...[one.externalId ?? `N-${index}`, one.name, one.company, one.street, one.postalCode],
          ...[one.city, one.country, number?.raw, other?.raw, one.emails[0], one.tags.join('; ')],
        ];
        text += `${cells.map(cellOf).join(',')}\n`;
      }
      writeSync(file, text);
    }
  } finally {
    closeSync(file);
  }
  return statSync(path).size;
}

export function cellOf(value: string | number | null | undefined): string {
  const text = value === null || value === undefined ? '' : String(value);
  return /[",;\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
