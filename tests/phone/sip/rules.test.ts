import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reconnectDelay } from '../../../renderer/phone/sip/back-off.ts';
import { chooseQop, digestAuthorization } from '../../../renderer/phone/sip/digest.ts';
import { bindingSeconds } from '../../../renderer/phone/sip/registration.ts';
import { callerFrom, numberOf, remotePartyOf } from '../../../renderer/phone/sip/remote-party.ts';
import {
  audioDirectionOf,
  directionToAnswer,
  directionToOffer,
  heldByAnswer,
} from '../../../renderer/phone/sip/sdp-direction.ts';
import { endCauseOfSipCode } from '../../../renderer/phone/end-cause.ts';
import { END_CAUSES } from '../../../preload/contract/vocabulary.ts';

describe('digest', () => {
  const request = { method: 'GET', uri: '/dir/index.html', body: '' };
  const mufasa = { user: 'Mufasa', password: 'Circle of Life' };
  // The example of RFC 7616 section 3.9.1.
  const challenge = {
    realm: 'http-auth@example.org',
    nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
    opaque: 'FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS',
    qop: 'auth',
  } as const;
  const cnonce = 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ';

  test.each([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ] as const)('%s answers as RFC 7616 says', (algorithm, response) => {
    const header = digestAuthorization({ ...challenge, algorithm }, mufasa, request, {
      count: 1,
      cnonce,
    });
    expect(header).toContain(`response="${response}"`);
    expect(header).toContain('nc=00000001');
    expect(header).toContain('username="Mufasa"');
  });

  test('names in quotes cannot leave them', () => {
    const header = digestAuthorization(
      { ...challenge, algorithm: 'MD5' },
      { user: 'a", realm="evil', password: 'x' },
      request,
      { count: 255, cnonce },
    );
    expect(header).toContain('username="a\\", realm=\\"evil"');
    expect(header).toContain('nc=000000ff');
  });

  test('qop is auth where offered, none for old servers, and refused when unknown', () => {
    expect(chooseQop(undefined)).toBe(null);
    expect(chooseQop(['auth-int', 'auth'])).toBe('auth');
    expect(chooseQop(['auth-int'])).toBe('auth-int');
    expect(chooseQop(['auth-conf'])).toBe(undefined);
  });
});

describe('the other side', () => {
  test.each([
    ['030 / 123-456', 'sip:030123456@pbx.test', '030123456'],
    ['+49 (0)30 1234', 'sip:+49301234@pbx.test', '+49301234'],
    ['tel:+49-30-1234', 'sip:+49301234@pbx.test', '+49301234'],
    ['**61#', 'sip:**61%23@pbx.test', '**61#'],
    ['sip:alice@other.test', 'sip:alice@other.test', null],
    ['alice', 'sip:alice@pbx.test', null],
    ['sip:030123@other.test:5070;transport=tcp', 'sip:030123@other.test:5070', '030123'],
  ])('%s is called as %s', (typed, uri, number) => {
    expect(remotePartyOf(typed, null, 'pbx.test')).toEqual({
      uri,
      number,
      display: null,
      anonymous: false,
    });
  });

  test.each([
    '',
    '   ',
    'two words',
    'a@b@c',
    'sip:x@bad host',
    '<sip:x@y>',
    'x\r\nVia: evil',
    '()',
    'é',
  ])('%j cannot be called', (typed) => expect(remotePartyOf(typed, null, 'pbx.test')).toBe(null));

  test('whatever is typed makes an address without line ends or brackets, or none', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (typed) => {
        const remote = remotePartyOf(typed, null, 'pbx.test');
        return remote === null || /^sip:[^\s<>"@]+@[^\s<>"@]+$/.test(remote.uri);
      }),
    );
  });

  const caller = (headers: Record<string, string>) => callerFrom((name) => headers[name] ?? null);

  test('what the server asserts goes before what the caller says', () => {
    const from = '"Fake" <sip:110@evil.test>;tag=1';
    expect(caller({ from })).toMatchObject({ number: '110', display: 'Fake' });
    expect(caller({ from, 'remote-party-id': '<sip:+4930@x.test>;party=calling' })).toMatchObject({
      number: '+4930',
      display: null,
    });
    expect(caller({ from, 'p-asserted-identity': '"A \\"B\\"" <tel:+49-30-55>' })).toMatchObject({
      number: '+493055',
      display: 'A "B"',
    });
  });

  test.each([
    [{ from: '"Anonymous" <sip:anonymous@anonymous.invalid>;tag=1' }],
    [{ from: '<sip:+4930@x.test>;tag=1', privacy: 'id' }],
    [{ from: '<sip:+4930@x.test>', 'remote-party-id': '<sip:+4930@x.test>;privacy=full' }],
    [{ from: 'nonsense' }],
  ])('%j stays anonymous', (headers) => {
    const seen = caller(headers);
    expect(seen.anonymous || seen.number === null).toBe(true);
    expect(JSON.stringify(seen)).not.toContain('4930');
  });

  test('numbers are read from URIs, names are not numbers', () => {
    expect(numberOf('sip:+49%2030@x')).toBe('+4930');
    expect(numberOf('sip:alice@x')).toBe(null);
    expect(numberOf('tel:030;phone-context=+49')).toBe('030');
  });
});

