// Digits as INFO bodies: application/dtmf-relay with a signal and a duration, and the older
// application/dtmf with the digit alone. No RFC names them; these are the forms in use.

export const DTMF_RELAY = 'application/dtmf-relay';
const DURATION = 160;

export function dtmfRelayBody(digit: string): string {
  return `Signal=${digit}\r\nDuration=${DURATION}`;
}

/** The digit in a received INFO; null when there is none that we know. */
export function digitIn(contentType: string, body: string): string | null {
  const type = contentType.split(';')[0]?.trim().toLowerCase();
  const found =
    type === DTMF_RELAY
      ? /^\s*Signal\s*=\s*([0-9*#A-D]|1[0-5])\s*$/im.exec(body)?.[1]
      : type === 'application/dtmf'
        ? /^\s*([0-9*#A-D]|1[0-5])\s*$/i.exec(body)?.[1]
        : undefined;
  if (found === undefined) return null;
  // Some send the event number of RFC 4733 for what has no digit.
  return found.length === 2 ? ('*#ABCD'[Number(found) - 10] ?? null) : found.toUpperCase();
}
