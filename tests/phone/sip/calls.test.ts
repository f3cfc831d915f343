import { describe, expect, test } from 'vitest';
import { answeredIn, answeredOut, deskUnderTest } from '../scripted-peer/desk-under-test.ts';
import { sdp } from '../scripted-peer/scripted-peer.ts';
import {
  header,
  headerOrNull,
  type SipMessage,
  tagOf,
  writeResponse,
} from '../scripted-peer/sip-message.ts';

test('C1 a call out is placed, rings, is answered and hung up by the agent', async () => {
  const desk = await deskUnderTest();
  const { callId, invite } = await answeredOut(desk);
  expect(header(invite, 'to')).toContain('sip:0301234@example.test');
  expect(desk.call()).toMatchObject({ phase: 'confirmed', media: 'connected', cause: null });
  expect(desk.media.legs[0]?.microphoneOpen).toBe(true);
  desk.phone.hangUp(callId);
  const bye = await desk.peer.next('BYE');
  desk.peer.send(writeResponse(bye, 200));
  await desk.pass(0);
  expect(desk.types()).toBe('placed ringing answered ended');
  expect(desk.events.at(-1)).toMatchObject({ cause: 'completed', by: 'agent', sipCode: null });
  expect(desk.events.map((event) => event.seq)).toEqual([0, 1, 2, 3]);
  expect(desk.port.openMicrophones).toBe(0);
  expect(desk.media.legs[0]?.closed).toBe(true);
});

test('C2 a call in rings, is answered and hung up by the customer', async () => {
  const desk = await deskUnderTest();
  const dialog = desk.peer.invite({
    headers: [
      ['P-Asserted-Identity', '"Max Kunde" <sip:+491711234567@carrier.test>'],
      ['Diversion', '<sip:+49301000@example.test>;reason=no-answer'],
    ],
  });
  await desk.peer.next(180);
  expect(desk.call()).toMatchObject({ phase: 'alerting', direction: 'inbound' });
  expect(desk.port.tones).toEqual(['ring']);
  expect(desk.events[0]).toMatchObject({
    type: 'invited',
    remote: { number: '+491711234567', display: 'Max Kunde', anonymous: false },
    divertedFrom: '+49301000',
  });
  expect(await desk.phone.answer(desk.call().callId)).toBeNull();
  const ok = await desk.peer.next(200);
  expect(desk.call().phase).toBe('awaitAck');
  dialog.acknowledge(ok);
  await desk.pass(0);
  expect(desk.call().phase).toBe('confirmed');
  dialog.request('BYE');
  await desk.peer.next(200);
  expect(desk.types()).toBe('invited ringing answered ended');
  expect(desk.events.at(-1)).toMatchObject({ cause: 'completed', by: 'customer' });
  expect(desk.port.tones).toEqual(['ring', null]);
});

test('C3 a 407 is answered with credentials, once', async () => {
  const desk = await deskUnderTest();
  await desk.phone.place({ target: '0301234' });
  const first = await desk.peer.next('INVITE');
  desk.peer.send(
    writeResponse(first, 407, {
      toTag: 'proxy',
      headers: [['Proxy-Authenticate', 'Digest realm="example.test", nonce="n1", qop="auth"']],
    }),
  );
  const second = await desk.peer.next('INVITE');
  expect(header(second, 'proxy-authorization')).toContain('nc=00000001');
  desk.peer.send(
    writeResponse(second, 407, {
      toTag: 'proxy',
      headers: [['Proxy-Authenticate', 'Digest realm="example.test", nonce="n2", qop="auth"']],
    }),
  );
  await desk.pass(100);
  expect(desk.peer.has('INVITE')).toBe(false);
  expect(desk.events.at(-1)).toMatchObject({
    type: 'ended',
    cause: 'forbidden',
    sipCode: 407,
    by: 'network',
  });
});

