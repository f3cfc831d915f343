// One window holds the desk at a time. It may come back over a new link; another window has to wait
// until the first one's link is gone. Calls that no window holds are closed as interrupted.
import type { CoreEvent } from '../../../preload/contract/contract.ts';
import type { Cancel, Now, Schedule } from '../clock.ts';
import type { Link, SubjectHandlers } from '../connection/handlers.ts';
import { Refusal } from '../refusal.ts';

type Opened = Awaited<ReturnType<SubjectHandlers<'session'>['open']>>;

interface SessionDependencies {
  now: Now;
  schedule: Schedule;
  subscribe: (signal: AbortSignal) => AsyncGenerator<CoreEvent, void, void>;
  /** Closes every open call that is not in `held` and answers how many. */
  closeUnclaimed: (held: readonly string[]) => number;
  /** The desk was claimed or left. */
  onHeldChange: () => void;
  describe: () => Omit<Opened, 'interruptedCalls' | 'now'>;
}

export interface Session {
  handlers: SubjectHandlers<'session'>;
  held(): boolean;
  /** Throws DESK_OPEN_ELSEWHERE unless the desk is free or held by this link. */
  admit(link: Link, path: readonly string[]): void;
  linkClosed(link: Link): void;
  stop(): void;
}

/** What a window may ask before it holds the desk. */
const ALWAYS_ADMITTED = new Set(['session.open', 'session.ping']);
/** How long a window may be away before its calls are given up: a restart of core takes under 2 s. */
const CLAIM_WITHIN_MS = 10_000;

export function createSession(dependencies: SessionDependencies): Session {
  const { now, schedule, closeUnclaimed } = dependencies;
  let holder: { link: Link; windowId: string; since: number } | null = null;
  let interrupted = 0;
  let stopped = false;
  let cancelWait: Cancel = waitForClaim();

  function waitForClaim(): Cancel {
    return schedule.after(CLAIM_WITHIN_MS, () => {
      interrupted += closeUnclaimed([]);
    });
  }

  const handlers: Session['handlers'] = {
    open({ windowId, liveCalls }, link) {
      const other = holder !== null && holder.windowId !== windowId && !holder.link.closed.aborted;
      if (holder && other) throw new Refusal('DESK_OPEN_ELSEWHERE', { since: holder.since });
      cancelWait();
      interrupted += closeUnclaimed(liveCalls);
      link.windowId = windowId;
      const since = holder?.windowId === windowId ? holder.since : now();
      holder = { link, windowId, since };
      dependencies.onHeldChange();
      const interruptedCalls = interrupted;
      // Each is reported once, to the first window that comes.
      interrupted = 0;
      return { ...dependencies.describe(), interruptedCalls, now: now() };
    },
    events: (_input, link) => dependencies.subscribe(link.closed),
    ping: () => ({ now: now() }),
  };

  return {
    handlers,
    held: () => holder !== null,
    admit(link, path) {
      if (!holder || holder.link === link || holder.link.closed.aborted) return;
      if (ALWAYS_ADMITTED.has(path.join('.'))) return;
      throw new Refusal('DESK_OPEN_ELSEWHERE', { since: holder.since });
    },
    linkClosed(link) {
      if (stopped || holder?.link !== link) return;
      holder = null;
      cancelWait = waitForClaim();
      dependencies.onHeldChange();
    },
    stop() {
      stopped = true;
      cancelWait();
    },
  };
}
