import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { FRAME_LIMIT, guardFrame } from '../../../renderer/phone/sip/frame-guard.ts';
import { answeredIn, type DeskUnderTest, deskUnderTest } from '../scripted-peer/desk-under-test.ts';
import { sdp } from '../scripted-peer/scripted-peer.ts';

/** A live call still does everything: it can be held, resumed and ended. */
async function stillWorks(
  desk: DeskUnderTest,
  { dialog, callId }: Awaited<ReturnType<typeof answeredIn>>,
): Promise<void> {
  expect(desk.uncaught).toEqual([]);
  desk.peer.inbox.length = 0;
  desk.phone.hold(callId);
  dialog.answer(await desk.peer.next('INVITE'), 200, sdp('recvonly'));
  await desk.peer.next('ACK');
  await desk.pass(0);
  expect(desk.phone.snapshot().calls.find((call) => call.callId === callId)).toMatchObject({
    localHold: true,
  });
  desk.phone.hangUp(callId);
  await desk.peer.next('BYE');
  await desk.pass(10);
  expect(desk.events.filter((event) => event.callId === callId).at(-1)).toMatchObject({
    type: 'ended',
  });
}

/** Processor time that taking this frame cost, ms; other processes of the machine do not count. */
async function blockedBy(desk: DeskUnderTest, frame: string | ArrayBuffer): Promise<number> {
  const begin = process.cpuUsage();
  desk.peer.server.socket?.deliver(frame);
  const { user, system } = process.cpuUsage(begin);
  await desk.pass(1);
  return (user + system) / 1000;
}

const TORTURE = fileURLToPath(new URL('../../../../shared/sip-torture/rfc4475', import.meta.url));

test.runIf(existsSync(TORTURE))(
  'X1 the messages of RFC 4475 harm neither the page nor a live call',
  async () => {
    const desk = await deskUnderTest();
    const call = await answeredIn(desk);
    const files = readdirSync(TORTURE).filter((file) => file.endsWith('.dat'));
    expect(files.length).toBeGreaterThan(40);
    for (const file of files) {
      const bytes = readFileSync(`${TORTURE}/${file}`);
      // Some arrive as text, as a server would send them; none may matter in binary frames either.
      const limit = 50;
      expect(await blockedBy(desk, bytes.toString('utf8')), file).toBeLessThan(limit);
      const binary = new Uint8Array(bytes).buffer;
      expect(await blockedBy(desk, binary), file).toBeLessThan(limit);
    }
    expect(
      desk.phone.snapshot().calls.filter((shown) => shown.callId === call.callId),
    ).toHaveLength(1);
    await stillWorks(desk, call);
  },
);

test('X4 a 5 MB header and 20,000 Contacts are dropped at once', async () => {
  const desk = await deskUnderTest();
  const call = await answeredIn(desk);
  const request = (header: string): string =>
    [
      'INVITE sip:agent@example.test SIP/2.0',
      'Via: SIP/2.0/WS x.test;branch=z9hG4bKhuge',
      'From: <sip:a@x.test>;tag=1',
      'To: <sip:agent@example.test>',
      'Call-ID: huge',
      'CSeq: 1 INVITE',
      header,
      'Content-Length: 0',
      '',
      '',
    ].join('\r\n');
  const contacts = (count: number): string =>
    `Contact: ${Array(count).fill('<sip:a@b>').join(',')}`;
  for (const header of [
    `Subject: ${'x'.repeat(5_000_000)}`,
    contacts(20_000),
    contacts(800),
    contacts(100),
  ]) {
    // The best of three: one alone may have met the machine busy with something else.
    const times: number[] = [];
    for (let time = 0; time < 3; time += 1) times.push(await blockedBy(desk, request(header)));
    expect(Math.min(...times)).toBeLessThan(50);
  }
  expect(await blockedBy(desk, `${'a'.repeat(FRAME_LIMIT)}\r\n\r\n`)).toBeLessThan(50);
  await stillWorks(desk, call);
});

test('X4 a request with a header that is too long, or too many of them, is told 513 and not taken', async () => {
  const desk = await deskUnderTest();
  const call = await answeredIn(desk);
  const giant = desk.peer.outside();
  giant.request('INVITE', { headers: [['X-Giant', 'x'.repeat(40_000)]] });
  await desk.peer.next(513);
  giant.request('INVITE', { headers: Array(300).fill(['X-Many', '1']) });
  await desk.peer.next(513);
  giant.request('ACK', { headers: [['X-Giant', 'x'.repeat(40_000)]] });
  giant.request('INVITE', { headers: [['Via', `SIP/2.0/WS x.test;x=${'x'.repeat(40_000)}`]] });
  await desk.pass(0);
  expect(desk.peer.has(513)).toBe(false);
  expect(desk.phone.snapshot().calls).toHaveLength(1);
  await stillWorks(desk, call);
});

