// The practice line and the product's sound in a real Chromium: tones prove who is heard.
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
test.beforeEach(() => {
  faults = [];
});
test.afterEach(async () => {
  await page.close();
  expect(faults).toEqual([]);
});

async function openDesk(query = ''): Promise<void> {
  page = await agent.browser.newPage();
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) faults.push(message.text());
  });
  await page.goto(`${served.url}?${query}`);
  await page.evaluate(() => window.desk.register());
  await happens('registered');
}

const events = () => page.evaluate(() => window.desk.events());
const happens = (event: string) =>
  expect.poll(events, { intervals: [50], timeout: 10_000 }).toContain(event);
const recording = (samples: number[]): Recording => ({ samples, sampleRate: SAMPLE_RATE });
const deskHears = async () => recording(await page.evaluate(() => window.desk.heardByDesk()));
const customerHears = async () =>
  recording(await page.evaluate(() => window.desk.heardByCustomer()));

type Listen = () => Promise<Recording>;

/** Within eight seconds the tone stands 20 dB above all others for a whole second. */
const expectTone = (listen: Listen, hertz: number) =>
  expect
    .poll(async () => toneProminence(await listen(), hertz), { timeout: 8000 })
    .toBeGreaterThan(20);
const expectSilence = (listen: Listen) =>
  expect.poll(async () => loudness(await listen()), { timeout: 8000 }).toBeLessThan(0.0005);

async function inACall(): Promise<void> {
  await page.evaluate(() => window.desk.place('0301234567'));
  await happens('Established');
}

test('a call out: 180, 200, both hear each other, BYE, the microphone is given back', async () => {
  await openDesk();
  await inACall();
  await expectTone(deskHears, CUSTOMER_HERTZ);
  await expectTone(customerHears, AGENT_HERTZ);
  expect(toneProminence(await deskHears(), AGENT_HERTZ)).toBeLessThan(-20);
  expect(toneProminence(await customerHears(), CUSTOMER_HERTZ)).toBeLessThan(-20);
  await expect
    .poll(async () => (await page.evaluate(() => window.desk.measurement()))?.now.mos)
    .toBeGreaterThan(4);
  expect(await page.evaluate(() => window.desk.measurement()?.oneWay)).toBe(null);
  await page.evaluate(() => window.desk.hangUp());
  await happens('Terminated');
  expect(await events()).toEqual([
    'registered',
    'Establishing',
    'progress 180',
    'Established',
    'accepted 200',
    'Terminated',
  ]);
  expect(await page.evaluate(() => window.desk.microphone())).toEqual([]);
});

test('a customer rings with number and name, is answered, hangs up', async () => {
  await openDesk();
  expect(await page.evaluate(() => window.desk.ring())).toBe(null);
  await happens('invited Ruth Ruthi Adler +49305550101');
  expect(await page.evaluate(() => window.desk.ring())).toBe('callInProgress');
  await page.evaluate(() => window.desk.answer());
  await happens('Established');
  await expectTone(deskHears, CUSTOMER_HERTZ);
  await expectTone(customerHears, AGENT_HERTZ);
  await page.evaluate(() => window.desk.customerHangsUp());
  await happens('Terminated');
});

test('mute silences, hold silences both ways, resume brings both back', async () => {
  await openDesk();
  await inACall();
  await expectTone(customerHears, AGENT_HERTZ);
  await page.evaluate(() => window.desk.mute(true));
  await expectSilence(customerHears);
  await expectTone(deskHears, CUSTOMER_HERTZ);
  await page.evaluate(() => window.desk.mute(false));
  await expectTone(customerHears, AGENT_HERTZ);
  expect(await page.evaluate(() => window.desk.hold(true))).toBe('accepted');
  await expectSilence(deskHears);
  expect(await page.evaluate(() => window.desk.hold(false))).toBe('accepted');
  await expectTone(deskHears, CUSTOMER_HERTZ);
  await expectTone(customerHears, AGENT_HERTZ);
});

test('DTMF arrives as the key’s two frequencies', async () => {
  await openDesk();
  await inACall();
  await expectTone(customerHears, AGENT_HERTZ);
  await page.evaluate(() => window.desk.mute(true));
  await expectSilence(customerHears);
  const heard = recording(await page.evaluate(() => window.desk.heardAfterDigit('5')));
  const right = [770, 1336].map((hertz) => toneLevel(heard, hertz));
  const wrong = [697, 852, 941, 1209, 1477].map((hertz) => toneLevel(heard, hertz));
  expect(Math.min(...right)).toBeGreaterThan(-55);
  // Sound that a busy machine breaks up smears; any other key would stand far below.
  expect(Math.min(...right) - Math.max(...wrong)).toBeGreaterThan(10);
});

test('busy, declined, unknown and unanswered numbers end as their digits say', async () => {
  await openDesk('speed=100');
  for (const [number, sipCode] of [
    ['03012386', 486],
    ['03012303', 603],
    ['03012304', 404],
    ['03012380', 480],
  ] as const) {
    await page.evaluate((dialled) => window.desk.place(dialled), number);
    await happens(`rejected ${sipCode}`);
  }
  const happened = await events();
  expect(happened.filter((event) => event === 'progress 180')).toHaveLength(2);
  expect(happened.filter((event) => event === 'Terminated')).toHaveLength(4);
});

test('a customer who is not answered gives up after 25 s', async () => {
  await openDesk('speed=25');
  await page.evaluate(() => window.desk.ring());
  await happens('Terminated');
  expect(await page.evaluate(() => window.desk.planned())).toContain(25_000);
  expect(await events()).not.toContain('Established');
});

test('customers ring by themselves only once switched on, after 45 to 120 s of quiet', async () => {
  await openDesk('speed=100');
  await page.waitForTimeout(1500);
  expect((await events()).join()).not.toContain('invited');
  await page.evaluate(() => window.desk.ringsByThemselves(true));
  await happens('invited Ruth Ruthi Adler +49305550101');
  const [wait] = await page.evaluate(() => window.desk.planned());
  expect(wait).toBeGreaterThanOrEqual(45_000);
  expect(wait).toBeLessThanOrEqual(120_000);
  await happens('Terminated');
  await page.evaluate(() => window.desk.ringsByThemselves(false));
  const rung = (await events()).length;
  await page.waitForTimeout(1500);
  expect(await events()).toHaveLength(rung);
});

test('the practice voice speaks, and is silent while the agent does', async () => {
  await openDesk('voice=babble');
  await inACall();
  await expectTone(customerHears, AGENT_HERTZ);
  await expectSilence(deskHears);
  await page.evaluate(() => window.desk.mute(true));
  await expect
    .poll(async () => loudness(await deskHears()), { timeout: 10_000 })
    .toBeGreaterThan(0.005);
  await page.evaluate(() => window.desk.mute(false));
  await expectSilence(deskHears);
  // A customer who listens for long is not taken for a dead line.
  await page.waitForTimeout(8000);
  expect(await page.evaluate(() => window.desk.measurement()?.oneWay)).toBe(null);
});

test('devices have names once the microphone was allowed, and the meter moves', async () => {
  await openDesk();
  expect(await page.evaluate(() => window.desk.meter(800))).toBeGreaterThan(0.3);
  await expect
    .poll(() => page.evaluate(() => window.desk.devices().microphones.length))
    .toBeGreaterThan(0);
  expect(await page.evaluate(() => window.desk.devices().named)).toBe(true);
});
