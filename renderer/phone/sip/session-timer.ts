// Session timers (RFC 4028): both sides agree on how long a call lasts without a sign of the other
// side, and on who renews it. Rules only; the leg keeps the time.

/** Seconds that we ask for, and the least that we take (RFC 4028 sections 4 and 5). */
export const SESSION_EXPIRES = 1_800;
export const MIN_SE = 90;

export interface SessionTimer {
  seconds: number;
  /** Who has to renew it. */
  refresher: 'us' | 'them';
}

export type ReadHeader = (name: string) => string | null;

/** What our INVITE or re-INVITE asks for; a renewal says who is the refresher, a first one leaves it open. */
export function timerHeaders(
  seconds: number,
  minSe: number,
  refresher: SessionTimer['refresher'] | null,
): string[] {
  const who = refresher === null ? '' : `;refresher=${refresher === 'us' ? 'uac' : 'uas'}`;
  return [`Session-Expires: ${seconds}${who}`, `Min-SE: ${minSe}`];
}

/** What the 2xx to our request has agreed to; null: the call does not expire. */
export function timerAsCaller(response: ReadHeader): SessionTimer | null {
  const said = sessionExpiresIn(response);
  if (!said) return null;
  return { seconds: said.seconds, refresher: said.refresher === 'uas' ? 'them' : 'us' };
}

/** What we make of the other side's request: an answer's headers, or that its time is too short (422). */
export function timerAsCallee(
  request: ReadHeader,
): { timer: SessionTimer | null; headers: string[] } | { tooShort: number } {
  const said = sessionExpiresIn(request);
  if (!said) return { timer: null, headers: [] };
  if (said.seconds < MIN_SE) return { tooShort: MIN_SE };
  const able = /(?:^|[\s,])timer(?:$|[\s,])/i.test(request('supported') ?? request('k') ?? '');
  // Who cannot do timers will not renew: then it is ours to do (table 2 of the RFC).
  const refresher = said.refresher ?? (able ? 'uac' : 'uas');
  return {
    timer: { seconds: said.seconds, refresher: refresher === 'uac' ? 'them' : 'us' },
    headers: [
      `Session-Expires: ${said.seconds};refresher=${refresher}`,
      ...(refresher === 'uac' ? ['Require: timer'] : []),
    ],
  };
}

/** What a 422 asks for; null when it says nothing that can be done. */
export function minSeIn(response: ReadHeader): number | null {
  const seconds = Number.parseInt(response('min-se') ?? '', 10);
  return seconds > 0 && seconds <= 86_400 ? seconds : null;
}

/** ms until we renew the call: half of its time. */
export function refreshAfter(timer: SessionTimer): number {
  return timer.seconds * 500;
}

/** ms until we take the other side for gone: a little before the end (section 10). */
export function expiresAfter(timer: SessionTimer): number {
  return (timer.seconds - Math.min(32, timer.seconds / 3)) * 1_000;
}

function sessionExpiresIn(
  header: ReadHeader,
): { seconds: number; refresher: 'uac' | 'uas' | null } | null {
  const value = header('session-expires') ?? header('x');
  const seconds = Number.parseInt(/^\s*(\d{1,9})/.exec(value ?? '')?.[1] ?? '', 10);
  if (value === null || !(seconds > 0)) return null;
  const refresher = /;\s*refresher\s*=\s*(uac|uas)/i.exec(value)?.[1]?.toLowerCase();
  return {
    seconds: Math.min(seconds, 86_400),
    refresher: refresher === 'uac' || refresher === 'uas' ? refresher : null,
  };
}
