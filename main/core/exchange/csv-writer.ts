// Writes CSV that a spreadsheet shows without calculating. A cell that a spreadsheet would take for a
// formula gets an apostrophe in front, which reading takes away again. Cells of digits and + - ( ) . /
// alone stay as they are, so that "+49 30 2312-5001" and "-12.50" survive every program: without a
// letter a formula can call nothing.

/** What begins a formula, behind any apostrophes and spaces; tab and return count too (OWASP). */
const FORMULA = /^'*(?:\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n])/;
const NUMBER = /^[ ]*[+-]?[\d ()./-]*\d[\d ()./-]*$/;
const GUARDED = /^'+(?:\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n])/;

/** The cell's text with its guard, where it needs one. */
export function guardedCell(text: string): string {
  return FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
}

/** What was meant by a guarded cell; any other stays as it is. */
export function unguardedCell(text: string): string {
  return text.charCodeAt(0) === 0x27 && GUARDED.test(text) ? text.slice(1) : text;
}

/** One row with its line break. */
export function csvRow(cells: readonly string[], delimiter: string): string {
  // A row of one empty cell would be an empty line.
  if (cells.length === 1 && cells[0] === '') return '""\r\n';
  return `${cells.map((cell) => quoted(guardedCell(cell), delimiter)).join(delimiter)}\r\n`;
}

function quoted(text: string, delimiter: string): string {
  const needed = text.includes(delimiter) || /["\r\n]/.test(text);
  return needed ? `"${text.replaceAll('"', '""')}"` : text;
}
