// The port is open to every program and every web page of the machine.
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { createApiServer } from '../../../main/core/api/api-server.ts';
import { bodyParts } from '../../../main/core/api/request-body.ts';
import { route } from '../../../main/core/api/route.ts';
import { API_SCOPES } from '../../../preload/contract/api.ts';
import { anApiDesk, START_TOKEN } from './api-desk.ts';

const anyone = '019ab2f0-0000-7000-8000-000000000000';

/** Sends bytes as they are; answers what came until the other side closes. */
function rawly(url: string, ...parts: (string | number)[]): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let text = '';
    socket.on('data', (data) => (text += data.toString('latin1')));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(text));
    void (async () => {
      for (const part of parts) {
        if (typeof part === 'number') await wait(part);
        else if (!socket.destroyed) socket.write(part);
      }
    })();
  });
}

test('without a good token nothing is told, and each scope opens its own addresses only', async () => {
  const desk = await anApiDesk();
  const link = await desk.open();
  const revoked = await link.client.connections.createToken({ name: 'R', scopes: ['rights'] });
  await link.client.connections.revokeToken({ tokenId: revoked.token.tokenId ?? '' });
  const expired = await link.client.connections.createToken({
    name: 'E',
    scopes: ['customers:read'],
    expiresAt: desk.clock.now() - 1,
  });
  const bad: (string | null)[] = [
    null,
    '',
    'x',
    'ank_',
    `${START_TOKEN}x`,
    START_TOKEN.slice(0, -1),
  ];
  for (const token of [...bad, revoked.secret, expired.secret, "' OR 1=1 --", 'a b']) {
    const answer = await desk.ask('/v1/customers', { token });
    expect(answer.status, String(token)).toBe(401);
    expect(answer.headers['www-authenticate']).toContain('Bearer');
    expect(answer.headers['content-type']).toBe('application/problem+json');
  }
  const otherSchemes = [`Basic ${START_TOKEN}`, START_TOKEN, `Bearer  ${START_TOKEN}`];
  for (const authorization of otherSchemes) {
    const answer = await desk.ask('/v1/customers', { token: null, headers: { authorization } });
    expect(answer.status, authorization).toBe(401);
  }
  const addresses: [string, string, string][] = [
    ['GET', '/v1/customers', 'customers:read'],
    ['POST', '/v1/customers', 'customers:write'],
    ['GET', `/v1/customers/${anyone}`, 'customers:read'],
    ['PATCH', `/v1/customers/${anyone}`, 'customers:write'],
    ['DELETE', `/v1/customers/${anyone}`, 'rights'],
    ['GET', `/v1/customers/${anyone}/timeline`, 'customers:read'],
    ['POST', `/v1/customers/${anyone}/entries`, 'customers:write'],
    ['GET', `/v1/customers/${anyone}/access-report`, 'rights'],
    ['GET', '/v1/lookup?number=1', 'customers:read'],
    ['POST', '/v1/imports', 'imports'],
    ['GET', `/v1/imports/${anyone}`, 'imports'],
    ['POST', '/v1/calls', 'calls:dial'],
    ['GET', '/v1/calls/current', 'calls:read'],
  ];
  for (const scope of API_SCOPES) {
    const token = await desk.tokenWith(link, scope);
    for (const [method, path, needed] of addresses) {
      const { status } = await desk.ask(path, { method, token });
      if (scope === needed) expect(status, `${scope} ${method} ${path}`).not.toBe(403);
      else expect(status, `${scope} ${method} ${path}`).toBe(403);
    }
  }
});

test('a foreign host, a page of the web and a wrong address are turned away', async () => {
  const desk = await anApiDesk();
  const { port } = new URL(desk.url);
  const other = Number(port) === 1024 ? '1025' : '1024';
  for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1', `127.0.0.1:${other}`]) {
    expect((await desk.ask('/v1/customers', { headers: { host } })).status, host).toBe(421);
  }
  expect((await desk.ask('/v1/health', { headers: { host: `localhost:${port}` } })).status).toBe(
    200,
  );
  for (const origin of ['https://evil.example', 'null', `http://127.0.0.1:${other}`, 'file://']) {
    const answer = await desk.ask('/v1/customers', { headers: { origin } });
    expect(answer.status, origin).toBe(403);
    const preflight = await desk.ask('/v1/customers', { method: 'OPTIONS', headers: { origin } });
    expect(preflight.status).toBe(403);
    for (const { headers } of [answer, preflight]) {
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  }
  const site = await desk.ask('/v1/health', { headers: { 'sec-fetch-site': 'cross-site' } });
  expect(site.status).toBe(403);
  for (const path of ['/', '/v1', '/v2/health', '/v1/health/', '/v1/../v1/health', '//v1/health']) {
    expect((await desk.ask(path)).status, path).toBe(404);
  }
  for (const id of [
    '..%2f..%2fetc%2fpasswd',
    '%00',
    '../../etc/passwd',
    "1' OR '1'='1",
    '%E0%A4%A',
  ]) {
    const answer = await desk.ask(`/v1/customers/${id.replaceAll(' ', '%20')}`);
    expect(answer.status, id).toBe(404);
  }
  const put = await desk.ask('/v1/customers', { method: 'PUT' });
  expect(put.status).toBe(405);
  expect(put.headers['allow']).toBe('GET, POST');
  expect(
    await rawly(
      desk.url,
      `GET http://evil.example/v1/health HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`,
    ),
  ).toMatch(/^HTTP\/1.1 400 /);
});