describe('a challenge that was answered once', () => {
  async function challengedCall(realm: string) {
    const challenged = (header: string, nonce: string) =>
      [header, `Digest realm="${realm}", nonce="${nonce}", qop="auth"`] as const;
    const desk = await deskUnderTest({
      before: (peer) =>
        peer.rules.set('REGISTER', (request) =>
          headerOrNull(request, 'authorization') === null
            ? writeResponse(request, 401, {
                headers: [
                  ['WWW-Authenticate', 'Digest realm="example.test", nonce="r", qop="auth"'],
                ],
              })
            : peer.registered(request),
        ),
    });
    const call = async () => {
      await desk.phone.place({ target: '0301234' });
      return desk.peer.next('INVITE');
    };
    const ask = async (invite: SipMessage, nonce: string) => {
      desk.peer.send(
        writeResponse(invite, 407, {
          toTag: 'proxy',
          headers: [challenged('Proxy-Authenticate', nonce)],
        }),
      );
      return desk.peer.next('INVITE');
    };
    const refuse = async (invite: SipMessage) => {
      desk.peer.send(writeResponse(invite, 486, { toTag: 'callee' }));
      await desk.pass(100);
    };
    await refuse(await ask(await call(), 'n1'));
    return { call, ask, refuse };
  }

  test('is answered by the next INVITE unasked, with a nonce count that goes on', async () => {
    const { call, ask } = await challengedCall('example.test');
    const unasked = await call();
    expect(header(unasked, 'proxy-authorization')).toMatch(/nonce="n1".*nc=00000002/);
    // The server's nonce had run out meanwhile.
    const renewed = await ask(unasked, 'n2');
    expect(header(renewed, 'proxy-authorization')).toMatch(/nonce="n2".*nc=00000001/);
  });

  test('is told to nobody but our own system unasked', async () => {
    const { call } = await challengedCall('elsewhere.test');
    expect(headerOrNull(await call(), 'proxy-authorization')).toBeNull();
  });
});

test('C4 an INVITE without SDP is offered ours and answered in the ACK', async () => {
  const desk = await deskUnderTest();
  const dialog = desk.peer.invite({ body: '' });
  await desk.peer.next(180);
  await desk.phone.answer(desk.call().callId);
  const ok = await desk.peer.next(200);
  expect(ok.body).toContain('a=sendrecv');
  dialog.acknowledge(ok, sdp());
  await desk.pass(0);
  expect(desk.call()).toMatchObject({ phase: 'confirmed', media: 'connected' });
});

test.each([
  ['C5', 486, 'busy', 'customer'],
  ['C6', 603, 'declined', 'customer'],
  ['C7', 480, 'unavailable', 'customer'],
  ['C9', 404, 'notFound', 'network'],
  ['C9', 488, 'notAcceptable', 'network'],
  ['C9', 503, 'serverError', 'network'],
] as const)('%s a final %i ends the call as %s', async (_name, status, cause, by) => {
  const desk = await deskUnderTest();
  await desk.phone.place({ target: '0301234' });
  const invite = await desk.peer.next('INVITE');
  const dialog = desk.peer.dialogOf(invite, 'callee');
  dialog.answer(invite, status);
  await desk.peer.next('ACK');
  await desk.pass(0);
  expect(desk.events.at(-1)).toMatchObject({ type: 'ended', cause, sipCode: status, by });
  expect(desk.port.openMicrophones).toBe(0);
  expect(desk.port.tones.at(-1)).toBe('busy');
  await desk.pass(3_000);
  expect(desk.port.tones.at(-1)).toBe(null);
});

test('C8 without any response the call ends with timer B', async () => {
  const desk = await deskUnderTest();
  await desk.phone.place({ target: '0301234' });
  await desk.peer.next('INVITE');
  await desk.pass(31_000);
  expect(desk.call().phase).toBe('calling');
  await desk.pass(5_000);
  expect(desk.events.at(-1)).toMatchObject({
    type: 'ended',
    cause: 'timeout',
    sipCode: 408,
    by: 'network',
  });
});

