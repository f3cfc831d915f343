// A call's part in what is larger than it: a conference with other calls, and its recording.
import type { CallState } from './call-state.ts';
import { type Draft, emit, isUp } from './call-draft.ts';
import { isReferring, NO_TRANSFER } from './call-transfer.ts';

/** Joins a conference, or leaves it with null. */
export function setConference(draft: Draft, conferenceId: string | null): void {
  const { state } = draft;
  if (state.conferenceId === conferenceId || !isUp(state) || isReferring(state.transfer)) return;
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
  const from = before?.state ?? 'off';
  const recordingId = recording?.id ?? before?.id;
  if (recordingId === undefined || (before && before.id !== recordingId)) return;
  const to = recording?.state ?? 'off';
  const event = recordingEvent(from, to);
  if (event === null || (to === 'on' && !isUp(state))) return;
  state.recording = recording;
  if (event !== 'none') emit(draft, { type: event, recordingId });
}

type RecordingState = NonNullable<CallState['recording']>['state'] | 'off';

/** What a step of the recorder means to the call's record; null when there is no such step. */
function recordingEvent(
  from: RecordingState,
  to: RecordingState,
):
  | 'recordingStarted'
  | 'recordingPaused'
  | 'recordingResumed'
  | 'recordingStopped'
  | 'none'
  | null {
  switch (`${from} ${to}` as const) {
    case 'off on':
      return 'recordingStarted';
    case 'on paused':
      return 'recordingPaused';
    case 'paused on':
      return 'recordingResumed';
    case 'on closing':
    case 'on off':
    case 'paused closing':
    case 'paused off':
      return 'recordingStopped';
    case 'closing off':
      return 'none';
    default:
      return null;
  }
}
