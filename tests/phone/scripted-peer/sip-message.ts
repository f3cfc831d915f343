// A SIP reader and writer of its own, so that the peer does not share the mistakes of what it tests.

export interface SipMessage {
  /** Set in requests. */
  method: string | null;
  uri: string | null;
  /** Set in responses. */
  status: number | null;
  /** In the order of the message, names in lower case. */
  headers: readonly (readonly [string, string])[];
  body: string;
  text: string;
}

export function readSip(text: string): SipMessage {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) throw new Error('no end of headers');
  const [start = '', ...lines] = text.slice(0, end).split('\r\n');
  const response = /^SIP\/2\.0 (\d{3})/.exec(start);
  const request = /^([A-Z]+) (\S+) SIP\/2\.0$/.exec(start);
  if (!response && !request) throw new Error(`bad start line ${start}`);
  return {
    method: request?.[1] ?? null,
    uri: request?.[2] ?? null,
    status: response?.[1] ? Number(response[1]) : null,
    headers: lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
    }),
    body: text.slice(end + 4),
    text,
  };
}

export function header(message: SipMessage, name: string): string {
  const found = message.headers.find(([key]) => key === name.toLowerCase())?.[1];
  if (found === undefined) throw new Error(`no ${name} in\n${message.text}`);
  return found;
}

export function headerOrNull(message: SipMessage, name: string): string | null {
  return message.headers.find(([key]) => key === name.toLowerCase())?.[1] ?? null;
}

export function tagOf(value: string): string | null {
  return /;tag=([^;>\s]+)/.exec(value)?.[1] ?? null;
}

export function uriOf(value: string): string {
  return /<([^>]+)>/.exec(value)?.[1] ?? value;
}

export function cseqOf(message: SipMessage): number {
  return Number.parseInt(header(message, 'cseq'), 10);
}

export function writeSip(
  start: string,
  headers: readonly (readonly [string, string])[],
  body = '',
): string {
  const length = new TextEncoder().encode(body).length;
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  return [start, ...lines, `Content-Length: ${length}`, '', body].join('\r\n');
}

/** A response to this request; `toTag` makes or names the dialog. */
export function writeResponse(
  request: SipMessage,
  status: number,
  options: {
    toTag?: string;
    headers?: readonly (readonly [string, string])[];
    body?: string;
    reason?: string;
  } = {},
): string {
  const to = header(request, 'to');
  const tagged =
    options.toTag !== undefined && tagOf(to) === null ? `${to};tag=${options.toTag}` : to;
  return writeSip(
    `SIP/2.0 ${status} ${options.reason ?? 'Scripted'}`,
    [
      ...request.headers.filter(([name]) => name === 'via').map(([, via]) => ['Via', via] as const),
      ['From', header(request, 'from')],
      ['To', tagged],
      ['Call-ID', header(request, 'call-id')],
      ['CSeq', header(request, 'cseq')],
      ...(options.headers ?? []),
      ...(options.body ? [['Content-Type', 'application/sdp'] as const] : []),
    ],
    options.body,
  );
}
