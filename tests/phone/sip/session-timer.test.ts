import { describe, expect, test } from 'vitest';
import {
  expiresAfter,
  minSeIn,
  refreshAfter,
  timerAsCallee,
  timerAsCaller,
} from '../../../renderer/phone/sip/session-timer.ts';
import { answeredIn, answeredOut, deskUnderTest } from '../scripted-peer/desk-under-test.ts';
import { sdp } from '../scripted-peer/scripted-peer.ts';
import { header, headerOrNull, tagOf } from '../scripted-peer/sip-message.ts';

const SE = 'Session-Expires';

test('M12 as the caller the desk renews the call at half its time, for as long as it lasts', async () => {
  const desk = await deskUnderTest();
  await desk.phone.place({ target: '0301234' });
  const invite = await desk.peer.next('INVITE');
  expect(header(invite, SE)).toBe('1800');
  expect(header(invite, 'min-se')).toBe('90');
  expect(header(invite, 'supported')).toContain('timer');
  const dialog = desk.peer.dialogOf(invite, 'callee');
  dialog.answer(invite, 200, sdp(), [
    [SE, '120;refresher=uac'],
    ['Require', 'timer'],
  ]);
  await desk.peer.next('ACK');
  for (let renewal = 0; renewal < 3; renewal += 1) {
    await desk.pass(59_000);
    expect(desk.peer.has('INVITE')).toBe(false);
    await desk.pass(1_100);
    const again = await desk.peer.next('INVITE');
    expect(header(again, SE)).toBe('120;refresher=uac');
    expect(again.body).toContain('a=sendrecv');
    dialog.answer(again, 200, sdp(), [[SE, '120;refresher=uac']]);
    await desk.peer.next('ACK');
  }
  await desk.pass(0);
  expect(desk.types()).toBe('placed answered');
  expect(desk.call()).toMatchObject({ phase: 'confirmed', localHold: false, holdRefused: false });
});

test('M12 a renewal keeps a held call on hold, and one that is refused ends nothing at once', async () => {
  const desk = await deskUnderTest();
  await desk.phone.place({ target: '0301234' });
  const invite = await desk.peer.next('INVITE');
  const dialog = desk.peer.dialogOf(invite, 'callee');
  dialog.answer(invite, 200, sdp(), [[SE, '600;refresher=uac']]);
  await desk.peer.next('ACK');
  desk.phone.hold(desk.call().callId);
  dialog.answer(await desk.peer.next('INVITE'), 200, sdp('recvonly'), [[SE, '600;refresher=uac']]);
  await desk.peer.next('ACK');
  await desk.pass(300_100);
  const renewal = await desk.peer.next('INVITE');
  expect(renewal.body).toContain('a=sendonly');
  dialog.answer(renewal, 488);
  await desk.pass(100);
  expect(desk.call()).toMatchObject({ phase: 'confirmed', localHold: true, holdRefused: false });
});

test('M12 as the callee the desk leaves the renewal to a caller who can, and answers it', async () => {
  const desk = await deskUnderTest();
  const dialog = desk.peer.invite({
    headers: [
      [SE, '300'],
      ['Supported', 'timer'],
    ],
  });
  await desk.peer.next(180);
  await desk.phone.answer(desk.call().callId);
  const ok = await desk.peer.next(200);
  expect(header(ok, SE)).toBe('300;refresher=uac');
  expect(header(ok, 'require')).toBe('timer');
  dialog.acknowledge(ok);
  for (let renewal = 0; renewal < 3; renewal += 1) {
    await desk.pass(200_000);
    dialog.request('INVITE', { body: sdp(), headers: [[SE, '300;refresher=uac']] });
    const again = await desk.peer.next(200);
    expect(header(again, SE)).toBe('300;refresher=uac');
    dialog.acknowledge(again);
  }
  await desk.pass(0);
  expect(desk.call().phase).toBe('confirmed');
});

