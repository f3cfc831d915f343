// Two pages of one agent's browser on real peers: the desk, and a bare sip.js telephone beside it, so
// that both meet the same noise.
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { startAgentBrowser } from '../support/chromium.ts';
import { type Desk, type DeskChoice, startDesk } from '../support/desk.ts';
import { type RigPage, serveRigPage } from '../rig/page-server.ts';
import { type Rig, startRig } from '../rig/rig.ts';
import { installProbes } from './probes.ts';
import type { Bench } from './section.ts';

export interface AgentPages {
  rig: Rig;
  contexts: { desk: BrowserContext; bare: BrowserContext };
  desk: Page;
  bare: Page;
  urls: { desk: string; bare: string };
}

export interface AgentPagesOptions {
  desk: DeskChoice;
  /** More users of the rig and their passwords. */
  users?: Record<string, string>;
}

/** Lets `measure` have pages that are registered; everything is gone afterwards. */
export async function withAgentPages<Figures>(
  bench: Bench,
  options: AgentPagesOptions,
  measure: (pages: AgentPages) => Promise<Figures>,
): Promise<Figures> {
  const rig = await startRig({ users: { bench: 'bench-secret-18', ...options.users } });
  const ends: (() => Promise<void>)[] = [() => rig.stop()];
  try {
    const agent = await startAgentBrowser(700);
    ends.push(() => agent.close());
    const bare = await serveRigPage('bare-agent');
    ends.push(() => bare.close());
    const desk = await startDesk(options.desk);
    ends.push(() => desk.stop());
    return await measure(await openPages(agent.browser, desk, bare, rig));
  } catch (error) {
    bench.say(rig.logs());
    throw error;
  } finally {
    for (const end of ends.toReversed()) await end();
  }
}

async function openPages(
  browser: Browser,
  desk: Desk,
  bare: RigPage,
  rig: Rig,
): Promise<AgentPages> {
  const contexts = { desk: await browser.newContext(), bare: await browser.newContext() };
  const tab = await contexts.desk.newPage();
  await installProbes(tab);
  await tab.goto(desk.url);
  await enterAccount(tab, rig);
  const page = await contexts.bare.newPage();
  await installProbes(page);
  await page.goto(bare.url);
  await page.evaluate((account) => window.bareAgent.register(account), bareAccount(rig));
  return { rig, contexts, desk: tab, bare: page, urls: { desk: desk.url, bare: bare.url } };
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
export const bareAccount = (rig: Rig) => ({
  server: rig.server,
  user: 'bench',
  domain: rig.domain,
  password: rig.passwordOf('bench'),
});
