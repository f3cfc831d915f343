// Finds out which part of the way to the telephone network works: the servers' sockets, registering,
// each STUN and TURN server, and an echo between two connections of this machine through them.
import type { IceServer } from '../../../preload/contract/settings.ts';
import { type Clock, systemClock } from '../clock.ts';
import type { ConnectionProblem } from '../phone.ts';
import { testAccount } from './account-test.ts';
import { rtcIceServers } from './ice-servers.ts';
import { takesConnections } from './server-probe.ts';
import type { SipAccount } from './sip-line.ts';

export type NetworkStepName = 'socket' | 'register' | 'stun' | 'turn' | 'echo';

export interface NetworkStep {
  step: NetworkStepName;
  /** The server that this step asked; null for the echo. */
  server: string | null;
  ok: boolean;
  /** How long it took; for the echo the median way there and back. */
  ms: number;
  /** `noCandidate`: the server gave no address; `noEcho`: nothing came back. */
  problem: ConnectionProblem | 'noCandidate' | 'noEcho' | null;
  sipCode: number | null;
  /** Share of the echo's packets that did not come back, per cent. */
  lossPercent: number | null;
}

export interface NetworkTestOptions {
  account: SipAccount;
  password: string;
  iceServers: readonly IceServer[];
  /** Hears of each step as soon as it is known. */
  onStep?: (step: NetworkStep) => void;
  clock?: Clock;
  connect?: (configuration: RTCConfiguration) => RTCPeerConnection;
}

const SOCKET_LIMIT = 5_000;
const CANDIDATE_LIMIT = 5_000;
const ECHO_LIMIT = 10_000;
const ECHO_PACKETS = 20;
const ECHO_EVERY = 20;
const ECHO_PATIENCE = 500;

/** Runs every step, whatever the one before has found; never throws. */
export async function networkTest(options: NetworkTestOptions): Promise<readonly NetworkStep[]> {
  const { account, iceServers } = options;
  const clock = options.clock ?? systemClock;
  const connect = options.connect ?? ((configuration) => new RTCPeerConnection(configuration));
  const steps: NetworkStep[] = [];
  const record = (step: NetworkStep): void => {
    steps.push(step);
    options.onStep?.(step);
  };

  for (const server of [account.server, ...(account.furtherServers ?? [])]) {
    const begin = clock.now();
    const ok = await takesConnections(server, clock, SOCKET_LIMIT);
    const ms = clock.now() - begin;
    const problem = ok ? null : ms >= SOCKET_LIMIT ? 'timeout' : unreachable(server);
    record({ ...BLANK, step: 'socket', server, ok, ms, problem });
  }

  const begin = clock.now();
  const registered = await testAccount({ account, password: options.password, clock });
  record({
    ...BLANK,
    step: 'register',
    server: account.server,
    ok: registered.ok,
    ms: registered.ok ? registered.ms : clock.now() - begin,
    problem: registered.ok ? null : registered.problem,
    sipCode: registered.ok ? null : registered.sipCode,
  });

  for (const server of iceServers) record(await gathers(server, connect, clock));
  record(await echoes(iceServers, connect, clock));
  return steps;
}

const BLANK = { server: null, problem: null, sipCode: null, lossPercent: null } as const;

function unreachable(server: string): ConnectionProblem {
  return server.toLowerCase().startsWith('wss:') ? 'tlsOrRefused' : 'serverUnreachable';
}

/** Whether this server gives the kind of address that it is there for. */
async function gathers(
  server: IceServer,
  connect: NonNullable<NetworkTestOptions['connect']>,
  clock: Clock,
): Promise<NetworkStep> {
  const step = /^turns?:/i.test(server.url) ? 'turn' : 'stun';
  const wanted = step === 'turn' ? 'relay' : 'srflx';
  const begin = clock.now();
  const ok = await withLimit(clock, CANDIDATE_LIMIT, async (settle) => {
    const connection = connect({
      iceServers: rtcIceServers([server]),
      ...(step === 'turn' ? { iceTransportPolicy: 'relay' } : {}),
    });
    connection.addEventListener('icecandidate', ({ candidate }) => {
      if (!candidate) settle(false);
      else if (candidate.type === wanted) settle(true);
    });
    connection.createDataChannel('gather');
    await connection.setLocalDescription(await connection.createOffer());
    return () => connection.close();
  });
  const problem = ok ? null : 'noCandidate';
  return { ...BLANK, step, server: server.url, ok: ok === true, ms: clock.now() - begin, problem };
}

