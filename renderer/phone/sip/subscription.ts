// One subscription to an event (RFC 6665), on sip.js' transactions. sip.js' own Subscriber takes seconds
// of Retry-After for milliseconds and does not outlive its connection.
//
//   idle ──start──▶ asking ──2xx──▶ active ⇄ (renewed before its time is over)
//                     │ ▲              │ NOTIFY terminated, by reason: at once, later or never
//                     ▼ │              ▼
//                   waiting ◀──────────┘            over: the server does not want it
import { type Core, URI } from 'sip.js';
import type { UserAgent } from 'sip.js';
import type { Clock } from '../clock.ts';

export interface Subscription {
  /** The desk is registered over a connection: subscribe anew. */
  start(): void;
  /** The connection is gone; nothing is sent. */
  pause(): void;
  /** Asks for the whole state: renews at once. */
  refresh(): void;
  /** Ends it with the server, as far as there is a connection. */
  stop(): void;
}

export interface SubscriptionOptions {
  agent: UserAgent;
  clock: Clock;
  target: URI;
  /** Name of the event package. */
  event: string;
  accept: string;
  /** Seconds to ask for. */
  expires: number;
  onNotify(contentType: string, body: string): void;
  /** Nothing is known any more: refused, ended, or the connection is gone. */
  onLost(): void;
}

const RETRY_BASE = 5_000;
const RETRY_MOST = 300_000;
/** A subscription without a first NOTIFY is not one (timer N of RFC 6665). */
const NOTIFY_LIMIT = 32_000;

/** When to subscribe again after a NOTIFY with `terminated`, ms; null is never (section 4.1.3). */
export function retryAfterTermination(
  reason: string | null,
  retryAfterSeconds: number | null,
  probation: number,
): number | null {
  const asked = retryAfterSeconds === null ? null : Math.min(retryAfterSeconds, 86_400) * 1_000;
  switch (reason?.toLowerCase()) {
    case 'deactivated':
    case 'timeout':
      return 0;
    case 'probation':
    case 'giveup':
      return asked ?? probation;
    case 'rejected':
    case 'noresource':
    case 'invariant':
      return null;
    default:
      return asked ?? probation;
  }
}

/** When to try again after this final answer to SUBSCRIBE, ms; null is never. */
export function retryAfterRefusal(
  sipCode: number,
  retryAfterSeconds: number | null,
  backOff: number,
): number | null {
  if (retryAfterSeconds !== null) return Math.min(retryAfterSeconds, 86_400) * 1_000;
  if (sipCode === 481) return 0;
  if (sipCode === 408 || sipCode === 480 || (sipCode >= 500 && sipCode !== 501)) return backOff;
  return null;
}

export function createSubscription(options: SubscriptionOptions): Subscription {
  const { agent, clock } = options;
  let dialog: SubscriptionDialog | null = null;
  let failures = 0;
  let stopTimer: (() => void) | null = null;

  const wait = (ms: number, then: () => void): void => {
    stopTimer?.();
    stopTimer = clock.after(ms, () => {
      stopTimer = null;
      then();
    });
  };
  const settle = (): void => {
    stopTimer?.();
    stopTimer = null;
  };
  const backOff = (): number =>
    Math.min(RETRY_BASE * 2 ** Math.min(failures, 6), RETRY_MOST) * (1 + clock.random() / 4);

  const leave = (): void => {
    dialog?.forget();
    dialog = null;
    settle();
  };

  const again = (ms: number | null): void => {
    leave();
    options.onLost();
    if (ms === null) return;
    failures += 1;
    // Never in a tight circle, whatever the server says.
    wait(Math.max(ms, failures > 1 ? 1_000 : 0), subscribe);
  };

  const active = (seconds: number): void => {
    const granted = Math.min(Math.max(seconds, 10), 86_400);
    wait(Math.max(granted * 0.8, granted - 60) * 1_000, () => dialog?.send(options.expires));
  };

  const subscribe = (): void => {
    if (dialog) options.onLost();
    leave();
    if (!agent.isConnected()) return;
    const mine = openDialog(options, {
      accepted: (seconds) => {
        if (dialog !== mine) return;
        if (mine.notified) active(seconds ?? options.expires);
        else wait(NOTIFY_LIMIT, () => again(backOff()));
      },
      refused: (sipCode, retryAfter) => {
        if (dialog === mine) again(retryAfterRefusal(sipCode, retryAfter, backOff()));
      },
      notified: ({ state, reason, seconds, retryAfter, contentType, body }) => {
        if (dialog !== mine) return;
        if (body !== '') options.onNotify(contentType, body);
        if (state === 'terminated') {
          again(retryAfterTermination(reason, retryAfter, backOff()));
          return;
        }
        failures = 0;
        active(seconds ?? options.expires);
      },
    });
    dialog = mine;
    mine.send(options.expires);
  };

  return {
    start: () => {
      failures = 0;
      subscribe();
    },
    pause: () => {
      const had = dialog !== null;
      leave();
      if (had) options.onLost();
    },
    refresh: () => dialog?.send(options.expires),
    stop: () => {
      const leaving = dialog;
      settle();
      dialog = null;
      if (leaving && agent.isConnected()) leaving.send(0);
      leaving?.forget();
    },
  };
}

