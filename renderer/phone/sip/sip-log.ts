// What the line sent and received, for whoever has to find out why a call did not come about. Secrets
// never enter it: credentials, passwords in addresses, media keys and the keys that were pressed.
import type { Clock } from '../clock.ts';
import type { SipLogEntry } from '../phone.ts';

export interface SipLog {
  add(direction: SipLogEntry['direction'], message: string): void;
  entries(): readonly SipLogEntry[];
}

/** Messages that are kept; older ones go. */
export const SIP_LOG_LIMIT = 500;
const TEXT_LIMIT = 8_000;

export function createSipLog(clock: Clock): SipLog {
  let kept: SipLogEntry[] = [];
  return {
    add: (direction, message) => {
      // The connection's own keep-alives would soon be all that is left.
      if (/^CSeq[ \t]*:[ \t]*\d+[ \t]+OPTIONS\b/im.test(message)) return;
      const text = withoutSecrets(message);
      const summary = text.slice(0, Math.max(text.indexOf('\r\n'), 0) || 200).slice(0, 200);
      kept = [...kept.slice(1 - SIP_LOG_LIMIT), { at: clock.now(), direction, summary, text }];
    },
    entries: () => kept,
  };
}

/** The message as it may be shown and sent on: see above; of SDP only media, addresses and directions. */
export function withoutSecrets(message: string): string {
  const end = message.indexOf('\r\n\r\n');
  const head = (end < 0 ? message : message.slice(0, end)).slice(0, TEXT_LIMIT);
  const body = end < 0 ? '' : message.slice(end + 4, end + 4 + TEXT_LIMIT);
  const shown = head
    .replace(/\r\n[ \t]+/g, ' ')
    .replace(/^((?:Proxy-)?Authorization[ \t]*:[ \t]*)[^\r\n]*/gim, '$1…')
    .replace(/(\bsips?:[^\s:@<>";]{1,200}):[^\s@<>"]{1,200}@/gi, '$1:…@');
  const text = body === '' ? '' : bodyWithoutSecrets(head, body);
  return text === '' ? shown : `${shown}\r\n\r\n${text}`;
}

function bodyWithoutSecrets(head: string, body: string): string {
  const type = /^(?:content-type|c)[ \t]*:[ \t]*([^\s;,]+)/im.exec(head)?.[1]?.toLowerCase() ?? '';
  if (type.startsWith('application/dtmf'))
    return body.replace(/^(\s*(?:signal\s*=\s*)?)[0-9*#a-d]\s*$/gim, '$1…');
  const looksLikeSdp = /^v=0\r?$/m.test(body);
  if (type !== 'application/sdp' && !looksLikeSdp) return body;
  return body
    .split(/\r?\n/)
    .filter((line) => /^(?:m=|c=|a=(?:sendrecv|sendonly|recvonly|inactive)\s*$)/.test(line))
    .join('\r\n');
}
