// The telephone: what passes between the agent's hand and the wire, beside a bare sip.js.
import type { Page } from '@playwright/test';
import { type AgentPages, withAgentPages } from './agent-pages.ts';
import { marksOf } from './probes.ts';
import type { Section } from './section.ts';
import { type Series, seriesOf } from './statistics.ts';

const TARGET = 'agent2';

export interface TelephoneFigures {
  clickToInvite: { desk: Series; bareSipJs: Series };
}

export const telephone: Section<TelephoneFigures> = {
  name: 'telephone',
  title: 'Telephone, on loopback with real peers',
  measure: (bench) =>
    withAgentPages(bench, { desk: { sample: true } }, async (pages) => {
      bench.say('measuring click → INVITE');
      return { clickToInvite: await measureClicks(pages, bench.rounds) };
    }),
  rows: ({ clickToInvite }) => [
    {
      name: 'click → INVITE handed to the WebSocket',
      series: clickToInvite.desk,
      budget: 'p95 < 25',
    },
    { name: '  bare sip.js, as it comes', series: clickToInvite.bareSipJs },
  ],
};

/** Calls somebody who is not registered: the server ends each call with 480 at once. */
async function measureClicks(
  { desk, bare }: AgentPages,
  rounds: number,
): Promise<TelephoneFigures['clickToInvite']> {
  const times = { desk: [] as number[], bare: [] as number[] };
  const field = desk.getByRole('textbox', { name: 'Number or name' });
  const call = desk.getByRole('button', { name: 'Call', exact: true });
  for (let round = -2; round < rounds; round += 1) {
    await field.fill(`sip:${TARGET}@rig.test`);
    // A person's hand needs longer from the field to the button than this.
    await desk.waitForTimeout(300);
    const byDesk = await timeOfInvite(desk, () => call.click());
    await desk.getByText('Not reachable at the moment').first().waitFor();
    const byBare = await timeOfInvite(bare, () =>
      bare.getByRole('button', { name: 'Call' }).click(),
    );
    await desk.waitForTimeout(200);
    // The first rounds warm both up.
    if (round < 0) continue;
    times.desk.push(byDesk);
    times.bare.push(byBare);
  }
  return { desk: seriesOf(times.desk), bareSipJs: seriesOf(times.bare) };
}

async function timeOfInvite(page: Page, click: () => Promise<void>): Promise<number> {
  const sent = page.evaluate(() => window.nextInvite());
  await click();
  return (await sent) - (await marksOf(page)).clicked;
}