test('X5 methods that nobody knows are refused, within the call and outside of it', async () => {
  const desk = await deskUnderTest();
  const call = await answeredIn(desk);
  for (const method of ['PUBLISH', 'FROBNICATE', 'UPDATE', 'register']) {
    call.dialog.request(method);
    await desk.peer.next(405);
    desk.peer.outside().request(method);
    await desk.peer.next(405);
  }
  // Methods that only others are asked for.
  for (const [method, status] of [
    ['REGISTER', 405],
    ['SUBSCRIBE', 405],
    ['REFER', 405],
    ['MESSAGE', 405],
    ['BYE', 481],
    ['PRACK', 481],
  ] as const) {
    desk.peer.outside().request(method, { headers: [['Event', 'dialog']] });
    await desk.peer.next(status);
  }
  expect(desk.peer.has('INVITE')).toBe(false);
  await stillWorks(desk, call);
});

test('X6 duplicates, old numbers, foreign Vias, binary and empty frames change nothing', async () => {
  const desk = await deskUnderTest();
  const call = await answeredIn(desk);
  call.dialog.requestWithCseq('BYE', 3);
  await desk.peer.next(500);
  // The same frame twice is done once (and told 500 for its old number); what belongs to a dialog that is not there is told so.
  const copies = desk.peer.copyOf(() => call.dialog.request('INFO'));
  await desk.peer.next(200);
  for (const copy of copies) await blockedBy(desk, copy);
  expect(desk.peer.has(200)).toBe(false);
  const stranger = desk.peer.outside();
  stranger.remoteTag = 'nobody';
  stranger.request('BYE');
  await desk.peer.next(481);
  for (const frame of [
    '',
    '\r\n',
    '\0\0\0',
    'SIP/2.0 200 OK\r\n\r\n',
    'SIP/2.0 200 OK\r\nVia: SIP/2.0/WS elsewhere.test;branch=z9hG4bKx\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:a@b>;tag=2\r\nCall-ID: z\r\nCSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n',
    'BYE sip:agent@example.test SIP/2.0\r\nCSeq: not a number BYE\r\n\r\n',
    'BYE sip:agent@example.test SIP/2.0\r\nCSeq: 99999999999 BYE\r\n\r\n',
    new Uint8Array([0xff, 0xfe, 0x00, 0x80]).buffer,
  ]) {
    await blockedBy(desk, frame);
  }
  expect(desk.call().phase).toBe('confirmed');
  await stillWorks(desk, call);
});

test('a frame is passed on unchanged unless it is refused or carries several challenges', () => {
  const response = (challenges: string[]): string =>
    ['SIP/2.0 401 No', 'CSeq: 1 REGISTER', ...challenges, 'Content-Length: 4', '', 'body'].join(
      '\r\n',
    );
  const md5 = 'WWW-Authenticate: Digest realm="r", nonce="1"';
  const sha = 'WWW-Authenticate: Digest realm="r", nonce="2", algorithm=SHA-256';
  const odd = 'WWW-Authenticate: Digest realm="r", nonce="3", algorithm=ROT13';
  expect(guardFrame(response([md5]))).toEqual({ frame: response([md5]) });
  expect(guardFrame(response([md5, sha]))).toEqual({ frame: response([sha]) });
  expect(guardFrame(response([odd, md5]))).toEqual({ frame: response([md5]) });
  expect(guardFrame(response([odd, odd]))).toEqual({ frame: response([odd]) });
  expect(guardFrame('SIP/2.0 200 OK\r\nCSeq: x\r\n\r\n')).toEqual({ refused: 'badCSeq' });
  expect(guardFrame('SIP/2.0 200 OK\r\n\r\n')).toEqual({ refused: 'badCSeq' });
  expect(guardFrame('HTTP/1.1 200 OK\r\nCSeq: 1 X\r\n\r\n')).toEqual({ refused: 'notSip' });
  expect(guardFrame('SIP/2.0 200 OK\r\nCSeq: 1 X\r\n')).toEqual({ refused: 'noEnd' });
  expect(guardFrame('SIP/2.0 200 OK\r\nnonsense\r\nCSeq: 1 X\r\n\r\n')).toEqual({
    refused: 'badHeader',
  });
});
