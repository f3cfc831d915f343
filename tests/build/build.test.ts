import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';

const project = join(import.meta.dirname, '..', '..');
const output = join(project, 'out', 'preload', 'bridge.cjs');

function build(...args: string[]): Promise<{ status: number | null; said: string }> {
  return new Promise((resolve) => {
    const program = join(project, 'resources', 'build', 'build.mjs');
    const child = spawn(process.execPath, [program, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (part: Buffer) => (said += part.toString()));
    child.on('close', (status) => resolve({ status, said }));
  });
}

test('what is fresh is not built again, not even when a file was only touched', async () => {
  expect(await build('bridge', '--force')).toMatchObject({ status: 0 });
  const before = statSync(output).mtimeMs;
  utimesSync(join(project, 'preload', 'bridge.ts'), new Date(), new Date());
  const again = await build('bridge');
  expect(again.status).toBe(0);
  expect(again.said).not.toContain('Built');
  expect(statSync(output).mtimeMs).toBe(before);
});

test('two builds of one checkout at the same time leave a whole result', async () => {
  const both = await Promise.all([build('bridge', '--force'), build('bridge', '--force')]);
  expect(both.map(({ status }) => status)).toEqual([0, 0]);
  expect(existsSync(output)).toBe(true);
  expect(existsSync(join(project, 'out', '.draft-bridge'))).toBe(false);
});

test('every program that core starts beside itself is built for whoever starts core', async () => {
  const file = pathToFileURL(join(project, 'resources', 'build', 'parts.mjs')).href;
  const { parts } = (await import(file)) as { parts: { output: string; hosts: string[] }[] };
  const core = join(project, 'main', 'core');
  const started = readdirSync(core, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(core, name), 'utf8'))
    .flatMap((source) => [...source.matchAll(/new URL\('\.\.\/([\w-]+\/[\w-]+\.js)'/g)])
    .map(([, program]) => program);
  expect(started.length).toBeGreaterThan(1);
  const hostsOf = (program?: string) => parts.find((part) => part.output === program)?.hosts;
  for (const program of started) expect(hostsOf(program), program).toEqual(hostsOf('core/core.js'));
});

test('an unknown part is refused by name', async () => {
  const { status, said } = await build('kitchen');
  expect(status).toBe(2);
  expect(said).toContain('kitchen');
});

test('the window gets React as people run it, whoever builds', async () => {
  expect(await build('renderer', '--force')).toMatchObject({ status: 0 });
  const assets = join(project, 'out', 'renderer', 'assets');
  const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'));
  const withDevelopmentReact = scripts.filter((name) =>
    readFileSync(join(assets, name), 'utf8').includes('react.dev/link/react-devtools'),
  );
  expect(withDevelopmentReact).toEqual([]);
}, 90_000);
