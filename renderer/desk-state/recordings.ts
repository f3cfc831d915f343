// Recordings on their way to core, and whether one of them did not get there whole.
import { coreProblemOf } from '../core-client/core-error.ts';
import type { CoreClient } from '../core-client/core-client.ts';
import type { Core } from '../core-client/core.ts';
import type { RecordingStore } from '../phone/call-recording.ts';
import type { PhoneProblem } from '../phone/phone.ts';
import { createRecordingKeeper } from '../phone/recording/recording-keeper.ts';

/** Whether a recording could not be stored to its end since the agent last took note. */
export interface RecordingTrouble {
  incomplete(): boolean;
  takeNote(): void;
  subscribe(listener: () => void): () => void;
}

interface KeptRecordings {
  store: RecordingStore;
  trouble: RecordingTrouble;
}

/** Core refused; it does not get better by asking again, save where somebody makes room. */
function isFinal(error: unknown): boolean {
  const problem = coreProblemOf(error);
  return problem.kind === 'refused' && problem.code !== 'BUSY';
}

function beginningProblem(error: unknown): PhoneProblem {
  const problem = coreProblemOf(error);
  if (problem.kind !== 'refused' || problem.code !== 'RECORDING_REFUSED') return 'notPossibleNow';
  if (problem.data.reason === 'consentMissing') return 'consentMissing';
  return problem.data.reason === 'callOver' ? 'noSuchCall' : 'recordingNotAllowed';
}

/** `stop` ends the recording of a call that cannot be stored any further. */
export function keepRecordings(
  client: Pick<CoreClient, 'onEvent'> & { core: Pick<Core, 'recordings'> },
  stop: (callId: string) => void,
): KeptRecordings {
  const { recordings } = client.core;
  const calls = new Map<string, string>();
  const listeners = new Set<() => void>();
  let incomplete = false;
  const setIncomplete = (now: boolean) => {
    incomplete = now;
    for (const listener of listeners) listener();
  };
  const keeper = createRecordingKeeper({
    begin: async (request) => {
      await recordings.begin(request);
      calls.set(request.recordingId, request.callId);
    },
    append: (chunk) => recordings.append(chunk),
    finish: async (recording) => {
      await recordings.finish(recording);
      calls.delete(recording.recordingId);
    },
    problemOf: beginningProblem,
    isRefusal: isFinal,
    onGivenUp: (recordingId) => {
      const callId = calls.get(recordingId);
      if (callId !== undefined) stop(callId);
      setIncomplete(true);
    },
  });
  client.onEvent((event) => {
    if (event.type === 'linked') keeper.resend();
  });
  return {
    store: {
      begin: async (request) => {
        const refused = await keeper.begin(request);
        if (refused !== null) throw new Error(refused);
        const { recordingId } = request;
        return {
          append: (index, chunk) => keeper.append(recordingId, index, chunk),
          failed: () => setIncomplete(true),
          finished: () => keeper.finish(recordingId),
        };
      },
    },
    trouble: {
      incomplete: () => incomplete,
      takeNote: () => setIncomplete(false),
      subscribe: (listener) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
  };
}
