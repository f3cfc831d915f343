// The desk's own screen in Chromium over stand-ins for core and telephone: keyboard, drafts, what is
// shown in each state, and no fault of access in any of them.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import type { DeskPage } from '../renderer/desk-page/page.tsx';
import { serveDeskPage, type ServedDesk } from '../renderer/desk-page/serve.ts';

let served: ServedDesk;
let faults: string[];

test.beforeAll(async () => {
  served = await serveDeskPage();
});
test.afterAll(() => served.close());
test.beforeEach(({ page }) => {
  faults = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) faults.push(message.text());
  });
});
test.afterEach(() => expect(faults).toEqual([]));

const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const asked = (page: Page, name: string) =>
  page.evaluate((wanted) => {
    const { asked: all }: Pick<DeskPage, 'asked'> = window.deskPage;
    return all.filter(([what]) => what === wanted).map(([, input]) => input);
  }, name);

async function openDesk(page: Page, query = ''): Promise<void> {
  await page.goto(`${served.url}?language=en&${query}`);
  await region(page, 'My day').waitFor();
}

async function afterCall(page: Page): Promise<void> {
  await page.evaluate(() => window.deskPage.ring('known'));
  await page.keyboard.press('Enter');
  await region(page, 'Current call').waitFor();
  await page.keyboard.press('Alt+q');
  await region(page, 'Wrap-up').waitFor();
}

