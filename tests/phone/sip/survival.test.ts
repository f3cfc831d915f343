import { expect, onTestFinished, test, vi } from 'vitest';
import { systemClock } from '../../../renderer/phone/clock.ts';
import {
  afterFailure,
  backToFirst,
  chosenServer,
  serverChoice,
} from '../../../renderer/phone/sip/server-choice.ts';
import { createSipLine } from '../../../renderer/phone/sip/sip-line.ts';
import { withoutSecrets } from '../../../renderer/phone/sip/sip-log.ts';
import { ACCOUNT, answeredOut, deskUnderTest } from '../scripted-peer/desk-under-test.ts';
import { FakeWebSocket } from '../scripted-peer/fake-web-socket.ts';
import { sdp } from '../scripted-peer/scripted-peer.ts';
import { header, readSip, uriOf, writeResponse } from '../scripted-peer/sip-message.ts';

test('N5 after sleep the binding is renewed at once, and a call that goes on is left alone', async () => {
  const desk = await deskUnderTest();
  await answeredOut(desk);
  await desk.pass(3_000);
  const before = desk.peer.sent('REGISTER').length;
  // Timers stand still while the machine sleeps; the time does not.
  vi.setSystemTime(Date.now() + 3_600_000);
  await desk.pass(2_100);
  expect(desk.peer.sent('REGISTER').length).toBe(before + 1);
  expect(desk.peer.server.attempts).toBe(1);
  expect(desk.phone.snapshot().connection).toMatchObject({
    transport: 'up',
    registration: 'registered',
  });
  expect(desk.call().phase).toBe('confirmed');
});

test('N5 a socket that died in its sleep is replaced within 6 s of waking, and the call restarted', async () => {
  const desk = await deskUnderTest();
  const { dialog } = await answeredOut(desk);
  await desk.pass(3_000);
  desk.peer.server.deaf = true;
  desk.peer.server.onOpen = () => {
    desk.peer.server.deaf = false;
  };
  vi.setSystemTime(Date.now() + 3_600_000);
  await desk.pass(6_200);
  expect(desk.peer.server.attempts).toBe(2);
  await desk.pass(150);
  const restart = await desk.peer.next('INVITE');
  expect(desk.media.legs[0]?.iceRestarts).toBe(1);
  dialog.answer(restart, 200, sdp());
  await desk.pass(10);
  expect(desk.call().phase).toBe('confirmed');
});

test('N5 a page that is only busy is not taken for asleep', async () => {
  const desk = await deskUnderTest();
  await desk.pass(3_000);
  const before = desk.peer.sent('REGISTER').length;
  vi.setSystemTime(Date.now() + 5_000);
  await desk.pass(2_100);
  expect(desk.peer.sent('REGISTER').length).toBe(before);
});

test('N6 after a change of network a dead socket is found within 4 s, then: REGISTER, ICE restart', async () => {
  const desk = await deskUnderTest();
  const { dialog } = await answeredOut(desk);
  desk.peer.server.deaf = true;
  desk.peer.server.onOpen = () => {
    desk.peer.server.deaf = false;
  };
  desk.phone.networkChanged();
  await desk.pass(1_600);
  expect(desk.phone.snapshot().connection.transport).toBe('suspect');
  await desk.pass(2_550);
  expect(desk.phone.snapshot().connection).toMatchObject({ registration: 'registered' });
  const restart = await desk.peer.next('INVITE');
  const order = desk.peer.received.map(({ method }) => method).filter((method) => method !== 'ACK');
  expect(order.slice(-2)).toEqual(['REGISTER', 'INVITE']);
  dialog.answer(restart, 200, sdp());
  await desk.pass(10);
  expect(desk.call()).toMatchObject({ phase: 'confirmed', media: 'connected' });
});

test('N6 a change that the socket survives costs one question', async () => {
  const desk = await deskUnderTest();
  await answeredOut(desk);
  desk.phone.networkChanged();
  await desk.pass(4_100);
  expect(desk.peer.server.attempts).toBe(1);
  expect(desk.peer.has('INVITE')).toBe(false);
});

