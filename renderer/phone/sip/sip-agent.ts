// sip.js' user agent as the desk needs it, and what stands between it and its transport: the frame
// guard, the log and a net for its exceptions.
import { type Session, SIPExtension, type Transport, UserAgent } from 'sip.js';
import type { Clock } from '../clock.ts';
import type { ConnectionProblem } from '../phone.ts';
import { guardFrame, refusalOf } from './frame-guard.ts';
import { mediaOfSession } from './sip-leg.ts';
import type { SipLineOptions } from './sip-line.ts';
import type { SipLog } from './sip-log.ts';
import { SocketClosed, WebSocketTransport } from './web-socket-transport.ts';

/** A connection that is not open after this is given up, ms. */
export const CONNECT_LIMIT = 5_000;

export function createAgent(options: SipLineOptions, clock: Clock): UserAgent {
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
    sipExtension100rel: SIPExtension.Supported,
    sipExtensionExtraSupported: ['timer', 'replaces'],
    gracefulShutdown: false,
    logBuiltinEnabled: false,
    logConfiguration: false,
    logLevel: 'error',
  });
}

/**
 * Puts the frame guard between the transport and sip.js, keeps sip.js' exceptions from the page, and
 * writes down what passes.
 */
export function guardMessages(agent: UserAgent, log: SipLog, alive: () => void): void {
  const { transport } = agent;
  const deliver = transport.onMessage;
  let unparsed = false;
  // The only way in which sip.js lets know that it has dropped a message.
  agent.getLoggerFactory().connector = (_level, _category, _label, content) => {
    if (content === 'Failed to parse incoming message. Dropping.') unparsed = true;
  };
  const reply = (message: string | null | undefined): void => {
    if (message) transport.send(message).catch(() => undefined);
  };
  transport.onMessage = (frame) => {
    alive();
    const guarded = guardFrame(frame);
    if ('refused' in guarded) {
      reply(guarded.reply);
      return;
    }
    log.add('received', frame);
    unparsed = false;
    try {
      deliver?.(guarded.frame);
    } catch {
      // One message that sip.js cannot handle must not take the others with it. It throws at a PRACK
      // that belongs to no call.
      reply(refusalOf(frame, frame.startsWith('PRACK ') ? 'noDialog' : 'failed'));
    }
    if (unparsed) reply(refusalOf(frame, 'badHeader'));
  };
  const send = transport.send.bind(transport);
  transport.send = (message) => {
    log.add('sent', message);
    return send(message);
  };
  if (transport instanceof WebSocketTransport) transport.onAlive = alive;
}

/** OPTIONS that goes no further than the server (RFC 3261 section 11); any answer is a sign of life. */
export function sendPing(agent: UserAgent): void {
  const core = agent.userAgentCore;
  const aor = agent.configuration.uri;
  const server = aor.clone();
  server.user = undefined;
  const message = core.makeOutgoingRequestMessage('OPTIONS', server, aor, aor, {});
  message.setHeader('max-forwards', '0');
  core.request(message);
}

export function problemOf(error: unknown, server: string): ConnectionProblem {
  if (error instanceof SocketClosed && error.blocked) return 'blockedByPolicy';
  if (error instanceof SocketClosed && error.timedOut) return 'timeout';
  if (error instanceof Error && error.name === 'SecurityError') return 'blockedByPolicy';
  return server.toLowerCase().startsWith('wss:') ? 'tlsOrRefused' : 'serverUnreachable';
}
