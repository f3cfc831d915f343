import type { CallEvent } from '../../../preload/contract/calls.ts';

/**
 * How long a recording runs, in ms: from its start to its stop or `until`, without pauses and without
 * hold, which are not on the tape. Null when the call's events do not tell of it.
 */
export function recordedMsFrom(
  events: readonly CallEvent[],
  recordingId: string,
  until: number,
): number | null {
  let on = false;
  let paused = false;
  let seen = false;
  let total = 0;
  let since: number | null = null;
  let last = 0;
  const heldBy = new Set<string>();

  for (const event of events) {
    // A clock that was set back makes no negative times.
    last = Math.max(last, event.at);
    if (event.type === 'held') heldBy.add(event.by);
    if (event.type === 'resumed') heldBy.delete(event.by);
    if ('recordingId' in event && event.recordingId === recordingId) {
      seen = true;
      on = event.type !== 'recordingStopped';
      paused = event.type === 'recordingPaused';
    }
    if (event.type === 'ended') on = false;
    const runs = on && !paused && heldBy.size === 0;
    if (runs) since ??= last;
    else if (since !== null) {
      total += last - since;
      since = null;
    }
  }
  if (!seen) return null;
  return since === null ? total : total + Math.max(0, until - since);
}
