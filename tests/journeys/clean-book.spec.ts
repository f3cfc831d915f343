// The clean book in Chromium, over a real core: find a duplicate, merge field by field, undo; edit in
// place with history; a custom field; a household; all by keyboard where a hand would need it.
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { type Desk, startDesk } from '../support/desk.ts';

let desk: Desk;
test.beforeAll(async () => {
  desk = await startDesk();
});
test.beforeEach(() => test.slow());
test.afterAll(async () => {
  await desk?.stop();
});
test.beforeEach(async ({ page }) => {
  await page.goto(desk.url);
  await toTheBook(page);
});

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function toTheBook(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Customers', exact: true }).click();
}

async function noFindings(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`),
  ).toEqual([]);
  const wider = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(wider).toBeLessThanOrEqual(0);
}

interface Entered {
  name: string;
  company?: string;
  numbers?: string;
  emails?: string;
}

/** Whoever was entered is shown on the desk. */
async function enter(page: Page, fields: Entered): Promise<void> {
  await toTheBook(page);
  await button(page, 'New customer').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill(fields.name);
  if (fields.company) await dialog.getByRole('textbox', { name: 'Company' }).fill(fields.company);
  if (fields.numbers) await dialog.getByRole('textbox', { name: 'Numbers' }).fill(fields.numbers);
  if (fields.emails) await dialog.getByRole('textbox', { name: 'E-mail' }).fill(fields.emails);
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog).toBeHidden();
}

async function openOnDesk(page: Page, name: string): Promise<void> {
  await toTheBook(page);
  await page.getByRole('textbox', { name: 'Search customers' }).fill(name);
  await page.getByRole('list', { name: 'Customers' }).getByRole('button', { name }).first().click();
  await page.getByRole('tab', { name: 'Details' }).click();
}

test('two records of one person: noticed on entry, merged field by field, and undone', async ({
  page,
}) => {
  await enter(page, { name: 'Paula Zander', company: 'Nord GmbH', numbers: '030 23125099' });
  await toTheBook(page);
  await button(page, 'New customer').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Zander, Paula');
  await dialog.getByRole('textbox', { name: 'Numbers' }).fill('+49 30 23125099\n0171 2345678');
  await expect(dialog).toContainText('Probably in the book already');
  await expect(button(page, 'Open Paula Zander')).toBeVisible();
  await noFindings(page);
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog).toBeHidden();

  await toTheBook(page);
  await button(page, 'Duplicates').click();
  const duplicates = page.getByRole('region', { name: 'Duplicates', exact: true });
  await expect(duplicates.getByRole('list', { name: 'Pairs' })).toContainText('Same number');
  await noFindings(page);
  const names = duplicates.getByRole('group', { name: 'Name' });
  await names.getByRole('radio', { name: 'Paula Zander' }).focus();
  await names.getByRole('radio', { name: 'Paula Zander' }).press('Space');
  await expect(duplicates.getByRole('checkbox')).toHaveCount(2);
  await button(page, 'Merge').focus();
  await page.keyboard.press('Enter');

  await expect(duplicates).toContainText('all that is known of both is in one record now');
  await expect(button(page, 'Undo merge')).toBeFocused();
  await noFindings(page);
  await page.keyboard.press('Enter');
  await expect(duplicates).toContainText('are two records again');
  await expect(duplicates.getByRole('list', { name: 'Pairs' })).toContainText('Paula');

  await button(page, 'Merge').click();
  await expect(button(page, 'Undo merge')).toBeVisible();
  await button(page, 'Show on the desk').click();
  await expect(page.getByRole('region', { name: 'Customer', exact: true })).toContainText(
    '171 2345678',
  );
  await toTheBook(page);
  await button(page, 'Duplicates').click();
  await page.getByRole('tab', { name: 'Past merges' }).click();
  await noFindings(page);
  await page.getByRole('button', { name: 'Undo merge', exact: true }).first().click();
  await expect(duplicates).toContainText('are two records again');
});

test('the whole book is compared, and a pair that is none is remembered and asked about again', async ({
  page,
}) => {
  await enter(page, { name: 'Jens Wolter', emails: 'jens@wolter.example' });
  await enter(page, { name: 'Jens Wolter', emails: 'jens@wolter.example' });
  await toTheBook(page);
  await button(page, 'Duplicates').click();
  const duplicates = page.getByRole('region', { name: 'Duplicates', exact: true });
  await button(page, 'Compare the whole book').click();
  await expect(duplicates).toContainText('The whole book was compared');
  await duplicates.getByRole('button', { name: 'Jens Wolter · Jens Wolter' }).click();
  await button(page, 'Not a duplicate').click();
  await expect(duplicates.getByRole('button', { name: 'Jens Wolter · Jens Wolter' })).toBeHidden();
  await page.getByRole('tab', { name: 'Told apart' }).click();
  await noFindings(page);
  await button(page, 'Ask again about Jens Wolter and Jens Wolter').click();
  await page.getByRole('tab', { name: 'Probably one person' }).click();
  await expect(duplicates.getByRole('button', { name: 'Jens Wolter · Jens Wolter' })).toBeVisible();
});

test('a household: two names with one number are no duplicates, and are shown together', async ({
  page,
}) => {
  await enter(page, { name: 'Emil Rabe', numbers: '0561 4990021' });
  await enter(page, { name: 'Ida Rabe', numbers: '0561 4990021' });
  await openOnDesk(page, 'Ida Rabe');
  const household = page.getByRole('region', { name: 'Household', exact: true });
  await expect(household).toContainText('Same number');
  await button(page, 'Put into one household: Emil Rabe').click();
  await expect(household).toContainText('Also in this household');
  await noFindings(page);
});

test('a field is edited where it stands, undone, and set back from its history', async ({
  page,
}) => {
  await enter(page, { name: 'Rosa Kern', company: 'Alt AG' });
  await openOnDesk(page, 'Rosa Kern');
  await button(page, 'Company: Alt AG, edit').press('Enter');
  await page.getByRole('textbox', { name: 'Company' }).press('Escape');
  await expect(button(page, 'Company: Alt AG, edit')).toBeFocused();
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Company' }).fill('Neu AG');
  await page.keyboard.press('Enter');
  await expect(button(page, 'Company: Neu AG, edit')).toBeVisible();
  await button(page, 'Undo').click();
  await expect(button(page, 'Company: Alt AG, edit')).toBeVisible();
  await button(page, 'History of Company').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toContainText('Alt AG → Neu AG');
  await noFindings(page);
  await button(page, 'Set back to Neu AG').click();
  await page.keyboard.press('Escape');
  await expect(button(page, 'Company: Neu AG, edit')).toBeVisible();

  await button(page, 'Show empty fields').click();
  await button(page, 'Add a tag').click();
  await page.getByRole('textbox', { name: 'Add a tag' }).fill('Messe');
  await page.keyboard.press('Enter');
  await expect(button(page, 'Take the tag Messe away')).toBeVisible();
  await button(page, 'Choose an organisation').click();
  await page.getByRole('textbox', { name: 'Organisation' }).fill('Neue Werke');
  await page.keyboard.press('Enter');
  await button(page, 'Neue Werke').click();
  await expect(page.getByRole('heading', { level: 1, name: 'Neue Werke' })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Members' })).toContainText('Rosa Kern');
  await noFindings(page);
});

test('a custom field: defined, filled in, checked, removed', async ({ page }) => {
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  const fields = page.getByRole('region', { name: 'Fields', exact: true });
  await fields.getByRole('textbox', { name: 'Name of the new field' }).fill('Portal');
  await fields.getByRole('button', { name: 'Kind' }).click();
  await page.getByRole('option', { name: 'Link' }).click();
  await button(page, 'Add field').click();
  await expect(fields.getByRole('list', { name: 'Fields of customers' })).toContainText('Portal');
  await noFindings(page);

  await toTheBook(page);
  await enter(page, { name: 'Tom Vogel' });
  await openOnDesk(page, 'Tom Vogel');
  await button(page, 'Show empty fields').click();
  await button(page, 'Portal: add').click();
  await page.getByRole('textbox', { name: 'Portal' }).fill('javascript:alert(1)');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Customer', exact: true })).toContainText(
    'begins with https://',
  );
  await page.getByRole('textbox', { name: 'Portal' }).fill('portal.example/tom');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: 'Open Portal' })).toHaveAttribute(
    'href',
    'https://portal.example/tom',
  );
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await button(page, 'Remove the field Portal').click();
  await expect(fields).toContainText('Its values are kept until you purge them.');
  await button(page, 'Purge the values of Portal').click();
  await expect(fields).toContainText('1 value is gone for good');
});

test('who is entered gets organisation, household and own fields in the same form', async ({
  page,
}) => {
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  const fields = page.getByRole('region', { name: 'Fields', exact: true });
  await fields.getByRole('textbox', { name: 'Name of the new field' }).fill('Discount');
  await fields.getByRole('button', { name: 'Kind' }).click();
  await page.getByRole('option', { name: 'Number' }).click();
  await button(page, 'Add field').click();
  await expect(fields.getByRole('list', { name: 'Fields of customers' })).toContainText('Discount');
  await enter(page, { name: 'Ida Sommerfeld' });

  await toTheBook(page);
  await button(page, 'New customer').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Otto Sommerfeld');
  await dialog.getByText('More', { exact: true }).click();
  await dialog.getByRole('textbox', { name: 'Organisation' }).fill('Seeblick Verein');
  await dialog.getByRole('textbox', { name: 'Lives with' }).fill('Ida Som');
  await dialog.getByRole('textbox', { name: 'Discount' }).fill('a little');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog).toContainText('Choose somebody from the list');
  await expect(dialog).toContainText('Enter a number');
  await dialog.getByRole('button', { name: /Ida Sommerfeld/ }).click();
  await dialog.getByRole('textbox', { name: 'Discount' }).fill('12.5');
  await noFindings(page);
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog).toBeHidden();

  await openOnDesk(page, 'Otto Sommerfeld');
  const customer = page.getByRole('region', { name: 'Customer', exact: true });
  await expect(button(page, 'Seeblick Verein')).toBeVisible();
  await expect(customer).toContainText('12.5');
  await expect(customer.getByRole('region', { name: 'Household' })).toContainText('Ida Sommerfeld');
});

test('a tag is renamed and deleted for everybody', async ({ page }) => {
  await enter(page, { name: 'Vera Sommer' });
  await openOnDesk(page, 'Vera Sommer');
  await button(page, 'Show empty fields').click();
  await button(page, 'Add a tag').click();
  await page.getByRole('textbox', { name: 'Add a tag' }).fill('Stamm');
  await page.keyboard.press('Enter');
  await expect(button(page, 'Take the tag Stamm away')).toBeVisible();
  await toTheBook(page);
  await button(page, 'Tags').click();
  await noFindings(page);
  await button(page, 'Stamm, rename').click();
  await page.getByRole('textbox', { name: 'Name of the tag Stamm' }).fill('Stammkundin');
  await page.keyboard.press('Enter');
  await expect(button(page, 'Stammkundin, rename')).toBeVisible();
  await button(page, 'Delete the tag Stammkundin').click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(button(page, 'Stammkundin, rename')).toBeHidden();
});
