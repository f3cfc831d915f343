import { expect, test } from 'vitest';
import { sdp } from '../scripted-peer/scripted-peer.ts';
import { cseqOf, header } from '../scripted-peer/sip-message.ts';
import {
  agree,
  consulted,
  established,
  type Established,
  eventsOf,
  notify,
  shown,
} from './two-calls.ts';

const OVER = 'terminated;reason=noresource';

/** A blind transfer up to the answer of its REFER. */
async function referred(): Promise<Established> {
  const desk = await established();
  expect(await desk.phone.transfer(desk.callId, '200')).toBeNull();
  await agree(desk, desk.dialog);
  const refer = await desk.peer.next('REFER');
  expect(header(refer, 'refer-to')).toBe('<sip:200@example.test>');
  expect(header(refer, 'referred-by')).toBe('<sip:agent@example.test>');
  expect(shown(desk, desk.callId).transfer).toMatchObject({ state: 'referSent', target: '200' });
  desk.dialog.answer(refer, 202);
  await desk.pass(0);
  return desk;
}

/** The customer is off hold again and hears the agent. */
async function customerIsBack(desk: Established): Promise<void> {
  const resume = await agree(desk, desk.dialog);
  expect(resume.body).toContain('a=sendrecv');
  expect(shown(desk, desk.callId)).toMatchObject({ phase: 'confirmed', localHold: false });
  expect(desk.media.legs[0]?.microphoneOpen).toBe(true);
}

test('T1 a blind transfer holds, refers, shows progress, and hangs up once it is through', async () => {
  const desk = await referred();
  expect(shown(desk, desk.callId).transfer.state).toBe('accepted');
  notify(desk.dialog, '100 Trying');
  await desk.peer.next(200);
  notify(desk.dialog, '180 Ringing');
  await desk.peer.next(200);
  expect(shown(desk, desk.callId).transfer.state).toBe('progress');
  expect(desk.peer.has('BYE')).toBe(false);
  notify(desk.dialog, '200 OK', OVER);
  await desk.peer.next(200);
  const bye = await desk.peer.next('BYE');
  desk.dialog.answer(bye, 200);
  await desk.pass(0);
  expect(shown(desk, desk.callId)).toMatchObject({
    phase: 'terminated',
    cause: 'completed',
    transfer: { state: 'done' },
  });
  expect(desk.types()).toBe('placed ringing answered held transferAsked transferDone ended');
  expect(desk.events.find(({ type }) => type === 'transferAsked')).toMatchObject({
    kind: 'blind',
    target: '200',
    withCallId: null,
  });
});

test('T1 a NOTIFY may overtake the 202, and a call that is held already is referred at once', async () => {
  const desk = await established();
  desk.phone.hold(desk.callId);
  await agree(desk, desk.dialog);
  await desk.phone.transfer(desk.callId, '200');
  const refer = await desk.peer.next('REFER');
  notify(desk.dialog, '180 Ringing');
  await desk.peer.next(200);
  expect(shown(desk, desk.callId).transfer.state).toBe('progress');
  desk.dialog.answer(refer, 202);
  await desk.pass(0);
  expect(shown(desk, desk.callId).transfer.state).toBe('progress');
  notify(desk.dialog, '200 OK', OVER);
  await desk.peer.next('BYE');
});

