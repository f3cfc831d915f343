// The product's own telephone on its practice line in a real Chromium.
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { startAgentBrowser } from '../support/chromium.ts';
import type { AgentBrowser } from '../support/chromium.ts';
import { loudness, toneLevel, toneProminence } from '../support/goertzel.ts';
import type { Recording } from '../support/goertzel.ts';
import { servePage } from './serve-page.ts';
import type { ServedPage } from './serve-page.ts';

const CUSTOMER_HERTZ = 523;
const AGENT_HERTZ = 950;
const SAMPLE_RATE = 16_000;

let served: ServedPage;
let agent: AgentBrowser;
let page: Page;
let faults: string[];

test.beforeAll(async () => {
  served = await servePage();
  agent = await startAgentBrowser(AGENT_HERTZ);
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
  await page.goto(`${served.url}phone.html`);
  await page.evaluate(() => window.telephone.usePractice());
  await expect
    .poll(() => page.evaluate(() => window.telephone.connection()))
    .toMatchObject({
      mode: 'practice',
      transport: 'up',
      registration: 'registered',
      problem: null,
    });
});
test.afterEach(async () => {
  await page.close();
  expect(faults).toEqual([]);
});

const call = () => page.evaluate(() => window.telephone.call());
const reaches = (phase: string) =>
  expect.poll(async () => (await call())?.phase, { intervals: [50], timeout: 10_000 }).toBe(phase);
const types = () => page.evaluate(() => window.telephone.types());
const recording = (samples: number[]): Recording => ({ samples, sampleRate: SAMPLE_RATE });
const deskHears = async () => recording(await page.evaluate(() => window.telephone.heardByDesk()));
const customerHears = async () =>
  recording(await page.evaluate(() => window.telephone.heardByCustomer()));

type Listen = () => Promise<Recording>;

const expectTone = (listen: Listen, hertz: number) =>
  expect
    .poll(async () => toneProminence(await listen(), hertz), { timeout: 8000 })
    .toBeGreaterThan(20);
const expectSilence = (listen: Listen) =>
  expect.poll(async () => loudness(await listen()), { timeout: 8000 }).toBeLessThan(0.0005);

async function inACall(): Promise<void> {
  expect(await page.evaluate(() => window.telephone.place('030 1234567'))).toHaveProperty('callId');
  await reaches('confirmed');
}

test('a call out: rings, is answered, both are heard, ends; every event is of origin practice', async () => {
  await inACall();
  await expectTone(deskHears, CUSTOMER_HERTZ);
  await expectTone(customerHears, AGENT_HERTZ);
  await expect.poll(async () => (await call())?.quality?.mos).toBeGreaterThan(4);
  expect(await call()).toMatchObject({ media: 'connected', oneWay: null, origin: 'practice' });
  await page.evaluate(() => window.telephone.hangUp());
  await reaches('terminated');
  const events = await page.evaluate(() => window.telephone.events());
  expect(events[0]).toMatchObject({ type: 'placed', seq: 0, origin: 'practice', accountId: null });
  expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index));
  expect(events.map((event) => event.type).filter((type) => type !== 'quality')).toEqual([
    'placed',
    'ringing',
    'answered',
    'ended',
  ]);
  expect(events.at(-1)).toMatchObject({ type: 'ended', by: 'agent' });
});

test('a customer rings with number and name, is answered, hangs up', async () => {
  await page.evaluate(() => window.telephone.ring('+49 30 5550101', 'Ruth Adler'));
  await reaches('alerting');
  expect((await call())?.remote).toMatchObject({
    number: '+49305550101',
    display: 'Ruth Adler',
    anonymous: false,
  });
  expect(await page.evaluate(() => window.telephone.answer())).toBe(null);
  await reaches('confirmed');
  await expectTone(deskHears, CUSTOMER_HERTZ);
  await expectTone(customerHears, AGENT_HERTZ);
  await page.evaluate(() => window.telephone.customerHangsUp());
  await reaches('terminated');
  expect((await page.evaluate(() => window.telephone.events())).at(-1)).toMatchObject({
    type: 'ended',
    by: 'customer',
  });
});

test('a customer is declined, another gives up and is missed', async () => {
  await page.evaluate(() => window.telephone.ring('+49 30 5550101', null));
  await reaches('alerting');
  await page.evaluate(() => window.telephone.decline());
  await reaches('terminated');
  expect(await call()).toMatchObject({ cause: 'declined' });
  await page.evaluate(() => window.telephone.ring('+49 30 5550102', null));
  await reaches('alerting');
  await page.evaluate(() => window.telephone.customerHangsUp());
  await reaches('terminated');
  expect(await call()).toMatchObject({ cause: 'missed' });
});

