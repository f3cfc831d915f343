// Which copies stay: one of each of the last seven days, one of each of the four weeks before, and
// always the two newest, which a migration that went wrong may need.

export interface KeptCopy {
  at: number;
  bytes: number;
}

const DAY_MS = 86_400_000;
const DAYS = 7;
const WEEKS = 4;
const ALWAYS = 2;

/**
 * The copies that stay, newest first. Of each day and week the newest counts. What is beyond `mostBytes`
 * goes, oldest first, but never the two newest.
 */
export function copiesToKeep<Copy extends KeptCopy>(
  copies: readonly Copy[],
  now: number,
  mostBytes: number,
): Copy[] {
  const newestFirst = [...copies].sort((one, other) => other.at - one.at);
  const slots = new Set<string>();
  let bytes = 0;
  return newestFirst.filter((copy, index) => {
    const slot = slotOf(now - copy.at);
    const firstOfSlot = slot !== null && !slots.has(slot);
    if (slot !== null) slots.add(slot);
    const kept = index < ALWAYS || (firstOfSlot && bytes + copy.bytes <= mostBytes);
    if (kept) bytes += copy.bytes;
    return kept;
  });
}

/** A copy from the future, after the clock was set back, is of today. */
function slotOf(age: number): string | null {
  const days = Math.floor(Math.max(0, age) / DAY_MS);
  if (days < DAYS) return `day ${days}`;
  const weeks = Math.floor(days / 7);
  return weeks <= WEEKS ? `week ${weeks}` : null;
}