describe('hold in SDP', () => {
  const media = (lines: string): string => `v=0\r\nc=IN IP4 10.0.0.1\r\n${lines}`;

  test.each([
    [media('m=audio 9 X 0\r\na=sendonly\r\n'), 'sendonly'],
    [media('a=inactive\r\nm=audio 9 X 0\r\n'), 'inactive'],
    [media('a=inactive\r\nm=audio 9 X 0\r\na=recvonly\r\n'), 'recvonly'],
    [media('m=video 9 X 0\r\na=inactive\r\nm=audio 9 X 0\r\na=sendrecv\r\n'), 'sendrecv'],
    [media('m=audio 4000 X 0\r\nc=IN IP4 0.0.0.0\r\n'), 'sendonly'],
    [media('m=audio 9 X 0\r\nc=IN IP4 0.0.0.0\r\na=sendrecv\r\n'), 'sendrecv'],
    [media('m=audio 4000 X 0\r\n'), 'sendrecv'],
  ])('%j is %s', (sdp, direction) => expect(audioDirectionOf(sdp)).toBe(direction));

  test('an answer never sends to who does not receive, nor receives while we hold', () => {
    for (const offered of ['sendrecv', 'sendonly', 'recvonly', 'inactive'] as const) {
      for (const held of [false, true]) {
        const answer = directionToAnswer(offered, held);
        if (offered === 'sendonly' || offered === 'inactive')
          expect(answer).toMatch(/recvonly|inactive/);
        if (held) expect(answer).toMatch(/sendonly|inactive/);
      }
    }
  });

  test('the table of both holds', () => {
    expect(directionToOffer({ local: false, remote: false })).toBe('sendrecv');
    expect(directionToOffer({ local: true, remote: false })).toBe('sendonly');
    expect(directionToOffer({ local: true, remote: true })).toBe('inactive');
    expect(directionToOffer({ local: false, remote: true })).toBe('sendrecv');
    expect(heldByAnswer('sendonly', 'recvonly', true)).toBe(false);
    expect(heldByAnswer('inactive', 'inactive', true)).toBe(true);
    expect(heldByAnswer('inactive', 'inactive', false)).toBe(false);
    expect(heldByAnswer('sendrecv', 'sendonly', false)).toBe(true);
  });
});

test('reconnecting waits 0, 0.5, 1, 2, 4 … 30 s and up to a quarter more', () => {
  expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 99].map((n) => reconnectDelay(n, 0))).toEqual([
    0, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000,
  ]);
  fc.assert(
    fc.property(
      fc.integer(),
      fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
      (attempts, random) => {
        const ms = reconnectDelay(attempts, random);
        return ms >= 0 && ms <= 37_500;
      },
    ),
  );
});

test('a binding lasts between ten seconds and a day, whatever the server says', () => {
  expect(bindingSeconds(300, 600)).toBe(300);
  expect(bindingSeconds(null, 600)).toBe(600);
  expect(bindingSeconds(Number.NaN, 600)).toBe(600);
  expect(bindingSeconds(1, 600)).toBe(10);
  expect(bindingSeconds(2 ** 32, 600)).toBe(86_400);
});

test('every final response has a cause', () => {
  for (let code = 300; code < 700; code += 1) {
    expect(END_CAUSES).toContain(endCauseOfSipCode(code, false));
    expect(END_CAUSES).toContain(endCauseOfSipCode(code, true));
  }
  expect(endCauseOfSipCode(480, true)).toBe('noAnswer');
  expect(endCauseOfSipCode(480, false)).toBe('unavailable');
});
