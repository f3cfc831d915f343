// Which call tone the agent hears. One sounds at a time.
import type { CallState } from './call-state.ts';
import type { Clock } from './clock.ts';
import { type DeskCalls, isOver, occupiesAgent } from './desk-calls.ts';
import type { CallTone, MediaPort } from './media-port.ts';

const BUSY_TONE = 3_000;

export interface CallTones {
  follow(desk: DeskCalls): void;
  /** A call ended: one that was refused sounds busy for a while. */
  over(call: CallState): void;
}

export function createCallTones(media: MediaPort, clock: Clock): CallTones {
  let tone: CallTone | null = null;
  let stopBusyTone: (() => void) | null = null;
  let followed: DeskCalls = { calls: [], wish: null };

  const follow = (desk: DeskCalls): void => {
    followed = desk;
    const next = toneOf(desk, stopBusyTone !== null);
    if (tone === next) return;
    tone = next;
    media.playTone(next);
  };

  return {
    follow,
    over: ({ direction, end, answeredAt }) => {
      if (direction !== 'outbound' || end?.by === 'agent' || answeredAt !== null) return;
      stopBusyTone?.();
      stopBusyTone = clock.after(BUSY_TONE, () => {
        stopBusyTone = null;
        follow(followed);
      });
    },
  };
}

function toneOf({ calls }: DeskCalls, busy: boolean): CallTone | null {
  const phases = calls.filter((call) => !isOver(call));
  if (
    phases.some(({ phase, silent }) => !silent && (phase === 'alerting' || phase === 'offered'))
  ) {
    // It does not drown a conversation, nor the ringback of a call that is being made.
    return calls.some(occupiesAgent) ? 'waiting' : 'ring';
  }
  const ringback = phases.some(
    // Early media brings its own.
    ({ phase, media }) => phase === 'ringing' || (phase === 'early' && media !== 'connected'),
  );
  return ringback ? 'ringback' : busy ? 'busy' : null;
}