test('C8 a 408 of the server is a timeout', async () => {
  const desk = await deskUnderTest();
  await desk.phone.place({ target: '0301234' });
  const invite = await desk.peer.next('INVITE');
  desk.peer.dialogOf(invite, 'x').answer(invite, 408);
  await desk.pass(10);
  expect(desk.events.at(-1)).toMatchObject({ cause: 'timeout', sipCode: 408 });
});

test('C10 CANCEL waits for the first provisional response', async () => {
  const desk = await deskUnderTest();
  const placed = await desk.phone.place({ target: '0301234' });
  if ('problem' in placed) throw new Error(placed.problem);
  const invite = await desk.peer.next('INVITE');
  desk.phone.hangUp(placed.callId);
  await desk.pass(100);
  expect(desk.peer.has('CANCEL')).toBe(false);
  const dialog = desk.peer.dialogOf(invite, 'callee');
  dialog.answer(invite, 180);
  const cancel = await desk.peer.next('CANCEL');
  desk.peer.send(writeResponse(cancel, 200));
  dialog.answer(invite, 487);
  await desk.peer.next('ACK');
  await desk.pass(0);
  expect(desk.types()).toBe('placed ended');
  expect(desk.events.at(-1)).toMatchObject({ cause: 'cancelled', by: 'agent', sipCode: 487 });
});

test('C11 CANCEL after 180 ends the call once the 487 is there', async () => {
  const desk = await deskUnderTest();
  const placed = await desk.phone.place({ target: '0301234' });
  if ('problem' in placed) throw new Error(placed.problem);
  const invite = await desk.peer.next('INVITE');
  const dialog = desk.peer.dialogOf(invite, 'callee');
  dialog.answer(invite, 180);
  await desk.pass(10);
  expect(desk.call().phase).toBe('ringing');
  expect(desk.port.tones).toEqual(['ringback']);
  desk.phone.hangUp(placed.callId);
  expect(desk.call().phase).toBe('canceling');
  const cancel = await desk.peer.next('CANCEL');
  desk.peer.send(writeResponse(cancel, 200));
  dialog.answer(invite, 487);
  await desk.peer.next('ACK');
  await desk.pass(0);
  expect(desk.types()).toBe('placed ringing ended');
});

test('C12 a 200 that overtakes the CANCEL is acknowledged and ended with BYE', async () => {
  const desk = await deskUnderTest();
  const placed = await desk.phone.place({ target: '0301234' });
  if ('problem' in placed) throw new Error(placed.problem);
  const invite = await desk.peer.next('INVITE');
  const dialog = desk.peer.dialogOf(invite, 'callee');
  dialog.answer(invite, 180);
  await desk.pass(10);
  desk.phone.hangUp(placed.callId);
  await desk.peer.next('CANCEL');
  dialog.answer(invite, 200, sdp());
  await desk.peer.next('ACK');
  await desk.peer.next('BYE');
  await desk.pass(10);
  expect(desk.events.filter((event) => event.type === 'ended')).toHaveLength(1);
  expect(desk.events.at(-1)).toMatchObject({ cause: 'cancelled', by: 'agent' });
});

test('C12 so is one that comes after the desk stopped waiting', async () => {
  const desk = await deskUnderTest();
  const placed = await desk.phone.place({ target: '0301234' });
  if ('problem' in placed) throw new Error(placed.problem);
  const invite = await desk.peer.next('INVITE');
  const dialog = desk.peer.dialogOf(invite, 'callee');
  dialog.answer(invite, 180);
  await desk.pass(10);
  desk.phone.hangUp(placed.callId);
  await desk.peer.next('CANCEL');
  await desk.pass(4_000);
  expect(desk.call().phase).toBe('terminated');
  dialog.answer(invite, 200, sdp());
  await desk.peer.next('ACK');
  await desk.peer.next('BYE');
  expect(desk.events.filter((event) => event.type === 'ended')).toHaveLength(1);
});