test('T2 attended: consult, complete with Replaces, and both calls end', async () => {
  const desk = await established();
  const { target, consultation } = await consulted(desk);
  expect(shown(desk, desk.callId)).toMatchObject({
    localHold: true,
    transfer: { state: 'consulting', target: '200' },
  });
  expect(shown(desk, consultation)).toMatchObject({ consultationFor: desk.callId, lineNumber: 2 });
  expect(desk.events.find((event) => event.callId === consultation)).toMatchObject({
    type: 'placed',
    legOfCallId: desk.callId,
  });
  expect(await desk.phone.completeTransfer(consultation)).toBeNull();
  const refer = await desk.peer.next('REFER');
  expect(header(refer, 'call-id')).toBe(header(desk.invite, 'call-id'));
  const [, uri = '', escaped = ''] =
    /^<([^?>]+)\?Replaces=([^>]+)>$/.exec(header(refer, 'refer-to')) ?? [];
  expect(uri).toBe('sip:peer@127.0.0.1:5060');
  expect(escaped).not.toMatch(/[;=@]/);
  const invites = desk.peer.sent('INVITE');
  const consultInvite = invites.find(
    (invite) => header(invite, 'call-id') !== header(desk.invite, 'call-id'),
  );
  const ownTag = /;tag=(\S+)/.exec(header(consultInvite ?? desk.invite, 'from'))?.[1];
  expect(decodeURIComponent(escaped)).toBe(
    `${header(consultInvite ?? desk.invite, 'call-id')};to-tag=${target.localTag};from-tag=${ownTag}`,
  );
  desk.dialog.answer(refer, 202);
  await desk.pass(0);
  // The target hangs up the consultation once the customer is there, and may do so before we hear.
  target.remoteTag = ownTag ?? null;
  target.request('BYE');
  await desk.peer.next(200);
  await desk.pass(0);
  expect(shown(desk, desk.callId).transfer.state).toBe('accepted');
  notify(desk.dialog, '200 OK', OVER);
  await desk.peer.next(200);
  desk.dialog.answer(await desk.peer.next('BYE'), 200);
  await desk.pass(0);
  expect(eventsOf(desk, desk.callId)).toBe(
    'placed ringing answered held transferAsked transferDone ended',
  );
  expect(desk.events.find(({ type }) => type === 'transferAsked')).toMatchObject({
    kind: 'attended',
    withCallId: consultation,
  });
  expect(desk.phone.snapshot().calls.map(({ callId }) => callId)).toEqual([desk.callId]);
  expect(eventsOf(desk, consultation)).toBe('placed ringing answered ended');
});

test('T2 swap between customer and target, and cancel gives the customer back', async () => {
  const desk = await established();
  const { target, consultation } = await consulted(desk);
  desk.phone.swap();
  await agree(desk, target);
  await agree(desk, desk.dialog);
  expect(shown(desk, desk.callId).localHold).toBe(false);
  expect(shown(desk, consultation).localHold).toBe(true);
  desk.phone.swap();
  await agree(desk, desk.dialog);
  await agree(desk, target);
  desk.phone.cancelTransfer(desk.callId);
  target.answer(await desk.peer.next('BYE'), 200);
  await customerIsBack(desk);
  expect(shown(desk, desk.callId).transfer.state).toBe('none');
});

test('T2 a target that hangs up before the transfer leaves the customer with the agent', async () => {
  const desk = await established();
  const { target } = await consulted(desk);
  const invite = desk.peer.sent('INVITE').at(-1);
  target.remoteTag = /;tag=(\S+)/.exec(header(invite ?? desk.invite, 'from'))?.[1] ?? null;
  target.request('BYE');
  await desk.peer.next(200);
  await customerIsBack(desk);
});

test('T2 a target that still rings is left, and called by the customer instead', async () => {
  const desk = await established();
  const consulting = desk.phone.consult(desk.callId, '200');
  await agree(desk, desk.dialog);
  const placed = await consulting;
  const invite = await desk.peer.next('INVITE');
  const target = desk.peer.dialogOf(invite, desk.peer.newTag());
  target.answer(invite, 180);
  await desk.pass(0);
  expect(await desk.phone.completeTransfer(desk.callId)).toBeNull();
  const refer = await desk.peer.next('REFER');
  expect(header(refer, 'refer-to')).toBe('<sip:200@example.test>');
  target.answer(await desk.peer.next('CANCEL'), 200);
  target.answer(invite, 487);
  await desk.peer.next('ACK');
  desk.dialog.answer(refer, 202);
  notify(desk.dialog, '200 OK', OVER);
  desk.dialog.answer(await desk.peer.next('BYE'), 200);
  await desk.pass(0);
  expect(eventsOf(desk, desk.callId)).toBe(
    'placed ringing answered held transferAsked transferDone ended',
  );
  expect('callId' in placed && eventsOf(desk, placed.callId)).toBe('placed ringing ended');
});

