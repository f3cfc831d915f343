// The line: one registered connection to a SIP server and the calls on it. Keeps itself connected;
// the user agent outlives its connections, so that the dialogs of live calls do too.
import { type Transport, UserAgent } from 'sip.js';
import type { IceServer } from '../../../preload/contract/settings.ts';
import { systemClock, type Clock } from '../clock.ts';
import type { Line, LineListener } from '../line.ts';
import type { ConnectionProblem, ConnectionSnapshot } from '../phone.ts';
import { createAuthenticator } from './authentication.ts';
import { reconnectDelay } from './back-off.ts';
import { type MakeLegMedia, makeWebRtcMedia } from './leg-media.ts';
import { rtcIceServers } from './ice-servers.ts';
import { outboundLeg } from './outbound-leg.ts';
import { createPresence } from './presence.ts';
import { createReadyMedia } from './ready-media.ts';
import { createRegistration, type Registration } from './registration.ts';
import {
  callerFrom,
  dialledNumberIn,
  diversionFrom,
  queueFrom,
  remotePartyOf,
} from './remote-party.ts';
import {
  afterFailure,
  afterSuccess,
  BACK_TO_FIRST_AFTER,
  backToFirst,
  chosenServer,
  isSubstitute,
  serverChoice,
} from './server-choice.ts';
import { takesConnections } from './server-probe.ts';
import { CONNECT_LIMIT, createAgent, guardMessages, problemOf, sendPing } from './sip-agent.ts';
import { inboundLeg, type LegEnvironment, type SipLeg } from './sip-leg.ts';
import { replacedDialogIn, replacesRefusal } from './replaces.ts';
import { timerAsCallee } from './session-timer.ts';
import { createSipLog } from './sip-log.ts';
import { watchSleep } from './sleep-watch.ts';
import { createWatchdog } from './watchdog.ts';
import { WebSocketTransport } from './web-socket-transport.ts';

export interface SipAccount {
  /** wss:// address, or ws:// to this machine. */
  server: string;
  user: string;
  domain: string;
  authUser: string | null;
  displayName: string | null;
  /** Tried in this order when the first server fails. */
  furtherServers?: readonly string[];
  /** How keys that are pressed travel; RFC 4733 unless said otherwise. */
  dtmf?: 'rfc4733' | 'info';
  /** Play what is heard before the call is answered. */
  earlyMedia?: boolean;
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
  iceServers?: readonly IceServer[];
  /** Beside the account's own, domains that a redirected call may go to. */
  redirectDomains?: readonly string[];
  makeMedia?: MakeLegMedia;
  /** Seconds to ask for when registering. */
  expires?: number;
}

const CLOSE_LIMIT = 2_000;
const PRESENCE_DELAY = 1_000;
/** While a call goes on, the first server is looked for again after this, ms. */
const LOOK_AGAIN = 30_000;
const EXPIRES = 600;

