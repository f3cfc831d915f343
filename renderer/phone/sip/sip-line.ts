// The line: one registered connection to a SIP server and the calls on it. Keeps itself connected;
// the user agent outlives its connections, so that the dialogs of live calls do too.
import { type Session, type Transport, UserAgent } from 'sip.js';
import { systemClock, type Clock } from '../clock.ts';
import type { Line, LineListener } from '../line.ts';
import type { ConnectionProblem, ConnectionSnapshot } from '../phone.ts';
import { createAuthenticator } from './authentication.ts';
import { reconnectDelay } from './back-off.ts';
import { unsupportedExtensions } from './extensions.ts';
import { guardFrame } from './frame-guard.ts';
import { type MakeLegMedia, makeWebRtcMedia } from './leg-media.ts';
import { createRegistration, type Registration } from './registration.ts';
import { callerFrom, dialledNumberIn, remotePartyOf } from './remote-party.ts';
import { inboundLeg, mediaOfSession, outboundLeg, type SipLeg } from './sip-leg.ts';
import { createWatchdog } from './watchdog.ts';
import { SocketClosed, WebSocketTransport } from './web-socket-transport.ts';

export interface SipAccount {
  /** wss:// address, or ws:// to this machine. */
  server: string;
  user: string;
  domain: string;
  authUser: string | null;
  displayName: string | null;
}

export interface SipLineOptions {
  account: SipAccount;
  password: string;
  /** UUID of this desk, the same at every start, so that a new registration replaces the old one. */
  instanceId: string;
  listener: LineListener;
  clock?: Clock;
  /** A sip.js transport class in place of the WebSocket, with its options; it is not watched. */
  transport?: {
    constructor: new (logger: never, options: never) => Transport;
    options?: unknown;
  };
  iceServers?: readonly RTCIceServer[];
  makeMedia?: MakeLegMedia;
  /** Seconds to ask for when registering. */
  expires?: number;
}

const CONNECT_LIMIT = 5_000;
const CLOSE_LIMIT = 2_000;
const EXPIRES = 600;

export function createSipLine(options: SipLineOptions): Line {
  const clock = options.clock ?? systemClock;
  const { account, listener } = options;
  const environment = {
    makeMedia: options.makeMedia ?? makeWebRtcMedia,
    iceServers: options.iceServers ?? [],
    clock,
  };
  const legs = new Set<SipLeg>();
  const agent = createAgent(options, clock);
  const authenticator = createAuthenticator(
    { user: account.authUser ?? account.user, password: options.password },
    () =>
      Math.floor(clock.random() * 2 ** 48)
        .toString(16)
        .padStart(12, '0'),
  );
  agent.userAgentCore.configuration.authenticationFactory = () => authenticator.forRequest();

  let connection: Omit<ConnectionSnapshot, 'mode'> = {
    transport: 'down',
    registration: 'unregistered',
    problem: null,
    sipCode: null,
    retryAt: null,
  };
  const show = (change: Partial<typeof connection>): void => {
    connection = { ...connection, ...change };
    listener.connection(connection);
  };

  let started = false;
  let closing = false;
  let failures = 0;
  let linked = false;
  let stopRetry: (() => void) | null = null;

  const registration: Registration = createRegistration({
    agent,
    authenticator,
    instanceId: options.instanceId,
    clock,
    expires: options.expires ?? EXPIRES,
    onChange: (view) => {
      show(
        connection.transport === 'up' || connection.transport === 'suspect'
          ? view
          : { registration: view.registration },
      );
      if (view.registration === 'registered') {
        failures = 0;
        if (!linked) {
          linked = true;
          listener.linkUp();
        }
      }
    },
  });

  const watchdog = createWatchdog(clock, {
    ping: () => sendPing(agent),
    suspect: (suspect) => show({ transport: suspect ? 'suspect' : 'up' }),
    dead: () => {
      if (agent.transport instanceof WebSocketTransport) agent.transport.abandon();
    },
  });

  const connect = (): void => {
    stopRetry?.();
    stopRetry = null;
    show({ transport: 'connecting', retryAt: null });
    const connected = started ? agent.reconnect() : agent.start();
    started = true;
    connected.catch((error: unknown) => {
      if (!closing) planRetry(problemOf(error, account.server));
    });
  };

  const planRetry = (problem: ConnectionProblem | null): void => {
    const ms = reconnectDelay(failures, clock.random());
    failures += 1;
    show({
      transport: 'down',
      retryAt: clock.now() + ms,
      ...(problem === null ? {} : { problem, sipCode: null }),
    });
    stopRetry = clock.after(ms, connect);
  };

  agent.delegate = {
    onConnect: () => {
      show({
        transport: 'up',
        problem: connection.registration === 'rejected' ? connection.problem : null,
      });
      if (agent.transport instanceof WebSocketTransport) watchdog.start();
      registration.connected();
    },
    onDisconnect: () => {
      watchdog.stop();
      if (closing) return;
      linked = false;
      registration.disconnected();
      planRetry(null);
      for (const leg of legs) leg.connectionLost();
      listener.linkDown();
    },
    onInvite: (invitation) => {
      const unsupported = unsupportedExtensions(invitation.request.getHeaders('require'));
      if (unsupported.length > 0) {
        const extraHeaders = [`Unsupported: ${unsupported.join(', ')}`];
        invitation.reject({ statusCode: 420, extraHeaders }).catch(() => undefined);
        return;
      }
      const header = (name: string): string | null => invitation.request.getHeader(name) ?? null;
      listener.incoming({
        remote: callerFrom(header),
        calledNumber: dialledNumberIn(header('to')),
        divertedFrom: dialledNumberIn(header('diversion')),
        take: (legListener) => keep(inboundLeg(invitation, legListener, environment)),
        refuse: (statusCode) => {
          invitation.reject({ statusCode }).catch(() => undefined);
        },
      });
    },
    onMessage: (message) => {
      message.reject({ statusCode: 405 }).catch(() => undefined);
    },
  };

  const keep = (leg: SipLeg): SipLeg => {
    const kept: SipLeg = {
      ...leg,
      release: () => {
        legs.delete(kept);
        leg.release();
      },
    };
    legs.add(kept);
    return kept;
  };

  guardMessages(agent, () => watchdog.alive());

  return {
    start: () => {
      if (!started) connect();
    },
    retryNow: () => {
      if (stopRetry) connect();
      else {
        registration.retryNow();
        watchdog.probe();
      }
    },
    remoteOf: (target, display) => remotePartyOf(target, display, account.domain),
    dial: (remote, legListener) => {
      const target = UserAgent.makeURI(remote.uri);
      if (!target) throw new Error('This cannot be dialled.');
      return keep(outboundLeg(agent, target, legListener, environment));
    },
    close: async () => {
      if (closing) return;
      closing = true;
      stopRetry?.();
      await registration.unregister(CLOSE_LIMIT);
      watchdog.stop();
      await agent.transport.dispose().catch(() => undefined);
      await agent.stop().catch(() => undefined);
      show({
        transport: 'down',
        registration: 'unregistered',
        problem: null,
        sipCode: null,
        retryAt: null,
      });
    },
  };
}

