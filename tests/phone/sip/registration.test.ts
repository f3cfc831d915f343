import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { deskUnderTest } from '../scripted-peer/desk-under-test.ts';
import type { ScriptedPeer } from '../scripted-peer/scripted-peer.ts';
import {
  cseqOf,
  header,
  headerOrNull,
  type SipMessage,
  writeResponse,
} from '../scripted-peer/sip-message.ts';

type Hash = 'md5' | 'sha256';

/** The registrar's own check of a digest, by RFC 7616 and Node's hashes. */
function digestIsRight(request: SipMessage, password: string): boolean {
  const authorization = header(request, 'authorization');
  const field = (name: string): string =>
    new RegExp(`(?:^|[\\s,])${name}=(?:"([^"]*)"|([^",\\s]+))`)
      .exec(authorization)
      ?.slice(1)
      .find(Boolean) ?? '';
  const hash = (text: string): string =>
    createHash((field('algorithm').startsWith('SHA') ? 'sha256' : 'md5') as Hash)
      .update(text)
      .digest('hex');
  const ha1 = hash(`${field('username')}:${field('realm')}:${password}`);
  const qop = field('qop');
  const ha2 = hash(
    qop === 'auth-int'
      ? `${request.method}:${field('uri')}:${hash(request.body)}`
      : `${request.method}:${field('uri')}`,
  );
  const expected = qop
    ? hash(`${ha1}:${field('nonce')}:${field('nc')}:${field('cnonce')}:${qop}:${ha2}`)
    : hash(`${ha1}:${field('nonce')}:${ha2}`);
  return expected === field('response');
}

/** A registrar that wants these challenges answered. */
function registrar(challenges: readonly string[], seconds = 600) {
  return (peer: ScriptedPeer): void => {
    peer.rules.set('REGISTER', (request) => {
      if (headerOrNull(request, 'authorization') === null || !digestIsRight(request, 'secret')) {
        return writeResponse(request, 401, {
          toTag: 'registrar',
          headers: challenges.map((challenge) => ['WWW-Authenticate', challenge] as const),
        });
      }
      return peer.registered(request, seconds);
    });
  };
}

const MD5 = 'Digest realm="example.test", nonce="n1", algorithm=MD5, qop="auth"';
const SHA = 'Digest realm="example.test", nonce="n2", algorithm=SHA-256, qop="auth"';

test('R4 two challenges in one header, separated by a comma, are two', async () => {
  const desk = await deskUnderTest({ before: registrar([`${MD5}, ${SHA}`]) });
  await desk.pass(10);
  expect(desk.phone.snapshot().connection.registration).toBe('registered');
  const [, second] = desk.peer.sent('REGISTER');
  expect(second && header(second, 'authorization')).toContain('algorithm=SHA-256');
});

test('R1 a challenge is answered and the desk is registered', async () => {
  const desk = await deskUnderTest({ before: registrar([MD5]) });
  await desk.pass(10);
  expect(desk.phone.snapshot().connection).toEqual({
    mode: 'account',
    transport: 'up',
    registration: 'registered',
    problem: null,
    sipCode: null,
    retryAt: null,
  });
  expect(desk.peer.sent('REGISTER')).toHaveLength(2);
  expect(header(desk.peer.sent('REGISTER')[1] as SipMessage, 'contact')).toContain(
    '+sip.instance="<urn:uuid:3f1c9c1e-8f0a-4b53-9c0e-2d7b8a6f1e11>"',
  );
});

test('R2 a stale nonce is replaced without asking for the password', async () => {
  let nonce = 0;
  const desk = await deskUnderTest({
    before: (peer) => {
      peer.rules.set('REGISTER', (request) => {
        const authorization = headerOrNull(request, 'authorization');
        if (authorization !== null && authorization.includes(`nonce="n${nonce}"`) && nonce > 1) {
          return peer.registered(request);
        }
        nonce += 1;
        const stale = authorization === null ? '' : ', stale=true';
        return writeResponse(request, 401, {
          toTag: 'registrar',
          headers: [
            ['WWW-Authenticate', `Digest realm="r", nonce="n${nonce}", qop="auth"${stale}`],
          ],
        });
      });
    },
  });
  await desk.pass(10);
  expect(desk.phone.snapshot().connection.registration).toBe('registered');
  expect(nonce).toBe(2);
});

