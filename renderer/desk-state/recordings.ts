// Recordings on their way to core, and whether one of them did not get there whole.
import { type CoreProblem, coreProblemOf } from '../core-client/core-error.ts';
import type { CoreClient } from '../core-client/core-client.ts';
import type { Core } from '../core-client/core.ts';
import type { RecordingStore } from '../phone/call-recording.ts';
import type { PhoneProblem, RecordingProblem } from '../phone/phone.ts';
import { createRecordingKeeper } from '../phone/recording/recording-keeper.ts';

/** Why a recording could not be stored to its end, until the agent has taken note. */
export interface RecordingTrouble {
  incomplete(): RecordingProblem | null;
  takeNote(): void;
  subscribe(listener: () => void): () => void;
}

interface KeptRecordings {
  store: RecordingStore;
  trouble: RecordingTrouble;
}

type CoreStorage = Extract<CoreProblem, { kind: 'refused'; code: 'STORAGE' }>['data']['reason'];

const STORAGE: Record<CoreStorage, RecordingProblem> = {
  diskFull: 'diskFull',
  readOnly: 'folderReadOnly',
  keyUnavailable: 'storageFailed',
  damaged: 'storageFailed',
  other: 'storageFailed',
};

type CoreRefusal = Extract<
  CoreProblem,
  { kind: 'refused'; code: 'RECORDING_REFUSED' }
>['data']['reason'];

const REFUSED: Record<CoreRefusal, PhoneProblem> = {
  notAllowed: 'recordingNotAllowed',
  consentMissing: 'consentMissing',
  callOver: 'noSuchCall',
  // Neither can be said of a recording that is only to begin.
  closed: 'storageFailed',
  gap: 'storageFailed',
};

/** Why core did not let a recording begin. */
function beginningProblem(error: unknown): PhoneProblem {
  const problem = coreProblemOf(error);
  if (problem.kind === 'unreachable' || problem.kind === 'timedOut') return 'coreAway';
  if (problem.kind === 'failed') return 'storageFailed';
  switch (problem.code) {
    case 'RECORDING_REFUSED':
      return REFUSED[problem.data.reason];
    case 'STORAGE':
      return STORAGE[problem.data.reason];
    // It has not heard of the call yet, or has something else to do: both pass.
    case 'NOT_FOUND':
    case 'BUSY':
      return 'notPossibleNow';
    default:
      return 'storageFailed';
  }
}

/** Core refused; it does not get better by asking again, save where somebody makes room. */
function refusalOf(error: unknown): RecordingProblem | null {
  const problem = coreProblemOf(error);
  if (problem.kind !== 'refused' || problem.code === 'BUSY') return null;
  return problem.code === 'STORAGE' ? STORAGE[problem.data.reason] : 'storageFailed';
}

/** `stop` ends the recording of a call that cannot be stored any further. */
export function keepRecordings(
  client: Pick<CoreClient, 'onEvent'> & { core: Pick<Core, 'recordings'> },
  stop: (callId: string) => void,
): KeptRecordings {
  const { recordings } = client.core;
  const calls = new Map<string, string>();
  const listeners = new Set<() => void>();
  let incomplete: RecordingProblem | null = null;
  const setIncomplete = (now: RecordingProblem | null) => {
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
    refusalOf,
    onGivenUp: (recordingId, problem) => {
      const callId = calls.get(recordingId);
      if (callId !== undefined) stop(callId);
      setIncomplete(problem);
    },
  });
  client.onEvent((event) => {
    if (event.type === 'linked') keeper.resend();
  });
  return {
    store: {
      begin: async (request) => {
        const problem = await keeper.begin(request);
        if (problem !== null) return { problem };
        const { recordingId } = request;
        return {
          append: (index, chunk) => keeper.append(recordingId, index, chunk),
          failed: setIncomplete,
          finished: () => keeper.finish(recordingId),
        };
      },
    },
    trouble: {
      incomplete: () => incomplete,
      takeNote: () => setIncomplete(null),
      subscribe: (listener) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
  };
}
