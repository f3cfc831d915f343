// What the server tells about others: messages in the mailbox and the line states of colleagues.
import { type UserAgent, UserAgent as Agent } from 'sip.js';
import type { Clock } from '../clock.ts';
import type { LineState, MessagesWaiting } from '../phone.ts';
import { afterDialogInfo, type DialogInfo, lineStateOf } from './dialog-info.ts';
import { messagesWaitingIn } from './message-summary.ts';
import { createSubscription, type Subscription } from './subscription.ts';

export interface Presence {
  /** Registered: subscribe to everything. */
  start(): void;
  /** The connection is gone. */
  pause(): void;
  stop(): void;
  watch(colleagues: readonly Colleague[]): void;
  /** A message summary that came without being asked for; false when it is none. */
  takeSummary(contentType: string, body: string): boolean;
}

/** `uri` is null where the target cannot be called. */
export interface Colleague {
  uri: string | null;
  name: string;
}

export interface PresenceOptions {
  agent: UserAgent;
  clock: Clock;
  messages(waiting: MessagesWaiting): void;
  lineStates(states: readonly LineState[]): void;
}

const SUMMARY = 'application/simple-message-summary';
const DIALOG_INFO = 'application/dialog-info+xml';
const EXPIRES = 3_600;
/** Subscriptions begin this far apart, so that a desk with many colleagues does not flood its server. */
const SPACING = 20;

interface Watched {
  state: LineState;
  info: DialogInfo | null;
  subscription: Subscription | null;
}

export function createPresence(options: PresenceOptions): Presence {
  const { agent, clock } = options;
  let watched: Watched[] = [];
  let running = false;
  const starting = new Set<() => void>();

  const takeSummary = (contentType: string, body: string): boolean => {
    const waiting = contentType === SUMMARY ? messagesWaitingIn(body) : null;
    if (waiting) options.messages(waiting);
    return waiting !== null;
  };

  const mailbox = createSubscription({
    agent,
    clock,
    target: agent.configuration.uri,
    event: 'message-summary',
    accept: SUMMARY,
    expires: EXPIRES,
    onNotify: takeSummary,
    onLost: () => undefined,
  });

  const publish = (): void => options.lineStates(watched.map(({ state }) => state));

  const become = (line: Watched, info: DialogInfo | null): void => {
    line.info = info;
    const state = lineStateOf(info);
    if (state === line.state.state) return;
    line.state = { ...line.state, state };
    publish();
  };

  const lineOf = ({ uri, name }: Colleague): Watched => {
    const line: Watched = {
      state: { uri: uri ?? '', name, state: 'unknown' },
      info: null,
      subscription: null,
    };
    const target = uri === null ? undefined : Agent.makeURI(uri);
    if (!target) return line;
    line.subscription = createSubscription({
      agent,
      clock,
      target,
      event: 'dialog',
      accept: DIALOG_INFO,
      expires: EXPIRES,
      onNotify: (contentType, body) => {
        if (contentType !== DIALOG_INFO) return;
        const next = afterDialogInfo(line.info, body);
        if ('info' in next) become(line, next.info);
        else if (next.ignored === 'gap') line.subscription?.refresh();
      },
      onLost: () => become(line, null),
    });
    return line;
  };

  const startLines = (): void => {
    for (const [index, { subscription }] of watched.entries()) {
      if (!subscription) continue;
      const stop = clock.after(index * SPACING, () => {
        starting.delete(stop);
        subscription.start();
      });
      starting.add(stop);
    }
  };
  const stopStarting = (): void => {
    for (const stop of starting) stop();
    starting.clear();
  };

  return {
    takeSummary,
    start: () => {
      stopStarting();
      running = true;
      mailbox.start();
      startLines();
    },
    pause: () => {
      running = false;
      stopStarting();
      mailbox.pause();
      for (const { subscription } of watched) subscription?.pause();
    },
    stop: () => {
      running = false;
      stopStarting();
      mailbox.stop();
      for (const { subscription } of watched) subscription?.stop();
    },
    watch: (colleagues) => {
      stopStarting();
      for (const { subscription } of watched) subscription?.stop();
      watched = colleagues.map(lineOf);
      publish();
      if (running) startLines();
    },
  };
}