/** Many sockets into one server, which only registers; each attempt is noted with its time. */
function crowdedServer(): {
  attempts: number[];
  registered: number[];
  open: boolean;
  drop(): void;
} {
  const sockets = new Set<FakeWebSocket>();
  const crowd = {
    attempts: [] as number[],
    registered: [] as number[],
    open: true,
    drop: () => {
      for (const socket of [...sockets]) socket.serverCloses(1006);
      sockets.clear();
    },
  };
  class CrowdSocket extends EventTarget {
    binaryType = 'blob';
    readyState = 0;
    constructor() {
      super();
      crowd.attempts.push(Date.now());
      queueMicrotask(() => {
        if (!crowd.open) return this.serverCloses(1006);
        this.readyState = 1;
        sockets.add(this as unknown as FakeWebSocket);
        this.dispatchEvent(new Event('open'));
      });
    }
    send(frame: string): void {
      if (!/^(REGISTER|OPTIONS|SUBSCRIBE) /.test(frame)) return;
      const request = readSip(frame);
      const status = request.method === 'SUBSCRIBE' ? 489 : 200;
      if (request.method === 'REGISTER') crowd.registered.push(Date.now());
      const contact = request.method === 'REGISTER' ? uriOf(header(request, 'contact')) : null;
      const answer = writeResponse(request, status, {
        toTag: 'server',
        headers: contact === null ? [] : [['Contact', `<${contact}>;expires=600`]],
      });
      queueMicrotask(() => this.dispatchEvent(new MessageEvent('message', { data: answer })));
    }
    close(): void {
      this.readyState = 3;
      sockets.delete(this as unknown as FakeWebSocket);
    }
    serverCloses(code: number): void {
      this.readyState = 3;
      this.dispatchEvent(Object.assign(new Event('close'), { code }));
    }
  }
  vi.stubGlobal('WebSocket', CrowdSocket);
  return crowd;
}

test('N7 a hundred desks come back spread out, and all are registered', {
  timeout: 60_000,
}, async () => {
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
  const crowd = crowdedServer();
  let seed = 7;
  const random = (): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return seed / 2 ** 31;
  };
  const lines = Array.from({ length: 100 }, (_, index) =>
    createSipLine({
      account: { ...ACCOUNT, user: `agent${index}` },
      password: 'secret',
      instanceId: `3f1c9c1e-8f0a-4b53-9c0e-${String(index).padStart(12, '0')}`,
      clock: { ...systemClock, random },
      listener: {
        connection: () => undefined,
        incoming: (call) => call.refuse(480),
        linkDown: () => undefined,
        linkUp: () => undefined,
        messages: () => undefined,
        lineStates: () => undefined,
      },
    }),
  );
  for (const line of lines) line.start();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(crowd.registered).toHaveLength(100);
  /** The most attempts within this many ms. */
  const peak = (times: readonly number[], width: number): number =>
    Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + width).length));
  crowd.attempts.length = 0;
  crowd.registered.length = 0;
  crowd.drop();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(crowd.registered).toHaveLength(100);
  expect(peak(crowd.attempts, 10)).toBeLessThan(30);
  // A server that stays away for a while: the longer, the further apart.
  crowd.open = false;
  crowd.drop();
  await vi.advanceTimersByTimeAsync(20_000);
  crowd.open = true;
  crowd.attempts.length = 0;
  crowd.registered.length = 0;
  await vi.advanceTimersByTimeAsync(40_000);
  expect(crowd.registered.length).toBeGreaterThanOrEqual(100);
  expect(peak(crowd.attempts, 100)).toBeLessThan(20);
  await Promise.all([...lines.map((line) => line.close()), vi.advanceTimersByTimeAsync(5_000)]);
});

const SECOND = 'ws://127.0.0.1:5067';

test('after two failed attempts the next server is tried, and found', async () => {
  const desk = await deskUnderTest({
    account: { furtherServers: [SECOND] },
    before: ({ server }) => {
      server.refusing = (url) => url === ACCOUNT.server;
    },
  });
  await desk.pass(2_000);
  expect(desk.peer.server.urls).toEqual([ACCOUNT.server, ACCOUNT.server, SECOND]);
  expect(desk.phone.snapshot().connection).toMatchObject({
    transport: 'up',
    registration: 'registered',
    problem: null,
  });
});

