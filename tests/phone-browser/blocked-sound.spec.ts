// Sound in a browser that forbids it before the first key or click.
import { chromium, expect, test } from '@playwright/test';
import { browserProgram } from '../support/browser-program.ts';
import { servePage } from './serve-page.ts';

// A trace looks into the page, which counts as the gesture that this is about.
test.use({ trace: 'off', screenshot: 'off' });

test('where the browser forbids sound, the desk says so until the first key', async () => {
  const served = await servePage();
  const browser = await chromium.launch({
    executablePath: browserProgram,
    args: ['--no-sandbox', '--autoplay-policy=document-user-activation-required'],
  });
  try {
    const page = await browser.newPage();
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    await page.goto(`${served.url}?rings`);
    await expect.poll(() => said, { timeout: 10_000 }).toContain('sound is blocked');
    expect(said).not.toContain('sound is free');
    await page.keyboard.press('a');
    await expect.poll(() => said).toContain('sound is free');
  } finally {
    await browser.close();
    await served.close();
  }
});
