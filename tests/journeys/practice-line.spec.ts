// A day on the practice line: no server, real SIP messages and real audio within the page.
import { setTimeout as wait } from 'node:timers/promises';
import { expect, type Page, test } from '@playwright/test';
import { type Desk, startDesk } from '../support/desk.ts';

let desk: Desk;
test.beforeAll(async () => {
  desk = await startDesk({ sample: true });
});
test.afterAll(async () => {
  await desk?.stop();
});

const connection = (page: Page) => page.getByRole('status', { name: 'Connection' });
const region = (page: Page, name: string) => page.getByRole('region', { name });
const handled = (page: Page) =>
  region(page, 'My day').getByRole('group', { name: 'Calls handled' });

async function openDesk(page: Page): Promise<void> {
  await page.goto(desk.url);
  await expect(connection(page)).toContainText('Practice line', { timeout: 20_000 });
}

/** Lets people ring until it is one who shares the number with nobody; answers who it is. */
async function someoneRings(page: Page): Promise<string> {
  const incoming = region(page, 'Incoming call');
  const several = incoming.getByText('Several people fit this number.');
  for (;;) {
    await page.getByRole('button', { name: 'Let a customer ring' }).click();
    await expect(several.or(region(page, 'Timeline'))).toBeVisible();
    if (await several.isHidden()) break;
    await page.getByRole('button', { name: 'Decline' }).click();
    await expect(incoming).toBeHidden();
  }
  const heading = (await incoming.getByRole('heading').first().textContent()) ?? '';
  return heading.replace(' is calling', '');
}

/** Lets someone ring and takes the call; answers who it is. */
async function takeCall(page: Page): Promise<string> {
  const name = await someoneRings(page);
  await page.getByRole('button', { name: 'Answer' }).click();
  await expect(region(page, 'Current call')).toBeVisible();
  return name;
}

/** The process of core that serves the desk now. */
async function corePid(page: Page): Promise<number> {
  const address = new URL(desk.url);
  address.pathname = '/host';
  const answer = await page.request.get(address.href);
  const state = (await answer.json()) as { corePid: number };
  return state.corePid;
}

test('a customer rings with the story open, is answered, and the result stands in the timeline', async ({
  page,
}) => {
  await openDesk(page);
  await expect(handled(page)).toContainText('0');
  const name = await someoneRings(page);
  // The story is there before the call is taken.
  await expect(region(page, 'Customer')).toContainText(name);
  await expect(region(page, 'Timeline')).toBeVisible();

  await page.getByRole('button', { name: 'Answer' }).click();
  const current = region(page, 'Current call');
  await expect(current).toContainText('Talking');

  await current.getByRole('button', { name: 'Mute' }).click();
  await expect(current.getByRole('button', { name: 'Unmute' })).toBeVisible();
  await current.getByRole('button', { name: 'Unmute' }).click();
  await current.getByRole('button', { name: 'Hold' }).click();
  await expect(current).toContainText('On hold');
  await current.getByRole('button', { name: 'Resume' }).click();
  await expect(current).toContainText('Talking');

  await current.getByRole('textbox', { name: 'Note' }).fill('Asks for the winter tyres.');
  await current.getByRole('button', { name: 'Hang up' }).click();

  const wrapUp = region(page, 'Wrap-up');
  await expect(wrapUp.getByRole('textbox', { name: 'Note' })).toHaveValue(
    'Asks for the winter tyres.',
  );
  await wrapUp
    .getByRole('radiogroup', { name: 'Outcome' })
    .getByRole('radio', { name: 'Reached' })
    .check({ force: true });
  await wrapUp
    .getByRole('radiogroup', { name: 'Feeling at the end' })
    .getByRole('radio', { name: 'Relief' })
    .check({ force: true });
  await wrapUp.getByRole('textbox', { name: 'Promise' }).fill('Send the offer for tyres');
  await wrapUp.getByRole('textbox', { name: 'Due' }).fill('tomorrow 10:00');
  await wrapUp
    .getByRole('radiogroup', { name: 'Deal' })
    .getByRole('radio', { name: 'Won' })
    .check({ force: true });
  await wrapUp.getByRole('textbox', { name: 'Value' }).fill('812');
  await wrapUp.getByRole('button', { name: 'Save wrap-up' }).click();

  await expect(region(page, 'Timeline')).toContainText('Asks for the winter tyres.');
  await expect(region(page, 'Timeline')).toContainText('Relief');
  await expect(handled(page)).toContainText('1');
  await expect(region(page, 'My day').getByRole('group', { name: 'Deals won' })).toContainText('1');
});

