// Several calls at a time on the practice line, in a real Chromium: what an agent without any account
// can practise.
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { startAgentBrowser } from '../support/chromium.ts';
import type { AgentBrowser } from '../support/chromium.ts';
import { servePage } from './serve-page.ts';
import type { ServedPage } from './serve-page.ts';

let served: ServedPage;
let agent: AgentBrowser;
let page: Page;
let faults: string[];

test.beforeAll(async () => {
  served = await servePage();
  agent = await startAgentBrowser(950);
});
test.afterAll(async () => {
  await agent.close();
  await served.close();
});
test.beforeEach(async () => {
  faults = [];
  page = await agent.browser.newPage();
  page.on('pageerror', (error) => faults.push(String(error)));
  await page.goto(`${served.url}phone.html`);
  await page.evaluate(() => window.telephone.usePractice());
  await expect
    .poll(() => page.evaluate(() => window.telephone.connection().registration))
    .toBe('registered');
});
test.afterEach(async () => {
  await page.close();
  expect(faults).toEqual([]);
});

const calls = () => page.evaluate(() => window.telephone.calls());
const shown = async (callId: string) => (await calls()).find((call) => call.callId === callId);
const becomes = (callId: string, what: Record<string, unknown>) =>
  expect.poll(() => shown(callId), { intervals: [50], timeout: 10_000 }).toMatchObject(what);
const types = () => page.evaluate(() => window.telephone.types());

async function inACall(): Promise<string> {
  const placed = await page.evaluate(() => window.telephone.place('030 1234567'));
  if (!('callId' in placed)) throw new Error(placed.problem);
  await becomes(placed.callId, { phase: 'confirmed' });
  return placed.callId;
}

test('a blind transfer goes through; to a busy number it brings the customer back', async () => {
  const callId = await inACall();
  await page.evaluate((id) => window.telephone.transfer(id, '03012386'), callId);
  await becomes(callId, {
    phase: 'confirmed',
    localHold: false,
    negotiating: false,
    transfer: { state: 'failed', sipCode: 486 },
  });
  await page.evaluate((id) => window.telephone.transfer(id, '030765432'), callId);
  await becomes(callId, { phase: 'terminated', transfer: { state: 'done' } });
  expect(await types()).toEqual(
    expect.arrayContaining(['transferAsked', 'transferFailed', 'transferDone', 'ended']),
  );
});

test('consult and complete: both calls end', async () => {
  const customer = await inACall();
  const consulted = await page.evaluate(
    (id) => window.telephone.consult(id, '030765432'),
    customer,
  );
  if (!('callId' in consulted)) throw new Error(consulted.problem);
  await becomes(consulted.callId, { phase: 'confirmed', consultationFor: customer });
  await becomes(customer, { localHold: true, transfer: { state: 'consulting' } });
  expect(await page.evaluate((id) => window.telephone.completeTransfer(id), customer)).toBe(null);
  await expect
    .poll(async () => (await calls()).every((call) => call.phase === 'terminated'), {
      timeout: 10_000,
    })
    .toBe(true);
});

test('two customers: swap, then a conference of three', async () => {
  const first = await inACall();
  const second = await inACall();
  await becomes(first, { localHold: true });
  await page.evaluate(() => window.telephone.swap());
  await becomes(first, { localHold: false });
  await becomes(second, { localHold: true });
  expect(await page.evaluate((id) => window.telephone.addToConference(id), second)).toBe(null);
  await becomes(second, { localHold: false, inConference: true });
  expect(await page.evaluate(() => window.telephone.conference())).toEqual({
    callIds: [first, second],
  });
});