test('bodies: too large, of the wrong kind, malformed', async () => {
  const desk = await anApiDesk();
  const path = '/v1/customers';
  const large = JSON.stringify({ name: 'A', company: 'x'.repeat(1_100_000) });
  expect((await desk.ask(path, { raw: large })).status).toBe(413);
  const chunked = await desk.ask(path, { raw: large, headers: { 'transfer-encoding': 'chunked' } });
  expect(chunked.status).toBe(413);
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    '',
  ]) {
    const answer = await desk.ask(path, { raw: '{"name":"A"}', headers: { 'content-type': type } });
    expect(answer.status, type).toBe(415);
  }
  for (const headers of [
    { 'content-encoding': 'gzip' },
    { 'content-type': 'application/json; charset=utf-16' },
  ]) {
    expect((await desk.ask(path, { raw: '{"name":"A"}', headers })).status).toBe(415);
  }
  const utf8 = { 'content-type': 'application/json; charset="UTF-8"' };
  expect((await desk.ask(path, { raw: '{"name":"A"}', headers: utf8 })).status).toBe(201);
  for (const raw of ['', '{', '{"name":}', 'nope', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])]) {
    const answer = await desk.ask(path, { raw });
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({ type: 'urn:anklang:problem:invalid-json' });
  }
  const polluted = await desk.ask(path, { raw: '{"name":"A","__proto__":{"admin":true}}' });
  expect(polluted.status).toBe(400);
  expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  const deep = `{"name":"A","custom":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
  expect((await desk.ask(path, { raw: deep })).status).toBe(400);
  const twice = await desk.ask('/v1/customers?limit=1&limit=2');
  expect(twice.status).toBe(400);
  for (const limit of ['0', '101', 'x', '1.5']) {
    expect((await desk.ask(`/v1/customers?limit=${limit}`)).status, limit).toBe(400);
  }
});

test('who asks too often waits, and others do not', async () => {
  const desk = await anApiDesk();
  const link = await desk.open();
  const token = await desk.tokenWith(link, 'customers:read');
  const many = await Promise.all(
    Array.from({ length: 220 }, () => desk.ask('/v1/lookup?number=1', { token })),
  );
  const refused = many.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(20);
  expect(Number(refused[0]?.headers['retry-after'])).toBeGreaterThan(0);
  expect((await desk.ask('/v1/customers')).status).toBe(200);
  desk.clock.advance(1_000);
  expect((await desk.ask('/v1/lookup?number=1', { token })).status).toBe(200);

  const guesses = await Promise.all(
    Array.from({ length: 40 }, (_, n) => desk.ask('/v1/customers', { token: `ank_guess-${n}` })),
  );
  expect(guesses.filter(({ status }) => status === 429)).toHaveLength(10);
  expect((await desk.ask('/v1/customers')).status).toBe(200);
});

test('floods of headers, broken requests and slow senders are cut off', async () => {
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined } as never;
  const desk = await anApiDesk();
  const { port } = new URL(desk.url);
  const head = `GET /v1/health HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n`;
  const flood = Array.from({ length: 2_000 }, (_, n) => `X-${n}: ${'y'.repeat(20)}\r\n`).join('');
  expect(await rawly(desk.url, head, flood, '\r\n')).toMatch(/^HTTP\/1.1 431 /);
  expect(await rawly(desk.url, `GET /${'a'.repeat(20_000)} HTTP/1.1\r\n\r\n`)).toMatch(
    /^HTTP\/1.1 431 /,
  );
  expect(await rawly(desk.url, 'what is this\r\n\r\n')).toMatch(/^HTTP\/1.1 400 /);
  // Two lengths: a way to smuggle a second request.
  const smuggled = await rawly(
    desk.url,
    `POST /v1/customers HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  );
  expect(smuggled).toMatch(/^HTTP\/1.1 400 /);
  expect(
    await rawly(
      desk.url,
      `GET /v1/health HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nHost: evil\r\n\r\n`,
    ),
  ).toMatch(/^HTTP\/1.1 (400|421) /);

  const quick = createApiServer({
    ...{ now: Date.now, log, bodyWithinMs: 200, headersWithinMs: 300 },
    routes: () => [
      route({
        ...{ method: 'POST', path: '/v1/slow', scope: null, tag: 'Desk', operationId: 'slow' },
        ...{ summary: 'Slow', params: z.object({}), query: z.object({}), body: z.object({}) },
        answer: { status: 204, description: 'Done', schema: null },
        handle: () => ({ status: 204 }),
      }),
    ],
    bearerOf: () => null,
  });
  const quickPort = await quick.listen(0);
  const began = performance.now();
  const slow = await rawly(`http://127.0.0.1:${quickPort}`, 'GET /v1/health HTTP/1.1\r\nHo');
  expect(slow).toMatch(/^HTTP\/1.1 408 /);
  expect(performance.now() - began).toBeLessThan(5_000);
  const trickling = `POST /v1/slow HTTP/1.1\r\nHost: 127.0.0.1:${quickPort}\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{`;
  expect(await rawly(`http://127.0.0.1:${quickPort}`, trickling, 100, ' ')).toMatch(
    /^HTTP\/1.1 408 /,
  );
  await quick.close();
});

