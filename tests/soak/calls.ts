// Call after call in one page of the real desk, on the practice line: what the page holds must not
// grow with them.
import type { Page } from '@playwright/test';
import { startAgentBrowser } from '../support/chromium.ts';
import { startDesk } from '../support/desk.ts';
import { countingSession, countOpenings, type OpenThings, openThingsOf } from './open-things.ts';

export interface CallSoak {
  calls: number;
  /** Calls before the first count: modules are loaded and caches filled by then. */
  warmUp: number;
  /** The page is counted each time after so many calls. */
  every: number;
  /** Whether the agent saves each call's result, or leaves it for later. */
  wrapUps: 'saved' | 'left';
  signal?: AbortSignal;
  onCount?: (count: Count) => void;
}

export interface Count {
  /** Calls made since the warm-up. */
  calls: number;
  things: OpenThings;
}

/** A practice customer whose number ends in 86 is busy. */
const BUSY = '030 1234586';

/**
 * How much more than at the start there may be of each at the end, however many calls there were: a
 * tone that is dying away, events of a closed peer that the browser has yet to deliver. One of a kind
 * left by each call is more than that in the shortest soak.
 */
const SLACK: Readonly<Omit<OpenThings, 'heap'>> = {
  listeners: 16,
  // Two entries of a timeline: which customer stands on the desk in the end differs.
  nodes: 40,
  documents: 0,
  peers: 4,
  audioNodes: 24,
  openPeers: 0,
  openContexts: 1,
  liveTracks: 0,
  timeouts: 4,
  intervals: 1,
};

/** Bytes by which the heap grows with each call, by least squares over the counts. */
export function heapPerCall(counts: readonly Count[]): number {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const calls = mean(counts.map((count) => count.calls));
  const heap = mean(counts.map(({ things }) => things.heap));
  const spread = counts.map((count) => (count.calls - calls) ** 2);
  const common = counts.map(({ calls: at, things }) => (at - calls) * (things.heap - heap));
  return mean(common) / mean(spread);
}

/** What is left behind, in words; empty when nothing is. `heap` is what a call may cost, in bytes. */
export function leftBehind(counts: readonly Count[], heap: number): string[] {
  const [first] = counts;
  const last = counts.at(-1);
  if (!first || !last || last.calls === first.calls) throw new Error('Nothing was counted.');
  const names = Object.keys(SLACK) as (keyof typeof SLACK)[];
  const more = names
    .filter((name) => last.things[name] > first.things[name] + SLACK[name])
    .map((name) => `${name}: ${first.things[name]} at the start, ${last.things[name]} in the end`);
  const perCall = Math.round(heapPerCall(counts));
  return perCall > heap ? [...more, `heap: ${perCall} bytes more with each call`] : more;
}

/** Makes the calls and answers what the page held, the first count being that after the warm-up. */
export async function soakCalls(soak: CallSoak): Promise<Count[]> {
  const desk = await startDesk({ sample: true });
  const agent = await startAgentBrowser(700, { handleSIGINT: false, handleSIGTERM: false });
  // Whatever is waited for in the page then fails at once, and nothing is left behind.
  const stop = () => void agent.browser.close().catch(() => undefined);
  soak.signal?.addEventListener('abort', stop);
  try {
    soak.signal?.throwIfAborted();
    const context = await agent.browser.newContext({ permissions: ['microphone'] });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    await countOpenings(page);
    await page.goto(desk.url);
    // It is there before the telephone is registered, and works from then on.
    const ring = page.getByRole('button', { name: 'Let a customer ring', disabled: false });
    await ring.waitFor({ timeout: 60_000 });
    const counts = await makeCalls(page, soak);
    if (faults.length > 0) throw new Error(faults.join('\n'));
    return counts;
  } catch (error) {
    soak.signal?.throwIfAborted();
    throw error;
  } finally {
    soak.signal?.removeEventListener('abort', stop);
    await agent.close();
    await desk.stop();
  }
}

async function makeCalls(page: Page, soak: CallSoak): Promise<Count[]> {
  const session = await countingSession(page);
  const counts: Count[] = [];
  const count = async (calls: number) => {
    // Always over the same page: what is shown of a customer differs from one to the next.
    await show(page, '/settings', 'h1:text-is("Settings")');
    const counted = { calls, things: await openThingsOf(page, session) };
    counts.push(counted);
    soak.onCount?.(counted);
    await show(page, '/', '[aria-label="My day"]');
  };
  for (let call = 1; call <= soak.warmUp; call += 1) await nextCall(page, call, soak);
  await count(0);
  for (let call = 1; call <= soak.calls; call += 1) {
    await nextCall(page, call, soak);
    if (call % soak.every === 0 || call === soak.calls) await count(call);
  }
  return counts;
}

/** Every fifth call is put on hold and taken back, every tenth is one of the agent's to a busy number. */
async function nextCall(page: Page, call: number, { wrapUps, signal }: CallSoak): Promise<void> {
  signal?.throwIfAborted();
  if (call % 10 === 0) return busyCall(page);
  await page.keyboard.press('Alt+p');
  await until(page, { region: 'Incoming call' });
  await page.keyboard.press('Control+Enter');
  await until(page, { region: 'Current call', words: 'Talking' });
  if (call % 5 === 1) {
    await page.keyboard.press('Alt+h');
    await until(page, { region: 'Current call', words: 'On hold' });
    await page.keyboard.press('Alt+h');
    await until(page, { region: 'Current call', words: 'Talking' });
  }
  await page.keyboard.press('Alt+q');
  await until(page, { region: 'Wrap-up' });
  if (wrapUps === 'saved') await saveWrapUp(page);
}

/** Needs no wrap-up: why it did not come about is known. */
async function busyCall(page: Page): Promise<void> {
  // Typed once: the browser keeps what is typed for its undo.
  const known = await page.evaluate(() => document.body.textContent.includes('Last dialled'));
  if (known) await page.keyboard.press('Alt+l');
  else {
    await page.keyboard.press('/');
    await page.keyboard.type(BUSY);
    await page.keyboard.press('Enter');
  }
  await until(page, { words: 'Try again' });
  await leaveField(page);
}

async function saveWrapUp(page: Page): Promise<void> {
  await leaveField(page);
  await page.keyboard.press('1');
  await page.keyboard.press('Control+s');
  await until(page, { region: 'Wrap-up', gone: true });
}

/** In a field, figures are text. */
async function leaveField(page: Page): Promise<void> {
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  });
}

const WITHIN_MS = 15_000;
const LOOK_EVERY_MS = 20;

interface Sign {
  /** Anywhere when left out. */
  region?: string;
  words?: string;
  gone?: boolean;
}

/** Waits for a region of the desk, for words, or for the end of either; keeps no handle of the page's. */
async function until(page: Page, sign: Sign): Promise<void> {
  const came = await page.evaluate(
    async ({ region, words = '', gone = false, within, every }) => {
      const end = performance.now() + within;
      const is = () => {
        const place =
          region === undefined
            ? document.body
            : document.querySelector(`section[aria-label="${region}"]`);
        return place?.textContent.includes(words) ?? false;
      };
      while (is() === gone) {
        if (performance.now() > end) return false;
        await new Promise((resolve) => setTimeout(resolve, every));
      }
      return true;
    },
    { ...sign, within: WITHIN_MS, every: LOOK_EVERY_MS },
  );
  if (!came) throw new Error(`not within ${WITHIN_MS} ms: ${JSON.stringify(sign)}`);
}

async function show(page: Page, address: string, sign: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, address);
  await page.locator(sign).first().waitFor();
}