test('M12 where a proxy asks and the caller cannot, the desk renews', async () => {
  const desk = await deskUnderTest();
  const dialog = desk.peer.invite({ headers: [[SE, '300']] });
  await desk.peer.next(180);
  await desk.phone.answer(desk.call().callId);
  const ok = await desk.peer.next(200);
  expect(header(ok, SE)).toBe('300;refresher=uas');
  expect(headerOrNull(ok, 'require')).toBeNull();
  dialog.acknowledge(ok);
  await desk.pass(150_100);
  const renewal = await desk.peer.next('INVITE');
  expect(header(renewal, SE)).toBe('300;refresher=uac');
  dialog.answer(renewal, 200, sdp());
  await desk.peer.next('ACK');
  // This answer agrees to no timer: the call does not expire any more.
  await desk.pass(1_000_000);
  expect(desk.call().phase).toBe('confirmed');
});

test('M13 a 422 is answered with a longer session, once for each demand', async () => {
  const desk = await deskUnderTest();
  await desk.phone.place({ target: '0301234' });
  const first = await desk.peer.next('INVITE');
  desk.peer.dialogOf(first, 'proxy').answer(first, 422, undefined, [['Min-SE', '3600']]);
  await desk.peer.next('ACK');
  const second = await desk.peer.next('INVITE');
  expect(header(second, SE)).toBe('3600');
  expect(header(second, 'min-se')).toBe('3600');
  const dialog = desk.peer.dialogOf(second, 'callee');
  dialog.answer(second, 200, sdp(), [[SE, '3600;refresher=uas']]);
  await desk.peer.next('ACK');
  await desk.pass(0);
  expect(desk.call().phase).toBe('confirmed');
  expect(desk.types()).toBe('placed answered');
});

test('M13 a server that refuses every time ends the call', async () => {
  const desk = await deskUnderTest();
  await desk.phone.place({ target: '0301234' });
  for (let time = 0; time < 2; time += 1) {
    const invite = await desk.peer.next('INVITE');
    desk.peer.dialogOf(invite, `p${time}`).answer(invite, 422, undefined, [['Min-SE', '3600']]);
    await desk.peer.next('ACK');
  }
  await desk.pass(100);
  expect(desk.peer.has('INVITE')).toBe(false);
  expect(desk.events.at(-1)).toMatchObject({ type: 'ended', sipCode: 422 });
});

test('M13 a renewal that is told 422 is sent again with what was asked for', async () => {
  const desk = await deskUnderTest();
  await desk.phone.place({ target: '0301234' });
  const invite = await desk.peer.next('INVITE');
  const dialog = desk.peer.dialogOf(invite, 'callee');
  dialog.answer(invite, 200, sdp(), [[SE, '200;refresher=uac']]);
  await desk.peer.next('ACK');
  await desk.pass(100_100);
  dialog.answer(await desk.peer.next('INVITE'), 422, undefined, [['Min-SE', '400']]);
  await desk.peer.next('ACK');
  await desk.pass(4_100);
  const again = await desk.peer.next('INVITE');
  expect(header(again, SE)).toBe('400;refresher=uac');
  dialog.answer(again, 200, sdp(), [[SE, '400;refresher=uac']]);
  await desk.pass(10);
  expect(desk.call().phase).toBe('confirmed');
});

test('M13 a caller who asks for too short a session is told the least that is taken', async () => {
  const desk = await deskUnderTest();
  desk.peer.invite({ headers: [[SE, '60']] });
  const refusal = await desk.peer.next(422);
  expect(header(refusal, 'min-se')).toBe('90');
  expect(desk.events).toEqual([]);
  const { dialog } = await answeredIn(desk);
  dialog.request('INVITE', { body: sdp(), headers: [[SE, '30']] });
  expect(header(await desk.peer.next(422), 'min-se')).toBe('90');
  expect(desk.call().phase).toBe('confirmed');
});

test('M14 a caller who does not renew is hung up shortly before the session is over', async () => {
  const desk = await deskUnderTest();
  const dialog = desk.peer.invite({
    headers: [
      [SE, '300'],
      ['Supported', 'timer'],
    ],
  });
  await desk.peer.next(180);
  await desk.phone.answer(desk.call().callId);
  dialog.acknowledge(await desk.peer.next(200));
  await desk.pass(267_000);
  expect(desk.call().phase).toBe('confirmed');
  await desk.pass(1_500);
  await desk.peer.next('BYE');
  await desk.pass(2_100);
  expect(desk.events.at(-1)).toMatchObject({ type: 'ended', cause: 'networkLost', by: 'network' });
});

