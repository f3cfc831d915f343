// The rig proves itself with a bare sip.js page before the desk is judged on it.
import { expect, test } from '@playwright/test';
import { giveEars, heardInPage, startAgentBrowser } from '../support/chromium.ts';
import { expectTone } from '../support/hearing.ts';
import { serveRigPage } from './page-server.ts';
import { CUSTOMER_NUMBER, startRig } from './rig.ts';

const CUSTOMER_TONE = 440;
const AGENT_TONE = 700;

test('a bare sip.js page and the telephone hear each other, called either way', async () => {
  const rig = await startRig();
  const page = await serveRigPage('bare-agent');
  const agent = await startAgentBrowser(AGENT_TONE);
  try {
    const telephone = await rig.startTelephone({ tone: CUSTOMER_TONE });
    const tab = await agent.browser.newPage();
    await giveEars(tab);
    await tab.goto(page.url);
    const account = {
      server: rig.server,
      user: 'agent1',
      domain: rig.domain,
      password: rig.passwordOf('agent1'),
    };
    await tab.evaluate((given) => window.bareAgent.register(given), account);
    const happened = (what: string) =>
      expect.poll(() => tab.evaluate(() => window.bareAgent.events())).toContain(what);
    await happened('registered');

    const bothHear = async () => {
      await expectTone(() => heardInPage(tab), CUSTOMER_TONE, AGENT_TONE);
      await expectTone(() => telephone.heard(), AGENT_TONE, CUSTOMER_TONE);
    };

    await telephone.dial('agent1');
    await happened('received');
    await tab.evaluate(() => window.bareAgent.answer());
    await telephone.next('CALL_ESTABLISHED');
    await bothHear();
    await telephone.hangUp();
    await happened('hangup');

    telephone.whenRung('answer', 200);
    await tab.evaluate(
      (target) => window.bareAgent.call(target),
      `sip:${CUSTOMER_NUMBER}@${rig.domain}`,
    );
    await telephone.next('CALL_ESTABLISHED');
    await bothHear();
    await tab.evaluate(() => window.bareAgent.hangUp());
    await expect
      .poll(() => telephone.events.filter((event) => event.type === 'CALL_CLOSED').length)
      .toBe(2);
  } catch (error) {
    console.error(rig.logs().slice(-12_000));
    throw error;
  } finally {
    await agent.close();
    await page.close();
    await rig.stop();
  }
});
