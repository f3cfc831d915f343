import { describe, expect, test } from 'vitest';
import { digitIn } from '../../../renderer/phone/sip/dtmf-info.ts';
import { nextRedirect } from '../../../renderer/phone/sip/redirect.ts';
import { answeredIn, answeredOut, deskUnderTest } from '../scripted-peer/desk-under-test.ts';
import { sdp } from '../scripted-peer/scripted-peer.ts';
import { cseqOf, header, headerOrNull } from '../scripted-peer/sip-message.ts';

test('C14 a 302 is followed to where it points, and the answered call is one call', async () => {
  const desk = await deskUnderTest();
  await desk.phone.place({ target: '0301234' });
  const first = await desk.peer.next('INVITE');
  desk.peer
    .dialogOf(first, 'moved')
    .answer(first, 302, undefined, [['Contact', '<sip:mobile@example.test>;q=0.8']]);
  await desk.peer.next('ACK');
  const second = await desk.peer.next('INVITE');
  expect(second.uri).toBe('sip:mobile@example.test');
  expect(header(second, 'to')).toContain('sip:0301234@example.test');
  const dialog = desk.peer.dialogOf(second, 'callee');
  dialog.answer(second, 180);
  dialog.answer(second, 200, sdp());
  await desk.peer.next('ACK');
  await desk.pass(0);
  expect(desk.call()).toMatchObject({ phase: 'confirmed', media: 'connected' });
  expect(desk.types()).toBe('placed ringing answered');
  desk.phone.hangUp(desk.call().callId);
  await desk.peer.next('BYE');
  await desk.pass(2_100);
  expect(desk.media.legs.every((leg) => leg.closed)).toBe(true);
  expect(desk.port.openMicrophones).toBe(0);
});

test('C14 redirects in a circle, and more than five of them, end the call', async () => {
  const desk = await deskUnderTest();
  await desk.phone.place({ target: 'a' });
  for (const next of ['b', 'a']) {
    const invite = await desk.peer.next('INVITE');
    desk.peer
      .dialogOf(invite, next)
      .answer(invite, 302, undefined, [['Contact', `<sip:${next}@example.test>`]]);
    await desk.peer.next('ACK');
  }
  await desk.pass(100);
  expect(desk.peer.has('INVITE')).toBe(false);
  expect(desk.events.at(-1)).toMatchObject({ type: 'ended', sipCode: 302 });
  expect(desk.port.openMicrophones).toBe(0);
  await desk.phone.place({ target: 'a' });
  for (let hop = 0; hop < 6; hop += 1) {
    const invite = await desk.peer.next('INVITE');
    desk.peer
      .dialogOf(invite, `hop${hop}`)
      .answer(invite, 302, undefined, [['Contact', `<sip:hop${hop}@example.test>`]]);
    await desk.peer.next('ACK');
  }
  await desk.pass(100);
  expect(desk.peer.has('INVITE')).toBe(false);
  expect(desk.events.at(-1)).toMatchObject({ type: 'ended', sipCode: 302 });
});

test.each([
  ['nobody', [], false],
  ['premium.test', ['premium.test'], true],
])(
  'C14 a redirect to a foreign domain where the account trusts %s',
  async (_who, trusted, followed) => {
    const desk = await deskUnderTest({ redirectDomains: trusted });
    await desk.phone.place({ target: '0301234' });
    const invite = await desk.peer.next('INVITE');
    desk.peer
      .dialogOf(invite, 'moved')
      .answer(invite, 301, undefined, [['Contact', '<sip:0900555@premium.test>']]);
    await desk.peer.next('ACK');
    await desk.pass(100);
    expect(desk.peer.has('INVITE')).toBe(followed);
  },
);

test('C14 an agent who hangs up meanwhile is not called on', async () => {
  const desk = await deskUnderTest();
  const placed = await desk.phone.place({ target: '0301234' });
  if ('problem' in placed) throw new Error(placed.problem);
  const invite = await desk.peer.next('INVITE');
  const dialog = desk.peer.dialogOf(invite, 'moved');
  dialog.answer(invite, 180);
  await desk.pass(10);
  desk.phone.hangUp(placed.callId);
  await desk.peer.next('CANCEL');
  dialog.answer(invite, 302, undefined, [['Contact', '<sip:mobile@example.test>']]);
  await desk.pass(100);
  expect(desk.peer.has('INVITE')).toBe(false);
  expect(desk.events.at(-1)).toMatchObject({ type: 'ended', cause: 'cancelled' });
});

test('C18 a 200 without ACK is repeated before the call is given up', async () => {
  const desk = await deskUnderTest();
  desk.peer.invite();
  await desk.peer.next(180);
  await desk.phone.answer(desk.call().callId);
  await desk.peer.next(200);
  await desk.pass(10_000);
  expect(desk.peer.has(200)).toBe(true);
  expect(desk.call().phase).toBe('awaitAck');
});

