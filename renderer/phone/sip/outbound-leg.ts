// A call out, which may take more than one INVITE: after a 3xx the next address is called, and after a
// 422 the same one with a longer session (RFC 3261 section 8.1.3.4, RFC 4028 section 7.3).
import { type Core, type URI, UserAgent } from 'sip.js';
import type { LegListener } from '../line.ts';
import type { Microphone } from '../media-port.ts';
import { nextRedirect } from './redirect.ts';
import { createSessionKeeper } from './session-keeper.ts';
import { type LegEnvironment, outboundAttempt, type SipLeg } from './sip-leg.ts';

export function outboundLeg(
  agent: UserAgent,
  target: URI,
  listener: LegListener,
  environment: LegEnvironment,
  replaces: string | null = null,
): SipLeg {
  const tried = [target.toString()];
  let microphone: Microphone | null = null;
  let invited = false;
  let cancelled = false;
  // Read by the first request only; the timers of the call belong to the attempt that is answered.
  const keeper = createSessionKeeper(environment.clock, {
    refresh: () => undefined,
    expired: () => undefined,
  });

  const attempt = (next: URI): SipLeg =>
    outboundAttempt(agent, next, listener, environment, {
      dialled: target,
      headers: [
        ...keeper.requestHeaders(),
        ...(replaces === null ? [] : [`Replaces: ${replaces}`]),
      ],
      refused: (response) => {
        const following = invited && !cancelled ? nextTarget(next, response) : null;
        if (!following) return false;
        const left = current;
        current = attempt(following);
        left.release();
        current.invite(microphone);
        return true;
      },
    });

  const nextTarget = (last: URI, response: Core.IncomingResponseMessage): URI | null => {
    const status = response.statusCode ?? 0;
    const header = (name: string): string | null => response.getHeader(name) ?? null;
    if (status === 422) return keeper.askMore(header) ? last : null;
    if (status < 300 || status > 399) return null;
    const uri = nextRedirect(response.getHeaders('contact'), tried, environment.redirects);
    const following = uri === null ? undefined : UserAgent.makeURI(uri);
    if (!following) return null;
    tried.push(following.toString());
    return following;
  };

  let current = attempt(target);
  return {
    prepare: () => current.prepare(),
    invite: (opened) => {
      invited = true;
      microphone = opened;
      current.invite(opened);
    },
    useMicrophone: (opened) => {
      microphone = opened;
      current.useMicrophone(opened);
    },
    progress: () => current.progress(),
    accept: (opened) => current.accept(opened),
    reject: (sipCode) => current.reject(sipCode),
    cancel: () => {
      cancelled = true;
      current.cancel();
    },
    bye: () => current.bye(),
    reinvite: (options) => current.reinvite(options),
    sendDtmf: (digit) => current.sendDtmf(digit),
    openMicrophone: (open) => current.openMicrophone(open),
    refer: (uri) => current.refer(uri),
    referReplacing: (consultation) => current.referReplacing(consultation),
    answerRefer: (accept) => current.answerRefer(accept),
    notifyRefer: (sipCode) => current.notifyRefer(sipCode),
    release: () => current.release(),
    connectionLost: () => current.connectionLost(),
    get session() {
      return current.session;
    },
    standingOf: (dialog) => current.standingOf(dialog),
  };
}
