// A recording of a call with a real telephone, as core gives it back: the agent left, the customer right.
import { expect, type Page } from '@playwright/test';
import type { Recording } from '../support/goertzel.ts';
import { expectTonesIn } from '../support/hearing.ts';
import { enterCustomer, expectTalk, setUpAccount, takeCall, test } from './desk-test.ts';
import { AGENT_TONE, CUSTOMER_TONE } from './rig-test.ts';

const RATE = 16_000;
/** Enough for several whole seconds in each channel. */
const RECORDED_MS = 4000;

declare global {
  interface Window {
    sounds?: Blob[];
  }
}

/** Both channels of the recording that the page last made an address for. */
async function channels(tab: Page): Promise<Recording[]> {
  const samples = await tab.evaluate(async (rate) => {
    const sound = window.sounds?.at(-1);
    if (!sound) return [];
    const context = new OfflineAudioContext(2, 1, rate);
    const decoded = await context.decodeAudioData(await sound.arrayBuffer());
    return Array.from({ length: decoded.numberOfChannels }, (_, channel) =>
      Array.from(decoded.getChannelData(channel)),
    );
  }, RATE);
  return samples.map((channel) => ({ samples: channel, sampleRate: RATE }));
}

test('a recorded call is heard again: the agent on the left, the customer on the right, neither in the other', async ({
  tab,
  rig,
  telephone,
}) => {
  await setUpAccount(tab, rig);
  await tab.getByText('Calls may be recorded').click();
  await expect(tab.getByRole('switch', { name: 'Calls may be recorded' })).toBeChecked();
  await enterCustomer(tab, 'Ruth Adler', '030 901820');
  await tab.getByRole('link', { name: 'Desk', exact: true }).click();
  await takeCall(tab, telephone);
  await expectTalk(tab, telephone);

  const current = tab.getByRole('region', { name: 'Current call' });
  await current.getByRole('button', { name: 'Record', exact: true }).click();
  await tab.getByText('I have announced the recording').click();
  await tab.getByText('The customer has agreed aloud').click();
  await tab
    .getByRole('group', { name: 'Consent to the recording' })
    .getByRole('button', { name: 'Record', exact: true })
    .click();
  await expect(current).toContainText('This call is being recorded');
  await tab.waitForTimeout(RECORDED_MS);
  await current.getByRole('button', { name: 'Stop recording' }).click();
  await expect(current.getByRole('button', { name: 'Record', exact: true })).toBeVisible();
  await current.getByRole('button', { name: 'Hang up' }).click();
  await telephone.next('CALL_CLOSED');

  await tab.evaluate(() => {
    const sounds: Blob[] = [];
    window.sounds = sounds;
    const original = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (thing) => {
      if (thing instanceof Blob && thing.type.startsWith('audio/')) sounds.push(thing);
      return original(thing);
    };
  });
  await tab.getByRole('link', { name: 'Customers', exact: true }).click();
  await tab.getByText('Ruth Adler').first().click();
  await tab
    .getByRole('region', { name: 'Timeline' })
    .getByRole('button', { name: 'Listen to the recording' })
    .click();
  await expect.poll(() => tab.evaluate(() => window.sounds?.length ?? 0)).toBeGreaterThan(0);
  const [left, right, ...more] = await channels(tab);
  expect(more).toEqual([]);
  if (!left || !right) throw new Error('the recording has fewer than two channels');
  expect(right.samples.length / RATE).toBeGreaterThan((0.6 * RECORDED_MS) / 1000);
  expectTonesIn(left, [AGENT_TONE], [CUSTOMER_TONE]);
  expectTonesIn(right, [CUSTOMER_TONE], [AGENT_TONE]);
});
