// The other side of `importsBeside`: one import, or its undoing, in a thread of its own. What it brings
// into the book it enters into the search index as well; yet another thread writes the log back.
import { totalmem } from 'node:os';
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { createCustomers } from './customers/customers.ts';
import { openBeside } from './database/open-database.ts';
import { paceBeside } from './database/pace-beside.ts';
import { pacedRows } from './database/paced-rows.ts';
import { writeBackByJobs } from './database/run-job.ts';
import type { WriteBack } from './database/write-back.ts';
import { patientTurns } from './database/write-turns.ts';
import { ENDS, type FromImportThread, type ImportThreadData } from './exchange/import-beside.ts';
import { createImportStore } from './exchange/import-store.ts';
import { importWork } from './exchange/import-work.ts';
import { inPairs, piecesBeside } from './exchange/read-pieces.ts';
import { termsBeside } from './exchange/terms-beside.ts';
import { uploadedFiles } from './exchange/uploaded-files.ts';
import { newId as makeId } from './ids.ts';

/** Changed customers and contacts that the search index takes at once. */
const FIRST_INDEXED = 200;
const MOST_INDEXED = 5_000;
/** Most of the indexes that new customers are entered into all over: a million have some 200 MiB of them. */
const CACHE = { shareOfMemory: 1 / 32, leastMiB: 64, mostMiB: 256 };

if (!isMainThread && parentPort) {
  const port = parentPort;
  // A thread that it waits for keeps nobody alive.
  port.ref();
  await perform(workerData as ImportThreadData, (message) => port.postMessage(message));
  port.unref();
}

async function perform(
  data: ImportThreadData,
  send: (message: FromImportThread) => void,
): Promise<void> {
  const { agentId, settings, importId } = data;
  const turns = patientTurns(data.turns);
  const database = openBeside(data.paths, data.key, turns);
  database.remember(cacheMiB());
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
    writeBack: writingBack(),
    // A step ends with a piece: of larger ones, fewer steps write the same pages.
    pieces: (chunks, how) => piecesBeside(inPairs(chunks), how),
    enterTerms: termsBeside({ database, index: customers.searchIndex, turns, pace }),
    undoPace: pace.short,
  });

  /** Between the steps: the search index follows, the log gets to the disk and back into the file. */
  function writingBack(): WriteBack {
    const { short } = pace;
    const indexed = pacedRows({ first: FIRST_INDEXED, most: MOST_INDEXED, pace: short });
    const index = customers.searchIndex.inSteps(short);
    const { paths, key, erasuresKey } = data;
    const beside = writeBackByJobs(database, { paths, key, erasuresKey });
    return {
      during: (run) =>
        beside.during(async (breathe) => {
          const follow = async (): Promise<void> => {
            await breathe();
            while (ends() !== 'stopped' && indexed.step(index) > 0) await breathe();
          };
          const result = await run(follow);
          await follow();
          return result;
        }),
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

function cacheMiB(): number {
  const { shareOfMemory, leastMiB, mostMiB } = CACHE;
  const share = Math.floor((totalmem() / (1024 * 1024)) * shareOfMemory);
  return Math.min(mostMiB, Math.max(leastMiB, share));
}