/** Sends packets through two connections of this page; over a relay where one is set. */
async function echoes(
  iceServers: readonly IceServer[],
  connect: NonNullable<NetworkTestOptions['connect']>,
  clock: Clock,
): Promise<NetworkStep> {
  const relayed = iceServers.some(({ url }) => /^turns?:/i.test(url));
  const configuration: RTCConfiguration = {
    iceServers: rtcIceServers(iceServers),
    ...(relayed ? { iceTransportPolicy: 'relay' } : {}),
  };
  const times: number[] = [];
  await withLimit(clock, ECHO_LIMIT, async (settle) => {
    const near = connect(configuration);
    const far = connect(configuration);
    const close = (): void => {
      near.close();
      far.close();
    };
    exchangeCandidates(near, far);
    exchangeCandidates(far, near);
    far.addEventListener('datachannel', ({ channel }) => {
      channel.addEventListener('message', ({ data }) => channel.send(String(data)));
    });
    const channel = near.createDataChannel('echo', { ordered: false, maxRetransmits: 0 });
    const sentAt = new Map<string, number>();
    const send = (index: number): void => {
      if (index === ECHO_PACKETS) {
        clock.after(ECHO_PATIENCE, () => settle(true));
        return;
      }
      sentAt.set(String(index), performance.now());
      if (channel.readyState === 'open') channel.send(String(index));
      clock.after(ECHO_EVERY, () => send(index + 1));
    };
    channel.addEventListener('open', () => send(0));
    channel.addEventListener('message', ({ data }) => {
      const sent = sentAt.get(String(data));
      sentAt.delete(String(data));
      if (sent !== undefined) times.push(performance.now() - sent);
      if (times.length === ECHO_PACKETS) settle(true);
    });
    try {
      await near.setLocalDescription(await near.createOffer());
      await far.setRemoteDescription(near.localDescription ?? { type: 'offer', sdp: '' });
      await far.setLocalDescription(await far.createAnswer());
      await near.setRemoteDescription(far.localDescription ?? { type: 'answer', sdp: '' });
    } catch (error) {
      close();
      throw error;
    }
    return close;
  });
  const ok = times.length > 0;
  times.sort((a, b) => a - b);
  return {
    ...BLANK,
    step: 'echo',
    ok,
    ms: Math.round(times[Math.floor(times.length / 2)] ?? 0),
    problem: ok ? null : 'noEcho',
    lossPercent: ok ? Math.round((1 - times.length / ECHO_PACKETS) * 100) : null,
  };
}

function exchangeCandidates(from: RTCPeerConnection, to: RTCPeerConnection): void {
  const waiting: RTCIceCandidate[] = [];
  const give = (candidate: RTCIceCandidate): void => {
    to.addIceCandidate(candidate).catch(() => undefined);
  };
  from.addEventListener('icecandidate', ({ candidate }) => {
    if (!candidate) return;
    if (to.remoteDescription) give(candidate);
    else waiting.push(candidate);
  });
  to.addEventListener('signalingstatechange', () => {
    if (to.remoteDescription) for (const candidate of waiting.splice(0)) give(candidate);
  });
}

/** What `begin` settles on, or null after the limit or an exception; then lets it clean up. */
async function withLimit<T>(
  clock: Clock,
  limit: number,
  begin: (settle: (value: T) => void) => Promise<() => void>,
): Promise<T | null> {
  let settle: (value: T | null) => void = () => undefined;
  const outcome = new Promise<T | null>((resolve) => {
    settle = resolve;
  });
  const stop = clock.after(limit, () => settle(null));
  let cleanUp: () => void = () => undefined;
  try {
    cleanUp = await begin(settle);
  } catch {
    settle(null);
  }
  const value = await outcome;
  stop();
  cleanUp();
  return value;
}
