// A call on the SIP line once it has a session: re-INVITEs, digits, timers, REFER and its end. The gaps of
// sip.js' Session are closed here.
import {
  type Invitation,
  type Core,
  Inviter,
  RequestPendingError,
  type Session,
  SessionState,
} from 'sip.js';
import type { EndCause } from '../../../preload/contract/vocabulary.ts';
import type { LegInput, LegListener } from '../line.ts';
import type { LegMedia } from './leg-media.ts';
import { digitIn, DTMF_RELAY, dtmfRelayBody } from './dtmf-info.ts';
import type { LegEnvironment, SipLeg } from './sip-leg.ts';
import { createSessionKeeper, type SessionKeeper } from './session-keeper.ts';
import type { ReadHeader } from './session-timer.ts';
import { callReferring } from './refer.ts';
import type { ReplacedDialog, ReplacedStanding } from './replaces.ts';

/** What both directions of a call have in common. */
export interface SessionLeg {
  common: Pick<
    SipLeg,
    | 'bye'
    | 'reinvite'
    | 'sendDtmf'
    | 'openMicrophone'
    | 'refer'
    | 'referReplacing'
    | 'answerRefer'
    | 'notifyRefer'
    | 'release'
    | 'connectionLost'
    | 'session'
    | 'standingOf'
  >;
  delegate: NonNullable<Session['delegate']>;
  /** A 2xx has come and its answer is being applied. */
  applyingAnswer: boolean;
  acknowledged: boolean;
  keeper: SessionKeeper;
  openMedia(): LegMedia | null;
  report(input: LegInput): void;
  reportHold(): void;
  gone(cause: EndCause, sipCode: number | null): void;
}

export function sessionLeg(
  session: Session,
  listener: LegListener,
  environment: LegEnvironment,
): SessionLeg {
  let media: LegMedia | null = null;
  let over = false;
  /** Our re-INVITE is being made or waits for its final response. */
  let ownOffer = false;
  let byeWanted = false;

  const report = (input: LegInput): void => {
    if (!over) listener.input(input);
  };
  const gone = (cause: EndCause, sipCode: number | null): void => {
    if (over) return;
    listener.input({ type: 'sessionGone', cause, sipCode });
  };
  const reportHold = (): void => {
    if (media) report({ type: 'remoteHold', held: media.hold.remote });
  };
  const sayBye = (): void => {
    byeWanted = false;
    session.bye().catch(() => gone('failed', null));
  };

  const referring = callReferring(session, report);

  const keeper = createSessionKeeper(environment.clock, {
    refresh: () => report({ type: 'sessionRefresh' }),
    expired: () => report({ type: 'sessionExpired' }),
  });

  const leg: SessionLeg = {
    applyingAnswer: false,
    acknowledged: false,
    keeper,
    delegate: {
      onBye: (bye) => {
        bye.accept().catch(() => undefined);
        report({ type: 'byeReceived' });
      },
      onNotify: referring.onNotify,
      onInfo: (info) => {
        const { request } = info;
        const digit = digitIn(request.getHeader('content-type') ?? '', request.body);
        if (digit !== null) report({ type: 'digitReceived', digit });
        const understood = digit !== null || request.body === '';
        (understood ? info.accept() : info.reject({ statusCode: 415 })).catch(() => undefined);
      },
      onInvite: (request, _response, statusCode) => {
        const answeredInAck = request.body === '';
        if (statusCode >= 300) report({ type: 'peerOfferDone' });
        else if (!answeredInAck) reportHold();
      },
    },
    openMedia: () => {
      if (media) return media;
      try {
        media = environment.makeMedia({
          iceServers: environment.iceServers,
          clock: environment.clock,
          listener: {
            state: (state) => report({ type: 'media', media: state }),
            remoteStream: (stream) => listener.remoteStream(stream),
            connection: (connection) => listener.connection(connection),
          },
        });
        session.data = media;
        return media;
      } catch {
        gone('mediaFailed', null);
        return null;
      }
    },
    report,
    reportHold,
    gone,
    common: {
      bye: () => {
        if (session.state === SessionState.Established) sayBye();
        else if (session.state === SessionState.Establishing) byeWanted = true;
      },
      reinvite: (wish) => {
        if (!media || session.state !== SessionState.Established) return;
        media.prepareOffer(wish);
        ownOffer = true;
        const refused = (sipCode: number): void => {
          ownOffer = false;
          report({ type: 'reinviteRejected', sipCode });
        };
        session
          .invite({
            requestOptions: { extraHeaders: keeper.requestHeaders() },
            requestDelegate: {
              onAccept: ({ message }) => {
                ownOffer = false;
                if (session.state !== SessionState.Established) return;
                keeper.agreed(headersOf(message));
                report({ type: 'reinviteAccepted' });
                reportHold();
              },
              onRedirect: () => refused(488),
              onReject: ({ message }) => {
                const more = message.statusCode === 422 && keeper.askMore(headersOf(message));
                // Nothing is known against it but its time: it is asked for again like after a glare.
                refused(more ? 491 : (message.statusCode ?? 500));
              },
            },
          })
          .catch((error: unknown) => refused(error instanceof RequestPendingError ? 491 : 500));
      },
      sendDtmf: (digit) => {
        if (environment.dtmf === 'rfc4733' && media?.sendDtmf(digit)) return;
        session
          .info({
            requestOptions: {
              body: {
                contentDisposition: 'render',
                contentType: DTMF_RELAY,
                content: dtmfRelayBody(digit),
              },
            },
          })
          .catch(() => undefined);
      },
      openMicrophone: (open) => media?.openMicrophone(open),
      refer: referring.refer,
      referReplacing: (consultation) => referring.referReplacing((consultation as SipLeg).session),
      answerRefer: referring.answer,
      notifyRefer: referring.notify,
      session,
      standingOf: (dialog) => standingOf(session, dialog),
      release: () => {
        over = true;
        keeper.stop();
        referring.release();
        media?.close();
      },
      connectionLost: () => {
        if (ownOffer) abandonReinvite(session);
        forgetPeerOffer(session);
      },
    },
  };

  session.delegate = leg.delegate;
  intercept(session, 'onInviteRequest', (original) => (request) => {
    const incoming = request as Core.IncomingInviteRequest;
    // sip.js notices its own offer only once it is sent; while it gathers candidates it would take
    // theirs for an answer (RFC 3261 section 14.2).
    if (ownOffer) {
      incoming.reject({ statusCode: 491 });
      return undefined;
    }
    const timer = keeper.asked(headersOf(incoming.message));
    if ('tooShort' in timer) {
      incoming.reject({ statusCode: 422, extraHeaders: [`Min-SE: ${timer.tooShort}`] });
      return undefined;
    }
    const accept = incoming.accept.bind(incoming);
    incoming.accept = (options = { statusCode: 200 }) => {
      timer.agree();
      const extraHeaders = [...(options.extraHeaders ?? []), ...timer.headers];
      return accept({ ...options, extraHeaders });
    };
    report({ type: 'peerOffers' });
    return original(request);
  });
  // Nobody transfers the agent's call without the agent being asked.
  intercept(session, 'onReferRequest', () => (request) => {
    referring.onRefer(request as Core.IncomingReferRequest);
  });
  intercept(session, 'onAckRequest', (original) => (request) => {
    leg.acknowledged = true;
    report({ type: 'ackReceived' });
    const applied = Promise.resolve(original(request));
    applied
      .then(() => {
        reportHold();
        report({ type: 'peerOfferDone' });
      })
      .catch(() => undefined);
    return applied;
  });
  session.stateChange.addListener((state) => {
    if (state === SessionState.Established && byeWanted) queueMicrotask(sayBye);
    if (state !== SessionState.Terminated) return;
    // What ended it, if anything else did, is reported in the same turn.
    const applying = leg.applyingAnswer;
    environment.clock.after(0, () =>
      applying ? gone('notAcceptable', 488) : gone('failed', null),
    );
  });
  return leg;
}

