import type { ExchangeFormat, ImportKind } from '../../../preload/contract/exchange-words.ts';
import { Refusal } from '../refusal.ts';
import type { ImportState } from './public-shapes.ts';
import type { ApiImports } from './routes/import-routes.ts';

/** What the API needs of the desk's imports. */
interface Exchange {
  startImport(request: {
    kind: ImportKind;
    format: ExchangeFormat;
    fileName: string;
    chunks: AsyncIterable<Uint8Array>;
    mapping: string | null;
    dryRun: boolean;
  }): Promise<{ importId: string }>;
  /** Refused with NOT_FOUND. */
  importStatus(importId: string): ImportState;
}

/** Files of customers by the API: named after where they come from. */
export function importsForApi(exchange: Exchange): ApiImports {
  function stateOf(importId: string): ImportState {
    const { id, state, dryRun, rows, accepted, rejected } = exchange.importStatus(importId);
    return { id, state, dryRun, rows, accepted, rejected };
  }

  return {
    async start({ kind: format, parts, dryRun, mapping }) {
      const { importId } = await exchange.startImport({
        ...{ kind: 'customers', format, chunks: parts, mapping, dryRun },
        fileName: format === 'csv' ? 'api.csv' : 'api.vcf',
      });
      return stateOf(importId);
    },
    status(importId) {
      try {
        return stateOf(importId);
      } catch (error) {
        if (error instanceof Refusal && error.code === 'NOT_FOUND') return null;
        throw error;
      }
    },
  };
}
