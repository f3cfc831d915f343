// The desk's telephone alone in a page, registered with the rig: its fixtures and what is asked of it.
import { writeFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { giveEars, heardInPage } from '../support/chromium.ts';
import { expectTone } from '../support/hearing.ts';
import type { Telephone } from './baresip.ts';
import type { Rig } from './rig.ts';
import { AGENT_TONE, CUSTOMER_TONE, rigTest } from './rig-test.ts';

export const test = rigTest.extend<{ tab: Page }>({
  tab: async ({ rig, served, agent }, use, info) => {
    info.setTimeout(120_000);
    const context = await agent.browser.newContext();
    const tab = await context.newPage();
    const words: string[] = [];
    tab.on('console', (message) => words.push(message.text()));
    tab.on('pageerror', (error) => words.push(String(error)));
    await giveEars(tab);
    await tab.goto(served.url);
    await useAccount(tab, rig, rig.passwordOf('agent1'));
    await use(tab);
    if (info.status !== info.expectedStatus) {
      const log = await tab.evaluate(() =>
        window.deskPhone.sipLog().map(({ direction, text }) => `${direction}\n${text}`),
      );
      const events = await tab.evaluate(() => JSON.stringify(window.callEvents));
      words.push(rig.logs(), ...log, events);
      writeFileSync(info.outputPath('words.txt'), words.join('\n'));
      console.error(words.join('\n').slice(-8000));
    }
    await tab.evaluate(() => window.deskPhone.close());
    await context.close();
  },
});

export async function useAccount(tab: Page, rig: Rig, password: string): Promise<void> {
  const account: Parameters<Window['useAccount']>[0] = {
    server: rig.server,
    user: 'agent1',
    domain: rig.domain,
    authUser: null,
    displayName: null,
    furtherServers: [],
    iceServers: [],
    dtmf: 'rfc4733',
    earlyMedia: false,
    mailbox: null,
  };
  await tab.evaluate(([given, secret]) => window.useAccount(given, secret), [
    account,
    password,
  ] as const);
}

export const registration = (tab: Page) =>
  tab.evaluate(() => window.deskPhone.snapshot().connection.registration);
export const phase = (tab: Page) =>
  tab.evaluate(() => window.deskPhone.snapshot().calls.at(-1)?.phase ?? null);
export const lastCall = (tab: Page) =>
  tab.evaluate(() => window.deskPhone.snapshot().calls.at(-1) ?? null);
export const callId = async (tab: Page) => (await lastCall(tab))?.callId ?? '';

export async function registered(tab: Page): Promise<void> {
  await expect.poll(() => registration(tab), { timeout: 10_000 }).toBe('registered');
}

export async function place(tab: Page, target: string): Promise<void> {
  const answer = await tab.evaluate((to) => window.deskPhone.place({ target: to }), target);
  expect(answer).toHaveProperty('callId');
}

export async function bothHear(tab: Page, telephone: Telephone): Promise<void> {
  await expectTone(() => heardInPage(tab), CUSTOMER_TONE, AGENT_TONE);
  await expectTone(() => telephone.heard(), AGENT_TONE, CUSTOMER_TONE);
}
