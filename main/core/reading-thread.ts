// The other side of `piecesBeside`: reads the chunks of a file that it is given into rows.
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { pieceReader } from './exchange/read-pieces.ts';
import type { HowRead } from './exchange/row-reader.ts';

if (!isMainThread && parentPort) {
  const port = parentPort;
  const read = pieceReader(workerData as HowRead);
  port.on('message', (chunk: Uint8Array | null) => port.postMessage(read(chunk)));
}
