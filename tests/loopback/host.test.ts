import { statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { type Host, type HostOptions, PortTaken, startHost } from '../../main/loopback/host.ts';
import { aDeskFolder, type DeskFolder } from './desk-folder.ts';

let desk: DeskFolder;
const hosts: Host[] = [];

beforeEach(() => {
  desk = aDeskFolder();
});

afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.stop()));
  desk.remove();
});

async function aHost(options: Partial<HostOptions> = {}): Promise<Host> {
  const host = await startHost({
    ...{ api: null, policyFile: null },
    dataFolder: desk.dataFolder,
    coreProgram: desk.coreProgram,
    pageFolder: desk.pageFolder,
    version: '1.2.3',
    port: 0,
    practice: false,
    sample: false,
    language: null,
    ...options,
  });
  hosts.push(host);
  return host;
}

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** Asks with a path that is sent as it is: fetch would tidy dots away. */
function ask(host: Host, path: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(host.url);
    request({ host: '127.0.0.1', port, path, headers, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => (body += part));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    })
      .on('error', reject)
      .end();
  });
}

const token = (host: Host) => new URL(host.url).searchParams.get('token') ?? '';
const origin = (host: Host) => new URL(host.url).origin;
const filesKey = (page: string) => /src="\/([^/]+)\/assets/.exec(page)?.[1] ?? 'none';

function socket(host: Host, path: string, options: WebSocket.ClientOptions): WebSocket {
  return new WebSocket(`ws://127.0.0.1:${new URL(host.url).port}${path}`, options);
}

/** What core's stand-in says first, or the status that the upgrade was refused with. */
function opened(link: WebSocket): Promise<{ pid: number; url: string; start: object } | number> {
  return new Promise((resolve, reject) => {
    link.on('message', (data) => resolve(JSON.parse((data as Buffer).toString('utf8'))));
    link.on('unexpected-response', (sent, response) => {
      resolve(response.statusCode ?? 0);
      sent.destroy();
    });
    link.on('error', reject);
  });
}

async function coreSays(host: Host): Promise<{ pid: number; url: string; start: object }> {
  const link = socket(host, `/core?token=${token(host)}`, { origin: origin(host) });
  const said = await opened(link);
  link.terminate();
  if (typeof said === 'number') throw new Error(`refused with ${said}`);
  return said;
}

async function until<T>(look: () => Promise<T | null>, within: number): Promise<T> {
  const end = performance.now() + within;
  while (performance.now() < end) {
    const seen = await look().catch(() => null);
    if (seen !== null) return seen;
    await pause(10);
  }
  throw new Error(`not within ${within} ms`);
}

describe('the page', () => {
  test('answers 200 at its address, without a redirect, and again after a reload', async () => {
    const host = await aHost();
    const address = new URL(host.url);
    expect(address.hostname).toBe('127.0.0.1');
    for (let load = 0; load < 2; load += 1) {
      const answer = await fetch(host.url, { redirect: 'manual' });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('set-cookie')).toBeNull();
    }
  });

  test('answers 403 without the token, with a wrong one, and with one of another length', async () => {
    const host = await aHost();
    const right = token(host);
    const wrong = right.slice(0, -1) + (right.endsWith('A') ? 'B' : 'A');
    for (const path of ['/', '/?token=', `/?token=${wrong}`, '/?token=x', '/index.html', '/host']) {
      const answer = await ask(host, path);
      expect([path, answer.status]).toEqual([path, 403]);
      expect(answer.body).not.toContain('script');
    }
  });

  test('has a new token at each start', async () => {
    const first = await aHost();
    const before = token(first);
    await first.stop();
    expect(token(await aHost())).not.toBe(before);
  });

  test('is refused under another name, so that no foreign name can be rebound to it', async () => {
    const host = await aHost();
    const { port, search } = new URL(host.url);
    for (const name of [`evil.example:${port}`, `localhost:${port}`, '127.0.0.1', '127.0.0.1:1']) {
      const answer = await ask(host, `/${search}`, { host: name });
      expect([name, answer.status]).toEqual([name, 403]);
    }
    expect((await ask(host, `/${search}`, { host: `127.0.0.1:${port}` })).status).toBe(200);
  });

  test('is read only', async () => {
    const host = await aHost();
    const answer = await fetch(host.url, { method: 'POST', body: 'x' });
    expect(answer.status).toBe(405);
  });

  test('listens on no other interface', async () => {
    const host = await aHost();
    const port = Number(new URL(host.url).port);
    const refused = await new Promise<boolean>((resolve) => {
      connect({ host: '127.0.0.2', port })
        .on('connect', () => resolve(false))
        .on('error', () => resolve(true));
    });
    expect(refused).toBe(true);
  });

  test('carries the language that was asked for', async () => {
    const host = await aHost({ language: 'de' });
    expect(new URL(host.url).searchParams.get('language')).toBe('de');
    expect((await fetch(host.url)).status).toBe(200);
  });
});

