// One call on the SIP line: turns what sip.js reports into inputs of the call reducer, and what the
// reducer wants into sip.js' calls. The gaps of sip.js' Session are closed here and only here.
import {
  type Cancel,
  type Core,
  type Invitation,
  Inviter,
  type InviterInviteOptions,
  type Session,
  SessionState,
  type URI,
  type UserAgent,
} from 'sip.js';
import type { Clock } from '../clock.ts';
import type { Leg, LegListener } from '../line.ts';
import type { LegMedia, MakeLegMedia } from './leg-media.ts';
import type { RedirectPolicy } from './redirect.ts';
import { isSdp, reliableResponses } from './reliable-responses.ts';
import { headersOf, intercept, sessionLeg } from './session-leg.ts';
import type { ReplacedDialog, ReplacedStanding } from './replaces.ts';

export interface LegEnvironment {
  makeMedia: MakeLegMedia;
  /** For calls out; what was made in advance, if there is something. */
  makeOffering: MakeLegMedia;
  iceServers: readonly RTCIceServer[];
  clock: Clock;
  dtmf: 'rfc4733' | 'info';
  earlyMedia: boolean;
  redirects: RedirectPolicy;
  /** Spares an INVITE the round trip of a challenge where it can. */
  authorizeUpfront(request: Core.OutgoingRequestMessage): void;
}

/** One INVITE of a call out. */
export interface OutboundAttempt {
  /** Whom the agent dialled; a redirected INVITE keeps it in To. */
  dialled: URI;
  headers: string[];
  /** A final refusal; true when the call goes on with another attempt. */
  refused(response: Core.IncomingResponseMessage): boolean;
}

/** A leg plus what the line itself needs of it. */
export interface SipLeg extends Leg {
  /** The connection is gone: whatever was asked over it will not be answered. */
  connectionLost(): void;
  readonly session: Session;
  /** How the call stands that this dialog names, if it is this one. */
  standingOf(dialog: ReplacedDialog): ReplacedStanding;
}

/** For `sessionDescriptionHandlerFactory`: the media that the leg has made for this session. */
export function mediaOfSession(session: Session): LegMedia {
  const media = session.data as LegMedia | undefined;
  if (!media) throw new Error('This call has no media yet.');
  return media;
}

