// Conference and recording in a real Chromium: the agent and every customer speak a tone of their own.
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { startAgentBrowser } from '../support/chromium.ts';
import type { AgentBrowser } from '../support/chromium.ts';
import { loudness, toneLevel } from '../support/goertzel.ts';
import { servePage } from './serve-page.ts';
import type { ServedPage } from './serve-page.ts';

const SAMPLE_RATE = 16_000;
const AGENT = 950;
const RUTH = 523;
const EMIL = 700;
const OLGA = 1400;

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
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) faults.push(message.text());
  });
  await page.goto(`${served.url}media.html`);
});
test.afterEach(async () => {
  await page.close();
  expect(faults).toEqual([]);
});

const call = (callId: string, hertz: number) =>
  page.evaluate(([id, tone]) => window.media.call(id, tone), [callId, hertz] as const);
const mix = (...callIds: string[]) => page.evaluate((ids) => window.media.mix(ids), callIds);
const wait = (ms: number) => page.waitForTimeout(ms);

/** Level in dB of each tone in what this customer heard in the last second. */
async function levelsAt(callId: string, tones: readonly number[]): Promise<number[]> {
  const samples = await page.evaluate((id) => window.media.heardBy(id), callId);
  return tones.map((hertz) => toneLevel({ samples, sampleRate: SAMPLE_RATE }, hertz));
}

/** These tones are heard, and each of the others stays at least 20 dB below the weakest of them. */
async function expectHeard(callId: string, heard: readonly number[]): Promise<void> {
  const absent = [AGENT, RUTH, EMIL, OLGA].filter((hertz) => !heard.includes(hertz));
  await expect
    .poll(
      async () => {
        const weakest = Math.min(...(await levelsAt(callId, heard)));
        const strongestOther = Math.max(...(await levelsAt(callId, absent)));
        return weakest > -50 ? weakest - strongestOther : 0;
      },
      { timeout: 15_000, intervals: [300] },
    )
    .toBeGreaterThan(20);
}

test('a conference of the desk and three: each hears all the others and not itself', async () => {
  await call('ruth', RUTH);
  await call('emil', EMIL);
  await call('olga', OLGA);
  await expectHeard('ruth', [AGENT]);
  await mix('ruth', 'emil', 'olga');
  await expectHeard('ruth', [AGENT, EMIL, OLGA]);
  await expectHeard('emil', [AGENT, RUTH, OLGA]);
  await expectHeard('olga', [AGENT, RUTH, EMIL]);

  // A muted agent is not heard; the others go on hearing each other.
  for (const id of ['ruth', 'emil', 'olga'])
    await page.evaluate((callId) => window.media.mute(callId, true), id);
  await expectHeard('ruth', [EMIL, OLGA]);
  for (const id of ['ruth', 'emil', 'olga'])
    await page.evaluate((callId) => window.media.mute(callId, false), id);

  // One is taken out and hears the agent alone; the other two stay.
  await mix('ruth', 'emil');
  await expectHeard('olga', [AGENT]);
  await expectHeard('ruth', [AGENT, EMIL]);

  // One hangs up; the last is an ordinary call again.
  await mix('ruth');
  await page.evaluate(() => window.media.hangUp('emil'));
  await expectHeard('ruth', [AGENT]);
});

const level = (samples: number[], hertz: number) =>
  toneLevel({ samples, sampleRate: SAMPLE_RATE }, hertz);

/** The loudest second of a tone, level in dB. */
function loudest(samples: number[], hertz: number): number {
  let best = -200;
  for (let at = 0; at + SAMPLE_RATE <= samples.length; at += SAMPLE_RATE / 4) {
    best = Math.max(best, level(samples.slice(at, at + SAMPLE_RATE), hertz));
  }
  return best;
}

/**
 * By how many dB a voice of the other channel lies under this channel's own, in the second in which its
 * own is loudest: where a busy machine leaves gaps in a tone, their edges sound at every frequency.
 */
function separation(samples: number[], own: number, foreign: number): number {
  const best = { own: -200, foreign: 0 };
  for (let at = 0; at + SAMPLE_RATE <= samples.length; at += SAMPLE_RATE / 4) {
    const second = samples.slice(at, at + SAMPLE_RATE);
    if (level(second, own) <= best.own) continue;
    best.own = level(second, own);
    best.foreign = level(second, foreign);
  }
  return best.own - best.foreign;
}

