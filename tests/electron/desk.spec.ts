// The desk in Electron itself, wherever its binary is present; reported as skipped elsewhere.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, expect, type Page, test } from '@playwright/test';

const root = join(import.meta.dirname, '..', '..');
const hasBinary = existsSync(join(root, 'node_modules', 'electron', 'dist', 'version'));
const require = createRequire(import.meta.url);

test.describe('desk in Electron', { tag: '@electron' }, () => {
  test.skip(!hasBinary, "Electron's binary is not here");

  let app: ElectronApplication;
  let page: Page;
  let data: string;

  test.beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), 'anklang-electron-'));
    app = await _electron.launch({
      executablePath: require('electron') as string,
      args: [
        root,
        '--language=en',
        '--sample',
        '--practice',
        `--data=${data}`,
        '--allow-plain-text-keys',
        '--use-fake-ui-for-media-stream',
        '--use-fake-device-for-media-stream',
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ],
    });
    page = await app.firstWindow();
  });
  test.afterAll(async () => {
    await app?.close();
    rmSync(data, { recursive: true, force: true });
  });

  test('shows the desk from its own scheme, with no way to Node', async () => {
    await expect(page.getByRole('textbox', { name: 'Number or name' })).toBeVisible();
    expect(page.url()).toMatch(/^app:\/\/anklang\//);
    expect(await page.evaluate(() => 'require' in globalThis || 'process' in globalThis)).toBe(
      false,
    );
    expect(
      await page.evaluate(() =>
        Object.keys((window as { anklang?: object }).anklang ?? {}).toSorted(),
      ),
    ).toEqual([
      'globalKeys',
      'inCall',
      'language',
      'onCallKey',
      'onConnectionLink',
      'onDialTarget',
      'openOutside',
      'preferences',
      'requestLink',
      'ringing',
      'takeConnectionLink',
      'takeDialTarget',
    ]);
  });

  test('takes a practice call to its end over the port to core', async () => {
    await page.getByRole('button', { name: 'Let a customer ring' }).click();
    await expect(page.getByRole('region', { name: 'Incoming call' })).toBeVisible();
    await page.getByRole('button', { name: 'Answer', exact: true }).click();
    await expect(page.getByRole('region', { name: 'Current call' })).toBeVisible();
    await page.getByRole('button', { name: 'Hang up' }).click();
    await page.getByRole('radio', { name: 'Reached' }).check({ force: true });
    await page.getByRole('button', { name: 'Save wrap-up' }).click();
    await expect(page.getByRole('region', { name: 'Wrap-up' })).toBeHidden();
  });

  test('opens no window and leaves its page for nothing', async () => {
    await page.evaluate(() => void window.open('https://example.org/'));
    await page.evaluate(() => {
      location.href = 'https://example.org/';
    });
    await page.waitForTimeout(500);
    expect(app.windows()).toHaveLength(1);
    expect(page.url()).toMatch(/^app:\/\/anklang\//);
  });

  test('keeps its key wrapped', async () => {
    expect(existsSync(join(data, 'secrets', 'database-key.json'))).toBe(true);
  });
});
