// Reads CSV (RFC 4180, and what is met besides it) piece by piece in bounded memory and time. Of our
// own, because a row that is refused must be given back with its line and its cells, and a quotation
// mark that is never closed must not swallow the rest of the file.

export interface ReadRow {
  cells: string[];
  /** Line on which the row begins, from 1. */
  line: number;
  fault: 'quoteUnclosed' | 'cutOff' | 'rowTooLong' | null;
  /** The file ended within the row, without a line break. */
  open: boolean;
}

export interface CsvReader {
  /** The rows that are complete with this piece. */
  push(text: string): ReadRow[];
  /** The rest, when the file is over. */
  end(): ReadRow[];
}

/** Notes have 20,000 characters at most; a quotation mark that stands open for longer was none. */
const LONGEST_CELL = 65_536;
const LONGEST_ROW = 262_144;
const MOST_CELLS = 1_000;
/** So many times a row is read again without its open quotation mark; then marks mean nothing. */
const MOST_RECOVERIES = 1_000;

const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;

type Scan =
  | { kind: 'row'; cells: string[]; next: number; lines: number; open: boolean }
  | { kind: 'incomplete' }
  | { kind: 'unclosed'; cells: string[] };

export function csvReader(delimiter: string): CsvReader {
  const separator = delimiter.charCodeAt(0);
  let rest = '';
  let line = 1;
  let recoveries = 0;
  /** A row that is too long has been given out; what is left of it is passed over. */
  let passing = false;

  function scan(text: string, start: number, last: boolean, marks: boolean): Scan {
    const cells: string[] = [];
    let at = start;
    let lines = 1;
    for (;;) {
      let value = '';
      if (marks && text.charCodeAt(at) === QUOTE) {
        let from = at + 1;
        for (;;) {
          const quote = text.indexOf('"', from);
          const end = quote < 0 ? text.length : quote;
          if (end - at > LONGEST_CELL) return { kind: 'unclosed', cells };
          if (quote < 0) {
            if (!last) return { kind: 'incomplete' };
            cells.push(value + text.slice(from));
            return { kind: 'unclosed', cells };
          }
          if (quote + 1 === text.length && !last) return { kind: 'incomplete' };
          if (text.charCodeAt(quote + 1) === QUOTE) {
            value += text.slice(from, quote + 1);
            from = quote + 2;
            continue;
          }
          value += text.slice(from, quote);
          at = quote + 1;
          break;
        }
        if (value.includes('\n')) lines += value.split('\n').length - 1;
      }
      const from = at;
      let code = text.charCodeAt(at);
      while (at < text.length && code !== separator && code !== LINE_FEED && code !== RETURN) {
        at += 1;
        code = text.charCodeAt(at);
      }
      // What stands behind a closing mark belongs to the cell all the same.
      if (at > from) value += text.slice(from, at);
      if (at === text.length) {
        if (!last) return { kind: 'incomplete' };
        cells.push(value);
        return { kind: 'row', cells, next: at, lines, open: true };
      }
      if (code === RETURN && at + 1 === text.length && !last) return { kind: 'incomplete' };
      cells.push(value);
      at += 1;
      if (code === separator) continue;
      if (code === RETURN && text.charCodeAt(at) === LINE_FEED) at += 1;
      return { kind: 'row', cells, next: at, lines, open: false };
    }
  }

  function read(text: string, last: boolean): ReadRow[] {
    const rows: ReadRow[] = [];
    let at = 0;
    if (passing) {
      at = afterLineBreak(text, 0);
      if (at < 0) return keep('', rows);
      passing = false;
      line += 1;
    }
    while (at < text.length) {
      const found = scan(text, at, last, recoveries < MOST_RECOVERIES);
      if (found.kind === 'incomplete') {
        if (text.length - at <= LONGEST_ROW) break;
        rows.push(tooLong(text.slice(at)));
        const next = afterLineBreak(text, at);
        passing = next < 0;
        if (next < 0) return keep('', rows);
        line += 1;
        at = next;
        continue;
      }
      if (found.kind === 'unclosed') {
        if (last && text.length - at <= LONGEST_CELL) {
          rows.push({ cells: found.cells, line, fault: 'cutOff', open: true });
          return keep('', rows);
        }
        recoveries += 1;
        const next = afterLineBreak(text, at);
        const end = next < 0 ? text.length : next;
        const plain = scan(text.slice(at, end), 0, true, false);
        const cells = plain.kind === 'row' ? plain.cells : [];
        rows.push({ cells, line, fault: 'quoteUnclosed', open: next < 0 });
        line += 1;
        at = end;
        continue;
      }
      const { cells, next, lines, open } = found;
      if (next - at > LONGEST_ROW || cells.length > MOST_CELLS)
        rows.push(tooLong(text.slice(at, next)));
      else rows.push({ cells, line, fault: null, open });
      line += lines;
      at = next;
    }
    return keep(text.slice(at), rows);
  }

  function keep(text: string, rows: ReadRow[]): ReadRow[] {
    rest = text;
    return rows;
  }

  function tooLong(text: string): ReadRow {
    return { cells: [text.slice(0, LONGEST_CELL)], line, fault: 'rowTooLong', open: false };
  }

  return {
    push: (text) => read(rest + text, false),
    end: () => read(rest, true),
  };
}

/** Where the next line begins, or −1. */
function afterLineBreak(text: string, from: number): number {
  const feed = text.indexOf('\n', from);
  const back = text.indexOf('\r', from);
  if (feed < 0 && back < 0) return -1;
  if (back < 0 || (feed >= 0 && feed < back)) return feed + 1;
  return text.charCodeAt(back + 1) === LINE_FEED ? back + 2 : back + 1;
}