describe('the policy', () => {
  test('allows what the page uses and nothing else, with a new nonce for each page', async () => {
    const host = await aHost();
    await host.started;
    const answer = await fetch(host.url);
    const page = await answer.text();
    const nonce = /nonce="([^"]+)"/.exec(page)?.[1] ?? '';
    expect(nonce).toMatch(/^[\w-]{20,}$/);
    const { port } = new URL(host.url);
    expect(answer.headers.get('content-security-policy')?.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self' 'wasm-unsafe-eval'",
      `style-src 'self' 'nonce-${nonce}'`,
      "img-src 'self' data: blob:",
      "media-src 'self' blob:",
      "font-src 'self'",
      "worker-src 'self' blob:",
      `connect-src 'self' ws://127.0.0.1:${port} wss://pbx.example:7443`,
      "manifest-src 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ]);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    expect(answer.headers.get('permissions-policy')).toContain('microphone=(self)');
    const again = await (await fetch(host.url)).text();
    expect(again).not.toContain(nonce);
  });
});

describe('the files of the page', () => {
  test('are where the page says, and nowhere else', async () => {
    const host = await aHost();
    const page = await (await fetch(host.url)).text();
    expect(page).not.toContain('"./');
    const key = filesKey(page);
    const script = await ask(host, `/${key}/assets/start-1.js`);
    expect(script.status).toBe(200);
    expect(script.body).toBe('export {};');
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect((await ask(host, '/assets/start-1.js')).status).toBe(403);
    expect((await ask(host, `/${token(host)}/assets/start-1.js`)).status).toBe(403);
    expect((await ask(host, `/${key}/assets/none.js`)).status).toBe(404);
  });

  test('do not include the page itself, which would go out without its nonce', async () => {
    const host = await aHost();
    const key = filesKey(await (await fetch(host.url)).text());
    expect((await ask(host, `/${key}/index.html`)).status).toBe(404);
    expect((await ask(host, `/${key}/`)).status).toBe(404);
  });

  test('do not lead out of their folder', async () => {
    const host = await aHost();
    const key = filesKey(await (await fetch(host.url)).text());
    for (const path of [
      '../secret.js',
      '..%2fsecret.js',
      '%2e%2e/secret.js',
      '%2e%2e%2fsecret.js',
      'assets/../../secret.js',
      'assets/..%5c..%5csecret.js',
      '..\\secret.js',
      '%00../secret.js',
      '%zz',
      `/${join(desk.root, 'secret.js')}`,
      '/etc/passwd',
    ]) {
      const answer = await ask(host, `/${key}/${path}`);
      expect([path, answer.status]).toEqual([path, 404]);
      expect(answer.body).not.toContain('not yours');
    }
  });
});

