import { expect, test, vi } from 'vitest';
import { testAccount } from '../../../renderer/phone/sip/account-test.ts';
import { ACCOUNT } from '../scripted-peer/desk-under-test.ts';
import { FakeWebSocket } from '../scripted-peer/fake-web-socket.ts';
import { ScriptedPeer } from '../scripted-peer/scripted-peer.ts';
import { header, writeResponse } from '../scripted-peer/sip-message.ts';

async function tried(prepare: (peer: ScriptedPeer) => void, account = ACCOUNT) {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', FakeWebSocket);
  try {
    const peer = new ScriptedPeer();
    prepare(peer);
    const result = testAccount({ account, password: 'secret' });
    await vi.advanceTimersByTimeAsync(20_000);
    return { result: await result, peer };
  } finally {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  }
}

test('an account that works says how long it took, and leaves no binding behind', async () => {
  const { result, peer } = await tried(() => undefined);
  expect(result).toMatchObject({ ok: true });
  const [first, last] = peer.sent('REGISTER');
  if (!first || !last) throw new Error('not registered and unregistered');
  expect(header(last, 'expires')).toBe('0');
  expect(peer.server.socket?.readyState).toBe(3);
  const again = await tried(() => undefined);
  const other = again.peer.sent('REGISTER')[0];
  if (!other) throw new Error('not registered');
  expect(header(other, 'contact')).not.toBe(header(first, 'contact'));
});

test.each([
  [401, 'wrongPassword'],
  [403, 'forbidden'],
  [404, 'unknownUser'],
  [500, 'serverError'],
] as const)('a %i says %s', async (status, problem) => {
  const { result, peer } = await tried((peer) =>
    peer.rules.set('REGISTER', (request) =>
      writeResponse(request, status, {
        toTag: 'r',
        headers:
          status === 401 ? [['WWW-Authenticate', 'Digest realm="r", nonce="n", qop="auth"']] : [],
      }),
    ),
  );
  expect(result).toEqual({ ok: false, problem, sipCode: status });
  expect(peer.server.attempts).toBe(1);
});

test('a server that nobody reaches, and one that refuses TLS, are told apart as far as a browser can', async () => {
  const refuse = (peer: ScriptedPeer): void => {
    peer.server.mood = 'refuse';
  };
  expect((await tried(refuse)).result).toEqual({
    ok: false,
    problem: 'serverUnreachable',
    sipCode: null,
  });
  const secure = await tried(refuse, { ...ACCOUNT, server: 'wss://pbx.test' });
  expect(secure.result).toEqual({ ok: false, problem: 'tlsOrRefused', sipCode: null });
});

test('a server that never answers is a timeout', async () => {
  const silent = await tried((peer) => {
    peer.server.mood = 'silent';
  });
  expect(silent.result).toEqual({ ok: false, problem: 'timeout', sipCode: null });
  const mute = await tried((peer) => peer.rules.set('REGISTER', () => null));
  expect(mute.result).toEqual({ ok: false, problem: 'timeout', sipCode: null });
});

test('a server that the page may not reach is told from one that cannot be reached', async () => {
  const page = new EventTarget();
  vi.stubGlobal('document', page);
  const violation = (blockedURI: string): Event =>
    Object.assign(new Event('securitypolicyviolation'), {
      effectiveDirective: 'connect-src',
      blockedURI,
    });
  const blocked = await tried((peer) => {
    peer.server.mood = 'silent';
    setTimeout(() => page.dispatchEvent(violation('wss://elsewhere.test/')), 10);
    setTimeout(() => page.dispatchEvent(violation(`${ACCOUNT.server}/`)), 20);
  });
  expect(blocked.result).toEqual({ ok: false, problem: 'blockedByPolicy', sipCode: null });
});
