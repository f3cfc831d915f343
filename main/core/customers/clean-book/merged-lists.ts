// Undoing a merge in what holds several values: what came or went since stays so.

/** The list before the merge, with what was added to it since and without what was taken away since. */
export function listWithoutMerge(
  before: readonly string[],
  after: readonly string[],
  now: readonly string[],
): string[] {
  if (isEqual(now, after)) return [...before];
  const [merged, current] = [new Set(after), new Set(now)];
  const gone = new Set(after.filter((value) => !current.has(value)));
  const kept = before.filter((value) => !gone.has(value));
  const added = now.filter((value) => !merged.has(value) && !kept.includes(value));
  return [...kept, ...added];
}

/** The same for named values; answers also the names whose newer value stays. */
export function valuesWithoutMerge<Value>(
  before: Readonly<Record<string, Value>>,
  after: Readonly<Record<string, Value>>,
  now: Readonly<Record<string, Value>>,
): { values: Record<string, Value>; kept: string[] } {
  const values: Record<string, Value> = {};
  const kept: string[] = [];
  // In the order of before, so that an undone merge leaves the very same text.
  for (const name of new Set([...Object.keys(before), ...Object.keys(now)])) {
    const touched = before[name] !== after[name];
    const changedSince = now[name] !== after[name];
    const value = changedSince ? now[name] : before[name];
    if (touched && changedSince) kept.push(name);
    if (value !== undefined) values[name] = value;
  }
  return { values, kept };
}

function isEqual(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index]);
}