const RELIABLE = (rseq: number) =>
  [
    ['Require', '100rel'],
    ['RSeq', String(rseq)],
  ] as const;

test('C19 a reliable 183 is acknowledged with PRACK, once, and its answer serves the 200', async () => {
  const desk = await deskUnderTest();
  await desk.phone.place({ target: '0301234' });
  const invite = await desk.peer.next('INVITE');
  expect(header(invite, 'supported')).toContain('100rel');
  const dialog = desk.peer.dialogOf(invite, 'callee');
  dialog.answer(invite, 183, sdp(), RELIABLE(7));
  const prack = await desk.peer.next('PRACK');
  expect(header(prack, 'rack')).toBe(`7 ${cseqOf(invite)} INVITE`);
  dialog.answer(prack, 200);
  dialog.answer(invite, 183, sdp(), RELIABLE(7));
  await desk.pass(100);
  expect(desk.peer.has('PRACK')).toBe(false);
  dialog.answer(invite, 180, undefined, RELIABLE(8));
  dialog.answer(await desk.peer.next('PRACK'), 200);
  await desk.pass(0);
  expect(desk.call().phase).toBe('ringing');
  dialog.answer(invite, 200);
  await desk.peer.next('ACK');
  await desk.pass(0);
  expect(desk.call()).toMatchObject({ phase: 'confirmed', media: 'connected' });
  expect(desk.types()).toBe('placed ringing answered');
});

test('C19 a caller who requires it gets a reliable 180 with our answer', async () => {
  const desk = await deskUnderTest();
  const dialog = desk.peer.invite({ headers: [['Require', '100rel']] });
  const ringing = await desk.peer.next(180);
  expect(header(ringing, 'require')).toContain('100rel');
  expect(ringing.body).toContain('m=audio');
  expect(desk.media.legs[0]?.microphoneOpen).toBe(false);
  dialog.acknowledgeProvisional(ringing);
  await desk.peer.next(200);
  await desk.phone.answer(desk.call().callId);
  const ok = await desk.peer.next(200);
  // The 200 repeats the answer, as RFC 6337 section 3.1.1 allows; it is no new offer.
  expect(ok.body).toBe(ringing.body);
  dialog.acknowledge(ok);
  await desk.pass(0);
  expect(desk.call().phase).toBe('confirmed');
  expect(desk.media.legs[0]?.microphoneOpen).toBe(true);
});

test('C20 early sound is left alone unless the account wants it', async () => {
  const desk = await deskUnderTest();
  await desk.phone.place({ target: '0301234' });
  const invite = await desk.peer.next('INVITE');
  desk.peer.dialogOf(invite, 'early').answer(invite, 183, sdp());
  await desk.pass(10);
  expect(desk.media.legs[0]?.early).toEqual([]);
  expect(desk.port.tones.at(-1)).toBe('ringback');
});

test('C20 early sound is heard in place of the ringing tone, and a 200 with another tag is taken', async () => {
  const desk = await deskUnderTest({ account: { earlyMedia: true } });
  await desk.phone.place({ target: '0301234' });
  const invite = await desk.peer.next('INVITE');
  desk.peer.dialogOf(invite, 'early').answer(invite, 183, sdp('sendonly'));
  await desk.pass(10);
  expect(desk.media.legs[0]?.early).toHaveLength(1);
  expect(desk.media.legs[0]?.microphoneOpen).toBe(false);
  expect(desk.port.tones.at(-1) ?? null).toBeNull();
  const callee = desk.peer.dialogOf(invite, 'other');
  callee.answer(invite, 200, sdp());
  await desk.peer.next('ACK');
  await desk.pass(10);
  expect(desk.peer.has('BYE')).toBe(false);
  expect(desk.call().phase).toBe('confirmed');
});

test('M10 another codec from another address in mid-call is answered and the call goes on', async () => {
  const desk = await deskUnderTest();
  const { dialog } = await answeredOut(desk);
  const moved = sdp('sendrecv', { address: '127.0.0.9', port: 41_000 })
    .replace('SAVPF 0', 'SAVPF 8')
    .replace('rtpmap:0 PCMU', 'rtpmap:8 PCMA');
  dialog.request('INVITE', { body: moved });
  const ok = await desk.peer.next(200);
  expect(ok.body).toContain('m=audio');
  dialog.acknowledge(ok);
  await desk.pass(0);
  expect(desk.call()).toMatchObject({ phase: 'confirmed', remoteHold: false, negotiating: false });
  expect(desk.types()).toBe('placed ringing answered');
});

