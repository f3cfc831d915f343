// The rows of a stored file, piece by piece: read where they are asked for, or ahead in another thread.
import { Worker } from 'node:worker_threads';
import { fileReader } from './file-records.ts';
import { type HowRead, type ReadRow, rowReader } from './row-reader.ts';

export interface ReadPiece {
  rows: ReadRow[];
  /** Bytes of the file read so far. */
  bytes: number;
}

/** Each chunk is read when the next piece is asked for, or a little before. */
export type ReadPieces = (
  chunks: Iterable<Uint8Array>,
  how: HowRead,
) => Iterable<ReadPiece> | AsyncIterable<ReadPiece>;

export function pieceReader(how: HowRead) {
  const file = fileReader(how.reading);
  const read = rowReader(how);
  /** Null is the end of the file. */
  return (chunk: Uint8Array | null): ReadPiece => {
    const { records, bytes } = chunk === null ? file.end() : file.push(chunk);
    return { rows: records.map(read), bytes };
  };
}

export function* piecesHere(chunks: Iterable<Uint8Array>, how: HowRead): Generator<ReadPiece> {
  const read = pieceReader(how);
  for (const chunk of chunks) yield read(chunk);
  yield read(null);
}

/** So many chunks are under way: the thread reads one while another one is written. */
const AHEAD = 2;

/** In a thread, where one can be had: while a piece is written into the book the next one is read. */
export async function* piecesBeside(
  chunks: Iterable<Uint8Array>,
  how: HowRead,
): AsyncGenerator<ReadPiece> {
  const thread = readingThread(how);
  if (!(await thread.isThere)) {
    yield* piecesHere(chunks, how);
    return;
  }
  const source = chunks[Symbol.iterator]();
  let asked = 0;
  let over = false;
  // Of a file that breaks off: thrown when all before it has been given out.
  const faults: Error[] = [];

  function askForOne(): void {
    try {
      const { value, done } = source.next();
      over = done === true;
      thread.read(over ? null : value);
      asked += 1;
    } catch (error) {
      over = true;
      faults.push(error instanceof Error ? error : new Error('the file cannot be read'));
    }
  }

  try {
    for (;;) {
      while (!over && asked < AHEAD) askForOne();
      if (asked === 0) break;
      yield await thread.answer();
      asked -= 1;
    }
    const [fault] = faults;
    if (fault) throw fault;
  } finally {
    await thread.stop();
  }
}

function readingThread(how: HowRead) {
  const worker = new Worker(threadFile(), { workerData: how });
  const pieces: ReadPiece[] = [];
  let fault: Error | null = null;
  let wake = () => undefined as void;
  worker.on('message', (piece: ReadPiece) => {
    pieces.push(piece);
    wake();
  });
  worker.on('error', (error) => {
    fault = error;
    wake();
  });
  worker.on('exit', () => {
    fault ??= new Error('the reading thread ended early');
    wake();
  });
  return {
    isThere: new Promise<boolean>((resolve) => {
      worker.once('online', () => resolve(true));
      worker.once('error', () => resolve(false));
      worker.once('exit', () => resolve(false));
    }),
    read: (chunk: Uint8Array | null): void => worker.postMessage(chunk),
    /** In the order of what was given to be read. */
    async answer(): Promise<ReadPiece> {
      for (;;) {
        const piece = pieces.shift();
        if (piece) return piece;
        if (fault) throw fault;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    stop: () => worker.terminate(),
  };
}

/** Beside core's other sources while this file is one, beside core once it is built. */
function threadFile(): URL {
  return import.meta.url.endsWith('.ts')
    ? new URL('../reading-thread.ts', import.meta.url)
    : new URL('../reading-thread/reading-thread.js', import.meta.url);
}

/** Pairs of chunks as one; what is thrown instead of one comes when all before it has been given out. */
export function* inPairs(chunks: Iterable<Uint8Array>): Generator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  const given = () => {
    const all = Buffer.concat(waiting);
    waiting = [];
    return all;
  };
  try {
    for (const chunk of chunks) {
      waiting.push(chunk);
      if (waiting.length === 2) yield given();
    }
  } catch (error) {
    if (waiting.length > 0) yield given();
    throw error;
  }
  if (waiting.length > 0) yield given();
}
