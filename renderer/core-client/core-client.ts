// The window's client of core: keeps one link alive, claims the desk on each, gives every call a
// time-out and one kind of error, and says what changed.
import type { CoreEvent } from '../../preload/contract/contract.ts';
import type { Core, Opening } from './core.ts';
import { CoreError, coreErrorFrom, refusalOf } from './core-error.ts';
import type { Link, OpenLink } from './link.ts';

export type CoreState =
  | { phase: 'connecting' }
  | { phase: 'ready'; opening: Opening }
  /** Was ready; `opening` is what core said last. The telephone goes on meanwhile. */
  | { phase: 'lost'; opening: Opening; since: number }
  | { phase: 'elsewhere'; since: number }
  /** Core is there and refuses to open the desk. */
  | { phase: 'refused'; error: CoreError };

export interface CoreClient {
  readonly core: Core;
  state(): CoreState;
  subscribe(listener: () => void): () => void;
  /** Every event of core, and `linked` when a link has been claimed and earlier news may be missing. */
  onEvent(listener: (event: CoreEvent | { type: 'linked' }) => void): () => void;
  /** Looks again at once, after `elsewhere` or `refused`. */
  retry(): void;
  close(): void;
}

interface CoreClientOptions {
  open: OpenLink;
  windowId: string;
  /** Calls that this window still holds when it claims the desk anew. */
  liveCalls: () => string[];
  now?: () => number;
  callWithinMs?: number;
  heartbeatEveryMs?: number;
}

/** Close together at first: a core that was killed is back within half a second. */
const RELINK_AFTER_MS = [
  0, 50, 75, 100, 100, 100, 150, 150, 200, 200, 250, 400, 800, 1_000,
] as const;
const CALL_WITHIN_MS = 5_000;
const HEARTBEAT_EVERY_MS = 5_000;
const HEARTBEAT_WITHIN_MS = 3_000;
/** A rebuild reads every fact of the book. */
const SLOW_CALLS: Record<string, number> = {
  'kpi.rebuild': 120_000,
  'fields.purge': 600_000,
  'merges.merge': 30_000,
  'merges.undo': 30_000,
  'practice.nextCaller': 12_000,
};

