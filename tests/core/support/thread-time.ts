// What this thread worked, so that what else the machine does is not counted.

/** Processor time of this thread so far, ms. */
export function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/** Watches how long this thread works between two turns of its loop; `take` answers the longest and begins anew. */
export function watchTurns(): { take(): number; stop(): void } {
  let longest = 0;
  let last = threadMs();
  const timer = setInterval(() => {
    const now = threadMs();
    longest = Math.max(longest, now - last);
    last = now;
  }, 1);
  return {
    take() {
      const taken = longest;
      longest = 0;
      return taken;
    },
    stop: () => clearInterval(timer),
  };
}
