// Strong noise suppression in a real Chromium, as the customer hears it over a peer connection: noise
// goes, a voice stays. The noise is pink; the voice is the practice customers' (a glottal pulse through
// the formants of vowels), which RNNoise takes for speech as it does a person's.
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { babble, VOICE_SAMPLE_RATE } from '../../renderer/phone/practice/voice.ts';
import { type AgentBrowser, startAgentBrowser } from '../support/chromium.ts';
import { loudness, type Recording } from '../support/goertzel.ts';
import { servePage } from './serve-page.ts';
import type { ServedPage } from './serve-page.ts';

const SECONDS = 12;

/** The same numbers each time, in [0, 1). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** Pink noise of about −34 dBFS at 44.1 kHz, which is not RNNoise's own rate (filter: P. Kellet's economy method). */
function noise(): Recording {
  const random = numbers(7);
  let [slow, middle, fast] = [0, 0, 0];
  const samples = Float32Array.from({ length: 44_100 * SECONDS }, () => {
    const white = 2 * random() - 1;
    slow = 0.99765 * slow + white * 0.099046;
    middle = 0.963 * middle + white * 0.2965164;
    fast = 0.57 * fast + white * 1.0526913;
    return 0.012 * (slow + middle + fast + white * 0.1848);
  });
  return { sampleRate: 44_100, samples };
}

/** Babble without the pauses between its phrases. */
function voice(): Recording {
  const spoken = babble(2 * SECONDS, numbers(3));
  const block = VOICE_SAMPLE_RATE / 10;
  const samples: number[] = [];
  for (let at = 0; at < spoken.length; at += block) {
    const part = spoken.subarray(at, at + block);
    if (loudness({ sampleRate: VOICE_SAMPLE_RATE, samples: part }) > 0.01) samples.push(...part);
  }
  return { sampleRate: VOICE_SAMPLE_RATE, samples };
}

let served: ServedPage;
test.beforeAll(async () => {
  served = await servePage();
});
test.afterAll(() => served.close());

/** A call with an agent whose microphone hears this. */
async function inCall(
  sound: Recording,
  then: (page: Page) => Promise<void>,
  before: (page: Page) => Promise<void> = async () => undefined,
): Promise<void> {
  const agent: AgentBrowser = await startAgentBrowser(sound);
  try {
    const page = await agent.browser.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    await before(page);
    await page.goto(`${served.url}media.html`);
    await page.evaluate(async () => {
      window.media.suppress('off');
      await window.media.call('ruth', 523);
    });
    await then(page);
    expect(faults).toEqual([]);
  } finally {
    await agent.close();
  }
}

/** In dB of full scale, the mean of four seconds. */
async function heard(page: Page): Promise<number> {
  const levels: number[] = [];
  for (let second = 0; second < 4; second += 1) {
    await page.waitForTimeout(1_000);
    const samples = await page.evaluate(() => window.media.heardBy('ruth'));
    levels.push(loudness({ sampleRate: 16_000, samples }) ** 2);
  }
  return 10 * Math.log10(levels.reduce((sum, level) => sum + level, 0) / levels.length);
}

const suppress = async (page: Page, choice: 'off' | 'browser' | 'strong') => {
  await page.evaluate((wanted) => window.media.suppress(wanted), choice);
  // Until it is loaded and has learned the noise.
  await page.waitForTimeout(3_000);
};
const notices = (page: Page) => page.evaluate(() => window.media.notices());

test('noise is at least 10 dB quieter, in mid-call and back again', async () => {
  await inCall(noise(), async (page) => {
    const before = await heard(page);
    expect(before).toBeGreaterThan(-45);
    await suppress(page, 'strong');
    const cleaned = await heard(page);
    expect(await notices(page)).toEqual([]);
    expect(before - cleaned, `${before} dB, then ${cleaned} dB`).toBeGreaterThan(10);
    await suppress(page, 'off');
    expect(Math.abs((await heard(page)) - before)).toBeLessThan(3);
  });
});

test('a voice passes', async () => {
  await inCall(voice(), async (page) => {
    const before = await heard(page);
    await suppress(page, 'strong');
    const cleaned = await heard(page);
    expect(await notices(page)).toEqual([]);
    expect(before - cleaned, `${before} dB, then ${cleaned} dB`).toBeLessThan(4);
  });
});

test('muting holds through it', async () => {
  await inCall(voice(), async (page) => {
    await page.evaluate(() => window.media.mute('ruth', true));
    await suppress(page, 'strong');
    expect(await heard(page)).toBeLessThan(-80);
    await page.evaluate(() => window.media.mute('ruth', false));
    await expect.poll(() => heard(page)).toBeGreaterThan(-45);
  });
});

for (const [why, before] of [
  [
    'its program cannot be loaded',
    (page: Page) => page.route('**/*.wasm', (route) => route.abort()),
  ],
  [
    'its program is broken',
    (page: Page) => page.route('**/*.wasm', (route) => route.fulfill({ body: 'not a program' })),
  ],
  [
    'the sound card insists on its own rate',
    (page: Page) =>
      page.addInitScript(() => {
        const Original = window.AudioContext;
        window.AudioContext = class extends Original {
          constructor(options?: AudioContextOptions) {
            super({ ...options, sampleRate: 44_100 });
          }
        };
      }),
  ],
] as const) {
  test(`${why}: said so, and the call goes on with the browser's own`, async () => {
    await inCall(
      voice(),
      async (page) => {
        await page.evaluate(() => window.media.suppress('strong'));
        await expect
          .poll(() => notices(page), { timeout: 10_000 })
          .toEqual([{ device: 'microphone', state: 'notCleaned' }]);
        await expect
          .poll(() => page.evaluate(() => window.media.processingOf('ruth')))
          .toEqual([false, true, false]);
        expect(await heard(page)).toBeGreaterThan(-45);
        await page.evaluate(() => window.media.suppress('browser'));
        expect(await notices(page)).toEqual([]);
      },
      async (page) => void (await before(page)),
    );
  });
}
