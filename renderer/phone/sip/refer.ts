// REFER within a call (RFC 3515, RFC 3892, RFC 5589): asking the other side to call somebody, being
// asked to, and the NOTIFYs about it. sip.js' own way has one slot for NOTIFYs, does not escape, and
// calls every target ended.
import { type Core, type Notification, type Session, SessionState } from 'sip.js';
import type { LegInput, ReferTarget } from '../line.ts';
import { numberOf } from './remote-party.ts';

const REFER_TO_LIMIT = 1_500;
const SIPFRAG = /^SIP\/2\.0[ \t]+(\d{3})\b/;
const REASONS: Readonly<Record<number, string>> = {
  100: 'Trying',
  180: 'Ringing',
  183: 'Session Progress',
  200: 'OK',
  404: 'Not Found',
  408: 'Request Timeout',
  480: 'Temporarily Unavailable',
  486: 'Busy Here',
  487: 'Request Terminated',
  488: 'Not Acceptable Here',
  603: 'Decline',
};

export interface CallReferring {
  refer(uri: string): void;
  referReplacing(consultation: Session): void;
  answer(accept: boolean): ReferTarget | null;
  notify(sipCode: number): void;
  /** In place of sip.js' own, which leaves a REFER that it cannot read without an answer. */
  onRefer(request: Core.IncomingReferRequest): void;
  onNotify(notification: Notification): void;
  /** A REFER that nobody answered is refused when the call ends. */
  release(): void;
}

/** The REFERs of one call. */
export function callReferring(session: Session, report: (input: LegInput) => void): CallReferring {
  /** CSeq of our newest REFER; null before the first. */
  let ours: number | null = null;
  let asked: { request: Core.IncomingReferRequest; target: ReferTarget } | null = null;
  /** The `Event` of the REFER that we follow; null when there is nobody to notify. */
  let followed: string | null = null;
  let answered = 0;

  const send = (referTo: string): void => {
    const { dialog } = session;
    if (!dialog || session.state !== SessionState.Established) {
      return report({ type: 'referRejected', sipCode: 481 });
    }
    const rejected = ({ message }: Core.IncomingResponse): void =>
      report({ type: 'referRejected', sipCode: message.statusCode ?? 500 });
    const request = dialog.refer(
      {
        onAccept: () => report({ type: 'referAccepted' }),
        onRedirect: rejected,
        onReject: rejected,
      },
      {
        extraHeaders: [
          `Refer-To: <${referTo}>`,
          `Referred-By: <${session.userAgent.configuration.uri.toString()}>`,
        ],
      },
    );
    ours = request.message.cseq;
  };

  return {
    refer: send,
    referReplacing: (consultation) => {
      const referTo = referToReplacing(consultation);
      if (referTo === null) report({ type: 'referRejected', sipCode: 481 });
      else send(referTo);
    },
    onNotify: (notification) => {
      const { request } = notification;
      const [, event = '', id] = /^\s*([\w.-]+)(?:.*;\s*id=(\d+))?/i.exec(
        request.getHeader('event') ?? '',
      ) ?? [''];
      if (event.toLowerCase() !== 'refer') {
        notification.reject({ statusCode: 489 }).catch(() => undefined);
        return;
      }
      if (ours === null) {
        notification.reject({ statusCode: 481 }).catch(() => undefined);
        return;
      }
      notification.accept().catch(() => undefined);
      // What an earlier REFER still has to say decides nothing any more.
      if (id !== undefined && Number(id) !== ours) return;
      report({
        type: 'referProgress',
        sipCode: Number(SIPFRAG.exec(request.body)?.[1] ?? 0) || null,
        over: /^\s*terminated\b/i.test(request.getHeader('subscription-state') ?? ''),
      });
    },
    onRefer: (request) => {
      const headers = request.message.getHeaders('refer-to');
      const target = headers.length === 1 ? referTargetIn(headers[0] ?? '') : null;
      if (session.state !== SessionState.Established) request.reject({ statusCode: 481 });
      else if (!target) request.reject({ statusCode: 400 });
      else if (asked) request.reject({ statusCode: 603 });
      else {
        asked = { request, target };
        report({ type: 'referReceived', target: target.remote.number ?? target.remote.uri });
      }
    },
    answer: (accept) => {
      if (!asked) return null;
      const { request, target } = asked;
      asked = null;
      if (!accept) {
        request.reject({ statusCode: 603 });
        return null;
      }
      answered += 1;
      // Section 2.4.6: the second and later REFERs of a call are told apart by their CSeq.
      followed = answered === 1 ? 'refer' : `refer;id=${request.message.cseq}`;
      request.accept({ statusCode: 202 });
      return target;
    },
    notify: (sipCode) => {
      const { dialog } = session;
      const event = followed;
      if (event === null || !dialog || session.state !== SessionState.Established) return;
      if (sipCode >= 200) followed = null;
      dialog.notify(
        {
          onReject: () => {
            followed = null;
          },
        },
        {
          extraHeaders: [
            `Event: ${event}`,
            `Subscription-State: ${sipCode >= 200 ? 'terminated;reason=noresource' : 'active;expires=180'}`,
          ],
          body: {
            contentDisposition: 'render',
            contentType: 'message/sipfrag;version=2.0',
            content: `SIP/2.0 ${sipCode} ${REASONS[sipCode] ?? 'Result'}\r\n`,
          },
        },
      );
    },
    release: () => {
      asked?.request.reject({ statusCode: 603 });
      asked = null;
    },
  };
}