test('C13 a CANCEL after our 200 changes nothing', async () => {
  const desk = await deskUnderTest();
  const dialog = desk.peer.invite();
  await desk.peer.next(180);
  await desk.phone.answer(desk.call().callId);
  const ok = await desk.peer.next(200);
  dialog.request('CANCEL');
  await desk.pass(10);
  dialog.acknowledge(ok);
  await desk.pass(10);
  expect(desk.call().phase).toBe('confirmed');
});

test('C15 of a forked call the one that answers is the call', async () => {
  const desk = await deskUnderTest();
  await desk.phone.place({ target: '0301234' });
  const invite = await desk.peer.next('INVITE');
  const a = desk.peer.dialogOf(invite, 'forkA');
  const b = desk.peer.dialogOf(invite, 'forkB');
  a.answer(invite, 180);
  b.answer(invite, 180);
  await desk.pass(10);
  b.answer(invite, 200, sdp());
  const ack = await desk.peer.next('ACK');
  expect(tagOf(header(ack, 'to'))).toBe('forkB');
  await desk.pass(0);
  expect(desk.call().phase).toBe('confirmed');
  expect(desk.types()).toBe('placed ringing answered');
});

test('C16 of two 200s the second is acknowledged and ended', async () => {
  const desk = await deskUnderTest();
  await desk.phone.place({ target: '0301234' });
  const invite = await desk.peer.next('INVITE');
  desk.peer.dialogOf(invite, 'forkA').answer(invite, 200, sdp());
  await desk.peer.next('ACK');
  desk.peer.dialogOf(invite, 'forkB').answer(invite, 200, sdp());
  await desk.peer.next('ACK');
  const bye = await desk.peer.next('BYE');
  expect(tagOf(header(bye, 'to'))).toBe('forkB');
  expect(desk.call().phase).toBe('confirmed');
});

test('C17 a retransmitted 200 is acknowledged again', async () => {
  const desk = await deskUnderTest();
  const { dialog, invite } = await answeredOut(desk);
  dialog.answer(invite, 200, sdp());
  await desk.peer.next('ACK');
  expect(desk.types()).toBe('placed ringing answered');
});

test('C18 a 200 of ours that is never acknowledged ends in BYE', async () => {
  const desk = await deskUnderTest();
  const dialog = desk.peer.invite();
  await desk.peer.next(180);
  await desk.phone.answer(desk.call().callId);
  const ok = await desk.peer.next(200);
  dialog.remoteTag = tagOf(header(ok, 'to'));
  await desk.pass(40_000);
  await desk.peer.next('BYE');
  expect(desk.call().phase).toBe('terminated');
  expect(desk.events.filter((event) => event.type === 'ended')).toHaveLength(1);
});

test('C21 a second call in is told 486 where the setting says so, and is found as missed', async () => {
  const desk = await deskUnderTest();
  desk.phone.usePreferences({ callWaiting: 'busy' });
  const { callId } = await answeredIn(desk);
  desk.peer.invite({ from: '<sip:second@example.test>' });
  await desk.peer.next(486);
  expect(desk.phone.snapshot().calls).toHaveLength(1);
  expect(desk.call()).toMatchObject({ callId, phase: 'confirmed' });
  expect(desk.types()).toBe('invited ringing answered invited ended');
  expect(desk.events.at(-1)).toMatchObject({ cause: 'missed', sipCode: 486, by: 'system' });
});

test('a caller who gives up is a missed call, one answered elsewhere is not', async () => {
  const desk = await deskUnderTest();
  const first = desk.peer.invite();
  await desk.peer.next(180);
  first.request('CANCEL');
  await desk.peer.next(487);
  await desk.pass(0);
  expect(desk.events.at(-1)).toMatchObject({ cause: 'missed', by: 'customer' });
  const second = desk.peer.invite();
  await desk.peer.next(180);
  second.request('CANCEL', {
    headers: [['Reason', 'SIP;cause=200;text="Call completed elsewhere"']],
  });
  await desk.peer.next(487);
  await desk.pass(0);
  expect(desk.events.at(-1)).toMatchObject({ cause: 'answeredElsewhere' });
});

