import { expect, test } from 'vitest';
import { answeredIn, answeredOut, deskUnderTest } from '../scripted-peer/desk-under-test.ts';
import { sdp } from '../scripted-peer/scripted-peer.ts';

test('N1 after a closed socket: reconnect, REGISTER, ICE restart, the call goes on', async () => {
  const desk = await deskUnderTest();
  const { dialog } = await answeredOut(desk);
  const before = desk.peer.sent('REGISTER').length;
  desk.peer.server.close();
  expect(desk.phone.snapshot().connection).toMatchObject({
    transport: 'down',
    registration: 'unregistered',
  });
  expect(desk.call().phase).toBe('confirmed');
  await desk.pass(100);
  expect(desk.phone.snapshot().connection).toMatchObject({
    transport: 'up',
    registration: 'registered',
  });
  expect(desk.peer.sent('REGISTER').length).toBe(before + 1);
  const restart = await desk.peer.next('INVITE');
  const order = desk.peer.received
    .map((message) => message.method)
    .filter((method) => method !== 'ACK');
  expect(order.slice(-2)).toEqual(['REGISTER', 'INVITE']);
  expect(desk.media.legs[0]?.iceRestarts).toBe(1);
  dialog.answer(restart, 200, sdp());
  await desk.peer.next('ACK');
  await desk.pass(0);
  expect(desk.call()).toMatchObject({ phase: 'confirmed', localHold: false });
  expect(desk.types()).toBe('placed ringing answered');
});

test('N1 a hold that was under way when the socket closed is asked for again', async () => {
  const desk = await deskUnderTest();
  const { dialog, callId } = await answeredOut(desk);
  desk.phone.hold(callId);
  await desk.peer.next('INVITE');
  desk.peer.server.close();
  await desk.pass(200);
  const again = await desk.peer.next('INVITE');
  dialog.answer(again, 200, sdp('recvonly'));
  await desk.peer.next('ACK');
  const next = await desk.peer.next('INVITE');
  dialog.answer(next, 200, sdp('recvonly'));
  await desk.peer.next('ACK');
  await desk.pass(40_000);
  expect(desk.call()).toMatchObject({ phase: 'confirmed', localHold: true });
});

test('N2 a half-open socket is noticed within 10 s and replaced', async () => {
  const desk = await deskUnderTest();
  await desk.pass(60_000);
  expect(desk.peer.server.attempts).toBe(1);
  desk.peer.send('\r\n');
  await desk.pass(0);
  desk.peer.server.deaf = true;
  desk.peer.server.onOpen = () => {
    desk.peer.server.deaf = false;
  };
  await desk.pass(7_000);
  expect(desk.phone.snapshot().connection.transport).toBe('suspect');
  await desk.pass(2_900);
  expect(desk.peer.server.attempts).toBe(2);
  await desk.pass(100);
  expect(desk.phone.snapshot().connection).toMatchObject({
    transport: 'up',
    registration: 'registered',
  });
});

test('N2 an answer in time takes the suspicion away', async () => {
  const desk = await deskUnderTest();
  desk.peer.server.deaf = true;
  await desk.pass(6_900);
  expect(desk.phone.snapshot().connection.transport).toBe('suspect');
  desk.peer.server.deaf = false;
  desk.peer.send('\r\n');
  await desk.pass(0);
  expect(desk.phone.snapshot().connection.transport).toBe('up');
  await desk.pass(30_000);
  expect(desk.peer.server.attempts).toBe(1);
});

test('N3 a server that has forgotten the call ends it', async () => {
  const desk = await deskUnderTest();
  const { dialog } = await answeredOut(desk);
  desk.peer.server.close();
  await desk.pass(100);
  dialog.answer(await desk.peer.next('INVITE'), 481);
  await desk.pass(3_000);
  expect(desk.events.at(-1)).toMatchObject({ type: 'ended', cause: 'networkLost', sipCode: 481 });
});