export function createSipLine(options: SipLineOptions): Line {
  const clock = options.clock ?? systemClock;
  const { account, listener } = options;
  const makeMedia = options.makeMedia ?? makeWebRtcMedia;
  const iceServers = rtcIceServers(options.iceServers ?? []);
  const ready = createReadyMedia({ make: makeMedia, iceServers, clock });
  const authenticator = createAuthenticator(
    { user: account.authUser ?? account.user, password: options.password },
    () =>
      Math.floor(clock.random() * 2 ** 48)
        .toString(16)
        .padStart(12, '0'),
  );
  const environment: LegEnvironment = {
    makeMedia,
    makeOffering: ready.make,
    iceServers,
    clock,
    dtmf: account.dtmf ?? 'rfc4733',
    earlyMedia: account.earlyMedia ?? false,
    redirects: { domains: [account.domain, ...(options.redirectDomains ?? [])] },
    authorizeUpfront: authenticator.authorizeUpfront,
  };
  const legs = new Set<SipLeg>();
  const agent = createAgent(options, clock);
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
  let callsExpected = false;
  let stopRetry: (() => void) | null = null;
  let choice = serverChoice([account.server, ...(account.furtherServers ?? [])]);
  /** The connection is being dropped for another server. */
  let movingOn = false;
  let stopLookingBack: (() => void) | null = null;
  let stopPresence: (() => void) | null = null;
  let stopSleepWatch: (() => void) | null = null;
  const log = createSipLog(clock);

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
        choice = afterSuccess(choice);
        if (!linked) registered();
      } else if (view.registration === 'backoff') registrationFailed();
    },
  });

  const presence = createPresence({
    agent,
    clock,
    messages: (waiting) => listener.messages(waiting),
    lineStates: (states) => listener.lineStates(states),
  });

  const registered = (): void => {
    linked = true;
    listener.linkUp();
    ready.keep(callsExpected);
    // Calls go first. The practice line has nobody to subscribe to.
    if (!options.transport) stopPresence = clock.after(PRESENCE_DELAY, presence.start);
    if (isSubstitute(choice)) lookBackIn(BACK_TO_FIRST_AFTER);
  };

  /** This server does not register us, for no fault of the account's: the next one may. */
  const registrationFailed = (): void => {
    const before = choice.index;
    choice = afterFailure(choice);
    if (choice.index !== before && legs.size === 0) moveOn();
  };

  const moveOn = (): void => {
    if (!(agent.transport instanceof WebSocketTransport)) return;
    movingOn = true;
    agent.transport.abandon();
  };

  const lookBackIn = (ms: number): void => {
    stopLookingBack?.();
    stopLookingBack = clock.after(ms, () => void lookBack());
  };

  /** Returns to the first server once it takes connections and nobody is on the telephone. */
  const lookBack = async (): Promise<void> => {
    if (legs.size > 0) return lookBackIn(LOOK_AGAIN);
    const there = await takesConnections(account.server, clock, CONNECT_LIMIT);
    if (closing || !linked || !isSubstitute(choice)) return;
    if (!there) return lookBackIn(BACK_TO_FIRST_AFTER);
    if (legs.size > 0) return lookBackIn(LOOK_AGAIN);
    await registration.unregister(CLOSE_LIMIT);
    if (closing) return;
    choice = backToFirst(choice);
    moveOn();
  };

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
    if (agent.transport instanceof WebSocketTransport) {
      agent.transport.useServer(chosenServer(choice));
    }
    const connected = started ? agent.reconnect() : agent.start();
    started = true;
    connected.catch((error: unknown) => {
      if (closing) return;
      const failed = choice;
      choice = afterFailure(choice);
      // The next server in the row has done nothing yet to be waited for.
      const fresh = choice.index > failed.index;
      planRetry(problemOf(error, chosenServer(failed)), fresh);
    });
  };

  const planRetry = (problem: ConnectionProblem | null, atOnce = false): void => {
    const ms = reconnectDelay(atOnce ? 0 : failures, clock.random());
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
      stopPresence?.();
      presence.pause();
      stopLookingBack?.();
      if (closing) return;
      if (!movingOn) choice = linked ? backToFirst(choice) : afterFailure(choice);
      movingOn = false;
      linked = false;
      ready.keep(false);
      registration.disconnected();
      planRetry(null);
      for (const leg of legs) leg.connectionLost();
      listener.linkDown();
    },
    onInvite: (invitation) => {
      const type = invitation.request.getHeader('content-type') ?? '';
      if (invitation.request.body !== '' && !/^\s*(?:application\/sdp|multipart\/)/i.test(type)) {
        const extraHeaders = ['Accept: application/sdp'];
        invitation.reject({ statusCode: 415, extraHeaders }).catch(() => undefined);
        return;
      }
      const replacing = replacedBy(invitation.request.getHeaders('replaces'), legs);
      if ('refusal' in replacing) {
        invitation.reject({ statusCode: replacing.refusal }).catch(() => undefined);
        return;
      }
      const header = (name: string): string | null => invitation.request.getHeader(name) ?? null;
      const timer = timerAsCallee(header);
      if ('tooShort' in timer) {
        const extraHeaders = [`Min-SE: ${timer.tooShort}`];
        invitation.reject({ statusCode: 422, extraHeaders }).catch(() => undefined);
        return;
      }
      listener.incoming({
        remote: callerFrom(header),
        calledNumber: dialledNumberIn(header('p-called-party-id') ?? header('to')),
        divertedFrom: diversionFrom(
          header('diversion'),
          invitation.request.getHeaders('history-info'),
        ),
        queue: queueFrom(header),
        replaces: replacing.leg,
        take: (legListener) => keep(inboundLeg(invitation, legListener, environment)),
        refuse: (statusCode) => {
          invitation.reject({ statusCode }).catch(() => undefined);
        },
      });
    },
    onNotify: (notification) => {
      const { request } = notification;
      const type = request.getHeader('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
      const answered = presence.takeSummary(type, request.body)
        ? notification.accept()
        : notification.reject({ statusCode: 481 });
      answered.catch(() => undefined);
    },
    onMessage: (message) => {
      message.reject({ statusCode: 405 }).catch(() => undefined);
    },
  };

  const keep = (leg: SipLeg): SipLeg => {
    const release = leg.release.bind(leg);
    leg.release = () => {
      legs.delete(leg);
      release();
    };
    legs.add(leg);
    return leg;
  };

  guardMessages(agent, log, () => watchdog.alive());

  const retryNow = (): void => {
    if (stopRetry) connect();
    else {
      ready.renew();
      registration.retryNow();
      watchdog.probe();
    }
  };

  return {
    start: () => {
      if (started) return;
      connect();
      stopSleepWatch = watchSleep(clock, () => {
        // The binding may have expired meanwhile, and the socket may be dead without saying so.
        retryNow();
        registration.renew();
      });
    },
    retryNow,
    watch: (colleagues) =>
      presence.watch(
        colleagues.map(({ target, name }) => ({
          uri: remotePartyOf(target, null, account.domain)?.uri ?? null,
          name,
        })),
      ),
    keepReady: (on) => {
      callsExpected = on;
      ready.keep(on && linked);
    },
    log: log.entries,
    remoteOf: (target, display) => remotePartyOf(target, display, account.domain),
    dial: (remote, legListener, replaces = null) => {
      const target = UserAgent.makeURI(remote.uri);
      if (!target) throw new Error('This cannot be dialled.');
      return keep(outboundLeg(agent, target, legListener, environment, replaces));
    },
    close: async () => {
      if (closing) return;
      closing = true;
      stopRetry?.();
      stopPresence?.();
      stopLookingBack?.();
      stopSleepWatch?.();
      presence.stop();
      ready.keep(false);
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

/** Which of our calls a new one asks to take over, or why it may not. */
function replacedBy(
  headers: readonly string[],
  legs: ReadonlySet<SipLeg>,
): { leg: SipLeg | null } | { refusal: number } {
  const [header, ...more] = headers;
  if (header === undefined) return { leg: null };
  const dialog = more.length === 0 ? replacedDialogIn(header) : null;
  if (!dialog) return { refusal: 400 };
  const leg = [...legs].find((each) => each.standingOf(dialog) !== 'unknown');
  const refusal = replacesRefusal(leg?.standingOf(dialog) ?? 'unknown', dialog.earlyOnly);
  return refusal === null ? { leg: leg ?? null } : { refusal };
}