/**
 * The Refer-To by which somebody takes our place in this call (RFC 3891, RFC 5589 section 7): its
 * contact, or its address of record where the contact cannot be reached from elsewhere.
 */
function referToReplacing(consultation: Session): string | null {
  const { dialog } = consultation;
  if (!dialog || consultation.state !== SessionState.Established) return null;
  const { callId, localTag, remoteTag } = dialog;
  const behindSocket =
    /\.invalid$/i.test(dialog.remoteTarget.host) ||
    /^wss?$/i.test(dialog.remoteTarget.getParam('transport') ?? '');
  const target = behindSocket ? dialog.remoteURI.clone() : dialog.remoteTarget.clone();
  target.clearHeaders();
  if (behindSocket) target.clearParams();
  const replaces = `${callId};to-tag=${remoteTag};from-tag=${localTag}`;
  return `${target.toString()}?Replaces=${encodeURIComponent(replaces)}`;
}

/** Whom a Refer-To asks us to call; null when that is nobody who can be called. */
function referTargetIn(value: string): ReferTarget | null {
  if (value.length > REFER_TO_LIMIT) return null;
  const [, quoted, bare = '', inside] =
    /^\s*(?:"((?:[^"\\]|\\.)*)"|([^<"]*?))\s*<([^<>\s]+)>/.exec(value) ?? [];
  const uri = inside ?? /^\s*([^\s;,<>]+)/.exec(value)?.[1] ?? '';
  const [address = '', headers = ''] = uri.split('?', 2);
  const [called = '', ...params] = address.split(';');
  if (params.some((param) => /^method=/i.test(param) && !/^method=invite$/i.test(param))) {
    return null;
  }
  if (!/^sips?:[^\s@]+@[^\s@]+$/i.test(called) || called.length > 500) return null;
  const display = (quoted?.replace(/\\(.)/g, '$1') ?? bare).trim().slice(0, 200);
  return {
    remote: {
      uri: called,
      number: numberOf(called),
      display: display === '' ? null : display,
      anonymous: false,
    },
    replaces: replacesIn(headers),
  };
}

/** Of the headers that a Refer-To may carry only Replaces is taken over (RFC 3261 section 19.1.5). */
function replacesIn(headers: string): string | null {
  const escaped = /(?:^|&)replaces=([^&]+)/i.exec(headers)?.[1];
  if (escaped === undefined) return null;
  try {
    const replaces = decodeURIComponent(escaped);
    return /^[^\r\n,]{1,500}$/.test(replaces) ? replaces : null;
  } catch {
    return null;
  }
}
