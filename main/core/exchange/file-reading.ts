// Finds out how a file is to be read and shows what its first rows would become.
import type {
  ImportMapping,
  ImportPreview,
  ImportReading,
  PreviewRow,
} from '../../../preload/contract/exchange.ts';
import type { ExchangeFormat } from '../../../preload/contract/exchange-words.ts';
import { Refusal } from '../refusal.ts';
import {
  mappingFromCells,
  mappingFromNames,
  mappingFromStored,
  missingTargets,
  signatureOf,
} from './column-mapping.ts';
import { delimiterOf, firstRows, isHeader } from './csv-shape.ts';
import { dayFirstIn } from './dates.ts';
import { type FileRecord, fileReader } from './file-records.ts';
import type { ImportStore, Reading } from './import-store.ts';
import type { RowResult } from './row-importer.ts';
import { encodingOf, textDecoder, unreadableHead } from './text-encoding.ts';
import type { UploadedFile } from './uploaded-files.ts';
import { VCARD_COLUMNS, VCARD_MAPPING } from './vcard-card.ts';

interface DetectorDependencies {
  store: ImportStore;
  /** Keys of the organisation's own fields by their label in lower case. */
  ownFieldsByLabel: () => ReadonlyMap<string, string>;
}

export interface DetectedReading {
  reading: Reading;
  unreadable: ImportPreview['unreadable'];
  /** Names of the columns; empty texts where the file names none. */
  names: string[];
  mappedBy: ImportPreview['mappedBy'];
  mappingName: string | null;
  signature: string;
  /** The first records, without the header. */
  records: FileRecord[];
}

const SHOWN_ROWS = 20;
const MOST_SAMPLES = 3;
const LONGEST_SAMPLE = 80;
/** So much of the beginning is looked at. */
const HEAD_BYTES = 256 * 1024;

export function readingDetector({ store, ownFieldsByLabel }: DetectorDependencies) {
  /** What the reading leaves open is found out; what it says is taken as it is. */
  return function detect(file: UploadedFile, asked: ImportReading): DetectedReading {
    const head = headOf(file);
    const encoding = asked.encoding ?? encodingOf(head, file.utf8);
    const text = textDecoder(encoding)(head, file.bytes <= HEAD_BYTES);
    const format: ExchangeFormat =
      asked.format ?? (/^\s*BEGIN:VCARD/i.test(text) ? 'vcard' : 'csv');
    const kind = format === 'vcard' ? 'customers' : (asked.kind ?? 'customers');
    const delimiter = asked.delimiter ?? delimiterOf(text);
    const rows = format === 'csv' ? firstRowsOf(text, delimiter, file) : [];
    const header = format === 'csv' && (asked.header ?? isHeader(rows[0] ?? []));
    const data = header ? rows.slice(1) : rows;
    const width = Math.max(
      0,
      ...(header ? [rows[0] ?? []] : rows.slice(0, 200)).map(({ length }) => length),
    );
    const names =
      format === 'vcard'
        ? [...VCARD_COLUMNS]
        : Array.from({ length: width }, (_, column) =>
            header ? (rows[0]?.[column] ?? '').trim() : '',
          );
    const signature = signatureOf(names, header || format === 'vcard');
    const dayFirst =
      asked.dayFirst ??
      dayFirstIn(data.flat().filter((cell) => /^\d/.test(cell))) ??
      delimiter !== ',';
    const { mapping, mappedBy, mappingName } = mappingFor();
    const reading: Reading = { kind, format, encoding, delimiter, header, dayFirst, mapping };
    const { records } = fileReader(reading).push(head);
    const whole = file.bytes <= HEAD_BYTES ? allRecords(head, reading) : records;
    const unreadable = unreadableHead(head, text) ?? nothingIn(whole, format);
    return { reading, unreadable, names, mappedBy, mappingName, signature, records: whole };

    function mappingFor(): {
      mapping: ImportMapping;
      mappedBy: ImportPreview['mappedBy'];
      mappingName: string | null;
    } {
      const fitted = (targets: ImportMapping) => names.map((_, column) => targets[column] ?? null);
      if (asked.mapping)
        return {
          mapping: fitted(asked.mapping),
          mappedBy: 'hand',
          mappingName: asked.mappingName ?? null,
        };
      if (asked.mappingName !== undefined) {
        const named = store.mappingNamed(asked.mappingName);
        if (!named) throw new Refusal('EXCHANGE_REFUSED', { reason: 'mappingUnknown' });
        const mapping = mappingFromStored(named.stored, names, header || format === 'vcard');
        return { mapping, mappedBy: 'stored', mappingName: asked.mappingName };
      }
      const known = store.mappingFor(kind, signature);
      if (known) {
        const mapping = mappingFromStored(known.stored, names, header || format === 'vcard');
        return { mapping, mappedBy: 'stored', mappingName: known.name };
      }
      if (format === 'vcard')
        return { mapping: [...VCARD_MAPPING], mappedBy: 'names', mappingName: null };
      const mapping = header
        ? mappingFromNames(names, kind, ownFieldsByLabel())
        : fitted(mappingFromCells(data.slice(0, 50), kind));
      return { mapping, mappedBy: 'names', mappingName: null };
    }
  };
}

