// Half a minute without a network in mid-call: what the desk shows meanwhile, and that the call is there
// again afterwards, with sound both ways and both sides able to end it.
import { expect } from '@playwright/test';
import { heardInPage } from '../support/chromium.ts';
import { expectToneGone, expectTones } from '../support/hearing.ts';
import { dial, expectTalk, setUpAccount, status, test } from './desk-test.ts';
import { mayCutNetwork } from './network-cut.ts';
import { CUSTOMER_NUMBER } from './rig.ts';
import { AGENT_TONE, CUSTOMER_TONE } from './rig-test.ts';

test.skip(!mayCutNetwork(), 'the firewall takes no rules');

const CUT_MS = 30_000;

test('thirty seconds without a network in mid-call: it is shown, and the call goes on afterwards', async ({
  tab,
  rig,
  telephone,
}) => {
  await setUpAccount(tab, rig);
  telephone.whenRung('answer');
  await dial(tab, CUSTOMER_NUMBER);
  const current = tab.getByRole('region', { name: 'Current call' });
  await expect(current).toContainText('Talking');
  await expectTalk(tab, telephone);

  const restore = rig.cutNetwork();
  const cutAt = Date.now();
  try {
    // RFC 7675: ICE finds the way lost after some seconds; the watchdog finds the connection dead after nine.
    await expect(current).toContainText('Restoring the sound', { timeout: 20_000 });
    await expect(status(tab)).not.toContainText('Connected', { timeout: 15_000 });
    await expectToneGone(() => heardInPage(tab), CUSTOMER_TONE);
    await tab.waitForTimeout(Math.max(0, cutAt + CUT_MS - Date.now()));
    await expect(current).toContainText('Restoring the sound');
  } finally {
    restore();
  }
  // The next attempt to connect is at most half a minute away.
  await expect(status(tab)).toContainText('Connected', { timeout: 40_000 });
  await expect(current).toContainText('Talking', { timeout: 20_000 });
  await expectTones(() => heardInPage(tab), [CUSTOMER_TONE], [AGENT_TONE]);
  await expectTones(() => telephone.heardFromNowOn(1500), [AGENT_TONE], [CUSTOMER_TONE]);
  await telephone.hangUp();
  await expect(current).toBeHidden();
  await expect(tab.getByRole('region', { name: 'Wrap-up' })).toBeVisible();
});
