// One call on the SIP line: turns what sip.js reports into inputs of the call reducer, and what the
// reducer wants into sip.js' calls. The gaps of sip.js' Session are closed here and only here.
import {
  type Cancel,
  type Core,
  type Invitation,
  Inviter,
  RequestPendingError,
  type Session,
  SessionState,
  type URI,
  type UserAgent,
} from 'sip.js';
import type { EndCause } from '../../../preload/contract/vocabulary.ts';
import type { Clock } from '../clock.ts';
import type { Leg, LegInput, LegListener } from '../line.ts';
import type { LegMedia, MakeLegMedia } from './leg-media.ts';
import { unsupportedExtensions } from './extensions.ts';

export interface LegEnvironment {
  makeMedia: MakeLegMedia;
  iceServers: readonly RTCIceServer[];
  clock: Clock;
}

/** A leg plus what the line itself needs of it. */
export interface SipLeg extends Leg {
  /** The connection is gone: whatever was asked over it will not be answered. */
  connectionLost(): void;
}

/** For `sessionDescriptionHandlerFactory`: the media that the leg has made for this session. */
export function mediaOfSession(session: Session): LegMedia {
  const media = session.data as LegMedia | undefined;
  if (!media) throw new Error('This call has no media yet.');
  return media;
}

export function outboundLeg(
  agent: UserAgent,
  target: URI,
  listener: LegListener,
  environment: LegEnvironment,
): SipLeg {
  const inviter = new Inviter(agent, target, { earlyMedia: false });
  const leg = sessionLeg(inviter, listener, environment);
  intercept(inviter, 'onAccept', (original) => (...args) => {
    leg.applyingAnswer = true;
    listener.input({ type: 'accepted' });
    return original(...args);
  });
  // In place of the delegate's onProgress, which can come after the answer.
  intercept(inviter, 'onProgress', (original) => (response) => {
    const { message } = response as Core.IncomingResponse;
    leg.report({
      type: 'provisional',
      sipCode: message.statusCode ?? 180,
      withMedia: message.body !== '',
    });
    return original(response);
  });
  const refused = (sipCode: number): void => {
    leg.report({ type: 'rejected', sipCode });
  };
  return {
    ...leg.common,
    prepare: () => leg.openMedia()?.offerAhead(),
    invite: (microphone) => {
      if (inviter.state !== SessionState.Initial) return;
      leg.openMedia()?.useMicrophone(microphone);
      inviter
        .invite({
          requestDelegate: {
            onTrying: () => leg.report({ type: 'provisional', sipCode: 100, withMedia: false }),
            onAccept: () => {
              leg.applyingAnswer = false;
              if (inviter.state === SessionState.Established) {
                leg.report({ type: 'ackSent' });
                leg.reportHold();
              }
            },
            onRedirect: ({ message }) => refused(message.statusCode ?? 300),
            onReject: ({ message }) => refused(message.statusCode ?? 500),
          },
        })
        .then(() => leg.report({ type: 'inviteSent' }))
        .catch(() => leg.gone('failed', null));
    },
    progress: () => undefined,
    accept: () => undefined,
    reject: () => undefined,
    cancel: () => {
      if (inviter.state === SessionState.Initial || inviter.state === SessionState.Establishing) {
        inviter.cancel().catch(() => undefined);
      }
    },
  };
}

