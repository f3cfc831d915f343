// A SIP server and callee played by a test: what the desk sends lands in an inbox, and the test says
// what comes back. REGISTER, OPTIONS and SUBSCRIBE are answered by rules that a test may replace.
import { vi } from 'vitest';
import { FakeServer, FakeWebSocket } from './fake-web-socket.ts';
import {
  header,
  readSip,
  type SipMessage,
  tagOf,
  uriOf,
  writeResponse,
  writeSip,
} from './sip-message.ts';

export type Rule = (request: SipMessage) => string | null;

/** An answer a scripted callee would give, in directions as the callee sees them. */
export function sdp(
  direction = 'sendrecv',
  options: { address?: string; port?: number } = {},
): string {
  return [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    `c=IN IP4 ${options.address ?? '127.0.0.1'}`,
    't=0 0',
    `m=audio ${options.port ?? 40000} UDP/TLS/RTP/SAVPF 0`,
    'a=rtpmap:0 PCMU/8000',
    `a=${direction}`,
    '',
  ].join('\r\n');
}

export class ScriptedPeer {
  readonly server = new FakeServer();
  readonly inbox: SipMessage[] = [];
  /** Everything the desk ever sent. */
  readonly received: SipMessage[] = [];
  readonly rules = new Map<string, Rule>([
    ['REGISTER', (request) => this.registered(request)],
    ['OPTIONS', (request) => writeResponse(request, 200, { toTag: 'options' })],
    ['SUBSCRIBE', (request) => writeResponse(request, 489, { toTag: 'notifier' })],
  ]);
  #tags = 0;
  #branches = 0;
  #sending: string[] | null = null;

  constructor() {
    FakeWebSocket.server = this.server;
    this.server.onFrame = (frame) => this.#receive(frame);
  }

  #receive(frame: string): void {
    if (/^(\r\n)+$/.test(frame)) return this.server.send('\r\n');
    const message = readSip(frame);
    this.received.push(message);
    const rule = message.method === null ? undefined : this.rules.get(message.method);
    const answer = rule?.(message);
    if (answer) this.send(answer);
    else if (!rule) this.inbox.push(message);
  }

  send(frame: string): void {
    this.#sending?.push(frame);
    this.server.send(frame);
  }

  /** The frames that this sends, to be sent again. */
  copyOf(sending: () => void): string[] {
    const frames: string[] = [];
    this.#sending = frames;
    sending();
    this.#sending = null;
    return frames;
  }

  newTag(): string {
    this.#tags += 1;
    return `peer${this.#tags}`;
  }

  /** 200 with the desk's own Contact. */
  registered(request: SipMessage, seconds = 600): string {
    const contact = `<${uriOf(header(request, 'contact'))}>`;
    const expires = /expires=0/.test(header(request, 'contact')) ? 0 : seconds;
    return writeResponse(request, 200, {
      toTag: 'registrar',
      headers: expires === 0 ? [] : [['Contact', `${contact};expires=${expires}`]],
    });
  }

  /** The next request of this method, or the next response of this status, within 50 turns. */
  async next(what: string | number): Promise<SipMessage> {
    for (let turn = 0; turn < 50; turn += 1) {
      const index = this.inbox.findIndex(
        (m) => (typeof what === 'number' ? m.status : m.method) === what,
      );
      if (index >= 0) return this.inbox.splice(index, 1)[0] as SipMessage;
      await vi.advanceTimersByTimeAsync(0);
    }
    const seen = this.received.map((m) => m.method ?? m.status).join(' ');
    throw new Error(`no ${what}; received ${seen}`);
  }

  /** Whether a message of this kind has come and not been read. */
  has(what: string | number): boolean {
    return this.inbox.some((m) => (typeof what === 'number' ? m.status : m.method) === what);
  }

  sent(method: string): SipMessage[] {
    return this.received.filter((message) => message.method === method);
  }

  /** An INVITE to the desk's contact. */
  invite(
    options: {
      from?: string;
      headers?: readonly (readonly [string, string])[];
      body?: string;
      callId?: string;
    } = {},
  ): PeerDialog {
    const register = this.sent('REGISTER').at(-1);
    if (!register) throw new Error('The desk has not registered.');
    const dialog = new PeerDialog(this, {
      target: uriOf(header(register, 'contact')),
      callId: options.callId ?? `in-${this.newTag()}`,
      localTag: this.newTag(),
      from: options.from ?? '"Erika Muster" <sip:+4930123456@example.test>',
      to: '<sip:agent@example.test>',
    });
    dialog.request('INVITE', { headers: options.headers ?? [], body: options.body ?? sdp() });
    return dialog;
  }

  /** A request to the desk outside of any dialog. */
  outside(): PeerDialog {
    const register = this.sent('REGISTER').at(-1);
    if (!register) throw new Error('The desk has not registered.');
    const tag = this.newTag();
    return new PeerDialog(this, {
      target: uriOf(header(register, 'contact')),
      callId: `out-${tag}`,
      localTag: tag,
      from: '<sip:server@example.test>',
      to: '<sip:agent@example.test>',
    });
  }

  /** The dialog that answering this INVITE of the desk makes. */
  dialogOf(invite: SipMessage, localTag: string): PeerDialog {
    const dialog = new PeerDialog(this, {
      target: uriOf(header(invite, 'contact')),
      callId: header(invite, 'call-id'),
      localTag,
      from: header(invite, 'to'),
      to: header(invite, 'from'),
    });
    dialog.remoteTag = tagOf(header(invite, 'from'));
    return dialog;
  }

  branch(): string {
    this.#branches += 1;
    return `z9hG4bKpeer${this.#branches}`;
  }
}

