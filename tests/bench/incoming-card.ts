// A customer rings: how long until name and story are painted, out of a large book.
import type { Page } from '@playwright/test';
import type { Telephone } from '../rig/baresip.ts';
import { withAgentPages } from './agent-pages.ts';
import { marksOf } from './probes.ts';
import type { Section } from './section.ts';
import { type Series, seriesOf } from './statistics.ts';
import { customerOf } from '../book/book-people.ts';
import { numberOf, SEED } from './the-book.ts';

/** Index of the customer who calls. */
const CALLER = 4711;
const CALLER_NAME = customerOf(SEED, CALLER).name;

export interface IncomingCardFigures {
  inviteToCard: Series;
}

export const incomingCard: Section<IncomingCardFigures> = {
  name: 'card',
  title: 'The caller’s card, out of the large book',
  measure: async (bench) => {
    const { folder } = await bench.book();
    const caller = numberOf(CALLER);
    const users = { [caller]: 'bench-secret-17' };
    return withAgentPages(bench, { desk: { dataFolder: folder }, users }, async (pages) => {
      bench.say('measuring INVITE → card');
      const telephone = await pages.rig.startTelephone({ user: caller });
      return { inviteToCard: await measureCards(pages.desk, telephone, bench.rounds) };
    });
  },
  rows: ({ inviteToCard }) => [
    {
      name: 'INVITE received → card with story painted',
      series: inviteToCard,
      budget: 'p50 ≤ 46, p95 ≤ 60',
    },
  ],
};

/** The card counts when name and story are painted. */
async function measureCards(desk: Page, telephone: Telephone, rounds: number): Promise<Series> {
  const times: number[] = [];
  const incoming = desk.getByRole('region', { name: 'Incoming call' });
  for (let round = -2; round < rounds; round += 1) {
    const painted = desk.evaluate(
      (texts) => window.paintOf(texts, 'Incoming call'),
      [CALLER_NAME, 'Answer'],
    );
    await telephone.dial('agent1');
    const at = await painted;
    if (round >= 0) times.push(at - (await marksOf(desk)).inviteReceived);
    const contacts = incoming.getByRole('list', { name: 'Last contacts' });
    if ((await contacts.count()) !== 1) throw new Error('the card has no story');
    await telephone.hangUp();
    await incoming.waitFor({ state: 'hidden' });
    await desk.waitForTimeout(250);
  }
  return seriesOf(times);
}
