// What an agent waits for, on loopback with real peers: the desk beside a bare sip.js page in the same
// browser, taken in turns, so that both meet the same noise.
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { startAgentBrowser } from '../support/chromium.ts';
import { startDesk } from '../support/desk.ts';
import type { Telephone } from '../rig/baresip.ts';
import { type RigPage, serveRigPage } from '../rig/page-server.ts';
import { type Rig, startRig } from '../rig/rig.ts';
import { numberOf } from './large-book.ts';
import { installProbes, marksOf } from './probes.ts';
import { type Series, seriesOf } from './statistics.ts';

/** Index of the customer who calls; the name is as large-book.ts makes it. */
const CALLER = 4711;
const CALLER_NAME = `Customer ${CALLER}`;
const TARGET = 'agent2';

export interface DeskTimes {
  clickToInvite: { desk: Series; bareSipJs: Series };
  inviteToCard: Series;
  openedToRegistered: { desk: Series; bareSipJs: Series };
}

export interface DeskTimesOptions {
  /** Data folder that holds the large book. */
  folder: string;
  rounds: number;
  say: (text: string) => void;
}

export async function benchDesk(options: DeskTimesOptions): Promise<DeskTimes> {
  const caller = numberOf(CALLER);
  const rig = await startRig({ users: { [caller]: 'bench-secret-17', bench: 'bench-secret-18' } });
  const agent = await startAgentBrowser(700);
  const bare = await serveRigPage('bare-agent');
  const desk = await startDesk({ dataFolder: options.folder });
  try {
    const telephone = await rig.startTelephone({ user: caller });
    const bench = await openPages(agent.browser, desk.url, bare, rig);
    options.say('measuring click → INVITE');
    const clickToInvite = await measureClicks(bench, options.rounds);
    options.say('measuring INVITE → card');
    const inviteToCard = await measureCards(bench.desk, telephone, options.rounds);
    options.say('measuring page opened → registered');
    const openedToRegistered = await measureOpening(bench, desk.url, bare, rig, options.rounds);
    return { clickToInvite, inviteToCard, openedToRegistered };
  } catch (error) {
    options.say(rig.logs());
    throw error;
  } finally {
    await agent.close();
    await desk.stop();
    await bare.close();
    await rig.stop();
  }
}

interface Pages {
  contexts: { desk: BrowserContext; bare: BrowserContext };
  desk: Page;
  bare: Page;
}

async function openPages(
  browser: Browser,
  deskUrl: string,
  bare: RigPage,
  rig: Rig,
): Promise<Pages> {
  const contexts = { desk: await browser.newContext(), bare: await browser.newContext() };
  const desk = await contexts.desk.newPage();
  await installProbes(desk);
  await desk.goto(deskUrl);
  await enterAccount(desk, rig);
  const page = await contexts.bare.newPage();
  await installProbes(page);
  await page.goto(bare.url);
  await page.evaluate((account) => window.bareAgent.register(account), bareAccount(rig));
  return { contexts, desk, bare: page };
}

async function enterAccount(desk: Page, rig: Rig): Promise<void> {
  await desk.getByRole('link', { name: 'Settings', exact: true }).click();
  await desk.getByRole('textbox', { name: 'Server address' }).fill(rig.server);
  await desk.getByRole('textbox', { name: 'User', exact: true }).fill('agent1');
  await desk.getByRole('textbox', { name: 'Domain' }).fill(rig.domain);
  await desk.getByRole('textbox', { name: 'Password' }).fill(rig.passwordOf('agent1'));
  await desk.getByRole('button', { name: 'Save', exact: true }).click();
  await desk.getByRole('status', { name: 'Connection' }).getByText('Connected').waitFor();
  await desk.getByRole('link', { name: 'Desk', exact: true }).click();
}

/** A user of its own, so that the desk's calls do not ring here. */
const bareAccount = (rig: Rig) => ({
  server: rig.server,
  user: 'bench',
  domain: rig.domain,
  password: rig.passwordOf('bench'),
});

/** Calls somebody who is not registered: the server ends each call with 480 at once. */
async function measureClicks(
  { desk, bare }: Pages,
  rounds: number,
): Promise<DeskTimes['clickToInvite']> {
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
  await sent;
  const { clicked, inviteSent } = await marksOf(page);
  return inviteSent - clicked;
}

/** The customer rings; the card counts when name and story are painted. */
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

/** From navigation to a registered telephone; files of the page come from the browser's cache. */
async function measureOpening(
  pages: Pages,
  deskUrl: string,
  bare: RigPage,
  rig: Rig,
  rounds: number,
): Promise<DeskTimes['openedToRegistered']> {
  const times = { desk: [] as number[], bare: [] as number[] };
  await pages.desk.close();
  await pages.bare.close();
  for (let round = -1; round < Math.min(rounds, 15); round += 1) {
    const desk = await pages.contexts.desk.newPage();
    await installProbes(desk);
    await desk.addInitScript(() => {
      window.opened = window.paintOf(['Connected', 'My day'], null);
    });
    await desk.goto(deskUrl);
    const byDesk = (await desk.evaluate(() => window.opened)) ?? Number.NaN;
    await desk.close();
    const page = await pages.contexts.bare.newPage();
    await page.goto(bare.url);
    const byBare = await page.evaluate(async (account) => {
      await window.bareAgent.register(account);
      while (!window.bareAgent.events().includes('registered')) {
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      return performance.now();
    }, bareAccount(rig));
    await page.close();
    if (round < 0) continue;
    times.desk.push(byDesk);
    times.bare.push(byBare);
  }
  return { desk: seriesOf(times.desk), bareSipJs: seriesOf(times.bare) };
}
