// The wire goes dead in mid-call without a word: how long until the desk notices, is registered again
// over a new connection, and the call's sound has its new path; beside a bare sip.js that lies on such
// a wire for just as long. The old path carries the sound until the new one takes over, which may be
// seconds later: what the agent would notice is a gap.
import type { Page } from '@playwright/test';
import type { Telephone } from '../rig/baresip.ts';
import { CUSTOMER_NUMBER } from '../rig/rig.ts';
import { type AgentPages, withAgentPages } from './agent-pages.ts';
import { marksOf } from './probes.ts';
import type { Section } from './section.ts';
import { type Series, seriesOf } from './statistics.ts';

/** Each lasts as long as it takes to notice, up to ten seconds. */
const MOST_ROUNDS = 8;

export interface RecoveryFigures {
  deadToNoticed: Series;
  /** From the moment at which the new WebSocket is open. */
  connectedToRegistered: Series;
  connectedToAudio: Series;
  /** Longest time without a packet of the customer's voice, from the death to the new path. */
  longestGap: Series;
  /** What bare sip.js did meanwhile: when it asked for a new connection, if ever. */
  bareSipJs: { noticedAfterMs: number | null; watchedMs: number };
}

export const recovery: Section<RecoveryFigures> = {
  name: 'recovery',
  title: 'A connection that dies in mid-call without a word',
  measure: (bench) =>
    withAgentPages(bench, { desk: { sample: true } }, async (pages) => {
      const customer = await pages.rig.startTelephone();
      customer.whenRung('answer');
      bench.say('measuring dead connections');
      return measureDeaths(pages, customer, Math.min(bench.rounds, MOST_ROUNDS));
    }),
  rows: ({ deadToNoticed, connectedToRegistered, connectedToAudio, longestGap, bareSipJs }) => [
    { name: 'connection dead → noticed', series: deadToNoticed, budget: '≤ 10000' },
    {
      name: '  bare sip.js, as it comes',
      words:
        bareSipJs.noticedAfterMs === null
          ? `never (within ${Math.floor(bareSipJs.watchedMs / 1000)} s)`
          : `after ${Math.round(bareSipJs.noticedAfterMs)}`,
    },
    { name: 'new connection → registered', series: connectedToRegistered, budget: 'p95 < 100' },
    { name: 'longest gap in the sound meanwhile', series: longestGap, budget: 'p95 < 500' },
    { name: 'new connection → sound on its new path', series: connectedToAudio },
  ],
};

async function measureDeaths(
  { desk, bare, wires }: AgentPages,
  customer: Telephone,
  rounds: number,
): Promise<RecoveryFigures> {
  const noticed: number[] = [];
  const registered: number[] = [];
  const audio: number[] = [];
  const gaps: number[] = [];
  await desk
    .getByRole('textbox', { name: 'Number or name' })
    .fill(`sip:${CUSTOMER_NUMBER}@rig.test`);
  await desk.getByRole('button', { name: 'Call', exact: true }).click();
  await customer.next('CALL_ESTABLISHED');
  const bareDead = await now(bare);
  wires.bare.goDead();
  for (let round = 0; round < rounds; round += 1) {
    // Long enough for the call to be quiet, and never in step with the desk's own watch.
    await desk.waitForTimeout(1_500 + ((round * 1_370) % 5_000));
    const pathBefore = await desk.evaluate(pathOfSound);
    const dead = await now(desk);
    const gap = desk.evaluate(longestGapInSound);
    wires.desk.goDead();
    await desk.waitForFunction((since) => window.marks.inviteAccepted > since, dead, {
      polling: 20,
      timeout: 30_000,
    });
    const heard = await desk.evaluate(soundOnAnotherPath, pathBefore);
    await desk.evaluate(() => window.dispatchEvent(new Event('sound-settled')));
    gaps.push(await gap);
    const marks = await marksOf(desk);
    noticed.push(marks.connecting - dead);
    registered.push(marks.registered - marks.connected);
    audio.push(heard - marks.connected);
  }
  const { connecting } = await marksOf(bare);
  const watchedMs = (await now(bare)) - bareDead;
  await customer.hangUp();
  return {
    deadToNoticed: seriesOf(noticed),
    connectedToRegistered: seriesOf(registered),
    connectedToAudio: seriesOf(audio),
    longestGap: seriesOf(gaps),
    bareSipJs: { noticedAfterMs: connecting > bareDead ? connecting - bareDead : null, watchedMs },
  };
}

const now = (page: Page): Promise<number> => page.evaluate(() => performance.now());

/** In the page: the pair of addresses between which the call's sound goes. */
async function pathOfSound(): Promise<string> {
  const stats = await window.mediaConnection?.getStats();
  for (const each of stats?.values() ?? []) {
    if (each.type === 'transport') return String(each.selectedCandidatePairId);
  }
  return '';
}

/** In the page: when packets first came in between other addresses than those. */
async function soundOnAnotherPath(before: string): Promise<number> {
  let packets: number | null = null;
  for (;;) {
    const stats = [...((await window.mediaConnection?.getStats()) ?? new Map()).values()];
    const transport = stats.find((each) => each.type === 'transport');
    const inbound = stats.find((each) => each.type === 'inbound-rtp');
    const renewed = transport !== undefined && transport.selectedCandidatePairId !== before;
    if (renewed && inbound) {
      packets ??= inbound.packetsReceived;
      if (inbound.packetsReceived > (packets ?? 0)) return performance.now();
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** In the page, until it is told that the sound has settled: the longest time without a packet, ms. */
async function longestGapInSound(): Promise<number> {
  const settled = new AbortController();
  window.addEventListener('sound-settled', () => settled.abort(), { once: true });
  let longest = 0;
  let last = performance.now();
  let packets = -1;
  while (!settled.signal.aborted) {
    const stats = [...((await window.mediaConnection?.getStats()) ?? new Map()).values()];
    const received: unknown = stats.find((each) => each.type === 'inbound-rtp')?.packetsReceived;
    if (typeof received === 'number' && received !== packets) {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
      packets = received;
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return Math.max(longest, performance.now() - last);
}
