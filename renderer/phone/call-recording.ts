// Recording a call: only where the organisation allows it and both sides have agreed aloud.
import type { CallState } from './call-state.ts';
import { isEnding } from './desk-calls.ts';
import type { DeskRunner } from './desk-runner.ts';
import type { CallRecorder, MediaPort, RecordingSink } from './media-port.ts';
import type { PhoneProblem, RecordingConsents, RecordingProblem } from './phone.ts';
import type { RecordingRequest } from './recording/recording-keeper.ts';

/** Where recordings are kept. */
export interface RecordingStore {
  /** Where the chunks of a new recording go, or why it cannot be made. */
  begin(recording: RecordingRequest): Promise<KeptRecording | { problem: PhoneProblem }>;
}

export interface KeptRecording extends Pick<RecordingSink, 'append'> {
  /** It could not be recorded to its end. */
  failed(problem: RecordingProblem): void;
  /** All chunks have been handed over. */
  finished(): void;
}

export interface CallRecordings {
  start(callId: string, consents: RecordingConsents): Promise<PhoneProblem | null>;
  pause(callId: string, paused: boolean): void;
  stop(callId: string): void;
}

function beforeOrAfter(call: CallState): PhoneProblem {
  return isEnding(call) ? 'noSuchCall' : 'callNotAnswered';
}

export function createCallRecordings(
  runner: DeskRunner,
  options: { media: MediaPort; newId: () => string; store: RecordingStore | null },
  allowed: () => boolean,
): CallRecordings {
  const starting = new Set<string>();

  const show = (callId: string, id: string, state: 'on' | 'paused' | 'closing' | null): void =>
    runner.input(callId, { type: 'recording', recording: state && { id, state } });

  const record = async (
    callId: string,
    consents: RecordingConsents,
  ): Promise<PhoneProblem | null> => {
    const { store } = options;
    if (!allowed() || !store) return 'recordingNotAllowed';
    if (!consents.agentAnnounced || !consents.customerAgreed) return 'consentMissing';
    const state = runner.stateOf(callId);
    if (!state || !runner.live(callId)) return 'noSuchCall';
    if (state.recording) return 'alreadyRecording';
    if (state.phase !== 'confirmed') return beforeOrAfter(state);
    const recordingId = options.newId();
    const { at } = runner.moment();
    const kept = await store.begin({
      recordingId,
      callId,
      agentAnnouncedAt: at,
      customerAgreedAt: at,
    });
    if ('problem' in kept) return kept.problem;
    const call = runner.live(callId);
    if (!call?.microphone || runner.stateOf(callId)?.phase !== 'confirmed') {
      kept.finished();
      return 'noSuchCall';
    }
    const { microphone } = call;
    let recorder: CallRecorder;
    try {
      recorder = options.media.record(
        { callId, microphone },
        {
          append: kept.append,
          failed: () => {
            kept.failed('recorderFailed');
            stop(callId);
          },
        },
      );
    } catch {
      kept.finished();
      return 'recorderFailed';
    }
    let closing: Promise<void> | null = null;
    call.recorder = {
      setPaused: recorder.setPaused,
      // A call that ends stops it too.
      stop: () =>
        (closing ??= recorder.stop().finally(() => {
          kept.finished();
          call.recorder = null;
          show(callId, recordingId, null);
        })),
    };
    show(callId, recordingId, 'on');
    return null;
  };

  const stop = (callId: string): void => {
    const recording = runner.stateOf(callId)?.recording;
    if (!recording || recording.state === 'closing') return;
    show(callId, recording.id, 'closing');
    void runner.live(callId)?.recorder?.stop();
  };

  return {
    start: async (callId, consents) => {
      if (starting.has(callId)) return 'alreadyRecording';
      starting.add(callId);
      return await record(callId, consents).finally(() => starting.delete(callId));
    },
    pause: (callId, paused) => {
      const recording = runner.stateOf(callId)?.recording;
      if (recording && recording.state !== 'closing') {
        show(callId, recording.id, paused ? 'paused' : 'on');
      }
    },
    stop,
  };
}
