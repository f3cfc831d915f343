/** z for 95 %, two-sided. */
const Z = 1.959963984540054;

/**
 * Wilson's score interval for `successes` of `n` (E. B. Wilson, JASA 22, 1927), as shares in 0…1:
 * [p + z²/2n ± z√(p(1−p)/n + z²/4n²)] / (1 + z²/n). `n` must be at least 1.
 */
export function wilsonInterval(successes: number, n: number): { low: number; high: number } {
  const p = successes / n;
  const centre = p + Z ** 2 / (2 * n);
  const half = Z * Math.sqrt((p * (1 - p)) / n + Z ** 2 / (4 * n ** 2));
  const scale = 1 + Z ** 2 / n;
  return { low: Math.max(0, (centre - half) / scale), high: Math.min(1, (centre + half) / scale) };
}
