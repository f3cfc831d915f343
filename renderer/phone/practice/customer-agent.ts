// The practice customers' user agent: takes the desk's calls and calls the desk.
import { Inviter, SessionState, UserAgent, Web } from 'sip.js';
import type { Invitation, Session } from 'sip.js';
import type { Clock } from '../clock.ts';
import { closeConnection } from '../sip/close-connection.ts';
import type { PracticeAudio } from './customer-audio.ts';
import { customerBehaviour, GIVES_UP_AFTER_MS, talkMs } from './customer-behaviour.ts';
import { PRACTICE_DOMAIN } from './exchange.ts';
import { followReferral } from './practice-transfer.ts';
import type { MemoryTransportConstructor } from './memory-transport.ts';

/** Who rings: shown to the agent as a caller's number and name would be. */
export interface PracticeCustomer {
  /** As dialled, e.g. +49 30 1234567. */
  number: string;
  display: string | null;
}

export interface CustomerAgent {
  start(): Promise<void>;
  /** URI at which the exchange reaches this user agent. */
  contact(): string;
  /** Whether any call is going on or being set up. */
  busy(): boolean;
  call(deskUri: string, customer: PracticeCustomer): void;
  /** The customer hangs up, or gives up ringing. */
  hangUp(): void;
  stop(): Promise<void>;
}

export interface CustomerAgentOptions {
  transportConstructor: MemoryTransportConstructor;
  audio: PracticeAudio;
  clock: Clock;
  /** Tells that a call began or ended. */
  onBusyChange: () => void;
}

export function createCustomerAgent(options: CustomerAgentOptions): CustomerAgent {
  const { audio, clock, onBusyChange } = options;
  const random = () => clock.random();
  const hangUps = new Map<Session, () => void>();

  const userAgent = new UserAgent({
    uri: practiceUri('customer'),
    transportConstructor: options.transportConstructor,
    logBuiltinEnabled: false,
    userAgentString: 'Anklang practice customer',
    // Own rules end a call that nobody answers; this is only beyond them.
    noAnswerTimeout: 90,
    // A busy line does not ring first.
    sendInitialProvisionalResponse: false,
    sessionDescriptionHandlerFactory: (session) => sessionDescriptionHandler(session, audio),
    delegate: {
      onInvite: (invitation) => takeCall(invitation),
    },
  });

  /** Runs what belongs to a call's life; timers of a call end with it. */
  const follow = (session: Session, hangUp: () => void) => {
    const timers = new Set<() => void>();
    const later = (ms: number, run: () => void): void => void timers.add(clock.after(ms, run));
    hangUps.set(session, hangUp);
    session.delegate = {
      // sip.js would dial by itself without this.
      onRefer: (referral) => followReferral(session, referral, random, later),
      onInfo: (info) => void info.accept().catch(() => undefined),
    };
    session.stateChange.addListener((state) => {
      if (state === SessionState.Established) {
        for (const cancel of timers) cancel();
        timers.clear();
        timers.add(clock.after(talkMs(random), hangUp));
      }
      if (state === SessionState.Terminated) {
        for (const cancel of timers) cancel();
        if (hangUps.delete(session)) onBusyChange();
      }
    });
    onBusyChange();
    return later;
  };

  const takeCall = (invitation: Invitation) => {
    const dialled = invitation.request.to.uri.user ?? '';
    const behaviour = customerBehaviour(decodeURIComponent(dialled), random);
    const later = follow(invitation, () => {
      if (invitation.state === SessionState.Established) ignoreLate(invitation.bye());
      else ignoreLate(invitation.reject({ statusCode: 480 }));
    });
    const end = () => {
      if (behaviour.kind === 'answers') {
        // The desk may have cancelled in the same moment.
        ignoreLate(invitation.accept());
      } else {
        ignoreLate(invitation.reject({ statusCode: behaviour.sipCode }));
      }
    };
    if (behaviour.ringMs === 0) {
      end();
      return;
    }
    ignoreLate(invitation.progress({ statusCode: 180 }));
    later(behaviour.ringMs, end);
  };

  return {
    start: () => userAgent.start(),
    contact: () => userAgent.contact.uri.toString(),
    busy: () => hangUps.size > 0,
    call(deskUri, customer) {
      const target = UserAgent.makeURI(deskUri);
      if (!target) throw new Error('The desk has no address.');
      const inviter = new Inviter(userAgent, target, {
        params: {
          fromUri: practiceUri(dialable(customer.number)),
          fromDisplayName: quotable(customer.display ?? ''),
        },
      });
      const hangUp = () => {
        if (inviter.state === SessionState.Established) ignoreLate(inviter.bye());
        else ignoreLate(inviter.cancel());
      };
      const later = follow(inviter, hangUp);
      later(GIVES_UP_AFTER_MS, hangUp);
      ignoreLate(inviter.invite());
    },
    hangUp() {
      for (const hangUp of hangUps.values()) hangUp();
    },
    async stop() {
      for (const hangUp of hangUps.values()) hangUp();
      await userAgent.stop();
    },
  };
}

/**
 * Both sides act on a call in the same moment now and then; the session's state then already says
 * what became of it, and the refused action has nothing to add.
 */
function ignoreLate(action: Promise<unknown>): void {
  action.catch(() => undefined);
}

function sessionDescriptionHandler(session: Session, audio: PracticeAudio) {
  const customer = audio.openCustomer();
  const handler = new Web.SessionDescriptionHandler(
    session.userAgent.getLogger('practice'),
    () => Promise.resolve(customer.stream),
    // Both ends are in this page: no STUN server, and gathering ends with the host candidates.
    { iceGatheringTimeout: 500, peerConnectionConfiguration: { iceServers: [] } },
  );
  handler.peerConnectionDelegate = { ontrack: () => customer.listenTo(handler.remoteMediaStream) };
  const close = handler.close.bind(handler);
  handler.close = () => closeConnection({ close });
  session.stateChange.addListener((state) => {
    if (state === SessionState.Terminated) customer.close();
  });
  return handler;
}

function practiceUri(user: string) {
  const uri = UserAgent.makeURI(`sip:${user}@${PRACTICE_DOMAIN}`);
  if (!uri) throw new Error('Not an address.');
  return uri;
}

/** A number as the user part of a SIP URI; anything else than its signs is left out. */
function dialable(number: string): string {
  return number.replaceAll(/[^\d+*a-z]/gi, '') || 'anonymous';
}

/** What may stand between the quotes of a display name without escapes. */
function quotable(display: string): string {
  return display.replaceAll(/["\\\p{Cc}]/gu, '').trim();
}
