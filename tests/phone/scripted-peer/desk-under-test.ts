// The whole telephone from `createPhone` down to WebSocket frames, with a scripted peer at the other
// end, on a faked clock.
import { onTestFinished, vi } from 'vitest';
import { type CallEvent, callEvent } from '../../../preload/contract/calls.ts';
import { systemClock } from '../../../renderer/phone/clock.ts';
import { createPhone, type SwitchablePhone } from '../../../renderer/phone/create-phone.ts';
import type { Line } from '../../../renderer/phone/line.ts';
import type { CallSnapshot } from '../../../renderer/phone/phone.ts';
import { createSipLine, type SipAccount } from '../../../renderer/phone/sip/sip-line.ts';
import type { RecordingStore } from '../../../renderer/phone/call-recording.ts';
import {
  type FakeMediaControl,
  type FakeMediaPort,
  fakeLegMedia,
  fakeMediaPort,
} from './fake-media.ts';
import { FakeWebSocket } from './fake-web-socket.ts';
import { type PeerDialog, ScriptedPeer, sdp } from './scripted-peer.ts';
import type { SipMessage } from './sip-message.ts';

export const ACCOUNT = {
  server: 'ws://127.0.0.1:5066',
  user: 'agent',
  domain: 'example.test',
  authUser: null,
  displayName: 'Agent',
};
const INSTANCE = '3f1c9c1e-8f0a-4b53-9c0e-2d7b8a6f1e11';

export interface DeskUnderTest {
  peer: ScriptedPeer;
  phone: SwitchablePhone;
  line(): Line;
  media: FakeMediaControl;
  port: FakeMediaPort;
  events: CallEvent[];
  recordings: { chunks: number; finished: boolean }[];
  /** Exceptions that nobody caught. */
  uncaught: unknown[];
  /** Lets so many ms pass. */
  pass(ms: number): Promise<void>;
  call(): CallSnapshot;
  types(): string;
}

export async function deskUnderTest(
  options: {
    before?: (peer: ScriptedPeer) => void;
    account?: Partial<SipAccount>;
    redirectDomains?: readonly string[];
    recordings?: RecordingStore;
  } = {},
): Promise<DeskUnderTest> {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', FakeWebSocket);
  const peer = new ScriptedPeer();
  options.before?.(peer);
  const media = fakeLegMedia();
  const port = fakeMediaPort();
  const events: CallEvent[] = [];
  const uncaught: unknown[] = [];
  const catchAll = (error: unknown): void => {
    uncaught.push(error);
  };
  process.on('uncaughtException', catchAll);
  process.on('unhandledRejection', catchAll);
  const clock = { ...systemClock, random: () => 0.5 };
  let line: Line | null = null;
  let ids = 0;
  const recordings: DeskUnderTest['recordings'] = [];
  const phone = createPhone({
    media: port,
    recordings: options.recordings ?? {
      begin: async () => {
        const kept = { chunks: 0, finished: false };
        recordings.push(kept);
        return {
          append: () => {
            kept.chunks += 1;
          },
          failed: () => undefined,
          finished: () => {
            kept.finished = true;
          },
        };
      },
    },
    clock,
    newId: () => `01890000-0000-7000-8000-${String((ids += 1)).padStart(12, '0')}`,
  });
  phone.onCallEvent((event) => events.push(callEvent.parse(event)));
  onTestFinished(async () => {
    const closed = phone.close();
    await vi.advanceTimersByTimeAsync(5_000);
    await closed;
    vi.useRealTimers();
    vi.unstubAllGlobals();
    process.off('uncaughtException', catchAll);
    process.off('unhandledRejection', catchAll);
    if (uncaught.length > 0) throw uncaught[0];
  });
  await phone.useLine({
    mode: 'account',
    origin: 'real',
    accountId: null,
    open: async (listener) => {
      line = createSipLine({
        account: { ...ACCOUNT, ...options.account },
        redirectDomains: options.redirectDomains ?? [],
        password: 'secret',
        instanceId: INSTANCE,
        listener,
        clock,
        makeMedia: media.make,
      });
      return line;
    },
  });
  await vi.advanceTimersByTimeAsync(0);
  return {
    peer,
    phone,
    line: () => {
      if (!line) throw new Error('There is no line.');
      return line;
    },
    media,
    port,
    events,
    recordings,
    uncaught,
    pass: async (ms) => {
      await vi.advanceTimersByTimeAsync(ms);
    },
    call: () => {
      const call = phone.snapshot().calls.at(-1);
      if (!call) throw new Error('There is no call.');
      return call;
    },
    types: () => events.map((event) => event.type).join(' '),
  };
}

/** An outbound call up to and including its ACK. */
export async function answeredOut(
  desk: DeskUnderTest,
): Promise<{ dialog: PeerDialog; invite: SipMessage; callId: string }> {
  const placed = await desk.phone.place({ target: '030 1234' });
  if ('problem' in placed) throw new Error(placed.problem);
  const invite = await desk.peer.next('INVITE');
  const dialog = desk.peer.dialogOf(invite, desk.peer.newTag());
  dialog.answer(invite, 180);
  dialog.answer(invite, 200, sdp());
  await desk.peer.next('ACK');
  await desk.pass(0);
  return { dialog, invite, callId: placed.callId };
}

/** An inbound call up to and including the peer's ACK. */
export async function answeredIn(
  desk: DeskUnderTest,
): Promise<{ dialog: PeerDialog; callId: string }> {
  const dialog = desk.peer.invite();
  await desk.peer.next(180);
  const { callId } = desk.call();
  await desk.phone.answer(callId);
  const ok = await desk.peer.next(200);
  dialog.acknowledge(ok);
  await desk.pass(0);
  return { dialog, callId };
}
