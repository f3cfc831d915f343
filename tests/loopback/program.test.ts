// The host as it is started: the built program with a stand-in for core.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { aDeskFolder, type DeskFolder } from './desk-folder.ts';

const project = join(import.meta.dirname, '..', '..');
let desk: DeskFolder;
const running: ChildProcess[] = [];

beforeAll(() => {
  const build = join(project, 'resources', 'build', 'build.mjs');
  const { status, stderr } = spawnSync(process.execPath, [build, 'loopback'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}, 120_000);

beforeEach(() => {
  desk = aDeskFolder();
  mkdirSync(join(desk.root, 'loopback'));
  copyFileSync(join(project, 'out', 'loopback', 'host.js'), join(desk.root, 'loopback', 'host.js'));
});

afterEach(async () => {
  for (const child of running.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await ended(child);
    }
  }
  desk.remove();
});

interface Line {
  url: string;
  api?: string | null;
  pid: number;
  corePid: number;
}

function start(...args: string[]): { child: ChildProcess; out: () => string; said: () => string } {
  const child = spawn(process.execPath, [join(desk.root, 'loopback', 'host.js'), ...args], {
    cwd: desk.root,
    env: { ...process.env, HOME: desk.root, XDG_DATA_HOME: '', DISPLAY: '', WAYLAND_DISPLAY: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  let out = '';
  let said = '';
  child.stdout?.on('data', (part: Buffer) => (out += part.toString()));
  child.stderr?.on('data', (part: Buffer) => (said += part.toString()));
  return { child, out: () => out, said: () => said };
}

const ended = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode);
    else child.on('close', (status) => resolve(status));
  });

async function until(look: () => boolean, within = 10_000): Promise<void> {
  const end = performance.now() + within;
  while (!look()) {
    if (performance.now() > end) throw new Error(`not within ${within} ms`);
    await pause(10);
  }
}

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

async function started(...args: string[]) {
  const run = start('--json', '--no-open', '--port', '0', ...args);
  await until(() => run.out().includes('\n') || run.child.exitCode !== null);
  return { ...run, line: JSON.parse(run.out().split('\n')[0] ?? '') as Line };
}

test('the one line on stdout tells address, host and core', async () => {
  const { child, line, out, said } = await started('--data', 'data');
  expect(Object.keys(line)).toEqual(['url', 'pid', 'corePid', 'api']);
  expect(line.pid).toBe(child.pid);
  expect(isAlive(line.corePid)).toBe(true);
  expect((await fetch(line.url, { redirect: 'manual' })).status).toBe(200);
  expect((await fetch(new URL('/', line.url), { redirect: 'manual' })).status).toBe(403);
  await until(() => said().includes(line.url));
  expect(out().trimEnd().split('\n')).toHaveLength(1);
});

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  '%s ends host and core and leaves no lock',
  async (signal) => {
    const { child, line } = await started('--data', 'data');
    child.kill(signal);
    expect(await ended(child)).toBe(0);
    await until(() => !isAlive(line.corePid));
    expect(readdirSync(desk.dataFolder)).toEqual([]);
  },
);

test('core does not outlive a killed host, and the next start takes the folder over', async () => {
  const first = await started('--data', 'data');
  first.child.kill('SIGKILL');
  await until(() => !isAlive(first.line.corePid));
  const second = await started('--data', 'data');
  expect((await fetch(second.line.url)).status).toBe(200);
});

test('a second start with the same folder says so in both languages and where the desk is', async () => {
  const first = await started('--data', 'data');
  const second = start('--no-open', '--data', 'data');
  expect(await ended(second.child)).toBe(1);
  expect(second.out()).toBe('');
  expect(second.said()).toContain('already running');
  expect(second.said()).toContain('läuft schon');
  expect(second.said()).toContain(first.line.url);
  expect((await fetch(first.line.url)).status).toBe(200);
});

test('two folders, two desks', async () => {
  const first = await started('--data', 'data');
  const second = await started('--data', 'other');
  expect(new URL(first.line.url).port).not.toBe(new URL(second.line.url).port);
  expect((await fetch(first.line.url)).status).toBe(200);
  expect((await fetch(second.line.url)).status).toBe(200);
  if (process.platform !== 'win32') {
    expect(statSync(join(desk.root, 'other')).mode & 0o777).toBe(0o700);
  }
});

test.skipIf(process.platform !== 'linux')('the default folder is below the home', async () => {
  const { line } = await started();
  expect((await fetch(line.url)).status).toBe(200);
  expect(existsSync(join(desk.root, '.local', 'share', 'anklang-loopback', 'host.lock'))).toBe(
    true,
  );
});

test('an unknown option is refused in both languages and starts nothing', async () => {
  const run = start('--json', '--practise', '--data', 'never');
  expect(await ended(run.child)).toBe(2);
  expect(run.out()).toBe('');
  expect(run.said()).toContain('Unknown option "--practise"');
  expect(run.said()).toContain('Unbekannte Option „--practise“');
  expect(existsSync(join(desk.root, 'never'))).toBe(false);
});

test('a taken port is refused in both languages', async () => {
  const first = await started('--data', 'data');
  const { port } = new URL(first.line.url);
  const second = start('--no-open', '--data', 'other', '--port', port);
  expect(await ended(second.child)).toBe(1);
  expect(second.said()).toContain(`Port ${port} is taken`);
  expect(second.said()).toContain(`Port ${port} ist`);
});