test('an error tells nothing of the inside, and the token is nowhere in the data folder', async () => {
  const desk = await anApiDesk();
  const link = await desk.open();
  const secret = await desk.tokenWith(link, 'customers:read');
  await desk.ask('/v1/customers?query=%00%27%22%3B', { token: secret });
  const broken = await desk.ask('/v1/customers?cursor=not-a-cursor');
  expect(broken.status).toBe(400);
  for (const word of ['sqlite', 'SELECT', '.ts', 'node_modules', desk.folder]) {
    expect(broken.text.toLowerCase()).not.toContain(word.toLowerCase());
  }
  const state = await link.client.connections.state();
  expect(JSON.stringify(state)).not.toContain(secret);
  expect(JSON.stringify(state)).not.toContain(START_TOKEN);
  expect(state.tokens.find(({ name }) => name === 'Test')?.lastUsedAt).toBe(desk.clock.now());
});

test('switched off it does not listen; a policy wins over every setting', async () => {
  const desk = await anApiDesk({ api: { on: false, port: null, tokenHash: null } });
  expect(desk.url).toBe('');
  const link = await desk.open();
  const on = await link.client.connections.setApi({ enabled: true });
  expect(on.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const health = await fetch(`${on.address ?? ''}/v1/health`);
  expect(await health.json()).toEqual({ status: 'ok', version: '0.0.0-test', api: 'v1' });
  const off = await link.client.connections.setApi({ enabled: false });
  expect(off.address).toBeNull();
  await expect(fetch(`${on.address ?? ''}/v1/health`)).rejects.toThrow();
  const again = await link.client.connections.setApi({ enabled: true });
  expect(again.address).toBe(on.address);

  const managed = await anApiDesk({
    policy: { api: { enabled: false, port: 'x', colour: 1 }, webhooks: [], rights: {} },
  });
  expect(managed.url).toBe('');
  const window = await managed.open();
  const state = await window.client.connections.state();
  expect(state.policy).toEqual({
    present: true,
    managed: ['api.enabled'],
    ignored: ['api.port', 'api.colour', 'webhooks', 'rights'],
    privateTargets: false,
  });
});

test('every address of the document is guarded alike, the new ones too', async () => {
  const desk = await anApiDesk();
  const { port } = new URL(desk.url);
  const link = await desk.open();
  const { json } = await desk.ask('/v1/openapi.json', { token: null });
  type Operation = { security: unknown[]; description?: string };
  const { paths } = json as { paths: Record<string, Record<string, Operation>> };
  const guarded = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { security }]) => security.length > 0)
      .map(([method, { description = '' }]) => ({
        method: method.toUpperCase(),
        path: path.replace('{id}', anyone),
        scope: /scope `([^`]+)`/.exec(description)?.[1] ?? '',
      })),
  );
  expect(guarded.length).toBeGreaterThan(15);
  const tokens = new Map<string, string>();
  for (const scope of API_SCOPES) tokens.set(scope, await desk.tokenWith(link, scope));
  for (const { method, path, scope } of guarded) {
    const name = `${method} ${path}`;
    const status = async (options: Parameters<typeof desk.ask>[1]) =>
      (await desk.ask(path, { method, ...options })).status;
    expect(API_SCOPES, name).toContain(scope);
    expect(await status({ token: null }), name).toBe(401);
    expect(await status({ headers: { host: `evil.example:${port}` } }), name).toBe(421);
    expect(await status({ headers: { origin: 'https://evil.example' } }), name).toBe(403);
    for (const [other, token] of tokens) {
      if (other !== scope) expect(await status({ token }), `${name} with ${other}`).toBe(403);
    }
    desk.clock.advance(60_000);
  }
  // A token that stands in an address would be in logs and histories: it is none.
  for (const query of [`token=${START_TOKEN}`, `access_token=${START_TOKEN}`]) {
    expect((await desk.ask(`/v1/customers?${query}`, { token: null })).status).toBe(401);
  }
});

test('paths that climb, hide or repeat lead nowhere', async () => {
  const desk = await anApiDesk();
  const climbing = ['..', '%2e%2e', '.%2e', '..%2f', '..%5c', '%252e%252e', '..;', '%c0%ae%c0%ae'];
  for (const step of climbing) {
    for (const path of [
      `/v1/${step}/openapi.json`,
      `/v1/customers/${step}/openapi.json`,
      `/v1/work/${step}`,
      `/v1/imports/${step}${step}etc`,
      `/${step}/v1/customers`,
    ]) {
      const answer = await desk.ask(path);
      expect(answer.status, path).toBe(404);
      expect(answer.headers['content-type']).toBe('application/problem+json');
    }
  }
});

test('bodies that are dear to read: deep, wide, with keys that mean something to JavaScript', async () => {
  const desk = await anApiDesk();
  const wide = `{${Array.from({ length: 60_000 }, (_, n) => `"k${n}":${n}`).join(',')}}`;
  const many = `{"name":"A","tags":[${'"x",'.repeat(200_000)}"x"]}`;
  const deepObject = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
  const deepArray = `{"name":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
  for (const [name, raw] of Object.entries({
    ...{ wide, many, deepObject, deepArray },
    ...{ infinite: '{"name":1e999}', minus: '{"name":-0}', repeated: '{"name":"A","name":7}' },
    ...{ prototype: '{"__proto__":{"name":"A"}}', maker: '{"constructor":{"name":"A"}}' },
    ...{ half: '{"name":"\\ud800', array: '[]', text: '"A"', nothing: 'null' },
  })) {
    for (const path of ['/v1/customers', `/v1/customers/${anyone}/entries`, '/v1/callbacks']) {
      const began = performance.now();
      const { status } = await desk.ask(path, { raw });
      expect([400, 404], `${name} ${path}`).toContain(status);
      expect(performance.now() - began, `${name} ${path}`).toBeLessThan(2_000);
    }
  }
  expect((await desk.ask('/v1/customers')).json).toMatchObject({ total: 0 });
});

