// What every journey of the desk on real peers begins with: the rig, a desk of its own, and the account
// set up the way a person does it.
import { writeFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { giveEars, heardInPage } from '../support/chromium.ts';
import { type Desk, startDesk } from '../support/desk.ts';
import { expectTone } from '../support/hearing.ts';
import type { Telephone } from './baresip.ts';
import type { Rig } from './rig.ts';
import { AGENT_TONE, CUSTOMER_TONE, rigTest } from './rig-test.ts';

interface OfTest {
  desk: Desk;
  /** The desk's window, on the practice line. */
  tab: Page;
}

export const test = rigTest.extend<OfTest>({
  desk: async ({}, use) => {
    const desk = await startDesk();
    await use(desk);
    await desk.stop();
  },
  tab: async ({ desk, agent, rig }, use, info) => {
    // Several calls with whole seconds of sound each, on machines that are busy with other tests.
    info.setTimeout(240_000);
    const context = await agent.browser.newContext({
      locale: 'en-GB',
      timezoneId: 'Europe/Berlin',
      viewport: { width: 1440, height: 900 },
    });
    const tab = await context.newPage();
    const heard: string[] = [];
    tab.on('console', (message) => heard.push(`console: ${message.text()}`));
    tab.on('pageerror', (error) => heard.push(`error: ${String(error)}`));
    await giveEars(tab);
    await tab.goto(desk.url);
    await use(tab);
    if (info.status !== info.expectedStatus) {
      const body = await tab.locator('body').ariaSnapshot().catch(String);
      const logs = [heard.join('\n'), body, desk.log(), rig.logs()].join('\n----\n');
      writeFileSync(info.outputPath('what-was-there.txt'), logs);
      await info.attach('window', { body: await tab.screenshot(), contentType: 'image/png' });
    }
    await context.close();
  },
});

export const status = (tab: Page) => tab.getByRole('status', { name: 'Connection' });

/** Enters the account in Settings and saves it; does not wait for the registration. */
export async function enterAccount(tab: Page, rig: Rig, password: string): Promise<void> {
  await tab.getByRole('link', { name: 'Settings', exact: true }).click();
  await tab.getByRole('textbox', { name: 'Server address' }).fill(rig.server);
  await tab.getByRole('textbox', { name: 'User', exact: true }).fill('agent1');
  await tab.getByRole('textbox', { name: 'Domain' }).fill(rig.domain);
  await tab.getByRole('textbox', { name: 'Password' }).fill(password);
}

export async function setUpAccount(tab: Page, rig: Rig): Promise<void> {
  await enterAccount(tab, rig, rig.passwordOf('agent1'));
  await tab.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(status(tab)).toContainText('Connected', { timeout: 30_000 });
}

export async function enterCustomer(tab: Page, name: string, number: string): Promise<void> {
  await tab.getByRole('link', { name: 'Customers' }).click();
  await tab.getByRole('button', { name: 'New customer' }).click();
  const dialog = tab.getByRole('dialog', { name: 'New customer' });
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await dialog.getByRole('textbox', { name: 'Numbers' }).fill(number);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
}

/** The customer calls and the agent answers. */
export async function takeCall(tab: Page, telephone: Telephone): Promise<void> {
  await tab.getByRole('link', { name: 'Desk', exact: true }).click();
  await telephone.dial('agent1');
  const incoming = tab.getByRole('region', { name: 'Incoming call' });
  await incoming.getByRole('button', { name: 'Answer' }).click({ timeout: 15_000 });
  await expect(tab.getByRole('region', { name: 'Current call' })).toContainText('Talking');
}

/** Each side hears the other's tone, and only that. */
export async function expectTalk(tab: Page, telephone: Telephone): Promise<void> {
  await expectTone(() => heardInPage(tab), CUSTOMER_TONE, AGENT_TONE);
  await expectTone(() => telephone.heard(), AGENT_TONE, CUSTOMER_TONE);
}

/** Dials in the one field of the desk. */
export async function dial(tab: Page, target: string): Promise<void> {
  await tab.getByRole('link', { name: 'Desk', exact: true }).click();
  await tab.getByRole('textbox', { name: 'Number or name' }).fill(target);
  await tab.getByRole('button', { name: 'Call', exact: true }).click();
}