test('N4 a call out that still rings when the socket drops does not wait for ever', async () => {
  const desk = await deskUnderTest();
  await desk.phone.place({ target: '0301234' });
  const invite = await desk.peer.next('INVITE');
  desk.peer.dialogOf(invite, 'callee').answer(invite, 180);
  await desk.pass(10);
  expect(desk.call().phase).toBe('ringing');
  desk.peer.server.mood = 'refuse';
  desk.peer.server.close();
  await desk.pass(12_000);
  expect(desk.events.at(-1)).toMatchObject({ type: 'ended', cause: 'networkLost', by: 'network' });
  expect(desk.port.openMicrophones).toBe(0);
});

test('N4 a call in that still rings survives a short drop', async () => {
  const desk = await deskUnderTest();
  const dialog = desk.peer.invite();
  await desk.peer.next(180);
  desk.peer.server.close();
  await desk.pass(10_000);
  expect(desk.call().phase).toBe('alerting');
  await desk.phone.answer(desk.call().callId);
  dialog.acknowledge(await desk.peer.next(200));
  await desk.pass(0);
  expect(desk.call().phase).toBe('confirmed');
});

test('attempts to reconnect are 0, 0.5, 1, 2, 4 … 30 s apart, and at once when the network is back', async () => {
  const desk = await deskUnderTest();
  desk.peer.server.mood = 'refuse';
  desk.peer.server.close();
  await desk.pass(100);
  expect(desk.peer.server.attempts).toBe(2);
  const counts: number[] = [];
  for (const seconds of [0.7, 1.2, 2.4, 4.6, 9.1, 18.1, 33.9, 33.9]) {
    await desk.pass(seconds * 1000);
    counts.push(desk.peer.server.attempts);
  }
  expect(counts).toEqual([3, 4, 5, 6, 7, 8, 9, 10]);
  expect(desk.phone.snapshot().connection).toMatchObject({
    transport: 'down',
    problem: 'serverUnreachable',
  });
  desk.peer.server.mood = 'open';
  desk.phone.networkChanged();
  await desk.pass(10);
  expect(desk.phone.snapshot().connection).toMatchObject({
    transport: 'up',
    registration: 'registered',
    problem: null,
  });
});

test('a socket that never opens is given up after 5 s', async () => {
  const desk = await deskUnderTest({
    before: (peer) => {
      peer.server.mood = 'silent';
    },
  });
  expect(desk.phone.snapshot().connection.transport).toBe('connecting');
  await desk.pass(5_010);
  expect(desk.phone.snapshot().connection).toMatchObject({ problem: 'timeout' });
});

test('without signalling a call lasts as long as its audio', async () => {
  const desk = await deskUnderTest();
  await answeredIn(desk);
  desk.peer.server.mood = 'refuse';
  desk.peer.server.close();
  await desk.pass(300_000);
  expect(desk.call().phase).toBe('confirmed');
  desk.media.legs[0]?.report.state('failed');
  await desk.pass(130_000);
  expect(desk.events.at(-1)).toMatchObject({ type: 'ended', cause: 'networkLost', by: 'network' });
});

test('lost media is restarted, and ends the call when it does not come back', async () => {
  const desk = await deskUnderTest();
  const { dialog } = await answeredIn(desk);
  desk.media.legs[0]?.report.state('disconnected');
  await desk.pass(4_100);
  const restart = await desk.peer.next('INVITE');
  expect(desk.media.legs[0]?.iceRestarts).toBe(1);
  expect(desk.call().media).toBe('restarting');
  desk.media.legs[0]?.report.state('checking');
  dialog.answer(restart, 200, sdp());
  await desk.peer.next('ACK');
  await desk.pass(0);
  desk.media.legs[0]?.report.state('failed');
  dialog.answer(await desk.peer.next('INVITE'), 200, sdp());
  await desk.pass(0);
  desk.media.legs[0]?.report.state('checking');
  await desk.pass(20_100);
  await desk.peer.next('BYE');
  expect(desk.events.at(-1)).toMatchObject({ type: 'ended', cause: 'mediaFailed' });
});
