// The desk's telephone against real peers: a registrar with digest authentication, a media relay, and
// an ordinary telephone. The desk around it is tested in desk.spec.ts.
import { expect, type Page } from '@playwright/test';
import { heardInPage } from '../support/chromium.ts';
import { expectTone, expectToneGone, expectTones } from '../support/hearing.ts';
import {
  bothHear,
  callId,
  lastCall,
  phase,
  place,
  registered,
  registration,
  test,
  useAccount,
} from './phone-test.ts';
import { CUSTOMER_NUMBER } from './rig.ts';
import { AGENT_TONE, CUSTOMER_TONE } from './rig-test.ts';

test('takes a call; the customer hangs up', async ({ tab, telephone }) => {
  await registered(tab);
  await telephone.dial('agent1');
  await expect.poll(() => phase(tab)).toBe('alerting');
  expect((await lastCall(tab))?.remote.number).toBe(CUSTOMER_NUMBER);
  expect(await tab.evaluate((id) => window.deskPhone.answer(id), await callId(tab))).toBeNull();
  await expect.poll(() => phase(tab)).toBe('confirmed');
  await bothHear(tab, telephone);
  await telephone.hangUp();
  await expect.poll(async () => (await lastCall(tab))?.cause).toBe('completed');
});

test('calls out; the agent hangs up', async ({ tab, telephone }) => {
  await registered(tab);
  telephone.whenRung('answer', 300);
  await place(tab, '030 901820');
  await expect.poll(() => phase(tab)).toBe('confirmed');
  await bothHear(tab, telephone);
  await tab.evaluate((id) => window.deskPhone.hangUp(id), await callId(tab));
  await telephone.next('CALL_CLOSED');
  await expect.poll(async () => (await lastCall(tab))?.cause).toBe('completed');
});

test('mute silences, hold and resume are agreed with the other side', async ({
  tab,
  telephone,
}) => {
  await registered(tab);
  telephone.whenRung('answer');
  await place(tab, CUSTOMER_NUMBER);
  await expect.poll(() => phase(tab)).toBe('confirmed');
  await bothHear(tab, telephone);
  const id = await callId(tab);

  await tab.evaluate((call) => window.deskPhone.mute(call), id);
  await expectToneGone(() => telephone.heard(), AGENT_TONE);
  await expectTone(() => heardInPage(tab), CUSTOMER_TONE, AGENT_TONE);
  await tab.evaluate((call) => window.deskPhone.unmute(call), id);
  await bothHear(tab, telephone);

  await tab.evaluate((call) => window.deskPhone.hold(call), id);
  await expect.poll(async () => (await lastCall(tab))?.localHold).toBe(true);
  await expectToneGone(() => heardInPage(tab), CUSTOMER_TONE);
  await expectToneGone(() => telephone.heardFromNowOn(1200), AGENT_TONE);

  await tab.evaluate((call) => window.deskPhone.resume(call), id);
  await expect.poll(async () => (await lastCall(tab))?.localHold).toBe(false);
  await bothHear(tab, telephone);
  await tab.evaluate((call) => window.deskPhone.hangUp(call), id);
  await telephone.next('CALL_CLOSED');
});

test('the customer can hold and resume', async ({ tab, telephone }) => {
  await registered(tab);
  telephone.whenRung('answer');
  await place(tab, CUSTOMER_NUMBER);
  await expect.poll(() => phase(tab)).toBe('confirmed');
  await bothHear(tab, telephone);
  await telephone.command('hold');
  await expect.poll(async () => (await lastCall(tab))?.remoteHold).toBe(true);
  await expectToneGone(() => heardInPage(tab), CUSTOMER_TONE);
  await telephone.command('resume');
  await expect.poll(async () => (await lastCall(tab))?.remoteHold).toBe(false);
  await bothHear(tab, telephone);
});

test('all sixteen digits arrive as RFC 4733 events, in order', async ({ tab, telephone }) => {
  await registered(tab);
  telephone.whenRung('answer');
  await place(tab, CUSTOMER_NUMBER);
  await expect.poll(() => phase(tab)).toBe('confirmed');
  await bothHear(tab, telephone);
  const id = await callId(tab);
  const digits = [...'0123456789*#ABCD'];
  for (const digit of digits) {
    await tab.evaluate(([call, key]) => window.deskPhone.sendDtmf(call, key), [id, digit] as const);
  }
  const decoded = (type: string) =>
    telephone.events.filter((event) => event.type === type).map(({ param }) => param);
  await expect.poll(() => decoded('CALL_DTMF_START'), { timeout: 15_000 }).toEqual(digits);
  // Every one of them also ended, and none came twice.
  await expect.poll(() => decoded('CALL_DTMF_END').length).toBe(digits.length);
});

