// Devices that come and go in a real Chromium, in the middle of a call.
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { startAgentBrowser } from '../support/chromium.ts';
import type { AgentBrowser } from '../support/chromium.ts';
import { toneProminence } from '../support/goertzel.ts';
import { servePage } from './serve-page.ts';
import type { ServedPage } from './serve-page.ts';

const AGENT = 950;
const CUSTOMER = 523;

let served: ServedPage;
let agent: AgentBrowser;
let page: Page;
let faults: string[];

test.beforeAll(async () => {
  served = await servePage();
  agent = await startAgentBrowser(AGENT);
});
test.afterAll(async () => {
  await agent.close();
  await served.close();
});
test.beforeEach(async () => {
  faults = [];
  page = await agent.browser.newPage();
  page.on('pageerror', (error) => faults.push(String(error)));
  await page.goto(`${served.url}media.html`);
  await page.evaluate((hertz) => window.media.call('ruth', hertz), CUSTOMER);
});
test.afterEach(async () => {
  await page.close();
  expect(faults).toEqual([]);
});

const agentIsHeard = () =>
  expect
    .poll(
      async () => {
        const samples = await page.evaluate(() => window.media.heardBy('ruth'));
        return toneProminence({ samples, sampleRate: 16_000 }, AGENT);
      },
      { timeout: 10_000 },
    )
    .toBeGreaterThan(20);
const deviceInUse = () => page.evaluate(() => window.media.deviceOf('ruth'));
const notices = () => page.evaluate(() => window.media.notices());

test('a headset is pulled out in mid-call and plugged in again: heard throughout, and said so', async () => {
  const { microphones, speakers } = await page.evaluate(() => window.media.devices());
  const headset = microphones.at(-1)?.deviceId ?? '';
  const earpiece = speakers.at(-1)?.deviceId ?? '';
  expect(headset).not.toBe('');
  expect(earpiece).not.toBe('');
  await page.evaluate(([mic, out]) => window.media.useMicrophone(mic, out), [
    headset,
    earpiece,
  ] as const);
  await expect.poll(deviceInUse).toBe(headset);
  expect(await notices()).toEqual([]);
  await agentIsHeard();

  await page.evaluate((id) => window.media.unplug(id), headset);
  await expect.poll(deviceInUse).not.toBe(headset);
  await expect
    .poll(notices)
    .toEqual([{ device: 'microphone', state: 'substituted', using: expect.any(String) }]);
  await agentIsHeard();

  await page.evaluate((id) => window.media.unplug(id), earpiece);
  await expect
    .poll(notices)
    .toContainEqual({ device: 'speaker', state: 'substituted', using: null });

  await page.evaluate((id) => window.media.plugIn(id), headset);
  await page.evaluate((id) => window.media.plugIn(id), earpiece);
  await expect.poll(deviceInUse).toBe(headset);
  await expect.poll(notices).toEqual([]);
  await agentIsHeard();
});

test('echo cancellation, gain and noise suppression are switched in mid-call', async () => {
  const processing = () => page.evaluate(() => window.media.processingOf('ruth'));
  expect(await processing()).toEqual([true, true, true]);
  await page.evaluate(() => window.media.process(false));
  await expect.poll(processing).toEqual([false, false, false]);
  await agentIsHeard();
  await page.evaluate(() => window.media.process(true));
  await expect.poll(processing).toEqual([true, true, true]);
});

test('hearing oneself gives the microphone back afterwards', async () => {
  // The call's own microphone is the one that stays.
  expect(await page.evaluate(() => window.media.hearOneself(1500))).toBe(1);
});