interface SubscriptionDialog {
  /** Whether a NOTIFY has come. */
  readonly notified: boolean;
  send(expires: number): void;
  /** Its NOTIFYs are told 481 from now on. */
  forget(): void;
}

interface ReceivedNotify {
  state: string;
  reason: string | null;
  seconds: number | null;
  retryAfter: number | null;
  contentType: string;
  body: string;
}

function openDialog(
  { agent, target, event, accept }: SubscriptionOptions,
  on: {
    accepted(seconds: number | null): void;
    refused(sipCode: number, retryAfter: number | null): void;
    notified(notify: ReceivedNotify): void;
  },
): SubscriptionDialog {
  const core = agent.userAgentCore;
  const aor = agent.configuration.uri;
  let remoteTarget = target;
  let routeSet: string[] = [];
  let head: { callId: string; fromTag: string; cseq: number } | null = null;
  let toTag: string | undefined;
  let remoteCseq = -1;
  let notified = false;
  let id = '';

  const learn = (message: Core.IncomingMessage, routes: string[]): void => {
    const contact = message.parseHeader('contact') as { uri?: unknown } | undefined;
    if (contact?.uri instanceof URI) remoteTarget = contact.uri;
    routeSet = routes;
  };

  const receive = (uas: Core.IncomingNotifyRequest): void => {
    const { message } = uas;
    const cseq = message.cseq;
    if (cseq <= remoteCseq) {
      uas.reject({ statusCode: 500 });
      return;
    }
    if (toTag !== undefined && message.fromTag !== toTag) {
      // A second fork of the subscription is not kept.
      uas.reject({ statusCode: 481 });
      return;
    }
    remoteCseq = cseq;
    if (toTag === undefined) {
      toTag = message.fromTag;
      learn(message, message.getHeaders('record-route'));
    }
    notified = true;
    uas.accept();
    const state = message.getHeader('subscription-state') ?? 'active';
    const parameter = (name: string): string | null =>
      new RegExp(`;\\s*${name}\\s*=\\s*"?([^;"\\s]+)`, 'i').exec(state)?.[1] ?? null;
    on.notified({
      state: state.split(';')[0]?.trim().toLowerCase() ?? '',
      reason: parameter('reason'),
      seconds: secondsIn(parameter('expires')),
      retryAfter: secondsIn(parameter('retry-after')),
      contentType:
        (message.getHeader('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '',
      body: message.body,
    });
  };

  return {
    get notified() {
      return notified;
    },
    send: (expires) => {
      const message = core.makeOutgoingRequestMessage(
        'SUBSCRIBE',
        remoteTarget,
        aor,
        target,
        {
          ...(head ? { callId: head.callId, fromTag: head.fromTag, cseq: head.cseq + 1 } : {}),
          ...(toTag === undefined ? {} : { toTag }),
          routeSet,
        },
        [
          `Event: ${event}`,
          `Expires: ${expires}`,
          `Accept: ${accept}`,
          `Contact: ${agent.contact.toString()}`,
        ],
      );
      head = { callId: message.callId, fromTag: message.fromTag, cseq: message.cseq };
      if (id === '') {
        id = message.callId + message.fromTag + event;
        // sip.js hands NOTIFYs to whoever is entered here.
        (core.subscribers as Map<string, unknown>).set(id, { onNotify: receive });
      }
      const done = (): void => {
        // A challenge was answered with a number of its own.
        if (head && message.cseq > head.cseq) head = { ...head, cseq: message.cseq };
      };
      core.request(message, {
        onAccept: ({ message: response }) => {
          done();
          if (toTag === undefined && response.toTag) {
            toTag = response.toTag;
            learn(response, response.getHeaders('record-route').reverse());
          }
          on.accepted(secondsIn(response.getHeader('expires') ?? null));
        },
        onRedirect: ({ message: response }) => {
          done();
          on.refused(response.statusCode ?? 300, null);
        },
        onReject: ({ message: response }) => {
          done();
          on.refused(
            response.statusCode ?? 500,
            secondsIn(response.getHeader('retry-after') ?? null),
          );
        },
      });
    },
    forget: () => {
      core.subscribers.delete(id);
    },
  };
}

function secondsIn(text: string | null): number | null {
  const seconds = Number.parseInt(text ?? '', 10);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : null;
}
