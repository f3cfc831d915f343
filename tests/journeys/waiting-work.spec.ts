// What waits to be called back: planned, cared for, rung back and settled, all by keyboard.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { type Desk, startDesk } from '../support/desk.ts';

let desk: Desk;
test.beforeAll(async () => {
  desk = await startDesk({ sample: true });
});
test.afterAll(async () => {
  await desk?.stop();
});

async function openWork(page: Page) {
  await page.goto(desk.url);
  await expect(page.getByRole('status', { name: 'Connection' })).toContainText('Practice line', {
    timeout: 20_000,
  });
  await page.getByRole('link', { name: 'All that is to be called back' }).click();
  await page.getByRole('heading', { name: 'To call back' }).waitFor();
}

test('a callback is planned, cared for, settled with its result, and opened again', async ({
  page,
}) => {
  await openWork(page);
  await page.getByRole('button', { name: 'New callback' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'New callback' });
  await dialog.getByRole('button', { name: 'Plan the callback' }).click();
  await expect(dialog).toContainText('Enter the number that is to be called back.');
  await dialog.getByRole('textbox', { name: 'Number to call back' }).fill('030 23125099');
  await dialog.getByRole('textbox', { name: 'By when' }).fill('tomorrow 10:00');
  await dialog.getByRole('textbox', { name: 'What about' }).fill('Wants the leasing rate');
  await page.keyboard.press('Tab');
  await dialog.getByRole('button', { name: 'Plan the callback' }).press('Enter');
  await expect(dialog).toBeHidden();
  const list = page.getByRole('list', { name: 'To call back' });
  const row = list.getByRole('listitem').filter({ hasText: 'Wants the leasing rate' });
  await expect(row).toContainText('Callback');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);

  await row.getByRole('button', { name: /^Settled:/ }).press('Enter');
  const settle = page.getByRole('dialog', { name: /^Settled:/ });
  await settle.getByRole('textbox', { name: 'Result' }).fill('Rate sent by e-mail');
  await settle.getByRole('button', { name: 'Mark as settled' }).press('Enter');
  await expect(row).toBeHidden();
  await page.getByRole('button', { name: 'Settled', exact: true }).click();
  await expect(row).toContainText('Rate sent by e-mail');
  await row.getByRole('button', { name: /^Open again:/ }).press('Enter');
  await page.getByRole('button', { name: 'All open' }).click();
  await expect(row).toBeVisible();
});

test('planned from the customer it stands in the timeline and in the waiting column', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.goto(desk.url);
  await page.getByRole('link', { name: 'Customers', exact: true }).click();
  const first = page.getByRole('list', { name: 'Customers' }).getByRole('listitem').first();
  await first.getByRole('button').first().click();
  const customer = page.getByRole('region', { name: 'Customer', exact: true });
  await customer.getByRole('button', { name: 'Callback', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: /^Call back/ });
  await dialog.getByRole('textbox', { name: 'By when' }).fill('in 2 hours');
  await dialog.getByRole('textbox', { name: 'What about' }).fill('Asked about the tow bar');
  await dialog.getByRole('button', { name: 'Plan the callback' }).click();
  await expect(page.getByRole('region', { name: 'Callbacks and voicemails' })).toContainText(
    'Asked about the tow bar',
  );
  await expect(customer.getByRole('region', { name: 'Timeline' })).toContainText(
    'Asked about the tow bar',
  );
});

test('an ignored number is listed in the settings and can be taken off', async ({ page }) => {
  await page.goto(desk.url);
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await page.getByRole('textbox', { name: 'Number to ignore' }).fill('030 23125077');
  await page.getByRole('button', { name: 'Ignore', exact: true }).click();
  const list = page.getByRole('list', { name: 'Ignored numbers' });
  await expect(list).toContainText('23125077');
  await page.getByRole('textbox', { name: 'Number to ignore' }).fill('112');
  await page.getByRole('button', { name: 'Ignore', exact: true }).click();
  await expect(page.getByRole('group', { name: 'Ignored numbers' })).toContainText(
    /cannot|can’t|not/,
  );
  await list.getByRole('button', { name: /^No longer ignore/ }).click();
  await expect(list).toBeHidden();
});