async function noFaultOfAccess(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

test('while it rings: who, why, the last contacts with feelings, a promise, the cues, one fact', async ({
  page,
}) => {
  await openDesk(page);
  await page.evaluate(() => window.deskPage.ring('known'));
  const card = region(page, 'Incoming call');
  await expect(card).toContainText('Matthias Vogt is calling');
  await expect(card).toContainText('this number is in the customer’s record');
  await expect(card).toContainText('Practice');
  await expect(card).toContainText('Start with');
  await expect(card.getByRole('list', { name: 'Last contacts' })).toContainText('Anger, strong');
  await expect(card.getByRole('list', { name: 'Open promises' })).toContainText('overdue');
  await expect(region(page, 'Cues')).toContainText('Listen first');
  await expect(region(page, 'Timeline')).toContainText('Third call about the delivery date');
});

test('Enter answers, but never from a text field; Ctrl+Enter answers from anywhere', async ({
  page,
}) => {
  await openDesk(page);
  await page.keyboard.press('/');
  await page.evaluate(() => window.deskPage.ring('known'));
  await region(page, 'Incoming call').waitFor();
  await page.keyboard.type('hello?');
  await page.keyboard.press('Enter');
  await expect(region(page, 'Incoming call')).toBeVisible();
  expect(await asked(page, 'phone.answer')).toHaveLength(0);
  await page.keyboard.press('Control+Enter');
  await region(page, 'Current call').waitFor();
});

test('Enter on Decline declines', async ({ page }) => {
  await openDesk(page);
  await page.evaluate(() => window.deskPage.ring('known'));
  await button(page, 'Decline').focus();
  await page.keyboard.press('Enter');
  expect(await asked(page, 'phone.decline')).toHaveLength(1);
  expect(await asked(page, 'phone.answer')).toHaveLength(0);
});

test('Escape never ends a call, not even from the keypad', async ({ page }) => {
  await openDesk(page);
  await page.evaluate(() => window.deskPage.ring('known'));
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await button(page, 'Keypad').click();
  await page.keyboard.type('1#');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(region(page, 'Current call')).toBeVisible();
  expect(await asked(page, 'phone.sendDtmf')).toEqual(['1', '#']);
});

test('mute, hold and resume by key while a note is typed', async ({ page }) => {
  await openDesk(page);
  await page.evaluate(() => window.deskPage.ring('known'));
  await page.keyboard.press('Enter');
  await page.keyboard.press('Alt+n');
  await page.keyboard.type('mhk wants');
  await page.keyboard.press('Alt+m');
  await expect(button(page, 'Unmute')).toBeVisible();
  await page.keyboard.press('Alt+h');
  await expect(button(page, 'Resume')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Note' })).toHaveValue('mhk wants');
});

test('a wrap-up by keyboard alone, and what is stored of it', async ({ page }) => {
  await openDesk(page);
  await afterCall(page);
  const panel = region(page, 'Wrap-up');
  await page.keyboard.press('w');
  await page.keyboard.press('w');
  await page.keyboard.press('Shift+A');
  await expect(panel).toContainText('End: Worry, strong · Peak: Anger');
  await page.keyboard.press('Control+s');
  await expect(panel).toContainText('Choose an outcome.');
  await page.keyboard.press('1');
  await page.keyboard.press('8');
  await page.keyboard.press('g');
  await expect(panel.getByRole('radio', { name: 'Reached', exact: true })).toBeChecked();
  await panel.getByRole('textbox', { name: 'Promise' }).fill('the new date');
  await panel.getByRole('textbox', { name: 'Due' }).fill('some day');
  await page.keyboard.press('Control+s');
  await expect(panel).toContainText('This date is not understood');
  await panel.getByRole('textbox', { name: 'Due' }).fill('in 2 h');
  await panel.getByRole('textbox', { name: 'Value' }).fill('31.400,50');
  await page.keyboard.press('Control+s');
  await expect(panel).toBeHidden();
  expect(await asked(page, 'wrapUps.save')).toMatchObject([
    {
      result: {
        outcome: 'reached',
        expectation: 'met',
        end: { emotion: 'worry', intensity: 0.75 },
        peak: { emotion: 'anger', intensity: 0.5 },
        promise: { text: 'the new date' },
        deal: { state: 'won', valueCents: 3_140_050 },
      },
    },
  ]);
});

test('figures and letters choose nothing while the note is typed', async ({ page }) => {
  await openDesk(page);
  await afterCall(page);
  const panel = region(page, 'Wrap-up');
  await page.keyboard.press('Alt+n');
  await page.keyboard.type('2 cars, 9 weeks, G class');
  await expect(panel.getByRole('textbox', { name: 'Note' })).toHaveValue(
    '2 cars, 9 weeks, G class',
  );
  await expect(panel.getByRole('radio', { checked: true })).toHaveCount(1);
  await expect(panel.getByRole('radio', { name: 'None' })).toBeChecked();
});

test('somebody else: found in the book, in the call and in its wrap-up', async ({ page }) => {
  await openDesk(page);
  await page.evaluate(() => window.deskPage.ring('known'));
  await page.keyboard.press('Enter');
  await region(page, 'Current call').waitFor();
  const choose = async (name: string) => {
    const place = region(page, name);
    await place.getByRole('button', { name: 'Somebody else' }).click();
    await place.getByRole('textbox', { name: 'Find the customer' }).fill('vogt');
    await place.getByRole('list', { name: 'Found' }).getByRole('button').first().click();
    await expect(place.getByRole('textbox', { name: 'Find the customer' })).toHaveCount(0);
  };
  await choose('Current call');
  await page.keyboard.press('Alt+q');
  await choose('Wrap-up');
  const given = await asked(page, 'calls.assignCustomer');
  expect(given).toHaveLength(2);
  // A number that is somebody's already is not taught to a second person.
  expect(given).toMatchObject([{ confirm: false }, { confirm: false }]);
});

test('an open question is answered where it is shown', async ({ page }) => {
  await openDesk(page);
  await page.evaluate(() => window.deskPage.showCustomer());
  await region(page, 'Cues').getByRole('button', { name: 'Resolved' }).click();
  await page.getByRole('tab', { name: /Questions/ }).click();
  await page.getByRole('button', { name: /^Resolved: When exactly/ }).click();
  await expect.poll(() => asked(page, 'questions.settle')).toHaveLength(2);
  const settled = (await asked(page, 'questions.settle')) as { questionId: string }[];
  expect(new Set(settled.map(({ questionId }) => questionId)).size).toBe(1);
});

test('a promise that core could not settle stays, and the reason is said', async ({ page }) => {
  await openDesk(page);
  await page.evaluate(() => window.deskPage.showCustomer());
  await page.getByRole('tab', { name: /Promises/ }).click();
  const kept = page.getByRole('button', { name: /^Kept: / }).first();
  await kept.waitFor();
  await page.evaluate(() => window.deskPage.setCoreGone(true));
  await kept.click();
  await expect(page.getByRole('alert')).toContainText('Nothing is lost');
  await expect(kept).toBeVisible();
});

test('a note that is being typed when the other side hangs up goes on in the wrap-up', async ({
  page,
}) => {
  await openDesk(page);
  await page.evaluate(() => window.deskPage.ring('known'));
  await page.keyboard.press('Enter');
  await page.keyboard.press('Alt+n');
  await page.keyboard.type('wants the bl');
  await page.evaluate(() =>
    window.deskPage.ring('known', { phase: 'terminated', cause: 'completed' }),
  );
  await region(page, 'Wrap-up').waitFor();
  await page.keyboard.type('ue one');
  await expect(region(page, 'Wrap-up').getByRole('textbox', { name: 'Note' })).toHaveValue(
    'wants the blue one',
  );
  await expect(region(page, 'Wrap-up')).not.toContainText('End:');
});

test('what Escape closes in a call gives the keyboard back to its button', async ({ page }) => {
  await openDesk(page);
  await page.evaluate(() => window.deskPage.ring('known'));
  await page.keyboard.press('Enter');
  await page.getByRole('timer').waitFor();
  for (const [keys, opener] of [
    ['Alt+x', 'Transfer'],
    ['Alt+k', 'Keypad'],
  ] as const) {
    await page.keyboard.press(keys);
    await expect(button(page, opener)).not.toBeFocused();
    await page.keyboard.press('Escape');
    await expect(button(page, opener)).toBeFocused();
  }
});

test('a note outlives a core that is gone for a while', async ({ page }) => {
  await openDesk(page);
  await afterCall(page);
  await page.evaluate(() => window.deskPage.setCoreGone(true));
  const note = region(page, 'Wrap-up').getByRole('textbox', { name: 'Note' });
  await note.fill('typed while core was gone');
  await expect(region(page, 'Wrap-up')).toContainText('Being kept');
  await page.evaluate(() => window.deskPage.setCoreGone(false));
  await expect(region(page, 'Wrap-up')).not.toContainText('Being kept');
  const drafts = await asked(page, 'wrapUps.saveDraft');
  expect(drafts.at(-1)).toMatchObject({ draft: { note: 'typed while core was gone' } });
});

test('what is typed stays where it is while the next call rings', async ({ page }) => {
  await openDesk(page);
  await afterCall(page);
  const note = region(page, 'Wrap-up').getByRole('textbox', { name: 'Note' });
  await note.focus();
  await page.keyboard.type('first ');
  await page.evaluate(() => window.deskPage.ring('unknown'));
  await region(page, 'Incoming call').waitFor();
  await page.keyboard.type('and more');
  await page.keyboard.press('Enter');
  await expect(note).toHaveValue('first and more\n');
  expect(await asked(page, 'phone.answer')).toHaveLength(1);
});

test('an unknown caller creates nothing until the agent says so', async ({ page }) => {
  await openDesk(page);
  await page.evaluate(() => window.deskPage.ring('unknown'));
  await expect(region(page, 'Incoming call')).toContainText('Not in the book');
  expect(await asked(page, 'customers.create')).toHaveLength(0);
  await button(page, 'Create a customer').click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Ida Neu');
  await button(page, 'Create').click();
  await expect.poll(() => asked(page, 'customers.create')).toMatchObject([{ name: 'Ida Neu' }]);
});

test('several matches: the agent picks one, with reasons in sight', async ({ page }) => {
  await openDesk(page);
  await page.evaluate(() => window.deskPage.ring('several'));
  const card = region(page, 'Incoming call');
  await expect(card).toContainText('several customers share this number');
  await card.getByRole('button', { name: /Matthias Vogt/ }).click();
  await expect(card).toContainText('Start with');
});

test('cues: why, not true, snooze', async ({ page }) => {
  await openDesk(page);
  await page.evaluate(() => window.deskPage.showCustomer());
  const cues = region(page, 'Cues');
  await expect(cues.getByRole('button', { name: 'Why?' })).toHaveCount(3);
  await cues.getByRole('button', { name: 'Why?' }).nth(1).click();
  await expect(cues).toContainText('Nobody called me back.');
  await cues.getByRole('button', { name: 'Not true' }).first().click();
  await cues.getByRole('button', { name: 'Snooze' }).first().click();
  await expect(cues.getByRole('button', { name: 'Why?' })).toHaveCount(1);
  expect(await asked(page, 'cues.dismiss')).toMatchObject([
    { rule: 1, verdict: { kind: 'notTrue' } },
    { rule: 2, verdict: { kind: 'snooze' } },
  ]);
});

test('the field: search as you type, arrows and Enter open, a typed number is dialled', async ({
  page,
}) => {
  await openDesk(page);
  const steps = await page.evaluate(() => history.length);
  await page.keyboard.press('/');
  await page.keyboard.type('vogt');
  await expect(page.getByRole('option')).toHaveCount(2);
  await page.keyboard.press('Enter');
  await expect(region(page, 'Customer')).toContainText('Vogt Gartenbau');
  const field = page.getByRole('textbox', { name: 'Number or name', exact: true });
  await field.fill('+49 30 123');
  await field.press('Enter');
  await expect.poll(() => asked(page, 'phone.place')).toMatchObject([{ target: '+49 30 123' }]);
  await expect(page.getByRole('alert').first()).toContainText('not connected');
  // Whoever stays on the desk has no more steps to go back.
  expect(await page.evaluate(() => history.length)).toBe(steps);
});

test('all keys stand on the sheet', async ({ page }) => {
  await openDesk(page);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toContainText('Save the wrap-up');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

for (const [theme, language] of [
  ['light', 'de'],
  ['dark', 'en'],
] as const) {
  test(`nothing to find fault with in access: ${theme}, ${language}`, async ({ page }) => {
    // axe reads the whole page six times.
    test.setTimeout(150_000);
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(`${served.url}?language=${language}&theme=${theme}`);
    await page.waitForFunction(() => document.querySelectorAll('section').length > 4);
    await noFaultOfAccess(page);
    await page.evaluate(() => window.deskPage.ring('known'));
    await page.locator('[data-own-enter]').waitFor();
    await page.waitForTimeout(300);
    await noFaultOfAccess(page);
    await page.keyboard.press('Enter');
    await page.getByRole('timer').waitFor();
    await page.keyboard.press('Alt+k');
    await noFaultOfAccess(page);
    await page.keyboard.press('Alt+q');
    await page.getByRole('radiogroup').first().waitFor();
    await page.keyboard.press('Control+s');
    await noFaultOfAccess(page);
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await page.waitForTimeout(300);
    await noFaultOfAccess(page);
  });
}

for (const [width, height] of [
  [1280, 800],
  [1440, 900],
  [1920, 1080],
] as const) {
  test(`nothing sticks out at ${width}×${height}, in German`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await page.goto(`${served.url}?language=de`);
    await page.waitForFunction(() => document.querySelectorAll('section').length > 1);
    await page.evaluate(() => window.deskPage.ring('known'));
    await page.keyboard.press('Control+Enter');
    await page.getByRole('timer').waitFor();
    await page.keyboard.press('Alt+q');
    await page.getByRole('radiogroup').first().waitFor();
    const sticking = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('section, label, button, h2, p')]
        .filter((element) => {
          const { overflowX, textOverflow } = getComputedStyle(element);
          return (
            element.clientWidth > 0 &&
            element.scrollWidth > element.clientWidth + 1 &&
            overflowX === 'visible' &&
            textOverflow !== 'ellipsis' &&
            getComputedStyle(element).display !== 'inline'
          );
        })
        .map((element) => element.outerHTML.slice(0, 120)),
    );
    expect(sticking).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      width,
    );
  });
}
