import { expect, test } from 'vitest';
import { recordedMsFrom } from '../../../main/core/recordings/recorded-time.ts';
import { newId } from '../../../main/core/ids.ts';
import { anInboundCall, completed } from '../support/call-events.ts';

const recordingId = newId();

test('pauses and hold are not on the tape', () => {
  const { events } = anInboundCall(1_000)
    .next(1_000, { type: 'answered' })
    .next(1_000, { type: 'recordingStarted', recordingId })
    .next(10_000, { type: 'recordingPaused', recordingId })
    .next(5_000, { type: 'held', by: 'agent' })
    .next(1_000, { type: 'recordingResumed', recordingId })
    .next(2_000, { type: 'resumed', by: 'agent' })
    .next(7_000, { type: 'recordingStopped', recordingId })
    .next(9_000, completed);
  expect(recordedMsFrom(events, recordingId, 1_000_000)).toBe(17_000);
});

test('one that nobody stopped runs until then, or until the call ended', () => {
  const call = anInboundCall(0)
    .next(0, { type: 'answered' })
    .next(2_000, { type: 'recordingStarted', recordingId });
  expect(recordedMsFrom(call.events, recordingId, 10_000)).toBe(8_000);
  call.next(3_000, completed);
  expect(recordedMsFrom(call.events, recordingId, 10_000)).toBe(3_000);
});

test('another recording’s events are not this one’s, and a clock set back makes no negative time', () => {
  const other = newId();
  const call = anInboundCall(10_000)
    .next(0, { type: 'answered' })
    .next(0, { type: 'recordingStarted', recordingId: other });
  expect(recordedMsFrom(call.events, recordingId, 60_000)).toBeNull();
  call.next(-5_000, { type: 'recordingStopped', recordingId: other });
  expect(recordedMsFrom(call.events, other, 60_000)).toBe(0);
});