export function createCoreClient(options: CoreClientOptions): CoreClient {
  const now = options.now ?? Date.now;
  const callWithin = options.callWithinMs ?? CALL_WITHIN_MS;
  const heartbeatEvery = options.heartbeatEveryMs ?? HEARTBEAT_EVERY_MS;
  const listeners = new Set<() => void>();
  const eventListeners = new Set<(event: CoreEvent | { type: 'linked' }) => void>();
  let state: CoreState = { phase: 'connecting' };
  let link: Link | null = null;
  let waiters = new Set<(link: Link) => void>();
  let attempt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let beat: ReturnType<typeof setInterval> | undefined;
  let closed = false;

  function enter(next: CoreState) {
    state = next;
    for (const listener of listeners) listener();
  }

  function emit(event: CoreEvent | { type: 'linked' }) {
    for (const listener of eventListeners) listener(event);
  }

  async function relink() {
    let fresh: Link | null = null;
    try {
      fresh = await options.open();
      if (closed) return fresh.close();
      const opening = (await callOver(fresh, ['session', 'open'], callWithin, {
        windowId: options.windowId,
        liveCalls: options.liveCalls(),
      })) as Opening;
      standOn(fresh, opening);
    } catch (thrown) {
      fresh?.close();
      if (!closed) afterFailure(coreErrorFrom(thrown));
    }
    return undefined;
  }

  function afterFailure(error: CoreError) {
    const elsewhere = refusalOf(error, 'DESK_OPEN_ELSEWHERE');
    if (elsewhere) return enter({ phase: 'elsewhere', since: elsewhere.since });
    if (error.problem.kind === 'refused') enter({ phase: 'refused', error });
    schedule();
  }

  function schedule() {
    const wait = RELINK_AFTER_MS[Math.min(attempt, RELINK_AFTER_MS.length - 1)] ?? 1_000;
    attempt += 1;
    clearTimeout(timer);
    timer = setTimeout(() => void relink(), wait);
  }

  function standOn(fresh: Link, opening: Opening) {
    link = fresh;
    attempt = 0;
    fresh.onDead(() => {
      if (link !== fresh) return;
      link = null;
      clearInterval(beat);
      if (closed) return;
      enter({ phase: 'lost', opening, since: now() });
      schedule();
    });
    // A link that died meanwhile has already scheduled the next one.
    if (link !== fresh) return;
    beat = setInterval(() => void checkAlive(fresh), heartbeatEvery);
    void listen(fresh);
    enter({ phase: 'ready', opening });
    const waiting = waiters;
    waiters = new Set();
    for (const wake of waiting) wake(fresh);
    emit({ type: 'linked' });
  }

  async function checkAlive(current: Link) {
    try {
      await callOver(current, ['session', 'ping'], HEARTBEAT_WITHIN_MS, {});
    } catch {
      if (link === current) current.close();
    }
  }

  async function listen(current: Link) {
    try {
      const end = new AbortController();
      current.onDead(() => end.abort());
      const events = (await current.call(
        ['session', 'events'],
        undefined,
        end.signal,
      )) as AsyncIterable<CoreEvent>;
      for await (const event of events) emit(event);
    } catch {
      // Told apart below: a dead link has been noticed already, a broken stream ends the link.
    }
    if (link === current) current.close();
  }

  /** The link that stands, or the next one if it comes before the time is up. */
  function standingLink(within: number): Promise<Link> {
    if (link) return Promise.resolve(link);
    return new Promise((resolve, reject) => {
      const overdue = setTimeout(() => {
        waiters.delete(wake);
        reject(new CoreError({ kind: 'unreachable' }));
      }, within);
      const wake = (fresh: Link) => {
        clearTimeout(overdue);
        resolve(fresh);
      };
      waiters.add(wake);
    });
  }

  async function request(path: readonly string[], input: unknown): Promise<unknown> {
    if (closed) throw new CoreError({ kind: 'unreachable' });
    const within = SLOW_CALLS[path.join('.')] ?? callWithin;
    return callOver(await standingLink(within), path, within, input ?? {});
  }

  void relink();
  return {
    core: methodsOver(request),
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    onEvent: (listener) => {
      eventListeners.add(listener);
      return () => void eventListeners.delete(listener);
    },
    retry: () => {
      if (link || closed) return;
      attempt = 0;
      enter({ phase: 'connecting' });
      clearTimeout(timer);
      void relink();
    },
    close: () => {
      closed = true;
      clearTimeout(timer);
      clearInterval(beat);
      link?.close();
      link = null;
    },
  };
}

/** One call over one link; ends with an answer, a CoreError when time is up, or when the link dies. */
async function callOver(link: Link, path: readonly string[], within: number, input: unknown) {
  const abort = new AbortController();
  let overdue: ReturnType<typeof setTimeout> | undefined;
  let forget = () => {};
  const broken = new Promise<never>((_, reject) => {
    overdue = setTimeout(() => reject(new CoreError({ kind: 'timedOut' })), within);
    forget = link.onDead(() => reject(new CoreError({ kind: 'unreachable' })));
  });
  try {
    return await Promise.race([link.call(path, input, abort.signal), broken]);
  } catch (thrown) {
    abort.abort();
    throw coreErrorFrom(thrown);
  } finally {
    clearTimeout(overdue);
    forget();
  }
}

/** Turns `core.calls.append(input)` into a request; the contract's types say what there is. */
function methodsOver(request: (path: readonly string[], input: unknown) => Promise<unknown>): Core {
  const subjects = new Map<string, object>();
  return new Proxy({} as Core, {
    get: (_, subject) => {
      if (typeof subject !== 'string') return undefined;
      let methods = subjects.get(subject);
      if (!methods) {
        methods = new Proxy(
          {},
          {
            get: (_target, method) =>
              typeof method === 'string'
                ? (input: unknown) => request([subject, method], input)
                : undefined,
          },
        );
        subjects.set(subject, methods);
      }
      return methods;
    },
  });
}