test('R3 a wrong password is tried once and then no more', async () => {
  const desk = await deskUnderTest({
    before: (peer) => {
      peer.rules.set('REGISTER', (request) =>
        writeResponse(request, 401, {
          toTag: 'registrar',
          headers: [
            ['WWW-Authenticate', `Digest realm="r", nonce="n${cseqOf(request)}", qop="auth"`],
          ],
        }),
      );
    },
  });
  await desk.pass(10);
  expect(desk.phone.snapshot().connection).toMatchObject({
    registration: 'rejected',
    problem: 'wrongPassword',
    sipCode: 401,
    retryAt: null,
  });
  expect(desk.peer.sent('REGISTER')).toHaveLength(2);
  await desk.pass(300_000);
  expect(desk.peer.sent('REGISTER')).toHaveLength(2);
  desk.peer.server.close();
  await desk.pass(10_000);
  expect(desk.phone.snapshot().connection).toMatchObject({
    transport: 'up',
    problem: 'wrongPassword',
  });
  expect(desk.peer.sent('REGISTER')).toHaveLength(2);
});

test.each([
  ['SHA-256 first', [SHA, MD5]],
  ['MD5 first', [MD5, SHA]],
])('R4 of two challenges SHA-256 is answered, %s', async (_order, challenges) => {
  const desk = await deskUnderTest({ before: registrar(challenges) });
  await desk.pass(10);
  expect(desk.phone.snapshot().connection.registration).toBe('registered');
  expect(header(desk.peer.sent('REGISTER')[1] as SipMessage, 'authorization')).toContain(
    'algorithm=SHA-256',
  );
});

test.each([
  ['absent', '', null],
  ['auth', ', qop="auth"', 'auth'],
  ['auth-int', ', qop="auth-int"', 'auth-int'],
  ['both', ', qop="auth-int,auth"', 'auth'],
])('R5 qop %s is answered, and each use of a nonce is counted', async (_name, qop, chosen) => {
  const desk = await deskUnderTest({
    before: registrar([`Digest realm="example.test", nonce="n1"${qop}`]),
  });
  await desk.pass(10);
  expect(desk.phone.snapshot().connection.registration).toBe('registered');
  const first = header(desk.peer.sent('REGISTER')[1] as SipMessage, 'authorization');
  if (chosen === null) expect(first).not.toContain('qop=');
  else expect(first).toContain(`qop=${chosen}, nc=00000001`);
  await desk.pass(600_000);
  const later = desk.peer.sent('REGISTER')[2] as SipMessage;
  if (chosen !== null)
    expect(header(later, 'authorization')).toContain(`qop=${chosen}, nc=00000002`);
  expect(desk.phone.snapshot().connection.registration).toBe('registered');
  expect(desk.peer.sent('REGISTER').length).toBeLessThan(5);
});

test('R6 423 is answered with the interval that the server wants', async () => {
  const desk = await deskUnderTest({
    before: (peer) => {
      peer.rules.set('REGISTER', (request) =>
        header(request, 'expires') === '600'
          ? writeResponse(request, 423, { toTag: 'r', headers: [['Min-Expires', '1800']] })
          : peer.registered(request, 1800),
      );
    },
  });
  await desk.pass(10);
  expect(desk.phone.snapshot().connection.registration).toBe('registered');
  expect(header(desk.peer.sent('REGISTER')[1] as SipMessage, 'expires')).toBe('1800');
});