test('T3 a consulted target that is busy: the customer is back, and it is said why', async () => {
  const desk = await established();
  const consulting = desk.phone.consult(desk.callId, '200');
  await agree(desk, desk.dialog);
  await consulting;
  const invite = await desk.peer.next('INVITE');
  desk.peer.dialogOf(invite, desk.peer.newTag()).answer(invite, 486);
  await desk.peer.next('ACK');
  await customerIsBack(desk);
  expect(shown(desk, desk.callId).transfer).toEqual({
    state: 'failed',
    target: '200',
    sipCode: 486,
  });
});

test.each([
  ['T3 a target that is busy', '486 Busy Here', 486],
  ['T4 a target that declines', '603 Decline', 603],
])('%s: the customer is back', async (_name, fragment, sipCode) => {
  const desk = await referred();
  notify(desk.dialog, '180 Ringing');
  await desk.peer.next(200);
  notify(desk.dialog, fragment, OVER);
  await desk.peer.next(200);
  await customerIsBack(desk);
  expect(shown(desk, desk.callId).transfer).toMatchObject({ state: 'failed', sipCode });
  expect(desk.types()).toBe('placed ringing answered held transferAsked transferFailed resumed');
  // What comes late decides nothing.
  notify(desk.dialog, '200 OK', OVER);
  await desk.peer.next(200);
  await desk.pass(0);
  expect(shown(desk, desk.callId).phase).toBe('confirmed');
});

test('T4 a REFER that the other side refuses: the customer is back', async () => {
  const desk = await established();
  await desk.phone.transfer(desk.callId, '200');
  await agree(desk, desk.dialog);
  desk.dialog.answer(await desk.peer.next('REFER'), 603);
  await customerIsBack(desk);
  expect(shown(desk, desk.callId).transfer).toMatchObject({ state: 'failed', sipCode: 603 });
});

test('T5 no NOTIFY within 10 s, or none that ends it: the customer is back', async () => {
  const desk = await referred();
  await desk.pass(9_900);
  expect(shown(desk, desk.callId).transfer.state).toBe('accepted');
  await desk.pass(200);
  await customerIsBack(desk);
  expect(shown(desk, desk.callId).transfer).toMatchObject({ state: 'failed', sipCode: null });
  // Once more, with a target that rings for ever.
  await desk.phone.transfer(desk.callId, '300');
  await agree(desk, desk.dialog);
  const refer = await desk.peer.next('REFER');
  desk.dialog.answer(refer, 202);
  // The first REFER's NOTIFYs say nothing of this one.
  notify(desk.dialog, '200 OK', OVER, `refer;id=${cseqOf(refer) + 7}`);
  await desk.peer.next(200);
  notify(desk.dialog, '180 Ringing', 'active', `refer;id=${cseqOf(refer)}`);
  await desk.peer.next(200);
  await desk.pass(179_000);
  expect(shown(desk, desk.callId).transfer).toMatchObject({ state: 'progress', target: '300' });
  await desk.pass(1_000);
  await customerIsBack(desk);
});

test('T5 a subscription that ends without saying how: the customer is back', async () => {
  const desk = await referred();
  notify(desk.dialog, '180 Ringing', 'terminated;reason=timeout');
  await desk.peer.next(200);
  await customerIsBack(desk);
});

test('T5 the agent may stop waiting', async () => {
  const desk = await referred();
  notify(desk.dialog, '180 Ringing');
  await desk.peer.next(200);
  desk.phone.cancelTransfer(desk.callId);
  await customerIsBack(desk);
});

test('T6 a BYE before the last NOTIFY ends the call, and claims neither success nor failure', async () => {
  const desk = await referred();
  notify(desk.dialog, '180 Ringing');
  await desk.peer.next(200);
  desk.dialog.request('BYE');
  await desk.peer.next(200);
  await desk.pass(200_000);
  expect(shown(desk, desk.callId).phase).toBe('terminated');
  expect(desk.types()).toBe('placed ringing answered held transferAsked ended');
});

