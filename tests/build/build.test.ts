import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
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
