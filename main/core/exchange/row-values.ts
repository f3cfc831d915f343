// Takes the values of one row by what its columns become.
import type { ImportMapping } from '../../../preload/contract/exchange.ts';
import type { ImportField, RejectReason } from '../../../preload/contract/exchange-words.ts';
import { unguardedCell } from './csv-writer.ts';

/** Why a row cannot be taken, and the field that is to be mended. */
export class Rejection extends Error {
  readonly reason: RejectReason;
  readonly field: string | null;

  constructor(reason: RejectReason, field: string | null = null) {
    super(reason);
    this.reason = reason;
    this.field = field;
  }
}

export interface RowValues {
  /** The first cell that says something, trimmed; rejected when it is longer than `most`. */
  text(field: ImportField, most?: number): string | null;
  /** The same with its line breaks. */
  longText(field: ImportField, most: number): string | null;
  /** All cells of the field as they stand. */
  cells(field: ImportField): string[];
  /** Own fields by key, where the row says something. */
  own(): [string, string][];
}

/**
 * Prepared once for a file, then given row after row. An apostrophe before what a spreadsheet would
 * calculate is a guard in CSV only.
 */
export function rowValues(
  mapping: ImportMapping,
  format: 'csv' | 'vcard',
): (cells: readonly string[]) => RowValues {
  const meant = format === 'csv' ? unguardedCell : (text: string) => text;
  const columns = new Map<string, number[]>();
  const ownColumns: [string, number][] = [];
  for (const [column, target] of mapping.entries()) {
    if (target === null) continue;
    if (target.startsWith('custom.')) ownColumns.push([target.slice('custom.'.length), column]);
    else columns.set(target, [...(columns.get(target) ?? []), column]);
  }
  const none: number[] = [];

  return (cells) => {
    function first(field: ImportField): string | null {
      for (const column of columns.get(field) ?? none) {
        const cell = meant(cells[column] ?? '').trim();
        if (cell !== '') return checkedText(cell, field);
      }
      return null;
    }

    return {
      text(field, most = 200) {
        const found = first(field);
        const text =
          found?.includes('\n') || found?.includes('\r')
            ? found.replace(/\s*[\r\n]+\s*/g, ' ')
            : found;
        if (text !== null && text.length > most) throw new Rejection('tooLong', field);
        return text;
      },
      longText(field, most) {
        const text = first(field)?.replaceAll('\r\n', '\n') ?? null;
        if (text !== null && text.length > most) throw new Rejection('tooLong', field);
        return text;
      },
      cells: (field) =>
        (columns.get(field) ?? none).flatMap((column) => {
          const cell = meant(cells[column] ?? '');
          return cell.trim() === '' ? [] : [checkedText(cell, field)];
        }),
      own: () =>
        ownColumns.flatMap(([key, column]): [string, string][] => {
          const cell = meant(cells[column] ?? '').trim();
          return cell === '' ? [] : [[key, checkedText(cell, `custom.${key}`)]];
        }),
    };
  };
}

// oxlint-disable-next-line no-control-regex -- what is looked for are control characters
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffd]/;

function checkedText(text: string, field: string): string {
  if (CONTROLS.test(text)) throw new Rejection('valueMalformed', field);
  return text;
}
