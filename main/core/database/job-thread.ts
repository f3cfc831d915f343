// The other side of `runJob`: one job in a thread of its own, then it ends.
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { type Job, type JobContext, performJob } from './copy-jobs.ts';
import { codeOf, startFailureFrom, storageReasonOf } from './storage-problem.ts';
import type { FromThread } from './run-job.ts';

const port = parentPort;
if (!isMainThread && port) {
  const { job, context } = workerData as { job: Job; context: JobContext };
  const send = (message: FromThread) => port.postMessage(message);
  try {
    const result = performJob(
      job,
      context,
      (done, total) => send({ type: 'progress', done, total }),
      // Handed over, not copied.
      (bytes) => port.postMessage({ type: 'piece', bytes } satisfies FromThread, [bytes.buffer]),
    );
    send({ type: 'done', result });
  } catch (error) {
    const { message, reason } = startFailureFrom(error);
    send({
      type: 'failed',
      reason: storageReasonOf(error) ?? (reason === 'diskFull' ? 'diskFull' : 'other'),
      code: codeOf(error),
      message,
    });
  }
}
