// RFC 4475: each of its 49 messages with what the RFC expects of an element that receives it. The messages
// lie beside a checkout; without them this is skipped, visibly.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { answeredIn, type DeskUnderTest, deskUnderTest } from '../scripted-peer/desk-under-test.ts';
import { sdp } from '../scripted-peer/scripted-peer.ts';

const TORTURE = fileURLToPath(new URL('../../../../shared/sip-torture/rfc4475', import.meta.url));

/** `dropped`: nothing is sent in answer. */
type Outcome = number | 'dropped';

/**
 * What may come of each message at a desk that is sip:user@example.com. Where the RFC leaves a choice,
 * all that it allows is listed; a desk that is not the addressee says 404, and it is no registrar.
 */
const NO_REGISTRAR = [403, 405, 501, 404] as const;
const EXPECTED: Readonly<Record<string, readonly [section: string, ...allowed: Outcome[]]>> = {
  // 3.1.1 Valid messages: never a 400, never a loss.
  wsinv: ['3.1.1.1', 180, 404],
  intmeth: ['3.1.1.2', 405, 501, 404],
  esc01: ['3.1.1.3', 404],
  escnull: ['3.1.1.4', ...NO_REGISTRAR],
  esc02: ['3.1.1.5', 405, 501],
  lwsdisp: ['3.1.1.6', 200],
  longreq: ['3.1.1.7', 180],
  dblreq: ['3.1.1.8', ...NO_REGISTRAR],
  semiuri: ['3.1.1.9', 200, 404],
  transports: ['3.1.1.10', 200],
  mpart01: ['3.1.1.11', 404, 405],
  unreason: ['3.1.1.12', 'dropped'],
  noreason: ['3.1.1.13', 'dropped'],
  // 3.1.2 Invalid messages: refused with 400, or dropped; some may be understood in spite of it.
  badinv01: ['3.1.2.1', 400],
  clerr: ['3.1.2.2', 400, 'dropped'],
  ncl: ['3.1.2.3', 400],
  scalar02: ['3.1.2.4', 400],
  scalarlg: ['3.1.2.5', 'dropped'],
  quotbal: ['3.1.2.6', 400],
  ltgtruri: ['3.1.2.7', 400],
  lwsruri: ['3.1.2.8', 400],
  lwsstart: ['3.1.2.9', 400, 180],
  trws: ['3.1.2.10', 400, 200, 404],
  escruri: ['3.1.2.11', 400, 180],
  baddate: ['3.1.2.12', 400, 180],
  regbadct: ['3.1.2.13', 400, ...NO_REGISTRAR],
  badaspec: ['3.1.2.14', 400, 200, 404],
  baddn: ['3.1.2.15', 400, 200, 404],
  badvers: ['3.1.2.16', 505],
  mismatch01: ['3.1.2.17', 400],
  mismatch02: ['3.1.2.18', 400, 405, 501],
  bigcode: ['3.1.2.19', 'dropped'],
  // 3.2 Transaction layer
  badbranch: ['3.2.1', 200, 400],
  // 3.3 Application layer
  insuf: ['3.3.1', 400, 'dropped'],
  unkscm: ['3.3.2', 416],
  novelsc: ['3.3.3', 416],
  unksm2: ['3.3.4', 400, 416, ...NO_REGISTRAR],
  bext01: ['3.3.5', 420],
  invut: ['3.3.6', 415],
  regaut01: ['3.3.7', ...NO_REGISTRAR],
  multi01: ['3.3.8', 400],
  mcl01: ['3.3.9', 400],
  bcast: ['3.3.10', 'dropped'],
  zeromf: ['3.3.11', 200, 483],
  cparam01: ['3.3.12', ...NO_REGISTRAR],
  cparam02: ['3.3.13', ...NO_REGISTRAR],
  regescrt: ['3.3.14', ...NO_REGISTRAR],
  sdp01: ['3.3.15', 180, 406],
  // 3.4 Backward compatibility
  inv2543: ['3.4.1', 180, 404],
};

/** What the desk answers to this frame, provisional 100 apart. */
async function outcomeOf(desk: DeskUnderTest, frame: string | ArrayBuffer): Promise<Outcome> {
  desk.peer.inbox.length = 0;
  desk.peer.server.socket?.deliver(frame);
  await desk.pass(20);
  const answers = desk.peer.inbox.flatMap(({ status }) =>
    status === null || status === 100 ? [] : [status],
  );
  for (const call of desk.phone.snapshot().calls) {
    if (call.phase === 'alerting') desk.phone.decline(call.callId);
  }
  await desk.pass(40_000);
  return answers[0] ?? 'dropped';
}

test('X1 has an expectation for each of the 49 messages', () => {
  expect(Object.keys(EXPECTED)).toHaveLength(49);
});

for (const [name, [section, ...allowed]] of Object.entries(EXPECTED)) {
  test.runIf(existsSync(TORTURE))(`X1 RFC 4475 ${section} ${name}`, async () => {
    const desk = await deskUnderTest({ account: { user: 'user', domain: 'example.com' } });
    const { dialog, callId } = await answeredIn(desk);
    const bytes = readFileSync(`${TORTURE}/${name}.dat`);
    expect(allowed).toContain(await outcomeOf(desk, bytes.toString('utf8')));
    await outcomeOf(desk, new Uint8Array(bytes).buffer);
    // The live call still takes its commands.
    desk.peer.inbox.length = 0;
    desk.phone.hold(callId);
    dialog.answer(await desk.peer.next('INVITE'), 200, sdp('recvonly'));
    await desk.peer.next('ACK');
    await desk.pass(0);
    expect(desk.phone.snapshot().calls.find((call) => call.callId === callId)).toMatchObject({
      phase: 'confirmed',
      localHold: true,
    });
    expect(desk.uncaught).toEqual([]);
  });
}

test.runIf(existsSync(TORTURE))('X1 covers every message that is there', () => {
  const there = readdirSync(TORTURE).filter((file) => file.endsWith('.dat'));
  expect(there.map((file) => file.replace('.dat', '')).sort()).toEqual(
    Object.keys(EXPECTED).sort(),
  );
});
