// The other side of `importsBeside`: one import, or its undoing, in a thread of its own. What it brings
// into the book it enters into the search index as well, and it writes the log back itself.
import { closeSync, fdatasyncSync, openSync } from 'node:fs';
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { createCustomers } from './customers/customers.ts';
import { openBeside } from './database/open-database.ts';
import { paceBeside } from './database/pace-beside.ts';
import { pacedRows } from './database/paced-rows.ts';
import type { WriteBack } from './database/write-back.ts';
import { patientTurns } from './database/write-turns.ts';
import { ENDS, type FromImportThread, type ImportThreadData } from './exchange/import-beside.ts';
import { createImportStore } from './exchange/import-store.ts';
import { importWork } from './exchange/import-work.ts';
import { piecesBeside } from './exchange/read-pieces.ts';
import { termsBeside } from './exchange/terms-beside.ts';
import { uploadedFiles } from './exchange/uploaded-files.ts';
import { newId as makeId } from './ids.ts';

/** Changed customers and contacts that the search index takes at once. */
const FIRST_INDEXED = 200;
const MOST_INDEXED = 5_000;
/**
 * Pages of 4 KiB in the log before they are written back: a page that many steps touch is then written
 * once for all of them. A little less than what the log may keep (`journal_size_limit`).
 */
const PAGES_TO_WRITE_BACK = 15_000;

if (!isMainThread && parentPort) {
  const port = parentPort;
  await perform(workerData as ImportThreadData, (message) => port.postMessage(message));
}

async function perform(
  data: ImportThreadData,
  send: (message: FromImportThread) => void,
): Promise<void> {
  const { agentId, settings, importId } = data;
  const turns = patientTurns(data.turns);
  const database = openBeside(data.paths, data.key, turns);
  const place = new Int32Array(data.ends);
  const ends = () => ENDS[Atomics.load(place, 0)] ?? null;
  const now = () => Date.now() + data.clockAhead;
  const newId = () => makeId(now());
  const customers = createCustomers({
    ...{ database, now, newId, settings: () => settings, agentId: () => agentId },
    publish: () => undefined,
    ignored: () => null,
    cues: { verdictsOn: () => [], muted: () => new Set(), shown: () => undefined },
  });
  const store = createImportStore(database);
  // Whoever ends it waits for no long step either.
  const wanted = () => turns.wanted() || ends() !== null;
  const pace = paceBeside({ asked: turns.asked, wanted }, () => performance.now());
  const work = importWork({
    ...{ database, store, agentId, now, newId, customers, pace },
    settings: () => settings,
    uploads: uploadedFiles({ store, folder: data.folder, wrappingKey: data.wrappingKey }),
    elapsed: () => performance.now(),
    log: { error: ({ problem }: { problem: string }) => send({ type: 'failed', problem }) },
    changed: (_importId, book) => send({ type: 'changed', book }),
    writeBack: writingBack(`${data.paths.database}-wal`),
    pieces: piecesBeside,
    enterTerms: termsBeside({ database, index: customers.searchIndex, turns }),
    undoPace: pace.short,
  });

  /** Between the steps: the search index follows, the log gets to the disk and back into the file. */
  function writingBack(logFile: string): WriteBack {
    const { short } = pace;
    const indexed = pacedRows({ first: FIRST_INDEXED, most: MOST_INDEXED, pace: short });
    const index = customers.searchIndex.inSteps(short);
    const inLog = database.query<{ log: number; checkpointed: number }>(
      'PRAGMA wal_checkpoint(NOOP)',
    );
    const writeBack = database.query('PRAGMA wal_checkpoint(PASSIVE)');
    const log = openSync(logFile, 'r+');
    const toDisk = () => {
      // Else the next commit of a call would have to.
      fdatasyncSync(log);
      const pages = inLog.get();
      if (pages && pages.log - pages.checkpointed > PAGES_TO_WRITE_BACK) writeBack.all();
    };
    const breathe = (): Promise<void> => {
      toDisk();
      while (ends() !== 'stopped' && indexed.step(index) > 0) toDisk();
      return Promise.resolve();
    };
    return {
      async during(run) {
        database.writeBackAfter(0);
        try {
          const result = await run(breathe);
          await breathe();
          writeBack.all();
          return result;
        } finally {
          closeSync(log);
        }
      },
    };
  }

  try {
    const stored = store.one(importId);
    if (stored) await work.work(stored, data.task, ends);
    send({ type: 'done' });
  } finally {
    database.close();
  }
}
