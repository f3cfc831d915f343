// The practice line's server: a registrar that takes everyone, and a proxy between the desk and the
// practice customers. It reads and writes real SIP messages (RFC 3261) and keeps no other state than
// where the desk is registered.
import type { Wire } from './memory-transport.ts';

export const PRACTICE_DOMAIN = 'practice.invalid';

const MAX_EXPIRES_SECONDS = 3600;
const DEFAULT_EXPIRES_SECONDS = 600;

export interface Exchange {
  readonly desk: Wire;
  readonly customers: Wire;
  registered(): boolean;
  /** Tells that a desk has registered or gone. */
  onRegistration(listener: () => void): () => void;
}

/** `customerContact` is the URI at which the practice customers' user agent answers. */
export function createExchange(customerContact: () => string, newTag: () => string): Exchange {
  const listeners = new Set<() => void>();
  let deskContact: string | null = null;

  const register = (contact: string | null) => {
    if (contact === deskContact) return;
    deskContact = contact;
    for (const listener of listeners) listener();
  };

  const desk = createWire((message) => {
    if (message === '\r\n\r\n') {
      desk.deliver('\r\n');
      return;
    }
    const request = requestFrom(message);
    if (request?.method === 'REGISTER') {
      const binding = bindingFrom(message);
      register(binding.expires === 0 ? null : binding.contact);
      const lines =
        binding.contact === null || binding.expires === 0
          ? []
          : [`Contact: <${binding.contact}>;expires=${binding.expires}`];
      desk.deliver(responseTo(message, 200, 'OK', newTag(), lines));
      return;
    }
    if (request?.method === 'OPTIONS' && !hasToTag(message)) {
      desk.deliver(responseTo(message, 200, 'OK', newTag(), ['Accept: application/sdp']));
      return;
    }
    customers.deliver(request ? retargeted(message, request, customerContact()) : message);
  });

  const customers = createWire((message) => {
    const request = requestFrom(message);
    if (!request || request.host !== PRACTICE_DOMAIN) {
      desk.deliver(message);
      return;
    }
    if (deskContact !== null) desk.deliver(retargeted(message, request, deskContact));
    else if (request.method !== 'ACK') {
      customers.deliver(responseTo(message, 480, 'Temporarily Unavailable', newTag(), []));
    }
  });

  return {
    desk: desk.wire,
    customers: customers.wire,
    registered: () => deskContact !== null,
    onRegistration(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function createWire(onSent: (message: string) => void) {
  let receiver: ((message: string) => void) | null = null;
  // A network never answers before the sender has finished sending; timers would be slowed down in
  // a hidden window.
  const later = (run: () => void) => queueMicrotask(run);
  const wire: Wire = {
    attach(receive) {
      receiver = receive;
    },
    detach(receive) {
      if (receiver === receive) receiver = null;
    },
    send: (message) => later(() => onSent(message)),
  };
  return { wire, deliver: (message: string) => later(() => receiver?.(message)) };
}

interface RequestLine {
  method: string;
  uri: string;
  host: string;
}

function requestFrom(message: string): RequestLine | null {
  const match = /^([A-Z]+) (sips?:(?:[^@\s]*@)?([^\s;:?]+)\S*) SIP\/2\.0\r\n/.exec(message);
  const [, method, uri, host] = match ?? [];
  return method && uri && host ? { method, uri, host: host.toLowerCase() } : null;
}

/** A proxy replaces the Request-URI by the registered contact (RFC 3261, 16.6); To keeps who was called. */
function retargeted(message: string, request: RequestLine, contact: string): string {
  return `${request.method} ${contact} SIP/2.0${message.slice(message.indexOf('\r\n'))}`;
}

function headerLines(message: string, name: string): string[] {
  const head = message.slice(0, message.indexOf('\r\n\r\n') + 2);
  return head.match(new RegExp(`^${name}[ \\t]*:.*$`, 'gim'))?.map((line) => line.trimEnd()) ?? [];
}

const hasToTag = (message: string): boolean =>
  /;\s*tag=/i.test(headerLines(message, 'To')[0] ?? '');

function bindingFrom(message: string): { contact: string | null; expires: number } {
  const contactLine = headerLines(message, 'Contact')[0] ?? '';
  const contact = /<([^>]+)>/.exec(contactLine)?.[1] ?? null;
  const wanted =
    /;\s*expires=(\d+)/i.exec(contactLine)?.[1] ??
    /:\s*(\d+)/.exec(headerLines(message, 'Expires')[0] ?? '')?.[1];
  const expires = wanted === undefined ? DEFAULT_EXPIRES_SECONDS : Number(wanted);
  return { contact, expires: Math.min(expires, MAX_EXPIRES_SECONDS) };
}

function responseTo(
  request: string,
  code: number,
  reason: string,
  tag: string,
  lines: readonly string[],
): string {
  const to = headerLines(request, 'To').map((line) =>
    hasToTag(request) ? line : `${line};tag=${tag}`,
  );
  return [
    `SIP/2.0 ${code} ${reason}`,
    ...headerLines(request, 'Via'),
    ...headerLines(request, 'From'),
    ...to,
    ...headerLines(request, 'Call-ID'),
    ...headerLines(request, 'CSeq'),
    ...lines,
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
}
