import { expect, test } from 'vitest';
import { answeredOut, deskUnderTest } from '../scripted-peer/desk-under-test.ts';
import { agree, established, shown } from './two-calls.ts';

const BOTH = { agentAnnounced: true, customerAgreed: true };

test('nothing is recorded unless the organisation allows it and both have agreed', async () => {
  const desk = await established();
  expect(await desk.phone.startRecording(desk.callId, BOTH)).toBe('recordingNotAllowed');
  desk.phone.usePreferences({ recordingAllowed: true });
  for (const consents of [
    { agentAnnounced: false, customerAgreed: true },
    { agentAnnounced: true, customerAgreed: false },
  ]) {
    expect(await desk.phone.startRecording(desk.callId, consents)).toBe('consentMissing');
  }
  expect(await desk.phone.startRecording('nobody', BOTH)).toBe('noSuchCall');
  expect(desk.port.recorders).toEqual([]);
});

test('a recording pauses by hand and on hold, and ends with the call', async () => {
  const desk = await established();
  desk.phone.usePreferences({ recordingAllowed: true });
  expect(await desk.phone.startRecording(desk.callId, BOTH)).toBeNull();
  const [recorder] = desk.port.recorders;
  const [kept] = desk.recordings;
  expect(shown(desk, desk.callId).recording).toBe('on');
  expect(await desk.phone.startRecording(desk.callId, BOTH)).toBe('alreadyRecording');
  desk.phone.pauseRecording(desk.callId);
  expect(recorder?.paused).toBe(true);
  expect(shown(desk, desk.callId).recording).toBe('paused');
  desk.phone.resumeRecording(desk.callId);
  expect(recorder?.paused).toBe(false);
  desk.phone.hold(desk.callId);
  await agree(desk, desk.dialog);
  expect(recorder?.paused).toBe(true);
  desk.phone.resume(desk.callId);
  await agree(desk, desk.dialog);
  expect(recorder?.paused).toBe(false);
  recorder?.sink.append(0, new Uint8Array([1]));
  expect(kept?.chunks).toBe(1);
  desk.dialog.request('BYE');
  await desk.peer.next(200);
  await desk.pass(0);
  expect(recorder?.stopped).toBe(true);
  expect(kept?.finished).toBe(true);
  expect(desk.types()).toBe(
    'placed ringing answered recordingStarted recordingPaused recordingResumed held resumed recordingStopped ended',
  );
});

test('a recording that is stopped, or fails, leaves the call alone and may begin anew', async () => {
  const desk = await established();
  desk.phone.usePreferences({ recordingAllowed: true });
  await desk.phone.startRecording(desk.callId, BOTH);
  desk.phone.stopRecording(desk.callId);
  await desk.pass(0);
  expect(shown(desk, desk.callId)).toMatchObject({ recording: 'off', phase: 'confirmed' });
  expect(await desk.phone.startRecording(desk.callId, BOTH)).toBeNull();
  desk.port.recorders[1]?.sink.failed();
  await desk.pass(0);
  expect(shown(desk, desk.callId)).toMatchObject({ recording: 'off', phase: 'confirmed' });
  expect(desk.types().match(/recordingStopped/g)).toHaveLength(2);
});

test('a call that has not been answered, or is over, says so', async () => {
  const desk = await deskUnderTest();
  desk.phone.usePreferences({ recordingAllowed: true });
  const placed = await desk.phone.place({ target: '100' });
  if ('problem' in placed) throw new Error(placed.problem);
  const invite = await desk.peer.next('INVITE');
  const dialog = desk.peer.dialogOf(invite, desk.peer.newTag());
  dialog.answer(invite, 180);
  await desk.pass(0);
  expect(await desk.phone.startRecording(placed.callId, BOTH)).toBe('callNotAnswered');
  dialog.answer(invite, 486);
  await desk.pass(0);
  expect(await desk.phone.startRecording(placed.callId, BOTH)).toBe('noSuchCall');
  expect(desk.port.recorders).toEqual([]);
});

test.each(['diskFull', 'folderReadOnly', 'coreAway', 'recordingNotAllowed'] as const)(
  'core refuses with %s, and so the agent is told',
  async (problem) => {
    const desk = await deskUnderTest({ recordings: { begin: async () => ({ problem }) } });
    const { callId } = await answeredOut(desk);
    desk.phone.usePreferences({ recordingAllowed: true });
    expect(await desk.phone.startRecording(callId, BOTH)).toBe(problem);
    expect(shown(desk, callId)).toMatchObject({ recording: 'off', phase: 'confirmed' });
    expect(desk.port.recorders).toEqual([]);
  },
);

test('a recorder that cannot begin is told, and core hears that nothing will come', async () => {
  const desk = await established();
  desk.phone.usePreferences({ recordingAllowed: true });
  desk.port.record = () => {
    throw new DOMException('', 'NotSupportedError');
  };
  expect(await desk.phone.startRecording(desk.callId, BOTH)).toBe('recorderFailed');
  expect(desk.recordings).toEqual([{ chunks: 0, finished: true }]);
  expect(shown(desk, desk.callId)).toMatchObject({ recording: 'off', phase: 'confirmed' });
});
