// Transfers between two real telephones, from the desk's own window. baresip knows no Replaces: the
// attended transfer shows what becomes of such a telephone; linphone.spec.ts shows one that does.
import { expect, type Page } from '@playwright/test';
import { heardInCalls, heardInPage } from '../support/chromium.ts';
import { expectTones } from '../support/hearing.ts';
import type { Telephone } from './baresip.ts';
import { expectTalk, setUpAccount, takeCall, test } from './desk-test.ts';
import { COLLEAGUE } from './rig.ts';
import { AGENT_TONE, COLLEAGUE_TONE, CUSTOMER_TONE } from './rig-test.ts';

const current = (tab: Page) => tab.getByRole('region', { name: 'Current call' });

async function transfer(tab: Page, how: 'Transfer' | 'Consult', target: string): Promise<void> {
  await current(tab).getByRole('button', { name: 'Transfer', exact: true }).click();
  await tab.getByRole('textbox', { name: 'Transfer to' }).fill(target);
  await tab
    .getByRole('group', { name: 'Transfer the call' })
    .getByRole('button', { name: how, exact: true })
    .click();
}

/** Customer and colleague hear each other and nobody else, and the desk has no call left. */
async function expectHandedOver(
  tab: Page,
  telephone: Telephone,
  colleague: Telephone,
): Promise<void> {
  await expectTones(() => telephone.heard(), [COLLEAGUE_TONE], [AGENT_TONE]);
  await expectTones(() => colleague.heard(), [CUSTOMER_TONE], [AGENT_TONE]);
  await expect(current(tab)).toBeHidden();
  await expect(tab.getByRole('region', { name: 'Calls', exact: true })).toBeHidden();
  await expect.poll(async () => (await heardInCalls(tab)).length).toBe(0);
  await expect(tab.getByRole('region', { name: 'Wrap-up' })).toBeVisible();
}

test('a blind transfer: busy and unknown bring the customer back, then the two talk without the desk', async ({
  tab,
  rig,
  telephone,
  colleague,
}) => {
  await setUpAccount(tab, rig);
  await takeCall(tab, telephone);
  await expectTalk(tab, telephone);

  colleague.whenRung('busy', 300);
  await transfer(tab, 'Transfer', COLLEAGUE);
  await expect(current(tab)).toContainText(`${COLLEAGUE} is busy.`, { timeout: 15_000 });
  await expect(current(tab)).toContainText(/You have .* back/);
  await expectTalk(tab, telephone);

  await transfer(tab, 'Transfer', '+49309999999');
  await expect(current(tab)).toContainText('does not exist.', { timeout: 15_000 });
  await expect(current(tab)).toContainText(/You have .* back/);
  await expectTalk(tab, telephone);

  colleague.whenRung('answer', 300);
  await transfer(tab, 'Transfer', COLLEAGUE);
  await colleague.next('CALL_ESTABLISHED');
  await expectHandedOver(tab, telephone, colleague);
  await telephone.hangUp();
  await colleague.next('CALL_CLOSED');
});

test('an attended transfer: a busy colleague, then one who is asked first and takes the customer', async ({
  tab,
  rig,
  telephone,
  colleague,
}) => {
  await setUpAccount(tab, rig);
  await takeCall(tab, telephone);
  await expectTalk(tab, telephone);

  colleague.whenRung('busy', 300);
  await transfer(tab, 'Consult', COLLEAGUE);
  await expect(current(tab)).toContainText(`${COLLEAGUE} is busy.`, { timeout: 15_000 });
  await expectTalk(tab, telephone);

  colleague.whenRung('answer', 300);
  await transfer(tab, 'Consult', COLLEAGUE);
  await expect(current(tab)).toContainText(`You consult ${COLLEAGUE} about`, { timeout: 15_000 });
  await expectTones(() => colleague.heard(), [AGENT_TONE], [CUSTOMER_TONE]);
  await expectTones(() => heardInPage(tab), [COLLEAGUE_TONE], [CUSTOMER_TONE]);

  await current(tab).getByRole('button', { name: 'Complete transfer' }).click();
  await expectHandedOver(tab, telephone, colleague);
  await colleague.hangUp();
  await telephone.next('CALL_CLOSED');
});
