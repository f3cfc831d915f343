import { expect, test } from 'vitest';
import {
  answeredIn,
  answeredOut,
  type DeskUnderTest,
  deskUnderTest,
} from '../scripted-peer/desk-under-test.ts';
import { sdp } from '../scripted-peer/scripted-peer.ts';
import { header } from '../scripted-peer/sip-message.ts';

async function established(): Promise<DeskUnderTest & Awaited<ReturnType<typeof answeredOut>>> {
  const desk = await deskUnderTest();
  return { ...desk, ...(await answeredOut(desk)) };
}

test('M1 hold is shown once the other side has agreed, and so is resume', async () => {
  const desk = await established();
  desk.phone.hold(desk.callId);
  expect(desk.media.legs[0]?.microphoneOpen).toBe(false);
  const hold = await desk.peer.next('INVITE');
  expect(hold.body).toContain('a=sendonly');
  expect(desk.call()).toMatchObject({ localHold: false, negotiating: true });
  desk.dialog.answer(hold, 200, sdp('recvonly'));
  await desk.peer.next('ACK');
  await desk.pass(0);
  expect(desk.call()).toMatchObject({ localHold: true, negotiating: false, remoteHold: false });
  desk.phone.resume(desk.callId);
  const resume = await desk.peer.next('INVITE');
  expect(resume.body).toContain('a=sendrecv');
  desk.dialog.answer(resume, 200, sdp());
  await desk.peer.next('ACK');
  await desk.pass(0);
  expect(desk.call().localHold).toBe(false);
  expect(desk.media.legs[0]?.microphoneOpen).toBe(true);
  expect(desk.types()).toBe('placed ringing answered held resumed');
  expect(desk.events.at(-1)).toMatchObject({ by: 'agent' });
});

test.each([
  ['sendonly', sdp('sendonly'), 'a=recvonly'],
  ['inactive', sdp('inactive'), 'a=inactive'],
  ['c=0.0.0.0', sdp('sendrecv', { address: '0.0.0.0' }), 'a=recvonly'],
])('M2 the other side holds with %s and resumes', async (_name, offer, answered) => {
  const desk = await established();
  desk.dialog.request('INVITE', { body: offer });
  const held = await desk.peer.next(200);
  expect(held.body).toContain(answered);
  desk.dialog.acknowledge(held);
  await desk.pass(0);
  expect(desk.call().remoteHold).toBe(true);
  desk.dialog.request('INVITE', { body: sdp() });
  const resumed = await desk.peer.next(200);
  expect(resumed.body).toContain('a=sendrecv');
  desk.dialog.acknowledge(resumed);
  await desk.pass(0);
  expect(desk.call().remoteHold).toBe(false);
  expect(desk.types()).toBe('placed ringing answered held resumed');
  expect(desk.events.at(-1)).toMatchObject({ type: 'resumed', by: 'customer' });
});

test.each(['we first', 'they first'])('M3 both hold and release, %s', async (order) => {
  const desk = await established();
  desk.phone.hold(desk.callId);
  desk.dialog.answer(await desk.peer.next('INVITE'), 200, sdp('recvonly'));
  await desk.peer.next('ACK');
  desk.dialog.request('INVITE', { body: sdp('sendonly') });
  const held = await desk.peer.next(200);
  expect(held.body).toContain('a=inactive');
  desk.dialog.acknowledge(held);
  await desk.pass(0);
  expect(desk.call()).toMatchObject({ localHold: true, remoteHold: true });
  const weResume = async (theirs: string): Promise<void> => {
    desk.phone.resume(desk.callId);
    const resume = await desk.peer.next('INVITE');
    expect(resume.body).toContain('a=sendrecv');
    desk.dialog.answer(resume, 200, sdp(theirs));
    await desk.peer.next('ACK');
    await desk.pass(0);
  };
  const theyResume = async (ours: string): Promise<void> => {
    desk.dialog.request('INVITE', { body: sdp(order === 'we first' ? 'sendrecv' : 'recvonly') });
    const answer = await desk.peer.next(200);
    expect(answer.body).toContain(ours);
    desk.dialog.acknowledge(answer);
    await desk.pass(0);
  };
  if (order === 'we first') {
    await weResume('sendonly');
    expect(desk.call()).toMatchObject({ localHold: false, remoteHold: true });
    await theyResume('a=sendrecv');
  } else {
    await theyResume('a=sendonly');
    expect(desk.call()).toMatchObject({ localHold: true, remoteHold: false });
    await weResume('sendrecv');
  }
  expect(desk.call()).toMatchObject({ localHold: false, remoteHold: false });
});