test('mute silences, hold silences the desk, resume brings both back', async () => {
  await inACall();
  await expectTone(customerHears, AGENT_HERTZ);
  await page.evaluate(() => window.telephone.mute());
  await expectSilence(customerHears);
  await page.evaluate(() => window.telephone.unmute());
  await expectTone(customerHears, AGENT_HERTZ);
  await page.evaluate(() => window.telephone.hold());
  await expect.poll(async () => (await call())?.localHold).toBe(true);
  await expectSilence(deskHears);
  await expectSilence(customerHears);
  await page.evaluate(() => window.telephone.resume());
  await expect.poll(async () => (await call())?.localHold).toBe(false);
  await expectTone(deskHears, CUSTOMER_HERTZ);
  await expectTone(customerHears, AGENT_HERTZ);
  expect((await types()).filter((type) => type !== 'quality')).toEqual([
    'placed',
    'ringing',
    'answered',
    'muted',
    'unmuted',
    'held',
    'resumed',
  ]);
});

test('DTMF arrives as the key’s two frequencies', async () => {
  await inACall();
  await expectTone(customerHears, AGENT_HERTZ);
  await page.evaluate(() => window.telephone.mute());
  await expectSilence(customerHears);
  const heard = recording(await page.evaluate(() => window.telephone.heardAfterDigit('5')));
  const right = [770, 1336].map((hertz) => toneLevel(heard, hertz));
  const wrong = [697, 852, 941, 1209, 1477].map((hertz) => toneLevel(heard, hertz));
  expect(Math.min(...right)).toBeGreaterThan(-55);
  // Sound that a busy machine breaks up smears; any other key would stand far below.
  expect(Math.min(...right) - Math.max(...wrong)).toBeGreaterThan(10);
});

test('busy, declined and unknown numbers end with their cause', async () => {
  for (const [number, sipCode, cause] of [
    ['030 123 86', 486, 'busy'],
    ['030 123 03', 603, 'declined'],
    ['030 123 04', 404, 'notFound'],
  ] as const) {
    await page.evaluate((target) => window.telephone.place(target), number);
    await reaches('terminated');
    expect(await call()).toMatchObject({ sipCode, cause });
  }
});

test('the line can be left and taken again', async () => {
  await page.evaluate(() => window.telephone.close());
  expect(await page.evaluate(() => window.telephone.connection())).toMatchObject({ mode: 'none' });
  await page.evaluate(() => window.telephone.usePractice());
  await expect
    .poll(() => page.evaluate(() => window.telephone.connection().registration))
    .toBe('registered');
  await inACall();
});

test('another microphone and speaker in mid-call: both sides go on hearing each other', async () => {
  await inACall();
  await expectTone(customerHears, AGENT_HERTZ);
  const before = await page.evaluate(() => window.telephone.microphoneInUse());
  await page.evaluate(() => window.telephone.useOtherDevices());
  await expect
    .poll(() => page.evaluate(() => window.telephone.microphoneInUse()))
    .not.toEqual(before);
  await expectTone(customerHears, AGENT_HERTZ);
  await expectTone(deskHears, CUSTOMER_HERTZ);
});

test('after 20 calls nothing is left over', async () => {
  test.setTimeout(150_000);
  await page.goto(`${served.url}phone.html?deaf`);
  await page.evaluate(() => window.telephone.usePractice());
  await expect
    .poll(() => page.evaluate(() => window.telephone.connection().registration))
    .toBe('registered');
  const inspector = await page.context().newCDPSession(page);
  await inspector.send('Performance.enable');
  const alive = async () => {
    await inspector.send('HeapProfiler.collectGarbage');
    const { metrics } = await inspector.send('Performance.getMetrics');
    const metric = (name: string) =>
      metrics.find((each) => each.name === name)?.value ?? Number.NaN;
    return {
      connections: metric('RTCPeerConnections'),
      audioNodes: metric('AudioHandlers'),
      elements: metric('Nodes'),
    };
  };
  const calls = async (count: number) => {
    for (let index = 0; index < count; index += 1) {
      await page.evaluate(() => window.telephone.ring('+49 30 5550101', 'Ruth Adler'));
      await reaches('alerting');
      await page.evaluate(() => window.telephone.answer());
      await reaches('confirmed');
      await page.evaluate(() => window.telephone.hangUp());
      await reaches('terminated');
    }
  };
  await calls(2);
  const afterTwo = await alive();
  await calls(18);
  // Each call is remembered for a while, in case its messages come again.
  const more = async () => {
    const now = await alive();
    return {
      connections: Math.max(0, now.connections - afterTwo.connections),
      audioNodes: Math.max(0, now.audioNodes - afterTwo.audioNodes),
      elements: Math.max(0, now.elements - afterTwo.elements),
    };
  };
  const none = { connections: 0, audioNodes: 0, elements: 0 };
  await expect.poll(more, { timeout: 60_000, intervals: [2000] }).toEqual(none);
  expect(await page.evaluate(() => window.telephone.microphoneInUse())).toBe(null);
});
