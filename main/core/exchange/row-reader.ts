// What each record of a file says, before the book is asked: rules only, so that another thread can read
// ahead of the one that writes.
import type { ImportKind, RejectReason } from '../../../preload/contract/exchange-words.ts';
import { sortNameFrom } from '../customers/folding.ts';
import { customerTerms, digitsOfKey } from '../customers/search-terms.ts';
import { type NumberKey, numberKeyFrom, storedKeyFrom } from '../phone-numbers/number-key.ts';
import { type ContactDraft, contactFromRow } from './contact-from-row.ts';
import { type CustomerDraft, customerFromRow, type ReadingContext } from './customer-from-row.ts';
import type { FileRecord } from './file-records.ts';
import type { Reading } from './import-store.ts';
import { Rejection, rowValues } from './row-values.ts';

/** How a file's records are understood; all of it can be given to another thread. */
export interface HowRead {
  reading: Reading;
  context: ReadingContext;
  /** Whether the words by which the search finds a customer are made as well. */
  withTerms: boolean;
}

export type ReadRow = Pick<FileRecord, 'line'> &
  (
    | {
        kind: 'customer';
        draft: CustomerDraft;
        keys: NumberKey[];
        sortName: string;
        /** As `customer_search` takes them; null where nobody asked for them. */
        terms: string | null;
      }
    // The book may not know whom it is about: then the cells are given back.
    | { kind: 'contact'; draft: ContactDraft; keys: NumberKey[]; cells: string[] }
    | { kind: 'rejected'; reason: RejectReason; field: string | null; cells: string[] }
    | { kind: 'empty' }
  );

export function rowReader({
  reading,
  context,
  withTerms,
}: HowRead): (record: FileRecord) => ReadRow {
  const valuesOf = rowValues(reading.mapping, reading.format);
  const width = reading.mapping.length;

  return (record) => {
    const { cells, fault, open, line } = record;
    const rejected = (reason: RejectReason, field: string | null = null): ReadRow => ({
      ...{ line, kind: 'rejected', reason, field, cells },
    });
    if (fault !== null) return rejected(fault);
    if (cells.every((cell) => cell.trim() === '')) return { line, kind: 'empty' };
    if (open && cells.length < width) return rejected('cutOff');
    if (cells.length > width && cells.slice(width).some((cell) => cell.trim() !== ''))
      return rejected('tooManyCells');
    try {
      return understood(record, reading.kind);
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      return rejected(error.reason, error.field);
    }
  };

  function understood({ cells, line, own }: FileRecord, kind: ImportKind): ReadRow {
    const values = valuesOf(cells);
    if (kind !== 'customers') {
      const draft = contactFromRow(values, kind, context);
      return { line, kind: 'contact', draft, keys: keysOf(draft.customer.numbers), cells };
    }
    const read = customerFromRow(values, context);
    const draft = { ...read, custom: { ...read.custom, ...own } };
    const keys = keysOf(draft.numbers);
    const sortName = sortNameFrom(draft.name);
    const terms = withTerms ? termsOf(draft, keys) : null;
    return { line, kind: 'customer', draft, keys, sortName, terms };
  }

  function keysOf(numbers: readonly string[]): NumberKey[] {
    return numbers.map((number) => numberKeyFrom(number, context.home));
  }
}

/** As the search index makes them of the stored record. */
function termsOf(draft: CustomerDraft, keys: readonly NumberKey[]): string {
  const digits = keys.map((key, at) => digitsOfKey(storedKeyFrom(key, draft.numbers[at] ?? '')));
  return customerTerms({ ...draft, digits });
}
