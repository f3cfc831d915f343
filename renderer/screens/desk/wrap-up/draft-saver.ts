// Stores what is typed, shortly after it is typed, until core has it. One draft per call is kept in
// memory from the first key on, so that a core that restarts loses nothing.
import type { WrapUpDraft } from '../../../../preload/contract/wrap-ups.ts';
import type { Core } from '../../../core-client/core.ts';
import { coreProblemOf } from '../../../core-client/core-error.ts';

/** `stored`: core has all of it. `waiting`: it is kept here and will be sent. `gone`: nobody waits for it. */
export type DraftState = 'stored' | 'waiting' | 'gone';

interface Timers {
  after: (ms: number, run: () => void) => () => void;
}

export const browserTimers: Timers = {
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

interface SaverOptions {
  saveDraft: Core['wrapUps']['saveDraft'];
  timers?: Timers;
  /** From the last key to the sending, ms. */
  delayMs?: number;
  /** From a failure to the next attempt, ms. */
  retryMs?: number;
}

interface Kept {
  /** null until core has opened the call's wrap-up. */
  wrapUpId: string | null;
  revision: number;
  /** What core does not have yet. */
  unsent: WrapUpDraft | null;
  sending: Promise<void> | null;
  stopTimer: (() => void) | null;
  state: DraftState;
}

export interface DraftSaver {
  /** The wrap-up that core keeps for this call, and its revision. */
  attach: (callId: string, wrapUpId: string, revision: number) => void;
  edit: (callId: string, draft: WrapUpDraft) => void;
  state: (callId: string) => DraftState;
  /** Sends at once whatever waits; resolves when core has it or an attempt has failed. */
  flush: () => Promise<void>;
  /** The wrap-up was saved: its draft is of no more use. */
  forget: (callId: string) => void;
  subscribe: (listener: () => void) => () => void;
}

export function createDraftSaver(options: SaverOptions): DraftSaver {
  const { saveDraft, timers = browserTimers, delayMs = 250, retryMs = 500 } = options;
  const drafts = new Map<string, Kept>();
  const listeners = new Set<() => void>();

  const keptFor = (callId: string): Kept => {
    let kept = drafts.get(callId);
    if (kept === undefined) {
      kept = {
        wrapUpId: null,
        revision: 0,
        unsent: null,
        sending: null,
        stopTimer: null,
        state: 'stored',
      };
      drafts.set(callId, kept);
    }
    return kept;
  };

  const settle = (kept: Kept, state: DraftState) => {
    if (kept.state === state) return;
    kept.state = state;
    for (const listener of listeners) listener();
  };

  const sendAfter = (kept: Kept, ms: number) => {
    kept.stopTimer?.();
    kept.stopTimer = timers.after(ms, () => {
      kept.stopTimer = null;
      void send(kept);
    });
  };

  /** One request at a time, so that revisions follow each other. */
  const send = (kept: Kept): Promise<void> => {
    kept.stopTimer?.();
    kept.stopTimer = null;
    kept.sending ??= attempt(kept).finally(() => {
      kept.sending = null;
      if (kept.unsent !== null && kept.stopTimer === null && kept.state !== 'gone') {
        sendAfter(kept, 0);
      }
    });
    return kept.sending;
  };

  const attempt = async (kept: Kept): Promise<void> => {
    const { unsent, wrapUpId } = kept;
    if (unsent === null || wrapUpId === null) return;
    try {
      const { revision } = await saveDraft({ wrapUpId, revision: kept.revision, draft: unsent });
      kept.revision = revision;
      if (kept.unsent !== unsent) return;
      kept.unsent = null;
      settle(kept, 'stored');
    } catch (thrown) {
      const problem = coreProblemOf(thrown);
      if (problem.kind === 'refused' && problem.code === 'STALE') {
        // An answer was lost on the way: this window is the only one that types, so its text is newer.
        kept.revision = problem.data.revision;
        sendAfter(kept, 0);
      } else if (problem.kind === 'refused' && problem.code === 'NOT_FOUND') {
        kept.unsent = null;
        settle(kept, 'gone');
      } else {
        sendAfter(kept, retryMs);
      }
    }
  };

  return {
    attach: (callId, wrapUpId, revision) => {
      const kept = keptFor(callId);
      if (kept.wrapUpId !== wrapUpId) {
        kept.wrapUpId = wrapUpId;
        kept.revision = revision;
        if (kept.unsent !== null) sendAfter(kept, 0);
      }
    },
    edit: (callId, draft) => {
      const kept = keptFor(callId);
      kept.unsent = draft;
      settle(kept, 'waiting');
      // A running timer stays, so that who types without a pause is stored all the same.
      if (kept.wrapUpId !== null && kept.stopTimer === null) sendAfter(kept, delayMs);
    },
    state: (callId) => drafts.get(callId)?.state ?? 'stored',
    flush: async () => {
      await Promise.all(
        [...drafts.values()].map(async (kept) => {
          await kept.sending;
          if (kept.unsent !== null) await send(kept);
        }),
      );
    },
    forget: (callId) => {
      const kept = drafts.get(callId);
      kept?.stopTimer?.();
      if (kept) kept.unsent = null;
      drafts.delete(callId);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
