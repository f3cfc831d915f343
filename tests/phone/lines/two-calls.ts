// What the tests of several lines do again and again.
import {
  answeredIn,
  answeredOut,
  type DeskUnderTest,
  deskUnderTest,
} from '../scripted-peer/desk-under-test.ts';
import type { CallSnapshot } from '../../../renderer/phone/phone.ts';
import { type PeerDialog, sdp } from '../scripted-peer/scripted-peer.ts';
import type { SipMessage } from '../scripted-peer/sip-message.ts';

export type Established = DeskUnderTest & Awaited<ReturnType<typeof answeredOut>>;

export async function established(): Promise<Established> {
  const desk = await deskUnderTest();
  return { ...desk, ...(await answeredOut(desk)) };
}

/** The other side agrees to the hold or resume that is on its way. */
export async function agree(desk: DeskUnderTest, dialog: PeerDialog): Promise<SipMessage> {
  const reinvite = await desk.peer.next('INVITE');
  dialog.answer(reinvite, 200, sdp(reinvite.body.includes('a=sendonly') ? 'recvonly' : 'sendrecv'));
  await desk.peer.next('ACK');
  await desk.pass(0);
  return reinvite;
}

export function shown(desk: DeskUnderTest, callId: string): CallSnapshot {
  const call = desk.phone.snapshot().calls.find((each) => each.callId === callId);
  if (!call) throw new Error(`${callId} is not shown.`);
  return call;
}

export function eventsOf(desk: DeskUnderTest, callId: string): string {
  return desk.events
    .filter((event) => event.callId === callId)
    .map((event) => event.type)
    .join(' ');
}

/** A second call out beside one that is held on the way. */
export async function consulted(
  desk: Established,
): Promise<{ target: PeerDialog; consultation: string }> {
  const consulting = desk.phone.consult(desk.callId, '200');
  await agree(desk, desk.dialog);
  const placed = await consulting;
  if ('problem' in placed) throw new Error(placed.problem);
  const invite = await desk.peer.next('INVITE');
  const target = desk.peer.dialogOf(invite, desk.peer.newTag());
  target.answer(invite, 180);
  target.answer(invite, 200, sdp());
  await desk.peer.next('ACK');
  await desk.pass(0);
  return { target, consultation: placed.callId };
}

/** A second call in, answered while the first one is held for it. */
export async function secondIn(
  desk: DeskUnderTest,
  first: PeerDialog,
): Promise<{ dialog: PeerDialog; callId: string }> {
  const dialog = desk.peer.invite({ from: '<sip:second@example.test>' });
  await desk.peer.next(180);
  const { callId } = desk.call();
  void desk.phone.answer(callId);
  await agree(desk, first);
  const ok = await desk.peer.next(200);
  dialog.acknowledge(ok);
  await desk.pass(0);
  return { dialog, callId };
}

/** The other side tells how its call to the target goes. */
export function notify(
  dialog: PeerDialog,
  fragment: string,
  state = 'active;expires=60',
  event = 'refer',
): void {
  dialog.request('NOTIFY', {
    headers: [
      ['Event', event],
      ['Subscription-State', state],
    ],
    body: `SIP/2.0 ${fragment}\r\n`,
    contentType: 'message/sipfrag;version=2.0',
  });
}

export { answeredIn };
