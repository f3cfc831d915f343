import { expect, test } from 'vitest';
import { type DeskUnderTest, deskUnderTest } from '../scripted-peer/desk-under-test.ts';
import { type PeerDialog, sdp } from '../scripted-peer/scripted-peer.ts';
import { header, tagOf } from '../scripted-peer/sip-message.ts';
import { agree, answeredIn, established, eventsOf, secondIn, shown } from './two-calls.ts';

test('C21 a second call waits with a soft tone, and answering it holds the first', async () => {
  const desk = await deskUnderTest();
  const first = await answeredIn(desk);
  desk.peer.invite({ from: '<sip:second@example.test>' });
  await desk.peer.next(180);
  expect(desk.call()).toMatchObject({ waiting: true, lineNumber: 2, phase: 'alerting' });
  expect(desk.port.tones.at(-1)).toBe('waiting');
  void desk.phone.answer(desk.call().callId);
  await agree(desk, first.dialog);
  await desk.peer.next(200);
  expect(shown(desk, first.callId).localHold).toBe(true);
  expect(desk.port.tones.at(-1)).toBeNull();
});

test('six lines ring, the seventh caller hears busy and is found as missed', async () => {
  const desk = await deskUnderTest();
  for (let line = 1; line <= 6; line += 1) {
    desk.peer.invite({ from: `<sip:${line}@example.test>` });
    await desk.peer.next(180);
    expect(desk.call().lineNumber).toBe(line);
  }
  desk.peer.invite({ from: '<sip:7@example.test>' });
  await desk.peer.next(486);
  expect(desk.phone.snapshot().calls).toHaveLength(6);
  expect(desk.events.at(-1)).toMatchObject({ type: 'ended', cause: 'missed', sipCode: 486 });
  const [, second] = desk.phone.snapshot().calls;
  desk.phone.decline(second?.callId ?? '');
  await desk.peer.next(603);
  desk.peer.invite({ from: '<sip:8@example.test>' });
  await desk.peer.next(180);
  expect(desk.call().lineNumber).toBe(2);
});

test('dialling holds the call that is open, then sends its INVITE', async () => {
  const desk = await established();
  const placing = desk.phone.place({ target: '200' });
  const hold = await agree(desk, desk.dialog);
  expect(hold.body).toContain('a=sendonly');
  const placed = await placing;
  expect(placed).toHaveProperty('callId');
  const invite = await desk.peer.next('INVITE');
  expect(invite.uri).toBe('sip:200@example.test');
  expect(await desk.phone.place({ target: '300' })).toEqual({ problem: 'callInProgress' });
});

test('a call that cannot be held stays, and nothing is dialled beside it', async () => {
  const desk = await established();
  const placing = desk.phone.place({ target: '200' });
  desk.dialog.answer(await desk.peer.next('INVITE'), 488);
  await desk.peer.next('ACK');
  expect(await placing).toEqual({ problem: 'callInProgress' });
  expect(desk.peer.has('INVITE')).toBe(false);
  expect(shown(desk, desk.callId)).toMatchObject({ phase: 'confirmed', localHold: false });
  expect(desk.port.openMicrophones).toBe(1);
});

test('a microphone that fails on the second call leaves the first as it was', async () => {
  const desk = await established();
  desk.port.problem = 'noMicrophone';
  expect(await desk.phone.place({ target: '200' })).toEqual({ problem: 'noMicrophone' });
  expect(desk.peer.has('INVITE')).toBe(false);
  expect(shown(desk, desk.callId)).toMatchObject({ phase: 'confirmed', localHold: false });
});