test.each([
  ['an ordinary 180', []],
  ['a reliable 180', [['Require', '100rel']]],
] as const)('a BYE while it rings takes the INVITE back, after %s', async (_, headers) => {
  const desk = await deskUnderTest();
  const dialog = desk.peer.invite({ headers });
  const ringing = await desk.peer.next(180);
  if (headers.length > 0) {
    dialog.acknowledgeProvisional(ringing);
    await desk.peer.next(200);
  } else dialog.remoteTag = tagOf(header(ringing, 'to'));
  dialog.request('BYE');
  expect(header(await desk.peer.next(200), 'cseq')).toContain('BYE');
  expect(header(await desk.peer.next(487), 'cseq')).toContain('INVITE');
  await desk.pass(0);
  expect(desk.types()).toBe('invited ringing ended');
  expect(desk.events.at(-1)).toMatchObject({ cause: 'missed', by: 'customer' });
  expect(desk.port.tones.at(-1)).toBe(null);
});

test('a BYE after the agent took the call and before the 200 went out ends it', async () => {
  const desk = await deskUnderTest();
  const dialog = desk.peer.invite();
  dialog.remoteTag = tagOf(header(await desk.peer.next(180), 'to'));
  const answering = desk.phone.answer(desk.call().callId);
  dialog.request('BYE');
  await answering;
  await desk.pass(1_000);
  expect(desk.call()).toMatchObject({ phase: 'terminated' });
  expect(desk.port.openMicrophones).toBe(0);
});

test('declining tells the caller 603', async () => {
  const desk = await deskUnderTest();
  desk.peer.invite();
  await desk.peer.next(180);
  desk.phone.decline(desk.call().callId);
  await desk.peer.next(603);
  expect(desk.events.at(-1)).toMatchObject({ cause: 'declined', by: 'agent' });
});

test('an offer that cannot be used is refused with 488', async () => {
  const desk = await deskUnderTest();
  desk.peer.invite({ body: 'v=0\r\nm=message 9 TCP/MSRP *\r\n' });
  await desk.peer.next(180);
  await desk.phone.answer(desk.call().callId);
  await desk.peer.next(488);
  await desk.pass(10);
  expect(desk.events.at(-1)).toMatchObject({ type: 'ended', cause: 'notAcceptable' });
});

test('without a microphone nothing is sent and nothing is recorded', async () => {
  const desk = await deskUnderTest();
  desk.port.problem = 'microphoneDenied';
  expect(await desk.phone.place({ target: '0301234' })).toEqual({ problem: 'microphoneDenied' });
  await desk.pass(10);
  expect(desk.peer.sent('INVITE')).toHaveLength(0);
  expect(desk.events).toEqual([]);
  desk.port.problem = null;
  expect(await desk.phone.place({ target: 'two words' })).toEqual({ problem: 'badTarget' });
});

test('beside another call the offer is made while the microphone opens, and dropped with it', async () => {
  const desk = await deskUnderTest();
  await answeredOut(desk);
  expect(desk.media.legs[0]?.ahead).toBe(false);
  desk.port.atHand = true;
  desk.port.problem = 'noMicrophone';
  expect(await desk.phone.place({ target: '0301234' })).toEqual({ problem: 'noMicrophone' });
  expect(desk.media.legs[1]).toMatchObject({ ahead: true, closed: true });
  expect(desk.peer.sent('INVITE')).toHaveLength(1);
  expect(desk.types()).toBe('placed ringing answered');
});

test('M15 an INVITE that requires what the desk cannot do is refused with 420', async () => {
  const desk = await deskUnderTest();
  desk.peer.invite({ headers: [['Require', 'foo']] });
  const refusal = await desk.peer.next(420);
  expect(header(refusal, 'unsupported')).toBe('foo');
  expect(desk.events).toEqual([]);
});
