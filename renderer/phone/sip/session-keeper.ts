// Keeps the session timer of one call (RFC 4028): what its requests and answers say of it, when to renew
// the call, and when to take the other side for gone.
import type { Clock } from '../clock.ts';
import {
  expiresAfter,
  MIN_SE,
  minSeIn,
  type ReadHeader,
  refreshAfter,
  SESSION_EXPIRES,
  type SessionTimer,
  timerAsCallee,
  timerAsCaller,
  timerHeaders,
} from './session-timer.ts';

export interface SessionKeeper {
  /** For our INVITE or re-INVITE. */
  requestHeaders(): string[];
  /** A 2xx to it has come. */
  agreed(response: ReadHeader): void;
  /** A 422 to it has come; whether another try asks for more. */
  askMore(response: ReadHeader): boolean;
  /** Their INVITE or re-INVITE: what our 2xx says, or the least that we take (422). */
  asked(request: ReadHeader): { headers: string[]; agree(): void } | { tooShort: number };
  stop(): void;
}

export function createSessionKeeper(
  clock: Clock,
  on: { refresh(): void; expired(): void },
): SessionKeeper {
  let timer: SessionTimer | null = null;
  let wanted = SESSION_EXPIRES;
  let minSe = MIN_SE;
  let stopTimers: () => void = () => undefined;

  const keep = (agreed: SessionTimer | null): void => {
    stopTimers();
    timer = agreed;
    if (!agreed) return;
    const stopExpiry = clock.after(expiresAfter(agreed), on.expired);
    const stopRefresh =
      agreed.refresher === 'us' ? clock.after(refreshAfter(agreed), on.refresh) : null;
    stopTimers = () => {
      stopExpiry();
      stopRefresh?.();
    };
  };

  return {
    requestHeaders: () => {
      const seconds = Math.max(timer?.seconds ?? wanted, minSe);
      return timerHeaders(seconds, minSe, timer?.refresher ?? null);
    },
    agreed: (response) => keep(timerAsCaller(response)),
    askMore: (response) => {
      const least = minSeIn(response);
      if (least === null || least <= minSe) return false;
      minSe = least;
      wanted = Math.max(wanted, least);
      return true;
    },
    asked: (request) => {
      const answer = timerAsCallee(request);
      if ('tooShort' in answer) return answer;
      return { headers: answer.headers, agree: () => keep(answer.timer) };
    },
    stop: () => stopTimers(),
  };
}
