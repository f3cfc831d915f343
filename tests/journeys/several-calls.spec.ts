// Several calls at a time in Chromium over a stand-in for the telephone: what is shown, what each button
// and key asks for, and no fault of access in any state.
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

const CUSTOMER = '01930000-0000-7000-8000-000000000600';
const CALLER = '01930000-0000-7000-8000-000000000601';

async function inCall(page: Page, query = ''): Promise<void> {
  await page.goto(`${served.url}?language=en&${query}`);
  await region(page, 'My day').waitFor();
  await page.evaluate(() => window.deskPage.ring('known'));
  await page.keyboard.press('Enter');
  await region(page, 'Current call').waitFor();
}

async function noFaultOfAccess(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

test('a second caller waits in the calls, is answered with the first one held, and swapped', async ({
  page,
}) => {
  await inCall(page);
  await expect(region(page, 'Calls')).toHaveCount(0);
  await page.evaluate(() => window.deskPage.knock());
  const calls = region(page, 'Calls');
  await expect(calls).toContainText('is waiting');
  await expect(calls).toContainText('Queue Sales');
  await expect(region(page, 'Incoming call')).toHaveCount(0);
  await expect(region(page, 'Current call')).toContainText('Matthias Vogt');
  await noFaultOfAccess(page);
  // A note that is being written is no reason to lose a caller, and Enter there is no answer.
  await page.getByRole('textbox', { name: 'Note' }).fill('wants');
  await page.keyboard.press('Enter');
  expect(await asked(page, 'phone.answer')).toEqual([CUSTOMER]);
  await page.keyboard.press('Control+Enter');
  expect(await asked(page, 'phone.answer')).toEqual([CUSTOMER, CALLER]);
  await expect(calls).toContainText('On hold');
  await expect(region(page, 'Current call')).toContainText('+49 30 5550199');
  await button(page, 'Swap').click();
  await expect(region(page, 'Current call')).toContainText('Matthias Vogt');
  await page.keyboard.press('Alt+s');
  await expect(region(page, 'Current call')).toContainText('+49 30 5550199');
  await calls.getByRole('button', { name: 'Hang up Matthias Vogt' }).click();
  expect(await asked(page, 'phone.hangUp')).toEqual([CUSTOMER]);
  await expect(calls).toHaveCount(0);
});

test('a waiting caller is declined without touching the call', async ({ page }) => {
  await inCall(page);
  await page.evaluate(() => window.deskPage.knock());
  await button(page, 'Decline').click();
  expect(await asked(page, 'phone.decline')).toEqual([CALLER]);
  await expect(region(page, 'Current call')).toContainText('Matthias Vogt');
});

test('blind transfer: target, progress in words, failure brings the customer back', async ({
  page,
}) => {
  await inCall(page);
  await page.keyboard.press('Alt+x');
  await expect(page.getByRole('textbox', { name: 'Transfer to' })).toBeFocused();
  await expect(button(page, 'Transfer')).toBeDisabled();
  await page.keyboard.type('22');
  await noFaultOfAccess(page);
  await button(page, 'Transfer').click();
  expect(await asked(page, 'phone.transfer')).toEqual([{ callId: CUSTOMER, target: '22' }]);
  await expect(region(page, 'Current call')).toContainText('Transferring to 22: it rings there');
  await expect(button(page, 'Cancel transfer')).toBeVisible();
  await page.evaluate(
    (callId) =>
      window.deskPage.changeCall(callId, {
        localHold: false,
        transfer: { state: 'failed', target: '22', sipCode: 486 },
      }),
    CUSTOMER,
  );
  await expect(region(page, 'Current call')).toContainText('22 is busy.');
  await expect(region(page, 'Current call')).toContainText('You have Matthias Vogt back.');
  await expect(button(page, 'Transfer')).toBeVisible();
});

test('attended transfer: consult, complete by key; or cancel', async ({ page }) => {
  await inCall(page);
  await page.evaluate(() =>
    window.deskPage.setPhone({
      lineStates: [
        { uri: '22', name: 'Jonas Weber', state: 'idle' },
        { uri: '23', name: 'Elif Demir', state: 'busy' },
      ],
    }),
  );
  await expect(region(page, 'Line states')).toContainText('Elif Demir in a call');
  await button(page, 'Transfer').click();
  const targets = page.getByRole('list', { name: 'Possible targets' });
  await targets.getByRole('button', { name: 'Jonas Weber free' }).click();
  await page.keyboard.press('Alt+o');
  expect(await asked(page, 'phone.consult')).toEqual([{ callId: CUSTOMER, target: '22' }]);
  const card = region(page, 'Current call');
  await expect(card).toContainText('You consult Jonas Weber about Matthias Vogt.');
  await expect(region(page, 'Calls')).toContainText('On hold');
  await noFaultOfAccess(page);
  await button(page, 'Cancel transfer').click();
  expect(await asked(page, 'phone.cancelTransfer')).toEqual([CUSTOMER]);
  await expect(card).toContainText('Talking');
  // A click on a colleague consults as well.
  await region(page, 'Line states').getByRole('button', { name: 'Elif Demir in a call' }).click();
  expect(await asked(page, 'phone.consult')).toHaveLength(2);
  await page.keyboard.press('Alt+g');
  expect(await asked(page, 'phone.completeTransfer')).toEqual([CUSTOMER]);
});

test('a conference from two calls, a member removed, and the end', async ({ page }) => {
  await inCall(page);
  await page.evaluate(() => window.deskPage.knock());
  await button(page, 'Answer').click();
  await button(page, 'Add to conference').click();
  expect(await asked(page, 'phone.addToConference')).toEqual([CUSTOMER]);
  const calls = region(page, 'Calls');
  await expect(calls.getByText('In the conference', { exact: false })).toHaveCount(2);
  await noFaultOfAccess(page);
  await calls.getByRole('button', { name: 'Remove +49 30 5550199 from the conference' }).click();
  expect(await asked(page, 'phone.removeFromConference')).toEqual([CALLER]);
  await expect(region(page, 'Current call')).toContainText('Matthias Vogt');
});

test('ending a conference hangs up every member', async ({ page }) => {
  await inCall(page);
  await page.evaluate(() => window.deskPage.knock());
  await button(page, 'Answer').click();
  await page.keyboard.press('Alt+c');
  await button(page, 'End conference').click();
  expect(await asked(page, 'phone.endConference')).toHaveLength(1);
  await expect(region(page, 'Calls')).toHaveCount(0);
});

test('recording: never offered unless allowed; both consents; pause and stop', async ({ page }) => {
  await inCall(page);
  await expect(button(page, 'Record')).toHaveCount(0);
  await inCall(page, 'recording');
  await button(page, 'Record').click();
  await expect(button(page, 'Record')).toBeDisabled();
  await page.getByText('I have announced the recording').click();
  await expect(button(page, 'Record')).toBeDisabled();
  await page.getByText('The customer has agreed aloud').click();
  await noFaultOfAccess(page);
  await button(page, 'Record').click();
  expect(await asked(page, 'phone.startRecording')).toEqual([
    { callId: CUSTOMER, consents: { agentAnnounced: true, customerAgreed: true } },
  ]);
  const card = region(page, 'Current call');
  await expect(card).toContainText('This call is being recorded');
  await button(page, 'Pause recording').click();
  await expect(card).toContainText('nothing is recorded now');
  await noFaultOfAccess(page);
  await page.keyboard.press('Alt+j');
  await expect(card).toContainText('This call is being recorded');
  await button(page, 'Stop recording').click();
  await expect(button(page, 'Record')).toBeVisible();
});

test('quality in words and numbers, one-way audio in words, and who passed the call on', async ({
  page,
}) => {
  await inCall(page);
  const quality = region(page, 'Quality');
  await expect(quality).toContainText('good sound');
  await expect(quality).toContainText('MOS4.4');
  await expect(quality).toContainText('Round trip12 ms');
  await page.evaluate(
    (callId) =>
      window.deskPage.changeCall(callId, {
        oneWay: 'in',
        queue: 'Sales',
        divertedFrom: '+49 30 1',
        quality: { mos: 2.9, lossPercent: 7.25, jitterMs: 44, rttMs: 310 },
      }),
    CUSTOMER,
  );
  await expect(quality.getByRole('alert')).toContainText('Nothing is heard of the other side');
  await expect(quality).toContainText('Loss7.3 %');
  await expect(region(page, 'Current call')).toContainText('Queue Sales · passed on by +49 30 1');
  await noFaultOfAccess(page);
});

test('the other side’s wish to pass us on is asked, never followed unasked', async ({ page }) => {
  await inCall(page);
  await page.evaluate(
    (callId) =>
      window.deskPage.changeCall(callId, { referRequest: { target: 'sip:33@example.test' } }),
    CUSTOMER,
  );
  await expect(region(page, 'Current call')).toContainText('pass you on to sip:33@example.test');
  expect(await asked(page, 'phone.answerRefer')).toHaveLength(0);
  await button(page, 'Refuse').click();
  expect(await asked(page, 'phone.answerRefer')).toEqual([{ callId: CUSTOMER, accept: false }]);
});

test('do not disturb stays pressed and has a key; the last number is dialled again', async ({
  page,
}) => {
  await page.goto(`${served.url}?language=en`);
  await region(page, 'My day').waitFor();
  const disturb = button(page, 'Do not disturb');
  await disturb.click();
  await expect(disturb).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Alt+i');
  await expect(disturb).toHaveAttribute('aria-pressed', 'false');
  expect(await asked(page, 'phone.setDoNotDisturb')).toEqual([true, false]);
  await expect(button(page, 'Redial')).toHaveCount(0);
  await page.evaluate(() => window.deskPage.setPhone({ lastDialled: '+49 30 7' }));
  await button(page, 'Redial').click();
  expect(await asked(page, 'phone.redial')).toEqual(['+49 30 7']);
});

test('the timeline tells legs and transfers; a recording is erased only after a question', async ({
  page,
}) => {
  await page.goto(`${served.url}?language=en`);
  await page.evaluate(() => window.deskPage.showCustomer());
  const timeline = region(page, 'Timeline');
  await expect(timeline).toContainText('Transferred to Jonas Weber');
  await expect(timeline).toContainText('Consulted: Jonas Weber · 40 s');
  await timeline.getByRole('button', { name: 'Listen to the recording' }).click();
  await expect(timeline).toContainText('kept until');
  await noFaultOfAccess(page);
  await timeline.getByRole('button', { name: /^Erase the recording of/ }).click();
  expect(await asked(page, 'recordings.erase')).toHaveLength(0);
  await button(page, 'Erase').click();
  expect(await asked(page, 'recordings.erase')).toEqual([
    { recordingId: '01930000-0000-7000-8000-000000000800' },
  ]);
});