test('a data folder that is a file is refused in both languages', async () => {
  const run = start('--no-open', '--data', 'package.json');
  expect(await ended(run.child)).toBe(1);
  expect(run.said()).toContain('data folder cannot be used');
  expect(run.said()).toContain('Datenordner ist nicht benutzbar');
});

/** What the stand-in for core was started with. */
function orderOf({ url }: Line): Promise<{ api?: unknown; policyFile?: string }> {
  const { origin, host, searchParams } = new URL(url);
  const socket = new WebSocket(`ws://${host}/core?token=${searchParams.get('token') ?? ''}`, {
    origin,
  });
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('message', (data: Buffer) => {
      resolve((JSON.parse(data.toString()) as { start: { api?: unknown } }).start);
      socket.terminate();
    });
  });
}

test('--json switches the local API on and tells its address', async () => {
  const { line } = await started('--data', 'data');
  expect(line.api).toBe('http://127.0.0.1:4123');
  expect(await orderOf(line)).toMatchObject({ api: { on: true, port: null, tokenHash: null } });
  const quiet = start('--no-open', '--port', '0', '--data', 'other');
  await until(() => quiet.said().includes('The desk is at'));
  expect(quiet.out()).toBe('');
  const url = /http:\S+/.exec(quiet.said())?.[0] ?? '';
  expect((await orderOf({ url, pid: 0, corePid: 0 })).api).toBeUndefined();
});

test('--api-token-file holds a token for its owner only, as long as the desk runs', async () => {
  const file = join(desk.root, 'token');
  const elsewhere = join(desk.root, 'elsewhere');
  // What was there, open to everybody or leading elsewhere, is replaced and not written through.
  writeFileSync(elsewhere, 'not yours', { mode: 0o644 });
  symlinkSync(elsewhere, file);
  const { child, line } = await started('--data', 'data', '--api-token-file', 'token');
  const token = readFileSync(file, 'utf8').trim();
  expect(token).toMatch(/^ank_[\w-]{43}$/);
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(elsewhere, 'utf8')).toBe('not yours');
  // Core is told the token's hash, and the token itself nowhere.
  const order = await orderOf(line);
  const tokenHash = createHash('sha256').update(token).digest('hex');
  expect(order.api).toEqual({ on: true, port: null, tokenHash });
  expect(JSON.stringify(order)).not.toContain(token);
  expect(readdirSync(desk.root).filter((name) => name.includes('.part'))).toEqual([]);
  child.kill('SIGTERM');
  await ended(child);
  expect(existsSync(file)).toBe(false);
});

/** Starts what is to be refused: both languages say why, and nothing is left of it. */
async function refusedStart(...args: string[]): Promise<string> {
  const { child, out, said } = start(
    '--json',
    '--no-open',
    '--port',
    '0',
    '--data',
    'new',
    ...args,
  );
  expect(await ended(child)).toBe(1);
  expect(out()).toBe('');
  expect(said()).toContain('Nothing was started.');
  expect(said()).toContain('Es wurde nichts gestartet.');
  const left = existsSync(join(desk.root, 'new')) ? readdirSync(join(desk.root, 'new')) : [];
  expect(left).toEqual([]);
  return said();
}

test('a token is not written over a folder or into one that is not there', async () => {
  mkdirSync(join(desk.root, 'folder'));
  const folder = await refusedStart('--api-token-file', 'folder');
  expect(folder).toContain('this is a folder');
  expect(folder).toContain('das ist ein Ordner');
  expect(statSync(join(desk.root, 'folder')).isDirectory()).toBe(true);
  const missing = await refusedStart('--api-token-file', join('nowhere', 'token'));
  expect(missing).toContain('there is no such file or folder');
  expect(missing).toContain('gibt es nicht');
  expect(existsSync(join(desk.root, 'nowhere'))).toBe(false);
});

test('--policy is handed to core; one that is broken or missing starts nothing', async () => {
  const file = join(desk.root, 'policy.json');
  writeFileSync(file, '{"api":{"dialling":"off"}}');
  const { child, line } = await started('--data', 'data', '--policy', 'policy.json');
  expect(await orderOf(line)).toMatchObject({ policyFile: file });
  child.kill('SIGTERM');
  await ended(child);
  for (const text of ['{"api":', '', '[]', 'null', '"api"']) {
    writeFileSync(file, text);
    const said = await refusedStart('--policy', 'policy.json', '--api-token-file', 'token');
    expect(said, text).toContain('it is no JSON object');
    expect(said, text).toContain('sie ist kein JSON-Objekt');
    expect(existsSync(join(desk.root, 'token'))).toBe(false);
  }
  // A single value that does not fit is passed over by core, which names it in the settings.
  writeFileSync(file, '{"api":{"port":"none","dialling":"off"}}');
  const again = await started('--data', 'data', '--policy', 'policy.json');
  expect(await orderOf(again.line)).toMatchObject({ policyFile: file });
  again.child.kill('SIGTERM');
  await ended(again.child);
  expect(await refusedStart('--policy', 'other.json')).toContain('there is no such file');
  expect(await refusedStart('--policy', 'loopback')).toContain('this is a folder');
  if (process.platform !== 'win32' && process.getuid?.() !== 0) {
    chmodSync(file, 0);
    expect(await refusedStart('--policy', 'policy.json')).toContain('the rights do not allow it');
  }
});