test('T6 the consulted target goes before the last NOTIFY and the transfer fails: the customer is back', async () => {
  const desk = await established();
  const { target, consultation } = await consulted(desk);
  await desk.phone.completeTransfer(desk.callId);
  desk.dialog.answer(await desk.peer.next('REFER'), 202);
  const invite = desk.peer.sent('INVITE').at(-1);
  target.remoteTag = /;tag=(\S+)/.exec(header(invite ?? desk.invite, 'from'))?.[1] ?? null;
  target.request('BYE');
  await desk.peer.next(200);
  await desk.pass(0);
  expect(shown(desk, desk.callId).localHold).toBe(true);
  notify(desk.dialog, '500 Server Error', OVER);
  await desk.peer.next(200);
  await customerIsBack(desk);
  expect(eventsOf(desk, consultation)).toContain('ended');
});

test('T8 a REFER dials nobody before the agent agrees; then 202, the call, and its progress', async () => {
  const desk = await established();
  desk.dialog.request('REFER', {
    headers: [
      [
        'Refer-To',
        '"Support" <sip:300@other.test;method=INVITE?Replaces=a%40b%3Bto-tag%3D1%3Bfrom-tag%3D2&Subject=x>',
      ],
    ],
  });
  await desk.pass(100);
  expect(shown(desk, desk.callId).referRequest).toEqual({ target: '300' });
  expect(desk.peer.has('INVITE')).toBe(false);
  desk.phone.answerRefer(desk.callId, true);
  await desk.peer.next(202);
  const trying = await desk.peer.next('NOTIFY');
  expect(header(trying, 'event')).toBe('refer');
  expect(trying.body).toContain('SIP/2.0 100');
  desk.dialog.answer(trying, 200);
  await agree(desk, desk.dialog);
  const invite = await desk.peer.next('INVITE');
  expect(invite.uri).toBe('sip:300@other.test');
  expect(header(invite, 'replaces')).toBe('a@b;to-tag=1;from-tag=2');
  expect(invite.text).not.toContain('Subject');
  const target = desk.peer.dialogOf(invite, desk.peer.newTag());
  target.answer(invite, 180);
  const ringing = await desk.peer.next('NOTIFY');
  expect(ringing.body).toContain('SIP/2.0 180');
  expect(header(ringing, 'subscription-state')).toContain('active');
  desk.dialog.answer(ringing, 200);
  target.answer(invite, 200, sdp());
  await desk.peer.next('ACK');
  const ok = await desk.peer.next('NOTIFY');
  expect(ok.body).toContain('SIP/2.0 200');
  expect(header(ok, 'subscription-state')).toContain('terminated');
  desk.dialog.answer(ok, 200);
  desk.dialog.request('BYE');
  await desk.peer.next(200);
  await desk.pass(0);
  expect(desk.call()).toMatchObject({ phase: 'confirmed', localHold: false });
  expect(desk.events.find((event) => event.type === 'placed' && event.legOfCallId)).toMatchObject({
    legOfCallId: desk.callId,
  });
});

test('T8 a REFER whose target cannot be had: it is said, and the first call is back', async () => {
  const desk = await established();
  desk.dialog.request('REFER', { headers: [['Refer-To', '<sip:300@other.test>']] });
  await desk.pass(0);
  desk.phone.answerRefer(desk.callId, true);
  desk.dialog.answer(await desk.peer.next('NOTIFY'), 200);
  await agree(desk, desk.dialog);
  const invite = await desk.peer.next('INVITE');
  desk.peer.dialogOf(invite, desk.peer.newTag()).answer(invite, 404);
  await desk.peer.next('ACK');
  const failed = await desk.peer.next('NOTIFY');
  expect(failed.body).toContain('SIP/2.0 404');
  desk.dialog.answer(failed, 200);
  await customerIsBack(desk);
});

test.each([
  ['the agent refuses', async (desk: Established) => desk.phone.answerRefer(desk.callId, false)],
  ['nobody answers for 30 s', (desk: Established) => desk.pass(30_000)],
])('T8 %s: 603, and nothing is dialled', async (_name, refuse) => {
  const desk = await established();
  desk.dialog.request('REFER', { headers: [['Refer-To', '<sip:0900555@premium.test>']] });
  await desk.pass(0);
  expect(shown(desk, desk.callId).referRequest).toEqual({ target: '0900555' });
  await refuse(desk);
  await desk.peer.next(603);
  expect(shown(desk, desk.callId)).toMatchObject({ referRequest: null, phase: 'confirmed' });
  expect(desk.peer.has('INVITE')).toBe(false);
});