test('swap holds one and takes back the other', async () => {
  const desk = await deskUnderTest();
  const first = await answeredIn(desk);
  const second = await secondIn(desk, first.dialog);
  desk.phone.swap();
  await agree(desk, second.dialog);
  await agree(desk, first.dialog);
  expect(shown(desk, first.callId).localHold).toBe(false);
  expect(shown(desk, second.callId).localHold).toBe(true);
  second.dialog.request('BYE');
  await desk.peer.next(200);
  await desk.pass(0);
  expect(desk.phone.snapshot().calls.find(({ phase }) => phase === 'confirmed')).toMatchObject({
    callId: first.callId,
    localHold: false,
  });
});

test('redial dials what was dialled last', async () => {
  const desk = await deskUnderTest();
  expect(await desk.phone.redial()).toEqual({ problem: 'badTarget' });
  await desk.phone.place({ target: '030 1234' });
  const invite = await desk.peer.next('INVITE');
  desk.peer.dialogOf(invite, 'x').answer(invite, 486);
  await desk.peer.next('ACK');
  expect(desk.phone.snapshot().lastDialled).toBe('030 1234');
  await desk.phone.redial();
  expect((await desk.peer.next('INVITE')).uri).toBe('sip:0301234@example.test');
});

test('do not disturb turns callers away with 480 and keeps them as missed', async () => {
  const desk = await deskUnderTest();
  desk.phone.setDoNotDisturb(true);
  expect(desk.phone.snapshot().doNotDisturb).toBe(true);
  desk.peer.invite();
  await desk.peer.next(480);
  expect(desk.types()).toBe('invited ended');
  expect(desk.events.at(-1)).toMatchObject({ cause: 'missed', sipCode: 480, by: 'system' });
  expect(desk.phone.snapshot().calls).toEqual([]);
  expect(desk.port.tones).not.toContain('ring');
  desk.phone.setDoNotDisturb(false);
  desk.peer.invite();
  await desk.peer.next(180);
});

test('a call is answered by itself after the time that is set, but never beside another', async () => {
  const desk = await deskUnderTest();
  desk.phone.usePreferences({ autoAnswerSeconds: 3 });
  const first = desk.peer.invite();
  await desk.peer.next(180);
  await desk.pass(2_900);
  expect(desk.call().phase).toBe('alerting');
  await desk.pass(200);
  first.acknowledge(await desk.peer.next(200));
  await desk.pass(0);
  expect(desk.call().phase).toBe('confirmed');
  desk.peer.invite({ from: '<sip:second@example.test>' });
  await desk.peer.next(180);
  await desk.pass(10_000);
  expect(desk.call()).toMatchObject({ phase: 'alerting', waiting: true });
});

test('a caller who is answered by hand meanwhile is not answered twice', async () => {
  const desk = await deskUnderTest();
  desk.phone.usePreferences({ autoAnswerSeconds: 3 });
  const { callId } = await answeredIn(desk);
  await desk.pass(5_000);
  expect(desk.port.openMicrophones).toBe(1);
  expect(shown(desk, callId).phase).toBe('confirmed');
});

test('there is no mailbox to call where none is set', async () => {
  const desk = await deskUnderTest();
  expect(await desk.phone.callMailbox()).toEqual({ problem: 'noMailbox' });
});

function replacing(
  desk: DeskUnderTest,
  dialog: { callId: string; own: string; theirs: string },
  more = '',
): PeerDialog {
  return desk.peer.invite({
    from: '"Target" <sip:target@example.test>',
    headers: [
      ['Replaces', `${dialog.callId};to-tag=${dialog.own};from-tag=${dialog.theirs}${more}`],
      ['Require', 'replaces'],
    ],
  });
}

test('T7 an INVITE with Replaces takes over the call at once, as a further leg', async () => {
  const desk = await established();
  const own = tagOf(header(desk.invite, 'from')) ?? '';
  const taker = replacing(desk, {
    callId: header(desk.invite, 'call-id'),
    own,
    theirs: desk.dialog.localTag,
  });
  const ok = await desk.peer.next(200);
  taker.acknowledge(ok);
  desk.dialog.answer(await desk.peer.next('BYE'), 200);
  await desk.pass(0);
  expect(desk.call()).toMatchObject({ phase: 'confirmed', localHold: false });
  expect(desk.call().remote.display).toBe('Target');
  expect(eventsOf(desk, desk.callId)).toBe('placed ringing answered ended');
  expect(desk.events.find(({ type }) => type === 'invited')).toMatchObject({
    replacesCallId: desk.callId,
  });
  expect(desk.port.openMicrophones).toBe(1);
});