describe('the link to core', () => {
  test('is handed on to core, without the token', async () => {
    const host = await aHost({ practice: true, sample: true, language: 'en' });
    await host.started;
    const said = await coreSays(host);
    expect(said.pid).toBe(host.corePid());
    expect(said.url).toBe('/core');
    expect(said.start).toMatchObject({
      keyStore: 'files',
      version: '1.2.3',
      practice: true,
      sample: true,
      language: 'en',
    });
  });

  test('is refused to other origins, other names, other paths and without the token', async () => {
    const host = await aHost();
    await host.started;
    const path = `/core?token=${token(host)}`;
    const own = origin(host);
    const { port } = new URL(host.url);
    const attempts: [string, WebSocket.ClientOptions][] = [
      [path, { origin: 'http://127.0.0.1:1' }],
      [path, { origin: `http://localhost:${port}` }],
      [path, { origin: 'https://evil.example' }],
      [path, { origin: 'null' }],
      [path, {}],
      [path, { origin: own, headers: { host: `evil.example:${port}` } }],
      ['/core', { origin: own }],
      ['/core?token=x', { origin: own }],
      [`/other?token=${token(host)}`, { origin: own }],
    ];
    for (const [where, options] of attempts) {
      expect(await opened(socket(host, where, options))).toBe(403);
    }
    expect((await coreSays(host)).pid).toBe(host.corePid());
  });

  test('comes back within 2 s when core is killed, with another core', async () => {
    const host = await aHost();
    await host.started;
    const first = await coreSays(host);
    const link = socket(host, `/core?token=${token(host)}`, { origin: origin(host) });
    await opened(link);
    const closed = new Promise((resolve) => link.on('close', resolve));
    process.kill(first.pid, 'SIGKILL');
    await closed;
    const second = await until(() => coreSays(host), 2_000);
    expect(second.pid).not.toBe(first.pid);
    expect(host.corePid()).toBe(second.pid);
    const state = await ask(host, `/host?token=${token(host)}`);
    expect(JSON.parse(state.body)).toEqual({
      pid: process.pid,
      corePid: second.pid,
      core: 'ready',
      failure: null,
    });
  });

  test('answers 503 at once while there is no core', async () => {
    writeFileSync(join(desk.dataFolder, 'orders'), 'fail');
    const host = await aHost();
    expect(await host.started).toEqual({ reason: 'newerDatabase', detail: '9 > 1' });
    const began = performance.now();
    const link = socket(host, `/core?token=${token(host)}`, { origin: origin(host) });
    expect(await opened(link)).toBe(503);
    expect(performance.now() - began).toBeLessThan(500);
    const state = await ask(host, `/host?token=${token(host)}`);
    expect(JSON.parse(state.body)).toMatchObject({
      core: 'failed',
      failure: { reason: 'newerDatabase', detail: '9 > 1' },
    });
  });

  test('keeps who asks while core starts, and lets them through once it is ready', async () => {
    const host = await aHost();
    let ready = false;
    void host.started.then(() => (ready = true));
    const link = socket(host, `/core?token=${token(host)}`, { origin: origin(host) });
    expect(ready).toBe(false);
    expect(await opened(link)).toHaveProperty('pid', host.corePid());
  });

  test('survives a core that dies at its first start', async () => {
    writeFileSync(join(desk.dataFolder, 'orders'), 'dieOnce');
    const host = await aHost();
    expect(await host.started).toBeNull();
    expect((await coreSays(host)).pid).toBe(host.corePid());
  });

  test.skipIf(process.platform === 'win32')(
    'works where the path of the data folder is too long for a socket',
    async () => {
      const deep = join(desk.dataFolder, 'd'.repeat(60), 'e'.repeat(60));
      const { prepareDataFolder } = await import('../../main/loopback/data-folder.ts');
      prepareDataFolder(deep);
      expect(statSync(deep).mode & 0o777).toBe(0o700);
      const host = await aHost({ dataFolder: deep });
      expect(await host.started).toBeNull();
      expect((await coreSays(host)).pid).toBe(host.corePid());
    },
  );
});

describe('the end and the beginning', () => {
  test('stopping ends core and frees the port', async () => {
    const host = await aHost();
    await host.started;
    const pid = host.corePid() ?? 0;
    const link = socket(host, `/core?token=${token(host)}`, { origin: origin(host) });
    await opened(link);
    await host.stop();
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    await expect(ask(host, '/')).rejects.toThrow('ECONNREFUSED');
  });

  test('a wanted port that is taken is refused by name', async () => {
    const first = await aHost();
    const port = Number(new URL(first.url).port);
    await expect(aHost({ port })).rejects.toThrow(PortTaken);
  });

  test('the same folder gets the same port again, or another one when it is taken', async () => {
    const first = await aHost({ port: null });
    const { port } = new URL(first.url);
    await first.stop();
    const second = await aHost({ port: null });
    expect(new URL(second.url).port).toBe(port);
    const third = await aHost({ port: null });
    expect(new URL(third.url).port).not.toBe(port);
  });

  test('a single-use address leads to the page once', async () => {
    const host = await aHost();
    const address = host.singleUseAddress();
    expect(address).not.toContain(token(host));
    const first = await fetch(address, { redirect: 'manual' });
    expect([first.status, first.headers.get('location')]).toEqual([303, host.url]);
    expect((await fetch(address, { redirect: 'manual' })).status).toBe(403);
    expect((await fetch(`${origin(host)}/open`, { redirect: 'manual' })).status).toBe(403);
  });
});
