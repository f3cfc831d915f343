// The Customers screen in Chromium over the real desk with its sample book: finding, narrowing, lists, keys.
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

const field = (page: Page) => page.getByRole('textbox', { name: 'Search customers' });
const rows = (page: Page) => page.getByRole('list', { name: 'Customers' }).getByRole('listitem');

async function openCustomers(page: Page): Promise<void> {
  await page.goto(desk.url);
  await page.getByRole('link', { name: 'Customers', exact: true }).click();
  // The sample book is put in while the page is open.
  await expect(rows(page).first()).toBeVisible({ timeout: 30_000 });
}

test('finds by part of a word, marks it, and says where it fits', async ({ page }) => {
  await openCustomers(page);
  await field(page).fill('berlin');
  await expect(rows(page).first().locator('mark').first()).toHaveText(/berlin/i);
  await field(page).fill('example.org');
  await expect(rows(page).first()).toContainText('E-mail:');
  await field(page).fill('xyzzyx');
  await expect(page.getByText('Nobody fits “xyzzyx”')).toBeVisible();
});

test('offers what a search can be narrowed by, and says what it does not understand', async ({
  page,
}) => {
  await openCustomers(page);
  await page.getByRole('button', { name: 'Open promise' }).click();
  await expect(field(page)).toHaveValue('promise:open ');
  await expect(field(page)).toBeFocused();
  await expect(rows(page).first()).toBeVisible();
  await field(page).fill('');
  await page.getByRole('button', { name: 'Last feeling' }).click();
  await page.getByRole('button', { name: 'Anger' }).click();
  await expect(field(page)).toHaveValue('feeling:anger ');
  await expect(rows(page).first()).toContainText('Anger');
  await field(page).fill('promise:later');
  await expect(page.getByText('“later” is not known after “promise:”')).toBeVisible();
});

test('keeps a search as a list that is opened, renamed and deleted', async ({ page }) => {
  await openCustomers(page);
  await field(page).fill('feeling:anger');
  await page.getByRole('button', { name: 'Save as list' }).click();
  await page
    .getByRole('dialog')
    .getByRole('textbox', { name: 'Name of the list' })
    .fill('Make good');
  await page.keyboard.press('Enter');
  const chip = page
    .getByRole('group', { name: 'Lists' })
    .getByRole('button', { name: /^Make good/ });
  await expect(chip).toHaveAttribute('aria-pressed', 'true');
  await expect(chip).toContainText(/\d/);
  await field(page).fill('');
  await chip.click();
  await expect(field(page)).toHaveValue('feeling:anger');
  await page.getByRole('button', { name: 'Rename list' }).click();
  await page.getByRole('textbox', { name: 'Name of the list' }).fill('To make good');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /^To make good/ })).toBeVisible();
  await page.getByRole('button', { name: 'Delete list' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('button', { name: /^To make good/ })).toHaveCount(0);
});

test('goes through the finds by keyboard', async ({ page }) => {
  await openCustomers(page);
  await field(page).focus();
  await page.keyboard.press('ArrowDown');
  await expect(rows(page).first().getByRole('button').first()).toBeFocused();
  const place = () =>
    page.evaluate(() =>
      Number(document.activeElement?.closest('[data-row]')?.getAttribute('data-row')),
    );
  await page.keyboard.press('PageDown');
  await expect.poll(place).toBeGreaterThan(3);
  await page.keyboard.press('End');
  await expect.poll(place).toBeGreaterThan(50);
  await page.keyboard.press('Home');
  await expect.poll(place).toBe(0);
  await page.keyboard.press('ArrowUp');
  await expect(field(page)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  const name = await rows(page).first().locator('mark, span').first().textContent();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Customer' }).first()).toContainText(
    name?.trim() ?? '',
  );
});

for (const [language, colorScheme] of [
  ['en', 'dark'],
  ['de', 'light'],
] as const) {
  test(`has no fault of access: ${language}, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto(desk.url.replace(/&language=\w+/, '').concat(`&language=${language}`));
    await page
      .getByRole('link', { name: language === 'de' ? 'Kunden' : 'Customers', exact: true })
      .click();
    await page
      .getByRole('textbox', { name: language === 'de' ? 'Kunden suchen' : 'Search customers' })
      .fill('ber ort:b');
    await expect(page.locator('mark').first()).toBeVisible();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  });
}