test('T7 Replaces of a call that we ring takes that over', async () => {
  const desk = await deskUnderTest();
  const placed = await desk.phone.place({ target: '100' });
  const invite = await desk.peer.next('INVITE');
  const callee = desk.peer.dialogOf(invite, desk.peer.newTag());
  callee.answer(invite, 180);
  await desk.pass(0);
  const taker = replacing(
    desk,
    {
      callId: header(invite, 'call-id'),
      own: tagOf(header(invite, 'from')) ?? '',
      theirs: callee.localTag,
    },
    ';early-only',
  );
  taker.acknowledge(await desk.peer.next(200));
  await desk.peer.next('CANCEL');
  callee.answer(invite, 487);
  await desk.pass(0);
  expect(desk.call().phase).toBe('confirmed');
  expect('callId' in placed && eventsOf(desk, placed.callId)).toBe('placed ringing ended');
});

test('T7 Replaces of nothing that we know is told 481, of a confirmed call early-only 486', async () => {
  const desk = await established();
  const known = {
    callId: header(desk.invite, 'call-id'),
    own: tagOf(header(desk.invite, 'from')) ?? '',
    theirs: desk.dialog.localTag,
  };
  replacing(desk, { ...known, own: 'guessed' });
  await desk.peer.next(481);
  replacing(desk, { ...known, callId: 'guessed' });
  await desk.peer.next(481);
  replacing(desk, known, ';early-only');
  await desk.peer.next(486);
  desk.peer.invite({ headers: [['Replaces', 'nonsense']] });
  await desk.peer.next(400);
  expect(desk.phone.snapshot().calls).toHaveLength(1);
  expect(shown(desk, desk.callId).phase).toBe('confirmed');
});

test('T7 a call that rings here is not given away', async () => {
  const desk = await deskUnderTest();
  const caller = desk.peer.invite({ callId: 'ringing' });
  const ringing = await desk.peer.next(180);
  replacing(desk, {
    callId: 'ringing',
    own: tagOf(header(ringing, 'to')) ?? '',
    theirs: caller.localTag,
  });
  await desk.peer.next(481);
  expect(desk.phone.snapshot().calls).toHaveLength(1);
});

test('T7 a takeover waits while the agent is with somebody else', async () => {
  const desk = await established();
  const held = {
    callId: header(desk.invite, 'call-id'),
    own: tagOf(header(desk.invite, 'from')) ?? '',
    theirs: desk.dialog.localTag,
  };
  const second = await secondIn(desk, desk.dialog);
  replacing(desk, held);
  await desk.peer.next(180);
  expect(desk.call()).toMatchObject({ phase: 'alerting', waiting: true });
  void desk.phone.answer(desk.call().callId);
  await agree(desk, second.dialog);
  await desk.peer.next(200);
  await desk.peer.next('BYE');
});

