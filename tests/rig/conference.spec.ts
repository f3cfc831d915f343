// The desk and two real telephones in one conversation: everybody hears everybody else.
import { expect, type Page } from '@playwright/test';
import { heardInCalls } from '../support/chromium.ts';
import { expectTones } from '../support/hearing.ts';
import type { Telephone } from './baresip.ts';
import { setUpAccount, takeCall, test } from './desk-test.ts';
import { COLLEAGUE } from './rig.ts';
import { AGENT_TONE, COLLEAGUE_TONE, CUSTOMER_TONE } from './rig-test.ts';

const calls = (tab: Page) => tab.getByRole('region', { name: 'Calls', exact: true });

async function expectConference(
  tab: Page,
  telephone: Telephone,
  colleague: Telephone,
): Promise<void> {
  await expectTones(() => telephone.heard(), [AGENT_TONE, COLLEAGUE_TONE], [CUSTOMER_TONE]);
  await expectTones(() => colleague.heard(), [AGENT_TONE, CUSTOMER_TONE], [COLLEAGUE_TONE]);
  const ear = async (index: number) => {
    const heard = (await heardInCalls(tab))[index];
    if (!heard) throw new Error(`the desk has no call ${index}`);
    return heard;
  };
  await expectTones(() => ear(0), [CUSTOMER_TONE], [AGENT_TONE, COLLEAGUE_TONE]);
  await expectTones(() => ear(1), [COLLEAGUE_TONE], [AGENT_TONE, CUSTOMER_TONE]);
}

async function join(tab: Page, colleague: Telephone): Promise<void> {
  await colleague.dial('agent1');
  await calls(tab).getByRole('button', { name: 'Answer', exact: true }).click();
  await calls(tab).getByRole('button', { name: 'Add to conference' }).click();
  await expect(calls(tab).getByText('In the conference', { exact: false })).toHaveCount(2);
}

test('a conference of the desk and two telephones: all hear all, one is removed, the rest ends together', async ({
  tab,
  rig,
  telephone,
  colleague,
}) => {
  await setUpAccount(tab, rig);
  await takeCall(tab, telephone);
  await join(tab, colleague);
  await expectConference(tab, telephone, colleague);

  // By the name or the address that is shown.
  const remove = new RegExp(`^Remove .*${COLLEAGUE}.* from the conference$`);
  await calls(tab).getByRole('button', { name: remove }).click();
  await colleague.next('CALL_CLOSED');
  await expect(calls(tab)).toBeHidden();
  await expect(tab.getByRole('region', { name: 'Current call' })).toContainText('Talking');
  await expectTones(() => telephone.heard(), [AGENT_TONE], [COLLEAGUE_TONE, CUSTOMER_TONE]);

  await join(tab, colleague);
  await tab.getByRole('button', { name: 'End conference' }).click();
  await colleague.next('CALL_CLOSED');
  await telephone.next('CALL_CLOSED');
  await expect(calls(tab)).toBeHidden();
  await expect(tab.getByRole('region', { name: 'Current call' })).toBeHidden();
});