test('a reload in the wrap-up loses nothing', async ({ page }) => {
  await openDesk(page);
  await takeCall(page);
  await page.getByRole('button', { name: 'Hang up' }).click();
  const wrapUp = region(page, 'Wrap-up');
  await wrapUp.getByRole('textbox', { name: 'Note' }).fill('Will think it over until Friday.');
  await wait(600);
  await page.reload();
  await expect(wrapUp.getByRole('textbox', { name: 'Note' })).toHaveValue(
    'Will think it over until Friday.',
    { timeout: 20_000 },
  );
});

test('a number that is typed is called', async ({ page }) => {
  await openDesk(page);
  await page.getByRole('textbox', { name: 'Number or name' }).fill('030 23125 001');
  await page.getByRole('button', { name: 'Call', exact: true }).click();
  await expect(region(page, 'Current call')).toContainText('Talking', { timeout: 15_000 });
  await page.getByRole('button', { name: 'Hang up' }).click();
  await expect(region(page, 'Current call')).toBeHidden();
});

test('core is killed in mid-call: the call goes on, the window is back within 2 s, the record is complete', {
  tag: '@alone',
}, async ({ page }) => {
  await openDesk(page);
  const name = await takeCall(page);
  const pid = await corePid(page);
  const relinked = new Promise<number>((resolve) => {
    page.on('websocket', (socket) => socket.on('framereceived', () => resolve(Date.now())));
  });
  const killed = Date.now();
  process.kill(pid, 'SIGKILL');
  expect((await relinked) - killed).toBeLessThan(2_000);
  expect(await corePid(page)).not.toBe(pid);
  const current = region(page, 'Current call');
  await expect(current).toContainText('Talking');
  await current.getByRole('textbox', { name: 'Note' }).fill('Said after core came back.');
  await page.getByRole('button', { name: 'Hang up' }).click();
  await expect(region(page, 'Wrap-up').getByRole('textbox', { name: 'Note' })).toHaveValue(
    'Said after core came back.',
    { timeout: 15_000 },
  );
  await expect(region(page, 'Customer')).toContainText(name);
  await expect(region(page, 'Timeline')).not.toContainText('Interrupted');
});

test('a second tab says that the desk is already open, and takes over when the first is closed', async ({
  context,
  page,
}) => {
  await openDesk(page);
  const second = await context.newPage();
  await second.goto(desk.url);
  await expect(second.getByRole('heading', { name: 'The desk is already open' })).toBeVisible({
    timeout: 15_000,
  });
  await expect(connection(page)).toContainText('Practice line');
  await page.close();
  await second.getByRole('button', { name: 'Look again' }).click();
  await expect(connection(second)).toContainText('Practice line', { timeout: 20_000 });
});

test('leaving the page in mid-call warns first', async ({ page }) => {
  await openDesk(page);
  await takeCall(page);
  const asked = new Promise<string>((resolve) => {
    page.once('dialog', (dialog) => {
      resolve(dialog.type());
      void dialog.dismiss();
    });
  });
  await page.close({ runBeforeUnload: true });
  expect(await asked).toBe('beforeunload');
  await expect(region(page, 'Current call')).toContainText('Talking');
  await page.getByRole('button', { name: 'Hang up' }).click();
});
