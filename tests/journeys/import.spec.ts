// A file comes into the book: chosen, put right, tried, imported, reported, undone; and the book goes out.
import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { type Desk, startDesk } from '../support/desk.ts';

let desk: Desk;
test.beforeAll(async () => {
  desk = await startDesk();
});
test.afterAll(async () => {
  await desk?.stop();
});

const FILE = Buffer.from(
  'Wer;Telefon;E-Mail;Ort\nAnna Muster;030 5550100;anna@muster.example;Berlin\nBert Muster;030 5550101;kein at;Bonn\n',
);

test('import a file, put a column right, try, import, read the report, undo, export', async ({
  page,
}) => {
  test.setTimeout(220_000);
  await page.goto(desk.url);
  await page.getByRole('link', { name: 'Customers', exact: true }).click({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Import' })).toBeVisible();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose file' }).click();
  await (await chooser).setFiles({ name: 'kunden.csv', mimeType: 'text/csv', buffer: FILE });

  const preview = page.getByRole('region', { name: 'Import preview' });
  await expect(preview.getByText('kunden.csv')).toBeVisible();
  await expect(preview.getByRole('button', { name: 'Start import' })).toBeDisabled();
  await preview.getByRole('combobox', { name: 'Wer becomes' }).selectOption({ label: 'Name' });
  const first = preview.getByRole('region', { name: 'First rows' });
  await expect(first.getByRole('row', { name: /Anna Muster/ })).toContainText('new');
  await expect(first.getByRole('row', { name: /Bert Muster/ })).toContainText(
    'not an e-mail address',
  );
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);

  await preview.getByRole('button', { name: 'Dry run' }).click();
  await expect(
    page.getByText('This is what the import would do; nothing was changed.'),
  ).toBeVisible();
  await preview.getByRole('button', { name: 'Start import' }).click();
  await expect(
    page.getByText('Imported, except for the rejected rows', { exact: false }),
  ).toBeVisible();

  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save rejected rows' }).click();
  const report = readFileSync((await (await saved).path()) ?? '', 'utf8');
  expect(report).toContain(
    'Bert Muster;030 5550101;kein at;Bonn;not an e-mail address (E-Mail) [3]',
  );

  await page.getByRole('button', { name: 'Back to the customers' }).click();
  await expect(page.getByRole('list', { name: 'Customers' })).toContainText('Anna Muster');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const exported = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save file' }).click();
  const book = readFileSync((await (await exported).path()) ?? '', 'utf8');
  expect(book).toContain('Anna Muster,,030 5550100,');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('button', { name: 'Show report of kunden.csv' }).click();
  await page.getByRole('button', { name: 'Undo import' }).click();
  await expect(page.getByText('This import was undone.')).toBeVisible();
  await page.getByRole('button', { name: 'Back to the customers' }).click();
  await expect(page.getByText('Nobody is in the book yet.', { exact: false })).toBeVisible();
});

test('columns kept under a name serve another file, and are forgotten', async ({ page }) => {
  await page.goto(desk.url);
  await page.getByRole('link', { name: 'Customers', exact: true }).click({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  const preview = page.getByRole('region', { name: 'Import preview' });
  const choose = async (name: string, buffer: Buffer) => {
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: /^Choose (file|another file)$/ }).click();
    await (await chooser).setFiles({ name, mimeType: 'text/csv', buffer });
    await expect(preview.getByText(name)).toBeVisible();
  };
  await choose('messe.csv', Buffer.from('Wer;Woher\nClara Muster;Köln\n'));
  // Quicker than core can look at the file again: neither choice may get lost.
  await preview.getByRole('combobox', { name: 'Wer becomes' }).evaluate((first) => {
    const second = document.querySelector('select[aria-label="Woher becomes"]');
    for (const [choice, target] of [
      [first, 'name'],
      [second, 'city'],
    ] as const) {
      (choice as HTMLSelectElement).value = target;
      choice?.dispatchEvent(new Event('change', { bubbles: true }));
    }
  });
  await expect(preview.getByRole('combobox', { name: 'Wer becomes' })).toHaveValue('name');
  await expect(preview.getByRole('combobox', { name: 'Woher becomes' })).toHaveValue('city');
  await preview.getByRole('textbox', { name: 'Remember these columns as' }).fill('Trade fair');
  await preview.getByRole('button', { name: 'Start import' }).click();
  await expect(page.getByText('Imported', { exact: false }).first()).toBeVisible();

  // One column more, so that the file is not recognised.
  await choose('messe-2.csv', Buffer.from('Wer;Woher;Stand\nDora Muster;Ulm;7\n'));
  const kept = preview.getByRole('button', { name: /Remembered columns/ });
  await expect(kept).toContainText('As recognised');
  await kept.click();
  await page.getByRole('option', { name: 'Trade fair' }).click();
  await expect(preview.getByRole('combobox', { name: 'Woher becomes' })).toHaveValue('city');
  await expect(
    preview.getByRole('region', { name: 'First rows' }).getByRole('row', { name: /Dora Muster/ }),
  ).toContainText('new');

  await preview.getByRole('button', { name: 'Forget “Trade fair”' }).click();
  const question = page.getByRole('alertdialog', { name: 'Forget “Trade fair”?' });
  await question.getByRole('button', { name: 'Forget', exact: true }).click();
  await expect(question).toBeHidden();
  await expect(kept).toBeHidden();
  await expect(preview.getByRole('combobox', { name: 'Wer becomes' })).toHaveValue('');
  await preview.getByRole('button', { name: 'Discard file' }).click();
});