function standingOf(
  session: Session,
  { callId, ownTag, theirTag }: ReplacedDialog,
): ReplacedStanding {
  const { dialog } = session;
  const confirmed =
    session.state === SessionState.Established || session.state === SessionState.Terminating;
  if (dialog && confirmed) {
    if (dialog.callId !== callId || dialog.localTag !== ownTag || dialog.remoteTag !== theirTag) {
      return 'unknown';
    }
    return session.state === SessionState.Established ? 'confirmed' : 'ending';
  }
  const early = session.userAgent.userAgentCore.dialogs.get(callId + ownTag + theirTag);
  const { request } = session as Inviter | Invitation;
  if (!early || request.callId !== callId) return 'unknown';
  return session instanceof Inviter ? 'earlyOut' : 'earlyIn';
}

export function headersOf(message: Core.IncomingMessage): ReadHeader {
  return (name) => message.getHeader(name) ?? null;
}

/** Replaces a method of one sip.js object that its types keep to themselves. */
export function intercept(
  target: object,
  method: string,
  wrap: (original: (...args: unknown[]) => unknown) => (...args: unknown[]) => unknown,
): void {
  const original = Reflect.get(target, method) as (...args: unknown[]) => unknown;
  Object.defineProperty(target, method, {
    value: wrap(original.bind(target)),
    configurable: true,
    writable: true,
  });
}

/** The ACK to our answer went with the connection; sip.js would wait for it for ever and send nothing. */
function forgetPeerOffer(session: Session): void {
  const { dialog } = session;
  if (dialog) Reflect.set(dialog, 'reinviteUserAgentServer', undefined);
}

/** Ends a re-INVITE's wait at once, as a 503; sip.js would hold the session for the 32 s of timer B. */
function abandonReinvite(session: Session): void {
  const client: unknown = Reflect.get(session.dialog ?? {}, 'reinviteUserAgentClient');
  if (typeof client !== 'object' || client === null) return;
  const { onTransportError, dispose } = client as {
    onTransportError?: (error: Error) => void;
    dispose?: () => void;
  };
  dispose?.call(client);
  onTransportError?.call(client, new Error('Connection lost.'));
}
