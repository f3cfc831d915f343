// The page is opened: how long until the desk can be used and the telephone is registered.
import { type AgentPages, bareAccount, withAgentPages } from './agent-pages.ts';
import { installProbes } from './probes.ts';
import type { Section } from './section.ts';
import { type Series, seriesOf } from './statistics.ts';

export interface PageOpeningFigures {
  openedToRegistered: { desk: Series; bareSipJs: Series };
}

export const pageOpening: Section<PageOpeningFigures> = {
  name: 'opening',
  title: 'Opening the desk, on the large book',
  measure: async (bench) => {
    const { folder } = await bench.book();
    return withAgentPages(bench, { desk: { dataFolder: folder } }, async (pages) => {
      bench.say('measuring page opened → registered');
      return { openedToRegistered: await measureOpening(pages, Math.min(bench.rounds, 15)) };
    });
  },
  rows: ({ openedToRegistered }) => [
    {
      name: 'page opened → usable and registered',
      series: openedToRegistered.desk,
      budget: 'p95 < 1000',
    },
    { name: '  bare sip.js page', series: openedToRegistered.bareSipJs },
  ],
};

/** From navigation to a registered telephone; files of the page come from the browser's cache. */
async function measureOpening(
  pages: AgentPages,
  rounds: number,
): Promise<PageOpeningFigures['openedToRegistered']> {
  const times = { desk: [] as number[], bare: [] as number[] };
  await pages.desk.close();
  await pages.bare.close();
  for (let round = -1; round < rounds; round += 1) {
    const desk = await pages.contexts.desk.newPage();
    await installProbes(desk);
    await desk.addInitScript(() => {
      window.opened = window.paintOf(['Connected', 'My day'], null);
    });
    await desk.goto(pages.urls.desk);
    const byDesk = (await desk.evaluate(() => window.opened)) ?? Number.NaN;
    await desk.close();
    const page = await pages.contexts.bare.newPage();
    await page.goto(pages.urls.bare);
    const byBare = await page.evaluate(
      async (account) => {
        await window.bareAgent.register(account);
        while (!window.bareAgent.events().includes('registered')) {
          await new Promise((resolve) => setTimeout(resolve, 1));
        }
        return performance.now();
      },
      bareAccount(pages.rig, pages.wires.bare),
    );
    await page.close();
    if (round < 0) continue;
    times.desk.push(byDesk);
    times.bare.push(byBare);
  }
  return { desk: seriesOf(times.desk), bareSipJs: seriesOf(times.bare) };
}
