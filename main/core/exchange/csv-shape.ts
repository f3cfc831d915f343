// Finds out how a CSV file is written: what parts its cells, and whether its first row names them.
import { csvReader, type ReadRow } from './csv-reader.ts';
import { knownHeader } from './header-words.ts';

export type Delimiter = ',' | ';' | '\t' | '|';
const DELIMITERS: readonly Delimiter[] = [';', ',', '\t', '|'];
/** Rows by which delimiters are compared. */
const COMPARED = 50;

/** Excel writes the delimiter into a line of its own: "sep=;". */
export function namedDelimiter(text: string): Delimiter | null {
  const named = /^sep=([;,\t|])\r?\n/i.exec(text)?.[1];
  return DELIMITERS.find((delimiter) => delimiter === named) ?? null;
}

/** The one with which the rows of the beginning have the same number of cells, and many. */
export function delimiterOf(head: string): Delimiter {
  const named = namedDelimiter(head);
  if (named) return named;
  let best: { delimiter: Delimiter; score: number } = { delimiter: ',', score: 0 };
  for (const delimiter of DELIMITERS) {
    const score = scoreOf(firstRows(head, delimiter).slice(0, COMPARED));
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

function scoreOf(rows: readonly ReadRow[]): number {
  const widths = rows
    .filter(({ cells, fault }) => fault === null && cells.some((cell) => cell !== ''))
    .map(({ cells }) => cells.length);
  const [first = 1] = widths;
  if (first < 2) return 0;
  const same = widths.filter((width) => width === first).length / Math.max(1, rows.length);
  // Consistency decides; of equally consistent ones the one that makes more cells.
  return same * same * 100 + Math.min(first, 90) / 10;
}

/** Complete rows of a file's beginning, without the line that names the delimiter. */
export function firstRows(head: string, delimiter: Delimiter): ReadRow[] {
  const reader = csvReader(delimiter);
  const rows = reader.push(head);
  return namedDelimiter(head) === null ? rows : rows.slice(1);
}

/** Whether a first row names columns: it says known names, or nothing in it looks like data. */
export function isHeader(first: readonly string[]): boolean {
  const said = first.map((cell) => cell.trim()).filter((cell) => cell !== '');
  const known = said.filter(knownHeader).length;
  const data = said.filter(looksLikeData).length;
  if (data > 0) return known > data;
  // Of several texts that say nothing known, a row of names is likelier than a customer.
  return (
    known > 0 ||
    (new Set(said.map((cell) => cell.toLowerCase())).size === first.length && first.length > 1)
  );
}

function looksLikeData(cell: string): boolean {
  const text = cell.trim();
  return (
    /^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i.test(text) ||
    /^\+?[\d\s()./-]{5,}$/.test(text) ||
    /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}/.test(text) ||
    /^\d{4,}$/.test(text)
  );
}
