// The desk with telephones of another make, which share no code with the others of the rig.
import { expect, type Page } from '@playwright/test';
import { heardInPage } from '../support/chromium.ts';
import { expectTones, expectToneGone } from '../support/hearing.ts';
import { dial, setUpAccount, test as deskTest } from './desk-test.ts';
import { type Linphone, startLinphone } from './linphone.ts';
import { COLLEAGUE, CUSTOMER_NUMBER, missingPrograms } from './rig.ts';
import { AGENT_TONE, COLLEAGUE_TONE, CUSTOMER_TONE } from './rig-test.ts';

const test = deskTest.extend<{ customer: Linphone; asked: Linphone }>({
  customer: async ({ rig }, use) => {
    const linphone = await startLinphone(rig, CUSTOMER_NUMBER, CUSTOMER_TONE);
    await use(linphone);
    await linphone.stop();
  },
  asked: async ({ rig }, use) => {
    const linphone = await startLinphone(rig, COLLEAGUE, COLLEAGUE_TONE);
    await use(linphone);
    await linphone.stop();
  },
});

test.skip(missingPrograms(['linphonec']).length > 0, 'linphonec is not installed');

const current = (tab: Page) => tab.getByRole('region', { name: 'Current call' });

async function expectTalk(tab: Page, customer: Linphone): Promise<void> {
  await expectTones(() => heardInPage(tab), [CUSTOMER_TONE], [AGENT_TONE]);
  await expectTones(() => customer.heard(), [AGENT_TONE], [CUSTOMER_TONE]);
}

async function takeCall(tab: Page, customer: Linphone, domain: string): Promise<void> {
  await tab.getByRole('link', { name: 'Desk', exact: true }).click();
  customer.type(`call sip:agent1@${domain}`);
  await tab
    .getByRole('region', { name: 'Incoming call' })
    .getByRole('button', { name: 'Answer' })
    .click({ timeout: 15_000 });
  await customer.says(/Media streams established/);
  await expect(current(tab)).toContainText('Talking');
}

test('linphone: called either way, held by either side, ended by either side', async ({
  tab,
  rig,
  customer,
}) => {
  await setUpAccount(tab, rig);
  await takeCall(tab, customer, rig.domain);
  await expectTalk(tab, customer);
  await current(tab).getByRole('button', { name: 'Hold' }).click();
  await expect(current(tab)).toContainText('On hold');
  await expectToneGone(() => heardInPage(tab), CUSTOMER_TONE);
  await current(tab).getByRole('button', { name: 'Resume' }).click();
  await expect(current(tab)).toContainText('Talking');
  await expectTalk(tab, customer);
  customer.type('terminate');
  await expect(current(tab)).toBeHidden();

  await dial(tab, CUSTOMER_NUMBER);
  await customer.says(/Receiving new incoming call|incoming call/i);
  customer.type('answer');
  await customer.says(/Media streams established/);
  await expect(current(tab)).toContainText('Talking');
  await expectTalk(tab, customer);
  customer.type('pause');
  await expect(current(tab)).toContainText('The other side put you on hold');
  // Its file goes on as its music on hold; the agent is not sent any more.
  await expectToneGone(() => customer.heard(), AGENT_TONE);
  customer.type('resume');
  await expect(current(tab)).toContainText('Talking');
  await expectTalk(tab, customer);
  await current(tab).getByRole('button', { name: 'Hang up' }).click();
  await customer.says(/ended/);
  await expect(current(tab)).toBeHidden();
});

test('linphone: an attended transfer with Replaces leaves the customer with the colleague', async ({
  tab,
  rig,
  customer,
  asked,
}) => {
  await setUpAccount(tab, rig);
  await takeCall(tab, customer, rig.domain);
  await expectTalk(tab, customer);
  await current(tab).getByRole('button', { name: 'Transfer', exact: true }).click();
  await tab.getByRole('textbox', { name: 'Transfer to' }).fill(COLLEAGUE);
  await tab
    .getByRole('group', { name: 'Transfer the call' })
    .getByRole('button', { name: 'Consult', exact: true })
    .click();
  await asked.says(/incoming call/i);
  asked.type('answer');
  await expect(current(tab)).toContainText(`You consult ${COLLEAGUE} about`, { timeout: 15_000 });
  await expectTones(() => asked.heard(), [AGENT_TONE], [CUSTOMER_TONE]);
  await current(tab).getByRole('button', { name: 'Complete transfer' }).click();
  await expect(current(tab)).toBeHidden({ timeout: 15_000 });
  await expectTones(() => asked.heard(), [CUSTOMER_TONE], [AGENT_TONE]);
  await expectTones(() => customer.heard(), [COLLEAGUE_TONE], [AGENT_TONE]);
  customer.type('terminate');
  await asked.says(/ended/);
});
