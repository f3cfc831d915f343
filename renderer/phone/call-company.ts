// A call's part in what is larger than it: a conference with other calls, and its recording.
import type { CallState } from './call-state.ts';
import { type Draft, emit, isUp } from './call-draft.ts';
import { NO_TRANSFER } from './call-transfer.ts';

/** Joins a conference, or leaves it with null. */
export function setConference(draft: Draft, conferenceId: string | null): void {
  const { state } = draft;
  if (state.conferenceId === conferenceId || !isUp(state)) return;
  if (state.conferenceId !== null) {
    emit(draft, { type: 'conferenceLeft', conferenceId: state.conferenceId });
  }
  state.conferenceId = conferenceId;
  // A consultation that all share is one no more.
  if (conferenceId !== null) state.transfer = NO_TRANSFER;
  if (conferenceId !== null) emit(draft, { type: 'conferenceJoined', conferenceId });
}

/** The recorder began, paused, went on, is finishing, or has finished (null). */
export function setRecording(draft: Draft, recording: CallState['recording']): void {
  const { state } = draft;
  const before = state.recording;
  if (!isUp(state) && recording?.state === 'on') return;
  if (before?.id === recording?.id && before?.state === recording?.state) return;
  state.recording = recording;
  const recordingId = recording?.id ?? before?.id;
  if (recordingId === undefined) return;
  if (recording?.state === 'on') {
    emit(draft, {
      type: before?.state === 'paused' ? 'recordingResumed' : 'recordingStarted',
      recordingId,
    });
  } else if (recording?.state === 'paused') emit(draft, { type: 'recordingPaused', recordingId });
  else if (before && before.state !== 'closing') {
    emit(draft, { type: 'recordingStopped', recordingId });
  }
}
