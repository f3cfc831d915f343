// Dialling for other programs. Core cannot dial: it asks the window, which asks the agent where the
// setting wants it, dials, and tells the call's id. Whoever asked waits for that, for a while.
import type { DialRequest } from '../../../preload/contract/api.ts';
import type { Cancel, Now, Schedule } from '../clock.ts';
import type { NewId } from '../ids.ts';
import { Refusal } from '../refusal.ts';
import { ApiProblem } from './problem.ts';

interface DiallingDependencies {
  now: Now;
  newId: NewId;
  schedule: Schedule;
  /** Whether a window holds the desk. */
  windowHeld: () => boolean;
  mode: () => 'ask' | 'direct' | 'off';
  /** The window is to ask again what is wanted. */
  tellWindow: () => void;
}

interface Wanted {
  request: DialRequest;
  claimed: boolean;
  settle: (outcome: { callId: string } | ApiProblem) => void;
  cancelTimer: Cancel;
}

export interface DialOrder {
  number: string;
  customerId: string | null;
  customerName: string | null;
  askedBy: string;
  /** This token need not wait for the agent. */
  dialsDirectly: boolean;
  gone: AbortSignal;
}

type DialResult =
  | { kind: 'placed'; callId: string }
  | { kind: 'declined' }
  | { kind: 'failed'; problem: string };

const AGENT_WITHIN_MS = 30_000;
/** The microphone may have to be allowed first. */
const WINDOW_WITHIN_MS = 15_000;
const MOST_WAITING = 5;

export function createDialling(dependencies: DiallingDependencies) {
  const { now, newId, schedule, windowHeld, mode, tellWindow } = dependencies;
  const waiting = new Map<string, Wanted>();

  function forget(requestId: string): void {
    waiting.get(requestId)?.cancelTimer();
    if (waiting.delete(requestId)) tellWindow();
  }

  function found(requestId: string): Wanted {
    const wanted = waiting.get(requestId);
    if (!wanted) throw new Refusal('NOT_FOUND', { what: 'dialRequest', id: requestId });
    return wanted;
  }

  return {
    /** Resolves with the call's id once the window has placed it; throws ApiProblem otherwise. */
    dial(order: DialOrder): Promise<{ callId: string }> {
      if (mode() === 'off') throw new ApiProblem('dialling-off');
      if (!windowHeld()) throw new ApiProblem('no-window');
      if (waiting.size >= MOST_WAITING) throw new ApiProblem('conflict');
      const ask = mode() === 'ask' && !order.dialsDirectly;
      const { number, customerId, customerName, askedBy } = order;
      const request: DialRequest = {
        ...{ requestId: newId(), number, customerId, customerName, askedBy, ask, at: now() },
      };
      const { requestId } = request;
      return new Promise((resolve, reject) => {
        const giveUp = () => settle(new ApiProblem('dialling-unanswered'));
        const settle = (outcome: { callId: string } | ApiProblem) => {
          order.gone.removeEventListener('abort', giveUp);
          forget(requestId);
          if (outcome instanceof ApiProblem) reject(outcome);
          else resolve(outcome);
        };
        const within = ask ? AGENT_WITHIN_MS : WINDOW_WITHIN_MS;
        waiting.set(requestId, {
          ...{ request, claimed: false, settle },
          cancelTimer: schedule.after(within, giveUp),
        });
        order.gone.addEventListener('abort', giveUp);
        tellWindow();
      });
    },

    /** What is still to be asked or dialled. */
    requests: (): DialRequest[] =>
      [...waiting.values()].filter(({ claimed }) => !claimed).map(({ request }) => request),

    /** The window begins: nobody else may, and the other program waits for the telephone now. */
    claim(requestId: string): void {
      const wanted = found(requestId);
      if (wanted.claimed) throw new Refusal('NOT_FOUND', { what: 'dialRequest', id: requestId });
      wanted.claimed = true;
      wanted.cancelTimer();
      wanted.cancelTimer = schedule.after(WINDOW_WITHIN_MS, () =>
        wanted.settle(new ApiProblem('dialling-unanswered')),
      );
      tellWindow();
    },

    answer(requestId: string, result: DialResult): void {
      const { settle } = found(requestId);
      if (result.kind === 'placed') settle({ callId: result.callId });
      else if (result.kind === 'declined') settle(new ApiProblem('dialling-declined'));
      else settle(new ApiProblem('phone-not-ready', { detail: result.problem }));
    },

    /** No window is there any more that could dial. */
    windowLeft(): void {
      for (const { settle } of waiting.values()) settle(new ApiProblem('no-window'));
    },
  };
}