function headOf(file: UploadedFile): Uint8Array {
  for (const chunk of file.chunks()) return chunk.subarray(0, HEAD_BYTES);
  return new Uint8Array();
}

/** Cells of the rows in a file's beginning; a single row without a line break is one too. */
function firstRowsOf(
  text: string,
  delimiter: Reading['delimiter'],
  file: UploadedFile,
): string[][] {
  const ended = file.bytes <= HEAD_BYTES && !text.endsWith('\n') ? `${text}\n` : text;
  return firstRows(ended, delimiter).map(({ cells }) => cells);
}

function allRecords(head: Uint8Array, reading: Reading): FileRecord[] {
  const reader = fileReader(reading);
  return [...reader.push(head).records, ...reader.end().records];
}

function nothingIn(
  records: readonly FileRecord[],
  format: ExchangeFormat,
): ImportPreview['unreadable'] {
  if (format === 'vcard') return records.some(({ fault }) => fault === null) ? null : 'noCards';
  return records.length > 0 ? null : 'noRows';
}

/** The first rows as `judge` sees them, and the columns with samples. */
export function previewFrom(
  file: UploadedFile,
  detected: DetectedReading,
  judge: (record: FileRecord) => RowResult,
): ImportPreview {
  const { reading, records, names } = detected;
  const blocked = detected.unreadable !== null;
  return {
    ...{ fileId: file.id, fileName: file.name, bytes: file.bytes, unreadable: detected.unreadable },
    ...{
      kind: reading.kind,
      format: reading.format,
      encoding: reading.encoding,
      delimiter: reading.delimiter,
    },
    ...{ header: reading.header, dayFirst: reading.dayFirst },
    columns: names.slice(0, 1_000).map((name, column) => ({
      name: name.slice(0, 200),
      target: reading.mapping[column] ?? null,
      samples: blocked ? [] : samplesOf(records, column),
    })),
    mappedBy: detected.mappedBy,
    mappingName: detected.mappingName,
    rows: blocked
      ? []
      : records.slice(0, SHOWN_ROWS).map((record) => previewRowFrom(record, judge(record))),
    missing: missingTargets(reading.mapping, reading.kind),
  };
}

function samplesOf(records: readonly FileRecord[], column: number): string[] {
  const samples: string[] = [];
  for (const { cells } of records.slice(0, 200)) {
    const cell = (cells[column] ?? '').trim();
    if (cell !== '') samples.push(cell.slice(0, LONGEST_SAMPLE));
    if (samples.length === MOST_SAMPLES) break;
  }
  return samples;
}

function previewRowFrom({ line, cells }: FileRecord, result: RowResult): PreviewRow {
  const { draft } = result;
  const rejected = result.kind === 'rejected';
  const text = draft && 'at' in draft ? (draft.subject ?? draft.note) : draft?.note;
  const person = draft && 'customer' in draft ? draft.customer : draft;
  return {
    line,
    outcome: result.kind,
    reason: rejected || result.kind === 'skipped' ? result.reason : null,
    field: rejected ? result.field : null,
    name: person?.name ?? null,
    company: draft && 'company' in draft ? draft.company : null,
    numbers: person?.numbers ?? [],
    emails: person?.emails ?? [],
    at: draft && 'at' in draft ? draft.at : null,
    text: (text ?? (draft ? null : cells.join(' · ').slice(0, 200))) || null,
  };
}

/** What speaks against a start, or null. */
export function startProblem(detected: DetectedReading): 'unreadable' | 'mappingMissing' | null {
  if (detected.unreadable !== null) return 'unreadable';
  return missingTargets(detected.reading.mapping, detected.reading.kind).length > 0
    ? 'mappingMissing'
    : null;
}
