// Our own registration (RFC 3261 section 10) on sip.js' transactions. sip.js' Registerer stays
// registered after its socket died, trusts any expiry and gets stuck on a 200 without a Contact.
//
//   unregistered → registering → registered ⇄ refreshing
//                       │ ▲            │
//                       ▼ │            └─ connection lost → unregistered
//        rejected (the agent must act)   backoff (tried again by itself)
import type { UserAgent } from 'sip.js';
import type { Clock } from '../clock.ts';
import type { ConnectionProblem, RegistrationState } from '../phone.ts';
import type { Authenticator } from './authentication.ts';

export interface RegistrationView {
  registration: RegistrationState;
  problem: ConnectionProblem | null;
  sipCode: number | null;
  retryAt: number | null;
}

export interface Registration {
  /** The connection stands: register. */
  connected(): void;
  /** The connection is gone, and with it the binding's worth. */
  disconnected(): void;
  /** Tries at once when an attempt is planned. */
  retryNow(): void;
  /** The binding may have expired unnoticed: asks for it anew. */
  renew(): void;
  /** Takes the binding back; resolves with the server's answer, or without one after `ms`. */
  unregister(ms: number): Promise<void>;
}

export interface RegistrationOptions {
  agent: UserAgent;
  authenticator: Authenticator;
  instanceId: string;
  clock: Clock;
  /** Seconds to ask for. */
  expires: number;
  onChange(view: RegistrationView): void;
}

const ANSWER_LIMIT = 10_000;
const RETRY_BASE = 2_000;
const RETRY_MOST = 60_000;
const SHORTEST = 10;
const LONGEST = 86_400;

/** What the desk makes of a refusal; null is one that time may heal. */
export function refusalOf(sipCode: number): { problem: ConnectionProblem; final: boolean } {
  if (sipCode === 401 || sipCode === 407) return { problem: 'wrongPassword', final: true };
  if (sipCode === 403) return { problem: 'forbidden', final: true };
  if (sipCode === 404 || sipCode === 410 || sipCode === 604)
    return { problem: 'unknownUser', final: true };
  if (sipCode === 408) return { problem: 'timeout', final: false };
  return { problem: 'serverError', final: false };
}

/** Seconds that a binding lasts, within what timers can do and servers should ask (R10, R11). */
export function bindingSeconds(granted: number | null, asked: number): number {
  const seconds = granted !== null && Number.isFinite(granted) && granted > 0 ? granted : asked;
  return Math.min(Math.max(Math.floor(seconds), SHORTEST), LONGEST);
}

