// Notices that the machine slept: timers stood still while time went on.
import type { Clock } from '../clock.ts';

const EVERY = 2_000;
/** A busy page is late by less than this, ms. */
const ASLEEP = 10_000;

/** Calls back after each sleep until the returned function is called. */
export function watchSleep(clock: Clock, woke: () => void): () => void {
  let expected = 0;
  let stop: () => void = () => undefined;
  const wait = (): void => {
    expected = clock.now() + EVERY;
    stop = clock.after(EVERY, () => {
      const late = clock.now() - expected;
      wait();
      if (late > ASLEEP) woke();
    });
  };
  wait();
  return () => stop();
}
