import { expect, onTestFinished, test, vi } from 'vitest';
import { type NetworkStep, networkTest } from '../../../renderer/phone/sip/network-test.ts';
import { ACCOUNT } from '../scripted-peer/desk-under-test.ts';
import { FakeWebSocket } from '../scripted-peer/fake-web-socket.ts';
import { ScriptedPeer } from '../scripted-peer/scripted-peer.ts';
import { writeResponse } from '../scripted-peer/sip-message.ts';

/** What a network lets through: which ICE servers answer, and every how many-th packet is lost. */
interface FakeNetwork {
  answering: readonly string[];
  connects: boolean;
  loseEvery: number;
}

class FakeChannel extends EventTarget {
  readyState = 'connecting';
  other: FakeChannel | null = null;
  sent = 0;
  readonly #network: FakeNetwork;
  constructor(network: FakeNetwork) {
    super();
    this.#network = network;
  }
  open(): void {
    this.readyState = 'open';
    this.dispatchEvent(new Event('open'));
  }
  send(data: string): void {
    this.sent += 1;
    if (this.sent % this.#network.loseEvery === 0) return;
    queueMicrotask(() => this.other?.dispatchEvent(new MessageEvent('message', { data })));
  }
}

/** As much of RTCPeerConnection as the test needs, in pairs: the second one made is the other end. */
function fakeConnections(network: FakeNetwork): {
  connect: (configuration: RTCConfiguration) => RTCPeerConnection;
  open: () => number;
} {
  let opened = 0;
  /** Of the connection that offers, the newest one. */
  let offered: FakeChannel | null = null;
  class FakeConnection extends EventTarget {
    localDescription: { type: string; sdp: string } | null = null;
    remoteDescription: { type: string; sdp: string } | null = null;
    readonly #configuration: RTCConfiguration;
    constructor(configuration: RTCConfiguration) {
      super();
      this.#configuration = configuration;
      opened += 1;
    }
    createDataChannel(): FakeChannel {
      offered = new FakeChannel(network);
      return offered;
    }
    createOffer = async () => ({ type: 'offer', sdp: 'o' });
    createAnswer = async () => ({ type: 'answer', sdp: 'a' });
    async setLocalDescription(description: { type: string; sdp: string }): Promise<void> {
      this.localDescription = description;
      queueMicrotask(() => {
        for (const { urls } of this.#configuration.iceServers ?? []) {
          const url = String(urls);
          if (network.answering.includes(url))
            this.#candidate(url.startsWith('turn') ? 'relay' : 'srflx');
        }
        this.#candidate(null);
      });
    }
    async setRemoteDescription(description: { type: string; sdp: string }): Promise<void> {
      this.remoteDescription = description;
      this.dispatchEvent(new Event('signalingstatechange'));
      if (description.type !== 'answer' || !network.connects) return;
      const far = new FakeChannel(network);
      const near = offered;
      if (!near) return;
      far.other = near;
      near.other = far;
      others.at(-1)?.dispatchEvent(Object.assign(new Event('datachannel'), { channel: far }));
      queueMicrotask(() => near.open());
    }
    addIceCandidate = async (): Promise<void> => undefined;
    #candidate(type: string | null): void {
      const candidate = type === null ? null : { type };
      this.dispatchEvent(Object.assign(new Event('icecandidate'), { candidate }));
    }
    close(): void {
      opened -= 1;
    }
  }
  const others: FakeConnection[] = [];
  return {
    connect: (configuration) => {
      const connection = new FakeConnection(configuration);
      others.push(connection);
      return connection as unknown as RTCPeerConnection;
    },
    open: () => opened,
  };
}

const STUN = { url: 'stun:127.0.0.1:3478', user: null, password: null };
const TURN = { url: 'turn:127.0.0.1:3478', user: 'u', password: 'p' };

async function tested(
  network: Partial<FakeNetwork>,
  prepare: (peer: ScriptedPeer) => void = () => undefined,
): Promise<readonly NetworkStep[]> {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', FakeWebSocket);
  onTestFinished(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
  prepare(new ScriptedPeer());
  const told: NetworkStep[] = [];
  const connections = fakeConnections({
    answering: [],
    connects: true,
    loseEvery: 1_000,
    ...network,
  });
  const steps = networkTest({
    account: { ...ACCOUNT, furtherServers: ['ws://127.0.0.1:5067'] },
    password: 'secret',
    iceServers: [STUN, TURN],
    connect: connections.connect,
    onStep: (step) => told.push(step),
  });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await steps).toEqual(told);
  expect(connections.open()).toBe(0);
  return told;
}

const short = (steps: readonly NetworkStep[]): string[] =>
  steps.map(({ step, ok, problem }) => `${step} ${ok ? 'ok' : problem}`);

test('every step of a network that works is told with its time', async () => {
  const steps = await tested({ answering: [STUN.url, TURN.url], loseEvery: 10 });
  expect(short(steps)).toEqual([
    'socket ok',
    'socket ok',
    'register ok',
    'stun ok',
    'turn ok',
    'echo ok',
  ]);
  expect(steps.every(({ ms }) => ms >= 0 && ms < 1_000)).toBe(true);
  // Every tenth packet of 20 is lost each way: 2 there, then one of the 18 that come back.
  expect(steps.at(-1)?.lossPercent).toBe(15);
});

test('each step that fails says why, and the others are run all the same', async () => {
  const steps = await tested({ connects: false }, (peer) => {
    peer.server.refusing = (url) => url.endsWith('5067');
    peer.rules.set('REGISTER', (request) => writeResponse(request, 403, { toTag: 'no' }));
  });
  expect(short(steps)).toEqual([
    'socket ok',
    'socket serverUnreachable',
    'register forbidden',
    'stun noCandidate',
    'turn noCandidate',
    'echo noEcho',
  ]);
  expect(steps[2]?.sipCode).toBe(403);
});

test('a server that never answers is given up', async () => {
  const steps = await tested({ answering: [STUN.url] }, (peer) => {
    peer.server.mood = 'silent';
  });
  expect(short(steps).slice(0, 4)).toEqual([
    'socket timeout',
    'socket timeout',
    'register timeout',
    'stun ok',
  ]);
});
