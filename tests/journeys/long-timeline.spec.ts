// A customer with ten thousand entries: found at a date, narrowed, by matter, and scrolled smoothly.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import type { DeskDatabase } from '../../main/core/database/desk-database.ts';
import { openDatabase } from '../../main/core/database/open-database.ts';
import { newId } from '../../main/core/ids.ts';
import { filesVault } from '../../main/core/secrets/vault.ts';
import { type Desk, startDesk } from '../support/desk.ts';

const ENTRIES = 10_000;
/** Of the customer beside whom the long story is scrolled. */
const FEW_ENTRIES = 400;
/** About a screen and a half, px. */
const STEP = 700;
const STEPS = 40;
const HOUR = 3_600_000;
const NEWEST = Date.UTC(2026, 9, 30, 12);
let folder: string;
let desk: Desk;

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'anklang-long-'));
  await writeStories(folder);
  desk = await startDesk({ dataFolder: folder });
});
test.afterAll(async () => {
  await desk?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function writeStories(dataFolder: string): Promise<void> {
  const vault = filesVault(join(dataFolder, 'secrets'));
  const { database, close } = await openDatabase({ folder: dataFolder, vault, now: NEWEST });
  writeStory(database, 'Ludwig Lang', ENTRIES);
  writeStory(database, 'Karl Kurz', FEW_ENTRIES);
  close();
}

/** One customer whose notes are six hours apart, a third of them about one matter. */
function writeStory(database: DeskDatabase, name: string, entries: number): void {
  const write = (sql: string, ...values: (string | number | null)[]) =>
    database.query(sql).run(...values);
  const customerId = newId();
  const agentId = newId();
  const matterId = newId();
  database.transaction(() => {
    write(
      `INSERT INTO customers (id, name, sort_name, created_at, changed_at, origin)
       VALUES (?, ?, ?, 0, 0, 'imported')`,
      ...[customerId, name, name.toLowerCase()],
    );
    write(
      `INSERT INTO matters (id, customer_id, title, opened_at, agent_id, origin)
       VALUES (?, ?, 'Wartungsvertrag', 0, ?, 'imported')`,
      ...[matterId, customerId, agentId],
    );
    for (let index = 0; index < entries; index += 1) {
      write(
        `INSERT INTO contacts (id, customer_id, kind, at, zone, subject, note, agent_id, matter_id, origin)
         VALUES (?, ?, ?, ?, 'Europe/Berlin', ?, ?, ?, ?, 'imported')`,
        ...[newId(), customerId, index % 4 === 0 ? 'email' : 'note', NEWEST - index * 6 * HOUR],
        ...[`Eintrag ${index}`, index % 5 === 0 ? 'Mehr dazu. '.repeat(1 + (index % 40)) : null],
        ...[agentId, index % 3 === 0 ? matterId : null],
      );
    }
    write(
      'INSERT INTO customer_summary (customer_id, contact_count) VALUES (?, ?)',
      ...[customerId, entries],
    );
  });
}

async function openStory(page: Page, name = 'Ludwig Lang') {
  await page.goto(desk.url);
  await page.getByRole('link', { name: 'Customers', exact: true }).click();
  await page.getByRole('list', { name: 'Customers' }).getByText(name).click();
  const timeline = page.getByRole('region', { name: 'Timeline' });
  await expect(timeline.getByText('Eintrag 0', { exact: true })).toBeVisible();
  return timeline;
}

/** In the page: scrolls the customer through so many steps and answers how long each frame took, ms. */
async function frameTimes({ step, steps }: { step: number; steps: number }): Promise<number[]> {
  const panes = [...document.querySelectorAll<HTMLElement>('section')];
  const pane = panes.find((one) => one.getAttribute('aria-label') === 'Customer');
  if (!pane) throw new Error('no customer is shown');
  const times: number[] = [];
  let last = performance.now();
  for (let frame = 0; frame < steps; frame += 1) {
    pane.scrollTop += step;
    await new Promise(requestAnimationFrame);
    times.push(performance.now() - last);
    last = performance.now();
  }
  return times;
}

/** Single frames say more about a shared machine than about the page. */
async function medianFrame(page: Page): Promise<number> {
  const times = await page.evaluate(frameTimes, { step: STEP, steps: STEPS });
  return times.sort((one, other) => one - other).at(STEPS / 2) ?? 0;
}

test('only what is in view exists', async ({ page }) => {
  const timeline = await openStory(page);
  const list = timeline.getByRole('list', { name: 'Entries' });
  await expect(list.getByRole('listitem').first()).toHaveAttribute('aria-setsize', `${ENTRIES}`);
  expect(await list.getByRole('listitem').count()).toBeLessThan(60);
  await page.evaluate(frameTimes, { step: 1_000_000, steps: 4 });
  await expect(list.getByText(/^Eintrag 9\d\d\d$/).first()).toBeVisible();
  expect(await list.getByRole('listitem').count()).toBeLessThan(60);
});

test('scrolling through ten thousand entries is as smooth as through a few', {
  tag: '@alone',
}, async ({ page }) => {
  await openStory(page, 'Karl Kurz');
  const few = await medianFrame(page);
  await openStory(page);
  const many = await medianFrame(page);
  // Twice as long for noise; what grew with the entries would be many times as long.
  expect(many, `${few.toFixed(1)} ms with few`).toBeLessThan(2 * few + 10);
});

test('a date is reached at once, and has the keyboard', async ({ page }) => {
  const timeline = await openStory(page);
  await timeline.getByLabel('Go to date').fill('2023-05-17');
  const entry = timeline.locator('li:focus');
  await expect(entry).toContainText('17 May 2023');
  await expect(entry).toBeInViewport();
});

test('narrowed to e-mails, and back', async ({ page }) => {
  const timeline = await openStory(page);
  await timeline.getByRole('button', { name: 'Filter', exact: true }).click();
  await timeline.getByRole('button', { name: 'E-mails' }).click();
  await expect(timeline.getByText('Eintrag 4', { exact: true })).toBeVisible();
  await expect(timeline.getByText('Eintrag 1', { exact: true })).toBeHidden();
  await timeline.getByRole('button', { name: 'E-mails' }).click();
  await timeline.getByRole('button', { name: 'Visits' }).click();
  await expect(timeline).toContainText('Nothing of this kind yet');
  await timeline.getByRole('button', { name: 'Show everything' }).click();
  await expect(timeline.getByText('Eintrag 1', { exact: true })).toBeVisible();
});

test('by matter, each opened when it is wanted', async ({ page }) => {
  const timeline = await openStory(page);
  await timeline.getByRole('button', { name: 'By matter' }).click();
  const matter = timeline.getByRole('button', { name: /Wartungsvertrag/ });
  await expect(matter).toContainText('3334 entries');
  await matter.press('Enter');
  await expect(timeline.getByText('Eintrag 3', { exact: true })).toBeVisible();
  await expect(timeline.getByText('Eintrag 1', { exact: true })).toBeHidden();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
});