test('a conference of three is open to all, and its last but one ends it', async () => {
  const desk = await deskUnderTest();
  const first = await answeredIn(desk);
  const second = await secondIn(desk, first.dialog);
  expect(await desk.phone.addToConference(first.callId)).toBeNull();
  await agree(desk, first.dialog);
  const members = [first.callId, second.callId];
  expect(desk.phone.snapshot().conference).toEqual({ callIds: members });
  expect(desk.port.mixes.at(-1)).toEqual(members);
  for (const callId of members) {
    expect(shown(desk, callId)).toMatchObject({ inConference: true, localHold: false });
  }
  desk.phone.mute(first.callId);
  expect(desk.media.legs.map(({ microphoneOpen }) => microphoneOpen)).toEqual([false, false]);
  desk.phone.unmute(second.callId);
  expect(desk.media.legs.map(({ microphoneOpen }) => microphoneOpen)).toEqual([true, true]);
  second.dialog.request('BYE');
  await desk.peer.next(200);
  await desk.pass(0);
  expect(desk.phone.snapshot().conference).toBeNull();
  expect(desk.port.mixes.at(-1)).toEqual([]);
  expect(shown(desk, first.callId)).toMatchObject({
    phase: 'confirmed',
    inConference: false,
    localHold: false,
  });
  expect(eventsOf(desk, second.callId)).toMatch(/conferenceJoined .*conferenceLeft ended$/);
  expect(eventsOf(desk, first.callId)).toMatch(/conferenceLeft$/);
});

test('a conference is held whole for another call, and comes back whole', async () => {
  const desk = await deskUnderTest();
  const first = await answeredIn(desk);
  const second = await secondIn(desk, first.dialog);
  await desk.phone.addToConference(first.callId);
  await agree(desk, first.dialog);
  const third = desk.peer.invite({ from: '<sip:third@example.test>' });
  await desk.peer.next(180);
  const { callId } = desk.call();
  void desk.phone.answer(callId);
  await agree(desk, first.dialog);
  await agree(desk, second.dialog);
  third.acknowledge(await desk.peer.next(200));
  await desk.pass(0);
  expect(shown(desk, callId)).toMatchObject({ phase: 'confirmed', inConference: false });
  desk.phone.swap();
  await agree(desk, third);
  await agree(desk, first.dialog);
  await agree(desk, second.dialog);
  expect(shown(desk, first.callId).localHold).toBe(false);
  expect(shown(desk, second.callId).localHold).toBe(false);
  expect(await desk.phone.addToConference(callId)).toBeNull();
  await agree(desk, third);
  expect(desk.phone.snapshot().conference?.callIds).toHaveLength(3);
  desk.phone.removeFromConference(second.callId);
  second.dialog.answer(await desk.peer.next('BYE'), 200);
  await desk.pass(0);
  expect(desk.phone.snapshot().conference).toEqual({ callIds: [first.callId, callId] });
  desk.phone.endConference();
  first.dialog.answer(await desk.peer.next('BYE'), 200);
  third.answer(await desk.peer.next('BYE'), 200);
  await desk.pass(0);
  expect(desk.phone.snapshot().calls.every(({ phase }) => phase === 'terminated')).toBe(true);
  expect(desk.port.openMicrophones).toBe(0);
});

test('a call alone makes no conference', async () => {
  const desk = await deskUnderTest();
  const { callId } = await answeredIn(desk);
  expect(await desk.phone.addToConference(callId)).toBe('notPossibleNow');
  expect(await desk.phone.addToConference('nobody')).toBe('noSuchCall');
});

test('customer and consulted target become a conference, and nobody is transferred any more', async () => {
  const desk = await established();
  const placing = desk.phone.consult(desk.callId, '200');
  await agree(desk, desk.dialog);
  const placed = await placing;
  const invite = await desk.peer.next('INVITE');
  const target = desk.peer.dialogOf(invite, desk.peer.newTag());
  target.answer(invite, 200, sdp());
  await desk.peer.next('ACK');
  await desk.pass(0);
  expect('callId' in placed).toBe(true);
  expect(await desk.phone.addToConference(desk.callId)).toBeNull();
  await agree(desk, desk.dialog);
  expect(shown(desk, desk.callId)).toMatchObject({
    inConference: true,
    transfer: { state: 'none' },
  });
  expect(desk.call().consultationFor).toBeNull();
  expect(await desk.phone.completeTransfer(desk.callId)).toBe('notPossibleNow');
  expect(await desk.phone.transfer(desk.callId, '300')).toBe('notPossibleNow');
});
