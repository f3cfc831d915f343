// What an import refused and what it passed over, page by page, and the refused rows as a file to mend.
import type { SubjectHandlers } from '../connection/handlers.ts';
import { csvRow } from './csv-writer.ts';
import type { ImportStore, StoredImport } from './import-store.ts';

const PAGE = 100;
const REPORT_ROWS = 500;

type Reports = Pick<SubjectHandlers<'exchange'>, 'rejected' | 'skipped' | 'rejectFile'>;

/** `found` refuses with NOT_FOUND. */
export function importReports(
  store: ImportStore,
  found: (importId: string) => StoredImport,
): Reports {
  return {
    rejected({ importId, cursor }) {
      found(importId);
      const rows = store.rejects(importId, cursor, PAGE);
      return {
        rows: rows.map(({ line, reason, field, cells_json }) => {
          const text = (JSON.parse(cells_json) as string[])
            .filter((cell) => cell !== '')
            .join(' · ');
          return { line, reason, field, text: text.slice(0, 300) };
        }),
        next: rows.length === PAGE ? (rows.at(-1)?.number ?? null) : null,
      };
    },
    skipped({ importId, cursor }) {
      found(importId);
      const rows = store.skips(importId, cursor, PAGE);
      return {
        rows: rows.map(({ line, reason, customer_id, customer_name }) => ({
          ...{ line, reason, customerId: customer_name === null ? null : customer_id },
          customerName: customer_name,
        })),
        next: rows.length === PAGE ? (rows.at(-1)?.number ?? null) : null,
      };
    },
    rejectFile({ importId, cursor, reasonColumn, words }) {
      const { columns, reading } = found(importId);
      const delimiter = reading.format === 'csv' ? reading.delimiter : ',';
      // By its ending the column is known again, and left out, when the mended file comes in.
      const head =
        cursor === 0 ? `\ufeff${csvRow([...columns, `${reasonColumn} (Anklang)`], delimiter)}` : '';
      const rows = store.rejects(importId, cursor, REPORT_ROWS);
      const lines = rows.map(({ line, reason, field, cells_json }) => {
        const cells = JSON.parse(cells_json) as string[];
        const padded = [
          ...cells,
          ...Array.from({ length: Math.max(0, columns.length - cells.length) }, () => ''),
        ];
        const where =
          field === null ? '' : ` (${columns[reading.mapping.indexOf(field as never)] ?? field})`;
        return csvRow([...padded, `${words[reason] ?? reason}${where} [${line}]`], delimiter);
      });
      return {
        text: head + lines.join(''),
        next: rows.length === REPORT_ROWS ? (rows.at(-1)?.number ?? null) : null,
      };
    },
  };
}
