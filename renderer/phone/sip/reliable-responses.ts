// Reliable provisional responses (RFC 3262), from the caller's side.
import type { Core } from 'sip.js';

/**
 * Tells which 1xx of one INVITE to take: unreliable ones always, reliable ones in the order of their
 * RSeq and each once. sip.js would acknowledge a repeated one as if it were new.
 */
export function reliableResponses(): (message: Core.IncomingResponseMessage) => boolean {
  const last = new Map<string, number>();
  return (message) => {
    const rseq = Number.parseInt(message.getHeader('rseq') ?? '', 10);
    if (!/\b100rel\b/i.test(message.getHeader('require') ?? '') || !(rseq > 0)) return true;
    const before = last.get(message.toTag);
    if (before !== undefined && rseq !== before + 1) return false;
    last.set(message.toTag, rseq);
    return true;
  };
}

export function isSdp(message: Core.IncomingMessage): boolean {
  const type = message.getHeader('content-type') ?? '';
  return message.body !== '' && /^\s*application\/sdp\b/i.test(type);
}
