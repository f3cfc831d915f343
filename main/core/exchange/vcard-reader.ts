// Reads vCards 2.1, 3.0 and 4.0 as Outlook, iCloud and Google write them (RFC 2426, RFC 6350), piece by
// piece. A card becomes a row of VCARD_COLUMNS, so that everything after it is the same as for CSV.
import { cardProperty, rowFromCard, type CardProperty } from './vcard-card.ts';

export interface ReadCard {
  cells: string[];
  /** Own fields by key, as the desk writes them. */
  own: Record<string, string>;
  line: number;
  fault: 'cardMalformed' | 'cutOff' | 'rowTooLong' | null;
}

export interface CardReader {
  push(text: string): ReadCard[];
  end(): ReadCard[];
}

/** Pictures may stand in one line; they are passed over. */
const LONGEST_LINE = 4_194_304;
const LONGEST_PROPERTY = 131_072;
const MOST_PROPERTIES = 2_000;
const NOT_KEPT = /^(?:[\w-]+\.)?(photo|logo|sound|key|agent|x-ms-cardpicture)[;:]/i;

interface OpenCard {
  line: number;
  lines: string[];
  tooLong: boolean;
}

export function cardReader(): CardReader {
  let rest = '';
  let line = 0;
  let card: OpenCard | null = null;
  /** Where text began that belongs to no card. */
  let outside: { line: number; text: string } | null = null;
  let passing = false;

  function take(text: string, rows: ReadCard[]): void {
    line += 1;
    const mark = text.trim().toUpperCase();
    if (mark === 'BEGIN:VCARD') {
      if (card) rows.push(broken(card, 'cardMalformed'));
      flushOutside(rows);
      card = { line, lines: [], tooLong: false };
    } else if (mark === 'END:VCARD' && card) {
      rows.push(finished(card));
      card = null;
    } else if (card) {
      addLine(card, text);
    } else if (mark !== '') {
      outside ??= { line, text: text.slice(0, 200) };
    }
  }

  function addLine(open: OpenCard, text: string): void {
    const last = open.lines.at(-1);
    const isFolded = /^[ \t]/.test(text);
    const isSoft = last !== undefined && last.endsWith('=') && isQuotedPrintable(last);
    if (last !== undefined && (isFolded || isSoft)) {
      if (NOT_KEPT.test(last)) return;
      const joined = isSoft ? last.slice(0, -1) + text : last + text.slice(1);
      if (joined.length > LONGEST_PROPERTY) open.tooLong = true;
      else open.lines[open.lines.length - 1] = joined;
    } else if (open.lines.length >= MOST_PROPERTIES) {
      open.tooLong = true;
    } else {
      // Of a picture only its name is kept, so that what follows it is passed over too.
      open.lines.push(NOT_KEPT.test(text) ? text.slice(0, 60) : text);
    }
  }

  function flushOutside(rows: ReadCard[]): void {
    if (outside)
      rows.push({ cells: [outside.text], own: {}, line: outside.line, fault: 'cardMalformed' });
    outside = null;
  }

  function read(text: string, last: boolean): ReadCard[] {
    const rows: ReadCard[] = [];
    let at = 0;
    for (;;) {
      const feed = text.indexOf('\n', at);
      const end = feed < 0 && last && at < text.length ? text.length : feed;
      if (end < 0) break;
      if (!passing) {
        for (const part of text.slice(at, end).split('\r'))
          if (part !== '' || end === at) take(part, rows);
      }
      passing = false;
      at = end + 1;
      if (at >= text.length) break;
    }
    rest = text.slice(at);
    if (rest.length > LONGEST_LINE) {
      if (card) card.tooLong = true;
      else outside ??= { line, text: rest.slice(0, 200) };
      passing = true;
      rest = '';
    }
    if (!last) return rows;
    if (card) rows.push(broken(card, 'cutOff'));
    card = null;
    flushOutside(rows);
    return rows;
  }

  return { push: (text) => read(rest + text, false), end: () => read(rest, true) };
}

function isQuotedPrintable(line: string): boolean {
  return /^[^:]*;(?:encoding=)?quoted-printable[;:]/i.test(line);
}

function finished(card: OpenCard): ReadCard {
  if (card.tooLong) return broken(card, 'rowTooLong');
  const properties: CardProperty[] = [];
  for (const line of card.lines) {
    const property = line.trim() === '' ? null : cardProperty(line);
    if (property) properties.push(property);
    else if (line.trim() !== '' && !NOT_KEPT.test(line)) return broken(card, 'cardMalformed');
  }
  return { ...rowFromCard(properties), line: card.line, fault: null };
}

/** What could be read of it stays in its columns, so that the report can be mended. */
function broken(card: OpenCard, fault: NonNullable<ReadCard['fault']>): ReadCard {
  const properties = card.lines.flatMap((line) => cardProperty(line) ?? []);
  return { ...rowFromCard(properties), line: card.line, fault };
}
