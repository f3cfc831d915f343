// Keeps recorded chunks until core has stored them, in order. Core may be restarted in mid-call; what
// was not acknowledged is sent again, and (recordingId, index) makes a repetition harmless.
import { type Clock, systemClock } from '../clock.ts';
import type { PhoneProblem, RecordingProblem } from '../phone.ts';

export interface RecordingRequest {
  callId: string;
  /** A UUIDv7 of the window's. */
  recordingId: string;
  /** When each side's consent was ticked, epoch ms; without both core refuses. */
  agentAnnouncedAt: number | null;
  customerAgreedAt: number | null;
}

export interface RecordingKeeper {
  /** Asks core; null when recording may begin. */
  begin(request: RecordingRequest): Promise<PhoneProblem | null>;
  /** `index` rises from 0 within a recording. */
  append(recordingId: string, index: number, chunk: Uint8Array): void;
  /** After the last chunk. */
  finish(recordingId: string): void;
  /** Core is there (again): sends what waits, at once. */
  resend(): void;
  /** Bytes that core has not acknowledged. */
  waiting(): number;
}

export interface RecordingKeeperOptions {
  begin(request: RecordingRequest): Promise<unknown>;
  /** `chunk` in base64. */
  append(chunk: { recordingId: string; index: number; chunk: string }): Promise<unknown>;
  finish(recording: { recordingId: string }): Promise<unknown>;
  /** What the agent is told when core does not let a recording begin. */
  problemOf(error: unknown): PhoneProblem;
  /** Why core does not store any more of it, for good; null is tried again. */
  refusalOf(error: unknown): RecordingProblem | null;
  /** This recording goes no further: stop it. What core has stays good. */
  onGivenUp(recordingId: string, problem: RecordingProblem): void;
  clock?: Clock;
}

/** Half an hour at 64 kbit/s: longer than any restart of core, small beside the page. */
export const WAITING_LIMIT = 16 * 1024 * 1024;
const RETRY_AFTER = 1_000;

type Waiting =
  | { recordingId: string; kind: 'chunk'; index: number; chunk: Uint8Array }
  | { recordingId: string; kind: 'end' };

const sizeOf = (item: Waiting): number => (item.kind === 'chunk' ? item.chunk.length : 0);

/** Standard base64 with padding (RFC 4648 section 4). */
export function base64From(bytes: Uint8Array): string {
  const parts: string[] = [];
  // An argument list has a limit.
  for (let at = 0; at < bytes.length; at += 0x8000) {
    parts.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)));
  }
  return btoa(parts.join(''));
}

export function createRecordingKeeper(options: RecordingKeeperOptions): RecordingKeeper {
  const clock = options.clock ?? systemClock;
  const open = new Set<string>();
  let waiting: Waiting[] = [];
  let bytes = 0;
  let sending = false;
  let stopRetry: (() => void) | null = null;

  const giveUp = (recordingId: string, problem: RecordingProblem): void => {
    if (open.delete(recordingId)) options.onGivenUp(recordingId, problem);
  };

  const drop = (which: (item: Waiting) => boolean): void => {
    waiting = waiting.filter((item) => !which(item));
    bytes = waiting.reduce((sum, item) => sum + sizeOf(item), 0);
  };

  const deliver = (item: Waiting): Promise<unknown> => {
    const { recordingId } = item;
    return item.kind === 'end'
      ? options.finish({ recordingId })
      : options.append({ recordingId, index: item.index, chunk: base64From(item.chunk) });
  };

  const send = async (): Promise<void> => {
    if (sending) return;
    sending = true;
    stopRetry?.();
    stopRetry = null;
    try {
      for (let [next] = waiting; next; [next] = waiting) {
        const item = next;
        try {
          await deliver(item);
          drop((each) => each === item);
        } catch (error) {
          const refusal = options.refusalOf(error);
          if (refusal === null) {
            stopRetry = clock.after(RETRY_AFTER, () => void send());
            return;
          }
          // Chunks after a hole are worth nothing; the end is still told.
          drop(
            (each) =>
              each === item || (each.recordingId === item.recordingId && each.kind === 'chunk'),
          );
          giveUp(item.recordingId, refusal);
        }
      }
    } finally {
      sending = false;
    }
  };

  const put = (item: Waiting): void => {
    waiting.push(item);
    bytes += sizeOf(item);
    void send();
  };

  return {
    begin: async (request) => {
      try {
        await options.begin(request);
        open.add(request.recordingId);
        return null;
      } catch (error) {
        return options.problemOf(error);
      }
    },
    append: (recordingId, index, chunk) => {
      if (!open.has(recordingId)) return;
      // What waits already is whole up to here; it stays.
      if (bytes + chunk.length > WAITING_LIMIT) giveUp(recordingId, 'coreAway');
      else put({ recordingId, kind: 'chunk', index, chunk });
    },
    finish: (recordingId) => {
      open.delete(recordingId);
      put({ recordingId, kind: 'end' });
    },
    resend: () => void send(),
    waiting: () => bytes,
  };
}