export function outboundAttempt(
  agent: UserAgent,
  target: URI,
  listener: LegListener,
  environment: LegEnvironment,
  attempt: OutboundAttempt,
): SipLeg {
  const inviter = new Inviter(agent, target, {
    earlyMedia: false,
    extraHeaders: attempt.headers,
    params: { toUri: attempt.dialled },
  });
  const leg = sessionLeg(inviter, listener, {
    ...environment,
    makeMedia: environment.makeOffering,
  });
  intercept(inviter, 'onAccept', (original) => (...args) => {
    leg.applyingAnswer = true;
    const { message } = args[0] as Core.IncomingResponse;
    leg.keeper.agreed(headersOf(message));
    listener.input({ type: 'accepted' });
    return original(...args);
  });
  // In place of the delegate's onProgress, which can come after the answer.
  const isNew = reliableResponses();
  intercept(inviter, 'onProgress', (original) => (response) => {
    const { message } = response as Core.IncomingResponse;
    if (!isNew(message)) return Promise.resolve();
    if (environment.earlyMedia && isSdp(message)) leg.openMedia()?.hearEarly(message.body);
    leg.report({
      type: 'provisional',
      sipCode: message.statusCode ?? 180,
      withMedia: message.body !== '',
    });
    return original(response);
  });
  const refused = ({ message }: Core.IncomingResponse): void => {
    if (attempt.refused(message)) return;
    leg.report({ type: 'rejected', sipCode: message.statusCode ?? 500 });
  };
  return {
    ...leg.common,
    prepare: () => {
      // Whoever asks for the offer hears of a failure.
      leg
        .openMedia()
        ?.offerAhead()
        .catch(() => undefined);
    },
    useMicrophone: (microphone) => leg.openMedia()?.useMicrophone(microphone),
    invite: (microphone) => {
      if (inviter.state !== SessionState.Initial) return;
      const media = leg.openMedia();
      if (microphone) media?.useMicrophone(microphone);
      else media?.offerAhead().catch(() => undefined);
      environment.authorizeUpfront(inviter.request);
      sendInvite(inviter, media?.readyOffer() ?? null, {
        requestDelegate: {
          onTrying: () => leg.report({ type: 'provisional', sipCode: 100, withMedia: false }),
          onAccept: () => {
            leg.applyingAnswer = false;
            if (inviter.state === SessionState.Established) {
              leg.report({ type: 'ackSent' });
              leg.reportHold();
            }
          },
          onRedirect: refused,
          onReject: refused,
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

/**
 * sip.js asks for an offer by promises; between them the page would paint first what the agent's click
 * has changed. An offer that is there goes out within the click.
 */
async function sendInvite(
  inviter: Inviter,
  offer: string | null,
  options: InviterInviteOptions,
): Promise<void> {
  if (offer === null) {
    await inviter.invite(options);
    return;
  }
  inviter.request.body = { body: offer, contentType: 'application/sdp' };
  // The offer is in the request already.
  await inviter.invite({ ...options, withoutSdp: true });
}

export function inboundLeg(
  invitation: Invitation,
  listener: LegListener,
  environment: LegEnvironment,
): SipLeg {
  const leg = sessionLeg(invitation, listener, environment);
  const reliable = (): boolean =>
    invitation.request.getHeaders('require').some((header) => /\b100rel\b/i.test(header));
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
  whenByeComesEarly(invitation, () => {
    reject(487);
    leg.report({ type: 'cancelReceived', answeredElsewhere: false });
  });
  return {
    ...leg.common,
    prepare: () => {
      const { request } = invitation;
      // A reliable 180 has taken the offer already, and an INVITE without one wants ours.
      if (invitation.state !== SessionState.Initial || reliable() || !isSdp(request)) return;
      leg.openMedia()?.answerAhead(request.body);
    },
    invite: () => undefined,
    useMicrophone: () => undefined,
    cancel: () => undefined,
    progress: () => {
      // A reliable 180 brings our answer with it, and is done only when it is acknowledged (RFC 3262).
      const early = reliable();
      if (early && !leg.openMedia()) return;
      const sent = (): void => leg.report({ type: 'progressSent' });
      invitation
        .progress({ statusCode: 180 })
        .then(early ? () => undefined : sent)
        .catch(() => leg.gone('failed', null));
      if (early) sent();
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
      const timer = leg.keeper.asked(headersOf(invitation.request));
      invitation
        .accept('tooShort' in timer ? {} : { extraHeaders: timer.headers })
        .then(() => {
          if ('agree' in timer) timer.agree();
          leg.report({ type: 'okSent' });
          // A quick ACK may have come before sip.js said that the 200 was sent.
          if (leg.acknowledged) leg.report({ type: 'ackReceived' });
          leg.reportHold();
        })
        .catch(() => leg.gone('notAcceptable', 488));
    },
    reject,
  };
}

/**
 * A caller may say BYE while it rings (RFC 3261 section 15), which takes the INVITE back like a CANCEL.
 * sip.js answers such a BYE and lets the call ring on.
 */
function whenByeComesEarly(invitation: Invitation, then: () => void): void {
  const incoming = Reflect.get(invitation, 'incomingInviteRequest') as Core.IncomingInviteRequest;
  let watched: object | null = null;
  intercept(incoming, 'progress', (original) => (options) => {
    const response = original(options) as Core.OutgoingResponseWithSession;
    if (watched !== response.session) {
      watched = response.session;
      intercept(watched, 'receiveRequest', (receive) => (message) => {
        receive(message);
        const { method } = message as Core.IncomingRequestMessage;
        if (method === 'BYE' && invitation.state !== SessionState.Established) then();
      });
    }
    return response;
  });
}
