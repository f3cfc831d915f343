// Notices a half-open connection: a socket that stays open while nothing comes through it.
import type { Clock } from '../clock.ts';

export interface Watchdog {
  start(): void;
  stop(): void;
  /** Something arrived. */
  alive(): void;
  /** Asks at once, after the network changed. */
  probe(): void;
}

/** Silence before a ping, then silence before doubt and before death, ms; 9 s in all at worst. */
export const WATCHDOG = { quiet: 5_000, suspect: 1_500, dead: 4_000 } as const;

export function createWatchdog(
  clock: Clock,
  on: { ping(): void; suspect(suspect: boolean): void; dead(): void },
): Watchdog {
  let stopTimer: (() => void) | null = null;
  let suspected = false;
  const wait = (ms: number, then: () => void): void => {
    stopTimer?.();
    stopTimer = clock.after(ms, then);
  };
  const doubt = (value: boolean): void => {
    if (suspected === value) return;
    suspected = value;
    on.suspect(value);
  };
  const ask = (): void => {
    wait(WATCHDOG.suspect, () => {
      doubt(true);
      wait(WATCHDOG.dead - WATCHDOG.suspect, () => {
        stopTimer = null;
        on.dead();
      });
    });
    on.ping();
  };
  return {
    start: () => {
      suspected = false;
      wait(WATCHDOG.quiet, ask);
    },
    stop: () => {
      stopTimer?.();
      stopTimer = null;
      suspected = false;
    },
    alive: () => {
      if (!stopTimer) return;
      doubt(false);
      wait(WATCHDOG.quiet, ask);
    },
    probe: () => {
      if (stopTimer) ask();
    },
  };
}
