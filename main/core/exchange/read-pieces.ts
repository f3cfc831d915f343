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

/** So many chunks are under way: the thread has one while another one waits for it. */
const AHEAD = 2;

/** In a thread: while a piece is written into the book the next one is read. */
export async function* piecesBeside(
  chunks: Iterable<Uint8Array>,
  how: HowRead,
): AsyncGenerator<ReadPiece> {
  const thread = readingThread(how);
  const source = chunks[Symbol.iterator]();
  const answers: Promise<ReadPiece>[] = [];
  let over = false;

  function askForOne(): void {
    try {
      const { value, done } = source.next();
      over = done === true;
      answers.push(thread.read(over ? null : value));
    } catch (error) {
      // It is told when all before it has been given out.
      over = true;
      answers.push(refused(error));
    }
  }

  try {
    for (;;) {
      while (!over && answers.length < AHEAD) askForOne();
      const answer = answers.shift();
      if (answer === undefined) return;
      yield await answer;
    }
  } finally {
    await thread.stop();
  }
}

/** Rejected, and no fault while nobody waits for it. */
function refused(error: unknown): Promise<never> {
  const made = Promise.reject(error);
  made.catch(() => undefined);
  return made;
}

function readingThread(how: HowRead) {
  const worker = new Worker(threadFile(), { workerData: how });
  const waiting: { resolve: (piece: ReadPiece) => void; reject: (error: Error) => void }[] = [];
  let fault: Error | null = null;
  const fail = (error: Error) => {
    fault ??= error;
    for (const { reject } of waiting.splice(0)) reject(fault);
  };
  worker.on('message', (piece: ReadPiece) => waiting.shift()?.resolve(piece));
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('the reading thread ended early')));
  return {
    /** Answers come in the order of the questions. */
    read(chunk: Uint8Array | null): Promise<ReadPiece> {
      if (fault !== null) return refused(fault);
      const answer = new Promise<ReadPiece>((resolve, reject) => waiting.push({ resolve, reject }));
      answer.catch(() => undefined);
      worker.postMessage(chunk);
      return answer;
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
