const DELAYS = [0, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000] as const;

/**
 * How long to wait before reconnecting, ms: 0, 0.5, 1, 2, 4 … 30 s by the number of attempts that
 * failed since the last success, plus up to a quarter, so that a hundred desks do not come at once.
 * The first attempt gets up to 100 ms for the same reason.
 */
export function reconnectDelay(failedAttempts: number, random: number): number {
  const base = DELAYS[Math.min(Math.max(failedAttempts, 0), DELAYS.length - 1)] ?? 30_000;
  return Math.round(base === 0 ? random * 100 : base * (1 + random / 4));
}