export function inboundLeg(
  invitation: Invitation,
  listener: LegListener,
  environment: LegEnvironment,
): SipLeg {
  const leg = sessionLeg(invitation, listener, environment);
  const reject = (statusCode: number): void => {
    if (
      invitation.state === SessionState.Initial ||
      invitation.state === SessionState.Establishing
    ) {
      invitation.reject({ statusCode }).catch(() => undefined);
    }
  };
  leg.delegate.onCancel = (cancel: Cancel) => {
    const reason = cancel.request.getHeader('reason') ?? '';
    leg.report({
      type: 'cancelReceived',
      answeredElsewhere: /^\s*SIP\b.*;\s*cause\s*=\s*200\b/i.test(reason),
    });
  };
  return {
    ...leg.common,
    prepare: () => undefined,
    invite: () => undefined,
    cancel: () => undefined,
    progress: () => {
      invitation
        .progress({ statusCode: 180 })
        .then(() => leg.report({ type: 'progressSent' }))
        .catch(() => leg.gone('failed', null));
    },
    accept: (microphone) => {
      if (invitation.state !== SessionState.Initial) return;
      leg.openMedia()?.useMicrophone(microphone);
      // sip.js would answer 480 to an offer that cannot be used.
      intercept(
        invitation,
        'setOfferAndGetAnswer',
        (original) =>
          (...args) =>
            (original(...args) as Promise<unknown>).catch((error: unknown) => {
              reject(488);
              throw error;
            }),
      );
      invitation
        .accept()
        .then(() => {
          leg.report({ type: 'okSent' });
          leg.reportHold();
        })
        .catch(() => leg.gone('notAcceptable', 488));
    },
    reject,
  };
}

interface SessionLeg {
  common: Pick<
    SipLeg,
    'bye' | 'reinvite' | 'sendDtmf' | 'openMicrophone' | 'release' | 'connectionLost'
  >;
  delegate: NonNullable<Session['delegate']>;
  /** A 2xx has come and its answer is being applied. */
  applyingAnswer: boolean;
  openMedia(): LegMedia | null;
  report(input: LegInput): void;
  reportHold(): void;
  gone(cause: EndCause, sipCode: number | null): void;
}

/** What both directions have in common. */
function sessionLeg(
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

  const leg: SessionLeg = {
    applyingAnswer: false,
    delegate: {
      onBye: (bye) => {
        bye.accept().catch(() => undefined);
        report({ type: 'byeReceived' });
      },
      // Nobody transfers the agent's call without being asked; asking comes with transfers.
      onRefer: (referral) => {
        referral.reject({ statusCode: 603 }).catch(() => undefined);
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
            requestDelegate: {
              onAccept: () => {
                ownOffer = false;
                if (session.state !== SessionState.Established) return;
                report({ type: 'reinviteAccepted' });
                reportHold();
              },
              onRedirect: () => refused(488),
              onReject: ({ message }) => refused(message.statusCode ?? 500),
            },
          })
          .catch((error: unknown) => refused(error instanceof RequestPendingError ? 491 : 500));
      },
      sendDtmf: (digit) => {
        if (media?.sendDtmf(digit)) return;
        session
          .info({
            requestOptions: {
              body: {
                contentDisposition: 'render',
                contentType: 'application/dtmf-relay',
                content: `Signal=${digit}\r\nDuration=160`,
              },
            },
          })
          .catch(() => undefined);
      },
      openMicrophone: (open) => media?.openMicrophone(open),
      release: () => {
        over = true;
        media?.close();
      },
      connectionLost: () => {
        if (ownOffer) abandonReinvite(session);
      },
    },
  };

  session.delegate = leg.delegate;
  intercept(session, 'onInviteRequest', (original) => (request) => {
    const incoming = request as Core.IncomingInviteRequest;
    const unsupported = unsupportedExtensions(incoming.message.getHeaders('require'));
    if (unsupported.length > 0) {
      incoming.reject({
        statusCode: 420,
        extraHeaders: [`Unsupported: ${unsupported.join(', ')}`],
      });
      return undefined;
    }
    // sip.js notices its own offer only once it is sent; while it gathers candidates it would take
    // theirs for an answer (RFC 3261 section 14.2).
    if (ownOffer) {
      incoming.reject({ statusCode: 491 });
      return undefined;
    }
    report({ type: 'peerOffers' });
    return original(request);
  });
  intercept(session, 'onAckRequest', (original) => (request) => {
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

/** Replaces a method of one sip.js object that its types keep to themselves. */
function intercept(
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