test('M4 a re-INVITE without SDP is offered ours and resumed by the ACK', async () => {
  const desk = await established();
  desk.dialog.request('INVITE', { body: sdp('sendonly') });
  desk.dialog.acknowledge(await desk.peer.next(200));
  await desk.pass(0);
  desk.dialog.request('INVITE', { body: '' });
  const offer = await desk.peer.next(200);
  expect(offer.body).toContain('a=sendrecv');
  desk.dialog.acknowledge(offer, sdp('sendrecv'));
  await desk.pass(0);
  expect(desk.call()).toMatchObject({ remoteHold: false, negotiating: false });
});

test('M5 two re-INVITEs that cross are both told 491, and ours is sent again', async () => {
  const desk = await established();
  desk.phone.hold(desk.callId);
  const ours = await desk.peer.next('INVITE');
  desk.dialog.request('INVITE', { body: sdp('sendonly') });
  await desk.peer.next(491);
  desk.dialog.answer(ours, 491);
  await desk.peer.next('ACK');
  await desk.pass(2_000);
  expect(desk.peer.has('INVITE')).toBe(false);
  await desk.pass(2_100);
  const again = await desk.peer.next('INVITE');
  expect(again.body).toContain('a=sendonly');
  desk.dialog.answer(again, 200, sdp('recvonly'));
  await desk.peer.next('ACK');
  await desk.pass(0);
  expect(desk.call().localHold).toBe(true);
  expect(desk.types()).toBe('placed ringing answered held');
});

test('M6 a re-INVITE that comes while ours gathers candidates is told 491', async () => {
  const desk = await established();
  let gathered: () => void = () => undefined;
  desk.media.gathering = new Promise((resolve) => {
    gathered = resolve;
  });
  desk.phone.hold(desk.callId);
  await desk.pass(0);
  expect(desk.media.legs[0]?.signaling).toBe('have-local-offer');
  desk.dialog.request('INVITE', { body: sdp('sendonly') });
  await desk.peer.next(491);
  gathered();
  const hold = await desk.peer.next('INVITE');
  desk.dialog.answer(hold, 200, sdp('recvonly'));
  await desk.peer.next('ACK');
  await desk.pass(0);
  expect(desk.call()).toMatchObject({ phase: 'confirmed', localHold: true });
});

test('M7 a callee that was told 491 tries again within 2 s', async () => {
  const desk = await deskUnderTest();
  const { dialog, callId } = await answeredIn(desk);
  desk.phone.hold(callId);
  dialog.answer(await desk.peer.next('INVITE'), 491);
  await desk.peer.next('ACK');
  await desk.pass(2_000);
  dialog.answer(await desk.peer.next('INVITE'), 200, sdp('recvonly'));
  await desk.peer.next('ACK');
  await desk.pass(0);
  expect(desk.call().localHold).toBe(true);
});

