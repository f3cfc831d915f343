// The telephone: what passes between the agent's hand, the wire and the first sound, beside a bare sip.js.
import type { Page } from '@playwright/test';
import type { Telephone } from '../rig/baresip.ts';
import { CUSTOMER_NUMBER } from '../rig/rig.ts';
import { type AgentPages, withAgentPages } from './agent-pages.ts';
import { marksOf } from './probes.ts';
import type { Row, Section } from './section.ts';
import { type Series, seriesOf } from './statistics.ts';

/** Registered nowhere: the server ends each call to it with 480 at once. */
const NOBODY = 'sip:agent2@rig.test';

export interface BesideBare {
  desk: Series;
  bareSipJs: Series;
}

export interface TelephoneFigures {
  clickToInvite: BesideBare;
  /** The customer's telephone answers by itself. */
  clickToMedia: BesideBare;
  answerToMedia: BesideBare;
}

export const telephone: Section<TelephoneFigures> = {
  name: 'telephone',
  title: 'Telephone, on loopback with real peers',
  measure: (bench) =>
    withAgentPages(bench, { desk: { sample: true } }, async (pages) => {
      const customer = await pages.rig.startTelephone();
      bench.say('measuring click → INVITE');
      const clickToInvite = await measureClicks(pages, bench.rounds);
      bench.say('measuring click → media');
      const clickToMedia = await measureCalls(pages, customer, bench.rounds);
      bench.say('measuring answer → media');
      const answerToMedia = await measureAnswers(pages, customer, bench.rounds);
      return { clickToInvite, clickToMedia, answerToMedia };
    }),
  rows: ({ clickToInvite, clickToMedia, answerToMedia }) => [
    ...rowsOf('click → INVITE handed to the WebSocket', clickToInvite, 'p95 < 25'),
    ...rowsOf('click → media connected', clickToMedia, 'p95 < 100'),
    ...rowsOf('answer → media connected', answerToMedia, 'p95 < 100'),
  ],
};

function rowsOf(name: string, { desk, bareSipJs }: BesideBare, budget: string): Row[] {
  return [
    { name, series: desk, budget },
    { name: '  bare sip.js, as it comes', series: bareSipJs },
  ];
}

/** Takes turns, so that both meet the same noise; the first rounds warm both up. */
async function inTurns(
  rounds: number,
  byDesk: () => Promise<number>,
  byBare: () => Promise<number>,
): Promise<BesideBare> {
  const times = { desk: [] as number[], bare: [] as number[] };
  for (let round = -2; round < rounds; round += 1) {
    const desk = await byDesk();
    const bare = await byBare();
    if (round < 0) continue;
    times.desk.push(desk);
    times.bare.push(bare);
  }
  return { desk: seriesOf(times.desk), bareSipJs: seriesOf(times.bare) };
}

/** As long as a finger stays on a button, ms: what pressing it begins is over when it is let go. */
const PRESS = { delay: 80 };

/** A person's hand needs longer from the field, or from the first ring, to the button than this. */
const handMoves = (page: Page): Promise<void> => page.waitForTimeout(400);

async function dialled(desk: Page, target: string): Promise<() => Promise<void>> {
  await desk.getByRole('textbox', { name: 'Number or name' }).fill(target);
  await handMoves(desk);
  return () => desk.getByRole('button', { name: 'Call', exact: true }).click(PRESS);
}

function measureClicks({ desk, bare }: AgentPages, rounds: number): Promise<BesideBare> {
  return inTurns(
    rounds,
    async () => {
      const click = await dialled(desk, NOBODY);
      const ms = await timeTo(desk, 'nextInvite', click);
      await desk.getByText('Not reachable at the moment').first().waitFor();
      return ms;
    },
    async () => {
      const ms = await timeTo(bare, 'nextInvite', () => bareButton(bare, 'Call'));
      await handMoves(bare);
      return ms;
    },
  );
}

async function measureCalls(
  { desk, bare }: AgentPages,
  customer: Telephone,
  rounds: number,
): Promise<BesideBare> {
  customer.whenRung('answer');
  await bare.evaluate((target) => {
    window.bareTarget = target;
  }, `sip:${CUSTOMER_NUMBER}@rig.test`);
  const series = await inTurns(
    rounds,
    async () => {
      const click = await dialled(desk, `sip:${CUSTOMER_NUMBER}@rig.test`);
      const ms = await timeTo(desk, 'nextMedia', click);
      await hangUp(customer, desk);
      return ms;
    },
    async () => {
      const ms = await timeTo(bare, 'nextMedia', () => bareButton(bare, 'Call'));
      await hangUp(customer, bare);
      return ms;
    },
  );
  customer.whenRung('ring');
  return series;
}

function measureAnswers(
  { desk, bare }: AgentPages,
  customer: Telephone,
  rounds: number,
): Promise<BesideBare> {
  const incoming = desk.getByRole('region', { name: 'Incoming call' });
  return inTurns(
    rounds,
    async () => {
      await customer.dial('agent1');
      const button = incoming.getByRole('button', { name: 'Answer' });
      await button.waitFor();
      await handMoves(desk);
      const ms = await timeTo(desk, 'nextMedia', () => button.click(PRESS));
      await hangUp(customer, desk);
      return ms;
    },
    async () => {
      const before = await marksOf(bare);
      await customer.dial('bench');
      while ((await marksOf(bare)).inviteReceived === before.inviteReceived) {
        await bare.waitForTimeout(50);
      }
      await handMoves(bare);
      const ms = await timeTo(bare, 'nextMedia', () => bareButton(bare, 'Answer'));
      await hangUp(customer, bare);
      return ms;
    },
  );
}

const bareButton = (bare: Page, name: 'Call' | 'Answer'): Promise<void> =>
  bare.getByRole('button', { name }).click(PRESS);

/** The customer hangs up once the call stands; the page has taken note when this returns. */
async function hangUp(customer: Telephone, page: Page): Promise<void> {
  await customer.next('CALL_ESTABLISHED');
  await customer.hangUp();
  await page.getByRole('region', { name: 'Current call' }).waitFor({ state: 'hidden' });
  await page.waitForTimeout(700);
}

/** From the release of the mouse button to what the page's probe hears of. */
async function timeTo(
  page: Page,
  what: 'nextInvite' | 'nextMedia',
  click: () => Promise<void>,
): Promise<number> {
  const at = page.evaluate((probe) => window[probe](), what);
  await click();
  return (await at) - (await marksOf(page)).clicked;
}
