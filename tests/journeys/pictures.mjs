// Takes the pictures of the README anew, on the practice line with the sample book:
// node tests/journeys/pictures.mjs <address of a desk that was started with --sample> [folder]
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { browserProgram } from '../support/browser-program.ts';

const [address, folder = 'resources/docs/pictures'] = process.argv.slice(2);
if (address === undefined) {
  console.error('Give the address of a running desk, as `npm start -- --loopback` prints it.');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: browserProgram,
  args: [
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    '--allow-loopback-in-peer-connection',
    '--autoplay-policy=no-user-gesture-required',
  ],
});

/** A window of its own on the desk, in English, without the hint for newcomers. */
async function openDesk(colorScheme) {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    colorScheme,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    permissions: ['microphone'],
    reducedMotion: 'reduce',
  });
  await context.addInitScript(() => localStorage.setItem('anklang.firstHintSeen', 'yes'));
  const page = await context.newPage();
  const url = new URL(address);
  url.searchParams.set('language', 'en');
  await page.goto(url.href);
  await page.getByRole('region', { name: 'My day' }).waitFor({ timeout: 60_000 });
  await ring(page);
  return { context, page };
}

/** Lets customers ring until one has a story worth a picture, or enough were asked. */
async function ring(page) {
  for (let attempt = 1; ; attempt += 1) {
    await page.getByRole('button', { name: 'Let a customer ring' }).click({ timeout: 60_000 });
    await page.getByRole('region', { name: 'Timeline' }).waitFor({ timeout: 30_000 });
    await page.waitForTimeout(1_000);
    const why = page.getByRole('region', { name: 'Cues' }).getByRole('button', { name: 'Why?' });
    if (attempt === 8 || (await why.count()) >= 2) return;
    await page.getByRole('button', { name: 'Decline' }).click();
    await page.getByRole('button', { name: 'Let a customer ring' }).waitFor();
  }
}

const take = (page, name) => page.screenshot({ path: join(folder, `${name}.png`) });

const dark = await openDesk('dark');
await take(dark.page, 'desk-dark');
await dark.page.getByRole('button', { name: 'Decline' }).click();
await dark.context.close();

const { context, page } = await openDesk('light');
await take(page, 'desk-ringing');
await page.getByRole('button', { name: 'Answer' }).click();
await page.getByRole('region', { name: 'Current call' }).waitFor();
await page.getByRole('textbox', { name: 'Note' }).fill('Would like the offer by Friday.');
await page.getByRole('button', { name: 'Hang up' }).click();
await page.getByRole('region', { name: 'Wrap-up' }).waitFor();
await page.getByRole('heading', { name: 'Wrap-up' }).click();
for (const key of ['1', 'h', 'h', '8']) await page.keyboard.press(key);
await page.getByRole('textbox', { name: 'Promise' }).fill('Send the offer');
await page.getByRole('textbox', { name: 'Due' }).fill('Fri 10:00');
await page.getByRole('heading', { name: 'Wrap-up' }).click();
await page.waitForTimeout(600);
await take(page, 'wrap-up');
await page.getByRole('button', { name: 'Save wrap-up' }).click();
await page.getByRole('region', { name: 'Wrap-up' }).waitFor({ state: 'detached' });
for (const screen of ['customers', 'figures', 'settings']) {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `/${screen}`);
  await page.waitForTimeout(1_200);
  await take(page, screen);
}
await context.close();
await browser.close();