test('M8 after a 488 to a hold the call is usable and can be held later', async () => {
  const desk = await established();
  desk.phone.hold(desk.callId);
  desk.dialog.answer(await desk.peer.next('INVITE'), 488);
  await desk.peer.next('ACK');
  await desk.pass(0);
  expect(desk.call()).toMatchObject({ phase: 'confirmed', localHold: false, holdRefused: true });
  expect(desk.media.legs[0]).toMatchObject({ signaling: 'stable', microphoneOpen: true });
  desk.phone.hold(desk.callId);
  desk.dialog.answer(await desk.peer.next('INVITE'), 200, sdp('recvonly'));
  await desk.peer.next('ACK');
  await desk.pass(0);
  expect(desk.call()).toMatchObject({ localHold: true, holdRefused: false });
});

test.each([481, 408])('M9 a %i to a re-INVITE ends the call', async (status) => {
  const desk = await established();
  desk.phone.hold(desk.callId);
  desk.dialog.answer(await desk.peer.next('INVITE'), status);
  await desk.peer.next('ACK');
  await desk.peer.next('BYE');
  await desk.pass(10);
  expect(desk.events.at(-1)).toMatchObject({
    type: 'ended',
    cause: 'networkLost',
    sipCode: status,
    by: 'network',
  });
});

test('M11 an offer that cannot be used in mid-call is told 488 and the call goes on', async () => {
  const desk = await established();
  desk.dialog.request('INVITE', { body: 'v=0\r\nm=message 9 TCP/MSRP *\r\n' });
  await desk.peer.next(488);
  desk.phone.hold(desk.callId);
  desk.dialog.answer(await desk.peer.next('INVITE'), 200, sdp('recvonly'));
  await desk.peer.next('ACK');
  await desk.pass(0);
  expect(desk.call()).toMatchObject({ phase: 'confirmed', localHold: true });
});

test('M15 a re-INVITE that requires what the desk cannot do is told 420 and the call goes on', async () => {
  const desk = await established();
  desk.dialog.request('INVITE', { body: sdp('sendonly'), headers: [['Require', 'foo, bar']] });
  expect(header(await desk.peer.next(420), 'unsupported')).toBe('foo, bar');
  desk.dialog.request('INVITE', { body: sdp('sendonly') });
  desk.dialog.acknowledge(await desk.peer.next(200));
  await desk.pass(0);
  expect(desk.call().remoteHold).toBe(true);
});

test('M16 tones go by RFC 4733, M17 or by INFO where that cannot be sent', async () => {
  const desk = await established();
  for (const digit of '09*#AD') desk.phone.sendDtmf(desk.callId, digit);
  expect(desk.media.legs[0]?.tones).toBe('09*#AD');
  expect(desk.call().digits).toBe('09*#AD');
  desk.media.dtmf = false;
  desk.phone.sendDtmf(desk.callId, '5');
  const info = await desk.peer.next('INFO');
  expect(header(info, 'content-type')).toBe('application/dtmf-relay');
  expect(info.body).toBe('Signal=5\r\nDuration=160');
  expect(JSON.stringify(desk.events)).not.toContain('digit');
  expect(desk.events.filter((event) => event.type === 'dtmf')).toHaveLength(7);
  desk.dialog.request('INFO', { body: 'Signal=1', contentType: 'application/dtmf-relay' });
  await desk.peer.next(200);
});

test('mute keeps the microphone shut through hold and resume', async () => {
  const desk = await established();
  desk.phone.mute(desk.callId);
  expect(desk.media.legs[0]?.microphoneOpen).toBe(false);
  desk.phone.hold(desk.callId);
  desk.dialog.answer(await desk.peer.next('INVITE'), 200, sdp('recvonly'));
  await desk.peer.next('ACK');
  desk.phone.resume(desk.callId);
  desk.dialog.answer(await desk.peer.next('INVITE'), 200, sdp());
  await desk.peer.next('ACK');
  await desk.pass(0);
  expect(desk.media.legs[0]?.microphoneOpen).toBe(false);
  desk.phone.unmute(desk.callId);
  expect(desk.media.legs[0]?.microphoneOpen).toBe(true);
  expect(desk.types()).toBe('placed ringing answered muted held resumed unmuted');
});
