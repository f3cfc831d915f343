// The whole desk on real peers: its window in Chromium, its core and its database, a telephone system
// and a customer's telephone.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { heardInPage } from '../support/chromium.ts';
import { startDesk } from '../support/desk.ts';
import { expectTone, expectToneGone } from '../support/hearing.ts';
import {
  dial,
  enterAccount,
  enterCustomer,
  expectTalk,
  setUpAccount,
  status,
  test,
} from './desk-test.ts';
import { CUSTOMER_NUMBER } from './rig.ts';
import { AGENT_TONE, CUSTOMER_TONE } from './rig-test.ts';

const callsHandled = (tab: Page) =>
  tab.getByRole('region', { name: 'My day' }).getByRole('group', { name: 'Calls handled' });

test('the account test says in words what is wrong, and then that it works', async ({
  tab,
  rig,
}) => {
  await expect(status(tab)).toContainText('Practice line');
  const main = tab.getByRole('main');
  await enterAccount(tab, rig, 'not-the-password');
  await tab.getByRole('button', { name: 'Test', exact: true }).click();
  await expect(main).toContainText('The server does not accept user and password', {
    timeout: 20_000,
  });
  // Nothing that was entered is lost, and nothing was saved.
  await expect(tab.getByRole('textbox', { name: 'Server address' })).toHaveValue(rig.server);
  await expect(status(tab)).toContainText('Practice line');

  await tab.getByRole('textbox', { name: 'Password' }).fill(rig.passwordOf('agent1'));
  await tab.getByRole('button', { name: 'Test', exact: true }).click();
  await expect(main).toContainText('It works', { timeout: 20_000 });

  await tab.getByRole('textbox', { name: 'Server address' }).fill('ws://127.0.0.1:9');
  await tab.getByRole('button', { name: 'Test', exact: true }).click();
  await expect(main).toContainText('The telephone server cannot be reached', { timeout: 20_000 });

  await tab.getByRole('textbox', { name: 'Server address' }).fill('ws://pbx.example.com');
  await tab.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(main).toContainText('Use wss:// here');
});

test('a call is taken, its result kept, and the next one begins with the story', async ({
  tab,
  rig,
  telephone,
}) => {
  await setUpAccount(tab, rig);
  await enterCustomer(tab, 'Ruth Adler', '030 901820');
  await tab.getByRole('link', { name: 'Desk', exact: true }).click();

  await telephone.dial('agent1');
  const incoming = tab.getByRole('region', { name: 'Incoming call' });
  await expect(incoming).toContainText('Ruth Adler is calling');
  expect(telephone.events.some(({ type }) => type === 'CALL_ESTABLISHED')).toBe(false);
  await incoming.getByRole('button', { name: 'Answer' }).click();
  const current = tab.getByRole('region', { name: 'Current call' });
  await expect(current).toContainText('Talking');
  await expectTalk(tab, telephone);
  await current
    .getByRole('textbox', { name: 'Note' })
    .fill('Asks whether the tow bar is included.');
  await telephone.hangUp();

  const wrapUp = tab.getByRole('region', { name: 'Wrap-up' });
  await expect(wrapUp.getByRole('textbox', { name: 'Note' })).toHaveValue(
    'Asks whether the tow bar is included.',
  );
  await wrapUp.getByRole('radio', { name: 'Reached' }).check({ force: true });
  await wrapUp
    .getByRole('radiogroup', { name: 'Feeling at the end' })
    .getByRole('radio', { name: 'Worry' })
    .check({ force: true });
  await wrapUp.getByRole('textbox', { name: 'Promise' }).fill('Send the price with the tow bar');
  await wrapUp.getByRole('textbox', { name: 'Due' }).fill('tomorrow');
  await wrapUp.getByRole('button', { name: 'Save wrap-up' }).click();
  await expect(tab.getByRole('button', { name: 'Save wrap-up' })).toBeHidden();
  await expect(tab.getByRole('region', { name: 'Timeline' })).toContainText(
    'Asks whether the tow bar is included.',
  );
  await expect(callsHandled(tab)).toContainText(/^1\D/);

  await telephone.dial('agent1');
  await expect(incoming).toContainText('Ruth Adler is calling');
  await expect(incoming).toContainText('Send the price with the tow bar');
  await expect(incoming).toContainText(/worry/i);
  // Story before the answer: the telephone still rings.
  expect(telephone.events.filter(({ type }) => type === 'CALL_ESTABLISHED')).toHaveLength(1);
  await incoming.getByRole('button', { name: 'Decline' }).click();
  await telephone.next('CALL_CLOSED');
  await expect(incoming).toBeHidden();
});