for (const [target, cause, sipCode] of [
  ['+49309999999', 'notFound', 404],
  ['agent2', 'unavailable', 480],
  ['status-503', 'serverError', 503],
  ['status-603', 'declined', 603],
] as const) {
  test(`a call to ${target} ends as ${cause}`, async ({ tab }) => {
    await registered(tab);
    await place(tab, target);
    await expect.poll(async () => (await lastCall(tab))?.cause).toBe(cause);
    expect((await lastCall(tab))?.sipCode).toBe(sipCode);
  });
}

test('a busy customer is busy', async ({ tab, telephone }) => {
  await registered(tab);
  telephone.whenRung('busy', 300);
  await place(tab, CUSTOMER_NUMBER);
  await expect.poll(async () => (await lastCall(tab))?.cause).toBe('busy');
});

test('nobody answers', async ({ tab, telephone }) => {
  await registered(tab);
  await place(tab, CUSTOMER_NUMBER);
  await telephone.next('CALL_INCOMING');
  await expect.poll(() => phase(tab)).toBe('ringing');
  await expect.poll(async () => (await lastCall(tab))?.cause, { timeout: 25_000 }).toBe('noAnswer');
});

test('the agent gives up while it rings', async ({ tab, telephone }) => {
  await registered(tab);
  await place(tab, CUSTOMER_NUMBER);
  await telephone.next('CALL_INCOMING');
  await tab.evaluate((id) => window.deskPhone.hangUp(id), await callId(tab));
  await telephone.next('CALL_CLOSED');
  await expect.poll(async () => (await lastCall(tab))?.cause).toBe('cancelled');
});

test('a call that the customer gives up is missed; one that is declined is declined', async ({
  tab,
  telephone,
}) => {
  await registered(tab);
  await telephone.dial('agent1');
  await expect.poll(() => phase(tab)).toBe('alerting');
  await telephone.hangUp();
  await expect.poll(async () => (await lastCall(tab))?.cause).toBe('missed');

  await telephone.dial('agent1');
  await expect.poll(() => phase(tab)).toBe('alerting');
  await tab.evaluate((id) => window.deskPhone.decline(id), await callId(tab));
  await expect.poll(async () => (await lastCall(tab))?.cause).toBe('declined');
});

test('a wrong password is one failed registration and no storm', async ({ tab, rig }) => {
  await registered(tab);
  await useAccount(tab, rig, 'not-the-password');
  await expect.poll(() => registration(tab), { timeout: 10_000 }).toBe('rejected');
  expect(await tab.evaluate(() => window.deskPhone.snapshot().connection.problem)).toBe(
    'wrongPassword',
  );
});

test('the telephone system dies in mid-call and comes back', async ({ tab, telephone, rig }) => {
  await registered(tab);
  telephone.whenRung('answer');
  await place(tab, CUSTOMER_NUMBER);
  await expect.poll(() => phase(tab)).toBe('confirmed');
  await bothHear(tab, telephone);
  const before = await iceOf(tab);
  await rig.killServer();
  await expect.poll(() => registration(tab), { timeout: 15_000 }).not.toBe('registered');
  // The sound does not pass the telephone system.
  await bothHear(tab, telephone);
  await rig.restartServer();
  await expect.poll(() => registration(tab), { timeout: 20_000 }).toBe('registered');
  // Both ends of the ICE connection are new ones before anything is listened to.
  await expect
    .poll(
      async () => {
        const now = await iceOf(tab);
        return now.local !== before.local && now.remote !== before.remote && now.settled;
      },
      { timeout: 20_000 },
    )
    .toBe(true);
  await expect
    .poll(async () => (await lastCall(tab))?.media, { timeout: 15_000 })
    .toBe('connected');
  await expectTones(() => heardInPage(tab), [CUSTOMER_TONE], [AGENT_TONE]);
  await expectTones(() => telephone.heardFromNowOn(1200), [AGENT_TONE], [CUSTOMER_TONE]);
  expect(await phase(tab)).toBe('confirmed');
  await telephone.hangUp();
  await expect.poll(async () => (await lastCall(tab))?.cause).toBe('completed');
});

/** The names of both ends of the newest call's ICE connection, and whether an offer is under way. */
const iceOf = (tab: Page) =>
  tab.evaluate(() => {
    const connection = window.ears?.at(-1)?.connection;
    const name = (description: RTCSessionDescription | null | undefined) =>
      /^a=ice-ufrag:(\S+)/m.exec(description?.sdp ?? '')?.[1] ?? '';
    return {
      local: name(connection?.currentLocalDescription),
      remote: name(connection?.currentRemoteDescription),
      settled: connection?.signalingState === 'stable',
    };
  });
