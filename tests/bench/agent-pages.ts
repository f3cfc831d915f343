// Two pages of one agent's browser on real peers: the desk, and a bare sip.js telephone beside it, so
// that both meet the same noise.
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { startAgentBrowser } from '../support/chromium.ts';
import { type Desk, type DeskChoice, startDesk } from '../support/desk.ts';
import { type RigPage, serveRigPage } from '../rig/page-server.ts';
import { type Relay, startRelay } from '../rig/relay.ts';
import { type Rig, startRig } from '../rig/rig.ts';
import { installProbes } from './probes.ts';
import type { Bench } from './section.ts';

export interface AgentPages {
  rig: Rig;
  contexts: { desk: BrowserContext; bare: BrowserContext };
  desk: Page;
  bare: Page;
  urls: { desk: string; bare: string };
  /** The wires between the pages and the telephone system. */
  wires: { desk: Relay; bare: Relay };
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
    const port = Number(new URL(rig.server).port);
    const wires = { desk: await startRelay(port), bare: await startRelay(port) };
    ends.push(wires.desk.close, wires.bare.close);
    return await measure(await openPages(agent.browser, desk, bare, rig, wires));
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
  wires: AgentPages['wires'],
): Promise<AgentPages> {
  const contexts = { desk: await browser.newContext(), bare: await browser.newContext() };
  const tab = await contexts.desk.newPage();
  await installProbes(tab);
  await tab.goto(desk.url);
  await enterAccount(tab, rig, over(wires.desk));
  const page = await contexts.bare.newPage();
  await installProbes(page);
  await page.goto(bare.url);
  await page.evaluate(
    (account) => window.bareAgent.register(account),
    bareAccount(rig, wires.bare),
  );
  return { rig, wires, contexts, desk: tab, bare: page, urls: { desk: desk.url, bare: bare.url } };
}

const over = (wire: Relay): string => `ws://127.0.0.1:${wire.port}`;

async function enterAccount(desk: Page, rig: Rig, server: string): Promise<void> {
  await desk.getByRole('link', { name: 'Settings', exact: true }).click();
  await desk.getByRole('textbox', { name: 'Server address' }).fill(server);
  await desk.getByRole('textbox', { name: 'User', exact: true }).fill('agent1');
  await desk.getByRole('textbox', { name: 'Domain' }).fill(rig.domain);
  await desk.getByRole('textbox', { name: 'Password' }).fill(rig.passwordOf('agent1'));
  await desk.getByRole('button', { name: 'Save', exact: true }).click();
  await desk.getByRole('status', { name: 'Connection' }).getByText('Connected').waitFor();
  await desk.getByRole('link', { name: 'Desk', exact: true }).click();
}

/** A user of its own, so that the desk's calls do not ring here. */
export const bareAccount = (rig: Rig, wire: Relay) => ({
  server: over(wire),
  user: 'bench',
  domain: rig.domain,
  password: rig.passwordOf('bench'),
});
