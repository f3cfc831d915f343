// The records of a stored file, piece by piece: rows of CSV or cards, with how far reading has come.
import type { RejectReason } from '../../../preload/contract/exchange-words.ts';
import { csvReader } from './csv-reader.ts';
import { namedDelimiter } from './csv-shape.ts';
import type { Reading } from './import-store.ts';
import { textDecoder } from './text-encoding.ts';
import { cardReader } from './vcard-reader.ts';

export interface FileRecord {
  cells: string[];
  line: number;
  fault: Extract<RejectReason, 'quoteUnclosed' | 'cutOff' | 'rowTooLong' | 'cardMalformed'> | null;
  /** The file ended within it. */
  open: boolean;
  /** Own fields by key, of cards that the desk has written. */
  own?: Record<string, string>;
}

export interface FilePiece {
  records: FileRecord[];
  /** Bytes read so far. */
  bytes: number;
}

/** How a file is parted into records. */
export type RecordReading = Pick<Reading, 'format' | 'encoding' | 'delimiter' | 'header'>;

export interface FileReader {
  /** The records that are complete with this chunk; header rows are left out. */
  push(chunk: Uint8Array): FilePiece;
  /** The rest, when the file is over. */
  end(): FilePiece;
}

export function fileReader(reading: RecordReading): FileReader {
  const decode = textDecoder(reading.encoding);
  const reader = reading.format === 'vcard' ? cardReader() : csvReader(reading.delimiter);
  let bytes = 0;
  let first = true;
  let headerDue = reading.format === 'csv' && reading.header;
  let namesDelimiter = false;

  function piece(read: readonly (Omit<FileRecord, 'open'> & { open?: boolean })[]): FilePiece {
    let records = read.map((record) => ({ ...record, open: record.open ?? false }));
    if (namesDelimiter && records.length > 0) {
      records = records.slice(1);
      namesDelimiter = false;
    }
    if (headerDue && records.length > 0) {
      records = records.slice(1);
      headerDue = false;
    }
    return { records, bytes };
  }

  return {
    push(chunk) {
      bytes += chunk.length;
      const text = decode(chunk, false);
      if (first) namesDelimiter = reading.format === 'csv' && namedDelimiter(text) !== null;
      first = false;
      return piece(reader.push(text));
    },
    end() {
      const rest = decode(new Uint8Array(), true);
      return piece([...reader.push(rest), ...reader.end()]);
    },
  };
}