test('M17 by the account keys go as INFO, and those of the other side are shown', async () => {
  const desk = await deskUnderTest({ account: { dtmf: 'info' } });
  const { dialog, callId } = await answeredIn(desk);
  desk.phone.sendDtmf(callId, '#');
  const info = await desk.peer.next('INFO');
  expect(header(info, 'content-type')).toBe('application/dtmf-relay');
  expect(info.body).toBe('Signal=#\r\nDuration=160');
  expect(desk.media.legs[0]?.tones).toBe('');
  for (const [body, contentType] of [
    ['Signal=4\r\nDuration=250', 'application/dtmf-relay'],
    ['signal= 11\r\n', 'application/dtmf-relay'],
    ['d', 'application/dtmf'],
  ] as const) {
    dialog.request('INFO', { body, contentType });
    await desk.peer.next(200);
  }
  expect(desk.call().receivedDigits).toBe('4#D');
  dialog.request('INFO', {
    body: '<media_control/>',
    contentType: 'application/media_control+xml',
  });
  await desk.peer.next(415);
  dialog.request('INFO');
  await desk.peer.next(200);
  expect(desk.call()).toMatchObject({ phase: 'confirmed', receivedDigits: '4#D' });
  expect(JSON.stringify(desk.events)).not.toContain('4#D');
});

test.each([
  [[['Queue', 'Sales%20North']], null, 'Sales North'],
  [[['X-Queue', '"Sales"']], null, 'Sales'],
  [
    [
      [
        'History-Info',
        '<sip:+49301000@example.test>;index=1, <sip:agent@example.test>;index=1.1;mp=1',
      ],
    ],
    '+49301000',
    null,
  ],
  [
    [
      ['History-Info', '<sip:+4930777@example.test?Reason=SIP%3Bcause%3D486>;index=1'],
      ['History-Info', '<sip:agent@example.test>;index=2'],
    ],
    '+4930777',
    null,
  ],
  [[['History-Info', '<sip:agent@example.test>;index=1']], null, null],
  [[['Diversion', '<sip:reception@example.test>;reason=no-answer']], 'reception', null],
] as const)(
  'a call in tells who diverted it and which queue it came through: %j',
  async (headers, divertedFrom, queue) => {
    const desk = await deskUnderTest();
    desk.peer.invite({ headers });
    await desk.peer.next(180);
    expect(desk.events[0]).toMatchObject({ type: 'invited', divertedFrom, queue });
  },
);

describe('redirects', () => {
  const policy = { domains: ['pbx.test'] };

  test('the best of several addresses is taken, and headers in it are not', () => {
    const contacts = [
      '<sip:a@pbx.test>;q=0.3, "B, b" <sip:b@PBX.test:5070?Subject=x>;q=0.9',
      '<tel:+4930>',
    ];
    expect(nextRedirect(contacts, ['sip:x@pbx.test'], policy)).toBe('sip:b@PBX.test:5070');
    expect(nextRedirect(['sip:c@pbx.test;q=1'], ['sip:x@pbx.test'], policy)).toBe('sip:c@pbx.test');
    expect(nextRedirect([], ['sip:x@pbx.test'], policy)).toBeNull();
  });

  test('never from sips to sip', () => {
    const tried = ['sips:x@pbx.test'];
    expect(nextRedirect(['<sip:a@pbx.test>'], tried, policy)).toBeNull();
    expect(nextRedirect(['<sips:a@pbx.test>'], tried, policy)).toBe('sips:a@pbx.test');
  });

  test('never where it has been, however it is written', () => {
    expect(nextRedirect(['<sip:X@PBX.TEST;transport=tcp>'], ['sip:X@pbx.test'], policy)).toBeNull();
    expect(nextRedirect(['<sip:x@evil.test>'], ['sip:a@pbx.test'], policy)).toBeNull();
    expect(nextRedirect(['<sip:x@evil@pbx.test>'], ['sip:a@pbx.test'], policy)).toBeNull();
  });
});

test('digits are read from INFO as they are in use, and nothing else is', () => {
  expect(digitIn('application/dtmf-relay', 'Signal=5\r\nDuration=160')).toBe('5');
  expect(digitIn('application/dtmf-relay; charset=utf-8', 'Signal= *\r\n')).toBe('*');
  expect(digitIn('application/dtmf', '10')).toBe('*');
  expect(digitIn('application/dtmf-relay', 'Signal=99')).toBeNull();
  expect(digitIn('text/plain', '5')).toBeNull();
});

test('no reliable response is asked for where the caller does not require it', async () => {
  const desk = await deskUnderTest();
  desk.peer.invite({ headers: [['Supported', '100rel']] });
  expect(headerOrNull(await desk.peer.next(180), 'require')).toBeNull();
});
