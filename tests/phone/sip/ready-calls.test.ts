// What is made before it is needed: the next call's offer, a ringing call's answer, and an INVITE that
// does not wait for the microphone.
import { expect, test } from 'vitest';
import {
  answeredOut,
  deskUnderTest,
  type DeskUnderTest,
} from '../scripted-peer/desk-under-test.ts';
import { sdp } from '../scripted-peer/scripted-peer.ts';

/** A registered desk whose microphone is at hand, with its first offer made. */
async function readyDesk(): Promise<DeskUnderTest> {
  const desk = await deskUnderTest();
  desk.port.atHand = true;
  desk.port.tellAtHand();
  await desk.pass(500);
  return desk;
}

test('once registered and allowed an offer is made, and used by the next call', async () => {
  const desk = await readyDesk();
  expect(desk.media.legs).toMatchObject([{ ahead: true, microphones: 0, closed: false }]);
  await answeredOut(desk);
  expect(desk.media.legs[0]).toMatchObject({ microphones: 1, microphoneOpen: true });
  // The next one is made once this call is on its way.
  expect(desk.media.legs).toHaveLength(1);
  await desk.pass(500);
  expect(desk.media.legs).toHaveLength(2);
  expect(desk.port.openMicrophones).toBe(1);
});

test('before the microphone is allowed nothing is made', async () => {
  const desk = await deskUnderTest();
  await desk.pass(10_000);
  expect(desk.media.legs).toEqual([]);
});

test('what lies ready is renewed after a while and dropped with the connection', async () => {
  const desk = await readyDesk();
  await desk.pass(120_000);
  expect(desk.media.legs).toMatchObject([{ closed: true }, { closed: false }]);
  desk.port.atHand = false;
  desk.port.tellAtHand();
  expect(desk.media.legs).toMatchObject([{ closed: true }, { closed: true }]);
  await desk.pass(120_000);
  expect(desk.media.legs).toHaveLength(2);
});

test('the network changed: the addresses of the ready offer are found anew', async () => {
  const desk = await readyDesk();
  desk.phone.networkChanged();
  await desk.pass(500);
  expect(desk.media.legs).toMatchObject([{ closed: true }, { closed: false }]);
});

test('the INVITE leaves within the command, before the microphone is open', async () => {
  const desk = await readyDesk();
  const placed = desk.phone.place({ target: '030 1234' });
  expect(desk.peer.sent('INVITE')).toHaveLength(1);
  expect(desk.peer.sent('INVITE')[0]?.body).toContain('m=audio');
  expect(desk.media.legs[0]?.microphones).toBe(0);
  expect(await placed).toHaveProperty('callId');
  expect(desk.media.legs[0]?.microphones).toBe(1);
});

test('the microphone fails after all: the call is taken back and the agent hears why', async () => {
  const desk = await readyDesk();
  desk.port.problem = 'microphoneDenied';
  const placed = desk.phone.place({ target: '030 1234' });
  const invite = await desk.peer.next('INVITE');
  const dialog = desk.peer.dialogOf(invite, desk.peer.newTag());
  dialog.answer(invite, 180);
  expect(await placed).toEqual({ problem: 'microphoneDenied' });
  await desk.peer.next('CANCEL');
  dialog.answer(invite, 487);
  await desk.pass(10);
  expect(desk.events.at(-1)).toMatchObject({ type: 'ended', cause: 'mediaFailed', by: 'system' });
  expect(desk.media.legs[0]?.closed).toBe(true);
});

test('it fails when the other side has answered already: the call is ended, never silent', async () => {
  const desk = await readyDesk();
  let fail: () => void = () => undefined;
  desk.port.openMicrophone = () =>
    new Promise((resolve) => {
      fail = () => resolve({ problem: 'microphoneInUse' });
    });
  const placed = desk.phone.place({ target: '030 1234' });
  const invite = await desk.peer.next('INVITE');
  const dialog = desk.peer.dialogOf(invite, desk.peer.newTag());
  dialog.answer(invite, 200, sdp());
  await desk.peer.next('ACK');
  fail();
  expect(await placed).toEqual({ problem: 'microphoneInUse' });
  await desk.peer.next('BYE');
});

test('the call was refused before the microphone was open: it is given back', async () => {
  const desk = await readyDesk();
  const open = desk.port.openMicrophone;
  let opened: () => void = () => undefined;
  const waiting = new Promise<void>((resolve) => {
    opened = resolve;
  });
  desk.port.openMicrophone = async () => {
    await waiting;
    return open();
  };
  const placed = desk.phone.place({ target: '030 1234' });
  const invite = await desk.peer.next('INVITE');
  desk.peer.dialogOf(invite, desk.peer.newTag()).answer(invite, 486);
  await desk.pass(10);
  opened();
  expect(await placed).toHaveProperty('callId');
  expect(desk.port.openMicrophones).toBe(0);
});

test('a call that rings has its answer made; one that is refused drops it', async () => {
  const desk = await readyDesk();
  desk.peer.invite();
  await desk.peer.next(180);
  const ringing = () => desk.media.legs.find((leg) => leg.answeredAhead);
  expect(ringing()).toBeUndefined();
  await desk.pass(250);
  expect(ringing()).toMatchObject({ closed: false, microphones: 0 });
  desk.phone.decline(desk.call().callId);
  await desk.peer.next(603);
  await desk.pass(10);
  expect(ringing()).toMatchObject({ closed: true });
});