export function createRegistration(options: RegistrationOptions): Registration {
  const { agent, authenticator, clock } = options;
  const core = agent.userAgentCore;
  let view: RegistrationView = {
    registration: 'unregistered',
    problem: null,
    sipCode: null,
    retryAt: null,
  };
  let generation = 0;
  let callId: string | undefined;
  let fromTag: string | undefined;
  let cseq = Math.floor(clock.random() * 1000) + 1;
  let asked = options.expires;
  let failures = 0;
  let stopTimer: (() => void) | null = null;

  const show = (change: Partial<RegistrationView>): void => {
    view = { ...view, ...change };
    options.onChange(view);
  };
  const after = (ms: number, callback: () => void): void => {
    stopTimer?.();
    stopTimer = clock.after(ms, () => {
      stopTimer = null;
      callback();
    });
  };
  const settle = (): void => {
    stopTimer?.();
    stopTimer = null;
  };

  const request = (expires: number): ReturnType<typeof core.makeOutgoingRequestMessage> => {
    const aor = agent.configuration.uri;
    const registrar = aor.clone();
    registrar.user = undefined;
    const contact = `${agent.contact.toString({ register: true })};+sip.instance="<urn:uuid:${options.instanceId}>";expires=${expires}`;
    const message = core.makeOutgoingRequestMessage(
      'REGISTER',
      registrar,
      aor,
      aor,
      {
        cseq,
        ...(callId === undefined ? {} : { callId }),
        ...(fromTag === undefined ? {} : { fromTag }),
      },
      [`Contact: ${contact}`, `Expires: ${expires}`, `Allow: ${ALLOWED}`],
    );
    callId = message.callId;
    fromTag = message.fromTag;
    authenticator.authorizeUpfront(message);
    return message;
  };

  const retryIn = (ms: number, problem: ConnectionProblem, sipCode: number | null): void => {
    failures += 1;
    show({ registration: 'backoff', problem, sipCode, retryAt: clock.now() + ms });
    after(ms, () => register('registering'));
  };

  const ownBackOff = (): number =>
    Math.min(RETRY_BASE * 2 ** Math.min(failures, 6), RETRY_MOST) * (1 + clock.random() / 4);

  const accepted = (granted: number | null): void => {
    failures = 0;
    const seconds = bindingSeconds(granted, asked);
    show({ registration: 'registered', problem: null, sipCode: null, retryAt: null });
    // Early enough for one failed try, never closer than half the time.
    after(Math.max(seconds * 0.5, seconds - 60, seconds * 0.8) * 1000, () =>
      register('refreshing'),
    );
  };

  const refused = (
    sipCode: number,
    header: (name: string) => string | undefined,
    fromPeer: boolean,
  ): void => {
    const minimum = Number(header('min-expires'));
    if (sipCode === 423 && minimum > asked && minimum <= LONGEST) {
      asked = minimum;
      register(view.registration);
      return;
    }
    const { problem, final } = refusalOf(sipCode);
    if (final) {
      show({ registration: 'rejected', problem, sipCode, retryAt: null });
      return;
    }
    const retryAfter = Number.parseInt(header('retry-after') ?? '', 10);
    const ms = retryAfter > 0 ? Math.min(retryAfter, 3600) * 1000 : ownBackOff();
    retryIn(ms, fromPeer ? problem : 'timeout', fromPeer ? sipCode : null);
  };

  const register = (state: RegistrationState): void => {
    const mine = ++generation;
    settle();
    show({ registration: state === 'refreshing' ? 'refreshing' : 'registering', retryAt: null });
    const message = request(asked);
    const done = (): boolean => {
      if (mine !== generation) return false;
      generation += 1;
      cseq = message.cseq + 1;
      settle();
      return true;
    };
    after(ANSWER_LIMIT, () => {
      if (done()) retryIn(ownBackOff(), 'timeout', null);
    });
    core.register(message, {
      onAccept: ({ message: response }) => {
        if (done()) accepted(grantedSeconds(response, agent.contact.uri.user));
      },
      onRedirect: ({ message: response }) => {
        if (done()) refused(response.statusCode ?? 500, () => undefined, true);
      },
      onReject: ({ message: response }) => {
        if (done())
          refused(
            response.statusCode ?? 500,
            (name) => response.getHeader(name),
            response.data !== undefined,
          );
      },
    });
  };

  return {
    connected: () => {
      // A wrong password is not sent again by itself: servers lock accounts for that.
      if (view.registration === 'rejected' && view.problem === 'wrongPassword') return;
      callId = undefined;
      fromTag = undefined;
      failures = 0;
      register('registering');
    },
    disconnected: () => {
      generation += 1;
      settle();
      if (view.registration === 'rejected') return;
      show({ registration: 'unregistered', retryAt: null });
    },
    retryNow: () => {
      if (view.registration === 'backoff' && agent.isConnected()) register('registering');
    },
    renew: () => {
      if (view.registration === 'registered' && agent.isConnected()) register('refreshing');
    },
    unregister: (ms) => {
      generation += 1;
      settle();
      const bound = view.registration === 'registered' || view.registration === 'refreshing';
      show({ registration: 'unregistered', problem: null, sipCode: null, retryAt: null });
      if (!bound || !agent.isConnected()) return Promise.resolve();
      return new Promise((resolve) => {
        const stop = clock.after(ms, resolve);
        const answered = (): void => {
          stop();
          resolve();
        };
        // A refresh may be on its way: this one must carry a higher number.
        cseq += 2;
        core.register(request(0), { onAccept: answered, onRedirect: answered, onReject: answered });
      });
    },
  };
}

const ALLOWED = 'ACK,CANCEL,INVITE,MESSAGE,BYE,OPTIONS,INFO,NOTIFY,REFER';

/** What the server granted to our own binding; null when it does not say. */
function grantedSeconds(
  response: { getHeaders(name: string): string[]; getHeader(name: string): string | undefined },
  contactUser: string | undefined,
): number | null {
  const own = response
    .getHeaders('contact')
    .find((contact) => contactUser !== undefined && contact.includes(`:${contactUser}@`));
  const parameter = /;\s*expires\s*=\s*"?(\d+)/i.exec(own ?? '')?.[1];
  const value = parameter ?? response.getHeader('expires');
  return value === undefined ? null : Number(value);
}
