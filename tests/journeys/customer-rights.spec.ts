// What the law gives customers, in Chromium over a real core: the day on which something was said, the hint
// on words about health or religion, and what the question before erasing says.
import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { type Desk, startDesk } from '../support/desk.ts';

let desk: Desk;
test.beforeAll(async () => {
  desk = await startDesk();
});
test.beforeEach(() => test.slow());
test.afterAll(async () => {
  await desk?.stop();
});

const button = (on: Page | Locator, name: string) => on.getByRole('button', { name, exact: true });
const rights = (page: Page) => page.getByRole('region', { name: 'Rights of the customer' });

/** As the date field holds it, in the zone of the page. */
function day(from: number): string {
  const at = new Date(Date.now() + from * 86_400_000);
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin' }).format(at);
}

async function noFindings(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
}

async function toTheBook(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Customers', exact: true }).click();
}

/** Enters somebody, who is then shown on the desk with the details open. */
async function enter(page: Page, name: string, number: string): Promise<void> {
  await page.goto(desk.url);
  await toTheBook(page);
  await button(page, 'New customer').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
  await dialog.getByRole('textbox', { name: 'Numbers' }).fill(number);
  await button(dialog, 'Save').click();
  await expect(dialog).toBeHidden();
  await page.getByRole('tab', { name: 'Details' }).click();
}

const found = (page: Page, name: string) =>
  page.getByRole('list', { name: 'Customers' }).getByRole('button', { name });

/** Somebody of the book, shown on the desk with the details open. */
async function open(page: Page, name: string): Promise<void> {
  await toTheBook(page);
  await page.getByRole('textbox', { name: 'Search customers' }).fill(name);
  await found(page, name).first().click();
  await page.getByRole('tab', { name: 'Details' }).click();
}

test('an objection and a consent stand with the day on which they were said', async ({ page }) => {
  await enter(page, 'Tilda Grünwald', '030 5550201');
  await expect(rights(page).getByText('No objection and no consent is noted.')).toBeVisible();
  await button(rights(page), 'Note an objection').click();
  const dialog = page.getByRole('dialog');
  const said = dialog.getByLabel('Said on');
  await expect(said).toHaveValue(day(0));
  await noFindings(page);

  // Nobody has said anything tomorrow.
  await said.fill(day(1));
  await expect(dialog.getByText('Enter a day up to today.')).toBeVisible();
  await expect(button(dialog, 'Save')).toBeDisabled();
  await said.fill('2024-02-29');
  await expect(dialog.getByText('Enter a day up to today.')).toBeHidden();
  await button(dialog, 'Save').click();
  await expect(dialog).toBeHidden();
  const objection = rights(page).getByText('Objects to:').locator('..');
  await expect(objection).toContainText('29 Feb 2024');

  await button(rights(page), 'Note a consent').click();
  await dialog.getByLabel('What exactly was agreed').fill('Offers for heat pumps');
  await dialog.getByLabel('Said on').fill('2023-12-31');
  await button(dialog, 'Save').click();
  await expect(dialog).toBeHidden();
  const consent = rights(page).getByText('Agreed to:').locator('..');
  await expect(consent).toContainText('31 Dec 2023');
  // The days stay what they are when they are read again.
  await page.goto(desk.url);
  await open(page, 'Tilda Grünwald');
  await expect(objection).toContainText('29 Feb 2024');
  await expect(consent).toContainText('31 Dec 2023');
});

test('a note that speaks of health or religion gets a hint, and is stored all the same', async ({
  page,
}) => {
  await enter(page, 'Ruth Abel', '030 5550202');
  await button(rights(page), 'Note an objection').click();
  const dialog = page.getByRole('dialog');
  const note = dialog.getByRole('textbox', { name: 'Note' });
  const hint = dialog.getByText(/^Health or religion\?/);
  await note.fill('Will zurückgerufen werden');
  await expect(hint).toHaveCount(0);
  await note.fill('Ist katholisch und nach der Chemotherapie zurück');
  await expect(hint).toBeVisible();
  await expect(hint).toContainText('katholisch');
  await expect(hint).toContainText('Chemotherapie');
  // What the law says of it is there for whoever wants to know.
  const why = hint.locator('..');
  await expect(why).not.toHaveAttribute('open');
  await hint.click();
  await expect(why).toHaveAttribute('open');
  await expect(why).toContainText('The law guards such facts more strictly (GDPR Art. 9)');
  await expect(why).toContainText('This is a hint; nothing of it is stored.');
  await noFindings(page);
  await note.fill('Erst nach dem 1. Mai');
  await expect(hint).toHaveCount(0);
  await note.fill('Diabetes');
  await expect(hint).toBeVisible();
  await button(dialog, 'Save').click();
  await expect(dialog).toBeHidden();
  await expect(rights(page).getByText('Diabetes')).toBeVisible();
});

test('erasing says what goes and what stays, wants the name, and then nobody finds the customer', async ({
  page,
}) => {
  const name = 'Ottokar Vergissmeinnicht';
  await enter(page, name, '030 5550203');
  await button(rights(page), 'Note a consent').click();
  const form = page.getByRole('dialog');
  await form.getByLabel('What exactly was agreed').fill('Offers');
  await button(form, 'Save').click();
  await expect(form).toBeHidden();

  await button(rights(page), 'Erase customer').click();
  const asked = page.getByRole('alertdialog', { name: 'Erase this customer for good?' });
  await expect(asked.getByText('This goes, and cannot be brought back:')).toBeVisible();
  const [goes, stays] = [asked.getByRole('list').first(), asked.getByRole('list').last()];
  await expect(goes.getByRole('listitem')).toContainText([
    `the record of ${name} with numbers, addresses, tags and its history`,
    '0 contacts with notes, feelings, promises, questions and matters',
    '0 recordings with their keys',
    'what search, logs and reports of imports hold',
    'the name, numbers and addresses in calls and notes of others',
  ]);
  await expect(asked.getByText('This stays:')).toBeVisible();
  await expect(stays.getByRole('listitem')).toContainText([
    'counts and durations in the figures, without the person',
    '1 proof of consent, sealed for as long as the law wants it',
    'an id without a name, so that an older copy that comes back is cleaned as well',
  ]);
  await noFindings(page);

  const typed = asked.getByRole('textbox', { name: `Type the name to confirm: ${name}` });
  await expect(button(asked, 'Erase for good')).toBeDisabled();
  await typed.fill('Ottokar');
  await expect(button(asked, 'Erase for good')).toBeDisabled();
  // Going back takes nothing.
  await button(asked, 'Cancel').click();
  await open(page, name);
  await button(rights(page), 'Erase customer').click();
  await typed.fill(name);
  await button(asked, 'Erase for good').click();
  await expect(asked).toBeHidden();

  await toTheBook(page);
  for (const words of [name, 'Vergissmein', '030 5550203']) {
    await page.getByRole('textbox', { name: 'Search customers' }).fill(words);
    await expect(page.getByText(`Nobody fits “${words}”`)).toBeVisible();
    await expect(found(page, name)).toHaveCount(0);
  }
});
