// What no proper telephone does: sipp plays it over UDP through the telephone system to the desk's
// telephone. Each scenario is in `sipp/`; afterwards the desk can still be called and talked to.
import { expect, type Page } from '@playwright/test';
import type { Telephone } from './baresip.ts';
import { bothHear, callId, lastCall, phase, registered, test } from './phone-test.ts';
import { missingPrograms } from './rig.ts';
import { playScenario, type ScenarioResult } from './sipp.ts';

const GIANT = 40_000;

test.skip(missingPrograms(['sipp']).length > 0, 'sipp is not installed');

/** Takes the call that rings now; it may be over again when this is done. */
async function answer(tab: Page): Promise<void> {
  await expect.poll(() => phase(tab), { timeout: 15_000 }).toBe('alerting');
  const id = await callId(tab);
  expect(await tab.evaluate((call) => window.deskPhone.answer(call), id)).toBeNull();
  const talked = () =>
    tab.evaluate(
      (call) =>
        window.callEvents.some((event) => event.callId === call && event.type === 'answered'),
      id,
    );
  await expect.poll(talked, { timeout: 15_000 }).toBe(true);
}

async function expectPlayed(playing: Promise<ScenarioResult>): Promise<void> {
  const { code, log } = await playing;
  expect(code, log).toBe(0);
}

async function endedAs(tab: Page, cause: string): Promise<void> {
  await expect.poll(async () => (await lastCall(tab))?.cause, { timeout: 15_000 }).toBe(cause);
}

async function expectUsable(tab: Page, telephone: Telephone): Promise<void> {
  expect(
    await tab.evaluate(
      () => window.deskPhone.snapshot().calls.filter((call) => call.phase !== 'terminated').length,
    ),
  ).toBe(0);
  await telephone.dial('agent1');
  await answer(tab);
  await bothHear(tab, telephone);
  await telephone.hangUp();
  await endedAs(tab, 'completed');
}

test.beforeEach(async ({ tab }) => registered(tab));

for (const [name, title] of [
  ['late-offer', 'an INVITE that leaves the offer to the desk'],
  ['repeated-invite', 'an INVITE three times over rings once'],
  ['odd-requests', 'UPDATE, odd INFO, unknown method and OPTIONS in mid-call'],
] as const) {
  test(title, async ({ tab, rig, telephone }) => {
    await Promise.all([
      expectPlayed(
        playScenario(rig, name, { toleratesEarlyResponses: name === 'repeated-invite' }),
      ),
      answer(tab),
    ]);
    await endedAs(tab, 'completed');
    const invited = await tab.evaluate(
      () => window.callEvents.filter(({ type }) => type === 'invited').length,
    );
    expect(invited).toBe(1);
    await expectUsable(tab, telephone);
  });
}

test('an INVITE with a giant header is refused and rings nowhere', async ({
  tab,
  rig,
  telephone,
}) => {
  await expectPlayed(playScenario(rig, 'giant-header', { keys: { giant: 'x'.repeat(GIANT) } }));
  expect(await lastCall(tab)).toBeNull();
  await expectUsable(tab, telephone);
});

test('a CANCEL right behind the INVITE is a missed call', async ({ tab, rig, telephone }) => {
  await expectPlayed(playScenario(rig, 'cancel-at-once'));
  await endedAs(tab, 'missed');
  await expectUsable(tab, telephone);
});

test('a BYE while it rings is a missed call', async ({ tab, rig, telephone }) => {
  await expectPlayed(playScenario(rig, 'bye-while-ringing'));
  await endedAs(tab, 'missed');
  await expectUsable(tab, telephone);
});

test('hold by c=0.0.0.0 and a=inactive is shown, and taken back', async ({
  tab,
  rig,
  telephone,
}) => {
  const held = () => lastCall(tab).then((call) => call?.remoteHold);
  const watch = async () => {
    await answer(tab);
    await expect.poll(held, { timeout: 15_000 }).toBe(true);
    await expect.poll(held, { timeout: 15_000 }).toBe(false);
    expect(await phase(tab)).toBe('confirmed');
  };
  await Promise.all([expectPlayed(playScenario(rig, 'old-hold')), watch()]);
  await endedAs(tab, 'completed');
  await expectUsable(tab, telephone);
});