test('the desk returns to its first server after five minutes, but not in mid-call', async () => {
  const desk = await deskUnderTest({
    account: { furtherServers: [SECOND] },
    before: ({ server }) => {
      server.refusing = (url) => url === ACCOUNT.server;
    },
  });
  await desk.pass(2_000);
  const { callId } = await answeredOut(desk);
  desk.peer.server.refusing = () => false;
  await desk.pass(310_000);
  expect(desk.peer.server.socket?.url).toBe(SECOND);
  desk.phone.hangUp(callId);
  await desk.pass(35_000);
  expect(desk.peer.server.socket?.url).toBe(ACCOUNT.server);
  expect(desk.phone.snapshot().connection).toMatchObject({ registration: 'registered' });
});

test('a substitute that is lost sends the desk to its first server', async () => {
  const desk = await deskUnderTest({
    account: { furtherServers: [SECOND] },
    before: ({ server }) => {
      server.refusing = (url) => url === ACCOUNT.server;
    },
  });
  await desk.pass(2_000);
  desk.peer.server.refusing = () => false;
  desk.peer.server.close();
  await desk.pass(200);
  expect(desk.peer.server.socket?.url).toBe(ACCOUNT.server);
});

test('a server that takes connections but does not register is passed over', async () => {
  const desk = await deskUnderTest({
    account: { furtherServers: [SECOND] },
    before: (peer) => {
      peer.rules.set('REGISTER', (request) =>
        peer.server.socket?.url === SECOND
          ? peer.registered(request)
          : writeResponse(request, 503, { toTag: 'busy' }),
      );
    },
  });
  await desk.pass(10_000);
  expect(desk.peer.server.socket?.url).toBe(SECOND);
  expect(desk.phone.snapshot().connection).toMatchObject({ registration: 'registered' });
});

test('servers take turns by rule', () => {
  let choice = serverChoice(['a', 'b', 'b', 'c']);
  const order: string[] = [];
  for (let attempt = 0; attempt < 8; attempt += 1) {
    order.push(chosenServer(choice));
    choice = afterFailure(choice);
  }
  expect(order.join('')).toBe('aabbccaa');
  expect(chosenServer(backToFirst(choice))).toBe('a');
  expect(chosenServer(afterFailure(afterFailure(serverChoice(['only']))))).toBe('only');
});

test('the log shows what passed, without secrets', async () => {
  const desk = await deskUnderTest({
    before: (peer) => {
      peer.rules.set('REGISTER', (request) =>
        request.headers.some(([name]) => name === 'authorization')
          ? peer.registered(request)
          : writeResponse(request, 401, {
              headers: [['WWW-Authenticate', 'Digest realm="r", nonce="n", qop="auth"']],
            }),
      );
    },
    account: { dtmf: 'info' },
  });
  const { callId } = await answeredOut(desk);
  desk.phone.sendDtmf(callId, '7');
  await desk.peer.next('INFO');
  await desk.pass(60_000);
  const log = desk.line().log();
  expect(log.map(({ direction, summary }) => `${direction} ${summary}`)).toEqual(
    expect.arrayContaining([
      'sent REGISTER sip:example.test SIP/2.0',
      'received SIP/2.0 401 Scripted',
      'sent INVITE sip:0301234@example.test SIP/2.0',
    ]),
  );
  const text = log.map((entry) => entry.text).join('\n');
  expect(text).toContain('Authorization: …');
  expect(text).not.toMatch(/response="|Signal=7|rtpmap|OPTIONS sip/);
  expect(text).toContain('m=audio');
  for (let message = 0; message < 600; message += 1) {
    desk.peer.outside().request('MESSAGE');
    await desk.pass(0);
  }
  expect(desk.line().log()).toHaveLength(500);
});

test('secrets are found however they are written', () => {
  const message = [
    'INVITE sip:bob:hunter2@x SIP/2.0',
    'PROXY-AUTHORIZATION : Digest username="a",',
    ' response="folded"',
    'Content-Type: application/sdp',
    '',
    'v=0\r\nc=IN IP4 10.0.0.1\r\nm=audio 1 RTP/SAVP 0\r\na=crypto:1 AES key\r\na=ice-pwd:secret\r\na=sendonly\r\n',
  ].join('\r\n');
  const shown = withoutSecrets(message);
  expect(shown).not.toMatch(/hunter2|folded|crypto|ice-pwd/);
  expect(shown).toContain('c=IN IP4 10.0.0.1\r\nm=audio 1 RTP/SAVP 0\r\na=sendonly');
});
