// Import and export over a database in memory, with the files in a folder of the test.
import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { createExchange } from '../../../main/core/exchange/exchange.ts';
import type { StartImportBeside } from '../../../main/core/exchange/import-beside.ts';
import { newId } from '../../../main/core/ids.ts';
import type { CoreLog } from '../../../main/core/log/core-log.ts';
import type { ImportReading, ImportStatus } from '../../../preload/contract/exchange.ts';
import type { ImportPolicy } from '../../../preload/contract/exchange-words.ts';
import { aMemoryDesk, type MemoryDesk } from '../support/memory-desk.ts';
import { aFolderForThisTest } from '../support/test-core.ts';

const PIECE = 512 * 1024;
const link = { id: 1, windowId: null, closed: new AbortController().signal };

export interface Choice {
  reading?: ImportReading;
  policy?: ImportPolicy;
  dryRun?: boolean;
  saveAs?: string;
  fileName?: string;
}

interface Options {
  desk?: MemoryDesk;
  folder?: string;
  key?: Buffer;
  beside?: StartImportBeside;
}

export function anExchange(options: Options = {}) {
  const desk = options.desk ?? aMemoryDesk();
  const folder = options.folder ?? aFolderForThisTest();
  const wrappingKey = options.key ?? randomBytes(32);
  const quiet = { info() {}, warn() {}, error() {} } as unknown as CoreLog;
  const exchange = createExchange({
    ...{ database: desk.database, folder, wrappingKey, agentId: desk.agentId, log: quiet },
    ...{
      now: () => desk.clock.now,
      newId: () => newId(),
      publish: (event) => void desk.events.push(event),
    },
    settings: () => ({ zone: 'Europe/Berlin', country: 'DE', currency: 'EUR', language: 'de' }),
    customers: desk.customers,
    ...(options.beside ? { beside: options.beside } : {}),
  });
  const { handlers } = exchange;

  async function upload(bytes: Uint8Array | string, fileName = 'file.csv'): Promise<string> {
    const all = typeof bytes === 'string' ? Buffer.from(bytes) : Buffer.from(bytes);
    const { fileId } = await handlers.begin({ fileName, bytes: all.length }, link);
    for (let index = 0; index * PIECE < all.length; index += 1) {
      const chunk = all.subarray(index * PIECE, (index + 1) * PIECE).toString('base64');
      await handlers.append({ fileId, index, chunk }, link);
    }
    return fileId;
  }

  const reading = (asked: ImportReading = {}) => ({ kind: 'customers' as const, ...asked });

  async function preview(
    bytes: Uint8Array | string,
    asked: ImportReading = {},
    policy: ImportPolicy = 'skip',
  ) {
    return handlers.preview({ fileId: await upload(bytes), reading: reading(asked), policy }, link);
  }

  /** Until it has ended. */
  async function settled(importId: string): Promise<ImportStatus> {
    for (let waited = 0; waited < 60_000; waited += 2) {
      const status = (await handlers.status({ importId }, link)) as ImportStatus;
      if (status.state !== 'running' && status.state !== 'undoing') return status;
      await wait(2);
    }
    throw new Error('the import does not end');
  }

  async function start(fileId: string, choice: Choice = {}): Promise<ImportStatus> {
    const { policy = 'skip', dryRun = false, saveAs } = choice;
    const started = await handlers.start(
      { fileId, reading: reading(choice.reading), policy, dryRun, saveAs },
      link,
    );
    return settled(started.id);
  }

  return {
    ...{ desk, exchange, handlers, folder, wrappingKey, link, upload, preview, settled, start },

    importFile: async (bytes: Uint8Array | string, choice: Choice = {}) =>
      start(await upload(bytes, choice.fileName), choice),

    async undo(importId: string): Promise<ImportStatus> {
      await handlers.undo({ importId }, link);
      return settled(importId);
    },

    /** The report of rejected rows as a file. */
    async rejectFile(importId: string): Promise<string> {
      let text = '';
      for (let cursor: number | null = 0; cursor !== null; ) {
        const piece: { text: string; next: number | null } = await handlers.rejectFile(
          { importId, cursor, reasonColumn: 'Grund', words: {} },
          link,
        );
        text += piece.text;
        cursor = piece.next;
      }
      return text;
    },

    async exported(
      format: 'csv' | 'vcard' | 'json',
      delimiter: ',' | ';' | '\t' = ',',
    ): Promise<string> {
      let text = '';
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const piece: { text: string; next: string | null } = await handlers.exportPiece(
          { format, delimiter, ...(cursor === undefined ? {} : { cursor }) },
          link,
        );
        text += piece.text;
        cursor = piece.next;
      }
      return text;
    },

    /** The book without ids and times of storing, in the order of names. */
    book() {
      const ids = desk.raw.prepare('SELECT id FROM customers').all() as { id: string }[];
      return ids
        .map(({ id }) => {
          const { id: _, origin: __, numbers, ...fields } = desk.customers.find(id);
          return { ...fields, numbers: numbers.map(({ raw }) => raw) };
        })
        .sort((one, other) => JSON.stringify(one).localeCompare(JSON.stringify(other)));
    },
  };
}
