// SIP's media in a real Chromium, where sip.js' own ends the call.
import { expect, test } from '@playwright/test';
import { type AgentBrowser, startAgentBrowser } from '../support/chromium.ts';
import { type ServedPage, servePage } from './serve-page.ts';

let served: ServedPage;
let agent: AgentBrowser;

test.beforeAll(async () => {
  served = await servePage();
  agent = await startAgentBrowser(440);
});
test.afterAll(async () => {
  await agent.close();
  await served.close();
});

const near = (hertz: number | null, wanted: number): void => {
  expect(hertz).not.toBeNull();
  expect(Math.abs((hertz ?? 0) - wanted)).toBeLessThan(15);
};

test('C20 early sound of one fork is heard, then the other fork that answered', async () => {
  const page = await agent.browser.newPage();
  await page.goto(`${served.url}sip-media.html`);
  const { earlyHeard, earlyHears, heardThen, calleeHears } = await page.evaluate(() =>
    window.sipMedia.earlyThenAnsweredByAnother(),
  );
  near(earlyHeard, 523);
  expect(earlyHears).toBeNull();
  near(heardThen, 700);
  near(calleeHears, 950);
  await page.close();
});

test('C19 an answer that was sent before there was a microphone carries the agent’s voice later', async () => {
  const page = await agent.browser.newPage();
  await page.goto(`${served.url}sip-media.html`);
  const { before, callerHears, deskHears } = await page.evaluate(() =>
    window.sipMedia.answeredBeforeMicrophone(),
  );
  expect(before).toBeNull();
  near(callerHears, 950);
  near(deskHears, 700);
  await page.close();
});

test('calls that end while their media connect leave no connection in the browser', async () => {
  const page = await agent.browser.newPage();
  await page.goto(`${served.url}sip-media.html`);
  expect(await page.evaluate(() => window.sipMedia.endedWhileConnecting(60))).toBe(0);
  const session = await page.context().newCDPSession(page);
  // What a collection frees of the browser's own objects may hold script's until the next.
  for (let round = 0; round < 3; round += 1) await session.send('HeapProfiler.collectGarbage');
  expect(await page.evaluate(() => window.sipMedia.held())).toBe(0);
  await page.close();
});

test('the network test’s echo comes back over real connections', async () => {
  const page = await agent.browser.newPage();
  await page.goto(`${served.url}sip-media.html`);
  const steps = await page.evaluate(() => window.sipMedia.network());
  expect(steps.map(({ step, ok }) => `${step} ${ok}`)).toEqual([
    'socket false',
    'register false',
    'echo true',
  ]);
  expect(steps.at(-1)).toMatchObject({ problem: null, lossPercent: 0 });
  await page.close();
});