const CONTACT = ['Contact', '<sip:peer@127.0.0.1:5060>'] as const;

/** One dialog from the peer's side. */
export class PeerDialog {
  readonly #peer: ScriptedPeer;
  readonly #head: { target: string; callId: string; localTag: string; from: string; to: string };
  remoteTag: string | null = null;
  #cseq = 100;
  #inviteVia = '';
  #inviteCseq = 100;

  constructor(
    peer: ScriptedPeer,
    head: { target: string; callId: string; localTag: string; from: string; to: string },
  ) {
    this.#peer = peer;
    this.#head = head;
  }

  get localTag(): string {
    return this.#head.localTag;
  }

  /** Sends a request; a dialog's own ACK and CANCEL repeat the INVITE's number. */
  request(
    method: string,
    options: {
      headers?: readonly (readonly [string, string])[];
      body?: string;
      contentType?: string;
    } = {},
  ): void {
    const repeats = method === 'ACK' || method === 'CANCEL';
    if (!repeats) this.#cseq += 1;
    const via =
      method === 'CANCEL' ? this.#inviteVia : `SIP/2.0/WS peer.test;branch=${this.#peer.branch()}`;
    if (method === 'INVITE') {
      this.#inviteVia = via;
      this.#inviteCseq = this.#cseq;
    }
    const to =
      this.remoteTag !== null && method !== 'CANCEL'
        ? `${this.#head.to};tag=${this.remoteTag}`
        : this.#head.to;
    this.#peer.send(
      writeSip(
        `${method} ${this.#head.target} SIP/2.0`,
        [
          ['Via', via],
          ['Max-Forwards', '70'],
          ['From', `${this.#head.from};tag=${this.#head.localTag}`],
          ['To', method === 'CANCEL' ? this.#head.to : stripDouble(to)],
          ['Call-ID', this.#head.callId],
          ['CSeq', `${repeats ? this.#inviteCseq : this.#cseq} ${method}`],
          ...(method === 'CANCEL' ? [] : [CONTACT]),
          ...(options.headers ?? []),
          ...(options.body
            ? [['Content-Type', options.contentType ?? 'application/sdp'] as const]
            : []),
        ],
        options.body ?? '',
      ),
    );
  }

  /** Sends a request with an old number or another oddity. */
  requestWithCseq(method: string, cseq: number): void {
    const kept = this.#cseq;
    this.#cseq = cseq - 1;
    this.request(method);
    this.#cseq = kept;
  }

  answer(
    request: SipMessage,
    status: number,
    body?: string,
    headers: readonly (readonly [string, string])[] = [],
  ): void {
    this.#peer.send(
      writeResponse(request, status, {
        toTag: this.#head.localTag,
        headers: [CONTACT, ...headers],
        ...(body === undefined ? {} : { body }),
      }),
    );
  }

  /** PRACK for a reliable provisional response of the desk. */
  acknowledgeProvisional(response: SipMessage): void {
    this.remoteTag = tagOf(header(response, 'to'));
    const rack = `${header(response, 'rseq')} ${header(response, 'cseq')}`;
    this.request('PRACK', { headers: [['RAck', rack]] });
  }

  /** Takes the tag from the desk's response and acknowledges it. */
  acknowledge(response: SipMessage, body?: string): void {
    this.remoteTag = tagOf(header(response, 'to'));
    this.request('ACK', body === undefined ? {} : { body });
  }
}

function stripDouble(to: string): string {
  const [first, ...tags] = to.split(';tag=');
  return tags.length === 0 ? to : `${first};tag=${tags.at(-1)}`;
}