function createAgent(options: SipLineOptions, clock: Clock): UserAgent {
  const { account, instanceId } = options;
  const uri = UserAgent.makeURI(`sip:${account.user}@${account.domain}`);
  if (!uri) throw new Error('The account has no valid address.');
  const name = instanceId.replaceAll('-', '').slice(0, 12);
  return new UserAgent({
    uri,
    displayName: account.displayName ?? '',
    userAgentString: 'Anklang',
    instanceId,
    contactName: `desk-${name}`,
    viaHost: `${name}.invalid`,
    contactParams: { transport: 'ws' },
    transportConstructor: (options.transport?.constructor ?? WebSocketTransport) as new (
      logger: unknown,
      options: unknown,
    ) => Transport,
    transportOptions: options.transport?.options ?? {
      server: account.server,
      clock,
      connectTimeout: CONNECT_LIMIT,
    },
    sessionDescriptionHandlerFactory: (session: Session) => mediaOfSession(session),
    // 180 is sent once the call is shown; how long it may ring is the reducer's to say.
    sendInitialProvisionalResponse: false,
    noAnswerTimeout: 3_600,
    gracefulShutdown: false,
    logBuiltinEnabled: false,
    logConfiguration: false,
    logLevel: 'error',
  });
}

/** Puts the frame guard between the transport and sip.js, and keeps sip.js' exceptions from the page. */
function guardMessages(agent: UserAgent, alive: () => void): void {
  const { transport } = agent;
  const deliver = transport.onMessage;
  transport.onMessage = (frame) => {
    alive();
    const guarded = guardFrame(frame);
    if ('refused' in guarded) return;
    try {
      deliver?.(guarded.frame);
    } catch {
      // One message that sip.js cannot handle must not take the others with it.
    }
  };
  if (transport instanceof WebSocketTransport) transport.onAlive = alive;
}

/** OPTIONS that goes no further than the server (RFC 3261 section 11); any answer is a sign of life. */
function sendPing(agent: UserAgent): void {
  const core = agent.userAgentCore;
  const aor = agent.configuration.uri;
  const server = aor.clone();
  server.user = undefined;
  const message = core.makeOutgoingRequestMessage('OPTIONS', server, aor, aor, {});
  message.setHeader('max-forwards', '0');
  core.request(message);
}

function problemOf(error: unknown, server: string): ConnectionProblem {
  if (error instanceof SocketClosed && error.blocked) return 'blockedByPolicy';
  if (error instanceof SocketClosed && error.timedOut) return 'timeout';
  if (error instanceof Error && error.name === 'SecurityError') return 'blockedByPolicy';
  return server.toLowerCase().startsWith('wss:') ? 'tlsOrRefused' : 'serverUnreachable';
}