test('a recording: agent left, customer right, at least 40 dB apart; a truncated file decodes', async () => {
  await call('ruth', RUTH);
  await expectHeard('ruth', [AGENT]);
  await page.evaluate(() => window.media.record('ruth'));
  await wait(4500);
  const indexes = await page.evaluate(() => window.media.stopRecording());
  expect(indexes.length).toBeGreaterThanOrEqual(4);
  expect(indexes).toEqual(indexes.map((_, index) => index));
  const { agent: left, customer: right } = await page.evaluate(() => window.media.decoded());
  expect(loudest(left, AGENT)).toBeGreaterThan(-40);
  expect(loudest(right, RUTH)).toBeGreaterThan(-40);
  expect(separation(left, AGENT, RUTH)).toBeGreaterThan(40);
  expect(separation(right, RUTH, AGENT)).toBeGreaterThan(40);

  const cut = await page.evaluate(() => window.media.decoded(0.6));
  expect(cut.customer.length).toBeGreaterThan(0.4 * right.length);
  expect(cut.customer.length).toBeLessThan(0.8 * right.length);
  expect(loudest(cut.customer, RUTH)).toBeGreaterThan(-40);
});

test('secure pause: what is said meanwhile is nowhere in the file; mute is silence on the left', async () => {
  await call('ruth', RUTH);
  await expectHeard('ruth', [AGENT]);
  await page.evaluate(() => window.media.record('ruth'));
  await wait(2000);
  await page.evaluate(() => window.media.pause(true));
  await wait(300);
  await page.evaluate(() => window.media.customerSays('ruth', 1234));
  await wait(2500);
  await page.evaluate(() => window.media.customerSays('ruth', 523));
  await wait(700);
  await page.evaluate(() => window.media.mute('ruth', true));
  await page.evaluate(() => window.media.pause(false));
  await wait(2500);
  await page.evaluate(() => window.media.stopRecording());
  const { agent: left, customer: right } = await page.evaluate(() => window.media.decoded());
  // 8 s on the clock, of which 4.5 were recorded.
  expect(right.length / SAMPLE_RATE).toBeGreaterThan(3.5);
  expect(right.length / SAMPLE_RATE).toBeLessThan(6);
  expect(loudest(right, RUTH)).toBeGreaterThan(-40);
  expect(loudest(right, RUTH) - loudest(right, 1234)).toBeGreaterThan(30);
  const lastSecond = left.slice(-1.5 * SAMPLE_RATE, -0.5 * SAMPLE_RATE);
  expect(loudness({ samples: lastSecond, sampleRate: SAMPLE_RATE })).toBeLessThan(0.001);
});

test('a member of a conference is recorded alone with the agent; another microphone goes on', async () => {
  await call('ruth', RUTH);
  await call('emil', EMIL);
  await mix('ruth', 'emil');
  await expectHeard('ruth', [AGENT, EMIL]);
  await page.evaluate(() => window.media.record('ruth'));
  await wait(2000);
  const other = await page.evaluate(() => {
    const chosen = window.media.devices().microphones.at(-1)?.deviceId ?? null;
    window.media.useMicrophone(chosen);
    return chosen;
  });
  expect(other).not.toBe(null);
  await wait(2500);
  await expectHeard('ruth', [AGENT, EMIL]);
  await page.evaluate(() => window.media.stopRecording());
  const { agent: left, customer: right } = await page.evaluate(() => window.media.decoded());
  expect(loudest(right, RUTH)).toBeGreaterThan(-40);
  expect(separation(right, RUTH, EMIL)).toBeGreaterThan(40);
  expect(loudest(left.slice(-2 * SAMPLE_RATE), AGENT)).toBeGreaterThan(-40);
  expect(separation(left, AGENT, EMIL)).toBeGreaterThan(40);
});

test('after ten conferences and recordings nothing is left over', async () => {
  test.setTimeout(120_000);
  const inspector = await page.context().newCDPSession(page);
  await inspector.send('Performance.enable');
  const alive = async () => {
    await inspector.send('HeapProfiler.collectGarbage');
    const { metrics } = await inspector.send('Performance.getMetrics');
    const metric = (name: string) =>
      metrics.find((each) => each.name === name)?.value ?? Number.NaN;
    return [metric('RTCPeerConnections'), metric('AudioHandlers'), metric('Nodes')];
  };
  const rounds = async (count: number) => {
    for (let round = 0; round < count; round += 1) {
      await call('ruth', RUTH);
      await call('emil', EMIL);
      await mix('ruth', 'emil');
      await page.evaluate(() => window.media.record('ruth'));
      await wait(300);
      await page.evaluate(() => window.media.stopRecording());
      await mix();
      await page.evaluate(() => window.media.hangUp('ruth'));
      await page.evaluate(() => window.media.hangUp('emil'));
    }
  };
  await rounds(2);
  await wait(1000);
  const afterTwo = await alive();
  await rounds(10);
  const more = async () =>
    (await alive()).map((count, index) => Math.max(0, count - (afterTwo[index] ?? Number.NaN)));
  await expect.poll(more, { timeout: 20_000, intervals: [1000] }).toEqual([0, 0, 0]);
});
