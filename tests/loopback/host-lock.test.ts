import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeHostLock } from '../../main/loopback/host-lock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'anklang-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function taken() {
  const result = takeHostLock(folder);
  if ('holder' in result) throw new Error(`held by ${result.holder.pid}`);
  return result.lock;
}

test('one holder at a time; the second learns who and where', () => {
  const lock = taken();
  lock.tellAddress('http://127.0.0.1:1/?token=x');
  expect(takeHostLock(folder)).toMatchObject({
    holder: { pid: process.pid, url: 'http://127.0.0.1:1/?token=x' },
  });
  lock.release();
  taken().release();
  expect(readdirSync(folder)).toEqual([]);
});

test('what a dead process left behind is taken over', () => {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  writeFileSync(join(folder, 'host.lock'), JSON.stringify({ pid, began: '1', url: null }));
  taken().release();
  expect(readdirSync(folder)).toEqual([]);
});

test.skipIf(process.platform !== 'linux')('a reused process id is not the holder', () => {
  const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);
  try {
    const file = join(folder, 'host.lock');
    writeFileSync(file, JSON.stringify({ pid: other.pid, began: '1', url: null }));
    taken();
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ pid: process.pid });
  } finally {
    other.kill('SIGKILL');
  }
});

test.each(['', 'not JSON', '{}', '{"pid":"1"}', '{"pid":-1}', 'null', '[1]'])(
  'a damaged file (%s) does not lock the folder for ever',
  (text) => {
    writeFileSync(join(folder, 'host.lock'), text);
    taken().release();
  },
);

test('releasing does not take the lock from a later holder', () => {
  const lock = taken();
  const file = join(folder, 'host.lock');
  const later = JSON.stringify({ pid: process.pid + 1, began: null, url: null });
  writeFileSync(file, later);
  lock.release();
  expect(readFileSync(file, 'utf8')).toBe(later);
});
