// Keeps call events until core has stored them. Core may be restarted in mid-call: the audio goes on,
// what was not acknowledged is sent again in order, and (callId, seq) makes a repetition harmless.
import type { CallEvent } from '../../preload/contract/calls.ts';
import { type Clock, systemClock } from './clock.ts';

export interface CallJournal {
  /** Takes one event; it is sent as soon as everything before it has been. */
  record(event: CallEvent): void;
  /** Core is there (again): sends what waits, at once. */
  resend(): void;
  /** Calls whose end core has not stored yet, for `session.open`: core closes every other one. */
  liveCalls(): string[];
  /** How many events core has not acknowledged. */
  waiting(): number;
}

export interface CallJournalOptions<Answer> {
  /** Stores events; rejects when they may not have been stored. */
  append(events: CallEvent[]): Promise<Answer>;
  /** Hears core's answer, and which events it belongs to. */
  onStored?(answer: Answer, events: readonly CallEvent[]): void;
  /**
   * Whether core refused these events for good. Then they are sent one by one, and the one that is
   * refused is given up, so that the calls after it are still stored.
   */
  isRefusal(error: unknown): boolean;
  onGivenUp?(event: CallEvent, error: unknown): void;
  clock?: Clock;
}

/** The contract's limit for one `calls.append`. */
const BATCH = 200;
/** The contract's limit for `session.open`; older calls can only be over. */
const CLAIMED = 20;
const RETRY_AFTER = 1_000;

export function createCallJournal<Answer>(options: CallJournalOptions<Answer>): CallJournal {
  const clock = options.clock ?? systemClock;
  const live = new Set<string>();
  let waiting: CallEvent[] = [];
  let sending = false;
  let single = false;
  let stopRetry: (() => void) | null = null;

  const acknowledge = (count: number): void => {
    for (const { type, callId } of waiting.slice(0, count))
      if (type === 'ended') live.delete(callId);
    waiting = waiting.slice(count);
    if (waiting.length === 0) single = false;
  };

  const send = async (): Promise<void> => {
    if (sending || waiting.length === 0) return;
    sending = true;
    stopRetry?.();
    stopRetry = null;
    try {
      while (waiting.length > 0) {
        const batch = waiting.slice(0, single ? 1 : BATCH);
        try {
          const answer = await options.append(batch);
          acknowledge(batch.length);
          options.onStored?.(answer, batch);
        } catch (error) {
          if (!options.isRefusal(error)) {
            stopRetry = clock.after(RETRY_AFTER, () => void send());
            return;
          }
          const [refused] = batch;
          if (batch.length === 1 && refused) {
            acknowledge(1);
            options.onGivenUp?.(refused, error);
          } else single = true;
        }
      }
    } finally {
      sending = false;
    }
  };

  return {
    record: (event) => {
      live.add(event.callId);
      waiting.push(event);
      void send();
    },
    resend: () => void send(),
    liveCalls: () => [...live].slice(-CLAIMED),
    waiting: () => waiting.length,
  };
}