test('who holds connections open without asking anything does not keep others out', async () => {
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined } as never;
  const server = createApiServer({
    ...{ now: Date.now, log, headersWithinMs: 300 },
    routes: () => [
      route({
        ...{ method: 'GET', path: '/v1/health', scope: null, tag: 'Desk', operationId: 'health' },
        ...{ summary: 'There', params: z.object({}), query: z.object({}) },
        answer: { status: 204, description: 'It is', schema: null },
        handle: () => ({ status: 204 }),
      }),
    ],
    bearerOf: () => null,
  });
  const port = await server.listen(0);
  const held = Array.from({ length: 100 }, (_, n) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined).resume();
    // Half of them say nothing at all, half begin and never end.
    if (n % 2 === 0) socket.write('GET /v1/health HTTP/1.1\r\nX-Slow: ');
    return new Promise((resolve) => socket.on('close', resolve));
  });
  await Promise.all(held);
  const ask = () => fetch(`http://127.0.0.1:${port}/v1/health`).then(({ status }) => status);
  expect(await ask()).toBe(204);
  await server.close();
});

test('a file that trickles in is cut off, one that pauses while it is taken in is not', async () => {
  async function* pieces(count: number, everyMs: number) {
    for (let n = 0; n < count; n += 1) {
      await wait(everyMs);
      yield Buffer.from('x');
    }
  }
  const request = (source: AsyncIterable<Buffer>) => Readable.from(source) as never;
  const limits = { largestBytes: 1_000, idleMs: 1_000, leastPerSecond: 1_000, graceMs: 40 };
  const readAll = async (source: AsyncIterable<Buffer>, pauseMs = 0) => {
    let bytes = 0;
    for await (const part of bodyParts(request(source), limits)) {
      bytes += part.length;
      if (pauseMs > 0) await wait(pauseMs);
    }
    return bytes;
  };
  await expect(readAll(pieces(200, 10))).rejects.toMatchObject({ problem: 'too-slow' });
  // Here it is the reader who takes its time.
  expect(await readAll(pieces(5, 0), 30)).toBe(5);
});
