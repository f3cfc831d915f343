import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createCoreLog, withNumbersMasked } from '../../../main/core/log/core-log.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'anklang-log-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('numbers and SIP users are masked, times and ids are not', () => {
  expect(withNumbersMasked('call from +49 30 23125042 failed')).toBe('call from +…42 failed');
  expect(withNumbersMasked('dialled 030/231250-42')).toBe('dialled 0…42');
  expect(withNumbersMasked('"sip:anna.b@pbx.test"')).toBe('"sip:…@pbx.test"');
  const line = '{"time":"2026-11-23T09:00:00.000Z","reference":"1a2b3c4d"}';
  expect(withNumbersMasked(line)).toBe(line);
});

test('files stay small, are few, and are this user’s only', () => {
  const { log, close } = createCoreLog(join(folder, 'logs'), 1_000);
  for (let index = 0; index < 100; index += 1) log.info({ index }, 'something happened');
  close();
  const names = readdirSync(join(folder, 'logs')).sort();
  expect(names).toEqual(['core.1.log', 'core.2.log', 'core.3.log', 'core.log']);
  for (const name of names) {
    const { size, mode } = statSync(join(folder, 'logs', name));
    expect(size).toBeLessThan(1_200);
    expect(mode & 0o777).toBe(0o600);
  }
  expect(readFileSync(join(folder, 'logs', 'core.log'), 'utf8')).toContain('"index":99');
});