test('T8 what cannot be called is refused unasked, and so is a second REFER', async () => {
  const desk = await established();
  for (const target of [
    '<http://x.test>',
    '<sip:a@x.test;method=BYE>',
    `<sip:${'x'.repeat(2_000)}@x.test>`,
  ]) {
    desk.dialog.request('REFER', { headers: [['Refer-To', target]] });
    await desk.peer.next(400);
  }
  desk.dialog.request('REFER', { headers: [['Refer-To', '<sip:+4930555@x.test>']] });
  await desk.pass(0);
  expect(shown(desk, desk.callId).referRequest).toEqual({ target: '+4930555' });
  desk.dialog.request('REFER', { headers: [['Refer-To', '<sip:1@x.test>']] });
  await desk.peer.next(603);
  expect(shown(desk, desk.callId).referRequest).toEqual({ target: '+4930555' });
});

test('a NOTIFY about nothing that was asked is told so', async () => {
  const desk = await established();
  notify(desk.dialog, '200 OK');
  await desk.peer.next(481);
  notify(desk.dialog, '200 OK', 'active', 'conference');
  await desk.peer.next(489);
  expect(shown(desk, desk.callId).phase).toBe('confirmed');
});

test('T1 a customer who cannot be held is referred all the same', async () => {
  const desk = await established();
  await desk.phone.transfer(desk.callId, '200');
  desk.dialog.answer(await desk.peer.next('INVITE'), 488);
  await desk.peer.next('ACK');
  const refer = await desk.peer.next('REFER');
  desk.dialog.answer(refer, 202);
  notify(desk.dialog, '486 Busy Here', OVER);
  await desk.peer.next(200);
  await desk.pass(0);
  expect(shown(desk, desk.callId)).toMatchObject({
    phase: 'confirmed',
    localHold: false,
    transfer: { state: 'failed', sipCode: 486 },
  });
  expect(desk.peer.has('INVITE')).toBe(false);
});

test('a failed transfer does not take the agent away from somebody else', async () => {
  const desk = await referred();
  const other = desk.peer.invite({ from: '<sip:second@example.test>' });
  await desk.peer.next(180);
  const { callId } = desk.call();
  await desk.phone.answer(callId);
  other.acknowledge(await desk.peer.next(200));
  await desk.pass(0);
  notify(desk.dialog, '486 Busy Here', OVER);
  await desk.peer.next(200);
  await desk.pass(0);
  expect(shown(desk, callId)).toMatchObject({ phase: 'confirmed', localHold: false });
  expect(shown(desk, desk.callId)).toMatchObject({
    localHold: true,
    transfer: { state: 'failed', sipCode: 486 },
  });
  desk.phone.swap();
  await agree(desk, other);
  await customerIsBack(desk);
});

test('a customer who is on the way elsewhere is not resumed by hand, but by giving up', async () => {
  const desk = await referred();
  desk.phone.resume(desk.callId);
  desk.phone.swap();
  await desk.pass(100);
  expect(desk.peer.has('INVITE')).toBe(false);
  expect(await desk.phone.transfer(desk.callId, '300')).toBe('notPossibleNow');
  expect(await desk.phone.consult(desk.callId, '300')).toEqual({ problem: 'notPossibleNow' });
  desk.phone.cancelTransfer(desk.callId);
  await customerIsBack(desk);
});

test('the answer to a REFER that is asked while the call ends is no', async () => {
  const desk = await established();
  desk.dialog.request('REFER', { headers: [['Refer-To', '<sip:300@other.test>']] });
  await desk.pass(0);
  desk.phone.hangUp(desk.callId);
  desk.dialog.answer(await desk.peer.next('BYE'), 200);
  await desk.peer.next(603);
  desk.phone.answerRefer(desk.callId, true);
  await desk.pass(100);
  expect(desk.peer.has('INVITE')).toBe(false);
});
