import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerAppScheme, setUpAppScheme } from '../../main/shell/app-scheme.ts';

let folder: string;
let sources: string[] = [];
let ask: (address: string, method?: string) => Promise<Response>;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'anklang-page-'));
  mkdirSync(join(folder, 'page', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.json'), '{}');
  writeFileSync(
    join(folder, 'page', 'index.html'),
    '<meta property="csp-nonce" nonce="__CSP_NONCE__">',
  );
  writeFileSync(join(folder, 'page', 'assets', 'desk.js'), 'export {};');
  let handler: (request: Request) => Response | Promise<Response>;
  setUpAppScheme({
    protocol: {
      handle: (_scheme, given) => {
        handler = given as typeof handler;
      },
    },
    folder: join(folder, 'page'),
    connectSources: () => sources,
  });
  ask = async (address, method = 'GET') => handler(new Request(address, { method }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('app://anklang', () => {
  it('is a standard, secure scheme', () => {
    const schemes: unknown[] = [];
    registerAppScheme({ registerSchemesAsPrivileged: (list) => schemes.push(...list) });
    expect(schemes).toMatchObject([
      { scheme: 'app', privileges: { standard: true, secure: true } },
    ]);
  });

  it('gives the page a policy with a fresh nonce and the configured server', async () => {
    sources = ['wss://pbx.example.org:7443'];
    const first = await ask('app://anklang/');
    const second = await ask('app://anklang/');
    const policy = first.headers.get('content-security-policy') ?? '';
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
    expect(nonce.length).toBeGreaterThan(15);
    expect(await first.text()).toContain(`nonce="${nonce}"`);
    expect(second.headers.get('content-security-policy')).not.toContain(nonce);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/connect-src [^;]*wss:\/\/pbx\.example\.org:7443/);
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
    expect(policy).not.toMatch(/'unsafe-(inline|eval)'/);
  });

  it('serves the files of the page', async () => {
    const answer = await ask('app://anklang/assets/desk.js');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('javascript');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each([
    'app://anklang/../secret.json',
    'app://anklang/assets/..%2f..%2f..%2fsecret.json',
    'app://anklang/%2e%2e/secret.json',
    'app://anklang//etc/passwd',
    'app://anklang/assets/nothing.js',
    'app://elsewhere/',
  ])('answers 404 to %s', async (address) => {
    expect((await ask(address)).status).toBe(404);
  });

  it('takes no other method', async () => {
    expect((await ask('app://anklang/', 'POST')).status).toBe(405);
  });
});