test('calls out, mutes, holds, sends digits and hangs up', async ({ tab, rig, telephone }) => {
  await setUpAccount(tab, rig);
  telephone.whenRung('answer', 300);
  await dial(tab, '030 901820');
  const current = tab.getByRole('region', { name: 'Current call' });
  await expect(current).toContainText('Talking');
  await expectTalk(tab, telephone);

  await current.getByRole('button', { name: 'Mute' }).click();
  await expect(current.getByRole('button', { name: 'Unmute' })).toBeVisible();
  await expectToneGone(() => telephone.heard(), AGENT_TONE);
  await expectTone(() => heardInPage(tab), CUSTOMER_TONE, AGENT_TONE);
  await current.getByRole('button', { name: 'Unmute' }).click();
  await expectTalk(tab, telephone);

  await current.getByRole('button', { name: 'Hold' }).click();
  await expect(current).toContainText('On hold');
  await expectToneGone(() => heardInPage(tab), CUSTOMER_TONE);
  await expectToneGone(() => telephone.heardFromNowOn(1200), AGENT_TONE);
  await current.getByRole('button', { name: 'Resume' }).click();
  await expect(current).toContainText('Talking');
  await expectTalk(tab, telephone);

  await current.getByRole('button', { name: 'Keypad' }).click();
  await tab.getByRole('button', { name: /^4\b/ }).click();
  await expect
    .poll(() =>
      telephone.events.filter(({ type }) => type === 'CALL_DTMF_START').map(({ param }) => param),
    )
    .toEqual(['4']);

  await current.getByRole('button', { name: 'Hang up' }).click();
  await telephone.next('CALL_CLOSED');
  await expect(current).toBeHidden();
  await expect(tab.getByRole('region', { name: 'Wrap-up' })).toContainText(
    CUSTOMER_NUMBER.slice(-6),
  );
  await expect(callsHandled(tab)).toContainText(/^1\D/);
});

test('busy, no answer, unknown and unreachable each say so', async ({ tab, rig, telephone }) => {
  await setUpAccount(tab, rig);
  await enterCustomer(tab, 'Ruth Adler', '030 901820');
  const main = tab.getByRole('main');

  telephone.whenRung('busy', 200);
  await dial(tab, '030901820');
  await expect(main).toContainText('Busy');

  telephone.whenRung('ring');
  await dial(tab, '030901820');
  await expect(main).toContainText('Ringing');
  await expect(main).toContainText('No answer', { timeout: 25_000 });

  await dial(tab, '030 9999999');
  await expect(main).toContainText('This number does not exist');

  await dial(tab, 'sip:agent2@rig.test');
  await expect(main).toContainText('Not reachable at the moment');

  // What was tried stands in the customer's timeline, and nothing of it counts as handled.
  await tab.getByRole('link', { name: 'Customers' }).click();
  await tab.getByText('Ruth Adler').first().click();
  const timeline = tab.getByRole('region', { name: 'Timeline' });
  await expect(timeline).toContainText('Busy');
  await expect(timeline).toContainText('No answer');
  await expect(callsHandled(tab)).toContainText(/^0\D/);
});

test('a missed call is listed and rung back', async ({ tab, rig, telephone }) => {
  await setUpAccount(tab, rig);
  await tab.getByRole('link', { name: 'Desk', exact: true }).click();
  await telephone.dial('agent1');
  await expect(tab.getByRole('region', { name: 'Incoming call' })).toBeVisible();
  await telephone.hangUp();
  const missed = tab.getByRole('region', { name: 'Missed calls' });
  await expect(missed).toContainText(/90\s?1820/);
  telephone.whenRung('answer');
  await missed.getByRole('button', { name: /^Ring back/ }).click();
  const current = tab.getByRole('region', { name: 'Current call' });
  await expect(current).toContainText('Talking');
  await current.getByRole('button', { name: 'Hang up' }).click();
  await expect(missed).toContainText('Nothing missed');
});

test('a wrong password that was saved is said at the connection', async ({ tab, rig }) => {
  await enterAccount(tab, rig, 'not-the-password');
  await tab.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(status(tab)).toContainText('Wrong password', { timeout: 15_000 });
  await setUpAccount(tab, rig);
});