test('M14 so is a callee who undertook to renew, and one who never answers our renewal', async () => {
  const desk = await deskUnderTest();
  await desk.phone.place({ target: '0301234' });
  const invite = await desk.peer.next('INVITE');
  desk.peer.dialogOf(invite, 'callee').answer(invite, 200, sdp(), [[SE, '90;refresher=uas']]);
  await desk.peer.next('ACK');
  await desk.pass(61_000);
  await desk.peer.next('BYE');
  await desk.pass(3_000);
  await desk.phone.place({ target: '0301234' });
  const second = await desk.peer.next('INVITE');
  desk.peer.dialogOf(second, 'callee').answer(second, 200, sdp(), [[SE, '90;refresher=uac']]);
  await desk.peer.next('ACK');
  await desk.pass(62_000);
  expect(desk.peer.has('INVITE')).toBe(true);
  await desk.peer.next('BYE');
  expect(tagOf(header(second, 'from'))).not.toBeNull();
});

test('an answer that is never acknowledged in mid-call ends the call, unless the connection is gone', async () => {
  const desk = await deskUnderTest();
  const { dialog } = await answeredOut(desk);
  dialog.request('INVITE', { body: sdp() });
  await desk.peer.next(200);
  desk.peer.server.close();
  await desk.pass(200);
  dialog.answer(await desk.peer.next('INVITE'), 200, sdp());
  await desk.peer.next('ACK');
  await desk.pass(60_000);
  expect(desk.call()).toMatchObject({ phase: 'confirmed', negotiating: false });
  dialog.request('INVITE', { body: sdp() });
  await desk.peer.next(200);
  await desk.pass(36_000);
  await desk.peer.next('BYE');
});

test('M14 without a connection nothing is hung up; once it is back the call is asked about', async () => {
  const desk = await deskUnderTest();
  const { dialog } = await answeredOut(desk);
  dialog.request('INVITE', {
    body: sdp(),
    headers: [
      [SE, '90;refresher=uac'],
      ['Supported', 'timer'],
    ],
  });
  dialog.acknowledge(await desk.peer.next(200));
  await desk.pass(10);
  desk.peer.server.mood = 'refuse';
  desk.peer.server.close();
  await desk.pass(100_000);
  expect(desk.call().phase).toBe('confirmed');
  desk.peer.server.mood = 'open';
  desk.phone.networkChanged();
  await desk.pass(100);
  dialog.answer(await desk.peer.next('INVITE'), 200, sdp());
  await desk.pass(10);
  expect(desk.call().phase).toBe('confirmed');
});

describe('session timers by RFC 4028', () => {
  const read = (headers: Record<string, string>) => (name: string) => headers[name] ?? null;

  test('who renews', () => {
    const caller = (value: string) => timerAsCaller(read({ 'session-expires': value }));
    expect(caller('1800;refresher=uac')).toEqual({ seconds: 1_800, refresher: 'us' });
    expect(caller(' 90 ; Refresher = UAS ')).toEqual({ seconds: 90, refresher: 'them' });
    expect(caller('nonsense')).toBeNull();
    expect(timerAsCaller(read({}))).toBeNull();
    expect(timerAsCaller(read({ x: '120;refresher=uas' }))?.refresher).toBe('them');
    expect(
      timerAsCallee(read({ 'session-expires': '90;refresher=uas', supported: 'timer' })),
    ).toEqual({
      timer: { seconds: 90, refresher: 'us' },
      headers: ['Session-Expires: 90;refresher=uas'],
    });
    expect(timerAsCallee(read({ 'session-expires': '89' }))).toEqual({ tooShort: 90 });
    expect(timerAsCallee(read({}))).toEqual({ timer: null, headers: [] });
  });

  test('when', () => {
    expect(refreshAfter({ seconds: 1_800, refresher: 'us' })).toBe(900_000);
    expect(expiresAfter({ seconds: 1_800, refresher: 'us' })).toBe(1_768_000);
    expect(expiresAfter({ seconds: 90, refresher: 'us' })).toBe(60_000);
    expect(minSeIn(read({ 'min-se': '120' }))).toBe(120);
    expect(minSeIn(read({ 'min-se': '99999999' }))).toBeNull();
    expect(timerAsCaller(read({ 'session-expires': '999999999' }))?.seconds).toBe(86_400);
  });
});
