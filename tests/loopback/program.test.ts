// The host as it is started: the built program with a stand-in for core.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
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