test('the telephone system dies in mid-call and comes back', async ({ tab, rig, telephone }) => {
  await setUpAccount(tab, rig);
  telephone.whenRung('answer');
  await dial(tab, CUSTOMER_NUMBER);
  const current = tab.getByRole('region', { name: 'Current call' });
  await expect(current).toContainText('Talking');
  await expectTalk(tab, telephone);
  await rig.killServer();
  await expect(status(tab)).not.toContainText('Connected', { timeout: 10_000 });
  // Sound does not pass the telephone system.
  await expectTalk(tab, telephone);
  await rig.restartServer();
  await expect(status(tab)).toContainText('Connected', { timeout: 15_000 });
  // The ICE restart that follows; phone.spec.ts looks at it, here it only has to be over.
  await tab.waitForTimeout(1500);
  await expect(current).toContainText('Talking');
  await expectTalk(tab, telephone);
  await current.getByRole('button', { name: 'Hang up' }).click();
  await telephone.next('CALL_CLOSED');
});

test('core is killed in mid-call: the talk goes on and nothing of it is lost', async ({
  tab,
  desk,
  rig,
  telephone,
}) => {
  await setUpAccount(tab, rig);
  await enterCustomer(tab, 'Ruth Adler', '030 901820');
  telephone.whenRung('answer');
  await dial(tab, '030 901820');
  const current = tab.getByRole('region', { name: 'Current call' });
  await expect(current).toContainText('Talking');
  const answeredAt = Date.now();
  await expectTalk(tab, telephone);
  process.kill(desk.corePid, 'SIGKILL');
  await current.getByRole('textbox', { name: 'Note' }).fill('Typed while core was away.');
  await expectTalk(tab, telephone);
  await tab.waitForTimeout(2000);
  await expect.poll(() => desk.currentCorePid()).not.toBe(desk.corePid);
  const talkedSeconds = Math.floor((Date.now() - answeredAt) / 1000);
  await telephone.hangUp();
  await expect(
    tab.getByRole('region', { name: 'Wrap-up' }).getByRole('textbox', { name: 'Note' }),
  ).toHaveValue('Typed while core was away.');
  // The whole talk counts, also the part in which core was away.
  await expect(callsHandled(tab)).toContainText(/^1\D/);
  const talkTime = tab
    .getByRole('region', { name: 'My day' })
    .getByRole('group', { name: 'Talk time' });
  const [, value = '0', unit] = /(\d+)\s*(s|min)/.exec((await talkTime.textContent()) ?? '') ?? [];
  if (unit === 'min') expect(Math.abs(Number(value) - talkedSeconds / 60)).toBeLessThan(1);
  else expect(Math.abs(Number(value) - talkedSeconds)).toBeLessThanOrEqual(2);
});

test('everything is killed in mid-call: the next start closes the call and offers its result', async ({
  agent,
  rig,
  telephone,
}) => {
  test.setTimeout(150_000);
  const dataFolder = mkdtempSync(join(tmpdir(), 'anklang-killed-'));
  const context = await agent.browser.newContext({ viewport: { width: 1440, height: 900 } });
  let desk = await startDesk({ dataFolder });
  try {
    const tab = await context.newPage();
    await tab.goto(desk.url);
    await setUpAccount(tab, rig);
    await enterCustomer(tab, 'Ruth Adler', '030 901820');
    telephone.whenRung('answer');
    await dial(tab, '030 901820');
    const note = tab
      .getByRole('region', { name: 'Current call' })
      .getByRole('textbox', { name: 'Note' });
    await note.fill('Typed before the power went.');
    await expect(tab.getByRole('region', { name: 'Current call' })).toContainText('Talking');
    // A draft goes to core within a third of a second.
    await tab.waitForTimeout(1500);
    await Promise.all([tab.close({ runBeforeUnload: false }), desk.killEverything()]);
    await desk.stop();

    desk = await startDesk({ dataFolder });
    const next = await context.newPage();
    await next.goto(desk.url);
    await expect(status(next)).toContainText('Connected', { timeout: 15_000 });
    // Core waits ten seconds for a window that still holds the call.
    const wrapUp = next.getByRole('region', { name: 'Wrap-up' });
    await expect(wrapUp).toContainText('Ruth Adler', { timeout: 20_000 });
    await expect(wrapUp.getByRole('textbox', { name: 'Note' })).toHaveValue(
      'Typed before the power went.',
    );
    await wrapUp.getByRole('radio', { name: 'Reached' }).check({ force: true });
    await wrapUp.getByRole('button', { name: 'Save wrap-up' }).click();
    await expect(wrapUp).toBeHidden();
    await next.getByRole('link', { name: 'Customers', exact: true }).click();
    await next.getByText('Ruth Adler').first().click();
    await expect(next.getByRole('region', { name: 'Timeline' })).toContainText(
      'Typed before the power went.',
    );
  } finally {
    await context.close();
    await desk.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  }
});