test('R7 503 with Retry-After is obeyed', async () => {
  let refusals = 1;
  const desk = await deskUnderTest({
    before: (peer) => {
      peer.rules.set('REGISTER', (request) => {
        refusals -= 1;
        return refusals >= 0
          ? writeResponse(request, 503, { toTag: 'r', headers: [['Retry-After', '20']] })
          : peer.registered(request);
      });
    },
  });
  await desk.pass(10);
  expect(desk.phone.snapshot().connection).toMatchObject({
    registration: 'backoff',
    problem: 'serverError',
    sipCode: 503,
  });
  await desk.pass(19_900);
  expect(desk.peer.sent('REGISTER')).toHaveLength(1);
  await desk.pass(200);
  expect(desk.phone.snapshot().connection).toMatchObject({
    registration: 'registered',
    problem: null,
  });
});

test.each([
  [403, 'forbidden'],
  [404, 'unknownUser'],
])('a %i says %s and is not repeated', async (status, problem) => {
  const desk = await deskUnderTest({
    before: (peer) =>
      peer.rules.set('REGISTER', (request) => writeResponse(request, status, { toTag: 'r' })),
  });
  await desk.pass(60_000);
  expect(desk.phone.snapshot().connection).toMatchObject({
    registration: 'rejected',
    problem,
    sipCode: status,
  });
  expect(desk.peer.sent('REGISTER')).toHaveLength(1);
});

test('a server that does not answer is a timeout, tried again', async () => {
  const desk = await deskUnderTest({ before: (peer) => peer.rules.set('REGISTER', () => null) });
  await desk.pass(10_100);
  expect(desk.phone.snapshot().connection).toMatchObject({
    registration: 'backoff',
    problem: 'timeout',
  });
  desk.peer.rules.set('REGISTER', (request) => desk.peer.registered(request));
  await desk.pass(5_000);
  expect(desk.phone.snapshot().connection.registration).toBe('registered');
});

test('R8 the binding is refreshed in time, under the same Call-ID with a higher number', async () => {
  const desk = await deskUnderTest({
    before: (peer) => peer.rules.set('REGISTER', (request) => peer.registered(request, 100)),
  });
  await desk.pass(10);
  await desk.pass(99_000);
  const [first, second] = desk.peer.sent('REGISTER');
  if (!first || !second) throw new Error('no refresh');
  expect(header(second, 'call-id')).toBe(header(first, 'call-id'));
  expect(cseqOf(second)).toBeGreaterThan(cseqOf(first));
  expect(desk.peer.sent('REGISTER')).toHaveLength(2);
});

test('R9 quitting takes the binding back', async () => {
  const desk = await deskUnderTest({ before: registrar([MD5]) });
  await desk.pass(10);
  const closed = desk.phone.close();
  await desk.pass(10);
  await closed;
  const last = desk.peer.sent('REGISTER').at(-1) as SipMessage;
  expect(header(last, 'expires')).toBe('0');
  expect(header(last, 'contact')).toContain('expires=0');
  expect(digestIsRight(last, 'secret')).toBe(true);
});

test.each([
  ['without a Contact', []],
  ['with a foreign Contact', [['Contact', '<sip:other@elsewhere.test>;expires=5']]],
] as const)('R10 a 200 %s still registers and is refreshed', async (_name, headers) => {
  const desk = await deskUnderTest({
    before: (peer) =>
      peer.rules.set('REGISTER', (request) => writeResponse(request, 200, { toTag: 'r', headers })),
  });
  await desk.pass(100_000);
  expect(desk.phone.snapshot().connection.registration).toBe('registered');
  expect(desk.peer.sent('REGISTER')).toHaveLength(1);
  await desk.pass(500_000);
  expect(desk.peer.sent('REGISTER')).toHaveLength(2);
});

test('R11 a huge expiry causes no storm', async () => {
  const desk = await deskUnderTest({
    before: (peer) =>
      peer.rules.set('REGISTER', (request) => peer.registered(request, 4_294_967_295)),
  });
  await desk.pass(3_600_000);
  expect(desk.peer.sent('REGISTER')).toHaveLength(1);
});
